import type { InboundCallRequest, Outcome } from './api.js';
import { changeData, noData } from './call-data.js';
import { CallKind, Cause, DeviceType, Direction, Disposition, Lcs, Line, State } from './codes.js';
import type { DialedNumberConfig } from './config.js';
import type { Core } from './core.js';
import type { Agent, Call, Connection, Device, Peripheral, Route, SkillGroup } from './entities.js';
import type { DeviceRef, SkillGroupRef } from './events.js';
import { IndexedHeap } from './indexed-heap.js';
import { accept, refuse } from './refusals.js';

/** An idle agent in one skill group. */
interface Idle {
  readonly agent: Agent;
  readonly priority: number;
}

/** What a skill group has to give and to serve. */
interface Desk {
  readonly idle: IndexedHeap<Idle>;
  readonly waiting: IndexedHeap<Route>;
}

/**
 * The router: treats calls, finds the longest-available agent of the best skill, queues where there is none, takes
 * back what is abandoned or not answered.
 */
export class Router {
  #desks = new Map<SkillGroup, Desk>();
  #idle = new Map<Agent, [Desk, Idle][]>();
  #order = 0;
  #availableOrder = 0;

  constructor(private readonly core: Core) {}

  /** A call from outside arrives at a dialed number. */
  placeCall(request: InboundCallRequest): Outcome<{ callId: number }> {
    const { core } = this;
    const found = core.world.peripheral(request.peripheralId);
    if (!found.ok) return found;
    const dialed = found.value.dialed.get(request.dialedNumber);
    if (dialed === undefined) return refuse('invalidDestination');
    const ani = request.ani ?? '';
    const patch = {
      ...request.data,
      ...(request.callerEnteredDigits === undefined ? {} : { callerEnteredDigits: request.callerEnteredDigits }),
    };
    const start = { ...noData, ani, dnis: dialed.dnis, dialedNumber: dialed.number };
    const known = changeData(start, patch);
    if (!known.ok) return known;

    const call = core.connections.newCall(found.value, CallKind.routed, dialed.treatment ? start : known.value.data);
    core.dialling.nextTrunk(call);
    const person = core.dialling.outsideParty(call, ani);
    call.calling = person.ref;
    call.called = { id: dialed.number, type: DeviceType.routePoint };
    const caller = core.connections.join(call, person, Lcs.connect, {
      callType: CallKind.routed,
      lineType: Line.inboundAcd,
      direction: Direction.none,
    });
    if (request.patienceMs !== undefined) this.#limitPatience(caller, request.patienceMs);
    this.enter(call, dialed, CallKind.routed, caller, patch);
    return accept({ callId: call.id });
  }

