import { Cause, DeviceType, Direction, Lcs, Line } from '../state/codes.js';
import type { DialedNumberConfig } from '../state/config.js';
import type { SwitchContext } from '../state/context.js';
import type {
  Route,
  SimulatedAgent,
  SimulatedCall,
  SimulatedConnection,
  SimulatedSkillGroup,
} from '../state/entities.js';
import type { DeviceRef, SkillGroupRef } from '../state/events/values.js';
import type { SkillGroupQueues } from '../state/skill-group-queues.js';
import type { StatisticsKeeper } from '../statistics/statistics.js';
import type { CallHooks } from '../telephony/call-hooks.js';
import type { Connections } from '../telephony/connections.js';
import type { Dialing } from '../telephony/dialing.js';
import type { VruTreatment } from './vru-treatment.js';

/**
 * The router: finds the longest-available agent of the best skill, queues the call if there is none, and takes back
 * calls that are abandoned or not answered.
 */
export class CallRouter {
  #order = 0;
  #availableOrder = 0;

  constructor(
    private readonly context: SwitchContext,
    private readonly queues: SkillGroupQueues,
    private readonly statistics: StatisticsKeeper,
    private readonly connections: Connections,
    private readonly dialing: Dialing,
    private readonly treatment: VruTreatment,
    private readonly hooks: CallHooks,
  ) {}

  /** Finds an agent for a call: immediately, or in the queue. */
  seek(call: SimulatedCall, dialed: DialedNumberConfig, callType: number, first = false): void {
    const group = call.peripheral.groups.get(dialed.route.skillGroupNumber);
    if (group === undefined) return;
    const route: Route = {
      call,
      group,
      dialed,
      callType,
      // A call that an agent failed to answer has waited long enough: it goes first.
      queuePriority: first ? 0 : dialed.route.queuePriority,
      order: ++this.#order,
      enqueuedAt: this.context.clock.now(),
      queued: false,
    };
    call.route = route;
    call.skillGroup = group.ref(0);
    const idle = this.queues.of(group).idle.peek();
    if (idle === undefined) this.#enqueue(route);
    else this.#offer(route, idle.agent);
  }

  #enqueue(route: Route): void {
    const { call, group } = route;
    const queue = this.queues.of(group);
    queue.waiting.push(route);
    route.queued = true;
    this.treatment.connectVru(call);
    this.treatment.waitState(call, Lcs.queued);
    this.context.events.tellCall(
      { kind: 'callQueued', queue: queueRef(group), numQueued: queue.waiting.size, skillGroups: [group.ref(0)] },
      this.treatment.waitingParty(call)!,
      Cause.none,
    );
    const { overflowAfterSeconds, overflowTo } = route.dialed?.route ?? {};
    if (overflowAfterSeconds !== undefined && overflowTo !== undefined)
      route.overflowTimer = this.context.later(overflowAfterSeconds * 1000, () => this.#overflow(route, overflowTo));
  }

