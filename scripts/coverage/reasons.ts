/**
 * Why parts of CTI OS or of the CTI Server protocol are not implemented, or are implemented under another name. A test
 * ensures that every reason here is still needed.
 */

const MEMORY = 'reference counting of C++ and COM; JavaScript collects what is not used';
const EXCEPTION = 'errors are `CtiosError`s, with `code`, `message` and `cause`';
const LOGGING = 'logging is the application’s; `ctios-server` writes lines of JSON, Node-RED its own log';
const UNSUPPORTED = 'declared by the guide, which says that it never fires';
const DESKTOP_MEDIA = 'given to the desktop’s own silent monitor service; what it does with packets is not of this kit';

export const eventReasons: Readonly<Record<string, string>> = {
  OnFailure: UNSUPPORTED,
  OnSnapshotSkillGroupList: UNSUPPORTED,
  OnMakePredictiveCallConf: UNSUPPORTED,
  OnReleaseCallConf: UNSUPPORTED,
  OnUserMessageConf: UNSUPPORTED,
  OnRTPStreamTimedoutEvent: 'raised by the packet sniffer of a monitored desktop, which this kit does not have',
};

export const requestReasons: Readonly<Record<string, string>> = {};

export const methodReasons: Readonly<Record<string, string>> = {
  'CtiOsObject.GetLastError': 'every method that can fail says so itself',
  'CtiOsObject.GetValueBoolObj': 'Java’s boxed types: `getValueBool` returns undefined where there is no value',
  'CtiOsObject.GetValueIntObj': 'Java’s boxed types: `getValueInt` returns undefined where there is no value',
  'CtiOsObject.GetValueShortObj': 'Java’s boxed types: `getValueShort` returns undefined where there is no value',
  'CtiOsObject.GetValueUIntObj': 'Java’s boxed types: `getValueUInt` returns undefined where there is no value',
  'CtiOsObject.GetValueUShortObj': 'Java’s boxed types: `getValueUShort` returns undefined where there is no value',
  'CtiOsObject.ReportError': EXCEPTION,
  'CtiOsObject.AddRef': MEMORY,
  'CtiOsObject.Release': MEMORY,
  'Call.GetLastError': 'every method that can fail says so itself',
  'Arg.CreateInstance': MEMORY,
  'Arg.AddRef': MEMORY,
  'Arg.Release': MEMORY,
  'Arg.Clone': 'scalars are plain values; nothing to clone',
  'Arg.DumpArg': 'scalars are plain values',
  'Arg.GetType': '`Arguments.getElementArgType`',
  'Arg.GetValue': 'scalars are plain values',
  'Arg.GetValueInt': '`Arguments.getValueInt`',
  'Arg.GetValueUInt': '`Arguments.getValueUInt`',
  'Arg.GetValueUShort': '`Arguments.getValueUShort`',
  'Arg.GetValueShort': '`Arguments.getValueShort`',
  'Arg.GetValueBool': '`Arguments.getValueBool`',
  'Arg.GetValueString': '`Arguments.getValueString`',
  'Arg.SetValue': '`Arguments.setValue`',
  'Arguments.CreateInstance': '`new Arguments()`',
  'Arguments.AddRef': MEMORY,
  'Arguments.Release': MEMORY,
  'Arguments.GetValueArg': '`getValue`: scalars are plain values',
  'Arguments.GetElementArg': '`getElement`: scalars are plain values',
  'CILRefArg.GetType': 'references to objects are UniqueObjectIDs',
  'CILRefArg.GetValue': 'references to objects are UniqueObjectIDs; `getObjectFromObjectID`',
  'CILRefArg.SetValue': 'references to objects are UniqueObjectIDs',
  'CILRefArg.GetUniqueObjectID': 'references to objects are UniqueObjectIDs',
  'CCtiosException.CCtiosException': EXCEPTION,
  'CCtiosException.GetCode': EXCEPTION,
  'CCtiosException.GetStatus': EXCEPTION,
  'CCtiosException.GetString': EXCEPTION,
  'CCtiosException.What': EXCEPTION,
  Logger: LOGGING,
  LogWrapper: LOGGING,
  LogEventsAdapter: LOGGING,
  SessionResolver: 'names for sessions of one Java process; a variable holds a session',
  'SilentMonitorStandalone.Connect': 'the stand-alone control’s wrapper of `Session.connect` and `setMessageFilter`',
  'SilentMonitorStandalone.Disconnect': 'the stand-alone control’s wrapper of `Session.disconnect`',
  'SilentMonitorStandalone.StartMonitoring': 'the stand-alone control’s wrapper of `StartSilentMonitorRequest`',
  'SilentMonitorStandalone.StopMonitoring': 'the stand-alone control’s wrapper of `StopSilentMonitorRequest`',
};

