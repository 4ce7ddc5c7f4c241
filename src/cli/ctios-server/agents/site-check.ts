/**
 * The site's own check of agents' passwords, asked over HTTP: POST with `{"peripheralId": 5000, "agentId": "1001",
 * "password": "…"}`. 2xx: it is the agent; 401 or 403: it is not; anything else, or nothing in time: nobody knows.
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
import type { AgentCheck, AgentClaim } from '../../../server/index.js';
import { UsageError } from '../../usage-error.js';
import { isLoopback } from '../loopback.js';

/** Until an answer. Shorter than a client waits (15 s): it is to be told why. */
const ANSWER_MS = 5_000;
/** Connections to the site at a time. */
export const CONNECTIONS = 20;

export interface SiteCheckOptions {
  url: string;
  clock: Clock;
  /** Sent as `Authorization: Bearer …`. */
  token?: string;
  /** Authorities (PEM) that the site's certificate has to be signed by; absent: those that Node.js knows. */
  ca?: Buffer;
}

/** @throws UsageError for an address that may not be used */
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
        // What the answer holds is of no interest, but it has to be read for the connection to be used again.
        response.on('error', () => {}).resume();
        if (known === undefined) unknown(`answered ${response.statusCode}`);
        else resolve(known);
      });
      const overdue = clock.after(ANSWER_MS, () => {
        unknown(`did not answer within ${ANSWER_MS / 1000} s`);
        request.destroy();
      });
      request.on('error', (error) => {
        overdue.cancel();
        unknown(`cannot be asked: ${error.message}`);
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
