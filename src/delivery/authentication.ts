/** Authenticates requests. Secrets are kept here and in the headers of one attempt, never in the store. */
import { type KeyObject, sign } from 'node:crypto';
import type { Clock } from '../common/clock.js';
import { CtiosError } from '../ctios/ctios-error.js';
import type { Http, HttpRequest } from './http.js';
import { retryAfter } from './retry-policy.js';

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
    }
  /** A token signed with our private key (in the form of RFC 7523; RS256). */
  | { readonly kind: 'jwt'; readonly issuer: string; readonly subject: string; readonly privateKey: KeyObject };

/** How long before it expires a token is renewed. */
const RENEW_BEFORE_MS = 60_000;
/** Used if the server does not report how long a token is valid. */
const DEFAULT_VALID_S = 600;
/** How long a token signed here is valid. */
const SIGNED_VALID_S = 900;

interface Token {
  readonly value: string;
  readonly renewAt: number;
}

/** No token is available. */
export class TokenRefused extends CtiosError {
  constructor(
    message: string,
    /** `Retry-After` of the token URL, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super('CTIOS_TOKEN_REFUSED', message);
  }
}

export class Authenticator {
  #token: Token | undefined;
  /** Only one renewal at a time, however many deliveries wait for it. */
  #renewal: Promise<Token> | undefined;

  constructor(
    private readonly authentication: Authentication,
    private readonly http: Http,
    private readonly clock: Clock,
    private readonly limits: Pick<HttpRequest, 'timeoutMs' | 'tls' | 'proxy'>,
  ) {}

  /** The `authorization` header of one attempt. @throws if no token is available */
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
      case 'jwt':
        return `Bearer ${this.#signed(authentication).value}`;
    }
  }

  /** The receiver rejected this header. @returns true if another attempt would use a different token */
  refused(authorization: string | undefined): boolean {
    const { kind } = this.authentication;
    if (kind !== 'oauth2' && kind !== 'jwt') return false;
    if (this.#token !== undefined && authorization === `Bearer ${this.#token.value}`) this.#token = undefined;
    return true;
  }

  #signed({ issuer, subject, privateKey }: Extract<Authentication, { kind: 'jwt' }>): Token {
    if (this.#token !== undefined && this.clock.monotonic() < this.#token.renewAt) return this.#token;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const iat = Math.floor(this.clock.now() / 1000);
    const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: issuer, sub: subject, iat, exp: iat + SIGNED_VALID_S })}`;
    const value = `${content}.${sign('RSA-SHA256', Buffer.from(content), privateKey).toString('base64url')}`;
    this.#token = { value, renewAt: this.clock.monotonic() + SIGNED_VALID_S * 1000 - RENEW_BEFORE_MS };
    return this.#token;
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
    const { status, headers, body } = await this.http(
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
      throw new TokenRefused(
        `The token URL answered ${status}${reason} and gave no token.`,
        retryAfter(headers['retry-after'], this.clock.now(), headers.date),
      );
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
