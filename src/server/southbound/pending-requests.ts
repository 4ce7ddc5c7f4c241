/**
 * Requests that wait for their answer, by InvokeID. Each settles exactly once: with its confirmation, with the failure
 * that the CTI Server answered, with its time-out, or with the loss of the connection. A late answer finds nobody.
 */
import type { Clock, Timer } from '../../common/clock.js';
import {
  ControlFailureCode,
  definitionOf,
  type Message,
  type MessageOf,
  nameOf,
  StatusCode,
} from '../../ged188/index.js';
import { LinkRequestError } from './link-api.js';

interface Waiting {
  type: string;
  answered: ((confirmation: Message) => void) | undefined;
  resolve: (message: Message) => void;
  reject: (error: LinkRequestError) => void;
  timer: Timer;
}

export class PendingCtiRequests {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #lastInvokeId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** An InvokeID that no waiting request has. Zero is left to messages that expect no answer. */
  nextInvokeId(): number {
    do this.#lastInvokeId = this.#lastInvokeId >= 0x7fffffff ? 1 : this.#lastInvokeId + 1;
    while (this.#waiting.has(this.#lastInvokeId));
    return this.#lastInvokeId;
  }

  /** @param type of the request, for the error texts */
  wait(invokeId: number, type: string, answerMs: number, answered?: (confirmation: Message) => void): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(answerMs, () => {
        this.#waiting.delete(invokeId);
        reject(
          new LinkRequestError(
            'unknown',
            'CTIOS_ANSWER_TIMEOUT',
            `the CTI Server did not answer ${type} within ${answerMs / 1000} s; it may still have been carried out`,
          ),
        );
      });
      this.#waiting.set(invokeId, { type, answered, resolve, reject, timer });
    });
  }

  /** Settles the request that the message answers; false if it answers none. */
  settle(message: Message): boolean {
    const invokeId = 'InvokeID' in message ? message.InvokeID : undefined;
    if (typeof invokeId !== 'number') return false;
    const waiting = this.#waiting.get(invokeId);
    if (waiting === undefined || !answers(message, waiting.type)) return false;
    this.#waiting.delete(invokeId);
    waiting.timer.cancel();
    if (message.type === 'CONTROL_FAILURE_CONF' || message.type === 'FAILURE_CONF') {
      waiting.reject(refusal(waiting.type, message));
    } else {
      waiting.answered?.(message);
      waiting.resolve(message);
    }
    return true;
  }

  /** The connection is lost: whether the requests were carried out cannot be known. */
  abandon(reason: string): void {
    for (const [invokeId, waiting] of this.#waiting) {
      this.#waiting.delete(invokeId);
      waiting.timer.cancel();
      waiting.reject(
        new LinkRequestError(
          'unknown',
          'CTIOS_OUTCOME_UNKNOWN',
          `${waiting.type} was sent, then the link to the CTI Server was lost (${reason}); it may have been carried out`,
        ),
      );
    }
  }
}

/** A message that happens to have the InvokeID of a request is not its answer: requests have one confirmation each. */
function answers({ type }: Message, request: string): boolean {
  if (type === 'CONTROL_FAILURE_CONF' || type === 'FAILURE_CONF') return true;
  const reply = definitionOf(request)?.facts.reply;
  return reply === undefined || type === reply;
}

function refusal(
  request: string,
  answer: MessageOf<'CONTROL_FAILURE_CONF'> | MessageOf<'FAILURE_CONF'>,
): LinkRequestError {
  const status = statusOf(answer);
  const code =
    answer.type === 'CONTROL_FAILURE_CONF'
      ? (nameOf(ControlFailureCode, status) ?? `CF_${status}`)
      : (nameOf(StatusCode, status) ?? `E_CTI_${status}`);
  const peripheral = answer.PeripheralErrorCode ? `, peripheral error ${answer.PeripheralErrorCode}` : '';
  return new LinkRequestError('failed', code, `the CTI Server refused ${request}: ${code}${peripheral}`, answer);
}

/** The code of a failure in either of the two published layouts of FAILURE_CONF. */
export function statusOf(answer: MessageOf<'CONTROL_FAILURE_CONF'> | MessageOf<'FAILURE_CONF'>): number {
  const { FailureCode, Status } = answer as { FailureCode?: number; Status?: number };
  return FailureCode ?? Status ?? 0;
}
