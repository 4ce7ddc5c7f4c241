/**
 * A relay between a client and a CTI Server on real sockets with network effects: it splits, coalesces and throttles
 * data, which delays it; on command it corrupts, drops, silences and refuses.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** How bytes are passed on. */
export type Passing = 'as they come' | 'one by one' | 'together' | 'slowly';

const PAUSE_MS = 5;
const SLOW_BYTES = 40;

export class Relay {
  passing: Passing = 'as they come';
  /** The number of connections still to be refused. */
  refusals = 0;
  readonly #server: Server;
  readonly #pairs = new Set<{ client: Socket; server: Socket; silent: boolean; corrupt: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(private readonly target: { host: string; port: number }) {
    this.#server = createServer((client) => this.#accept(client));
  }

  async listen(): Promise<{ host: string; port: number }> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    // Not reset: the client has said goodbye, and resetting a half-closed socket keeps its handle open forever.
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Resets both ends. */
  drop(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Keeps both ends open, but passes nothing on. */
  silence(): void {
    for (const pair of this.#pairs) pair.silent = true;
  }

  /** Changes the next bytes to the client. */
  corrupt(): void {
    for (const pair of this.#pairs) pair.corrupt = true;
  }

  #accept(client: Socket): void {
    if (this.refusals > 0) {
      this.refusals--;
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target);
    const pair = { client, server, silent: false, corrupt: false };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    this.#forward(client, server, () => pair.silent);
    this.#forward(
      server,
      client,
      () => pair.silent,
      (bytes) => {
        if (!pair.corrupt) return bytes;
        pair.corrupt = false;
        return Buffer.alloc(bytes.length, 0xa5);
      },
    );
  }

  #forward(from: Socket, to: Socket, silent: () => boolean, change = (bytes: Buffer) => bytes): void {
    let queue = Buffer.alloc(0);
    let waiting = false;
    const write = (bytes: Buffer) => {
      if (!silent() && !to.destroyed) to.write(bytes);
    };
    const later = (run: () => void) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        run();
      }, PAUSE_MS);
      this.#timers.add(timer);
    };
    // Sends all waiting data in order, in the current way of passing.
    const drain = () => {
      const portion = this.passing === 'slowly' ? queue.subarray(0, SLOW_BYTES) : queue;
      queue = queue.subarray(portion.length);
      write(portion);
      if (queue.length > 0) later(drain);
      else waiting = false;
    };
    from.on('data', (chunk: Buffer) => {
      const bytes = change(chunk);
      if (waiting || this.passing === 'together' || this.passing === 'slowly') {
        queue = Buffer.concat([queue, bytes]);
        if (waiting) return;
        waiting = true;
        later(drain);
      } else if (this.passing === 'one by one') for (const byte of bytes) write(Buffer.of(byte));
      else write(bytes);
    });
  }
}
