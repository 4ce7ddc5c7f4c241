import type { CommandOutcome, JoinedCall, JoinRequest } from '../state/api.js';
import { CallKind, Cause, Direction, ENTERPRISE_AGENT, Lcs, Limit, Line } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedCall, SimulatedConnection } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';
import type { CallHooks } from './call-hooks.js';
import type { SimulatedCalls } from './calls.js';
import type { Connections } from './connections.js';
import type { Consultation } from './consult.js';
import type { Destination, Dialing } from './dialing.js';
import type { Media } from './media.js';
import type { Merging } from './merging.js';
import { joinedTypes } from './merging.js';

/** How a conference is published, if that differs from an agent's own. */
export interface ConferenceStyle {
  cause: number;
  /** Call type of the party that is added. */
  addedType: number;
  /** The controller's second connection ends first; then everyone continues in a call with a new id. */
  newId: boolean;
}

const plain: ConferenceStyle = { cause: Cause.keyConference, addedType: joinedTypes.conference, newId: false };

/** Conference: two calls become one, with all their parties. */
export class Conference {
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

  conference(request: JoinRequest): CommandOutcome<JoinedCall> {
    if (request.held === undefined) return this.#singleStep(request);
    const pair = this.consultation.pair(request.active, request.held, 'conference');
    if (!pair.ok) return pair;
    const { primary, secondary } = pair.value;
    if (!this.calls.mayControl(primary)) return refuse('notConferenceController');
    if (primary.call.connections.length + secondary.call.connections.length - 1 > Limit.parties)
      return refuse('conferenceFull');
    const doubled = secondary.call.connections.some(
      (each) => each !== secondary && primary.call.at(each.device.id) !== undefined,
    );
    if (doubled) return refuse('conferenceLegs');
    return accept(this.join(primary, secondary, plain));
  }

  /** Joins the controller's two calls into the primary. @param primary the held one @param secondary the consultation */
  join(primary: SimulatedConnection, secondary: SimulatedConnection, style: ConferenceStyle): JoinedCall {
    const original = primary.call;
    const consultation = secondary.call;
    const { device } = primary;
    const added = consultation.connections.filter((each) => each !== secondary);
    const others = original.connections.filter((each) => each !== primary);
    const secondaryRef = secondary.ref;
    const changed = this.merging.joinData(original, consultation);
    if (!original.conference) original.controller = device;
    original.conference = true;
    original.type = CallKind.conference;

    this.connections.withdraw(secondary);
    // The controller hears the others again at the moment of joining: its phone is never without an active call.
    this.connections.enter(primary, Lcs.connect);
    // If its call keeps its id, the controller's call type does not change, because no event would report it.
    if (style.newId) {
      primary.callType = CallKind.conference;
      this.connections.ended(secondary);
    }
    const call = style.newId ? this.merging.renew(original) : original;
    if (style.newId) {
      for (const each of [primary, ...others]) {
        if (each !== primary && !supervises(each)) each.callType = CallKind.conference;
        this.#move(each, call, changed.forPrimary);
      }
    }
    for (const each of added) {
      each.callType = style.addedType;
      this.merging.takeOver(each, primary);
      this.#move(each, call, changed.forSecondary);
    }
    if (!style.newId) for (const each of others) this.#tellType(each, changed.forPrimary);
    this.context.events.tellCall(
      {
        kind: 'callConferenced',
        primary: primary.ref,
        secondary: secondaryRef,
        controller: device.ref,
        added: added[0]?.device.ref ?? device.ref,
        parties: call.connections.map((each) => each.ref),
        skillGroup: primary.skillGroup,
      },
      primary,
      style.cause,
    );
    if (!style.newId && changed.forPrimary.length > 0) this.calls.tellData(primary, changed.forPrimary, [primary]);
    this.merging.dissolve(consultation, call, joinedTypes.conference);
    if (style.newId) this.merging.dissolve(original, call, joinedTypes.conference);
    else this.connections.ended(secondary);
    for (const each of call.connections) this.hooks.phoneChanged(each.device);
    for (const each of call.connections) this.media.follow(each);
    return {
      connection: primary.ref,
      lineHandle: device.lineHandle,
      lineType: primary.lineType,
      parties: call.connections.map((each) => each.ref),
    };
  }

  /** A party continues in another call, and its voice streams with it. */
  #move(connection: SimulatedConnection, to: SimulatedCall, changed: readonly string[]): void {
    this.media.stop(connection);
    const old = this.merging.move(connection, to);
    this.merging.tellRenamed(connection, old, changed);
  }

  /** Publishes to a party that its call is a conference now. */
  #tellType(connection: SimulatedConnection, changed: readonly string[]): void {
    if (connection.callType === CallKind.conference && changed.length === 0) return;
    if (!supervises(connection)) connection.callType = CallKind.conference;
    this.calls.tellData(connection, changed, [connection]);
  }

  /** Adds a party without talking to it first. Unified CCE does not offer it. */
  #singleStep(request: JoinRequest): CommandOutcome<JoinedCall> {
    const found = this.context.world.phoneConnection(request.active);
    if (!found.ok) return found;
    const active = found.value;
    if (active.call.peripheral.type === ENTERPRISE_AGENT) return refuse('unsupported');
    if (active.state !== Lcs.connect) return refuse('nothingActive');
    if (active.call.consultations().length > 0) return refuse('consultInProgress');
    if (!this.calls.mayControl(active)) return refuse('notConferenceController');
    if (active.call.connections.length >= Limit.parties) return refuse('conferenceFull');
    const dialedNumber = request.dialedNumber ?? '';
    const destination = this.dialing.resolve(active.call.peripheral, dialedNumber);
    if (destination?.kind !== 'device' || active.call.at(destination.device.id) !== undefined)
      return refuse('invalidDestination');
    const forbidden = this.dialing.forbidden(active.device, destination);
    if (forbidden) return refuse(forbidden);
    const obstacle = this.dialing.obstacle(destination);
    if (obstacle !== undefined) return refuse(obstacle === 'busy' ? 'resourceBusy' : 'invalidDestination');
    const data = this.dialing.inherit(active.call, dialedNumber, request.data);
    if (!data.ok) return data;
    return accept(this.addAtOnce(active, dialedNumber, data.value, destination));
  }

  /** Dials a party and joins the calls before it has answered. */
  addAtOnce(
    active: SimulatedConnection,
    dialedNumber: string,
    data: SimulatedCall['data'],
    destination: Destination,
    type: number = CallKind.consult,
    cause?: number,
  ): JoinedCall {
    const caller = this.consultation.begin(active, dialedNumber, data, type, cause);
    this.dialing.reach(caller.call, caller, destination, {
      callType: type,
      lineType: Line.inside,
      direction: Direction.otherIn,
      cause,
    });
    return this.join(active, caller, { ...plain, cause: cause ?? Cause.keyConference });
  }
}

function supervises(connection: SimulatedConnection): boolean {
  return connection.callType === CallKind.bargeIn || connection.callType === CallKind.intercept;
}
