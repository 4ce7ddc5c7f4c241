/**
 * Converts the events of calls to messages of GED-188: one entry per kind of event, one message per participating device.
 * ConnectionCallID and ConnectionDeviceID identify the recipient's own connection, so that a client that monitors all
 * devices can distinguish the two ends of a call; other fields, such as AnsweringDeviceID, identify the acting device.
 * The exception is CALL_CONNECTION_CLEARED_EVENT, which always identifies the cleared connection.
 */
import {
  MediaForkingDeviceType,
  type MessageInit,
  RecorderStatus,
  RecorderType,
  RecordingType,
} from '../../../ged188/index.js';
import type { CallEvent, EventView, TelephonyEventOf } from '../../model/state/types.js';
import { callDataFields, callReference, changedCallDataFields, routerCallKeyFields } from './call-data.js';
import {
  connectionFields,
  customerFields,
  deviceFields,
  joinedCallFields,
  lastRedirectFields,
  lineFields,
  type MessageContext,
  partyFields,
  recorderReference,
  recordingFields,
  rtpFields,
  STATIC,
  serviceFields,
  skillGroupFields,
  skillGroupList,
  stateFields,
  trunkFields,
} from './call-fields.js';

type Line<K extends CallEvent['kind']> = (
  event: TelephonyEventOf<K>,
  view: EventView,
  tell: MessageContext,
) => MessageInit | undefined;

