/**
 * Which buttons an agent's desktop may offer, as tables. EnablementMask = agent part OR call part, AND the capabilities
 * of the switch. Agent mode only.
 */

import { constants, enums } from '../../../ctios/index.js';
import { AgentState, CallType, DeskSettingsMask, LocalConnectionState, WrapupDataMode } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';

/** Bits of EnablementMask, an unsigned 32-bit number. */
export const Button = constants(enums.ButtonEnablementMask);

const B = Button;
// Read once: a name of another module is looked up at each use, and masks are in every event.
const STATE = AgentState;
const { DESK_LOGOUT_REASON_REQUIRED_MASK, DESK_IDLE_REASON_REQUIRED_MASK } = DeskSettingsMask;
const { OPTIONAL } = WrapupDataMode;

/** What the site and the switch support. */
export interface ButtonRules {
  /** Profile key SwitchCapabilityBitMask: only these bits are ever set. */
  switchCapabilityMask: number;
  /** ScreenPreferences RecordingEnabled. */
  recordingEnabled: boolean;
  /** CallObject key IPCCConference_SupportsMultipleControllers. */
  multipleConferenceControllers: boolean;
  /** Unified CCE: no single-step conference, no completion after an alternate. */
  unifiedCce: boolean;
}

/** One row of the agent part: what a state enables. */
export interface AgentRow {
  /** Set regardless of the desk settings. */
  always: number;
  /** Set if the wrap-up mode for the direction of the call is OPTIONAL. */
  optional?: number;
  /** LOGOUT, or LOGOUT_WITH_REASON if the desk settings require a reason. */
  logout?: true;
  /** NOTREADY, or NOTREADY_WITH_REASON. */
  notReady?: true | 'optional';
  /** SUPERVISOR_ASSIST and EMERGENCY_CALL: for agents who are not supervisors. */
  help?: true;
}

const LOGGED_IN = B.ENABLE_STATISTICS | B.ENABLE_CHAT;
const MAKE_CALL = B.ENABLE_MAKECALL | B.ENABLE_INSIDE_MAKECALL | B.ENABLE_OUTSIDE_MAKECALL;
const LOGGED_OUT: AgentRow = { always: B.ENABLE_LOGIN };
const ON_A_CALL: AgentRow = {
  always: LOGGED_IN,
  optional: B.ENABLE_READY | B.ENABLE_WORKREADY | B.ENABLE_WORKNOTREADY,
  notReady: 'optional',
};
const AFTER_A_CALL: AgentRow = { always: LOGGED_IN | B.ENABLE_READY | B.ENABLE_WRAPUP, notReady: true };

export const AGENT_PART: Readonly<Record<number, AgentRow>> = {
  [STATE.AGENT_STATE_LOGOUT]: LOGGED_OUT,
  [STATE.AGENT_STATE_UNKNOWN]: LOGGED_OUT,
  [STATE.AGENT_STATE_LOGIN]: { always: LOGGED_IN },
  [STATE.AGENT_STATE_NOT_READY]: { always: LOGGED_IN | B.ENABLE_READY | MAKE_CALL, logout: true, help: true },
  // The guide prints MAKECALL here too; on Unified CCE it takes a belligerent call to use it.
  [STATE.AGENT_STATE_AVAILABLE]: { always: LOGGED_IN | B.ENABLE_MAKECALL, notReady: true, help: true },
  [STATE.AGENT_STATE_RESERVED]: { always: LOGGED_IN },
  [STATE.AGENT_STATE_TALKING]: ON_A_CALL,
  [STATE.AGENT_STATE_HOLD]: ON_A_CALL,
  [STATE.AGENT_STATE_WORK_READY]: AFTER_A_CALL,
  [STATE.AGENT_STATE_WORK_NOT_READY]: AFTER_A_CALL,
  [STATE.AGENT_STATE_BUSY_OTHER]: { always: LOGGED_IN },
};

/** The situations of a call that the table distinguishes. */
export type ButtonSituation =
  | 'none'
  | 'alerting'
  | 'initiate'
  | 'connect'
  | 'hold'
  | 'consultDialling'
  | 'consultTalking'
  | 'alternated'
  | 'conferenceController'
  | 'conferenceMember'
  | 'queuedOrFailed';

/** One row of the call part. */
export interface CallRow {
  always: number;
  help?: true;
  /** RECORD if recording is enabled. */
  record?: true;
  /** TRANSFER_COMPLETE or CONFERENCE_COMPLETE, by ConsultType. */
  complete?: true | 'notUnifiedCce';
  /** SINGLE_STEP_CONFERENCE, which Unified CCE does not support. */
  singleStepConference?: true;
  /** CONFERENCE_INIT if a conference may have several controllers. */
  moreControllers?: true;
}

/** In any situation. */
const ON_CALL = LOGGED_IN | B.ENABLE_BAD_LINE_CALL;

