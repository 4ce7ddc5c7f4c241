/** The clients of supervisors, and what each of them monitors: its teams, one agent, one call. */

import type { Args } from '../../../ctios/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { AgentTeam } from '../../model/teams.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { notSupervisor } from '../requests/privileges.js';
import type { RequestContext } from '../requests/request-context.js';
import { agentReference } from '../requests/subjects.js';
import { supervisorMask } from './supervisor-buttons.js';
import type { UnifiedCmSilentMonitor } from './unified-cm-silent-monitor.js';

/** What one client monitors. */
export interface MonitoringClient {
  readonly clientId: string;
  supervisor: ServerAgent | undefined;
  /** 'all': those that the supervisor leads at any given time. */
  teams: 'all' | Set<AgentTeam>;
  /** The one agent whose calls are monitored. */
  agent: ServerAgent | undefined;
  /** The calls of that agent that were reported to the client: they continue when the agent leaves the phone. */
  readonly calls: Set<ServerCall>;
  /** The one call that was selected. */
  call: ServerCall | undefined;
  /** UniqueObjectID of the supervisor's own connection to the call that was joined. */
  joined: string | undefined;
  action: 'bargedIn' | 'intercepted' | undefined;
  lastMask: number;
}

export class MonitoringClients {
  readonly #byClient = new Map<string, MonitoringClient>();

  constructor(
    private readonly context: Context,
    private readonly listening: UnifiedCmSilentMonitor,
  ) {}

  get size(): number {
    return this.#byClient.size;
  }

  [Symbol.iterator](): IterableIterator<MonitoringClient> {
    return this.#byClient.values();
  }

  delete(clientId: string): void {
    this.#byClient.delete(clientId);
  }

  /** The requesting client, which monitors from now on. */
  of(request: RequestContext): MonitoringClient {
    const { clientId } = request.from;
    let watcher = this.#byClient.get(clientId);
    if (watcher === undefined) {
      watcher = {
        clientId,
        supervisor: undefined,
        teams: new Set(),
        agent: undefined,
        calls: new Set(),
        call: undefined,
        joined: undefined,
        action: undefined,
        lastMask: 0,
      };
      this.#byClient.set(clientId, watcher);
    }
    watcher.supervisor = this.supervisor(request) ?? watcher.supervisor;
    return watcher;
  }

  /** The acting supervisor: the client's own agent or, in monitor mode, the one that the target or AgentID names. */
  supervisor({ from, target, args }: RequestContext): ServerAgent | undefined {
    const { world, settings } = this.context;
    if (from.agent !== undefined) return world.agents.byId(from.agent);
    if (target?.startsWith('agent.')) return world.agents.byId(target);
    return world.agents.find(numberArgument(args.PeripheralID) ?? settings.peripheralId, textArgument(args.AgentID));
  }

  /**
   * In monitor mode, too, the agent in whose name it is done has to be a supervisor.
   * @returns whether it is none: the request has ended then
   */
  refuses(request: RequestContext, supervisor: ServerAgent | undefined): boolean {
    const { definition, from } = request;
    // Monitor mode with control is trusted: if no team is known, the switch decides.
    const trusted = from.mode !== 'agent' && (supervisor === undefined || this.context.world.teams.size === 0);
    if (supervisor?.isSupervisor === true || trusted) return false;
    if (supervisor === undefined) this.refuseUnknown(request);
    else {
      const { id, agentId, peripheralId } = supervisor;
      const { code, message } = notSupervisor(definition.name, supervisor);
      request.respond(refusal({ request: definition.name, objectId: id, agentId, peripheralId }, code, message));
    }
    return true;
  }

  /** The agent named by AgentReference: a UniqueObjectID or an AgentID. */
  reference(request: RequestContext): ServerAgent | undefined {
    return agentReference(this.context, request);
  }

  /** Ends a request whose agent is not known. */
  refuseUnknown(request: RequestContext): void {
    const { name } = request.definition;
    const why = `${name}: there is no agent ${textArgument(request.args.AgentReference) ?? ''}.`;
    request.respond(refusal({ request: name }, 'CTIOS_NO_OBJECT', why));
  }

  /** From now on, no agent's calls, or another agent's, are monitored. */
  watch(watcher: MonitoringClient, agent: ServerAgent | undefined): void {
    watcher.agent = agent;
    watcher.calls.clear();
    watcher.call = undefined;
  }

  tell({ clientId }: MonitoringClient, event: string, args: Args): void {
    this.context.publisher.publish(event, args, { client: clientId });
  }

  /** OnSupervisorButtonChange, if there is a change. @param always even if there is none, because it was requested */
  tellButtons(watcher: MonitoringClient, always = false): void {
    const { supervisor, agent, call } = watcher;
    const watched = call ?? currentCallOf(agent?.device);
    const listener = agent === undefined ? undefined : this.listening.listenerOf(agent);
    const mask = supervisorMask({
      supervisor,
      agent,
      call: watched,
      bargedIn: watcher.action === 'bargedIn',
      intercepted: watcher.action === 'intercepted',
      listening: watcher.joined !== undefined && this.listening.listens(watcher.joined),
      taken: listener !== undefined && listener !== supervisor,
      ccmBased: this.context.settings.ccmBasedSilentMonitor,
    });
    if (mask === watcher.lastMask && !always) return;
    watcher.lastMask = mask;
    const args: Args = { SupervisorBtnEnablementMask: mask };
    const about = watched?.id ?? agent?.id ?? supervisor?.id;
    if (about !== undefined) args.UniqueObjectID = about;
    this.tell(watcher, 'OnSupervisorButtonChange', args);
  }
}
