/**
 * The site's own check of agents' passwords over HTTP: POST with `{"peripheralId": 5000, "agentId": "1001", "password":
 * "…"}`. 2xx: accepted; 401 or 403: rejected; any other response, or none in time: the check failed.
 */
import {
  type Agent,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Clock } from '../../../common/clock.js';
import { explainHttps } from '../../../common/network/tls-errors.js';
import type { AgentCheck, AgentClaim } from '../../../server/index.js';
import { UsageError } from '../../usage-error.js';
import { isLoopback } from '../options/loopback.js';

/** Time limit for the response. Shorter than a client's timeout (15 s), so that the client receives the reason. */
const ANSWER_MS = 5_000;
/** The maximum number of concurrent connections to the site. */
export const CONNECTIONS = 20;

export interface SiteCheckOptions {
  url: string;
  clock: Clock;
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  /** Authorities (PEM) that must have signed the site's certificate; absent: those known to Node.js. */
  ca?: Buffer;
}

/** @throws UsageError for an address that is not allowed */
export function siteCheck({ url, clock, token, ca }: SiteCheckOptions): AgentCheck & { close(): void } {
  const address = addressOf(url);
  const secure = address.protocol === 'https:';
  const agent: Agent = secure
    ? new HttpsAgent({ keepAlive: true, maxSockets: CONNECTIONS, minVersion: 'TLSv1.2', ...(ca && { ca }) })
    : new HttpAgent({ keepAlive: true, maxSockets: CONNECTIONS });
  const options: RequestOptions = {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  };
  const check = ({ peripheralId, agentId, password }: AgentClaim): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const unknown = (why: string) => reject(new Error(`${address.host} ${why}`));
      const request = (secure ? requestHttps : requestHttp)(address, options, (response) => {
        overdue.cancel();
        const known = verdictOf(response);
        // The body is not used, but it must be read before the connection can be reused.
        response.on('error', () => {}).resume();
        if (known === undefined) unknown(`answered ${response.statusCode}`);
        else resolve(known);
      });
      const overdue = clock.after(ANSWER_MS, () => {
        unknown(`did not answer within ${ANSWER_MS / 1000} s`);
        request.destroy();
      });
      const explain = explainHttps(request, {}, address.host);
      request.on('error', (error) => {
        overdue.cancel();
        unknown(`cannot be asked: ${explain(error).message}`);
      });
      request.end(JSON.stringify({ peripheralId, agentId, password }));
    });
  return Object.assign(check, { close: () => agent.destroy() });
}

function verdictOf({ statusCode = 0 }: IncomingMessage): boolean | undefined {
  if (statusCode >= 200 && statusCode < 300) return true;
  return statusCode === 401 || statusCode === 403 ? false : undefined;
}

function addressOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError('--agent-check must be a URL, such as https://people.example.com/agents');
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('--agent-check: secrets do not belong in a URL; give the token in --agent-check-token-file');
  }
  const loopback = url.protocol === 'http:' && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !loopback) {
    throw new UsageError(
      '--agent-check must be an https: URL, because passwords are sent to it (http: is allowed on this machine only)',
    );
  }
  return url;
}
