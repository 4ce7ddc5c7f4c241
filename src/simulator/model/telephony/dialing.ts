import type { CallDataPatch, CommandOutcome, MakeCallRequest, NewConnection } from '../state/api.js';
import { changeData, noData } from '../state/call-data.js';
import { CallKind, Cause, DeviceType, Direction, Disposition, Lcs, Line, State } from '../state/codes.js';
import type { DialedNumberConfig, ExternalNumberConfig } from '../state/config.js';
import type { SwitchContext } from '../state/context.js';
import { type Peripheral, type SimulatedCall, type SimulatedConnection, SimulatedDevice } from '../state/entities.js';
import type { ConnectionRef, DeviceRef } from '../state/events/values.js';
import { accept, type RefusalName, refuse } from '../state/refusals.js';
import type { CallHooks } from './call-hooks.js';
import type { SimulatedCalls } from './calls.js';
import { isReservation } from './conditions.js';
import type { Connections } from './connections.js';

/** The destination of dialed digits. */
export type Destination =
  | { kind: 'device'; device: SimulatedDevice }
  | { kind: 'route'; dialed: DialedNumberConfig }
  | { kind: 'external'; number: string; config: ExternalNumberConfig };

/** How the called party joins the call. */
export interface CalleeOptions {
  callType: number;
  lineType: number;
  direction: Direction;
  cause?: number;
  silentMonitor?: 1 | 2;
}

/** CallMannerType: the agent is set to not ready for the call, and to available after it. */
const BELLIGERENT = 2;

/** Milliseconds a caller hears the busy tone before hanging up. */
const TONE_MS = 10_000;

/** How an outside number that does not answer ends the call; otherwise it keeps ringing. */
const failureOf: Readonly<Record<string, 'busy' | 'notObtainable'>> = { busy: 'busy', invalid: 'notObtainable' };

