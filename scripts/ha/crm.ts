/** A receiver of pops: what a CRM sees. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PopReceiver {
  readonly #server: Server;
  #port = 0;
  /** Keys of pops by the number of the caller, once for each pop that was received. */
  readonly pops = new Map<string, string[]>();

  constructor() {
    this.#server = createServer((request, response) => {
      if (request.method === 'GET') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(this.#page());
        return;
      }
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        const { event, key, caller } = JSON.parse(body) as {
          event: string;
          key: string;
          caller?: { received?: string };
        };
        const from = caller?.received ?? '';
        if (event === 'pop') this.pops.set(from, [...(this.pops.get(from) ?? []), key]);
        response.end('{}');
      });
    });
  }

  /** @param port 0: one of the system's choice */
  async start(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return `${this.url}pop`;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** A page with the latest contacts. Numbers and keys are the simulator's, so nothing in them needs escaping. */
  #page(): string {
    const rows = [...this.pops]
      .slice(-30)
      .reverse()
      .map(([from, keys]) => {
        const times = keys.length === 1 ? 'once' : `${keys.length} times, the same contact`;
        return `<tr><td>${from}<td>${keys[0]}<td>${new Set(keys).size > 1 ? '<b>doubled</b>' : times}`;
      });
    const head =
      '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>CRM</title>';
    return `${head}<h1>${this.pops.size} contacts</h1><table><tr><th>caller<th>key<th>received${rows.join('')}</table></html>`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
