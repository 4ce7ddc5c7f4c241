/**
 * A `ctios-server` as a separate process with little memory, connected to a simulated contact center; and clients that
 * send anything.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { endProcess } from '../../scripts/ha/child-process.js';
import type { ServerMessage } from '../../src/ctios/transport.js';
import { Simulator } from '../../src/simulator/index.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');
/** So little that unbounded memory usage is detected. */
const HEAP_MIB = 96;

export class ServerProcess {
  readonly log: string[] = [];
  exitCode: number | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly simulator: Simulator,
    readonly url: string,
    private readonly health: string,
  ) {}

  static async start(args: readonly string[] = [], agents = 3): Promise<ServerProcess> {
    const simulator = new Simulator({ agents, traffic: 'off' });
    const { portA } = await simulator.start();
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MIB}`,
        COMMAND,
        ...['--cti-server', `127.0.0.1:${portA}`, '--client-id', 'lab', '--listen', '0', '--health', '0', ...args],
      ],
      { env: { ...process.env, CTIOS_MONITOR_PASSWORD: '' }, stdio: 'pipe' },
    );
    const early: string[] = [];
    let keep = (line: string): void => void early.push(line);
    createInterface({ input: child.stderr }).on('line', (line) => keep(line));
    const [first] = (await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}: ${early.join('\n')}`))),
    ])) as [string];
    const { listening, health } = JSON.parse(first) as { listening: { url: string }; health: { port: number } };
    const server = new ServerProcess(child, simulator, listening.url, `http://127.0.0.1:${health.port}`);
    server.log.push(...early);
    keep = (line) => void server.log.push(line);
    child.once('exit', (code, signal) => {
      server.exitCode = code ?? -1;
      if (signal !== 'SIGKILL') server.log.push(`exit ${code} ${signal}`);
    });
    return server;
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.health}/metrics`)).text();
  }

  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
    await this.simulator.stop();
  }
}

/** Sends anything, and records the messages it receives. */
export class AnyClient {
  readonly messages: ServerMessage[] = [];
  readonly closed: Promise<number>;
  #wake = (): void => {};

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as ServerMessage);
      this.#wake();
    });
    socket.on('error', () => {});
    this.closed = new Promise((done) => {
      socket.once('close', (code) => {
        done(code);
        this.#wake();
      });
    });
  }

  static async open(url: string): Promise<AnyClient> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    return new AnyClient(socket);
  }

  static async greeted(url: string, name = 'hostile'): Promise<AnyClient> {
    const client = await AnyClient.open(url);
    client.say({ kind: 'hello', version: 1, client: name });
    await client.until(({ kind }) => kind === 'welcome');
    return client;
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  request(id: number, request: string, args: object = {}, target?: string): void {
    this.say({ kind: 'request', id, request, args, answerMs: 5_000, ...(target === undefined ? {} : { target }) });
  }

  /** Rejects if the connection ends first. */
  async until(holds: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.messages.find(holds);
      if (found !== undefined) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('the connection was closed');
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }

  end(): void {
    this.socket.terminate();
  }
}
