import type { Clock } from '../../../common/clock.js';
import { PendingAnswers } from '../../../common/pending-answers.js';
import { CtiosError } from '../../../ctios/ctios-error.js';
import type { ClientMessage, RequestFailure, ServerMessage } from '../../../ctios/transport.js';
import type { RequestResult } from '../../object-server.js';
import { type AuditEntry, MAX_AUDIT_TEXT } from '../../observability/audit.js';

export type RequestMessage = Extract<ClientMessage, { kind: 'request' }>;

/** What it does through its session. */
export interface RequestsOwner {
  send(message: ServerMessage): void;
  audit(entry: Pick<AuditEntry, 'what' | 'request' | 'objectId' | 'outcome' | 'code' | 'ms'>): void;
}

interface PendingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly since: number;
}

/** Waits this much longer than the objects, which know more about the outcome of a request. */
const GRACE_MS = 200;
/** Of the text of a failure. */
const MAX_MESSAGE = 1_000;

/** The pending requests of one client. Each gets exactly one `done`, as long as the client is connected. */
export class ClientRequests {
  readonly #pending: PendingAnswers<PendingRequest>;

  constructor(
    private readonly clock: Clock,
    private readonly limit: { maxPending: number },
    private readonly owner: RequestsOwner,
  ) {
    this.#pending = new PendingAnswers(clock);
  }

  get size(): number {
    return this.#pending.size;
  }

  /**
   * The client sends more than it may. The caller counts these; a request of which another one is pending is not
   * answered, because the response would end the other one.
   */
  turnAway({ id }: RequestMessage, failure: RequestFailure): void {
    if (this.#pending.get(id) === undefined) this.owner.send({ kind: 'done', id, outcome: 'failed', failure });
  }

  /** @returns false if a request with that number is pending: responding would end the other one */
  open({ id, request, target, answerMs }: RequestMessage): boolean {
    if (this.#pending.get(id) !== undefined) {
      this.owner.audit({ what: 'request', request, outcome: 'failed', code: 'CTIOS_DUPLICATE_REQUEST' });
      return false;
    }
    const pending = {
      request: request.slice(0, MAX_AUDIT_TEXT),
      target: target?.slice(0, MAX_AUDIT_TEXT),
      since: this.clock.monotonic(),
    };
    // The objects have time-outs of their own; a request that takes several steps can still be late.
    this.#pending.add(id, pending, answerMs + GRACE_MS, () => this.#tell(id, pending, OVERDUE));
    return true;
  }

  /** @throws CtiosError CTIOS_TOO_MANY_REQUESTS if the maximum is reached */
  checkSize(): void {
    const { maxPending } = this.limit;
    if (this.#pending.size > maxPending) {
      throw new CtiosError('CTIOS_TOO_MANY_REQUESTS', `More than ${maxPending} requests are under way.`);
    }
  }

  /** Responds to a request; only the first response counts. */
  done(id: number, result: RequestResult): void {
    const pending = this.#pending.take(id);
    if (pending !== undefined) this.#tell(id, pending, result);
  }

  /** Nobody is there to be answered. */
  drop(): void {
    this.#pending.takeAll();
  }

  #tell(id: number, pending: PendingRequest, { outcome, conf, failure, newObject }: RequestResult): void {
    this.owner.audit({
      what: 'request',
      request: pending.request,
      outcome,
      ms: Math.round(this.clock.monotonic() - pending.since),
      ...(pending.target === undefined ? {} : { objectId: pending.target }),
      ...(failure === undefined ? {} : { code: failure.code }),
    });
    this.owner.send({
      kind: 'done',
      id,
      outcome,
      ...(conf === undefined ? {} : { conf }),
      ...(failure === undefined ? {} : { failure: inBounds(failure) }),
      ...(newObject === undefined ? {} : { newObject }),
    });
  }
}

const OVERDUE: RequestResult = {
  outcome: 'unknown',
  failure: {
    code: 'CTIOS_ANSWER_TIMEOUT',
    message: 'The answer did not come in time; the request may have been carried out.',
  },
};

/** Messages that quote what the client sent are truncated. */
function inBounds(failure: RequestFailure): RequestFailure {
  const { message } = failure;
  return message.length > MAX_MESSAGE ? { ...failure, message: `${message.slice(0, MAX_MESSAGE)}…` } : failure;
}

/** What the client receives about an error: only what may be disclosed to it. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof CtiosError) return { code: error.code, message: error.message };
  return { code: 'CTIOS_INTERNAL', message: 'The server failed to carry out the request; see its log for the reason.' };
}
