import type { ContactCenter } from './contact-center.js';
import { Direction, Lcs, Limit, State } from './state/codes.js';
import type {
  Peripheral,
  SimulatedAgent,
  SimulatedCall,
  SimulatedConnection,
  SimulatedDevice,
} from './state/entities.js';
import type { SimulatedConnectionState } from './state/events/values.js';
import type { TelephonyEvent } from './state/events.js';

/** Invariants of a contact center's state. Each violation is described in one sentence. */
export function checkInvariants(center: ContactCenter): string[] {
  const problems: string[] = [];
  for (const peripheral of center.model.world.peripherals.values()) {
    for (const call of peripheral.calls.values()) problems.push(...checkCall(call));
    for (const device of peripheral.devices.values()) problems.push(...checkDevice(device, peripheral));
    for (const agent of peripheral.agents.values()) problems.push(...checkAgent(center, agent));
    for (const group of peripheral.groups.values()) {
      for (const route of center.model.queues.waiting(group))
        if (route.call.over || route.call.route !== route || !route.queued)
          problems.push(`queue ${group.number} contains call ${route.call.id}, which is not waiting there`);
      for (const agent of center.model.queues.idleAgents(group))
        if (!center.model.queues.isRoutable(agent))
          problems.push(
            `agent ${agent.config.agentId} is listed as idle in skill group ${group.number} but cannot take calls`,
          );
    }
  }
  return problems;
}

function* checkCall(call: SimulatedCall): Iterable<string> {
  if (call.over) yield `call ${call.id} has ended but is still listed`;
  if (call.connections.length === 0) yield `call ${call.id} has no parties`;
  if (call.connections.length > Limit.parties)
    yield `call ${call.id} has ${call.connections.length} parties; the maximum is ${Limit.parties}`;
  if (new Set(call.connections.map((each) => each.device.id)).size !== call.connections.length)
    yield `call ${call.id} contains a device twice`;
  for (const connection of call.connections) {
    if (connection.call !== call) yield `a connection of call ${call.id} refers to call ${connection.call.id}`;
    if (connection.state === Lcs.none) yield `${nameOf(connection)} has no state`;
    if (connection.device.kind !== 'external' && !connection.device.connections.includes(connection))
      yield `${nameOf(connection)} is missing in its device`;
  }
  if (call.consultOf?.over) yield `call ${call.id} is a consult about call ${call.consultOf.id}, which has ended`;
  const talking = call.connections.filter((each) => each.state === Lcs.connect).length;
  const waits = call.route !== undefined;
  if (call.connections.length === 1 && !waits && talking > 0 && call.timers.size === 0)
    yield `call ${call.id} has only one party, in state connected`;
}

function* checkDevice(device: SimulatedDevice, peripheral: Peripheral): Iterable<string> {
  for (const connection of device.connections) {
    if (peripheral.calls.get(connection.call.id) !== connection.call)
      yield `device ${device.id} is in call ${connection.call.id}, which does not exist`;
    if (!connection.call.connections.includes(connection)) yield `${nameOf(connection)} is missing in its call`;
  }
  if (!device.isPhone) return;
  if (device.connections.length > Limit.callsPerDevice)
    yield `device ${device.id} has ${device.connections.length} calls; the maximum is ${Limit.callsPerDevice}`;
  const talking = device.connections.filter((each) => each.state === Lcs.connect && each.silentMonitor !== 2);
  if (talking.length > 1) yield `device ${device.id} is connected in ${talking.length} calls at the same time`;
  if (device.agent !== undefined && device.agent.device?.instrument !== device.instrument)
    yield `device ${device.id} has agent ${device.agent.config.agentId}, who is at another device`;
}

