/** Stores in temporary directories, and a receiver on a real socket whose behavior a test defines. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewDelivery, RetrySettings, SqliteFileOptions } from '../../src/delivery/index.js';
import { parseStatusRanges, SqliteStore } from '../../src/delivery/index.js';

const directories: string[] = [];

export function storePath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ctios-deliveries-'));
  directories.push(directory);
  return join(directory, 'deliveries.sqlite');
}

after(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export function openStore(options: Partial<SqliteFileOptions> = {}): SqliteStore {
  return new SqliteStore({ path: storePath(), now: () => 1_750_000_000_000, report: () => {}, ...options });
}

export const delivery = (changes: Partial<NewDelivery> = {}): NewDelivery => ({
  queue: 'q1',
  key: 'key-1',
  order: 'journey-1',
  url: 'http://127.0.0.1:9/',
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"a":1}',
  message: '{"payload":{"a":1}}',
  ...changes,
});

export const retrySettings: RetrySettings = {
  firstDelayMs: 1_000,
  maxDelayMs: 60_000,
  maxAgeMs: 3_600_000,
  success: parseStatusRanges('200-299'),
  retry: parseStatusRanges('408,425,429,500-599'),
};

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Behavior = (request: ReceivedRequest, response: ServerResponse) => void;

export class Receiver {
  readonly requests: ReceivedRequest[] = [];
  behavior: Behavior = (_, response) => void response.end('{"id":"r1"}');

  private constructor(private readonly server: Server) {}

  static async start(behavior?: Behavior): Promise<Receiver> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
        receiver.requests.push(received);
        receiver.behavior(received, response);
      });
    });
    const receiver = new Receiver(server);
    if (behavior !== undefined) receiver.behavior = behavior;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
