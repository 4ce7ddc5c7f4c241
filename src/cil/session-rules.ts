/**
 * The session's own reactions to an event: mode, status, settings. All others are implemented in the dispatcher
 * (`dispatcher.ts`) and the objects (`objects/object-effects.ts`).
 */
import type { Args } from '../ctios/transport.js';
import type { ServerConnection } from './connection/connection.js';
import type { SessionRule } from './dispatcher.js';
import type { Agent } from './objects/agent.js';
import type { ObjectCache } from './objects/object-cache.js';
import type { SystemStatus } from './objects/system-status.js';
import { OUT } from './reconciliation.js';
import type { PendingRequests } from './requests/pending-requests.js';
import type { Restoration } from './restoration.js';
import type { ModeController } from './session-mode.js';
import { sideOf } from './status.js';

/** The parts of a session that its rules act on. */
export interface RuledSession {
  readonly agent: Agent | undefined;
  readonly rejectLoggedIn: boolean;
  readonly cache: ObjectCache;
  readonly system: SystemStatus;
  readonly book: Pick<PendingRequests, 'opened'>;
  readonly mode: ModeController;
  readonly restoration: Restoration;
  readonly connection: Pick<ServerConnection, 'side'>;
  /** OnGlobalSettingsDownloadConf was received. */
  settingsDownloaded: boolean;
  describe(properties: Args): void;
  updateStatus(): void;
  disconnect(reason: string): Promise<void>;
}

export function sessionRules(core: RuledSession): Readonly<Record<string, SessionRule>> {
  const takeStatusSystem = (args: Args) => {
    if (typeof args.StatusSystem !== 'object') return;
    core.system.replace(args.StatusSystem);
    core.updateStatus();
  };
  /** The application need not know its agent's peripheral; the server's first event about the agent contains it. */
  const nameAgent = ({ AgentID, UniqueObjectID }: Args) => {
    if (core.agent === undefined || typeof UniqueObjectID !== 'string') return;
    if (AgentID === core.agent.properties().AgentID) core.cache.adoptAgent(core.agent, UniqueObjectID);
  };
  return {
    OnSetAgentModeEvent: {
      before: (args) => {
        takeStatusSystem(args);
        nameAgent(args);
        // According to the guide, applications log in on this event, so requests may be sent from here on.
        if (core.mode.choice?.mode === 'agent') core.mode.grant();
      },
    },
    OnMonitorModeEstablished: {
      before: (args) => {
        takeStatusSystem(args);
        if (core.mode.choice?.mode === 'monitor') core.mode.grant();
      },
    },
    OnCTIOSFailure: {
      before: (args) => {
        // Our server sends the complete status with each change; another may send only the change.
        if (typeof args.StatusSystem === 'object') takeStatusSystem(args);
        else if (core.system.apply(args)) core.updateStatus();
      },
      after: () => {
        // An agent's snapshot follows its mode and ends with the system status. A monitor's is incomplete while the
        // server is still taking one itself; then this marks its end.
        const { mode, restoration, system, connection } = core;
        if (mode.mode !== 'none' && system.objectsComplete) restoration.agentComplete(sideOf(connection.side));
        core.book.opened();
      },
    },
    OnGlobalSettingsDownloadConf: {
      before: (args) => {
        core.settingsDownloaded = true;
        core.describe(args);
      },
    },
    OnStartMonitoringAgent: {
      before: ({ AgentReference }) => {
        if (core.agent === undefined) return;
        core.agent.monitoredAgentId = typeof AgentReference === 'string' ? AgentReference : undefined;
        core.restoration.monitoringConfirmed();
      },
    },
    OnSupervisorButtonChange: { after: () => core.restoration.supervisorButtons() },
    OnStopMonitoringAgent: {
      before: () => {
        if (core.agent === undefined) return;
        core.agent.monitoredAgentId = undefined;
        core.agent.monitoredCallId = undefined;
      },
      // Their events are no longer received, including their end.
      after: () => core.cache.forgetMonitoredCalls(),
    },
    OnQueryAgentStateConf: {
      before: (args) => {
        if (core.agent?.uniqueObjectID === undefined) nameAgent(args);
      },
      after: ({ AgentID, AgentState }) => {
        const { agent, mode } = core;
        if (!core.rejectLoggedIn || mode.mode !== 'none' || mode.restoring) return;
        if (AgentID !== agent?.properties().AgentID || OUT.has(AgentState)) return;
        void core.disconnect(`agent ${AgentID} is logged in already`);
      },
    },
  };
}
