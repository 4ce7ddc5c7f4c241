/**
 * A CTI Server that can be made to say anything at any rate: the simulated contact center answers the session's requests,
 * and a load is put between its frames on the same socket. Requests of one type can be confirmed at once, so that the
 * simulated center is not what is measured.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { decode, encode, FrameReader, type MessageInit } from '../../src/ged188/index.js';
import { Simulator } from '../../src/simulator/index.js';
import type { Bench } from '../run/bench-case.js';
import { within } from '../run/waits.js';

/** Number of HOLD_CALL_REQ. */
const HOLD_CALL_REQ = 54;
const TYPE_OFFSET = 4;

export class CtiServerWithLoad {
  #client: Socket | undefined;
  /** Told of each session that connects. */
  onSession: () => void = () => {};
  /** Sessions there have been. */
  sessions = 0;
  readonly #connected: Promise<void>;
  #arrived: () => void = () => {};

  private constructor(
    private readonly server: Server,
    private readonly upstream: { host: string; port: number },
    private readonly version: number,
  ) {
    this.#connected = new Promise((resolve) => {
      this.#arrived = resolve;
    });
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(bench: Bench, version: number, agents = 20): Promise<CtiServerWithLoad> {
    const simulator = new Simulator({ agents, traffic: 'off' });
    const { host, portA } = await simulator.start();
    bench.after(() => simulator.stop());
    const server = createServer({ noDelay: true });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const started = new CtiServerWithLoad(server, { host, port: portA }, version);
    bench.after(() => started.#stop());
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves when a session has connected. */
  connected(): Promise<void> {
    return within('a session with the CTI Server', this.#connected);
  }

  /** Puts whole frames on the wire; resolves when the socket takes more. */
  async send(frames: Buffer): Promise<void> {
    const client = this.#client!;
    if (frames.length === 0 || client.write(frames)) return;
    await within('a client that reads', new Promise<void>((drained) => client.once('drain', () => drained())));
  }

  /** Cuts the line. */
  breakLink(): void {
    this.#client?.destroy();
  }

  #stop(): void {
    this.#client?.destroy();
    this.server.close();
  }

  #serve(client: Socket): void {
    const upstream = connect(this.upstream);
    // Only whole frames pass, so that the load never lands inside one.
    const down = new FrameReader({ onFrame: (frame) => void client.write(Buffer.from(frame)) });
    const up = new FrameReader({
      onFrame: (frame) => {
        if (frame.readUInt32BE(TYPE_OFFSET) === HOLD_CALL_REQ) this.#confirm(client, frame);
        else upstream.write(Buffer.from(frame));
      },
    });
    upstream.on('data', (chunk: Buffer) => down.push(chunk));
    client.on('data', (chunk: Buffer) => up.push(chunk));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    this.#client = client;
    this.sessions++;
    this.onSession();
    this.#arrived();
  }

  #confirm(client: Socket, frame: Buffer): void {
    const request = decode(frame, this.version) as { InvokeID?: number };
    const conf = { type: 'HOLD_CALL_CONF', InvokeID: request.InvokeID ?? 0 } as MessageInit;
    client.write(encode(conf, this.version));
  }
}
