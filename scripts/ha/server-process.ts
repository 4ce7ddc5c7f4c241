/** A `ctios-server` on NATS as a process of its own. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly log: Array<Record<string, unknown>> = [];
  readonly #waiting: Array<() => void> = [];
  #ready!: { listening: { url: string } };

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
    this.#ready = JSON.parse(line) as { listening: { url: string } };
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

  /** The first line of this kind in its log, now or later. */
  async logged(event: string): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.log.find((line) => line.event === event);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
