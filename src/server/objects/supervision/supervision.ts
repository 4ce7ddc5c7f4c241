/**
 * Supervisor features: this file connects the parts. Team lists and monitoring (`team-monitoring.ts`), monitoring one
 * agent's calls (`agent-monitoring.ts`), joining, taking over and silently monitoring a call (`call-supervision.ts`);
 * who monitors what and has which buttons: `monitoring-clients.ts`.
 */

import type { Args } from '../../../ctios/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { AgentTeam } from '../../model/teams.js';
import type { Context } from '../core/context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { TeamTracker } from '../tracking/team-tracker.js';
import { AgentMonitoring } from './agent-monitoring.js';
import { CallSupervision } from './call-supervision.js';
import { MonitoringClients } from './monitoring-clients.js';
import { TeamMonitoring } from './team-monitoring.js';
import type { UnifiedCmSilentMonitor } from './unified-cm-silent-monitor.js';

export class Supervision {
  readonly #watchers: MonitoringClients;
  readonly #teams: TeamMonitoring;
  readonly #agents: AgentMonitoring;

  constructor(
    context: Context,
    requests: Requests,
    teams: TeamTracker,
    calls: CallTracker,
    listening: UnifiedCmSilentMonitor,
  ) {
    this.#watchers = new MonitoringClients(context, listening);
    this.#teams = new TeamMonitoring(context, requests, teams, this.#watchers);
    this.#agents = new AgentMonitoring(context, requests, calls, this.#watchers);
    new CallSupervision(context, requests, this.#watchers, listening);
  }

  /** A supervisor starts or stops silently monitoring this agent. */
  listenersChanged(target: ServerAgent): void {
    for (const watcher of this.#watchers) if (watcher.agent === target) this.#watchers.tellButtons(watcher);
  }

  release(clientId: string): void {
    this.#watchers.delete(clientId);
  }

  stateChanged(agent: ServerAgent, args: Args): void {
    this.#teams.stateChanged(agent, args);
  }

  named(agent: ServerAgent, args: Args): void {
    this.#teams.named(agent, args);
  }

  memberJoined(team: AgentTeam, agentId: string): void {
    this.#teams.memberJoined(team, agentId);
  }

  memberLeft(): void {
    this.#agents.memberLeft();
  }

  precall(monitored: string, args: Args, agent: ServerAgent): void {
    this.#agents.precall(monitored, args, agent);
  }

  callEvent(monitored: string, args: Args, call: ServerCall): void {
    this.#agents.callEvent(monitored, args, call);
  }

  callEnded(call: ServerCall): void {
    for (const watcher of this.#watchers) {
      watcher.calls.delete(call);
      if (watcher.joined === call.id) {
        watcher.joined = undefined;
        watcher.action = undefined;
      }
      if (watcher.call === call) watcher.call = undefined;
      if (watcher.agent !== undefined) this.#watchers.tellButtons(watcher);
    }
  }

  /** A call has a new id from now on. */
  renamed(old: string, call: ServerCall): void {
    for (const watcher of this.#watchers) if (watcher.joined === old) watcher.joined = call.id;
  }
}
