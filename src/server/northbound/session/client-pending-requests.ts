import type { Clock, Timer } from '../../../common/clock.js';
import { CtiosError } from '../../../ctios/ctios-error.js';
import type { ClientMessage, RequestFailure, ServerMessage } from '../../../ctios/transport.js';
import type { RequestResult } from '../../object-server.js';
import { type AuditEntry, MAX_AUDIT_TEXT } from '../../observability/audit.js';

export type RequestMessage = Extract<ClientMessage, { kind: 'request' }>;

/** What the book does through its session. */
export interface RequestsOwner {
  send(message: ServerMessage): void;
  audit(entry: Pick<AuditEntry, 'what' | 'request' | 'objectId' | 'outcome' | 'code' | 'ms'>): void;
}

interface PendingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly since: number;
  /** Ends it when its answer is overdue. */
  readonly overdue: Timer;
}

/** The objects, which know more of what became of a request, are to say so first. */
const GRACE_MS = 200;

/** The requests of one client that are under way: each is answered by exactly one `done`, as long as the client is there. */
export class ClientRequests {
  readonly #pending = new Map<number, PendingRequest>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: { maxPending: number },
    private readonly owner: RequestsOwner,
  ) {}

  get size(): number {
    return this.#pending.size;
  }

  /** @returns false where a request of that number is under way: answering would end the other one */
  open({ id, request, target, answerMs }: RequestMessage): boolean {
    const { clock, owner } = this;
    if (this.#pending.has(id)) {
      owner.audit({ what: 'request', request, outcome: 'failed', code: 'CTIOS_DUPLICATE_REQUEST' });
      return false;
    }
    this.#pending.set(id, {
      request: request.slice(0, MAX_AUDIT_TEXT),
      target: target?.slice(0, MAX_AUDIT_TEXT),
      since: clock.monotonic(),
      overdue: clock.after(answerMs + GRACE_MS, () => this.#overdue(id)),
    });
    return true;
  }

  /** @throws CtiosError CTIOS_TOO_MANY_REQUESTS where there are more than may be */
  checkSize(): void {
    const { maxPending } = this.limit;
    if (this.#pending.size > maxPending) {
      throw new CtiosError('CTIOS_TOO_MANY_REQUESTS', `More than ${maxPending} requests are under way.`);
    }
  }

  /** Answers a request; the first answer counts. */
  done(id: number, { outcome, conf, failure, newObject }: RequestResult): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    pending.overdue.cancel();
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
      ...(failure === undefined ? {} : { failure }),
      ...(newObject === undefined ? {} : { newObject }),
    });
  }

  /** Nobody is there to be answered. */
  drop(): void {
    for (const { overdue } of this.#pending.values()) overdue.cancel();
    this.#pending.clear();
  }

  /** The objects give up in time themselves; a request that takes them several steps can still be late. */
  #overdue(id: number): void {
    this.done(id, {
      outcome: 'unknown',
      failure: {
        code: 'CTIOS_ANSWER_TIMEOUT',
        message: 'The answer did not come in time; the request may have been carried out.',
      },
    });
  }
}

/** What the client is told of an error: never more than is known to be fit for it. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof CtiosError) return { code: error.code, message: error.message };
  return { code: 'CTIOS_INTERNAL', message: 'The server failed to carry the request out; its log says why.' };
}
