import type { CommandOutcome, JoinedCall, JoinRequest } from '../state/api.js';
import { Cause, Direction, Lcs, Line, NULL_CALL_ID } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedConnection } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';
import type { CallHooks } from './call-hooks.js';
import type { SimulatedCalls } from './calls.js';
import type { Connections } from './connections.js';
import type { Consultation } from './consult.js';
import type { Dialing } from './dialing.js';
import type { Media } from './media.js';
import type { Merging } from './merging.js';
import { joinedTypes } from './merging.js';

/** Transfer: two calls become one without the party that joined them, or one call goes to another party. */
export class Transfer {
  constructor(
    private readonly context: SwitchContext,
    private readonly media: Media,
    private readonly connections: Connections,
    private readonly calls: SimulatedCalls,
    private readonly dialing: Dialing,
    private readonly consultation: Consultation,
    private readonly merging: Merging,
    private readonly hooks: CallHooks,
  ) {}

  transfer(request: JoinRequest): CommandOutcome<JoinedCall> {
    return request.held === undefined ? this.#singleStep(request) : this.#announced(request, request.held);
  }

  #announced(request: JoinRequest, held: NonNullable<JoinRequest['held']>): CommandOutcome<JoinedCall> {
    const pair = this.consultation.pair(request.active, held, 'transfer');
    if (!pair.ok) return pair;
    const { primary, secondary } = pair.value;
    if (primary.call.conference) return refuse('unsupported');
    const call = primary.call;
    const consultation = secondary.call;
    const device = primary.device;
    if (primary.call.connections.length + consultation.connections.length - 2 < 2) return refuse('transferLegs');
    const doubled = consultation.connections.some(
      (each) => each !== secondary && call.at(each.device.id) !== undefined,
    );
    if (doubled) return refuse('transferLegs');
    const result = { lineHandle: device.lineHandle, lineType: primary.lineType };
    const refs = { primary: primary.ref, secondary: secondary.ref };

    this.connections.withdraw(primary);
    this.connections.withdraw(secondary);
    const consulted = [...consultation.connections];
    const others = [...call.connections];
    const transferred = consulted.find(isPerson)?.device.ref ?? consultation.called;
    const changed = this.merging.joinData(call, consultation);
    const skillGroup = primary.skillGroup;

    this.context.events.tellCall(
      {
        kind: 'callTransferred',
        ...refs,
        transferring: device.ref,
        transferred,
        parties: [...others, ...consulted].map((each) => ({ ...each.ref, callId: call.id })),
        skillGroup,
      },
      primary,
      Cause.transfer,
      // The consulted party still knows the call by the id it is about to lose.
      [primary, ...others, ...consulted],
      refs.primary,
    );
    for (const each of consulted) {
      this.media.stop(each);
      const old = this.merging.move(each, call);
      each.callType = joinedTypes.announced;
      this.merging.takeOver(each, primary);
      this.merging.tellRenamed(each, old, changed.forSecondary);
    }
    if (changed.forPrimary.length > 0 && others[0] !== undefined)
      this.calls.tellData(others[0], changed.forPrimary, others);
    this.merging.dissolve(consultation, call, joinedTypes.routed);
    this.connections.ended(primary, secondary);
    for (const each of consulted) this.hooks.phoneChanged(each.device);
    for (const each of consulted) this.media.follow(each);
    this.connections.leftAlone(call);
    return accept({ ...result, connection: { ...refs.primary }, parties: call.connections.map((each) => each.ref) });
  }

  #singleStep(request: JoinRequest): CommandOutcome<JoinedCall> {
    const found = this.context.world.phoneConnection(request.active);
    if (!found.ok) return found;
    const leaving = found.value;
    const { call, device } = leaving;
    if (leaving.state !== Lcs.connect || leaving.silentMonitor !== 0) return refuse('nothingActive');
    if (call.conference || call.connections.length !== 2) return refuse('unsupported');
    if (call.connections.some((each) => each !== leaving && !isPerson(each))) return refuse('wrongCallState');
    const dialedNumber = request.dialedNumber ?? '';
    const destination = this.dialing.resolve(call.peripheral, dialedNumber);
    if (destination === undefined) return refuse('invalidDestination');
    if (destination.kind === 'device' && call.at(destination.device.id) !== undefined)
      return refuse('invalidDestination');
    const forbidden = this.dialing.forbidden(device, destination);
    if (forbidden) return refuse(forbidden);
    const obstacle = this.dialing.obstacle(destination);
    if (obstacle !== undefined) return refuse(obstacle === 'busy' ? 'resourceBusy' : 'invalidDestination');
    const data = this.dialing.inherit(call, call.data.dialedNumber ?? '', request.data);
    if (!data.ok) return data;

    const primary = leaving.ref;
    const secondary = { peripheralId: primary.peripheralId, callId: NULL_CALL_ID, deviceId: '' };
    const result = { lineHandle: device.lineHandle, lineType: leaving.lineType };
    this.connections.withdraw(leaving);
    call.data = data.value;
    call.lastRedirect = device.ref;
    call.called = this.dialing.calledRef(call.peripheral, dialedNumber);
    const stays = call.connections[0]!;
    this.context.events.tellCall(
      {
        kind: 'callTransferred',
        primary,
        secondary,
        transferring: device.ref,
        transferred: call.called,
        parties: call.connections.map((each) => each.ref),
        skillGroup: leaving.skillGroup,
      },
      leaving,
      Cause.transfer,
      [leaving, stays],
      primary,
    );
    this.connections.ended(leaving);
    this.dialing.reach(call, stays, destination, {
      callType: destination.kind === 'route' ? joinedTypes.routed : joinedTypes.blind,
      lineType: leaving.direction === Direction.in ? Line.inboundAcd : Line.inside,
      direction: leaving.direction === Direction.in ? Direction.in : Direction.otherIn,
      cause: Cause.transfer,
    });
    this.connections.leftAlone(call);
    return accept({ ...result, connection: primary, parties: call.connections.map((each) => each.ref) });
  }
}

/** A caller or an agent, not a route point or a VRU. */
function isPerson(connection: SimulatedConnection): boolean {
  return connection.device.isPhone || connection.device.kind === 'external';
}
