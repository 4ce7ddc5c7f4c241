import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './code-blocks.js';

/** A running program, and the lines of its output. */
export class Program {
  readonly #process: ChildProcess;
  readonly lines: string[] = [];
  #waiting: (() => void) | undefined;
  readonly #ended: Promise<number | null>;

  constructor(file: string, args: string[], env: NodeJS.ProcessEnv = {}, command = process.execPath) {
    this.#process = spawn(command, [file, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        this.#waiting?.();
      });
    }
    this.#ended = new Promise((resolve) => this.#process.once('close', resolve));
  }

  /** The first line that matches; throws if the program ends without one. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      const more = new Promise<'more'>((resolve) => {
        this.#waiting = () => resolve('more');
      });
      if ((await Promise.race([more, this.#ended])) !== 'more' && !this.lines.some((line) => pattern.test(line))) {
        throw new Error(`it ended without a line like ${pattern}:\n${this.lines.join('\n')}`);
      }
    }
  }

  /** The output of a command when it is ready. */
  async ready<T>(): Promise<T> {
    return JSON.parse(await this.line(/"listening"/)) as T;
  }

  async listening(): Promise<{ host: string; port: number; portB?: number; url?: string }> {
    return (await this.ready<{ listening: { host: string; port: number } }>()).listening;
  }

  /** Its exit code, after it has ended on its own. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.#ended;
  }
}
