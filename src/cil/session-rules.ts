/**
 * What a session itself does about an event: the mode that it grants, the status that it tells, the settings that it
 * brings. Everything else about an event is the dispatcher's (`dispatcher.ts`) and the objects' (`objects/object-effects.ts`).
 */
import type { Args } from '../ctios/transport.js';
import type { ServerConnection } from './connection/connection.js';
import type { SessionRule } from './dispatcher.js';
import type { Agent } from './objects/agent.js';
import type { ObjectCache } from './objects/object-cache.js';
import type { SystemStatus } from './objects/system-status.js';
import { OUT } from './reconciliation.js';
import type { Restoration } from './restoration.js';
import type { ModeController } from './session-mode.js';
import { sideOf } from './status.js';

/** The parts of a session that its rules act upon. */
export interface RuledSession {
  readonly agent: Agent | undefined;
  readonly rejectLoggedIn: boolean;
  readonly cache: ObjectCache;
  readonly system: SystemStatus;
  readonly mode: ModeController;
  readonly restoration: Restoration;
  readonly connection: Pick<ServerConnection, 'side'>;
  /** OnGlobalSettingsDownloadConf has come. */
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
  /** The application need not know its agent's peripheral; the server's first event about the agent does. */
  const nameAgent = ({ AgentID, UniqueObjectID }: Args) => {
    if (core.agent === undefined || typeof UniqueObjectID !== 'string') return;
    if (AgentID === core.agent.properties().AgentID) core.cache.adoptAgent(core.agent, UniqueObjectID);
  };
  return {
    OnSetAgentModeEvent: {
      before: (args) => {
        takeStatusSystem(args);
        nameAgent(args);
        // The guide has applications log in when this event comes: requests may pass from here on.
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
        // Our server sends the whole picture with each change; another may tell the change alone.
        if (typeof args.StatusSystem === 'object') takeStatusSystem(args);
        else if (core.system.apply(args)) core.updateStatus();
      },
      after: () => {
        // An agent's snapshot comes after its mode and ends with the state of the system. A monitor's is not whole
        // while the server is still taking one itself; then this tells the end of that.
        const { mode, restoration, system, connection } = core;
        if (mode.mode === 'none' || !system.objectsComplete || !restoration.agentIsComplete) return;
        restoration.finish(sideOf(connection.side));
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
      },
    },
    OnStopMonitoringAgent: {
      before: () => {
        if (core.agent === undefined) return;
        core.agent.monitoredAgentId = undefined;
        core.agent.monitoredCallId = undefined;
      },
      // Nobody tells of them any more, not even of their end.
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