const lines: { readonly [K in CallEvent['kind']]: Line<K> } = {
  callBegin: (event, view, tell) => ({
    type: 'BEGIN_CALL_EVENT',
    ...connectionFields(event, view, tell),
    CallType: view.callType,
    CalledPartyDisposition: event.call.disposition,
    ...callDataFields(event.call.data),
    ...routerCallKeyFields(event.call.routerCallKey),
    CTIClients: tell.clientsAt(event.peripheralId, view.deviceId),
    CallReferenceID: callReference(event.call),
  }),
  callEnd: (event, view, tell) => ({ type: 'END_CALL_EVENT', ...connectionFields(event, view, tell) }),
  callDelivered: (event, view, tell) => ({
    type: 'CALL_DELIVERED_EVENT',
    ...connectionFields(event, view, tell),
    ...lineFields(view),
    ...serviceFields(event.call),
    ...skillGroupFields(event.skillGroup ?? event.call.skillGroup),
    ...deviceFields('Alerting', event.alerting),
    ...partyFields(event.call),
    ...lastRedirectFields(event.call),
    ...trunkFields(event.call),
    ...stateFields(event, view),
    ...callDataFields(event.call.data),
  }),
  callEstablished: (event, view, tell) => ({
    type: 'CALL_ESTABLISHED_EVENT',
    ...connectionFields(event, view, tell),
    ...lineFields(view),
    ...serviceFields(event.call),
    ...skillGroupFields(event.skillGroup ?? event.call.skillGroup),
    ...deviceFields('Answering', event.answering),
    ...partyFields(event.call),
    ...lastRedirectFields(event.call),
    ...trunkFields(event.call),
    ...stateFields(event, view),
  }),
  callHeld: (event, view, tell) => ({
    type: 'CALL_HELD_EVENT',
    ...connectionFields(event, view, tell),
    ...deviceFields('Holding', event.holding),
    ...stateFields(event, view),
  }),
  callRetrieved: (event, view, tell) => ({
    type: 'CALL_RETRIEVED_EVENT',
    ...connectionFields(event, view, tell),
    ...deviceFields('Retrieving', event.retrieving),
    ...stateFields(event, view),
  }),
  callCleared: (event, view, tell) => ({
    type: 'CALL_CLEARED_EVENT',
    ...connectionFields(event, view, tell),
    ...stateFields(event, view),
  }),
  callConnectionCleared: (event, view, tell) => ({
    type: 'CALL_CONNECTION_CLEARED_EVENT',
    ...connectionFields(event, view, tell),
    ConnectionCallID: event.connection.callId,
    ConnectionDeviceID: event.connection.deviceId,
    ...deviceFields('Releasing', event.releasing),
    ...stateFields(event, view),
  }),
  callOriginated: (event, view, tell) => ({
    type: 'CALL_ORIGINATED_EVENT',
    ...connectionFields(event, view, tell),
    ...lineFields(view),
    ...serviceFields(event.call),
    ...skillGroupFields(event.call.skillGroup),
    ...partyFields(event.call),
    ...stateFields(event, view),
  }),
  callFailed: (event, view, tell) => ({
    type: 'CALL_FAILED_EVENT',
    ...connectionFields(event, view, tell),
    ...deviceFields('Failing', event.failing),
    ...deviceFields('Called', event.call.called),
    ...stateFields(event, view),
  }),
  callServiceInitiated: (event, view, tell) => ({
    type: 'CALL_SERVICE_INITIATED_EVENT',
    ...connectionFields(event, view, tell),
    ...lineFields(view),
    ...serviceFields(event.call),
    ...skillGroupFields(event.call.skillGroup),
    ...deviceFields('Calling', event.call.calling),
    ...stateFields(event, view),
    CallReferenceID: callReference(event.call),
    ...(event.consultOf && {
      COCConnectionCallID: event.consultOf.callId,
      COCCallConnectionDeviceIDType: STATIC,
      COCCallConnectionDeviceID: event.consultOf.deviceId,
    }),
  }),
  callReachedNetwork: (event, view, tell) => ({
    type: 'CALL_REACHED_NETWORK_EVENT',
    ...connectionFields(event, view, tell),
    ...lineFields(view),
    ...deviceFields('TrunkUsed', event.trunk),
    ...deviceFields('Called', event.call.called),
    ...trunkFields(event.call),
    ...stateFields(event, view),
  }),
  callQueued: (event, view, tell) => ({
    type: 'CALL_QUEUED_EVENT',
    ...connectionFields(event, view, tell),
    ...serviceFields(event.call),
    ...deviceFields('Queue', event.queue),
    ...partyFields(event.call),
    ...lastRedirectFields(event.call),
    NumQueued: event.numQueued,
    SkillGroups: skillGroupList(event.skillGroups),
    ...stateFields(event, view),
  }),
  callDequeued: (event, view, tell) => ({
    type: 'CALL_DEQUEUED_EVENT',
    ...connectionFields(event, view, tell),
    ...serviceFields(event.call),
    QueueDeviceType: event.queue.type,
    NumQueued: event.numQueued,
    SkillGroups: skillGroupList(event.skillGroups),
    ...stateFields(event, view),
  }),
  callDiverted: (event, view, tell) => ({
    type: 'CALL_DIVERTED_EVENT',
    ...connectionFields(event, view, tell),
    ...serviceFields(event.call),
    ...deviceFields('Diverting', event.diverting),
    ...deviceFields('Called', event.call.called),
    ...stateFields(event, view),
  }),
  callTransferred: (event, view, tell) => ({
    type: 'CALL_TRANSFERRED_EVENT',
    ...joinedCallFields(event, view, tell),
    ...deviceFields('Transferring', event.transferring),
    ...deviceFields('Transferred', event.transferred),
  }),
  callConferenced: (event, view, tell) => ({
    type: 'CALL_CONFERENCED_EVENT',
    ...joinedCallFields(event, view, tell),
    ...deviceFields('Controller', event.controller),
    ...deviceFields('AddedParty', event.added),
  }),
  callDataUpdate: (event, view, tell) => {
    const own = { callId: view.callId, deviceId: view.deviceId };
    // Only the device that knows the call under the old id is notified of the new one.
    const renamed = isRenaming(event);
    const next = renamed ? event.newConnection : own;
    const before = renamed ? event.connection : own;
    return {
      type: 'CALL_DATA_UPDATE_EVENT',
      ...connectionFields(event, view, tell),
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
      ...customerFields(event),
      ...routerCallKeyFields(event.call.routerCallKey),
      CTIClients: tell.clientsAt(event.peripheralId, view.deviceId),
      CallReferenceID: callReference(event.call),
    };
  },
  rtpStarted: (event, view) => ({
    type: 'RTP_STARTED_EVENT',
    ...rtpFields(event, view),
    RTPType: 0,
    BitRate: event.bitRate,
    EchoCancellation: 0,
    PacketSize: event.packetSize,
    PayloadType: event.payloadType,
  }),
  rtpStopped: (event, view) => ({ type: 'RTP_STOPPED_EVENT', ...rtpFields(event, view) }),
  recordingStarted: (event, view) => ({ type: 'NETWORK_RECORDING_STARTED_EVENT', ...recordingFields(event, view) }),
  recordingStopped: (event, view) => ({ type: 'NETWORK_RECORDING_ENDED_EVENT', ...recordingFields(event, view) }),
  recordingTarget: (event, view) => ({
    type: 'NETWORK_RECORDING_TARGET_INFO_EVENT',
    ...recordingFields(event, view),
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

/** Whether the call continues under another id at the recipient's device. */
export function isRenaming(event: TelephonyEventOf<'callDataUpdate'>): boolean {
  const { connection: before, newConnection: next } = event;
  return before.callId !== next.callId || before.deviceId !== next.deviceId;
}

/** The message that reports an event to the client of one party; undefined if the protocol has none. */
export function callMessage(event: CallEvent, view: EventView, tell: MessageContext): MessageInit | undefined {
  return (lines[event.kind] as Line<CallEvent['kind']>)(event, view, tell);
}
