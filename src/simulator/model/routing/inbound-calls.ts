import type { CommandOutcome, InboundCallRequest } from '../state/api.js';
import { changeData, type DataRules, noData } from '../state/call-data.js';
import { CallKind, Cause, DeviceType, Direction, Disposition, Lcs, Line } from '../state/codes.js';
import type { DialedNumberConfig } from '../state/config.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedCall, SimulatedConnection } from '../state/entities.js';
import { gatewayForm, withheldForm } from '../state/number-forms.js';
import { accept, refuse } from '../state/refusals.js';
import type { SimulatedCalls } from '../telephony/calls.js';
import type { Connections } from '../telephony/connections.js';
import type { Dialing } from '../telephony/dialing.js';
import type { CallRouter } from './router.js';
import type { VruTreatment } from './vru-treatment.js';

/** How calls reach a dialed number, and where they are until the router has an agent: route points and the VRU. */
export class InboundCalls {
  /** The network and the VRU may set all writable data. */
  readonly #rules: DataRules;

  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
    private readonly treatment: VruTreatment,
    private readonly router: CallRouter,
  ) {
    this.#rules = { protected: new Set(), charset: context.site.charset };
  }

  /** A call from outside arrives at a dialed number. */
  placeCall(request: InboundCallRequest): CommandOutcome<{ callId: number }> {
    const found = this.context.world.peripheral(request.peripheralId);
    if (!found.ok) return found;
    const dialed = found.value.dialed.get(request.dialedNumber);
    if (dialed === undefined) return refuse('invalidDestination');
    const ani = request.ani ?? '';
    const digits = request.callerEnteredDigits?.slice(0, dialed.treatment?.digits);
    const patch = { ...request.data, ...(digits === undefined ? {} : { callerEnteredDigits: digits }) };
    const start = { ...noData, ani: this.#asHandedOver(ani), dnis: dialed.dnis, dialedNumber: dialed.number };
    const known = changeData(start, patch, this.#rules);
    if (!known.ok) return known;

    const call = this.connections.newCall(found.value, CallKind.routed, dialed.treatment ? start : known.value.data);
    this.dialing.nextTrunk(call);
    const person = this.dialing.outsideParty(call, ani);
    call.calling = person.ref;
    call.called = { id: dialed.number, type: DeviceType.routePoint };
    const caller = this.connections.join(call, person, Lcs.connect, {
      callType: CallKind.routed,
      lineType: Line.inboundAcd,
      direction: Direction.none,
    });
    if (request.patienceMs !== undefined) this.#limitPatience(caller, request.patienceMs);
    this.enter(call, dialed, CallKind.routed, caller, patch);
    return accept({ callId: call.id });
  }

  #asHandedOver(number: string): string {
    const { site, random } = this.context;
    if (number === '') return site.withheldForms ? withheldForm(random) : number;
    return site.gatewayNumbers ? gatewayForm(number, random) : number;
  }

  #limitPatience(caller: SimulatedConnection, patienceMs: number): void {
    this.connections.later(caller.call, patienceMs, () => {
      const { call } = caller;
      if (
        caller.state === Lcs.none ||
        call.connections.some((each) => each.device.isPhone && each.establishedAt !== undefined)
      )
        return;
      call.disposition = call.connections.some((each) => each.device.isPhone)
        ? Disposition.abandonedRinging
        : Disposition.abandonedInQueue;
      this.connections.release(caller);
    });
  }

  /**
   * A call enters the script of a dialed number.
   * @param callType the type the agent's leg will have
   * @param learned what the caller will enter at the VRU
   */
  enter(
    call: SimulatedCall,
    dialed: DialedNumberConfig,
    callType: number,
    caller: SimulatedConnection,
    learned?: Parameters<typeof changeData>[1],
  ): void {
    call.service = call.peripheral.services.get(dialed.serviceNumber);
    const point = call.peripheral.devices.get(dialed.number);
    if (point?.kind === 'routePoint') {
      const connection = this.treatment.park(call, point, Lcs.alerting);
      this.context.events.tellCall({ kind: 'callDelivered', alerting: point.ref }, connection, Cause.newCall);
    }
    const treatment = learned === undefined ? undefined : dialed.treatment;
    if (treatment === undefined) {
      this.router.seek(call, dialed, callType);
      return;
    }
    this.treatment.connectVru(call);
    const span = treatment.maxMs - treatment.minMs;
    this.connections.later(call, treatment.minMs + this.context.random.next() * span, () => {
      const changed = changeData(call.data, learned ?? {}, this.#rules);
      if (changed.ok && changed.value.changed.length > 0) {
        call.data = changed.value.data;
        this.calls.tellData(caller, changed.value.changed);
      }
      this.router.seek(call, dialed, callType);
    });
  }
}
