/**
 * Happenings of calls as messages of GED-188: one line per kind of happening, one message per device that took part.
 * ConnectionCallID and ConnectionDeviceID name the device's own connection, so that a client that sees all devices
 * can tell the two ends of a call apart; who did it (AnsweringDeviceID …) is in the message. Only of a connection that was
 * cleared they name that one, whoever receives it.
 */
import {
  MediaForkingDeviceType,
  type MessageInit,
  NULL_SERVICE,
  NULL_SKILL_GROUP,
  RecorderStatus,
  RecorderType,
  RecordingType,
} from '../../../ged188/index.js';
import type {
  CallEvent,
  CallFacts,
  ConnectionRef,
  DeviceRef,
  EventView,
  SkillGroupRef,
  TelephonyEventOf,
} from '../../model/state/types.js';
import { callDataFields, callReference, changedCallDataFields, routerCallKeyFields } from './call-data.js';

/** What the messages need besides the event itself. */
export interface MessageContext {
  peripheralType(peripheralId: number): number;
  /** Clients bound to a device, for BEGIN_CALL_EVENT and CALL_DATA_UPDATE_EVENT. */
  clientsAt(peripheralId: number, deviceId: string): { CTIClientSignature: string; CTIClientTimestamp: number }[];
}

/** ConnectionDeviceIDType: the ids of this center's connections are those of devices. */
export const STATIC = 0;

type Line<K extends CallEvent['kind']> = (
  event: TelephonyEventOf<K>,
  view: EventView,
  tell: MessageContext,
) => MessageInit | undefined;

