/** One attempt at a delivery: headers, credentials, signature, redirects, and the interpretation of the response. */
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../common/clock.js';
import { CtiosError } from '../ctios/ctios-error.js';
import { type Authenticator, TokenRefused } from './authentication.js';
import type { Delivery } from './delivery.js';
import { wireKey } from './delivery-key.js';
import type { Http, HttpAnswer, HttpRequest } from './http.js';
import { type RetrySettings, retryAfter, within } from './retry-policy.js';

export interface SenderSettings extends Pick<HttpRequest, 'timeoutMs' | 'tls' | 'proxy'> {
  /** Reads the secret of the Standard Webhooks signature, for each attempt; undefined: not signed. */
  readonly signingSecret?: () => string;
  readonly retry: RetrySettings;
}

/** The result of an attempt. Only `failed` is followed by another one. */
export type AttemptResult =
  | { readonly outcome: 'delivered'; readonly answer: HttpAnswer }
  | {
      readonly outcome: 'failed' | 'refused';
      readonly code: string;
      readonly reason: string;
      readonly answer?: HttpAnswer;
      /** The delay requested with `Retry-After`, in milliseconds. */
      readonly retryAfterMs?: number;
    };

const MAX_REDIRECTS = 5;
/** Redirects that preserve method and body; the others turn a POST into a GET. */
const REDIRECTS: readonly number[] = [307, 308];

export class HttpSender {
  constructor(
    private readonly settings: SenderSettings,
    private readonly authenticator: Authenticator,
    private readonly http: Http,
    private readonly clock: Clock,
  ) {}

  async attempt(delivery: Delivery, signal: AbortSignal): Promise<AttemptResult> {
    try {
      const first = await this.#authorized(delivery, signal);
      const { answer, authorization } = first;
      // The token may have been revoked early: retries once with a new one.
      if (answer.status === 401 && this.authenticator.refused(authorization)) {
        return this.#judge(delivery, (await this.#authorized(delivery, signal)).answer);
      }
      return this.#judge(delivery, answer);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const code = error instanceof CtiosError ? error.code : 'CTIOS_DELIVERY_FAILED';
      const final = code === 'CTIOS_DELIVERY_REDIRECT';
      const asked = error instanceof TokenRefused ? error.retryAfterMs : undefined;
      return {
        outcome: final ? 'refused' : 'failed',
        code,
        reason,
        ...(asked === undefined ? {} : { retryAfterMs: asked }),
      };
    }
  }

  async #authorized(
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<{ answer: HttpAnswer; authorization: string | undefined }> {
    const authorization = await this.authenticator.authorization(signal);
    const headers = { ...this.#headers(delivery), ...(authorization === undefined ? {} : { authorization }) };
    return { answer: await this.#follow(delivery, headers, signal), authorization };
  }

  async #follow(delivery: Delivery, headers: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer> {
    const { method, body } = delivery;
    const { timeoutMs, tls, proxy } = this.settings;
    let { url } = delivery;
    for (let followed = 0; ; followed++) {
      const answer = await this.http(
        { url, method, headers, body, timeoutMs, ...(tls && { tls }), ...(proxy && { proxy }) },
        signal,
      );
      if (!REDIRECTS.includes(answer.status)) return answer;
      const next = target(answer.headers.location, url);
      if (followed === MAX_REDIRECTS) {
        throw redirectError(`The receiver redirects in a loop: ${MAX_REDIRECTS} redirects were followed.`);
      }
      if (next.origin !== new URL(url).origin) {
        throw redirectError(
          `The receiver redirects to ${next.origin}. A redirect to another host is not followed. Enter the new URL in the node.`,
        );
      }
      url = next.href;
    }
  }

  #headers({ key, headers, body }: Delivery): Record<string, string> {
    const id = wireKey(key);
    const now = new Date(this.clock.now());
    const secret = this.settings.signingSecret?.();
    return {
      ...headers,
      'idempotency-key': id,
      ...(secret === undefined
        ? {}
        : {
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
            'webhook-signature': new Webhook(secret).sign(id, now, body),
          }),
    };
  }

  #judge({ url }: Delivery, answer: HttpAnswer): AttemptResult {
    const { status, headers } = answer;
    const { success, retry } = this.settings.retry;
    if (within(success, status)) return { outcome: 'delivered', answer };
    const { host } = new URL(url);
    if (within(retry, status)) {
      const asked = retryAfter(headers['retry-after'], this.clock.now(), headers.date);
      return {
        outcome: 'failed',
        code: 'CTIOS_DELIVERY_FAILED',
        reason: `${host} answered ${status}.`,
        answer,
        ...(asked === undefined ? {} : { retryAfterMs: asked }),
      };
    }
    return { outcome: 'refused', code: 'CTIOS_DELIVERY_REFUSED', reason: `${host} answered ${status}.`, answer };
  }
}

const redirectError = (message: string): CtiosError => new CtiosError('CTIOS_DELIVERY_REDIRECT', message);

function target(location: string | undefined, base: string): URL {
  try {
    const url = new URL(location ?? '', base);
    if (location === undefined || !/^https?:$/.test(url.protocol)) throw new TypeError();
    return url;
  } catch {
    throw redirectError('The receiver redirects without a usable location.');
  }
}
