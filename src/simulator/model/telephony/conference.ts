import type { Core } from '../core.js';
import type { CommandOutcome, JoinedCall, JoinRequest } from '../state/api.js';
import { CallKind, Cause, Direction, ENTERPRISE_AGENT, Lcs, Limit, Line } from '../state/codes.js';
import type { SimulatedCall, SimulatedConnection } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';
import { joinedTypes } from './merging.js';

/** How a conference is told, where that differs from an agent's own. */
export interface ConferenceStyle {
  cause: number;
  /** Call type of the party that is added. */
  addedType: number;
  /** Whether the controller's second connection ends before the others learn of the call's new id. */
  endsFirst: boolean;
}

const plain: ConferenceStyle = { cause: Cause.keyConference, addedType: joinedTypes.conference, endsFirst: false };

/** Conference: two calls become one, with everybody. */
export class Conference {
  constructor(private readonly core: Core) {}

  conference(request: JoinRequest): CommandOutcome<JoinedCall> {
    if (request.held === undefined) return this.#singleStep(request);
    const pair = this.core.consultation.pair(request.active, request.held, 'conference');
    if (!pair.ok) return pair;
    const { primary, secondary } = pair.value;
    if (!this.core.calls.mayControl(primary)) return refuse('notConferenceController');
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
    const { core } = this;
    const call = primary.call;
    const consultation = secondary.call;
    const { device } = primary;
    const added = consultation.connections.filter((each) => each !== secondary);
    const others = call.connections.filter((each) => each !== primary);
    const refs = { primary: primary.ref, secondary: secondary.ref };
    const changed = core.merging.joinData(call, consultation);
    if (!call.conference) call.controller = device;
    call.conference = true;
    call.type = CallKind.conference;

    core.connections.withdraw(secondary);
    // The controller hears the others again in the instant of joining: its phone is never without a talking call.
    core.connections.enter(primary, Lcs.connect);
    primary.callType = CallKind.conference;
    if (style.endsFirst) core.connections.ended(secondary);
    for (const each of added) {
      const old = core.merging.move(each, call);
      each.callType = style.addedType;
      core.merging.takeOver(each, primary);
      core.merging.tellRenamed(each, old, changed.forSecondary);
    }
    for (const each of others) this.#tellType(each, changed.forPrimary);
    core.telling.tellCall(
      {
        kind: 'callConferenced',
        ...refs,
        controller: device.ref,
        added: added[0]?.device.ref ?? device.ref,
        parties: call.connections.map((each) => each.ref),
        skillGroup: primary.skillGroup,
      },
      primary,
      style.cause,
    );
    if (changed.forPrimary.length > 0) core.calls.tellData(primary, changed.forPrimary, [primary]);
    core.merging.dissolve(consultation, call, joinedTypes.conference);
    if (!style.endsFirst) core.connections.ended(secondary);
    for (const each of call.connections) core.agents.phoneChanged(each.device);
    for (const each of call.connections) core.media.follow(each);
    return {
      connection: primary.ref,
      lineHandle: device.lineHandle,
      lineType: primary.lineType,
      parties: call.connections.map((each) => each.ref),
    };
  }

  /** A party of what is now a conference is told so. */
  #tellType(connection: SimulatedConnection, changed: readonly string[]): void {
    if (connection.callType === CallKind.conference && changed.length === 0) return;
    if (!supervises(connection)) connection.callType = CallKind.conference;
    this.core.calls.tellData(connection, changed, [connection]);
  }

  /** Adds somebody without talking to them first. Unified CCE does not offer it. */
  #singleStep(request: JoinRequest): CommandOutcome<JoinedCall> {
    const { core } = this;
    const found = core.world.phoneConnection(request.active);
    if (!found.ok) return found;
    const active = found.value;
    if (active.call.peripheral.type === ENTERPRISE_AGENT) return refuse('unsupported');
    if (active.state !== Lcs.connect) return refuse('nothingActive');
    if (active.call.consultations().length > 0) return refuse('consultInProgress');
    if (!core.calls.mayControl(active)) return refuse('notConferenceController');
    if (active.call.connections.length >= Limit.parties) return refuse('conferenceFull');
    const dialedNumber = request.dialedNumber ?? '';
    const destination = core.dialing.resolve(active.call.peripheral, dialedNumber);
    if (destination?.kind !== 'device' || active.call.at(destination.device.id) !== undefined)
      return refuse('invalidDestination');
    const forbidden = core.dialing.forbidden(active.device, destination);
    if (forbidden) return refuse(forbidden);
    const obstacle = core.dialing.obstacle(destination);
    if (obstacle !== undefined) return refuse(obstacle === 'busy' ? 'resourceBusy' : 'invalidDestination');
    const data = core.dialing.inherit(active.call, dialedNumber, request.data);
    if (!data.ok) return data;
    return accept(this.addAtOnce(active, dialedNumber, data.value, destination));
  }

  /** Dials somebody and joins the calls before anybody has answered. */
  addAtOnce(
    active: SimulatedConnection,
    dialedNumber: string,
    data: SimulatedCall['data'],
    destination: Parameters<Core['dialing']['reach']>[2],
    type: number = CallKind.consult,
    cause?: number,
  ): JoinedCall {
    const { core } = this;
    const caller = core.consultation.begin(active, dialedNumber, data, type, cause);
    core.dialing.reach(caller.call, caller, destination, {
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
