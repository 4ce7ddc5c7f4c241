import { ControlFailureCode as Cf, StatusCode } from '../../../ged188/constants/index.js';
import type { Accepted, CommandRefusal } from './api.js';

/**
 * The refusals of the switch. A row: ControlFailureCode, the peripheral's own code (those that Unified CCE publishes, 0
 * otherwise), and the sentence.
 */
const refusals = {
  unknownPeripheral: [Cf.CF_UNKNOWN_PID, 0, 'there is no such peripheral'],
  peripheralOffline: [Cf.CF_PD_SERVICE_INACTIVE, 0, 'the peripheral is offline'],
  deviceOutOfService: [Cf.CF_RESOURCE_OUT_OF_SERVICE, 0, 'the device is out of service'],
  unknownDevice: [Cf.CF_INVALID_CSTA_DEVICE_IDENTIFIER, 10004, 'there is no such instrument'],
  unknownConnection: [Cf.CF_INVALID_CSTA_CONNECTION_IDENTIFIER, 13044, 'there is no such connection'],
  notAParty: [Cf.CF_AGENT_NOT_PARTY_ON_CALL, 0, 'this device is not a party of the call'],
  nothingToAnswer: [Cf.CF_NO_CALL_TO_ANSWER, 0, 'the connection is not alerting'],
  nothingActive: [Cf.CF_NO_ACTIVE_CALL, 0, 'the connection is not connected'],
  nothingHeld: [Cf.CF_NO_HELD_CALL, 0, 'the connection is not held'],
  nothingToClear: [Cf.CF_NO_CONNECTION_TO_CLEAR, 0, 'there is nothing to clear'],
  wrongCallState: [Cf.CF_INVALID_OBJECT_STATE, 0, 'the call is not in a state that allows this'],
  resourceBusy: [Cf.CF_RESOURCE_BUSY, 0, 'the device is busy'],
  conferenceFull: [Cf.CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED, 0, 'a call cannot have more than 16 parties'],
  invalidDestination: [Cf.CF_INVALID_DESTINATION, 0, 'the dialed number leads nowhere'],
  callNotAllowed: [Cf.CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE, 0, 'the desk settings do not allow this call'],
  requestForAnother: [Cf.CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE, 0, 'this device may not control that connection'],
  unsupported: [Cf.CF_INVALID_FEATURE, 0, 'the peripheral does not offer this'],
  transferLegs: [
    Cf.CF_NO_CALL_TO_COMPLETE,
    13125,
    'the two calls cannot be joined: one must be held, the other its consultation call, talking',
  ],
  conferenceLegs: [
    Cf.CF_NO_CALL_TO_COMPLETE,
    13056,
    'the two calls cannot be joined: one must be held, the other its consultation call, talking',
  ],
  consultInProgress: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'a consultation about this call is in progress'],
  conferencePartyHolds: [Cf.CF_NO_CALL_TO_COMPLETE, 13045, 'the consulted party has the call on hold'],
  transferPartyHolds: [Cf.CF_NO_CALL_TO_COMPLETE, 13121, 'the consulted party has the call on hold'],
  notConferenceController: [
    Cf.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE,
    0,
    'only the conference controller may do this',
  ],
  notCallable: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 10103, 'a call can be made only while not ready'],
  notLoggedIn: [Cf.CF_INVALID_OBJECT_STATE, 10101, 'no agent is logged in at this instrument'],
  alreadyLoggedOut: [Cf.CF_INVALID_OBJECT_STATE, 10101, 'the agent is logged out already'],
  alreadyLoggedIn: [Cf.CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON, 10102, 'the agent is logged in already'],
  extensionInUse: [Cf.CF_SPECIFIED_EXTENSION_ALREADY_IN_USE, 0, 'another agent is logged in at this instrument'],
  unknownAgent: [Cf.CF_INVALID_AGENT_ID_SPECIFIED, 0, 'there is no such agent'],
  wrongPassword: [Cf.CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED, 0, 'agent ID or password is wrong'],
  wrongLogonDevice: [Cf.CF_INVALID_LOGON_DEVICE_SPECIFIED, 10004, 'agents cannot log in at this device'],
  notInSkillGroup: [Cf.CF_INVALID_SKILL_GROUP_SPECIFIED, 0, 'the agent is not configured for this skill group'],
  stateReserved: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 10106, 'the agent is reserved for a call'],
  callOnItsWay: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 10104, 'the router is sending this agent a call'],
  badTransition: [Cf.CF_INVALID_OBJECT_STATE, 10108, 'the agent cannot go from the present state to this one'],
  cannotGoReady: [Cf.CF_INVALID_OBJECT_STATE, 10111, 'the agent cannot go ready now'],
  cannotLogOut: [Cf.CF_INVALID_OBJECT_STATE, 10112, 'the agent cannot log out in this state'],
  pendingRefused: [Cf.CF_INVALID_AGENT_WORKMODE, 0, 'the state cannot be changed while talking'],
  reasonRequired: [Cf.CF_REASON_CODE_REQUIRED, 0, 'a reason code is required'],
  reasonOutOfRange: [Cf.CF_INVALID_AGENT_REASON_CODE, 0, 'a reason code is a number from 0 to 65535'],
  wrapupDataRequired: [Cf.CF_WRAPUP_DATA_REQUIRED, 0, 'wrap-up data is required before leaving the wrap-up state'],
  notASupervisor: [Cf.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE, 0, "this needs a supervisor of the agent's team"],
  alreadyBarged: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 13096, 'a supervisor is on the call already'],
  notBarged: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'the supervisor has not barged in'],
  alreadyMonitored: [Cf.CF_RESOURCE_BUSY, 0, 'the agent is being monitored already'],
  notMonitorable: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'the agent has no call that could be monitored'],
  supervisorBusy: [Cf.CF_RESOURCE_BUSY, 0, 'the supervisor must be not ready and without calls'],
  noRecorder: [Cf.CF_REQUESTED_SERVICE_NOT_REGISTERED, 0, 'no recording service is there'],
  notRecording: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'the call is not being recorded'],
  alreadyRecording: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'the call is being recorded already'],
  badDigits: [Cf.CF_VALUE_OUT_OF_RANGE, 0, 'DTMF digits are 1 to 32 of 0-9 A-D * # ,'],
  valueTooLong: [Cf.CF_VALUE_OUT_OF_RANGE, 0, 'a value is longer than the protocol allows'],
  tooMuchData: [Cf.CF_RESOURCE_LIMITATION_REJECTION, 0, 'all ECC variables together are limited to 2000 bytes'],
  unknownVariable: [Cf.CF_OBJECT_NOT_KNOWN, 0, 'there is no such ECC variable'],
  badArrayIndex: [Cf.CF_VALUE_OUT_OF_RANGE, 0, 'the index lies outside the ECC array'],
  protectedVariable: [Cf.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE, 0, 'this variable must not be changed'],
  notAvailable: [Cf.CF_RESOURCE_BUSY, 0, 'the agent is not available'],
  noRouteAnnounced: [Cf.CF_GENERIC_STATE_INCOMPATIBILITY, 0, 'no call is on its way'],
  unknownTeam: [Cf.CF_INVALID_TEAM_SPECIFIED, 0, 'there is no such team'],
  alreadyThere: [Cf.CF_REQUEST_INCOMPATIBLE_WITH_OBJECT, 0, 'this exists already'],
} as const satisfies Record<string, readonly [failureCode: number, peripheralErrorCode: number, reason: string]>;

