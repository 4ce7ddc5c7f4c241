/**
 * What the refusals of the switch that are met in practice mean, or what to do about them. The names of the others say all
 * that is known.
 */
import type { ControlFailureCode } from '../../ged188/index.js';

export const refusalMeanings: Readonly<Partial<Record<keyof typeof ControlFailureCode, string>>> = {
  CF_VALUE_OUT_OF_RANGE: 'check the arguments against the list of the request',
  CF_INVALID_CALLING_DEVICE: 'the phone of the agent is not known or not in service',
  CF_INVALID_CALLED_DEVICE: 'the dialed number does not exist',
  CF_INVALID_DESTINATION: 'the dialed number does not exist, or the phone may not dial it',
  CF_INVALID_CSTA_CALL_IDENTIFIER: 'the call has ended; use the id of a current event',
  CF_INVALID_CSTA_CONNECTION_IDENTIFIER: 'the phone has no part in this call any more',
  CF_GENERIC_STATE_INCOMPATIBILITY:
    'the agent or the call is in a state that does not allow it, for example an agent whose phone is ringing',
  CF_INVALID_OBJECT_STATE: 'the call is in another state: it must ring to be answered, be on hold to be retrieved',
  CF_NO_ACTIVE_CALL: 'there is no call to act on',
  CF_NO_HELD_CALL: 'there is no call on hold',
  CF_NO_CALL_TO_ANSWER: 'the phone does not ring',
  CF_RESOURCE_BUSY: 'the phone or the number is busy; try again later',
  CF_RESOURCE_OUT_OF_SERVICE: 'the phone is out of service',
  CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED: 'the conference is full',
  CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED: 'too many requests at once; send them one after the other',
  CF_REQUEST_TIMEOUT_REJECTION: 'the switch did not answer in time; look at its state before you try again',
  CF_INVALID_AGENT_ID_SPECIFIED: 'the agent is not known at this peripheral',
  CF_INVALID_PASSWORD_SPECIFIED: 'correct the password of the agent',
  CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED: 'correct the ID or the password of the agent',
  CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON: 'the agent is logged in, perhaps at another phone',
  CF_INVALID_LOGON_DEVICE_SPECIFIED: 'the phone is not known, or may not be used by this agent',
  CF_SPECIFIED_EXTENSION_ALREADY_IN_USE: 'another agent is logged in at this phone',
  CF_INVALID_SKILL_GROUP_SPECIFIED: 'the agent is not in this skill group',
  CF_INVALID_AGENT_WORKMODE: 'the site does not use this work mode',
  CF_INVALID_AGENT_REASON_CODE: 'the site does not have this reason code',
  CF_REASON_CODE_REQUIRED: 'the desk settings require a reason: set `EventReasonCode`',
  CF_WRAPUP_DATA_REQUIRED: 'the desk settings require wrap-up data: set `CallWrapupData` first',
  CF_AGENT_ACCOUNT_LOCKED_OUT: 'too many wrong passwords; ask the administrator',
  CF_AGENT_NOT_PARTY_ON_CALL: 'the agent has no part in this call',
  CF_ADJUNCT_SWITCH_COMM_ERROR: 'the peripheral gateway has lost the switch; wait until it is back',
  CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED: 'only the call on hold and its consult call can be joined',
};
