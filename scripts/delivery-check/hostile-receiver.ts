/** An unreliable receiver: late, busy, failing, and sometimes it accepts a delivery but loses the response. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../../src/common/random.js';

export interface CheckedPayload {
  readonly key: string;
  readonly journey: string;
  readonly n: number;
}

const MAX_LATE_MS = 150;

export class HostileReceiver {
  /** What was recorded, by idempotency key, in the order of arrival. */
  readonly records = new Map<string, CheckedPayload>();
  #server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => this.#receive(String(request.headers['idempotency-key']), body, response));
  });

  constructor(private readonly random: Random) {}

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The same contact under two keys: two records in a CRM. */
  get doubled(): number {
    const contacts = [...this.records.values()].map(({ journey, n }) => `${journey} ${n}`);
    return contacts.length - new Set(contacts).size;
  }

  get outOfOrder(): number {
    const last = new Map<string, number>();
    let wrong = 0;
    for (const { journey, n } of this.records.values()) {
      if (n < (last.get(journey) ?? -1)) wrong++;
      last.set(journey, n);
    }
    return wrong;
  }

  #receive(key: string, body: string, response: ServerResponse): void {
    const payload = JSON.parse(body) as CheckedPayload;
    const dice = this.random.next();
    // One in fifty is never accepted by this receiver.
    if (isRefused(payload)) response.writeHead(422).end();
    else if (dice < 0.08) response.writeHead(429, { 'retry-after': '1' }).end();
    else if (dice < 0.2) response.writeHead(500).end();
    else if (dice < 0.25) response.destroy();
    else {
      const late = this.random.next() * MAX_LATE_MS;
      if (!this.records.has(key)) this.records.set(key, payload);
      setTimeout(() => (dice < 0.35 ? response.destroy() : response.end('{"ok":true}')), late);
    }
  }
}

export const isRefused = ({ n }: Pick<CheckedPayload, 'n'>): boolean => n % 50 === 49;