/** Calls that begin at a phone: going off hook, dialing, reaching the other side or failing. */
export class Dialing {
  #trunks = 0;

  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly hooks: CallHooks,
  ) {}

  resolve(peripheral: Peripheral, digits: string): Destination | undefined {
    const dialed = peripheral.dialed.get(digits);
    if (dialed !== undefined) return { kind: 'route', dialed };
    const device = peripheral.devices.get(digits) ?? peripheral.agents.get(digits)?.device;
    if (device?.isPhone) return { kind: 'device', device };
    if (!/^\+?[0-9*#]{3,}$/.test(digits)) return undefined;
    const config = this.context.world.config.externalNumbers.find((each) => digits.startsWith(each.prefix));
    return config && { kind: 'external', number: digits, config };
  }

  /** Why a destination cannot be reached at this moment, as reported to its caller. */
  obstacle(destination: Destination): 'busy' | 'notObtainable' | undefined {
    if (destination.kind === 'route') return undefined;
    if (destination.kind === 'external') {
      if (destination.config.behaviour === 'busy') return 'busy';
      return destination.config.behaviour === 'invalid' ? 'notObtainable' : undefined;
    }
    const { device } = destination;
    if (!device.inService) return 'notObtainable';
    return device.connections.length > 0 || device.agent?.offer !== undefined ? 'busy' : undefined;
  }

  makeCall(request: MakeCallRequest): CommandOutcome<NewConnection> {
    const peripheral = this.context.world.peripheral(request.peripheralId);
    if (!peripheral.ok) return peripheral;
    const device = this.context.world.device(request.peripheralId, request.instrument);
    if (device === undefined || !device.isPhone) return refuse('unknownDevice');
    if (!device.inService) return refuse('deviceOutOfService');
    const destination = this.resolve(peripheral.value, request.dialedNumber);
    if (destination === undefined) return refuse('invalidDestination');
    const problem = this.#mayCall(device, destination, request.mannerType === BELLIGERENT);
    if (problem) return refuse(problem);
    const data = changeData(
      { ...noData, ani: device.id, dialedNumber: request.dialedNumber },
      request.data ?? {},
      this.context.world.dataRules,
    );
    if (!data.ok) return data;

    // A call on a non-ACD line sets the agent to not ready automatically.
    if (device.agent?.state === State.available && !device.config.nonAcdLine) this.hooks.stepAsideForCall(device.agent);
    const leg = outgoingLeg(device, destination.kind === 'external');
    const call = this.connections.newCall(peripheral.value, leg.callType, data.value.data);
    const caller = this.pickUp(call, device, request.dialedNumber, leg);
    this.reach(call, caller, destination, {
      callType: CallKind.inside,
      lineType: Line.inside,
      direction: Direction.otherIn,
    });
    return accept({ connection: caller.ref, lineHandle: device.lineHandle, lineType: caller.lineType });
  }

  #mayCall(device: SimulatedDevice, destination: Destination, belligerent: boolean): RefusalName | undefined {
    const agent = device.agent;
    if (device.connections.some((each) => each.state !== Lcs.hold)) return 'resourceBusy';
    if (device.kind === 'agentPhone' && agent === undefined) return 'notLoggedIn';
    if (destination.kind === 'device' && destination.device === device) return 'invalidDestination';
    if (agent === undefined) return undefined;
    if (device.config.nonAcdLine) return agent.desk.nonAcdCallsAllowed ? undefined : 'callNotAllowed';
    if (agent.offer !== undefined) return 'callOnItsWay';
    if (agent.state === State.available && !belligerent) return 'notCallable';
    if (agent.state !== State.notReady && agent.state !== State.available) return 'notCallable';
    return this.forbidden(device, destination);
  }

  /** What the desk settings permit for a destination. */
  forbidden(device: SimulatedDevice, destination: Destination): RefusalName | undefined {
    const desk = device.agent?.desk;
    if (desk === undefined) return undefined;
    if (destination.kind === 'external' && !desk.outboundCallsAllowed) return 'callNotAllowed';
    if (destination.kind === 'device' && !desk.agentToAgentCallsAllowed && destination.device.agent !== undefined)
      return 'callNotAllowed';
    return undefined;
  }

  /** The caller's side up to the dialed number: begin, service initiated, originated. */
  pickUp(
    call: SimulatedCall,
    device: SimulatedDevice,
    dialedNumber: string,
    options: CalleeOptions & { consultOf?: ConnectionRef },
  ): SimulatedConnection {
    call.calling = device.ref;
    call.called = this.calledRef(call.peripheral, dialedNumber);
    const caller = this.connections.join(call, device, Lcs.initiate, options);
    const cause = options.cause ?? Cause.none;
    this.context.events.tellCall({ kind: 'callServiceInitiated', consultOf: options.consultOf }, caller, Cause.none);
    this.context.events.tellCall({ kind: 'callOriginated' }, caller, cause);
    return caller;
  }

  calledRef(peripheral: Peripheral, digits: string): DeviceRef {
    if (peripheral.dialed.has(digits)) return { id: digits, type: DeviceType.routePoint };
    return peripheral.devices.get(digits)?.ref ?? { id: digits, type: DeviceType.external };
  }

  /** Connects the other side: rings a phone, enters a route, seizes a trunk, or fails. */
  reach(call: SimulatedCall, caller: SimulatedConnection, destination: Destination, callee: CalleeOptions): void {
    if (destination.kind === 'route') {
      this.hooks.enterRoute(call, destination.dialed, callee.callType, caller);
      return;
    }
    if (destination.kind === 'external') {
      this.#seizeTrunk(call, caller, destination, callee);
      return;
    }
    const obstacle = this.obstacle(destination);
    if (obstacle !== undefined) {
      this.fail(caller, destination.device.ref, obstacle);
      return;
    }
    this.ring(call, destination.device, callee);
  }

  /** A phone rings. */
  ring(
    call: SimulatedCall,
    device: SimulatedDevice,
    callee: CalleeOptions,
    skillGroup?: SimulatedConnection['skillGroup'],
  ): SimulatedConnection {
    const line = device.config.nonAcdLine ? { callType: CallKind.nonAcd, lineType: Line.nonAcdIn } : {};
    const connection = this.connections.join(call, device, Lcs.alerting, { ...callee, ...line, skillGroup });
    this.hooks.offered(device);
    // A caller receives the ringing only if an agent is logged in there.
    const views = device.agent === undefined ? [connection] : call.connections;
    this.context.events.tellCall(
      { kind: 'callDelivered', alerting: device.ref, skillGroup },
      connection,
      callee.cause ?? Cause.none,
      views,
    );
    this.hooks.ringing(connection);
    return connection;
  }

  /** The caller hears a tone: the call has failed. */
  fail(caller: SimulatedConnection, failing: DeviceRef, why: 'busy' | 'notObtainable' | 'notAnswered'): void {
    const { call } = caller;
    const causes = { busy: Cause.busy, notObtainable: Cause.destNotObtainable, notAnswered: Cause.notAnswered };
    const dispositions = { busy: Disposition.busy, notObtainable: Disposition.busy, notAnswered: Disposition.noAnswer };
    call.disposition = dispositions[why];
    if (caller.state === Lcs.hold) {
      // No one hears a tone on a held line.
      this.connections.release(caller, causes[why]);
      return;
    }
    this.connections.enter(caller, Lcs.fail);
    this.context.events.tellCall({ kind: 'callFailed', failing }, caller, causes[why]);
    this.hooks.phoneChanged(caller.device);
    this.connections.later(call, TONE_MS, () => {
      if (caller.state === Lcs.fail) this.connections.release(caller);
    });
  }

  /** Redirects a ringing call. */
  deflect(ref: ConnectionRef, digits: string): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    const ringing = found.value;
    const { call } = ringing;
    if (ringing.state !== Lcs.alerting || isReservation(ringing)) return refuse('nothingToAnswer');
    // Its caller has transferred it while it rang, to a number outside that is still being dialed.
    if (call.connections.length === 1) return refuse('resourceBusy');
    const destination = this.resolve(call.peripheral, digits);
    if (destination === undefined) return refuse('invalidDestination');
    if (destination.kind === 'device' && call.at(destination.device.id) !== undefined)
      return refuse('invalidDestination');
    const obstacle = this.obstacle(destination);
    if (obstacle !== undefined) return refuse(obstacle === 'busy' ? 'resourceBusy' : 'invalidDestination');
    const { callType, lineType, direction } = ringing;
    this.hooks.withdrawRoute(call);
    this.connections.divert(ringing);
    const caller = call.connections[0];
    if (caller !== undefined)
      this.reach(call, caller, destination, { callType, lineType, direction, cause: Cause.redirected });
    return accept();
  }

  #seizeTrunk(
    call: SimulatedCall,
    caller: SimulatedConnection,
    destination: Extract<Destination, { kind: 'external' }>,
    callee: CalleeOptions,
  ): void {
    this.nextTrunk(call);
    this.connections.later(call, this.context.settings.trunkMs, () => {
      const trunk: DeviceRef = { id: String(call.trunkNumber), type: DeviceType.trunk };
      this.context.events.tellCall({ kind: 'callReachedNetwork', trunk }, caller, Cause.none);
      const outside = this.connections.join(call, this.outsideParty(call, destination.number), Lcs.alerting, callee);
      this.connections.later(call, destination.config.afterMs, () =>
        this.#outsideDecides(outside, caller, destination),
      );
    });
  }

  #outsideDecides(
    outside: SimulatedConnection,
    caller: SimulatedConnection,
    destination: Extract<Destination, { kind: 'external' }>,
  ): void {
    if (outside.state !== Lcs.alerting) return;
    const { behaviour } = destination.config;
    if (behaviour === 'answers') {
      this.calls.establish(outside);
      return;
    }
    const failing = outside.device.ref;
    const rest = outside.call.connections.filter((each) => each !== outside);
    this.connections.divert(outside, behaviour === 'busy' ? Cause.busy : Cause.notAnswered);
    if (rest.length === 1 && caller.state === Lcs.initiate)
      this.fail(caller, failing, failureOf[behaviour] ?? 'notAnswered');
    else if (rest.length === 1) this.connections.release(rest[0]!);
    else if (rest.length === 0) this.connections.discard(outside.call);
  }

  /** Seizes a trunk for a call from or to the outside. */
  nextTrunk(call: SimulatedCall): void {
    call.trunkGroupNumber = 1;
    call.trunkNumber = (this.#trunks++ % 9999) + 1;
  }

  /** A device that exists only as a party of this call. A withheld number is represented by its trunk. */
  outsideParty(call: SimulatedCall, number: string): SimulatedDevice {
    const trunkId = `T${call.trunkGroupNumber}/${call.trunkNumber}`;
    const id = number === '' || call.at(number) !== undefined ? trunkId : number;
    const ref: DeviceRef =
      number === '' ? { id: trunkId, type: DeviceType.trunk } : { id: number, type: DeviceType.external };
    return new SimulatedDevice({ peripheralId: call.peripheral.id, id, kind: 'external' }, 0, ref);
  }

  /** Data of a new call about another one: the other call's data, overridden by the request's. */
  inherit(
    from: SimulatedCall,
    dialedNumber: string,
    patch: CallDataPatch | undefined,
  ): CommandOutcome<SimulatedCall['data']> {
    const changed = changeData(from.data, patch ?? {}, this.context.world.dataRules);
    return changed.ok ? accept({ ...changed.value.data, dialedNumber }) : changed;
  }
}

/** The type of a call for the phone that makes it. */
function outgoingLeg(device: SimulatedDevice, outside: boolean): CalleeOptions {
  if (device.config.nonAcdLine)
    return { callType: CallKind.nonAcd, lineType: Line.nonAcdOut, direction: Direction.otherOut };
  if (!outside) return { callType: CallKind.inside, lineType: Line.inside, direction: Direction.otherOut };
  if (device.agent === undefined)
    return { callType: CallKind.out, lineType: Line.outbound, direction: Direction.otherOut };
  return { callType: CallKind.agentOut, lineType: Line.outboundAcd, direction: Direction.out };
}
