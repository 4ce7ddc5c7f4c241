import { defineEnum } from '../definition.js';

// Supervision and silent monitoring.

export const SupervisoryAction = defineEnum({
  kind: 'enum',
  prefix: ['eSupervisor', 'SUPERVISOR_'],
  notes: ['0 and 1 apply to CCM based silent monitor only.'],
  values: {
    eSupervisorClear: { value: 0, meaning: 'end silent monitor call', aka: ['SUPERVISOR_CLEAR'] },
    eSupervisorMonitor: { value: 1, meaning: 'silent monitor', aka: ['SUPERVISOR_MONITOR'] },
    eSupervisorWhisper: { value: 2, meaning: 'whisper', aka: ['SUPERVISOR_WHISPER'] },
    eSupervisorBargeIn: { value: 3, meaning: 'barge in', aka: ['SUPERVISOR_BARGE_IN'] },
    eSupervisorIntercept: { value: 4, meaning: 'intercept after barge-in', aka: ['SUPERVISOR_INTERCEPT'] },
  },
});

export const SilentMonitorStatus = defineEnum({
  kind: 'enum',
  prefix: ['eSMStatus'],
  values: {
    eSMStatusUnknown: { value: -1 },
    eSMStatusOK: { value: 0 },
    eSMStatusFailed: { value: 1 },
    eSMStatusComError: { value: 2 },
    eSMStatusMonitorStarted: { value: 3 },
    eSMStatusMonitorStopped: { value: 4 },
    eSMStatusHeartbeatTimeout: { value: 5 },
    eSMStatusOutOfMemory: { value: 6 },
    eSMStatusPortUnavailable: { value: 7 },
    eSMStatusIncorrectStateForThisAction: { value: 8 },
    eSMStatusResourceError: { value: 9 },
    eSMStatusRejectedBadParameter: { value: 10 },
    eSMStatusWinsockError: { value: 11 },
    eSMStatusMediaTerminationNotPresent: { value: 12 },
    eSMStatusIPPhoneInformatioNotAvailable: { value: 13 },
    eSMStatusMissingParameter: { value: 14 },
    eSMStatusSessionNotFound: { value: 15 },
    eSMStatusSessionAlreadyExists: { value: 16 },
    eSMStatusDisconnected: { value: 17 },
    eSMStatusInvalidStateForAction: { value: 18 },
    eSMStatusInProgress: { value: 19 },
    eSMStatusMaxSessionsExceeded: { value: 20 },
    eSMStatusCCMSilentMonitor: { value: 21 },
    eSMStatusSessionTerminatedAbnormally: { value: 268435456 },
    eSMStatusRejectedAlreadyInSession: { value: 268435457 },
    eSMStatusRejectedWinPcapNotPresent: { value: 268435458 },
    eSMStatusWinPcapError: { value: 268435459 },
    eSMStatusMediaUnknownCodec: { value: 268435460 },
    eSMStatusIncorrectSessionMode: { value: 268435461 },
    eSMStatusPeerSilentMonitorNotEnabled: { value: 268435462 },
    eSMStatusSilentMonitorNotEnabled: { value: 268435463 },
    eSMStatusNoResponseFromPeer: { value: 268435464 },
    eSMStatusPeerLoggedOut: { value: 268435465 },
    eSMStatusSessionTerminatedByMonitoredClient: { value: 268435466 },
    eSMStatusSessionTerminatedByMonitoringClient: { value: 268435467 },
    eSMStatusNoRTPPacketsReceivedFormIPPhone: { value: 268435468 },
    eSMStatusSessionConnectionToDelegateLost: { value: 268435469 },
    eSMStatusMTError: { value: 536870912 },
    eSMStatusWPNoPacketsReceived: { value: 805306368 },
    eSMStatusWPFailedToOpenDevice: { value: 805306369 },
    eSMStatusWPFailedToSetFilterExp: { value: 805306370 },
    eSMStatusWPErrorInFilterExp: { value: 805306371 },
  },
});

export const SMManagerMode = defineEnum({
  kind: 'enum',
  prefix: ['eSMMode', 'eSM'],
  values: {
    eSMModeNotSet: { value: -1 },
    eSMMonitoredMode: { value: 0 },
    eSMMonitoringMode: { value: 1 },
  },
});

export const SilentMonitorForceMonitoredMode = defineEnum({
  kind: 'enum',
  values: {
    MonitoringMode: { value: 0, meaning: 'default: supervisor cannot be monitored' },
    MonitoredMode: { value: 1, meaning: 'supervisor may be monitored' },
  },
});

export const SilentMonitorCtlDispatchID = defineEnum({
  kind: 'enum',
  notes: ['COM dispatch ids of the stand-alone silent monitor control; unrelated to event IDs.'],
  values: {
    OnConnection: { value: 1 },
    OnConnectionFailure: { value: 2 },
    OnMonitorModeEstablished: { value: 5 },
    OnConnectionClosed: { value: 39 },
    OnControlFailureConf: { value: 41 },
    OnCtiOsFailure: { value: 304 },
    OnCallRTPStartedEvent: { value: 502 },
    OnCallRTPStoppedEvent: { value: 503 },
    OnSilentMonitorStatusReportEvent: { value: 802 },
    OnStartSilentMonitorConf: { value: 803 },
    OnStopSilentMonitorConf: { value: 804 },
    OnSilentMonitorSessionDisconnected: { value: 805 },
  },
});