const lines: { readonly [K in CallEvent['kind']]: Line<K> } = {
  callBegin: (event, view, tell) => ({
    type: 'BEGIN_CALL_EVENT',
    ...connection(event, view, tell),
    CallType: view.callType,
    CalledPartyDisposition: event.call.disposition,
    ...callDataFields(event.call.data),
    ...routerCallKeyFields(event.call.routerCallKey),
    CTIClients: tell.clientsAt(event.peripheralId, view.deviceId),
    CallReferenceID: callReference(event.call),
  }),
  callEnd: (event, view, tell) => ({ type: 'END_CALL_EVENT', ...connection(event, view, tell) }),
  callDelivered: (event, view, tell) => ({
    type: 'CALL_DELIVERED_EVENT',
    ...connection(event, view, tell),
    ...line(view),
    ...service(event.call),
    ...skillGroup(event.skillGroup ?? event.call.skillGroup),
    ...device('Alerting', event.alerting),
    ...parties(event.call),
    ...lastRedirect(event.call),
    ...trunk(event.call),
    ...state(event, view),
    ...callDataFields(event.call.data),
  }),
  callEstablished: (event, view, tell) => ({
    type: 'CALL_ESTABLISHED_EVENT',
    ...connection(event, view, tell),
    ...line(view),
    ...service(event.call),
    ...skillGroup(event.skillGroup ?? event.call.skillGroup),
    ...device('Answering', event.answering),
    ...parties(event.call),
    ...lastRedirect(event.call),
    ...trunk(event.call),
    ...state(event, view),
  }),
  callHeld: (event, view, tell) => ({
    type: 'CALL_HELD_EVENT',
    ...connection(event, view, tell),
    ...device('Holding', event.holding),
    ...state(event, view),
  }),
  callRetrieved: (event, view, tell) => ({
    type: 'CALL_RETRIEVED_EVENT',
    ...connection(event, view, tell),
    ...device('Retrieving', event.retrieving),
    ...state(event, view),
  }),
  callCleared: (event, view, tell) => ({
    type: 'CALL_CLEARED_EVENT',
    ...connection(event, view, tell),
    ...state(event, view),
  }),
  callConnectionCleared: (event, view, tell) => ({
    type: 'CALL_CONNECTION_CLEARED_EVENT',
    ...connection(event, view, tell),
    ConnectionCallID: event.connection.callId,
    ConnectionDeviceID: event.connection.deviceId,
    ...device('Releasing', event.releasing),
    ...state(event, view),
  }),
  callOriginated: (event, view, tell) => ({
    type: 'CALL_ORIGINATED_EVENT',
    ...connection(event, view, tell),
    ...line(view),
    ...service(event.call),
    ...skillGroup(event.call.skillGroup),
    ...parties(event.call),
    ...state(event, view),
  }),
  callFailed: (event, view, tell) => ({
    type: 'CALL_FAILED_EVENT',
    ...connection(event, view, tell),
    ...device('Failing', event.failing),
    ...device('Called', event.call.called),
    ...state(event, view),
  }),
  callServiceInitiated: (event, view, tell) => ({
    type: 'CALL_SERVICE_INITIATED_EVENT',
    ...connection(event, view, tell),
    ...line(view),
    ...service(event.call),
    ...skillGroup(event.call.skillGroup),
    ...device('Calling', event.call.calling),
    ...state(event, view),
    CallReferenceID: callReference(event.call),
    ...(event.consultOf && {
      COCConnectionCallID: event.consultOf.callId,
      COCCallConnectionDeviceIDType: STATIC,
      COCCallConnectionDeviceID: event.consultOf.deviceId,
    }),
  }),
  callReachedNetwork: (event, view, tell) => ({
    type: 'CALL_REACHED_NETWORK_EVENT',
    ...connection(event, view, tell),
    ...line(view),
    ...device('TrunkUsed', event.trunk),
    ...device('Called', event.call.called),
    ...trunk(event.call),
    ...state(event, view),
  }),
  callQueued: (event, view, tell) => ({
    type: 'CALL_QUEUED_EVENT',
    ...connection(event, view, tell),
    ...service(event.call),
    ...device('Queue', event.queue),
    ...parties(event.call),
    ...lastRedirect(event.call),
    NumQueued: event.numQueued,
    SkillGroups: skillGroups(event.skillGroups),
    ...state(event, view),
  }),
  callDequeued: (event, view, tell) => ({
    type: 'CALL_DEQUEUED_EVENT',
    ...connection(event, view, tell),
    ...service(event.call),
    QueueDeviceType: event.queue.type,
    NumQueued: event.numQueued,
    SkillGroups: skillGroups(event.skillGroups),
    ...state(event, view),
  }),
  callDiverted: (event, view, tell) => ({
    type: 'CALL_DIVERTED_EVENT',
    ...connection(event, view, tell),
    ...service(event.call),
    ...device('Diverting', event.diverting),
    ...device('Called', event.call.called),
    ...state(event, view),
  }),
  callTransferred: (event, view, tell) => ({
    type: 'CALL_TRANSFERRED_EVENT',
    ...joined(event, view, tell),
    ...device('Transferring', event.transferring),
    ...device('Transferred', event.transferred),
  }),
  callConferenced: (event, view, tell) => ({
    type: 'CALL_CONFERENCED_EVENT',
    ...joined(event, view, tell),
    ...device('Controller', event.controller),
    ...device('AddedParty', event.added),
  }),
  callDataUpdate: (event, view, tell) => {
    const own = { callId: view.callId, deviceId: view.deviceId };
    // A new id is told to the one device that knows the call by another: under the old id, naming the new.
    const renamed = isRenaming(event);
    const next = renamed ? event.newConnection : own;
    const before = renamed ? event.connection : own;
    return {
      type: 'CALL_DATA_UPDATE_EVENT',
      ...connection(event, view, tell),
      ConnectionCallID: before.callId,
      ConnectionDeviceID: before.deviceId,
      CallType: view.callType,
      NewConnectionDeviceIDType: STATIC,
      NewConnectionCallID: next.callId,
      NewConnectionDeviceID: next.deviceId,
      CalledPartyDisposition: event.call.disposition,
      CampaignID: event.call.data.campaignId ?? 0,
      QueryRuleID: event.call.data.queryRuleId ?? 0,
      ...changedCallDataFields(event.call.data, event.changed),
      ...customer(event),
      ...routerCallKeyFields(event.call.routerCallKey),
      CTIClients: tell.clientsAt(event.peripheralId, view.deviceId),
      CallReferenceID: callReference(event.call),
    };
  },
  rtpStarted: (event, view) => ({
    type: 'RTP_STARTED_EVENT',
    ...rtp(event, view),
    RTPType: 0,
    BitRate: event.bitRate,
    EchoCancellation: 0,
    PacketSize: event.packetSize,
    PayloadType: event.payloadType,
  }),
  rtpStopped: (event, view) => ({ type: 'RTP_STOPPED_EVENT', ...rtp(event, view) }),
  recordingStarted: (event, view) => ({ type: 'NETWORK_RECORDING_STARTED_EVENT', ...recording(event, view) }),
  recordingStopped: (event, view) => ({ type: 'NETWORK_RECORDING_ENDED_EVENT', ...recording(event, view) }),
  recordingTarget: (event, view) => ({
    type: 'NETWORK_RECORDING_TARGET_INFO_EVENT',
    ...recording(event, view),
    RecordingType: RecordingType.CALL_RECORDING_TYPE_USER_INITIATED_FROM_APPLICATION,
    MediaForkingDeviceType: MediaForkingDeviceType.CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_PHONE,
    MediaForkingDeviceName: `SEP${view.device.id}`,
    MediaForkingClusterID: 'StandAloneCluster',
    TerminalName: `SEP${view.device.id}`,
    ProtocolReferenceGUID: recorderReference(event, view),
    RecorderAddress: '192.0.2.20',
    RecorderURI: 'sip:recorder@192.0.2.20',
    RecorderType: RecorderType.CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_OPTIONAL_RECORDER,
    RecorderStatus: RecorderStatus.CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_SUCCESS,
  }),
  // Digits are sent to the far end; no message of the protocol reports them.
  dtmfSent: () => undefined,
};

/** Whether the call goes on under another id at the device it is told to. */
export function isRenaming(event: TelephonyEventOf<'callDataUpdate'>): boolean {
  const { connection: before, newConnection: next } = event;
  return before.callId !== next.callId || before.deviceId !== next.deviceId;
}

/** The message that tells one party's client of a happening; undefined where the protocol has none. */
export function callMessage(event: CallEvent, view: EventView, tell: MessageContext): MessageInit | undefined {
  return (lines[event.kind] as Line<CallEvent['kind']>)(event, view, tell);
}

