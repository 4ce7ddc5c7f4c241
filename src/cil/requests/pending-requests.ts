/**
 * The pending requests of a session, and the rule that each ends exactly once: confirmed, failed, expired (never sent)
 * or unknown (sent, then the link was lost or no response arrived). No request is sent twice, or after its time.
 */
import type { Clock } from '../../common/clock.js';
import { PendingAnswers } from '../../common/pending-answers.js';
import { CtiosError } from '../../ctios/ctios-error.js';
import type { Args, ClientMessage, Outcome, RequestFailure } from '../../ctios/transport.js';
import type { Done } from '../connection/connection-owner.js';
import type { Confirmation } from '../objects/request.js';

/** A pending request: validated, complete, with its object. */
export interface OutgoingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly args: Args;
  readonly linkWaitMs: number;
  readonly answerMs: number;
  /** Called with the confirmation, in order of arrival; the promise settles a turn later. */
  readonly confirmed?: () => void;
}

interface Entry extends OutgoingRequest {
  readonly resolve: (confirmation: Confirmation) => void;
  readonly reject: (error: CtiosError) => void;
}

/** The session state that pending requests depend on. */
export interface RequestLink {
  /** Whether the application's requests may be sent now: connected, and in the requested mode. */
  readonly open: boolean;
  /** The reason why they may not, for display; meaningful only while `open` is false. */
  readonly closedBecause: { code: string; reason: string };
  /**
   * Whether the server has its link to the CTI Server, and knows the agents that requests may be for. Without the link it
   * refuses nearly every request; until then, those for agents whose phone it does not know.
   */
  readonly online: boolean;
  send(message: ClientMessage): void;
}

/** Maximum number of requests that can wait for the link. */
export const MAX_WAITING = 100;

export class PendingRequests {
  /** Sent, and not answered yet. */
  readonly #sent: PendingAnswers<Entry>;
  /** Not sent: they wait for the link, in order. */
  readonly #waiting: PendingAnswers<Entry>;

  constructor(
    clock: Clock,
    private readonly link: RequestLink,
  ) {
    this.#sent = new PendingAnswers(clock);
    this.#waiting = new PendingAnswers(clock);
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  get sentCount(): number {
    return this.#sent.size;
  }

  /**
   * Sends the request, or queues it until there is a link, to the server and from there to the CTI Server, whose objects
   * the server knows, as its time-outs permit. If only the server is reached in that time, it is sent nevertheless: the
   * server's refusal names the reason.
   */
  submit(order: OutgoingRequest): Promise<Confirmation> {
    if (this.link.open && (this.link.online || order.linkWaitMs <= 0)) return this.sendNow(order);
    return new Promise((resolve, reject) => {
      const entry: Entry = { ...order, resolve, reject };
      if (order.linkWaitMs <= 0) {
        this.#expire(entry, this.link.closedBecause.code, `not sent: ${this.link.closedBecause.reason}`);
      } else if (this.#waiting.size >= MAX_WAITING) {
        this.#expire(entry, 'CTIOS_TOO_MANY_WAITING', `not sent: ${MAX_WAITING} requests already wait for the link`);
      } else {
        this.#waiting.add(this.#waiting.nextId(), entry, order.linkWaitMs, () => {
          if (this.link.open) return this.#send(entry);
          const { code, reason } = this.link.closedBecause;
          this.#expire(entry, code, `not sent within ${order.linkWaitMs / 1000} s: ${reason}`);
        });
      }
    });
  }

  /** Sends immediately, ahead of queued requests: for the requests on which the others depend (modes, repetitions). */
  sendNow(order: OutgoingRequest): Promise<Confirmation> {
    return new Promise((resolve, reject) => this.#send({ ...order, resolve, reject }));
  }

  /** A link may have come up, or the objects may be complete: sends the queued requests in order. */
  opened(): void {
    for (const id of this.#waiting.ids()) {
      if (!this.link.open || !this.link.online) return;
      const entry = this.#waiting.take(id);
      if (entry !== undefined) this.#send(entry);
    }
  }

  /** The request of a `done`, while it is still pending. */
  requestOf(done: Done): string | undefined {
    return this.#sent.get(done.id)?.request;
  }

  /** Ends the request that the server has answered; a late response has no effect. */
  done(done: Done): void {
    const entry = this.#sent.take(done.id);
    if (entry === undefined) return;
    if (done.outcome === 'confirmed') {
      entry.confirmed?.();
      entry.resolve({ event: done.conf?.event, args: done.conf?.args ?? {}, newObject: done.newObject });
      return;
    }
    this.#reject(
      entry,
      done.outcome,
      done.failure ?? { code: 'CTIOS_FAILED', message: `${entry.request} was refused without a reason` },
    );
  }

  /** The link is lost: requests that were sent may or may not have been carried out. Queued ones stay queued. */
  lost(reason: string): void {
    for (const entry of this.#sent.takeAll()) {
      this.#reject(entry, 'unknown', {
        code: 'CTIOS_OUTCOME_UNKNOWN',
        message: `${entry.request} was sent, then the link was lost (${reason}): it may or may not have been carried out`,
      });
    }
  }

  /** There will be no link: queued requests are never sent. */
  closed(code: string, reason: string): void {
    this.lost(reason);
    for (const entry of this.#waiting.takeAll()) this.#expire(entry, code, `not sent: ${reason}`);
  }

  #send(entry: Entry): void {
    const id = this.#sent.nextId();
    const { request, target, args, answerMs } = entry;
    this.#sent.add(id, entry, answerMs, () =>
      this.#reject(entry, 'unknown', {
        code: 'CTIOS_ANSWER_TIMEOUT',
        message: `${request} was sent, but no answer arrived within ${answerMs / 1000} s: it may or may not have been carried out`,
      }),
    );
    this.link.send({ kind: 'request', id, request, ...(target === undefined ? {} : { target }), args, answerMs });
  }

  #expire(entry: Entry, code: string, reason: string): void {
    this.#reject(entry, 'expired', { code, message: `${entry.request} was ${reason}` });
  }

  #reject(entry: Entry, outcome: Outcome, failure: RequestFailure): void {
    entry.reject(
      CtiosError.ofFailure(failure, {
        request: entry.request,
        ...(entry.target === undefined ? {} : { objectId: entry.target }),
        outcome,
      }),
    );
  }
}
