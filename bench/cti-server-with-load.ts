/**
 * A CTI Server that can be made to say anything at any rate: the simulated contact center answers the session's requests,
 * and a load is put between its frames on the same socket.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { FrameReader } from '../src/ged188/index.js';
import { Simulator } from '../src/simulator/index.js';

export class CtiServerWithLoad {
  #client: Socket | undefined;
  readonly #connected: Promise<void>;
  #arrived: () => void = () => {};

  private constructor(
    private readonly simulator: Simulator,
    private readonly server: Server,
    private readonly upstream: { host: string; port: number },
  ) {
    this.#connected = new Promise((resolve) => {
      this.#arrived = resolve;
    });
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(): Promise<CtiServerWithLoad> {
    const simulator = new Simulator({ agents: 20, traffic: 'off' });
    const { host, portA } = await simulator.start();
    const server = createServer({ noDelay: true });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new CtiServerWithLoad(simulator, server, { host, port: portA });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves when a session has connected. */
  connected(): Promise<void> {
    return this.#connected;
  }

  /** Puts whole frames on the wire; resolves when the socket takes more. */
  send(frames: Buffer): Promise<void> {
    const client = this.#client!;
    return client.write(frames) ? Promise.resolve() : new Promise((drained) => client.once('drain', drained));
  }

  async stop(): Promise<void> {
    this.#client?.destroy();
    this.server.close();
    await this.simulator.stop();
  }

  #serve(client: Socket): void {
    const upstream = connect(this.upstream);
    // Only whole frames pass, so that the load never lands inside one.
    const reader = new FrameReader({ onFrame: (frame) => void client.write(Buffer.from(frame)) });
    upstream.on('data', (chunk: Buffer) => reader.push(chunk));
    client.on('data', (chunk) => upstream.write(chunk));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    this.#client = client;
    this.#arrived();
  }
}