export type RefusalName = keyof typeof refusals;

/** StatusCodes for the few requests that are answered with FAILURE_CONF. */
const statuses: Partial<Record<RefusalName, number>> = {
  protectedVariable: StatusCode.E_CTI_PROTECTED_VARIABLE,
  unknownVariable: StatusCode.E_CTI_NAMED_VARIABLE_NOT_CONFIGURED,
  badArrayIndex: StatusCode.E_CTI_INVALID_ARRAY_INDEX,
  valueTooLong: StatusCode.E_CTI_VALUE_TOO_LONG,
  tooMuchData: StatusCode.E_CTI_TOO_MUCH_DATA,
};

/** @param status overrides the StatusCode of a FAILURE_CONF */
export function refuse(name: RefusalName, status: number | undefined = statuses[name]): CommandRefusal {
  const [failureCode, peripheralErrorCode, reason] = refusals[name];
  return { ok: false, failureCode, peripheralErrorCode, reason, ...(status === undefined ? {} : { status }) };
}

/** No supervisor is available: FAILURE_CONF with E_CTI_SUPERVISOR_NOT_FOUND. */
export function refuseNoSupervisor(): CommandRefusal {
  return {
    ok: false,
    failureCode: Cf.CF_GENERIC_UNSPECIFIED,
    peripheralErrorCode: 0,
    status: StatusCode.E_CTI_SUPERVISOR_NOT_FOUND,
    reason: 'no supervisor was found',
  };
}

const done: Accepted<void> = { ok: true, value: undefined };
export function accept(): Accepted<void>;
export function accept<T>(value: T): Accepted<T>;
export function accept<T>(value?: T): Accepted<T | undefined> {
  return value === undefined ? (done as Accepted<undefined>) : { ok: true, value };
}
