import type { Core } from '../core.js';
import type { CommandOutcome, InboundCallRequest } from '../state/api.js';
import { changeData, noData } from '../state/call-data.js';
import { CallKind, Cause, DeviceType, Direction, Disposition, Lcs, Line } from '../state/codes.js';
import type { DialedNumberConfig } from '../state/config.js';
import type { Peripheral, SimulatedCall, SimulatedConnection, SimulatedDevice } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';

/** How calls come to a dialed number, and where they stay until the router has an agent: route points and the VRU. */
export class InboundCalls {
  constructor(private readonly core: Core) {}

  /** A call from outside arrives at a dialed number. */
  placeCall(request: InboundCallRequest): CommandOutcome<{ callId: number }> {
    const { core } = this;
    const found = core.world.peripheral(request.peripheralId);
    if (!found.ok) return found;
    const dialed = found.value.dialed.get(request.dialedNumber);
    if (dialed === undefined) return refuse('invalidDestination');
    const ani = request.ani ?? '';
    const digits = request.callerEnteredDigits?.slice(0, dialed.treatment?.digits);
    const patch = { ...request.data, ...(digits === undefined ? {} : { callerEnteredDigits: digits }) };
    const start = { ...noData, ani, dnis: dialed.dnis, dialedNumber: dialed.number };
    const known = changeData(start, patch);
    if (!known.ok) return known;

    const call = core.connections.newCall(found.value, CallKind.routed, dialed.treatment ? start : known.value.data);
    core.dialing.nextTrunk(call);
    const person = core.dialing.outsideParty(call, ani);
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

  #limitPatience(caller: SimulatedConnection, patienceMs: number): void {
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
    call: SimulatedCall,
    dialed: DialedNumberConfig,
    callType: number,
    caller: SimulatedConnection,
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
      this.core.router.seek(call, dialed, callType);
      return;
    }
    this.connectVru(call);
    const span = treatment.maxMs - treatment.minMs;
    core.connections.later(call, treatment.minMs + core.random.next() * span, () => {
      const changed = changeData(call.data, learned ?? {});
      if (changed.ok && changed.value.changed.length > 0) {
        call.data = changed.value.data;
        core.calls.tellData(caller, changed.value.changed);
      }
      this.core.router.seek(call, dialed, callType);
    });
  }

  /** Puts a caller through to the VRU, for treatment or to wait. */
  connectVru(call: SimulatedCall): void {
    const vru = vruOf(call.peripheral);
    if (vru === undefined || call.connections.some((each) => each.device === vru)) return;
    for (const parked of call.connections.filter((each) => each.device.kind === 'routePoint'))
      this.core.connections.divert(parked);
    const connection = this.#park(call, vru, Lcs.connect);
    this.core.calls.establish(connection);
  }

  #park(
    call: SimulatedCall,
    device: SimulatedDevice,
    state: typeof Lcs.alerting | typeof Lcs.connect,
  ): SimulatedConnection {
    return this.core.connections.join(call, device, state, {
      callType: call.type,
      lineType: Line.inboundAcd,
      direction: Direction.none,
    });
  }

  /** The VRU's connection is the one that waits in the queue; without a VRU it is the caller's own. */
  waitingParty(call: SimulatedCall): SimulatedConnection | undefined {
    return call.connections.find((each) => each.device.kind === 'vru') ?? call.connections[0];
  }

  waitState(call: SimulatedCall, state: typeof Lcs.queued | typeof Lcs.connect): void {
    const vru = call.connections.find((each) => each.device.kind === 'vru');
    if (vru !== undefined) this.core.connections.enter(vru, state);
  }
}

const vrus = new WeakMap<Peripheral, SimulatedDevice | null>();
function vruOf(peripheral: Peripheral): SimulatedDevice | undefined {
  let vru = vrus.get(peripheral);
  if (vru === undefined) {
    vru = [...peripheral.devices.values()].find((each) => each.kind === 'vru') ?? null;
    vrus.set(peripheral, vru);
  }
  return vru ?? undefined;
}
