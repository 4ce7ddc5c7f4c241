/**
 * Requests that wait for their response, by InvokeID. Each settles exactly once: with its confirmation, with a failure
 * from the CTI Server, with its time-out, or with the loss of the connection. A response that comes later is ignored.
 */
import type { Clock } from '../../../common/clock.js';
import { PendingAnswers } from '../../../common/pending-answers.js';
import {
  ControlFailureCode,
  definitionOf,
  type Message,
  type MessageOf,
  nameOf,
  StatusCode,
} from '../../../ged188/index.js';
import { type LinkAnswer, LinkRequestError } from '../link-api.js';

interface Waiting {
  /** Of the request, for the error texts. */
  readonly type: string;
  readonly ended: (answer: LinkAnswer) => void;
}

export class PendingCtiRequests {
  readonly #waiting: PendingAnswers<Waiting>;

  constructor(clock: Clock) {
    this.#waiting = new PendingAnswers(clock);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** An InvokeID that no pending request has. Zero is reserved for messages without a response. */
  nextInvokeId(): number {
    return this.#waiting.nextId();
  }

  /** @param type of the request, for error messages */
  wait(invokeId: number, type: string, answerMs: number, ended: (answer: LinkAnswer) => void): void {
    this.#waiting.add(invokeId, { type, ended }, answerMs, () =>
      ended(
        new LinkRequestError(
          'unknown',
          'CTIOS_ANSWER_TIMEOUT',
          `the CTI Server did not answer ${type} within ${answerMs / 1000} s; it may still have been carried out`,
        ),
      ),
    );
  }

  /** Ends the request that the message answers; false if it answers none. */
  settle(message: Message): boolean {
    const invokeId = 'InvokeID' in message ? message.InvokeID : undefined;
    if (typeof invokeId !== 'number') return false;
    const waiting = this.#waiting.get(invokeId);
    if (waiting === undefined || !answers(message, waiting.type)) return false;
    this.#waiting.take(invokeId);
    const refused = message.type === 'CONTROL_FAILURE_CONF' || message.type === 'FAILURE_CONF';
    waiting.ended(refused ? refusal(waiting.type, message) : message);
    return true;
  }

  /** The connection is lost: whether the requests were carried out is unknown. */
  abandon(reason: string): void {
    for (const { type, ended } of this.#waiting.takeAll()) {
      ended(
        new LinkRequestError(
          'unknown',
          'CTIOS_OUTCOME_UNKNOWN',
          `${type} was sent, then the link to the CTI Server was lost (${reason}); it may have been carried out`,
        ),
      );
    }
  }
}

/**
 * A message that happens to have a request's InvokeID is not its response: each request has one type of confirmation.
 */
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

/** The failure code in either of the two published layouts of FAILURE_CONF. */
export function statusOf(answer: MessageOf<'CONTROL_FAILURE_CONF'> | MessageOf<'FAILURE_CONF'>): number {
  const { FailureCode, Status } = answer as { FailureCode?: number; Status?: number };
  return FailureCode ?? Status ?? 0;
}
