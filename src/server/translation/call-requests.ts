/**
 * Requests of the Call object -> CTI Server requests, one line each. The vocabulary (`requests` of `src/ctios`) defines
 * the event of the confirmation.
 */

import type { Args } from '../../ctios/index.js';
import {
  ConnectionDeviceIDType,
  DeviceIDType,
  LocalConnectionState,
  type MessageInit,
  NULL_CALL_ID,
} from '../../ged188/index.js';
import type { ServerCall } from '../model/entities.js';
import { eccFields, uuiBytes } from './call-data.js';

/** The two calls at one device that a request concerns. */
export interface CallPair {
  active: ServerCall;
  held: ServerCall;
}

/** One call is sufficient. */
type OneCall = (call: ServerCall, args: Args) => MessageInit;
type TwoCalls = (pair: CallPair, args: Args) => MessageInit;

export const callRequestTranslations: Readonly<Record<string, OneCall>> = {
  Answer: (call) => ({ type: 'ANSWER_CALL_REQ', ...connection(call), ...instrument(call) }),
  Hold: (call) => ({ type: 'HOLD_CALL_REQ', ...connection(call), ...instrument(call) }),
  Retrieve: (call) => ({
    type: 'RETRIEVE_CALL_REQ',
    PeripheralID: call.peripheralId,
    HeldConnectionCallID: call.callId,
    HeldConnectionDeviceIDType: call.deviceIdType,
    HeldConnectionDeviceID: call.deviceId,
    ...instrument(call),
  }),
  Clear: (call) => ({ type: 'CLEAR_CALL_REQ', ...connection(call), ...instrument(call) }),
  ClearConnection: (call) => ({ type: 'CLEAR_CONNECTION_REQ', ...connection(call), ...instrument(call) }),
  MakeConsultCall: (call, args) => ({
    type: 'CONSULTATION_CALL_REQ',
    PeripheralID: call.peripheralId,
    ActiveConnectionCallID: call.callId,
    ActiveConnectionDeviceIDType: call.deviceIdType,
    ActiveConnectionDeviceID: call.deviceId,
    ConsultType: numberArgument(args.ConsultType) ?? 0,
    DialedNumber: textArgument(args.DialedNumber),
    ...instrument(call),
    ...placing(args),
    ...data(args),
  }),
  SingleStepTransfer: (call, args) => ({ type: 'TRANSFER_CALL_REQ', ...singleStep(call, args) }),
  SingleStepConference: (call, args) => ({ type: 'CONFERENCE_CALL_REQ', ...singleStep(call, args) }),
  SendDTMFSignal: (call, args) => ({
    type: 'SEND_DTMF_SIGNAL_REQ',
    ...connection(call),
    ToneDuration: numberArgument(args.ToneDuration) ?? 0,
    PauseDuration: numberArgument(args.PauseDuration) ?? 0,
    DTMFString: textArgument(args.DTMFString),
    ...instrument(call),
  }),
  SetCallData: (call, args) => ({
    type: 'SET_CALL_DATA_REQ',
    ...connection(call),
    CallType: numberArgument(args.CallType) ?? 0xffff,
    CalledPartyDisposition: numberArgument(args.CalledPartyDisposition) ?? 0,
    CampaignID: numberArgument(args.CampaignID) ?? 0,
    QueryRuleID: numberArgument(args.QueryRuleID) ?? 0,
    ANI: textArgument(args.ANI),
    CallerEnteredDigits: textArgument(args.CallerEnteredDigits),
    CustomerPhoneNumber: textArgument(args.CustomerPhoneNumber),
    CustomerAccountNumber: textArgument(args.CustomerAccountNumber),
    ...data(args),
  }),
  Snapshot: (call) => ({ type: 'SNAPSHOT_CALL_REQ', ...connection(call) }),
  StartRecord: (call) => ({ type: 'START_RECORDING_REQ', ...connection(call), ...agentOf(call) }),
  StopRecord: (call) => ({
    type: 'STOP_RECORDING_REQ',
    ...connection(call),
    SessionID: call.recording?.sessionId ?? 0,
    ServerData: call.recording?.serverData ?? 0,
    ...agentOf(call),
  }),
  StartNetworkRecording: (call, args) => ({
    type: 'START_NETWORK_RECORDING_REQ',
    ...connection(call),
    PlayToneDirection: numberArgument(args.PlayToneDirection),
    InvocationType: numberArgument(args.InvocationType),
    ...instrument(call),
  }),
  StopNetworkRecording: (call, args) => ({
    type: 'STOP_NETWORK_RECORDING_REQ',
    ...connection(call),
    InvocationType: numberArgument(args.InvocationType),
    ...instrument(call),
  }),
  Deflect: (call, args) => ({
    type: 'DEFLECT_CALL_REQ',
    ...connection(call),
    CalledDeviceType: DeviceIDType.DEVID_DEVICE_IDENTIFIER,
    CalledDeviceID: textArgument(args.DialedNumber),
    ...instrument(call),
  }),
};