export const keywordReasons: Readonly<Record<string, string>> = {
  ClassIdentifier: 'an internal marker of COM',
  Cluster: DESKTOP_MEDIA,
  CurrentAgent: '`session.currentAgent`',
  CurrentConnectionProfile: 'a connection profile is a `ctios-session` node',
  CurrentPort: 'part of the server’s URL in `CurrentServer`',
  EventsLost: 'not known of a gap of the link; told where a queue overflows',
  Extension: 'the same as AgentExtension',
  ForcedDisconnect: '`disconnect()` works at any time',
  LastError: 'every method that can fail says so itself',
  MonitoringDeviceID: DESKTOP_MEDIA,
  ObjectReferences: '`session.calls`, `session.agents`, `session.skillGroups`',
  PortA: 'part of the server’s URL',
  PortB: 'part of the server’s URL',
  RemoteLogin: 'said by AgentRemoteNumber and AgentCallMode',
  SMSAddr: DESKTOP_MEDIA,
  SMSHeartbeats: DESKTOP_MEDIA,
  SMSListenPort: DESKTOP_MEDIA,
  SMSRetries: DESKTOP_MEDIA,
  SMSTOS: DESKTOP_MEDIA,
  TryingPort: 'part of the server’s URL in `session.status`',
  TryingServer: '`session.status.server` while connecting',
  TryingSince: '`session.onStatus` tells when it began',
};

const PERIPHERAL_MONITOR =
  'monitors on single calls and devices; the all-events service, which this server asks for, tells the same of all';
const CLIENT_MONITOR = 'watching the sessions of other CTI clients is no part of CTI OS';
const NO_CTIOS = 'CTI OS has no event or request for it';
const RECORDING_SERVER = 'for recording servers, which this server is not';

const CONFIGURATION = 'of the configuration the server needs agents and skill groups; it asks for no other records';

export const protocolReasons: Readonly<Record<string, string>> = {
  CALL_AGENT_GREETING_EVENT: NO_CTIOS,
  CALL_ATTRIBUTE_CHANGE_EVENT: NO_CTIOS,
  RELEASE_CALL_REQ: 'CTI OS declares its confirmation unsupported',
  MAKE_PREDICTIVE_CALL_REQ: 'CTI OS declares its confirmation unsupported',
  SET_DEVICE_ATTRIBUTES_REQ: NO_CTIOS,
  QUERY_DEVICE_INFO_REQ: NO_CTIOS,
  CLIENT_EVENT_REPORT_REQ: NO_CTIOS,
  USER_MESSAGE_REQ: 'cannot address an agent of another client: chat goes from CTI OS Server to CTI OS Server',
  USER_MESSAGE_EVENT: 'cannot address an agent of another client: chat goes from CTI OS Server to CTI OS Server',
  REGISTER_VARIABLES_REQ: 'without it a session gets every variable, which is what clients of this server want',
  SET_APP_DATA_REQ: NO_CTIOS,
  SUPERVISOR_ASSIST_EVENT: 'CTI OS has no event for it; the call that it announces is told by its own events',
  MONITOR_START_REQ: PERIPHERAL_MONITOR,
  MONITOR_STOP_REQ: PERIPHERAL_MONITOR,
  CHANGE_MONITOR_MASK_REQ: PERIPHERAL_MONITOR,
  CLIENT_SESSION_CLOSED_EVENT: CLIENT_MONITOR,
  SESSION_MONITOR_START_REQ: CLIENT_MONITOR,
  SESSION_MONITOR_STOP_REQ: CLIENT_MONITOR,
  REGISTER_SERVICE_REQ: RECORDING_SERVER,
  UNREGISTER_SERVICE_REQ: RECORDING_SERVER,
  TEAM_CONFIG_REQ: 'changes the configuration of teams, which CTI OS cannot',
  TEAM_CONFIG_EVENT: 'changes the configuration of teams, which CTI OS cannot',
  CONFIG_REQUEST_KEY_EVENT: CONFIGURATION,
  CONFIG_KEY_EVENT: CONFIGURATION,
  CONFIG_SERVICE_EVENT: CONFIGURATION,
  CONFIG_DEVICE_EVENT: CONFIGURATION,
  CONFIG_CALL_TYPE_EVENT: CONFIGURATION,
  CONFIG_MRD_EVENT: CONFIGURATION,
  CONFIG_PERIPHERAL_EVENT: CONFIGURATION,
  CONFIG_AGENT_DESK_SETTINGS_EVENT: CONFIGURATION,
  CONFIG_TERMINAL_EVENT: CONFIGURATION,
};
