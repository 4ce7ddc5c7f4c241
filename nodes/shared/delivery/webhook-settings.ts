/** The webhook node's settings, read once, with what is wrong said in a sentence. Secrets are in here. */
import type { NodeDef } from 'node-red';
import { type Authentication, parseStatusRanges, type RetrySettings } from '../../../src/delivery/index.js';
import { inputError } from '../message/errors.js';
import { number, seconds } from '../message/numbers.js';
import type { ArgumentRow } from '../message/typed-value.js';

export interface WebhookDef extends NodeDef {
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
  /** User of basic authentication, client ID of OAuth 2. */
  user: string;
  scope: string;
  signed: boolean;
  tls: string;
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
  readonly signingSecret?: string;
  readonly parallel: number;
  readonly timeoutMs: number;
  readonly retry: RetrySettings;
  readonly maxBodyBytes: number;
}

export const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;
export const MAX_PARALLEL = 64;

/** @throws CtiosError with what cannot work */
export function readWebhookSettings(def: WebhookDef, credentials: WebhookCredentials): WebhookSettings {
  return {
    authentication: authenticationOf(def, credentials),
    ...(def.signed === true ? { signingSecret: signingSecretOf(credentials) } : {}),
    parallel: Math.round(number(def.parallel, 8, 1, MAX_PARALLEL)),
    timeoutMs: Math.max(1, seconds(def.timeout, 20, 300)),
    retry: {
      firstDelayMs: Math.max(1, seconds(def.firstDelay, 5, 3600)),
      maxDelayMs: Math.max(1, seconds(def.maxDelay, 900, 24 * 3600)),
      // In hours; a pop is worth seconds only, which are fractions of one.
      maxAgeMs: Math.max(1, Math.round(number(def.maxAge, 72, 0, 30 * 24) * 3600_000)),
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
    default:
      throw inputError('CTIOS_BAD_SETTINGS', `Authentication: "${String(kind)}" is not a valid kind.`);
  }
}

/** Standard Webhooks: 24 to 64 bytes in base64, with or without the prefix. */
function signingSecretOf({ signingSecret = '' }: WebhookCredentials): string {
  const text = needed('Signature secret', signingSecret).replace(/^whsec_/, '');
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
  // A header cannot hold it; the secret itself is not repeated here.
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
