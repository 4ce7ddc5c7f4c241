import type { Args } from '../ctios/transport.js';

/** How the object server behaves; keys and defaults follow the guide's server configuration where it has one. */
export interface ObjectServerSettings {
  /** The peripheral that requests concern when they name none. */
  peripheralId: number;
  /** Agents to ask for at a cold start where nothing lists them ("1001"). */
  agents: readonly string[];
  /** CallObject: false sends every field of a message, not only the arguments of its event. */
  minimizeEventArgs: boolean;
  /** CallObject: a conference may have several controllers. */
  multipleConferenceControllers: boolean;
  /** The switch is a Unified CCE: no single-step conference, no completion after an alternate. */
  unifiedCce: boolean;
  /** ScreenPreferences: RECORD may be offered. */
  recordingEnabled: boolean;
  /** Profile: only these buttons exist on the switch. */
  switchCapabilityMask: number;
  /** Agent statistics: sent when a call ends (true, the default), or polled. */
  pollForAgentStatsAtEndCall: boolean;
  /** Agent: seconds between polls of an agent's statistics. */
  agentPollingIntervalSec: number;
  /** SkillGroup: seconds between polls of a group's statistics. */
  skillGroupPollingIntervalSec: number;
  /** Statistics sent; empty: all of them. */
  agentStatisticsColumns: readonly string[];
  skillGroupStatisticsColumns: readonly string[];
  /** Monitor sessions get every statistic, also where columns are configured. */
  disableMonitorModeStatsMinimization: boolean;
  /** Agent: log an agent out whose desktop vanished. */
  forceLogoutOnSessionClose: boolean;
  /** EventReasonCode of the NotReady and of the Logout then asked for. */
  forceLogoutNotReadyReason: number;
  forceLogoutReason: number;
  /** Profile RejectIfAlreadyLoggedIn: a login of an agent who is logged in already is refused. */
  rejectIfAlreadyLoggedIn: boolean;
  /** Agent AgentChatLevel and Supervisor SupervisorChatLevel: whom they may write to. */
  agentChatLevel: ChatLevel;
  supervisorChatLevel: ChatLevel;
  /** IPCCSilentMonitor CCMBasedSilentMonitor: the phone forks the media; else the desktop does. */
  ccmBasedSilentMonitor: boolean;
  /** IPCCSilentMonitor StopSMNonACDCall: listening by the desktops ends with a call that no skill group sent. */
  stopSilentMonitorOnNonAcdCall: boolean;
  /** ReasonCodes\Logout and \NotReady, WrapupStrings\Incoming: text -> code. */
  logoutReasonCodes: Readonly<Record<string, number>>;
  notReadyReasonCodes: Readonly<Record<string, number>>;
  incomingWrapupStrings: readonly string[];
  /** What OnGlobalSettingsDownloadConf hands out: the tree of EnterpriseDesktopSettings. */
  desktopSettings: Args;
  /** Requests of a snapshot on their way at a time: enough to fill the link, few enough not to flood the server. */
  snapshotWindow: number;
  /** Events that may wait for a snapshot, some 15 MB of them; beyond, they are published before it is complete. */
  snapshotHold: number;
  /** How long a request of the server's own waits for its answer, in milliseconds. */
  answerMs: number;
}

/** What agents choose from when they leave, log out or wrap up. */
export type DeskLists = Pick<
  ObjectServerSettings,
  'logoutReasonCodes' | 'notReadyReasonCodes' | 'incomingWrapupStrings'
>;

export type ChatLevel = 'disabled' | 'primarySupervisor' | 'teamSupervisors' | 'team' | 'unrestricted';

export const defaultSettings: ObjectServerSettings = {
  peripheralId: 5000,
  agents: [],
  minimizeEventArgs: true,
  multipleConferenceControllers: true,
  unifiedCce: true,
  recordingEnabled: false,
  switchCapabilityMask: 0xffffffff,
  pollForAgentStatsAtEndCall: true,
  agentPollingIntervalSec: 15,
  skillGroupPollingIntervalSec: 10,
  agentStatisticsColumns: [],
  skillGroupStatisticsColumns: [],
  disableMonitorModeStatsMinimization: false,
  forceLogoutOnSessionClose: false,
  forceLogoutNotReadyReason: 0,
  forceLogoutReason: 0,
  rejectIfAlreadyLoggedIn: false,
  agentChatLevel: 'teamSupervisors',
  supervisorChatLevel: 'unrestricted',
  ccmBasedSilentMonitor: true,
  stopSilentMonitorOnNonAcdCall: false,
  logoutReasonCodes: {},
  notReadyReasonCodes: {},
  incomingWrapupStrings: [],
  desktopSettings: {},
  snapshotWindow: 50,
  snapshotHold: 20_000,
  answerMs: 15_000,
};
