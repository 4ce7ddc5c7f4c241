/** A receiver of pops: what a CRM sees. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PopReceiver {
  readonly #server: Server;
  /** Keys of pops by the number of the caller, each as often as it came. */
  readonly pops = new Map<string, string[]>();

  constructor() {
    this.#server = createServer((request, response) => {
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

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/pop`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
