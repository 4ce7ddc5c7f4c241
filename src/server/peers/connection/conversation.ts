/**
 * Requests and responses between two linked servers over one connection. Setting the connection up happens elsewhere.
 */
import type { Clock } from '../../../common/clock.js';
import { answerPeer, type PeerRequestFailure, readPeerAnswer } from '../requests/peer-answers.js';
import type { PeerRequestName } from '../requests/peer-requests.js';
import type { PeerResult } from '../requests/peers-api.js';
import { PendingPeerRequests } from '../requests/pending-peer-requests.js';
import type { PeerMessage } from './messages.js';

export interface ConversationHost {
  readonly clock: Clock;
  /** Maximum number of pending requests of this server. */
  readonly maxAsks: number;
  send(message: PeerMessage): void;
  /** Carries out a request of the peer, with its fields checked. @throws whatever its handler throws */
  asked(name: PeerRequestName, body: Record<string, unknown>): unknown;
  /** A request of the peer was answered with a failure. */
  askRefused(name: string, failure: PeerRequestFailure): void;
  /** The peer violates the protocol. */
  badMessage(why: string): void;
}

export class Conversation {
  readonly #asks: PendingPeerRequests;

  constructor(private readonly host: ConversationHost) {
    this.#asks = new PendingPeerRequests(host.clock, host.maxAsks);
  }

  /** The maximum number of requests is pending. */
  get full(): boolean {
    return this.#asks.full;
  }

  ask(name: PeerRequestName, body: unknown, answerMs: number, ended: (end: PeerResult<unknown>) => void): void {
    const id = this.#asks.open(name, answerMs, ended);
    this.host.send({ kind: 'ask', id, ask: name, body });
  }

  /** The link is down: the outcome of pending requests is unknown. */
  lost(why: string): void {
    this.#asks.endAll({
      outcome: 'unknown',
      code: 'CTIOS_PEER_LOST',
      message: `The link to the peer was lost before it answered; it may have carried out the request. ${why}`,
    });
  }

  /** A request of the peer, answered immediately. */
  asked({ id, ask, body }: Extract<PeerMessage, { kind: 'ask' }>): void {
    const answer = answerPeer(ask, body, (name, fields) => this.host.asked(name, fields));
    if (answer.failure !== undefined) this.host.askRefused(ask, answer.failure);
    this.host.send({ kind: 'answer', id, ...answer });
  }

  /** The response to a request of this server. One that arrives after its request timed out is ignored. */
  answered({ id, ...answer }: Extract<PeerMessage, { kind: 'answer' }>): void {
    const name = this.#asks.nameOf(id);
    if (name === undefined) return;
    const end = readPeerAnswer(name, answer);
    if (typeof end === 'string') this.host.badMessage(`the answer to ${name}: ${end}`);
    else this.#asks.end(id, end);
  }
}
