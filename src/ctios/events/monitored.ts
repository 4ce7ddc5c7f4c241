import { defineMonitored, ownId } from '../definition.js';

/**
 * The copies that a supervisor receives for the monitored agent or call: the arguments of the ordinary event, and
 * `Monitored` true. They cannot be named in a message filter; the ordinary event can.
 */
export const monitoredEvents = defineMonitored({
  OnMonitoredAgentStateChange: {
    twinOf: 'OnAgentStateChange',
    interfaces: ['IMonitoredAgentEvents'],
    id: ownId(1100),
    aka: ['OnMonitorAgentStateChange', 'OnMonitoredAgentState'],
  },
  OnMonitoredAgentInfoEvent: {
    twinOf: 'OnAgentInfoEvent',
    interfaces: ['IMonitoredAgentEvents'],
    id: ownId(1101),
    aka: ['OnMonitoredAgentInfo'],
  },
  OnMonitoredCallBegin: {
    twinOf: 'OnCallBegin',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1102),
    aka: ['OnMonitoredCallBeginEvent'],
  },
  OnMonitoredCallEnd: {
    twinOf: 'OnCallEnd',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1103),
    aka: ['OnMonitoredCallEndEvent', 'OnMonitoredEndCall'],
  },
  OnMonitoredCallDataUpdate: {
    twinOf: 'OnCallDataUpdate',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1104),
    aka: ['OnMonitoredCallDataUpdateEvent'],
  },
  OnMonitoredCallDelivered: {
    twinOf: 'OnCallDelivered',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1105),
    aka: ['OnMonitoredCallDeliveredEvent'],
  },
  OnMonitoredCallEstablished: {
    twinOf: 'OnCallEstablished',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1106),
    aka: ['OnMonitoredCallEstablishedEvent'],
  },
  OnMonitoredCallHeld: {
    twinOf: 'OnCallHeld',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1107),
    aka: ['OnMonitoredCallHeldEvent'],
  },
  OnMonitoredCallRetrieved: {
    twinOf: 'OnCallRetrieved',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1108),
    aka: ['OnMonitoredCallRetrievedEvent'],
  },
  OnMonitoredCallCleared: {
    twinOf: 'OnCallCleared',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1109),
    aka: ['OnMonitoredCallClearedEvent'],
  },
  OnMonitoredCallConnectionCleared: {
    twinOf: 'OnCallConnectionCleared',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1110),
    aka: ['OnMonitoredCallConnectionClearedEvent'],
  },
  OnMonitoredCallReachedNetworkEvent: {
    twinOf: 'OnCallReachedNetworkEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1111),
    aka: ['MonitoredCallReachedNetworkEvent', 'OnMonitoredCallReachedNetwork'],
  },
  OnMonitoredCallOriginated: {
    twinOf: 'OnCallOriginated',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1112),
    aka: ['OnMonitoredCallOriginatedEvent'],
  },
  OnMonitoredCallFailed: {
    twinOf: 'OnCallFailed',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1113),
    aka: ['OnMonitoredCallFailedEvent'],
  },
  OnMonitoredCallTransferred: {
    twinOf: 'OnCallTransferred',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1114),
    aka: ['OnMonitoredCallTransferredEvent'],
  },
  OnMonitoredCallConferenced: {
    twinOf: 'OnCallConferenced',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1115),
    aka: ['OnMonitoredCallConferencedEvent'],
  },
  OnMonitoredCallDiverted: {
    twinOf: 'OnCallDiverted',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1116),
    aka: ['OnMonitoredCallDivertedEvent'],
  },
  OnMonitoredTranslationRoute: {
    twinOf: 'OnTranslationRoute',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1117),
    aka: ['OnMonitoredCallTranslationRoute', 'OnMonitoredCallTranslationRouteEvent'],
  },
  OnMonitoredCallAgentPrecallEvent: {
    twinOf: 'OnAgentPrecallEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1118),
    aka: ['OnMonitoredAgentPrecallEvent'],
  },
  OnMonitoredCallAgentPrecallAbortEvent: {
    twinOf: 'OnAgentPrecallAbortEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1119),
    aka: ['OnMonitoredAgentPrecallAbortEvent'],
  },
  OnMonitoredCallServiceInitiatedEvent: {
    twinOf: 'OnCallServiceInitiatedEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1120),
    aka: ['MonitoredCallServiceInitiatedEvent', 'OnMonitoredCallServiceInitiated'],
  },
  OnMonitoredCallQueuedEvent: {
    twinOf: 'OnCallQueuedEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1121),
    aka: ['MonitoredCallQueuedEvent', 'OnMonitoredCallQueued'],
  },
  OnMonitoredCallDequeuedEvent: {
    twinOf: 'OnCallDequeuedEvent',
    interfaces: ['IMonitoredCallEvents'],
    id: ownId(1122),
    aka: ['MonitoredCallDequeuedEvent', 'OnMonitoredCallDequeued'],
  },
});