function* checkAgent(center: ContactCenter, agent: SimulatedAgent): Iterable<string> {
  const id = `agent ${agent.config.agentId}`;
  const own = agent.device?.connections.filter((each) => each.silentMonitor !== 2) ?? [];
  const has = (state: SimulatedConnectionState) => own.some((each) => each.state === state);
  if (agent.loggedIn !== (agent.state !== State.logout && agent.state !== State.unknown))
    yield `${id} is ${agent.loggedIn ? '' : 'not '}logged in but in state ${agent.state}`;
  if (agent.state !== State.talking && has(Lcs.connect))
    yield `${id} has a connected call but is in state ${agent.state}`;
  // A party who is dialing, or hears a tone, after the other party has left also stays in that state until the call ends.
  if ((agent.state === State.talking || agent.state === State.hold) && own.length === 0)
    yield `${id} is in a call state but has no call`;
  if (agent.state === State.reserved && !has(Lcs.alerting) && agent.direction !== Direction.preview)
    yield `${id} is reserved but has no ringing call`;
  if (agent.offer !== undefined && agent.offer.offeredTo !== agent)
    yield `${id} expects a call that was offered to another agent`;
  if (!center.model.queues.isRoutable(agent)) return;
  if (agent.skills.length > 0 && !center.model.queues.isListed(agent))
    yield `${id} is available but not listed by the router`;
  for (const skill of agent.skills) {
    const group = center.model.world.peripherals.get(agent.config.peripheralId)?.groups.get(skill.skillGroupNumber);
    if (group === undefined) continue;
    if (center.model.queues.waitingCount(group) > 0)
      yield `a call is waiting for skill group ${group.number} although ${id} is available`;
  }
}

function nameOf(connection: SimulatedConnection): string {
  return `connection ${connection.device.id} of call ${connection.call.id}`;
}

/** Legal transitions of a connection's state. State 0 means before the beginning or after the end. */
const legalSteps: Readonly<Record<SimulatedConnectionState, readonly SimulatedConnectionState[]>> = {
  0: [],
  1: [1, 2, 3, 4, 6, 0],
  2: [2, 3, 0],
  3: [3, 4, 5, 6, 0],
  4: [4, 3, 0],
  5: [5, 3, 0],
  6: [6, 0],
};

/**
 * Follows the events of a contact center and detects illegal ones: a connection that begins twice, ends twice, makes an
 * illegal transition, or has events before its beginning or after its end.
 */
export class EventAuditor {
  readonly problems: string[] = [];
  #open = new Map<string, SimulatedConnectionState | undefined>();
  /** CallType of each connection, from its beginning or the last update of its data. */
  #types = new Map<string, number>();
  #lastSequence = 0;
  begun = 0;
  ended = 0;

  /** Connections in progress. */
  get open(): number {
    return this.#open.size;
  }

  hear(event: TelephonyEvent): void {
    if (event.sequence !== this.#lastSequence + 1) this.problems.push(`event ${event.sequence} is out of order`);
    this.#lastSequence = event.sequence;
    if (!('views' in event)) return;
    for (const view of event.views) {
      const key = `${event.peripheralId}/${view.callId}/${view.deviceId}`;
      if (event.kind === 'callBegin') this.#begins(key, view.state);
      else if (event.kind === 'callEnd') this.#ends(key);
      else if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId)
        this.#renamed(`${event.peripheralId}/${event.connection.callId}/${view.deviceId}`, key, view.state);
      else this.#steps(key, view.state, event.kind);
      if (event.kind === 'callBegin' || event.kind === 'callDataUpdate') this.#types.set(key, view.callType);
    }
  }

  /** Call types that changed without an event, so that a snapshot would differ from the events. */
  *untold(center: ContactCenter): Iterable<string> {
    for (const { peripheralId, callId, connections } of center.calls()) {
      for (const { deviceId, callType } of connections) {
        const key = `${peripheralId}/${callId}/${deviceId}`;
        const told = this.#types.get(key) ?? callType;
        if (told !== callType) yield `${key} has call type ${callType}, but the last event reported ${told}`;
      }
    }
  }

  #begins(key: string, state: SimulatedConnectionState): void {
    this.begun++;
    if (this.#open.has(key)) this.problems.push(`${key} begins twice`);
    this.#open.set(key, state);
  }

  #ends(key: string): void {
    this.ended++;
    this.#types.delete(key);
    if (!this.#open.delete(key)) this.problems.push(`${key} ends but never began`);
  }

  #renamed(old: string, key: string, state: SimulatedConnectionState): void {
    this.#steps(old, state, 'renamed');
    if (this.#open.has(key)) this.problems.push(`${old} becomes ${key}, which already exists`);
    this.#open.delete(old);
    this.#types.delete(old);
    this.#open.set(key, state);
  }

  #steps(key: string, to: SimulatedConnectionState, kind: string): void {
    const from = this.#open.get(key);
    if (from === undefined) {
      this.problems.push(`${key} has the event ${kind} before its beginning or after its end`);
      return;
    }
    if (from !== to && !legalSteps[from].includes(to))
      this.problems.push(`${key} makes an illegal transition from ${from} to ${to} (${kind})`);
    this.#open.set(key, to);
  }
}