  #limitPatience(caller: Connection, patienceMs: number): void {
    this.core.connections.later(caller.call, patienceMs, () => {
      const { call } = caller;
      if (
        caller.state === Lcs.none ||
        call.connections.some((each) => each.device.isPhone && each.establishedAt !== undefined)
      )
        return;
      call.disposition = call.connections.some((each) => each.device.isPhone)
        ? Disposition.abandonedRinging
        : Disposition.abandonedInQueue;
      this.core.connections.release(caller);
    });
  }

  /**
   * A call enters the script of a dialed number.
   * @param callType the type the agent's leg will have
   * @param learned what the caller will tell the VRU
   */
  enter(
    call: Call,
    dialed: DialedNumberConfig,
    callType: number,
    caller: Connection,
    learned?: Parameters<typeof changeData>[1],
  ): void {
    const { core } = this;
    call.service = call.peripheral.services.get(dialed.serviceNumber);
    const point = call.peripheral.devices.get(dialed.number);
    if (point?.kind === 'routePoint') {
      const connection = this.#park(call, point, Lcs.alerting);
      core.telling.tellCall({ kind: 'callDelivered', alerting: point.ref }, connection, Cause.newCall);
    }
    const treatment = learned === undefined ? undefined : dialed.treatment;
    if (treatment === undefined) {
      this.#request(call, dialed, callType);
      return;
    }
    this.#connectVru(call);
    const span = treatment.maxMs - treatment.minMs;
    core.connections.later(call, treatment.minMs + core.random.next() * span, () => {
      const changed = changeData(call.data, learned ?? {});
      if (changed.ok && changed.value.changed.length > 0) {
        call.data = changed.value.data;
        core.calls.tellData(caller, changed.value.changed);
      }
      this.#request(call, dialed, callType);
    });
  }

  /** Seeks an agent for a call: at once, or in the queue. */
  #request(call: Call, dialed: DialedNumberConfig, callType: number, first = false): void {
    const { core } = this;
    const group = call.peripheral.groups.get(dialed.route.skillGroupNumber);
    if (group === undefined) return;
    const route: Route = {
      call,
      group,
      dialed,
      callType,
      // A call that an agent failed to answer has waited long enough: it goes before all others.
      queuePriority: first ? 0 : dialed.route.queuePriority,
      order: ++this.#order,
      enqueuedAt: core.clock.now(),
      queued: false,
    };
    call.route = route;
    call.skillGroup = group.ref(0);
    const idle = this.#desk(group).idle.peek();
    if (idle === undefined) this.#enqueue(route);
    else this.#offer(route, idle.agent);
  }

  #enqueue(route: Route): void {
    const { call, group } = route;
    const desk = this.#desk(group);
    desk.waiting.push(route);
    route.queued = true;
    this.#connectVru(call);
    this.#waitState(call, Lcs.queued);
    this.core.telling.tellCall(
      { kind: 'callQueued', queue: queueRef(group), numQueued: desk.waiting.size, skillGroups: [group.ref(0)] },
      this.#waitingParty(call),
      Cause.none,
    );
    const { overflowAfterSeconds, overflowTo } = route.dialed?.route ?? {};
    if (overflowAfterSeconds !== undefined && overflowTo !== undefined)
      route.overflowTimer = this.core.later(overflowAfterSeconds * 1000, () => this.#overflow(route, overflowTo));
  }

  #dequeue(route: Route): void {
    if (!route.queued) return;
    route.queued = false;
    route.overflowTimer?.cancel();
    const { call, group } = route;
    const desk = this.#desk(group);
    desk.waiting.remove(route);
    this.core.statistics.waited(route);
    this.#waitState(call, Lcs.connect);
    this.core.telling.tellCall(
      { kind: 'callDequeued', queue: queueRef(group), numQueued: desk.waiting.size, skillGroups: [group.ref(0)] },
      this.#waitingParty(call),
      Cause.none,
    );
  }

  #overflow(route: Route, to: string): void {
    const dialed = route.call.peripheral.dialed.get(to);
    if (!route.queued || dialed === undefined) return;
    this.#dequeue(route);
    route.call.route = undefined;
    this.#request(route.call, dialed, route.callType);
  }

  #offer(route: Route, agent: Agent): void {
    const { core } = this;
    const { call } = route;
    agent.offer = route;
    route.offeredTo = agent;
    this.refresh(agent);
    this.#dequeue(route);
    const skillGroup = skillOf(agent, route.group);
    call.skillGroup = skillGroup;
    core.telling.tell({
      kind: 'agentPreCall',
      peripheralId: call.peripheral.id,
      agentId: agent.config.agentId,
      instrument: agent.instrument,
      icmAgentId: agent.config.icmAgentId,
      call: call.facts,
      skillGroup,
      callTypeId: route.dialed?.callTypeId ?? 0,
    });
    route.offerTimer = core.later(core.settings.offerMs, () => this.#deliver(route, agent));
  }

  #deliver(route: Route, agent: Agent): void {
    const { core } = this;
    const { call } = route;
    const device = agent.device;
    agent.offer = undefined;
    route.offeredTo = undefined;
    if (device === undefined || !device.inService) {
      this.#again(route);
      return;
    }
    for (const parked of call.connections.filter((each) => !each.device.isPhone && each.device.kind !== 'external'))
      core.connections.divert(parked);
    core.dialling.ring(
      call,
      device,
      { callType: route.callType, lineType: Line.inboundAcd, direction: Direction.in },
      skillOf(agent, route.group),
    );
  }

  /** A call this router sent has been answered: its route is done. */
  answered(connection: Connection): void {
    const { call } = connection;
    if (call.route === undefined || !connection.device.isPhone) return;
    call.route = undefined;
  }

  /** Nobody answered a call this router sent: it goes elsewhere. False if the call was none of the router's. */
  notAnswered(call: Call, target: string | undefined): boolean {
    const route = call.route;
    if (route?.dialed === undefined) return false;
    const dialed = (target === undefined ? undefined : call.peripheral.dialed.get(target)) ?? route.dialed;
    call.route = undefined;
    this.#request(call, dialed, route.callType, true);
    return true;
  }

  /** An announced call does not come: the agent is told, the call seeks another. */
  withdrawOffer(route: Route): void {
    this.#abort(route);
    this.#again(route);
  }

  #again(route: Route): void {
    if (route.dialed === undefined || route.call.over) return;
    route.call.route = undefined;
    this.#request(route.call, route.dialed, route.callType, true);
  }

  #abort(route: Route): void {
    const agent = route.offeredTo;
    if (agent === undefined) return;
    route.offerTimer?.cancel();
    route.offeredTo = undefined;
    agent.offer = undefined;
    this.core.telling.tell({
      kind: 'agentPreCallAbort',
      peripheralId: route.call.peripheral.id,
      agentId: agent.config.agentId,
      instrument: agent.instrument,
      routerCallKey: route.call.key,
    });
    this.core.agents.offerWithdrawn(agent);
  }

  /** A call gives up waiting: it leaves the queue, or the agent it was announced to is told. */
  withdraw(call: Call): void {
    const route = call.route;
    if (route === undefined) return;
    call.route = undefined;
    this.#dequeue(route);
    this.#abort(route);
  }

  /** Whether calls may be sent to this agent now. */
  isRoutable(agent: Agent): boolean {
    const { device } = agent;
    return (
      agent.state === State.available &&
      agent.offer === undefined &&
      device?.inService === true &&
      device.connections.length === 0 &&
      this.core.world.peripherals.get(agent.config.peripheralId)?.online === true
    );
  }

  /** An agent's state, phone or skills changed: takes it into, or out of, those waiting for calls. */
  refresh(agent: Agent, skillsChanged = false): void {
    const routable = this.isRoutable(agent);
    const listed = this.#idle.get(agent);
    if (listed !== undefined && (!routable || skillsChanged)) {
      for (const [desk, entry] of listed) desk.idle.remove(entry);
      this.#idle.delete(agent);
    }
    if (!routable || (listed !== undefined && !skillsChanged)) return;
    const next = this.#nextFor(agent);
    if (next !== undefined) {
      this.#offer(next, agent);
      return;
    }
    const entries: [Desk, Idle][] = [];
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      if (group === undefined) continue;
      const entry: Idle = { agent, priority: skill.priority };
      const desk = this.#desk(group);
      desk.idle.push(entry);
      entries.push([desk, entry]);
    }
    this.#idle.set(agent, entries);
  }

  /** Marks the moment from which an agent's turn counts. */
  becameAvailable(agent: Agent): void {
    agent.availableSince = this.core.clock.now();
    agent.availableOrder = ++this.#availableOrder;
  }

  /** The waiting call that is this agent's to take: highest priority, then longest waiting. */
  #nextFor(agent: Agent): Route | undefined {
    let best: Route | undefined;
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      const next = group && this.#desk(group).waiting.peek();
      if (next !== undefined && (best === undefined || servedBefore(next, best))) best = next;
    }
    return best;
  }

  waiting(group: SkillGroup): Iterable<Route> {
    return this.#desk(group).waiting.values();
  }

  waitingCount(group: SkillGroup): number {
    return this.#desk(group).waiting.size;
  }

  /** Whether an agent is among those waiting for calls. */
  isListed(agent: Agent): boolean {
    return this.#idle.has(agent);
  }

  idleAgents(group: SkillGroup): Agent[] {
    return [...this.#desk(group).idle.values()].map((each) => each.agent);
  }

  #group(agent: Agent, number: number): SkillGroup | undefined {
    return this.core.world.peripherals.get(agent.config.peripheralId)?.groups.get(number);
  }

  #desk(group: SkillGroup): Desk {
    let desk = this.#desks.get(group);
    if (desk === undefined) {
      desk = { idle: new IndexedHeap(idleBefore), waiting: new IndexedHeap(servedBefore) };
      this.#desks.set(group, desk);
    }
    return desk;
  }

  #connectVru(call: Call): void {
    const vru = vruOf(call.peripheral);
    if (vru === undefined || call.connections.some((each) => each.device === vru)) return;
    for (const parked of call.connections.filter((each) => each.device.kind === 'routePoint'))
      this.core.connections.divert(parked);
    const connection = this.#park(call, vru, Lcs.connect);
    this.core.calls.establish(connection);
  }

  #park(call: Call, device: Device, state: typeof Lcs.alerting | typeof Lcs.connect): Connection {
    return this.core.connections.join(call, device, state, {
      callType: call.type,
      lineType: Line.inboundAcd,
      direction: Direction.none,
    });
  }

  /** The VRU's connection is the one that waits in the queue; without a VRU it is the caller's own. */
  #waitingParty(call: Call): Connection {
    return call.connections.find((each) => each.device.kind === 'vru') ?? call.connections[0]!;
  }

  #waitState(call: Call, state: typeof Lcs.queued | typeof Lcs.connect): void {
    const vru = call.connections.find((each) => each.device.kind === 'vru');
    if (vru !== undefined) this.core.connections.enter(vru, state);
  }
}

function idleBefore(a: Idle, b: Idle): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.agent.availableOrder < b.agent.availableOrder;
}

function servedBefore(a: Route, b: Route): boolean {
  if (a.queuePriority !== b.queuePriority) return a.queuePriority < b.queuePriority;
  return a.order < b.order;
}

function skillOf(agent: Agent, group: SkillGroup): SkillGroupRef {
  return group.ref(agent.skills.find((each) => each.skillGroupNumber === group.number)?.priority ?? 1);
}

function queueRef(group: SkillGroup): DeviceRef {
  return { id: String(group.number), type: DeviceType.queue };
}

const vrus = new WeakMap<Peripheral, Device | null>();
function vruOf(peripheral: Peripheral): Device | undefined {
  let vru = vrus.get(peripheral);
  if (vru === undefined) {
    vru = [...peripheral.devices.values()].find((each) => each.kind === 'vru') ?? null;
    vrus.set(peripheral, vru);
  }
  return vru ?? undefined;
}
