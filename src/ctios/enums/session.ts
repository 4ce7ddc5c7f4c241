import { defineEnum } from '../definition.js';

// Sessions, their servers and their settings.

export const ConnectionMode = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  notes: ['eSessionModeNotSet appears in a sample without a value.'],
  values: {
    eNotConnected: { value: 0 },
    eAgentConnection: { value: 1 },
    eMonitorConnection: { value: 2 },
    eSessionModeNotSet: { meaning: 'connected, mode not chosen' },
  },
});

export const ConnectionFailureReason = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  values: {
    eProtocolMismatch: { value: 0 },
    eMissedHeartbeats: { value: 1 },
    eTransportError: { value: 2 },
    eConnectFail: { value: 3 },
    eOtherError: { value: 4 },
  },
});

export const CTIOSFailureCode = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  notes: [
    'Printed as increments from eDriverOutOfService = 1.',
    'Printings of older releases (7.x, 8.x) show eInvalidObjectState = eRequiredArgMissing without the increment, which would lower every later value by one.',
  ],
  values: {
    eDriverOutOfService: { value: 1 },
    eServiceNotSupported: { value: 2 },
    eOperationNotSupported: { value: 3 },
    eInvalidPriviledge: { value: 4 },
    eUnknownRequestID: { value: 5 },
    eUnknownEventID: { value: 6 },
    eUnknownObjectID: { value: 7 },
    eRequiredArgMissing: { value: 8 },
    eInvalidObjectState: { value: 9 },
    eServerConnectionStatus: { value: 10 },
    eInconsistentAgentData: { value: 11 },
    eAgentAlreadyLoggedIn: { value: 12 },
    eForcedNotReadyForConfigError: { value: 13 },
    eMonitorModeConnectionDenied: { value: 14 },
  },
});

export const SystemEventID = defineEnum({
  kind: 'enum',
  prefix: ['eSys'],
  notes: ['SystemEventArg1 = PeripheralID for 3 and 4.'],
  values: {
    eSysCentralControllerOnline: { value: 1, aka: ['SYS_CENTRAL_CONTROLLER_ONLINE'] },
    eSysCentralControllerOffline: { value: 2, aka: ['SYS_CENTRAL_CONTROLLER_OFFLINE'] },
    eSysPeripheralOnline: { value: 3, aka: ['SYS_PERIPHERAL_ONLINE'] },
    eSysPeripheralOffline: { value: 4, aka: ['SYS_PERIPHERAL_OFFLINE'] },
    eSysTextFYI: { value: 5, aka: ['SYS_TEXT_FYI'] },
    eSysPeripheralGatewayOffline: { value: 6, aka: ['SYS_PERIPHERAL_GATEWAY_OFFLINE'] },
    eSysCtiServerOffline: { value: 7, aka: ['SYS_CTI_SERVER_OFFLINE'] },
    eSysCtiServerOnline: { value: 8, aka: ['SYS_CTI_SERVER_ONLINE'] },
    eSysHalfHourChange: { value: 9, aka: ['SYS_HALF_HOUR_CHANGE'] },
    eSysInstrumentOutOfService: { value: 10, aka: ['SYS_INSTRUMENT_OUT_OF_SERVICE'] },
    eSysInstrumentBackInService: { value: 11, aka: ['SYS_INSTRUMENT_BACK_IN_SERVICE'] },
    eSysCtiServerDriverOnline: { value: 12 },
    eSysCtiServerDriverOffline: { value: 13 },
    eSysCTIOSServerOffline: { value: 14 },
    eSysCTIOSServerOnline: { value: 15 },
    eSysAgentSummaryStatusOnline: { value: 16 },
    eSysAgentSummaryStatusOffline: { value: 17 },
  },
});

export const DesktopType = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  notes: ['Server ignores it and returns everything.'],
  values: {
    eAgentDesktop: { value: 0 },
    eSupervisorDesktop: { value: 1 },
  },
});

export const MonitorSessionSnapshotMode = defineEnum({
  kind: 'enum',
  values: {
    SnapshotOn: { value: 0, meaning: 'default (value inferred)' },
    SnapshotOff: { value: 1, meaning: 'no initial snapshot' },
  },
});

export const MinimizeEventArgs = defineEnum({
  kind: 'enum',
  values: {
    FullEventArguments: { value: 0 },
    MinimalEventArguments: { value: 1 },
  },
});

export const FilterTargetValue = defineEnum({
  kind: 'strings',
  values: {
    SkillGroupStats: { value: 'SkillGroupStats', meaning: 'skill group statistics regardless of agents' },
  },
});

export const SubscriberList = defineEnum({
  kind: 'names',
  prefix: ['e'],
  values: {
    eSessionList: {},
    eAgentList: {},
    eSkillGroupList: {},
    eAllInOneList: {},
  },
});

