import { joinData } from '../state/call-data.js';
import { CallKind, Cause, Direction, Line } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedCall, SimulatedConnection } from '../state/entities.js';
import type { Connections } from './connections.js';

/**
 * Moves the parties of one call into another. They keep their connections and states; for them only the call's id
 * changes, which one data update per party reports, with both ids.
 */
export class Merging {
  constructor(
    private readonly context: SwitchContext,
    private readonly connections: Connections,
  ) {}

  /**
   * Merges the data of both calls into the primary; the primary's values win.
   * @returns what changed for the parties of each
   */
  joinData(primary: SimulatedCall, secondary: SimulatedCall): { forPrimary: string[]; forSecondary: string[] } {
    const joined = joinData(primary.data, secondary.data);
    primary.data = joined.data;
    return { forPrimary: joined.changedForPrimary, forSecondary: joined.changedForSecondary };
  }

  /**
   * Moves a party of one call into another that its device is not a party of. Publishes nothing. @returns its previous
   * reference
   */
  move(connection: SimulatedConnection, to: SimulatedCall): SimulatedConnection['ref'] {
    const old = connection.ref;
    const from = connection.call;
    from.connections.splice(from.connections.indexOf(connection), 1);
    connection.call = to;
    to.connections.push(connection);
    for (const each of connection.device.connections) if (each.call.consultOf === from) each.call.consultOf = to;
    return old;
  }

  /**
   * Gives a call another id: a new call replaces it, without parties yet. It takes over the old call's data; the caller
   * of this function moves and notifies the parties.
   */
  renew(from: SimulatedCall): SimulatedCall {
    const to = this.connections.newCall(from.peripheral, from.type, from.data, from.key);
    to.service = from.service;
    to.skillGroup = from.skillGroup;
    to.disposition = from.disposition;
    to.calling = from.calling;
    to.called = from.called;
    to.lastRedirect = from.lastRedirect;
    to.trunkNumber = from.trunkNumber;
    to.trunkGroupNumber = from.trunkGroupNumber;
    to.consultOf = from.consultOf;
    to.controller = from.controller;
    to.conference = from.conference;
    to.recording = from.recording;
    to.badLine = from.badLine;
    to.formerIds = [...from.formerIds, from.id];
    for (const id of to.formerIds) to.peripheral.callsByFormerId.set(id, to);
    return to;
  }

  /** Publishes to a party that its call has a new id. */
  tellRenamed(connection: SimulatedConnection, old: SimulatedConnection['ref'], changed: readonly string[]): void {
    this.context.events.tellCall(
      { kind: 'callDataUpdate', newConnection: connection.ref, changed },
      connection,
      Cause.none,
      [connection],
      old,
    );
  }

  /** A consulted agent now has the customer: from here on the call is an incoming one, and is counted as such. */
  takeOver(connection: SimulatedConnection, primary: SimulatedConnection): void {
    if (primary.direction !== Direction.in && primary.direction !== Direction.out) return;
    connection.direction = Direction.in;
    connection.skillGroup ??= primary.skillGroup;
    connection.lineType = Line.inboundAcd;
    const { agent } = connection;
    if (agent !== undefined) agent.direction = Direction.in;
  }

  /**
   * Removes the emptied secondary call. If it was waiting for an agent, the primary waits instead.
   * @param callType what the agent's leg will then be
   */
  dissolve(secondary: SimulatedCall, primary: SimulatedCall, callType: number): void {
    secondary.consultOf = undefined;
    if (secondary.route !== undefined && primary.route === undefined) {
      primary.route = secondary.route;
      primary.route.call = primary;
      primary.route.callType = callType;
      secondary.route = undefined;
    }
    this.connections.discard(secondary);
  }
}

/** Call types of a party after joining. */
export const joinedTypes = {
  announced: CallKind.consultOffered,
  blind: CallKind.offered,
  routed: CallKind.transferIn,
  conference: CallKind.conference,
} as const;