  #dequeue(route: Route): void {
    if (!route.queued) return;
    route.queued = false;
    route.overflowTimer?.cancel();
    const { call, group } = route;
    const queue = this.queues.of(group);
    queue.waiting.remove(route);
    this.statistics.waited(route);
    this.treatment.waitState(call, Lcs.connect);
    const waiting = this.treatment.waitingParty(call);
    // A call that was joined to another one, which waits for itself, has no parties to notify.
    if (waiting === undefined) return;
    this.context.events.tellCall(
      { kind: 'callDequeued', queue: queueRef(group), numQueued: queue.waiting.size, skillGroups: [group.ref(0)] },
      waiting,
      Cause.none,
    );
  }

  #overflow(route: Route, to: string): void {
    const dialed = route.call.peripheral.dialed.get(to);
    if (!route.queued || dialed === undefined) return;
    this.#dequeue(route);
    route.call.route = undefined;
    this.seek(route.call, dialed, route.callType);
  }

  #offer(route: Route, agent: SimulatedAgent): void {
    const { call } = route;
    agent.offer = route;
    route.offeredTo = agent;
    this.refresh(agent);
    this.#dequeue(route);
    const skillGroup = skillOf(agent, route.group);
    call.skillGroup = skillGroup;
    this.context.events.tell({
      kind: 'agentPreCall',
      peripheralId: call.peripheral.id,
      agentId: agent.config.agentId,
      instrument: agent.instrument,
      icmAgentId: agent.config.icmAgentId,
      call: call.facts,
      skillGroup,
      callTypeId: route.dialed?.callTypeId ?? 0,
    });
    route.offerTimer = this.context.later(this.context.settings.offerMs, () => this.#deliver(route, agent));
  }

  #deliver(route: Route, agent: SimulatedAgent): void {
    const { call } = route;
    const device = agent.device;
    agent.offer = undefined;
    route.offeredTo = undefined;
    if (device === undefined || !device.inService) {
      this.#again(route);
      return;
    }
    for (const parked of call.connections.filter((each) => !each.device.isPhone && each.device.kind !== 'external'))
      this.connections.divert(parked);
    this.dialing.ring(
      call,
      device,
      { callType: route.callType, lineType: Line.inboundAcd, direction: Direction.in },
      skillOf(agent, route.group),
    );
  }

  /** A call that this router sent has been answered: its routing is complete. */
  answered(connection: SimulatedConnection): void {
    const { call } = connection;
    if (call.route !== undefined && hasSent(call.route) && connection.device.isPhone) call.route = undefined;
  }

  /** A call that this router sent was not answered: it goes elsewhere. False if the call was not routed. */
  notAnswered(call: SimulatedCall, target: string | undefined): boolean {
    const route = call.route;
    // A phone that rings while the call waits belongs to another party, not to a routed agent.
    if (route?.dialed === undefined || !hasSent(route)) return false;
    const dialed = (target === undefined ? undefined : call.peripheral.dialed.get(target)) ?? route.dialed;
    call.route = undefined;
    this.seek(call, dialed, route.callType, true);
    return true;
  }

  /** An announced call is withdrawn: the agent is notified, the call seeks another one. */
  withdrawOffer(route: Route): void {
    this.#abort(route);
    this.#again(route);
  }

  #again(route: Route): void {
    if (route.dialed === undefined || route.call.over) return;
    route.call.route = undefined;
    this.seek(route.call, route.dialed, route.callType, true);
  }

  #abort(route: Route): void {
    const agent = route.offeredTo;
    if (agent === undefined) return;
    route.offerTimer?.cancel();
    route.offeredTo = undefined;
    agent.offer = undefined;
    this.context.events.tell({
      kind: 'agentPreCallAbort',
      peripheralId: route.call.peripheral.id,
      agentId: agent.config.agentId,
      instrument: agent.instrument,
      routerCallKey: route.call.key,
    });
    this.hooks.offerWithdrawn(agent);
  }

  /** A call stops waiting: it leaves the queue, or the agent it was announced to is notified. */
  withdraw(call: SimulatedCall): void {
    const route = call.route;
    if (route === undefined) return;
    call.route = undefined;
    this.#dequeue(route);
    this.#abort(route);
  }

  /** An agent's state, phone or skills changed: adds it to, or removes it from, the idle agents. */
  refresh(agent: SimulatedAgent, skillsChanged = false): void {
    const routable = this.queues.isRoutable(agent);
    if (!routable || skillsChanged) this.queues.unlist(agent);
    if (!routable || this.queues.isListed(agent)) return;
    const next = this.queues.nextFor(agent);
    if (next !== undefined) this.#offer(next, agent);
    else this.queues.list(agent);
  }

  /** Marks the moment from which an agent's idle time counts. */
  becameAvailable(agent: SimulatedAgent): void {
    agent.availableOrder = ++this.#availableOrder;
  }
}

/** Whether the call has left the queue and has arrived: a phone rings. */
function hasSent(route: Route): boolean {
  return !route.queued && route.offeredTo === undefined;
}

function skillOf(agent: SimulatedAgent, group: SimulatedSkillGroup): SkillGroupRef {
  return group.ref(agent.skills.find((each) => each.skillGroupNumber === group.number)?.priority ?? 1);
}

function queueRef(group: SimulatedSkillGroup): DeviceRef {
  return { id: String(group.number), type: DeviceType.queue };
}
