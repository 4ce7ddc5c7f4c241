/**
 * The requests of a session that have not ended yet, and the rule that each ends exactly once: confirmed, failed,
 * expired (never sent) or unknown (sent, and then the link was lost or no answer came). No request is sent twice, and
 * none after its time.
 */
import type { Clock, Timer } from '../../common/clock.js';
import { CtiosError } from '../../ctios/ctios-error.js';
import type { Args, ClientMessage, Outcome, RequestFailure } from '../../ctios/transport.js';
import type { Done } from '../connection/connection-owner.js';
import type { Confirmation } from '../objects/request.js';

/** A request on its way: checked, complete, with its object. */
export interface OutgoingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly args: Args;
  readonly linkWaitMs: number;
  readonly answerMs: number;
  /** Told of the confirmation in its place in the order of arrival; the promise settles a turn later. */
  readonly confirmed?: () => void;
}

interface Entry extends OutgoingRequest {
  readonly id: number;
  readonly resolve: (confirmation: Confirmation) => void;
  readonly reject: (error: CtiosError) => void;
  timer: Timer | undefined;
}

/** What the book needs to know of the world. */
export interface RequestLink {
  /** Whether requests of the application may be sent now: connected, and in the mode that was asked for. */
  readonly open: boolean;
  /** Why not, for people; meaningful while it is not open. */
  readonly closedBecause: { code: string; reason: string };
  send(message: ClientMessage): void;
}

/** Requests that may wait for the link at the same time. */
export const MAX_WAITING = 100;

export class PendingRequests {
  #nextId = 1;
  #sent = new Map<number, Entry>();
  #waiting = new Set<Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly link: RequestLink,
  ) {}

  get waitingCount(): number {
    return this.#waiting.size;
  }

  get sentCount(): number {
    return this.#sent.size;
  }

  /** Sends the request, or keeps it until the link is there, as its times allow. */
  submit(order: OutgoingRequest): Promise<Confirmation> {
    if (this.link.open) return this.sendNow(order);
    return new Promise((resolve, reject) => {
      const entry: Entry = { ...order, id: this.#nextId++, resolve, reject, timer: undefined };
      if (order.linkWaitMs <= 0) {
        this.#expire(entry, this.link.closedBecause.code, `not sent: ${this.link.closedBecause.reason}`);
      } else if (this.#waiting.size >= MAX_WAITING) {
        this.#expire(entry, 'CTIOS_TOO_MANY_WAITING', `not sent: ${MAX_WAITING} requests already wait for the link`);
      } else {
        this.#waiting.add(entry);
        entry.timer = this.clock.after(order.linkWaitMs, () => {
          const { code, reason } = this.link.closedBecause;
          this.#expire(entry, code, `not sent within ${order.linkWaitMs / 1000} s: ${reason}`);
        });
      }
    });
  }

  /** Sends at once, past those that wait: for the requests that open the link to the others (modes, re-issues). */
  sendNow(order: OutgoingRequest): Promise<Confirmation> {
    return new Promise((resolve, reject) => {
      this.#send({ ...order, id: this.#nextId++, resolve, reject, timer: undefined });
    });
  }

  /** The link is open: those that waited go out, in the order in which they came. */
  opened(): void {
    for (const entry of this.#waiting) {
      if (!this.link.open) return;
      this.#waiting.delete(entry);
      entry.timer?.cancel();
      this.#send(entry);
    }
  }

  /** The request of a `done`, while it is still to end. */
  requestOf(done: Done): string | undefined {
    return this.#sent.get(done.id)?.request;
  }

  /** Ends the request that the server has answered; an answer that came too late ends nothing. */
  done(done: Done): void {
    const entry = this.#sent.get(done.id);
    if (entry === undefined) return;
    this.#close(entry);
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

  /** The link is lost: what was sent may or may not have happened. Those that wait go on waiting. */
  lost(reason: string): void {
    for (const entry of [...this.#sent.values()]) {
      this.#close(entry);
      this.#reject(entry, 'unknown', {
        code: 'CTIOS_OUTCOME_UNKNOWN',
        message: `${entry.request} was sent, then the link was lost (${reason}): it may or may not have been carried out`,
      });
    }
  }

  /** There will be no link: those that wait are never sent. */
  closed(code: string, reason: string): void {
    this.lost(reason);
    for (const entry of [...this.#waiting]) this.#expire(entry, code, `not sent: ${reason}`);
  }

  #send(entry: Entry): void {
    this.#sent.set(entry.id, entry);
    entry.timer = this.clock.after(entry.answerMs, () => {
      this.#close(entry);
      this.#reject(entry, 'unknown', {
        code: 'CTIOS_ANSWER_TIMEOUT',
        message: `${entry.request} was sent, but no answer came within ${entry.answerMs / 1000} s: it may or may not have been carried out`,
      });
    });
    const { id, request, target, args, answerMs } = entry;
    this.link.send({ kind: 'request', id, request, ...(target === undefined ? {} : { target }), args, answerMs });
  }

  #close(entry: Entry): void {
    this.#sent.delete(entry.id);
    this.#waiting.delete(entry);
    entry.timer?.cancel();
    entry.timer = undefined;
  }

  #expire(entry: Entry, code: string, reason: string): void {
    this.#close(entry);
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
