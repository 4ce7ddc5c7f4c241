/** One HTTP request, with limits: what a delivery and the request for a token need of the network. */
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole of it, the answer included. */
  readonly timeoutMs: number;
  readonly tls?: SecureContextOptions & { readonly rejectUnauthorized?: boolean; readonly servername?: string };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most {@link MAX_ANSWER_BYTES} of it. */
  readonly body: string;
}

/** Rejects with an error of the network. Aborting the signal ends it. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

/** More of an answer is not read: a log wants an id, not a document. */
export const MAX_ANSWER_BYTES = 1_048_576;

export const nodeHttp: Http = ({ url, method, headers, body, timeoutMs, tls }, signal) =>
  new Promise((resolve, reject) => {
    const target = new URL(url);
    const bytes = Buffer.from(body, 'utf8');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const failed = (error: Error): void => {
      const timedOut = limit.aborted && !signal.aborted;
      reject(timedOut ? new Error(`No answer within ${timeoutMs / 1000} s.`) : error);
    };
    const request = (target.protocol === 'https:' ? tlsRequest : plainRequest)(
      target,
      {
        method,
        headers: { ...headers, ...(hasNoBody(method, bytes) ? {} : { 'content-length': String(bytes.length) }) },
        signal: limit,
        ...tls,
      },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        const end = (): void => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: flat(answer.headers),
            body: Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8'),
          });
        };
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size <= MAX_ANSWER_BYTES) return;
          end();
          answer.destroy();
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
