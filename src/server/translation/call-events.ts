/**
 * CTI Server call events -> CTI OS call events. One line per message: the resulting event and its own arguments. What
 * every call event carries besides them (UniqueObjectID, CallStatus, EnablementMask ...) is added where it is
 * published; how an event changes the Call object is in `objects/tracking/call-tracker.ts`.
 *
 * Arguments: the event's own table and the guide's table for MinimizeEventArgs; values that mean "none" are left out.
 */

import { RecordExtension } from '../../common/records/extension.js';
import type { Args, ArgValue } from '../../ctios/transport.js';
import { EventCause, type MessageName, type MessageOf } from '../../ged188/index.js';
import type { ServerCall } from '../model/entities.js';
import { callData, putService } from './call-data.js';
import { newArgs } from './new-args.js';

export interface CallEventRow<N extends MessageName> {
  readonly event: string;
  /** The corresponding event for supervisors who monitor the agent. */
  readonly monitored: string;
  readonly args: (message: MessageOf<N>, call: ServerCall) => Args;
}

/** Messages about one connection, named by ConnectionCallID and ConnectionDeviceID. */
export type ConnectionMessageName =
  | 'BEGIN_CALL_EVENT'
  | 'END_CALL_EVENT'
  | 'CALL_DATA_UPDATE_EVENT'
  | 'CALL_DELIVERED_EVENT'
  | 'CALL_ESTABLISHED_EVENT'
  | 'CALL_HELD_EVENT'
  | 'CALL_RETRIEVED_EVENT'
  | 'CALL_CLEARED_EVENT'
  | 'CALL_CONNECTION_CLEARED_EVENT'
  | 'CALL_ORIGINATED_EVENT'
  | 'CALL_FAILED_EVENT'
  | 'CALL_DIVERTED_EVENT'
  | 'CALL_SERVICE_INITIATED_EVENT'
  | 'CALL_QUEUED_EVENT'
  | 'CALL_DEQUEUED_EVENT'
  | 'CALL_REACHED_NETWORK_EVENT';
/** Messages about two calls that were joined. */
export type JoinMessageName = 'CALL_CONFERENCED_EVENT' | 'CALL_TRANSFERRED_EVENT';
export type CallMessageName = ConnectionMessageName | JoinMessageName;

type Build<N extends MessageName> = (message: MessageOf<N>, call: ServerCall) => Args;

const on = <N extends CallMessageName>(_message: N, event: string, args: Build<N>): CallEventRow<N> => ({
  event,
  monitored: `OnMonitored${event.slice(2)}`,
  args,
});

export const callEventTranslations: { readonly [N in CallMessageName]: CallEventRow<N> } = {
  BEGIN_CALL_EVENT: on('BEGIN_CALL_EVENT', 'OnCallBegin', (_, call) => wholeCall(call)),
  CALL_DATA_UPDATE_EVENT: on('CALL_DATA_UPDATE_EVENT', 'OnCallDataUpdate', dataUpdate),
  CALL_DELIVERED_EVENT: on('CALL_DELIVERED_EVENT', 'OnCallDelivered', delivered),
  CALL_ESTABLISHED_EVENT: on('CALL_ESTABLISHED_EVENT', 'OnCallEstablished', established),
  CALL_HELD_EVENT: on('CALL_HELD_EVENT', 'OnCallHeld', held),
  CALL_RETRIEVED_EVENT: on('CALL_RETRIEVED_EVENT', 'OnCallRetrieved', retrieved),
  CALL_CLEARED_EVENT: on('CALL_CLEARED_EVENT', 'OnCallCleared', (m) => cause(newArgs(), m)),
  CALL_CONNECTION_CLEARED_EVENT: on('CALL_CONNECTION_CLEARED_EVENT', 'OnCallConnectionCleared', connectionCleared),
  CALL_ORIGINATED_EVENT: on('CALL_ORIGINATED_EVENT', 'OnCallOriginated', originated),
  CALL_FAILED_EVENT: on('CALL_FAILED_EVENT', 'OnCallFailed', failed),
  CALL_CONFERENCED_EVENT: on('CALL_CONFERENCED_EVENT', 'OnCallConferenced', conferenced),
  CALL_TRANSFERRED_EVENT: on('CALL_TRANSFERRED_EVENT', 'OnCallTransferred', transferred),
  CALL_DIVERTED_EVENT: on('CALL_DIVERTED_EVENT', 'OnCallDiverted', diverted),
  CALL_SERVICE_INITIATED_EVENT: on('CALL_SERVICE_INITIATED_EVENT', 'OnCallServiceInitiatedEvent', serviceInitiated),
  CALL_QUEUED_EVENT: on('CALL_QUEUED_EVENT', 'OnCallQueuedEvent', queued),
  CALL_DEQUEUED_EVENT: on('CALL_DEQUEUED_EVENT', 'OnCallDequeuedEvent', dequeued),
  CALL_REACHED_NETWORK_EVENT: on('CALL_REACHED_NETWORK_EVENT', 'OnCallReachedNetworkEvent', reachedNetwork),
  END_CALL_EVENT: on('END_CALL_EVENT', 'OnCallEnd', (_, call) => device(newArgs(), call)),
};

