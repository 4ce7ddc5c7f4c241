import type { ContactCenter } from './contact-center.js';
import { Direction, Lcs, Limit, State } from './state/codes.js';
import type {
  Peripheral,
  SimulatedAgent,
  SimulatedCall,
  SimulatedConnection,
  SimulatedDevice,
} from './state/entities.js';
import type { SimulatedConnectionState, TelephonyEvent } from './state/events.js';

/** What must hold in every contact center at every moment. A broken rule is one sentence; no sentence, no problem. */
export function checkInvariants(center: ContactCenter): string[] {
  const problems: string[] = [];
  for (const peripheral of center.model.world.peripherals.values()) {
    for (const call of peripheral.calls.values()) problems.push(...checkCall(call));
    for (const device of peripheral.devices.values()) problems.push(...checkDevice(device, peripheral));
    for (const agent of peripheral.agents.values()) problems.push(...checkAgent(center, agent));
    for (const group of peripheral.groups.values()) {
      for (const route of center.model.queues.waiting(group))
        if (route.call.over || route.call.route !== route || !route.queued)
          problems.push(`queue ${group.number} holds call ${route.call.id}, which does not wait there`);
      for (const agent of center.model.queues.idleAgents(group))
        if (!center.model.queues.isRoutable(agent))
          problems.push(`agent ${agent.config.agentId} waits for calls of ${group.number} but cannot take any`);
    }
  }
  return problems;
}

function* checkCall(call: SimulatedCall): Iterable<string> {
  if (call.over) yield `call ${call.id} is over but still listed`;
  if (call.connections.length === 0) yield `call ${call.id} has no parties`;
  if (call.connections.length > Limit.parties) yield `call ${call.id} has ${call.connections.length} parties`;
  if (new Set(call.connections.map((each) => each.device.id)).size !== call.connections.length)
    yield `call ${call.id} has a device twice`;
  for (const connection of call.connections) {
    if (connection.call !== call) yield `a connection of call ${call.id} thinks it belongs to ${connection.call.id}`;
    if (connection.state === Lcs.none) yield `${nameOf(connection)} is a party without a state`;
    if (connection.device.kind !== 'external' && !connection.device.connections.includes(connection))
      yield `${nameOf(connection)} is unknown to its device`;
  }
  if (call.consultOf?.over) yield `call ${call.id} consults about call ${call.consultOf.id}, which is over`;
  const talking = call.connections.filter((each) => each.state === Lcs.connect).length;
  const waits = call.route !== undefined;
  if (call.connections.length === 1 && !waits && talking > 0 && call.timers.size === 0)
    yield `call ${call.id} has one party that talks to nobody`;
}

function* checkDevice(device: SimulatedDevice, peripheral: Peripheral): Iterable<string> {
  for (const connection of device.connections) {
    if (peripheral.calls.get(connection.call.id) !== connection.call)
      yield `device ${device.id} is in call ${connection.call.id}, which does not exist`;
    if (!connection.call.connections.includes(connection)) yield `${nameOf(connection)} is unknown to its call`;
  }
  if (!device.isPhone) return;
  if (device.connections.length > Limit.callsPerDevice) yield `device ${device.id} has too many calls`;
  const talking = device.connections.filter((each) => each.state === Lcs.connect && each.silentMonitor !== 2);
  if (talking.length > 1) yield `device ${device.id} talks in ${talking.length} calls at once`;
  if (device.agent !== undefined && device.agent.device?.instrument !== device.instrument)
    yield `device ${device.id} has an agent who sits elsewhere`;
}

function* checkAgent(center: ContactCenter, agent: SimulatedAgent): Iterable<string> {
  const id = `agent ${agent.config.agentId}`;
  const own = agent.device?.connections.filter((each) => each.silentMonitor !== 2) ?? [];
  const has = (state: SimulatedConnectionState) => own.some((each) => each.state === state);
  if (agent.loggedIn !== (agent.state !== State.logout && agent.state !== State.unknown))
    yield `${id} is ${agent.loggedIn ? '' : 'not '}logged in, in state ${agent.state}`;
  if (agent.state !== State.talking && has(Lcs.connect)) yield `${id} has a talking call in state ${agent.state}`;
  // Who dials, or hears a tone, after the other party has gone stays in its state until that is over, too.
  if ((agent.state === State.talking || agent.state === State.hold) && own.length === 0)
    yield `${id} is in a call state, without a call`;
  if (agent.state === State.reserved && !has(Lcs.alerting) && agent.direction !== Direction.preview)
    yield `${id} is reserved, and no phone rings`;
  if (agent.offer !== undefined && agent.offer.offeredTo !== agent) yield `${id} expects a call sent elsewhere`;
  if (!center.model.queues.isRoutable(agent)) return;
  if (agent.skills.length > 0 && !center.model.queues.isListed(agent))
    yield `${id} is available, and the router does not know`;
  for (const skill of agent.skills) {
    const group = center.model.world.peripherals.get(agent.config.peripheralId)?.groups.get(skill.skillGroupNumber);
    if (group === undefined) continue;
    if (center.model.queues.waitingCount(group) > 0) yield `a call waits for ${group.number}, and ${id} is available`;
  }
}

function nameOf(connection: SimulatedConnection): string {
  return `connection ${connection.device.id} of call ${connection.call.id}`;
}

/** Which state may follow which, as a connection is told about them; 0 is before the beginning and after the end. */
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
 * Follows what a contact center tells, and notices what must not be told: a connection that begins twice, ends twice,
 * takes an illegal step, or is spoken of before its beginning or after its end.
 */
export class EventAuditor {
  readonly problems: string[] = [];
  #open = new Map<string, SimulatedConnectionState | undefined>();
  /** CallType of each connection, as its beginning or the last update of its data told it. */
  #types = new Map<string, number>();
  #lastSequence = 0;
  begun = 0;
  ended = 0;

  /** Connections that have begun and not ended. */
  get open(): number {
    return this.#open.size;
  }

  hear(event: TelephonyEvent): void {
    if (event.sequence !== this.#lastSequence + 1) this.problems.push(`event ${event.sequence} is out of turn`);
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

  /** Call types that have changed without a word: a snapshot would tell another than its party knows. */
  *untold(center: ContactCenter): Iterable<string> {
    for (const { peripheralId, callId, connections } of center.calls()) {
      for (const { deviceId, callType } of connections) {
        const key = `${peripheralId}/${callId}/${deviceId}`;
        const told = this.#types.get(key) ?? callType;
        if (told !== callType) yield `${key} is of type ${callType}, and was told to be of type ${told}`;
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
    if (!this.#open.delete(key)) this.problems.push(`${key} ends without having begun`);
  }

  #renamed(old: string, key: string, state: SimulatedConnectionState): void {
    this.#steps(old, state, 'renamed');
    if (this.#open.has(key)) this.problems.push(`${old} becomes ${key}, which is there already`);
    this.#open.delete(old);
    this.#types.delete(old);
    this.#open.set(key, state);
  }

  #steps(key: string, to: SimulatedConnectionState, kind: string): void {
    const from = this.#open.get(key);
    if (from === undefined) {
      this.problems.push(`${key} is told ${kind} before its beginning or after its end`);
      return;
    }
    if (from !== to && !legalSteps[from].includes(to))
      this.problems.push(`${key} goes from ${from} to ${to} (${kind})`);
    this.#open.set(key, to);
  }
}
