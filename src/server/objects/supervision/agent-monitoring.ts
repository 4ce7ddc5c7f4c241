/**
 * Monitoring one agent's calls, with one call selected: the call events under their supervisor names, marked
 * `Monitored`. Source: CTI OS Developer Guide, "Agent Object", StartMonitoringAgent and StartMonitoringCall.
 */

import { type Args, eventByName } from '../../../ctios/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import { wholeCall } from '../../translation/call-events.js';
import { textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { MonitoringClient, MonitoringClients } from './monitoring-clients.js';

export class AgentMonitoring {
  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly calls: CallTracker,
    private readonly watchers: MonitoringClients,
  ) {
    requests.add('StartMonitoringAgent', (request) => this.#watchAgent(request));
    requests.add('StopMonitoringAgent', (request) => this.#unwatchAgent(request));
    requests.add('StartMonitoringCall', (request) => this.#selectCall(request));
  }

  // --- changes of agents and calls ---

  precall(monitored: string, args: Args, agent: ServerAgent): void {
    for (const watcher of this.watchers) {
      if (watcher.agent === agent) this.watchers.tell(watcher, monitored, { ...args, Monitored: true });
    }
  }

  callEvent(monitored: string, args: Args, call: ServerCall): void {
    if (this.watchers.size === 0) return;
    const { agent } = call;
    let copy: Args | undefined;
    for (const watcher of this.watchers) {
      if (!watcher.calls.has(call)) {
        if (agent === undefined || watcher.agent !== agent) continue;
        if (monitored !== BEGIN) this.#introduceCall(watcher, call);
        watcher.calls.add(call);
      }
      if (hasTwin(monitored)) {
        copy ??= { ...args, Monitored: true };
        this.watchers.tell(watcher, monitored, copy);
      }
      this.watchers.tellButtons(watcher);
    }
  }

  /**
   * A member has left a team: an agent in none of a supervisor's teams can no longer be monitored by that supervisor.
   */
  memberLeft(): void {
    const { teams } = this.context.world;
    for (const watcher of this.watchers) {
      const { supervisor, agent } = watcher;
      if (agent === undefined || supervisor === undefined) continue;
      if (teams.led(supervisor.peripheralId, supervisor.agentId, agent.agentId)) continue;
      this.watchers.tell(watcher, 'OnStopMonitoringAgent', this.#monitoring(watcher, agent));
      this.watchers.watch(watcher, undefined);
      this.watchers.tellButtons(watcher);
    }
  }

  // --- requests ---

  #watchAgent(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    if (this.watchers.refuses(request, watcher.supervisor)) return;
    const agent = this.watchers.reference(request);
    if (agent === undefined) {
      this.watchers.refuseUnknown(request);
      return;
    }
    if (watcher.agent !== undefined && watcher.agent !== agent) {
      this.watchers.tell(watcher, 'OnStopMonitoringAgent', this.#monitoring(watcher, watcher.agent));
    }
    this.watchers.watch(watcher, agent);
    request.respond({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStartMonitoringAgent', args: this.#monitoring(watcher, agent) },
    });
    this.#introduceCalls(watcher, agent);
    this.watchers.tellButtons(watcher, true);
  }

  /** Existing calls begin for the supervisor as they begin for a new client: from a snapshot. */
  #introduceCalls(watcher: MonitoringClient, agent: ServerAgent): void {
    for (const call of agent.device?.calls ?? []) {
      this.#introduceCall(watcher, call);
      watcher.calls.add(call);
    }
  }

  #introduceCall(watcher: MonitoringClient, call: ServerCall): void {
    const args = this.calls.complete(call, wholeCall(call));
    this.context.publisher.recovered(() => this.watchers.tell(watcher, BEGIN, { ...args, Monitored: true }));
  }

  #unwatchAgent(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    const agent = this.watchers.reference(request);
    if (agent === undefined || watcher.agent !== agent) {
      const { name } = request.definition;
      const why = `${name}: this agent is not being monitored.`;
      request.respond(refusal({ request: name, objectId: agent?.id }, 'CTIOS_NO_OBJECT', why));
      return;
    }
    this.watchers.watch(watcher, undefined);
    request.respond({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopMonitoringAgent', args: this.#monitoring(watcher, agent) },
    });
    this.watchers.tellButtons(watcher);
  }

  #monitoring(watcher: MonitoringClient, agent: ServerAgent): Args {
    const args: Args = { AgentReference: agent.id };
    const { supervisor } = watcher;
    if (supervisor !== undefined) {
      args.UniqueObjectID = supervisor.id;
      args.SupervisorID = supervisor.agentId;
      args.SupervisorKey = supervisor.id;
      args.SupervisorAgentState = supervisor.state;
    }
    if (watcher.action === 'bargedIn' && watcher.call !== undefined) args.BargedInCallID = watcher.call.id;
    return args;
  }

  #selectCall(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    const reference = textArgument(request.args.CallReference);
    const call = reference === undefined ? undefined : this.context.world.calls.byReference(reference);
    if (reference !== undefined && call === undefined) {
      request.respond(this.requests.noCall(request, reference));
      return;
    }
    watcher.call = call;
    request.confirm();
    this.watchers.tellButtons(watcher, true);
  }
}

const BEGIN = 'OnMonitoredCallBegin';

const twins = new Map<string, boolean>();

/** Not every call event has a counterpart for supervisors. */
function hasTwin(monitored: string): boolean {
  let known = twins.get(monitored);
  if (known === undefined) {
    known = eventByName(monitored) !== undefined;
    twins.set(monitored, known);
  }
  return known;
}
