import type { CommandOutcome, ConsultRequest, NewConnection } from '../state/api.js';
import { CallKind, Direction, Lcs, Line } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedConnection } from '../state/entities.js';
import type { ConnectionRef } from '../state/events/values.js';
import { accept, type RefusalName, refuse } from '../state/refusals.js';
import type { SimulatedCalls } from './calls.js';
import type { Connections } from './connections.js';
import type { Dialing } from './dialing.js';

/** Consultation: holds the current call, and makes a new one about it. */
export class Consultation {
  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
  ) {}

  consult(request: ConsultRequest): CommandOutcome<NewConnection> {
    const found = this.context.world.phoneConnection(request.active);
    if (!found.ok) return found;
    const active = found.value;
    const problem = this.#obstacle(active);
    if (problem) return refuse(problem);
    const destination = this.dialing.resolve(active.call.peripheral, request.dialedNumber);
    if (destination === undefined) return refuse('invalidDestination');
    if (destination.kind === 'device' && destination.device === active.device) return refuse('invalidDestination');
    const forbidden = this.dialing.forbidden(active.device, destination);
    if (forbidden) return refuse(forbidden);
    const data = this.dialing.inherit(active.call, request.dialedNumber, request.data);
    if (!data.ok) return data;
    const own = this.context.site.consultOwnKey && request.data?.ani === undefined;
    const known = own ? { ...data.value, ani: active.device.id } : data.value;
    const caller = this.begin(active, request.dialedNumber, known, CallKind.consult);
    this.dialing.reach(caller.call, caller, destination, {
      callType: CallKind.consult,
      lineType: Line.inside,
      direction: Direction.otherIn,
    });
    return accept({ connection: caller.ref, lineHandle: caller.device.lineHandle, lineType: caller.lineType });
  }

  #obstacle(active: SimulatedConnection): RefusalName | undefined {
    if (active.state !== Lcs.connect || active.silentMonitor !== 0) return 'nothingActive';
    if (active.device.connections.some((each) => each !== active && each.silentMonitor === 0))
      return 'consultInProgress';
    if (active.call.consultations().length > 0) return 'consultInProgress';
    return this.calls.mayControl(active) ? undefined : 'notConferenceController';
  }

  /** Holds the current call and takes a new line for the consultation. @returns the caller's connection of it */
  begin(
    active: SimulatedConnection,
    dialedNumber: string,
    data: SimulatedConnection['call']['data'],
    type: number,
    cause?: number,
  ): SimulatedConnection {
    const { call, device } = active;
    this.calls.holdForConsult(active);
    const consultation = this.connections.newCall(
      call.peripheral,
      type,
      data,
      this.context.site.consultOwnKey && type === CallKind.consult ? undefined : call.key,
    );
    consultation.consultOf = call;
    consultation.controller = device;
    return this.dialing.pickUp(consultation, device, dialedNumber, {
      callType: type,
      lineType: Line.inside,
      direction: Direction.otherOut,
      consultOf: active.ref,
      cause,
    });
  }

  /**
   * The two connections of a device that are to be joined: the original held, its consultation active.
   * @param purpose used in the refusal
   */
  pair(
    active: ConnectionRef,
    held: ConnectionRef,
    purpose: 'transfer' | 'conference',
  ): CommandOutcome<{ primary: SimulatedConnection; secondary: SimulatedConnection }> {
    const secondary = this.context.world.phoneConnection(active);
    if (!secondary.ok) return secondary;
    const primary = this.context.world.phoneConnection(held);
    if (!primary.ok) return primary;
    const consultation = secondary.value;
    const original = primary.value;
    if (consultation.device !== original.device || consultation.call.consultOf !== original.call)
      return refuse(`${purpose}Legs`);
    if (original.state !== Lcs.hold || consultation.state !== Lcs.connect) return refuse(`${purpose}Legs`);
    // A phone that still rings in the original call cannot be connected to anyone.
    if (original.call.connections.some((each) => each.state === Lcs.alerting)) return refuse(`${purpose}Legs`);
    const others = consultation.call.connections.filter((each) => each !== consultation);
    if (others.some((each) => each.state === Lcs.hold)) return refuse(`${purpose}PartyHolds`);
    return accept({ primary: original, secondary: consultation });
  }
}