/** Everything the Call object knows: the call data block, completed from earlier messages. */
export function wholeCall(call: ServerCall): Args {
  return WHOLE.of(call.data, call.callId, call.device?.instrument);
}

const WHOLE = new RecordExtension<ArgValue>(['ConnectionCallID', 'DeviceID']);

function dataUpdate(m: MessageOf<'CALL_DATA_UPDATE_EVENT'>, call: ServerCall): Args {
  const args = callData(m);
  args.ConnectionCallID = call.callId;
  return device(args, call);
}

function delivered(m: MessageOf<'CALL_DELIVERED_EVENT'>, call: ServerCall): Args {
  const args = newArgs();
  args.LineType = m.LineType;
  putService(args, m);
  party(args, 'AlertingDeviceID', 'AlertingDeviceIDFull', m.AlertingDeviceID);
  callingAndCalled(args, m);
  campaign(args, call);
  trunk(args, m);
  return cause(args, m);
}

function established(m: MessageOf<'CALL_ESTABLISHED_EVENT'>, call: ServerCall): Args {
  const args = newArgs();
  args.LineType = m.LineType;
  putService(args, m);
  party(args, 'AnsweringDeviceID', 'AnsweringDeviceIDFull', m.AnsweringDeviceID);
  callingAndCalled(args, m);
  campaign(args, call);
  trunk(args, m);
  return cause(args, m);
}

function held(m: MessageOf<'CALL_HELD_EVENT'>): Args {
  return cause(party(newArgs(), 'HoldingDeviceID', 'HoldingDeviceIDFull', m.HoldingDeviceID), m);
}

function retrieved(m: MessageOf<'CALL_RETRIEVED_EVENT'>): Args {
  return cause(party(newArgs(), 'RetrievingDeviceID', 'RetrievingDeviceIDFull', m.RetrievingDeviceID), m);
}

function connectionCleared(m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): Args {
  return cause(party(newArgs(), 'ReleasingDeviceID', 'ReleasingDeviceIDFull', m.ReleasingDeviceID), m);
}

function originated(m: MessageOf<'CALL_ORIGINATED_EVENT'>, call: ServerCall): Args {
  const args = newArgs();
  args.LineType = m.LineType;
  putService(args, m);
  callingAndCalled(args, m);
  campaign(args, call);
  return cause(args, m);
}

function serviceInitiated(m: MessageOf<'CALL_SERVICE_INITIATED_EVENT'>, call: ServerCall): Args {
  const args = newArgs();
  args.LineType = m.LineType;
  putService(args, m);
  party(args, 'CallingDeviceID', 'CallingDeviceIDFull', m.CallingDeviceID);
  campaign(args, call);
  return cause(args, m);
}

