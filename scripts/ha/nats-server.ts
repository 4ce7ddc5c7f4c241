/** A nats-server with JetStream, as a separate process on loopback and in its own folder. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess, isRunning } from './child-process.js';
import { lastingPort } from './lasting-port.js';

/** Debian puts it where only root looks. */
const PATH = `${process.env.PATH}:/usr/sbin`;
export const hasNatsServer = spawnSync('nats-server', ['--version'], { env: { ...process.env, PATH } }).status === 0;

export class NatsServer {
  #child: ChildProcess | undefined;
  #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ctios-nats-'));

  /**
   * @param config lines of its configuration file beyond port and storage
   * @param port its own; 0: one that stays free while it is stopped
   */
  constructor(
    private readonly config = '',
    port = 0,
  ) {
    this.#port = port;
  }

  get running(): boolean {
    return isRunning(this.#child);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** A restarted server has the same port and the same stored data. */
  async start(): Promise<this> {
    this.#port ||= await lastingPort();
    const file = join(this.#folder, 'nats.conf');
    writeFileSync(
      file,
      `listen: "127.0.0.1:${this.#port}"\njetstream { store_dir: "${join(this.#folder, 'store')}" }\n${this.config}\n`,
    );
    const child = spawn('nats-server', ['-c', file], {
      env: { ...process.env, PATH },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(lines.join('\n'))));
      createInterface({ input: child.stderr! }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Server is ready')) resolve();
      });
    });
    return this;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child !== undefined) await endProcess(child, signal);
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
