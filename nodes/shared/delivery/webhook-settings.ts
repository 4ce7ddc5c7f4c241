/** The webhook node's settings, read once, with errors as sentences. Contains secrets. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { NodeDef } from 'node-red';
import { type Authentication, parseStatusRanges, type RetrySettings } from '../../../src/delivery/index.js';
import { inputError } from '../message/errors.js';
import { number, seconds } from '../message/numbers.js';
import type { ArgumentRow } from '../message/typed-value.js';

export interface WebhookDef extends NodeDef {
  /** Where deliveries wait: on this machine, or on the event stream of the session. */
  store: 'machine' | 'stream';
  session: string;
  url: string;
  urlType: string;
  method: string;
  headers: ArgumentRow[];
  body: string;
  bodyType: string;
  key: string;
  keyType: string;
  ordering: string;
  orderingType: string;
  authentication: Authentication['kind'];
  tokenUrl: string;
  /** User of basic authentication, client ID of OAuth 2, issuer of a JWT. */
  user: string;
  /** Subject of a JWT. */
  scope: string;
  signed: boolean;
  /** Name of the environment variable with the secret of the signature, where none is entered. */
  signingVariable: string;
  tls: string;
  /** Id of a core `http proxy` node. */
  proxy: string;
  parallel: string | number;
  timeout: string | number;
  firstDelay: string | number;
  maxDelay: string | number;
  maxAge: string | number;
  successOn: string;
  retryOn: string;
  maxBody: string | number;
}

export interface WebhookCredentials {
  secret?: string;
  signingSecret?: string;
}

export interface WebhookSettings {
  readonly authentication: Authentication;
  /** Read for each attempt: an expression in a tab's settings has another value after a deploy that does not restart the node. */
  readonly signingSecret?: () => string;
  readonly parallel: number;
  readonly timeoutMs: number;
  readonly retry: RetrySettings;
  readonly maxBodyBytes: number;
}

export const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;
export const MAX_PARALLEL = 64;

/**
 * @param variable reads an environment variable of the node's flow
 * @throws CtiosError naming the invalid setting
 */
export function readWebhookSettings(
  def: WebhookDef,
  credentials: WebhookCredentials,
  variable: (name: string) => unknown,
): WebhookSettings {
  const signingSecret = () => signingSecretOf(def, credentials, variable);
  if (def.signed === true) signingSecret();
  return {
    authentication: authenticationOf(def, credentials),
    ...(def.signed === true ? { signingSecret } : {}),
    parallel: Math.round(number(def.parallel, 8, 1, MAX_PARALLEL)),
    timeoutMs: Math.max(1, seconds(def.timeout, 20, 300)),
    retry: {
      firstDelayMs: Math.max(1, seconds(def.firstDelay, 5, 3600)),
      maxDelayMs: Math.max(1, seconds(def.maxDelay, 900, 24 * 3600)),
      // In hours; a pop is useful for seconds only, which are fractions of an hour.
      maxAgeMs: Math.round(number(def.maxAge, 72, 0, 30 * 24) * 3600_000),
      success: statuses('Delivered on', def.successOn, '200-299'),
      retry: statuses('Retry on', def.retryOn, '408,425,429,500-599'),
    },
    maxBodyBytes: Math.round(number(def.maxBody, 1024, 1, 16_384) * 1024),
  };
}

function authenticationOf(def: WebhookDef, { secret = '' }: WebhookCredentials): Authentication {
  const user = String(def.user ?? '');
  const kind = def.authentication ?? 'none';
  switch (kind) {
    case 'none':
      return { kind };
    case 'bearer':
      return { kind, token: needed('Token', secret) };
    case 'basic':
      return { kind, user: needed('User', user), password: secret };
    case 'oauth2':
      return {
        kind,
        tokenUrl: httpUrl('Token URL', def.tokenUrl).href,
        clientId: needed('Client ID', user),
        clientSecret: needed('Client secret', secret),
        scope: String(def.scope ?? '').trim(),
      };
    case 'jwt':
      return {
        kind,
        issuer: needed('Issuer', user),
        subject: needed('Subject', String(def.scope ?? '')),
        privateKey: privateKeyOf(secret),
      };
    default:
      throw inputError('CTIOS_BAD_SETTINGS', `Authentication: "${String(kind)}" is not a valid kind.`);
  }
}

/** PEM of an RSA key. A field of one line takes the line breaks out of what is pasted into it. */
function privateKeyOf(text: string): KeyObject {
  const [, kind, body] = /-----BEGIN ((?:RSA )?)PRIVATE KEY-----(.+)-----END \1PRIVATE KEY-----/s.exec(text) ?? [];
  try {
    const key = Buffer.from((body ?? '').replace(/\\n|\s/g, ''), 'base64');
    const read = createPrivateKey({ key, format: 'der', type: kind === '' ? 'pkcs8' : 'pkcs1' });
    if (read.asymmetricKeyType === 'rsa') return read;
  } catch {
    // The reason names parts of the key.
  }
  throw inputError(
    'CTIOS_BAD_SETTINGS',
    'Private key: it must be an RSA key in PEM, from "-----BEGIN PRIVATE KEY-----" to "-----END PRIVATE KEY-----", without a passphrase.',
  );
}

/** Standard Webhooks: 24 to 64 bytes in base64, with or without the prefix. */
function signingSecretOf(
  { signingVariable }: WebhookDef,
  { signingSecret = '' }: WebhookCredentials,
  variable: (name: string) => unknown,
): string {
  const name = String(signingVariable ?? '').trim();
  const given = signingSecret === '' && name !== '' ? String(variable(name) ?? '') : signingSecret;
  const text = needed('Signature secret', given).replace(/^whsec_/, '');
  const { length } = Buffer.from(text, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || length < 24 || length > 64) {
    throw inputError(
      'CTIOS_BAD_SETTINGS',
      'Signature secret: it must be "whsec_" and 24 to 64 bytes in base64 (Standard Webhooks).',
    );
  }
  return text;
}

function needed(label: string, value: string): string {
  if (value.trim() === '') throw inputError('CTIOS_BAD_SETTINGS', `${label}: a value is missing.`);
  // Not valid in a header; the error does not repeat the secret.
  if (/[\r\n\0]/.test(value)) throw inputError('CTIOS_BAD_SETTINGS', `${label}: it contains a line break.`);
  return value.trim();
}

function statuses(label: string, value: unknown, fallback: string): RetrySettings['success'] {
  const text = String(value ?? '').trim();
  try {
    return parseStatusRanges(text === '' ? fallback : text);
  } catch (error) {
    throw inputError('CTIOS_BAD_SETTINGS', `${label}: ${(error as Error).message}`);
  }
}

/** @throws CtiosError for anything but an http(s) URL without credentials */
export function httpUrl(label: string, value: unknown, code = 'CTIOS_BAD_SETTINGS'): URL {
  const text = typeof value === 'string' ? value.trim() : '';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw inputError(code, `${label}: "${text.slice(0, 200)}" is not a URL.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw inputError(code, `${label}: "${url.protocol}" is not supported. Use http: or https:.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw inputError(code, `${label}: it contains a user or a password. Enter them as credentials of the node.`);
  }
  return url;
}
