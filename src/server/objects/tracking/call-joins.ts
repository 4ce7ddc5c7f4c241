/** Parties join and leave: conferences, transfers, cleared connections, and which calls they affect. */

import { LocalConnectionState, type MessageOf, NULL_CALL_ID } from '../../../ged188/index.js';
import type { ServerCall } from '../../model/entities.js';
import { putService } from '../../translation/call-data.js';
import { type CallEventRow, type CallMessageName, callEventTranslations } from '../../translation/call-events.js';
import type { Context } from '../core/context.js';
import { type ConnectionMessage, isAt, type JoinMessage } from './call-parties.js';

const LCS = LocalConnectionState;

/** Provided by the call tracker: finds the call of a message, and publishes the changes. */
export interface CallTeller {
  find(m: ConnectionMessage): ServerCall | undefined;
  tell<N extends CallMessageName>(row: CallEventRow<N>, m: MessageOf<N>, call: ServerCall): void;
}

export class CallJoins {
  constructor(
    private readonly context: Context,
    private readonly teller: CallTeller,
  ) {}

  cleared(m: MessageOf<'CALL_CLEARED_EVENT'>): void {
    for (const call of this.#concerned(m)) {
      moveTo(call, m.LocalConnectionState);
      this.teller.tell(callEventTranslations.CALL_CLEARED_EVENT, m, call);
    }
  }

  /**
   * The message names the connection that was cleared, or that of another party who is notified. Either way it is
   * published once for each call object of the call, whether the server sends the message once or to each party.
   */
  connectionCleared(m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): void {
    const releasing = m.ReleasingDeviceID || m.ConnectionDeviceID || '';
    const own = this.teller.find(m);
    if (own !== undefined && !isAt(own, releasing)) {
      moveTo(own, m.LocalConnectionState);
      this.#tellDeparture(own, releasing, m);
      return;
    }
    for (const call of this.context.world.calls.connections(m.PeripheralID, m.ConnectionCallID)) {
      if (!isAt(call, releasing)) this.#tellDeparture(call, releasing, m);
      // Published for the connection of the party who left, but from another party's view: that party's own call
      // continues.
      else if (call === own && m.LocalConnectionState === LCS.LCS_NULL) {
        moveTo(call, m.LocalConnectionState);
        this.#partyLeft(call, m);
      }
    }
  }

  #tellDeparture(call: ServerCall, releasing: string, m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): void {
    call.departed ??= new Set();
    if (call.departed.has(releasing)) return;
    call.departed.add(releasing);
    this.#partyLeft(call, m);
  }

  #partyLeft(call: ServerCall, m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): void {
    if (call.conference && --call.parties <= 2) call.conference = false;
    if (call.status === LCS.LCS_NULL) call.endConsult();
    this.teller.tell(callEventTranslations.CALL_CONNECTION_CLEARED_EVENT, m, call);
  }

  /** The connection of the message; if it is not one of ours, every connection of the call. */
  #concerned(m: ConnectionMessage): ServerCall[] {
    const own = this.teller.find(m);
    return own !== undefined ? [own] : this.context.world.calls.connections(m.PeripheralID, m.ConnectionCallID);
  }

  conferenced(m: MessageOf<'CALL_CONFERENCED_EVENT'>): void {
    const controller = m.ControllerDeviceID || m.PrimaryDeviceID || '';
    for (const call of this.#joinedCalls(m, controller)) {
      call.endConsult();
      call.departed = undefined;
      call.conference = true;
      call.parties = m.ConnectedParties?.length || m.NumParties || 3;
      if (isAt(call, controller)) {
        call.conferenceController = true;
        // The party who joins calls is talking in the result. LocalConnectionState may be another party's, who has put
        // it on hold: the message does not show which of the parties it was sent to.
        call.status = LCS.LCS_CONNECT;
      }
      putService(call.data, m);
      this.teller.tell(callEventTranslations.CALL_CONFERENCED_EVENT, m, call);
    }
  }

  transferred(m: MessageOf<'CALL_TRANSFERRED_EVENT'>): void {
    const initiator = m.TransferringDeviceID || m.PrimaryDeviceID || '';
    for (const call of this.#joinedCalls(m, initiator)) {
      call.endConsult();
      call.departed = undefined;
      if (isAt(call, initiator)) call.status = LCS.LCS_NULL;
      putService(call.data, m);
      this.teller.tell(callEventTranslations.CALL_TRANSFERRED_EVENT, m, call);
    }
  }

  /**
   * The call objects concerned by a message about two calls: every party's own, and the initiator's primary. The
   * message names the initiator's connections only, and a server may send it once per party: it is published once for
   * each call.
   */
  #joinedCalls(m: JoinMessage, initiator: string): ServerCall[] {
    const { calls } = this.context.world;
    const join = `${m.type}.${m.PrimaryCallID}.${m.SecondaryCallID}.${m.PrimaryDeviceID}`;
    const parties = calls.connections(m.PeripheralID, m.PrimaryCallID);
    if (m.SecondaryCallID !== NULL_CALL_ID && m.SecondaryCallID !== m.PrimaryCallID) {
      for (const call of calls.connections(m.PeripheralID, m.SecondaryCallID)) {
        if (!isAt(call, initiator)) parties.push(call);
      }
    }
    const untold = parties.filter((call) => call.lastJoin !== join);
    for (const call of untold) call.lastJoin = join;
    return untold;
  }
}

/** A message that does not mention the connection leaves the call unchanged. */
export function moveTo(call: ServerCall, state: number): void {
  if (state !== LCS.LCS_NONE) call.status = state;
}