function connection(event: CallEvent, view: EventView, tell: MessageContext) {
  return {
    PeripheralID: event.peripheralId,
    PeripheralType: tell.peripheralType(event.peripheralId),
    ConnectionDeviceIDType: STATIC,
    ConnectionCallID: view.callId,
    ConnectionDeviceID: view.deviceId,
  };
}

function state(event: CallEvent, view: EventView) {
  return { LocalConnectionState: view.state, EventCause: event.cause };
}

function line(view: EventView) {
  return { LineHandle: view.lineHandle, LineType: view.lineType };
}

function service(call: CallFacts) {
  return { ServiceNumber: call.service?.number ?? NULL_SERVICE, ServiceID: call.service?.id ?? NULL_SERVICE };
}

export function skillGroup(group: SkillGroupRef | undefined) {
  return {
    SkillGroupNumber: group?.number ?? NULL_SKILL_GROUP,
    SkillGroupID: group?.id ?? NULL_SKILL_GROUP,
    SkillGroupPriority: group?.priority ?? 0,
  };
}

function skillGroups(groups: readonly SkillGroupRef[]) {
  return groups.slice(0, 20).map(skillGroup);
}

type DeviceFields<Role extends string> = { [K in `${Role}DeviceType`]: number } & {
  [K in `${Role}DeviceID`]: string | undefined;
};

/** A device in its role; an unknown one has its null type and no id. */
function device<const Role extends string>(role: Role, ref: DeviceRef): DeviceFields<Role> {
  return {
    [`${role}DeviceType`]: ref.type,
    [`${role}DeviceID`]: ref.id === '' ? undefined : ref.id,
  } as DeviceFields<Role>;
}

function parties(call: CallFacts) {
  return { ...device('Calling', call.calling), ...device('Called', call.called) };
}

function lastRedirect(call: CallFacts) {
  return device('LastRedirect', call.lastRedirect);
}

function trunk(call: CallFacts) {
  return { TrunkNumber: call.trunkNumber, TrunkGroupNumber: call.trunkGroupNumber };
}

function joined(event: TelephonyEventOf<'callTransferred' | 'callConferenced'>, view: EventView, tell: MessageContext) {
  return {
    PeripheralID: event.peripheralId,
    PeripheralType: tell.peripheralType(event.peripheralId),
    PrimaryDeviceIDType: STATIC,
    PrimaryCallID: event.primary.callId,
    PrimaryDeviceID: event.primary.deviceId,
    ...line(view),
    ...skillGroup(event.skillGroup ?? event.call.skillGroup),
    SecondaryDeviceIDType: event.secondary.deviceId === '' ? 0xffff : STATIC,
    SecondaryCallID: event.secondary.callId,
    SecondaryDeviceID: event.secondary.deviceId,
    ConnectedParties: connectedParties(event.parties),
    ...state(event, view),
  };
}

/** The parties of a call after a transfer or conference, as its messages and confirmations list them. */
export function connectedParties(refs: readonly ConnectionRef[]) {
  return refs.slice(0, 16).map((ref) => ({
    ConnectedPartyCallID: ref.callId,
    ConnectedPartyDeviceIDType: STATIC,
    ConnectedPartyDeviceID: ref.deviceId,
  }));
}

function customer(event: TelephonyEventOf<'callDataUpdate'>) {
  const { customerPhoneNumber, customerAccountNumber } = event.call.data;
  const changed = (name: string) => event.changed.includes(name);
  return {
    CustomerPhoneNumber: changed('CustomerPhoneNumber') ? customerPhoneNumber : undefined,
    CustomerAccountNumber: changed('CustomerAccountNumber') ? customerAccountNumber : undefined,
  };
}

function rtp(event: TelephonyEventOf<'rtpStarted' | 'rtpStopped'>, view: EventView) {
  return {
    PeripheralID: event.peripheralId,
    ClientPort: event.clientPort,
    Direction: event.direction,
    ConnectionDeviceIDType: STATIC,
    ConnectionCallID: view.callId,
    ConnectionDeviceID: view.deviceId,
    ClientAddress: event.clientAddress,
    AgentID: event.agentId,
    AgentExtension: event.extension,
    AgentInstrument: event.instrument,
    SendingAddress: event.sendingAddress,
    SendingPort: event.sendingPort,
  };
}

/** By what a recorder knows a call: the same for each part of its recording. */
function recorderReference(event: CallEvent, view: EventView): string {
  const part = (value: number) => (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `${part(event.peripheralId)}${part(view.callId)}${part(Number.parseInt(view.deviceId, 10) || 0)}`;
}

function recording(
  event: TelephonyEventOf<'recordingStarted' | 'recordingStopped' | 'recordingTarget'>,
  view: EventView,
) {
  return {
    PeripheralID: event.peripheralId,
    ConnectionCallID: view.callId,
    ConnectionDeviceIDType: STATIC,
    ConnectionDeviceID: view.deviceId,
    RecordingDeviceType: view.device.type,
    RecordingDeviceID: view.device.id,
  };
}
