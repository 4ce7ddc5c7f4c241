/** One HTTP request with limits, used for deliveries and for token requests. */
import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { type RequestOptions, Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import { systemClock } from '../common/clock.js';
import { explainHttps, explainOwnTls } from '../common/network/tls-errors.js';
import { tlsNames } from '../common/network/tls-names.js';
import { type ProxyOf, tunnelThrough } from './proxy.js';

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Covers the whole exchange, including the response. */
  readonly timeoutMs: number;
  readonly tls?: SecureContextOptions & { readonly rejectUnauthorized?: boolean; readonly servername?: string };
  /** Without it, the connection is direct. */
  readonly proxy?: ProxyOf;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most {@link MAX_ANSWER_BYTES} of the response body. */
  readonly body: string;
}

/** Rejects with a network error. Aborting the signal cancels the request. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

/** The rest of a longer response is not read: a log needs an id, not a document. */
export const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Each request uses a new connection. On a reused connection, a second response to an earlier request would be taken
 * for the response to this one, even if the receiver never got it. The TLS agent reuses sessions, not connections.
 */
const agents = { 'http:': new Agent({ keepAlive: false }), 'https:': new TlsAgent({ keepAlive: false }) } as const;

export const nodeHttp: Http = async (request, signal) => {
  const late = new AbortController();
  const timer = systemClock.after(request.timeoutMs, () => late.abort());
  const limit = AbortSignal.any([signal, late.signal]);
  try {
    return await exchange(request, await connectionFor(request, limit), limit);
  } catch (error) {
    const timedOut = limit.aborted && !signal.aborted;
    throw timedOut ? new Error(`No answer within ${request.timeoutMs / 1000} s.`) : error;
  } finally {
    timer.cancel();
  }
};

/** How the request reaches the receiver: directly, or through a proxy. */
async function connectionFor({ url, proxy, tls }: HttpRequest, signal: AbortSignal): Promise<RequestOptions> {
  const target = new URL(url);
  const { protocol, hostname } = target;
  const through = proxy?.(target);
  if (through === undefined) return { agent: agents[protocol === 'https:' ? protocol : 'http:'] };
  const socket = await tunnelThrough(through, target, signal);
  if (protocol === 'http:') return { createConnection: () => socket };
  const names = tlsNames(hostname, tls?.servername);
  return { createConnection: () => connectTls({ ...tls, ...names, socket }) };
}

/** Explains a certificate, key or CA file that cannot be used. */
const requestSecurely = (
  target: URL,
  options: RequestOptions,
  answered: (answer: IncomingMessage) => void,
): ClientRequest => {
  try {
    return tlsRequest(target, options, answered);
  } catch (error) {
    throw explainOwnTls(error, options, target.host);
  }
};

const exchange = (
  { url, method, headers, body, tls }: HttpRequest,
  connection: RequestOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> =>
  new Promise((resolve, failed) => {
    const target = new URL(url);
    const reject = (error: Error): void => failed(explain(error));
    const bytes = Buffer.from(body, 'utf8');
    const options = {
      method,
      ...connection,
      headers: { ...headers, ...(hasNoBody(method, bytes) ? {} : { 'content-length': String(bytes.length) }) },
      signal,
      ...tls,
    };
    const answered = (answer: IncomingMessage): void => {
      const parts: Buffer[] = [];
      let size = 0;
      const end = (): void => {
        const { statusCode: status = 0, headers: received } = answer;
        if (status < 300 && !request.writableFinished) {
          reject(new Error(`The receiver answered ${status} before it was sent the whole request.`));
        } else {
          const body = Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
          resolve({ status, headers: flat(received), body });
        }
        // The rest of the request is not sent: an error of the closed connection would have no handler.
        request.destroy();
      };
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > MAX_ANSWER_BYTES) end();
      });
      answer.on('end', end);
      answer.on('error', reject);
      answer.on('close', () => reject(new Error('The connection was closed before the answer was complete.')));
    };
    const send = target.protocol === 'https:' ? requestSecurely : plainRequest;
    const request: ClientRequest = send(target, options, answered);
    const explain = explainHttps(request, tls ?? {}, target.host);
    request.on('error', reject);
    request.end(hasNoBody(method, bytes) ? undefined : bytes);
  });

const hasNoBody = (method: string, bytes: Buffer): boolean =>
  bytes.length === 0 && (method === 'GET' || method === 'DELETE');

function flat(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
