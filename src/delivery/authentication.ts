/** How a request shows who sends it. Secrets live here and in the headers of one attempt, never in the store. */
import type { Clock } from '../common/clock.js';
import { CtiosError } from '../ctios/ctios-error.js';
import type { Http, HttpRequest } from './http.js';

export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'oauth2';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope: string;
    };

/** A token is renewed so long before it expires. */
const RENEW_BEFORE_MS = 60_000;
/** Where the server does not say how long a token is valid. */
const DEFAULT_VALID_S = 600;

interface Token {
  readonly value: string;
  readonly renewAt: number;
}

export class Authenticator {
  #token: Token | undefined;
  /** One renewal at a time, however many deliveries wait for it. */
  #renewal: Promise<Token> | undefined;

  constructor(
    private readonly authentication: Authentication,
    private readonly http: Http,
    private readonly clock: Clock,
    private readonly limits: Pick<HttpRequest, 'timeoutMs' | 'tls'>,
  ) {}

  /** The `authorization` header of one attempt. @throws when no token can be had */
  async authorization(signal: AbortSignal): Promise<string | undefined> {
    const { authentication } = this;
    switch (authentication.kind) {
      case 'none':
        return undefined;
      case 'bearer':
        return `Bearer ${authentication.token}`;
      case 'basic':
        return `Basic ${Buffer.from(`${authentication.user}:${authentication.password}`).toString('base64')}`;
      case 'oauth2':
        return `Bearer ${(await this.#valid(authentication, signal)).value}`;
    }
  }

  /**
   * The receiver did not accept this header. @returns true when another attempt would carry another token
   */
  refused(authorization: string | undefined): boolean {
    if (this.authentication.kind !== 'oauth2') return false;
    if (this.#token !== undefined && authorization === `Bearer ${this.#token.value}`) this.#token = undefined;
    return true;
  }

  async #valid(authentication: Extract<Authentication, { kind: 'oauth2' }>, signal: AbortSignal): Promise<Token> {
    if (this.#token !== undefined && this.clock.monotonic() < this.#token.renewAt) return this.#token;
    this.#renewal ??= this.#renew(authentication, signal).finally(() => {
      this.#renewal = undefined;
    });
    this.#token = await this.#renewal;
    return this.#token;
  }

  async #renew(
    { tokenUrl, clientId, clientSecret, scope }: Extract<Authentication, { kind: 'oauth2' }>,
    signal: AbortSignal,
  ): Promise<Token> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope === '' ? {} : { scope }),
    });
    const { status, body } = await this.http(
      {
        url: tokenUrl,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: form.toString(),
        ...this.limits,
      },
      signal,
    );
    const answer = parse(body);
    const token = answer?.access_token;
    if (status < 200 || status > 299 || typeof token !== 'string' || token === '') {
      const reason = typeof answer?.error === 'string' ? ` (${answer.error})` : '';
      throw new CtiosError('CTIOS_TOKEN_REFUSED', `The token URL answered ${status}${reason} and gave no token.`);
    }
    const validS = Number(answer?.expires_in);
    const ms = (Number.isFinite(validS) && validS > 0 ? validS : DEFAULT_VALID_S) * 1000;
    return { value: token, renewAt: this.clock.monotonic() + Math.max(ms / 2, ms - RENEW_BEFORE_MS) };
  }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
