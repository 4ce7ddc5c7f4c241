/** One HTTP request with limits, used for deliveries and for token requests. */
import { Agent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { systemClock } from '../common/clock.js';

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Covers the whole exchange, including the response. */
  readonly timeoutMs: number;
  readonly tls?: SecureContextOptions & { readonly rejectUnauthorized?: boolean; readonly servername?: string };
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

export const nodeHttp: Http = ({ url, method, headers, body, timeoutMs, tls }, signal) =>
  new Promise((resolve, reject) => {
    const target = new URL(url);
    const bytes = Buffer.from(body, 'utf8');
    const late = new AbortController();
    const timer = systemClock.after(timeoutMs, () => late.abort());
    const limit = AbortSignal.any([signal, late.signal]);
    const failed = (error: Error): void => {
      timer.cancel();
      const timedOut = limit.aborted && !signal.aborted;
      reject(timedOut ? new Error(`No answer within ${timeoutMs / 1000} s.`) : error);
    };
    const secure = target.protocol === 'https:';
    const request = (secure ? tlsRequest : plainRequest)(
      target,
      {
        method,
        agent: agents[secure ? 'https:' : 'http:'],
        headers: { ...headers, ...(hasNoBody(method, bytes) ? {} : { 'content-length': String(bytes.length) }) },
        signal: limit,
        ...tls,
      },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        const end = (): void => {
          timer.cancel();
          const { statusCode: status = 0, headers: received } = answer;
          if (status < 300 && !request.writableFinished) {
            failed(new Error(`The receiver answered ${status} before it was sent the whole request.`));
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
        answer.on('error', failed);
        answer.on('close', () => failed(new Error('The connection was closed before the answer was complete.')));
      },
    );
    request.on('error', failed);
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