export const ArgType = defineEnum({
  kind: 'names',
  prefix: ['ARG_'],
  values: {
    ARG_NOTSET: { meaning: 'not set' },
    ARG_INT: { meaning: 'int32' },
    ARG_UINT: { meaning: 'uint32' },
    ARG_SHORT: { meaning: 'int16' },
    ARG_USHORT: { meaning: 'uint16' },
    ARG_BOOL: { meaning: 'boolean' },
    ARG_STRING: { meaning: 'text' },
    ARG_ARGARRAY: { meaning: 'array of Arg' },
    ARG_ARGUMENT: { meaning: 'Arguments' },
    ARG_REFERENCE: { meaning: 'object reference' },
  },
});

export const WaitResult = defineEnum({
  kind: 'names',
  notes: ['WaitObject event list keys are Event1..EventN.'],
  values: {
    EVENT_SIGNALED: {},
    EVENT_WAIT_TIMEDOUT: {},
    WAIT_FAILED: {},
  },
});

export const TraceMask = defineEnum({
  kind: 'mask',
  prefix: ['TRACE_'],
  notes: ['.NET logger masks; recommended setting 0x40000307.'],
  values: {
    TRACE_LEVEL_MAJOR: { value: 0x000000ff },
    TRACE_LEVEL_EVENT_REQ: { value: 0x0000ff00 },
    TRACE_LEVEL_METHOD: { value: 0x00ff0000 },
    TRACE_LEVEL_MEMORY: { value: 0xff000000 },
    TRACE_MASK_ALWAYS: { value: 0x00000000 },
    TRACE_MASK_CRITICAL: { value: 0x00000001 },
    TRACE_MASK_WARNING: { value: 0x00000002 },
    TRACE_MASK_EVT_REQ_HIGH: { value: 0x00000004 },
    TRACE_MASK_EVT_REQ_HIGH_PARM: { value: 0x00000008 },
    TRACE_MASK_EVT_REQ_AVG: { value: 0x00000010 },
    TRACE_MASK_EVT_REQ_AVG_PARM: { value: 0x00000020 },
    TRACE_MASK_EVT_REQ_LOW: { value: 0x00000040 },
    TRACE_MASK_EVT_REQ_LOW_PARM: { value: 0x00000080 },
    TRACE_MASK_METHOD_HIGH: { value: 0x00000100 },
    TRACE_MASK_METHOD_HIGH_LOGIC: { value: 0x00000200 },
    TRACE_MASK_METHOD_AVG: { value: 0x00000400 },
    TRACE_MASK_METHOD_AVG_LOGIC: { value: 0x00000800 },
    TRACE_MASK_METHOD_LOW: { value: 0x00001000 },
    TRACE_MASK_METHOD_LOW_LOGIC: { value: 0x00002000 },
    TRACE_MASK_METHOD_MAP: { value: 0x00004000 },
    TRACE_MASK_ARGS_METHODS: { value: 0x01000000 },
    TRACE_MASK_ARGS_LOGIC: { value: 0x02000000 },
    TRACE_MASK_PACKETS_METHODS: { value: 0x04000000 },
    TRACE_MASK_PACKETS_LOGIC: { value: 0x08000000 },
    TRACE_MASK_SERIALIZE_DUMP: { value: 0x10000000 },
    TRACE_MASK_SOCKETS_DUMP: { value: 0x20000000 },
    TRACE_MASK_THREADING: { value: 0x40000000 },
    TRACE_MASK_CONNECTION: { value: 0x80000000 },
  },
});

export const RequestID = defineEnum({
  kind: 'enum',
  prefix: ['e'],
  values: {
    eSetAgentStateRequest: { value: 38 },
    eConsultationCallRequest: { value: 50 },
    eEmergencyCallRequest: { value: 121 },
    eSupervisorAssistRequest: { value: 118 },
    eGlobalSettingsDownloadRequest: {},
    eQueryAgentStateRequest: { value: 36 },
    eAlternateCallRequest: { value: 40 },
    eAnswerCallRequest: { value: 42 },
    eClearCallRequest: { value: 44 },
    eClearConnectionRequest: { value: 46 },
    eConferenceCallRequest: { value: 48 },
    eHoldCallRequest: { value: 54 },
    eMakeCallRequest: { value: 56 },
    eReconnectCallRequest: { value: 60 },
    eRetrieveCallRequest: { value: 62 },
    eTransferCallRequest: { value: 64 },
    eSnapshotCallRequest: { value: 82 },
    eSnapshotDeviceRequest: { value: 84 },
    eSendDTMFSignalRequest: { value: 91 },
    eSetCallDataRequest: { value: 26 },
    eSuperviseCallRequest: { value: 124 },
    eBadCallRequest: { value: 139 },
    eStartRecordingRequest: { value: 147 },
    eStopRecordingRequest: { value: 149 },
    eAgentGreetingControlRequest: { value: 249 },
    eUserMessageRequest: { value: 107 },
    eAgentDeskSettingsRequest: { value: 131 },
    eMonitorAgentTeamStartRequest: { value: 135 },
    eMonitorAgentTeamStopRequest: { value: 137 },
    eListAgentTeamRequest: { value: 133 },
    eQueryAgentStatisticsRequest: { value: 112 },
    eQuerySkillGroupStatisticsRequest: { value: 114 },
  },
});