function failed(m: MessageOf<'CALL_FAILED_EVENT'>): Args {
  const args = newArgs();
  party(args, 'FailingDeviceID', 'FailingDeviceIDFull', m.FailingDeviceID);
  party(args, 'CalledDeviceID', 'CalledDeviceIDFull', m.CalledDeviceID);
  return cause(args, m);
}

function diverted(m: MessageOf<'CALL_DIVERTED_EVENT'>, call: ServerCall): Args {
  const args = wholeCall(call);
  args.ConnectionDeviceID = call.deviceId;
  args.ConnectionDeviceIDType = m.ConnectionDeviceIDType;
  putService(args, m);
  args.DivertingDeviceType = m.DivertingDeviceType;
  args.CalledDeviceType = m.CalledDeviceType;
  args.LocalConnectionState = m.LocalConnectionState;
  args.EventCause = m.EventCause;
  party(args, 'DivertingDeviceID', 'DivertingDeviceIDFull', m.DivertingDeviceID);
  if (m.CalledDeviceID) args.CalledDeviceID = m.CalledDeviceID;
  return args;
}

function conferenced(m: MessageOf<'CALL_CONFERENCED_EVENT'>, call: ServerCall): Args {
  const args = joined(m, call);
  party(args, 'ControllerDeviceID', 'ControllerDeviceIDFull', m.ControllerDeviceID);
  party(args, 'AddedPartyDeviceID', 'AddedPartyDeviceIDFull', m.AddedPartyDeviceID);
  party(args, 'PrimaryDeviceID', 'PrimaryDeviceIDFull', m.PrimaryDeviceID);
  party(args, 'SecondaryDeviceID', 'SecondaryDeviceIDFull', m.SecondaryDeviceID);
  return args;
}

function transferred(m: MessageOf<'CALL_TRANSFERRED_EVENT'>, call: ServerCall): Args {
  const args = joined(m, call);
  party(args, 'TransferringDeviceID', 'TransferringDeviceIDFull', m.TransferringDeviceID);
  party(args, 'TransferredDeviceID', 'TransferredDeviceIDFull', m.TransferredDeviceID);
  args.IsTransferController = m.TransferringDeviceID !== undefined && isAt(call, m.TransferringDeviceID);
  return args;
}

/** What conferences and transfers have in common: the whole call, both call ids and the resulting parties. */
function joined(m: MessageOf<JoinMessageName>, call: ServerCall): Args {
  const args = wholeCall(call);
  putService(args, m);
  args.PrimaryCallID = m.PrimaryCallID;
  if (m.SecondaryCallID !== NONE) args.SecondaryCallID = m.SecondaryCallID;
  const parties = m.ConnectedParties ?? [];
  args.NumParties = parties.length;
  parties.forEach((each, index) => {
    const entry: Args = {};
    if (each.ConnectedPartyCallID !== undefined) entry.ConnectedPartyCallID = each.ConnectedPartyCallID;
    if (each.ConnectedPartyDeviceIDType !== undefined)
      entry.ConnectedPartyDeviceIDType = each.ConnectedPartyDeviceIDType;
    if (each.ConnectedPartyDeviceID !== undefined) entry.ConnectedPartyDeviceID = each.ConnectedPartyDeviceID;
    args[`ConnectedParty[${index + 1}]`] = entry;
  });
  return cause(args, m);
}

function queued(m: MessageOf<'CALL_QUEUED_EVENT'>, call: ServerCall): Args {
  const args: Args = {
    ConnectionDeviceID: call.deviceId,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    QueuedDeviceIDType: m.QueueDeviceType,
    CallingDeviceIDType: m.CallingDeviceType,
    CalledDeviceIDType: m.CalledDeviceType,
    LastRedirectedDeviceIDType: m.LastRedirectDeviceType,
    LocalConnectionState: m.LocalConnectionState,
    EventCause: m.EventCause,
    NumQueued: m.NumQueued,
  };
  if (m.QueueDeviceID) args.QueuedDeviceID = m.QueueDeviceID;
  if (m.LastRedirectDeviceID) args.LastRedirectedDeviceID = m.LastRedirectDeviceID;
  putService(args, m);
  callingAndCalled(args, m);
  campaign(args, call);
  return skillGroups(args, m.SkillGroups);
}

