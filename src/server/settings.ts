import type { Args } from '../ctios/transport.js';

/** Settings of the object server; keys and defaults follow the guide's server configuration where it has them. */
export interface ObjectServerSettings {
  /** The peripheral of requests that name none. */
  peripheralId: number;
  /** Agents to query at a cold start if nothing lists them ("1001"). */
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
  /** Monitor sessions receive all statistics, even if columns are configured. */
  disableMonitorModeStatsMinimization: boolean;
  /** Agent: log out an agent whose desktop has disconnected. */
  forceLogoutOnSessionClose: boolean;
  /** EventReasonCode of the resulting NotReady and Logout. */
  forceLogoutNotReadyReason: number;
  forceLogoutReason: number;
  /** Profile RejectIfAlreadyLoggedIn: refuse the login of an agent who is logged in already. */
  rejectIfAlreadyLoggedIn: boolean;
  /** Agent AgentChatLevel and Supervisor SupervisorChatLevel: which agents they may send messages to. */
  agentChatLevel: ChatLevel;
  supervisorChatLevel: ChatLevel;
  /** IPCCSilentMonitor CCMBasedSilentMonitor: the phone forks the media; otherwise the desktop does. */
  ccmBasedSilentMonitor: boolean;
  /**
   * IPCCSilentMonitor StopSMNonACDCall: monitoring by desktops ends with a call that did not come from a skill group.
   */
  stopSilentMonitorOnNonAcdCall: boolean;
  /** ReasonCodes\Logout and \NotReady, WrapupStrings\Incoming: text -> code. */
  logoutReasonCodes: Readonly<Record<string, number>>;
  notReadyReasonCodes: Readonly<Record<string, number>>;
  incomingWrapupStrings: readonly string[];
  /** The content of OnGlobalSettingsDownloadConf: the tree of EnterpriseDesktopSettings. */
  desktopSettings: Args;
  /** Maximum number of pending queries of a snapshot: enough to use the link, few enough not to flood the server. */
  snapshotWindow: number;
  /**
   * Maximum number of events that wait for a snapshot, about 15 MB; beyond, they are published before it is complete.
   */
  snapshotHold: number;
  /** Time-out of the server's own requests, in milliseconds. */
  answerMs: number;
}

/** What agents choose from when they go NotReady, log out or wrap up. */
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