export const callPairRequests: Readonly<Record<string, TwoCalls>> = {
  Alternate: ({ active, held }) => ({
    type: 'ALTERNATE_CALL_REQ',
    ...activeConnection(active),
    OtherConnectionCallID: held.callId,
    OtherConnectionDeviceIDType: held.deviceIdType,
    OtherConnectionDeviceID: held.deviceId,
    ...instrument(active),
  }),
  Reconnect: ({ active, held }) => ({
    type: 'RECONNECT_CALL_REQ',
    ...activeConnection(active),
    ...heldConnection(held),
    ...instrument(active),
  }),
  Transfer: ({ active, held }, args) => ({
    type: 'TRANSFER_CALL_REQ',
    ...activeConnection(active),
    ...heldConnection(held),
    ...instrument(active),
    ...data(args),
  }),
  Conference: ({ active, held }, args) => ({
    type: 'CONFERENCE_CALL_REQ',
    ...activeConnection(active),
    ...heldConnection(held),
    ...instrument(active),
    ...data(args),
  }),
};

const LCS = LocalConnectionState;

/**
 * The active and the held call of a request that names either one. The other is named by CallReferenceObjectID;
 * otherwise it is the other call of the consultation, otherwise the only matching one at the same device.
 */
export function pairOf(
  call: ServerCall,
  reference: ServerCall | undefined,
): CallPair | 'CF_NO_HELD_CALL' | 'CF_NO_ACTIVE_CALL' {
  if (call.status === LCS.LCS_HOLD) {
    const active = reference ?? call.consult ?? call.consultOf ?? other(call, isActive);
    return active === undefined ? 'CF_NO_ACTIVE_CALL' : { active, held: call };
  }
  const held = reference ?? call.consultOf ?? call.consult ?? other(call, (each) => each.status === LCS.LCS_HOLD);
  return held === undefined ? 'CF_NO_HELD_CALL' : { active: call, held };
}

function isActive(call: ServerCall): boolean {
  return call.status === LCS.LCS_CONNECT || call.status === LCS.LCS_INITIATE;
}

function other(call: ServerCall, fits: (each: ServerCall) => boolean): ServerCall | undefined {
  for (const each of call.device?.calls ?? []) if (each !== call && fits(each)) return each;
  return undefined;
}

export function connection(call: ServerCall) {
  return {
    PeripheralID: call.peripheralId,
    ConnectionCallID: call.callId,
    ConnectionDeviceIDType: call.deviceIdType,
    ConnectionDeviceID: call.deviceId,
  };
}

function activeConnection(call: ServerCall) {
  return {
    PeripheralID: call.peripheralId,
    ActiveConnectionCallID: call.callId,
    ActiveConnectionDeviceIDType: call.deviceIdType,
    ActiveConnectionDeviceID: call.deviceId,
  };
}

function heldConnection(call: ServerCall) {
  return {
    HeldConnectionCallID: call.callId,
    HeldConnectionDeviceIDType: call.deviceIdType,
    HeldConnectionDeviceID: call.deviceId,
  };
}

function singleStep(call: ServerCall, args: Args) {
  return {
    ...activeConnection(call),
    HeldConnectionCallID: NULL_CALL_ID,
    HeldConnectionDeviceIDType: ConnectionDeviceIDType.CONNECTION_ID_NONE,
    DialedNumber: textArgument(args.DialedNumber),
    ...instrument(call),
    ...placing(args),
    ...data(args),
  };
}

function instrument(call: ServerCall): { AgentInstrument?: string } {
  return call.device === undefined ? {} : { AgentInstrument: call.device.instrument };
}

function agentOf(call: ServerCall) {
  const { agent } = call;
  return {
    AgentID: agent?.agentId,
    AgentExtension: agent?.extension,
    AgentInstrument: call.device?.instrument,
  };
}

/** How a call is to be placed; 0 leaves that to the peripheral. */
export function placing(args: Args) {
  return {
    CallPlacementType: numberArgument(args.CallPlacementType) ?? 0,
    CallMannerType: numberArgument(args.CallMannerType) ?? 0,
    AlertRings: numberArgument(args.AlertRings) ?? 0,
    CallOption: numberArgument(args.CallOption) ?? 0,
    FacilityType: numberArgument(args.FacilityType) ?? 0,
    AnsweringMachine: numberArgument(args.AnsweringMachine) ?? 0,
    Priority: args.Priority === true || args.Priority === 1,
    PostRoute: args.PostRoute === true || args.PostRoute === 1,
    FacilityCode: textArgument(args.FacilityCode),
    AuthorizationCode: textArgument(args.AuthorizationCode),
    AccountCode: textArgument(args.AccountCode),
  };
}

/** Call data in a request; other data stays unchanged at the switch, except ECC, which is replaced. */
export function data(args: Args) {
  return {
    UserToUserInfo: typeof args.UserToUserInfo === 'string' ? uuiBytes(args.UserToUserInfo) : undefined,
    CallVariable1: textArgument(args.CallVariable1),
    CallVariable2: textArgument(args.CallVariable2),
    CallVariable3: textArgument(args.CallVariable3),
    CallVariable4: textArgument(args.CallVariable4),
    CallVariable5: textArgument(args.CallVariable5),
    CallVariable6: textArgument(args.CallVariable6),
    CallVariable7: textArgument(args.CallVariable7),
    CallVariable8: textArgument(args.CallVariable8),
    CallVariable9: textArgument(args.CallVariable9),
    CallVariable10: textArgument(args.CallVariable10),
    CallWrapupData: textArgument(args.CallWrapupData),
    ...eccFields(typeof args.ECC === 'object' ? args.ECC : undefined),
  };
}

export function textArgument(value: Args[string] | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

export function numberArgument(value: Args[string] | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return undefined;
}
