/** A `ctios-server` on NATS as a separate process. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess, isRunning } from './child-process.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');

/** The line that it prints when it listens. */
interface Ready {
  readonly listening: { readonly url: string };
  readonly health?: { readonly port: number };
}

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly log: Array<Record<string, unknown>> = [];
  readonly #waiting: Array<() => void> = [];
  #ready!: Ready;

  constructor(
    readonly name: string,
    ctiServerPort: number,
    nats: string,
    more: readonly string[] = [],
  ) {
    const args = [COMMAND, '--cti-server', `127.0.0.1:${ctiServerPort}`, '--client-id', name, '--name', name];
    this.#child = spawn(process.execPath, [...args, '--listen', '0', '--nats', nats, ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: this.#child.stderr! }).on('line', (line) => {
      this.log.push(line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : { event: line });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async started(): Promise<this> {
    const [line] = (await Promise.race([
      once(createInterface({ input: this.#child.stdout! }), 'line'),
      once(this.#child, 'exit').then(() => assert.fail(JSON.stringify(this.log))),
    ])) as [string];
    this.#ready = JSON.parse(line) as Ready;
    return this;
  }

  /** WebSocket URL for clients. */
  get url(): string {
    return this.#ready.listening.url;
  }

  /** Whether it leads, by its own log. */
  get leads(): boolean {
    return (
      this.log.findLast(({ event }) => event === 'stream leader' || event === 'not stream leader')?.event ===
      'stream leader'
    );
  }

  get running(): boolean {
    return isRunning(this.#child);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Its health; it was started with `--health`. */
  async health(): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.#ready.health!.port}/healthz`);
    return (await response.json()) as Record<string, unknown>;
  }

  /** Its metrics, as text. */
  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.#ready.health!.port}/metrics`)).text();
  }

  /** The first line of this kind in its log, now or later. */
  async logged(
    event: string,
    matches: (line: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.log.find((line) => line.event === event && matches(line));
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it. Settles when it has ended. */
  async end(signal: NodeJS.Signals): Promise<void> {
    await endProcess(this.#child, signal);
  }
}