function dequeued(m: MessageOf<'CALL_DEQUEUED_EVENT'>, call: ServerCall): Args {
  const args: Args = {
    ConnectionDeviceID: call.deviceId,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    LocalConnectionState: m.LocalConnectionState,
    EventCause: m.EventCause,
    NumQueued: m.NumQueued,
  };
  putService(args, m);
  campaign(args, call);
  return skillGroups(args, m.SkillGroups);
}

function reachedNetwork(m: MessageOf<'CALL_REACHED_NETWORK_EVENT'>, call: ServerCall): Args {
  const args: Args = {
    ConnectionDeviceID: call.deviceId,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    TrunkUsedDeviceIDType: m.TrunkUsedDeviceType,
    CalledDeviceIDType: m.CalledDeviceType,
    LocalConnectionState: m.LocalConnectionState,
    EventCause: m.EventCause,
  };
  if (m.LineHandle !== undefined) args.LineHandle = m.LineHandle;
  if (m.LineType !== undefined) args.LineType = m.LineType;
  if (m.TrunkUsedDeviceID) args.TrunkUsedDeviceID = m.TrunkUsedDeviceID;
  party(args, 'CalledDeviceID', 'CalledDeviceIDFull', m.CalledDeviceID);
  return trunk(args, m);
}

const NONE = 0xffffffff;
// Read once: an imported name is looked up at each use.
const { CEC_NONE } = EventCause;

function device(args: Args, call: ServerCall): Args {
  if (call.device !== undefined) args.DeviceID = call.device.instrument;
  return args;
}

/** A party under both its keywords; empty if the message does not name it. */
function party(args: Args, keyword: string, full: string, id: string | undefined): Args {
  if (id !== undefined && id !== '') {
    args[keyword] = id;
    args[full] = id;
  }
  return args;
}

function callingAndCalled(args: Args, m: { CallingDeviceID?: string; CalledDeviceID?: string }): void {
  party(args, 'CallingDeviceID', 'CallingDeviceIDFull', m.CallingDeviceID);
  party(args, 'CalledDeviceID', 'CalledDeviceIDFull', m.CalledDeviceID);
}

/** No current message carries the campaign: it is taken from the Call object. */
function campaign(args: Args, call: ServerCall): void {
  const { CampaignID, QueryRuleID } = call.data;
  if (CampaignID !== undefined) args.CampaignID = CampaignID;
  if (QueryRuleID !== undefined) args.QueryRuleID = QueryRuleID;
}

function trunk(args: Args, m: { TrunkNumber?: number; TrunkGroupNumber?: number }): Args {
  if (m.TrunkNumber !== undefined) args.TrunkNumber = m.TrunkNumber;
  if (m.TrunkGroupNumber !== undefined) args.TrunkGroupNumber = m.TrunkGroupNumber;
  return args;
}

/** EventCause distinguishes a ring from a party update, a redirection from a hang-up; left out if it is 0. */
function cause(args: Args, m: { EventCause: number }): Args {
  if (m.EventCause !== CEC_NONE) args.EventCause = m.EventCause;
  return args;
}

function skillGroups(
  args: Args,
  groups: readonly { SkillGroupNumber?: number; SkillGroupID?: number; SkillGroupPriority?: number }[] | undefined,
): Args {
  const list = groups ?? [];
  args.NumSkillGroups = list.length;
  list.forEach((group, index) => {
    const entry: Args = {};
    putService(entry, group);
    args[`SkillGroup[${index + 1}]`] = entry;
  });
  // The queue's first group is used as the call's, as one keyword can hold only one.
  if (list[0] !== undefined) putService(args, list[0]);
  return args;
}

function isAt(call: ServerCall, deviceId: string): boolean {
  return call.deviceId === deviceId || (call.device?.names.has(deviceId) ?? false);
}
