/** What two linked servers ask each other over one connection, and answer. How it came about is not its business. */
import type { Clock } from '../../common/clock.js';
import type { PeerMessage, PeerRequestFailure } from './messages.js';
import { isAskName, type PeerRequestName, peerAsks, readPeerFields } from './peer-requests.js';
import type { PeerResult } from './peers-api.js';
import { PendingPeerRequests } from './pending-peer-requests.js';

export interface ConversationHost {
  readonly clock: Clock;
  /** Asks of this server that may be under way. */
  readonly maxAsks: number;
  send(message: PeerMessage): void;
  /** Carries an ask of the peer out, its fields checked. @throws whatever its handler does */
  asked(name: PeerRequestName, body: Record<string, unknown>): unknown;
  /** An ask of the peer is answered with a failure. */
  askRefused(name: string, failure: PeerRequestFailure): void;
  /** The peer does not keep to the protocol. */
  badMessage(why: string): void;
}

export class Conversation {
  readonly #asks: PendingPeerRequests;

  constructor(private readonly host: ConversationHost) {
    this.#asks = new PendingPeerRequests(host.clock, host.maxAsks);
  }

  /** As many asks are under way as may be. */
  get full(): boolean {
    return this.#asks.full;
  }

  ask(name: PeerRequestName, body: unknown, answerMs: number, ended: (end: PeerResult<unknown>) => void): void {
    const id = this.#asks.open(name, answerMs, ended);
    this.host.send({ kind: 'ask', id, ask: name, body });
  }

  /** The link is gone: nobody knows what became of what was asked. */
  lost(why: string): void {
    this.#asks.endAll({
      outcome: 'unknown',
      code: 'CTIOS_PEER_LOST',
      message: `The link to the peer was lost before it answered; it may have done what it was asked. ${why}`,
    });
  }

  /** An ask of the peer: answered at once. */
  asked({ id, ask, body }: Extract<PeerMessage, { kind: 'ask' }>): void {
    const answer = this.#answerTo(ask, body);
    if ('failure' in answer) this.host.askRefused(ask, answer.failure);
    this.host.send({ kind: 'answer', id, ...answer });
  }

  #answerTo(ask: string, body: unknown): { body: unknown } | { failure: PeerRequestFailure } {
    const refusal = (code: string, message: string) => ({ failure: { code, message: `${ask}: ${message}` } });
    if (!isAskName(ask)) return refusal('CTIOS_PEER_UNKNOWN_ASK', 'there is no such ask.');
    const read = readPeerFields(peerAsks[ask].body, body);
    if (typeof read === 'string') return refusal('CTIOS_INVALID_ARGUMENT', `${read}.`);
    try {
      return { body: this.host.asked(ask, read) };
    } catch (error) {
      return refusal('CTIOS_INTERNAL', `it went wrong: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** An answer to an ask of this server. One that comes after its ask was given up is no news. */
  answered({ id, body, failure }: Extract<PeerMessage, { kind: 'answer' }>): void {
    const name = this.#asks.nameOf(id);
    if (name === undefined) return;
    if (failure !== undefined) {
      // What broke down in the middle may have been done in part.
      const outcome = failure.code === 'CTIOS_INTERNAL' ? 'unknown' : 'failed';
      this.#asks.end(id, { outcome, code: failure.code, message: failure.message });
      return;
    }
    const answer = readPeerFields(peerAsks[name].answer, body);
    if (typeof answer === 'string') this.host.badMessage(`the answer to ${name}: ${answer}`);
    else this.#asks.end(id, { outcome: 'answered', answer });
  }
}