export const CALL_PART: Readonly<Record<ButtonSituation, CallRow>> = {
  none: { always: 0 },
  alerting: { always: ON_CALL | B.ENABLE_ANSWER },
  initiate: { always: ON_CALL | B.ENABLE_RELEASE },
  connect: {
    always:
      ON_CALL |
      B.ENABLE_HOLD |
      B.ENABLE_RELEASE |
      B.ENABLE_TRANSFER_INIT |
      B.ENABLE_SINGLE_STEP_TRANSFER |
      B.ENABLE_CONFERENCE_INIT,
    singleStepConference: true,
    help: true,
    record: true,
  },
  hold: { always: ON_CALL | B.ENABLE_RETRIEVE | B.ENABLE_RELEASE, help: true },
  consultDialling: { always: ON_CALL | B.ENABLE_RECONNECT },
  consultTalking: { always: ON_CALL | B.ENABLE_ALTERNATE | B.ENABLE_RECONNECT, complete: true },
  alternated: { always: ON_CALL | B.ENABLE_ALTERNATE | B.ENABLE_RECONNECT, complete: 'notUnifiedCce' },
  conferenceController: { always: ON_CALL | B.ENABLE_HOLD | B.ENABLE_RELEASE | B.ENABLE_CONFERENCE_INIT },
  conferenceMember: { always: ON_CALL | B.ENABLE_HOLD | B.ENABLE_RELEASE, moreControllers: true },
  queuedOrFailed: { always: ON_CALL | B.ENABLE_RELEASE },
};

const LCS = LocalConnectionState;

export function situationOf(call: ServerCall): ButtonSituation {
  switch (call.status) {
    case LCS.LCS_NULL:
    case LCS.LCS_NONE:
      return 'none';
    case LCS.LCS_ALERTING:
      return 'alerting';
    case LCS.LCS_QUEUED:
    case LCS.LCS_FAIL:
      return 'queuedOrFailed';
  }
  const consult = call.consult ?? (call.consultOf === undefined ? undefined : call);
  if (consult !== undefined) {
    const original = consult.consultOf!;
    if (consult.status === LCS.LCS_CONNECT && original.status === LCS.LCS_HOLD) return 'consultTalking';
    if (consult.status === LCS.LCS_HOLD && original.status === LCS.LCS_CONNECT) return 'alternated';
    if (consult.status === LCS.LCS_INITIATE || consult.status === LCS.LCS_ALERTING) return 'consultDialling';
  }
  if (call.status === LCS.LCS_INITIATE) return 'initiate';
  if (call.status === LCS.LCS_HOLD) return 'hold';
  if (call.conference) return call.conferenceController ? 'conferenceController' : 'conferenceMember';
  return 'connect';
}

/** The mask while the system, or the phone, is out of service: empty. */
export const OFFLINE_MASK: number = B.DISABLE_ALL;

/** @returns EnablementMask for an agent's desktop that has selected this call, unsigned */
export function enablementMask(agent: ServerAgent, call: ServerCall | undefined, rules: ButtonRules): number {
  if (agent.device?.inService === false) return OFFLINE_MASK;
  let mask = agentPart(agent);
  if (call !== undefined) mask |= callPart(call, agent.isSupervisor, rules);
  return (mask & rules.switchCapabilityMask) >>> 0;
}

function agentPart(agent: ServerAgent): number {
  const row = AGENT_PART[agent.state];
  if (row === undefined) return LOGGED_IN;
  const settings = agent.deskSettings?.DeskSettingsMask ?? 0;
  const optional = (row.optional !== undefined || row.notReady === 'optional') && wrapupIsOptional(agent);
  let mask: number = row.always;
  if (optional) mask |= row.optional ?? 0;
  if (row.logout) {
    mask |= settings & DESK_LOGOUT_REASON_REQUIRED_MASK ? B.ENABLE_LOGOUT_WITH_REASON : B.ENABLE_LOGOUT;
  }
  if (row.notReady === true || (row.notReady === 'optional' && optional)) {
    mask |= settings & DESK_IDLE_REASON_REQUIRED_MASK ? B.ENABLE_NOTREADY_WITH_REASON : B.ENABLE_NOTREADY;
  }
  if (row.help && !agent.isSupervisor) mask |= B.ENABLE_SUPERVISOR_ASSIST | B.ENABLE_EMERGENCY_CALL;
  return mask;
}

const OUTGOING = 2;

function wrapupIsOptional(agent: ServerAgent): boolean {
  const desk = agent.deskSettings;
  if (desk === undefined) return false;
  const mode = agent.direction === OUTGOING ? desk.WrapupDataOutgoingMode : desk.WrapupDataIncomingMode;
  return mode === OPTIONAL;
}

function callPart(call: ServerCall, supervisor: boolean, rules: ButtonRules): number {
  const row = CALL_PART[situationOf(call)];
  let mask: number = row.always;
  if (row.help && !supervisor) mask |= B.ENABLE_SUPERVISOR_ASSIST | B.ENABLE_EMERGENCY_CALL;
  if (row.record && rules.recordingEnabled) mask |= B.ENABLE_RECORD;
  if (row.singleStepConference && !rules.unifiedCce) mask |= B.ENABLE_SINGLE_STEP_CONFERENCE;
  if (row.moreControllers && rules.multipleConferenceControllers) mask |= B.ENABLE_CONFERENCE_INIT;
  if (row.complete === true || (row.complete === 'notUnifiedCce' && !rules.unifiedCce)) mask |= completeBits(call);
  return mask;
}

const TRANSFER = 1;
const CONFERENCE = 2;

/** A consultation of unspecified type, and a call for help, may be completed either way. */
function completeBits(call: ServerCall): number {
  const consult = call.consult ?? call;
  const type = consult.data.CallType;
  if (type !== CallType.CALLTYPE_ASSIST && type !== CallType.CALLTYPE_EMERGENCY) {
    if (consult.consultType === TRANSFER) return B.ENABLE_TRANSFER_COMPLETE;
    if (consult.consultType === CONFERENCE) return B.ENABLE_CONFERENCE_COMPLETE;
  }
  return B.ENABLE_TRANSFER_COMPLETE | B.ENABLE_CONFERENCE_COMPLETE;
}
