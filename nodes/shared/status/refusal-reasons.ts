/**
 * Refusals of the switch (`CF_…`) and of the CTI Server (`E_CTI_…`) that are met in practice, in a few fixed words. Each
 * name is a key of the catalog, `status.short.<name>`, so that they are shown in the language of Node-RED.
 */
export const refusalReasons = {
  wrongState: { codes: ['CF_INVALID_OBJECT_STATE', 'CF_GENERIC_STATE_INCOMPATIBILITY', 'E_CTI_INVALID_OBJECT_STATE'] },
  callEnded: { codes: ['CF_INVALID_CSTA_CALL_IDENTIFIER', 'E_CTI_INVALID_CALLID'] },
  notOnCall: { codes: ['CF_INVALID_CSTA_CONNECTION_IDENTIFIER', 'CF_AGENT_NOT_PARTY_ON_CALL'] },
  noActiveCall: { codes: ['CF_NO_ACTIVE_CALL'] },
  noHeldCall: { codes: ['CF_NO_HELD_CALL'] },
  noCallToAnswer: { codes: ['CF_NO_CALL_TO_ANSWER'] },
  notConsultCall: { codes: ['CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED'] },
  phoneUnknown: {
    codes: ['CF_INVALID_CALLING_DEVICE', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'CF_INVALID_CSTA_DEVICE_IDENTIFIER'],
  },
  phoneInUse: { codes: ['CF_SPECIFIED_EXTENSION_ALREADY_IN_USE'] },
  numberUnknown: { codes: ['CF_INVALID_CALLED_DEVICE', 'CF_INVALID_DESTINATION', 'CF_INVALID_DIALED_NUMBER'] },
  busy: { codes: ['CF_RESOURCE_BUSY', 'CF_SERVICE_BUSY', 'CF_NETWORK_BUSY'] },
  outOfService: { codes: ['CF_RESOURCE_OUT_OF_SERVICE', 'CF_NETWORK_OUT_OF_SERVICE'] },
  conferenceFull: { codes: ['CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED'] },
  tooManyRequests: { codes: ['CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED'] },
  switchSilent: { codes: ['CF_REQUEST_TIMEOUT_REJECTION'] },
  switchLost: { codes: ['CF_ADJUNCT_SWITCH_COMM_ERROR'] },
  agentNotKnown: { codes: ['CF_INVALID_AGENT_ID_SPECIFIED', 'E_CTI_INVALID_AGENT_DATA'] },
  agentPassword: { codes: ['CF_INVALID_PASSWORD_SPECIFIED', 'CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED'] },
  loggedInAlready: { codes: ['CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON'] },
  notLoggedIn: { codes: ['E_CTI_AGENT_NOT_LOGGED_ON'] },
  accountLocked: { codes: ['CF_AGENT_ACCOUNT_LOCKED_OUT'] },
  wrongSkillGroup: { codes: ['CF_INVALID_SKILL_GROUP_SPECIFIED', 'E_CTI_INVALID_SKILL_GROUP'] },
  wrongTeam: { codes: ['CF_INVALID_TEAM_SPECIFIED', 'E_CTI_TEAM_NOT_FOUND'] },
  reasonNeeded: { codes: ['CF_REASON_CODE_REQUIRED'] },
  reasonUnknown: { codes: ['CF_INVALID_AGENT_REASON_CODE'] },
  wrapUpNeeded: { codes: ['CF_WRAPUP_DATA_REQUIRED'] },
  workModeUnknown: { codes: ['CF_INVALID_AGENT_WORKMODE'] },
  valueRejected: { codes: ['CF_VALUE_OUT_OF_RANGE'] },
  notPermitted: {
    codes: [
      'CF_SECURITY_VIOLATION',
      'CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE',
      'CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE',
      'CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE',
      'CF_DEVICE_RESTRICTED',
      'CF_LINE_RESTRICTED',
    ],
  },
  peripheralUnknown: { codes: ['E_CTI_INVALID_PERIPHERAL_ID'] },
  serviceNotGranted: { codes: ['E_CTI_INVALID_SERVICE_MASK', 'E_CTI_FUNCTION_NOT_AVAILABLE'] },
  versionRefused: { codes: ['E_CTI_INVALID_VERSION'] },
} as const satisfies Record<string, { readonly codes: readonly string[] }>;
