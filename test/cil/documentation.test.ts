import { equal, match } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { transformSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..', '..');
const CLI = join(ROOT, 'dist', 'src', 'cli');

/** A program and the lines that it prints. */
class Program {
  readonly #process: ChildProcess;
  readonly lines: string[] = [];
  #waiting: (() => void) | undefined;
  #ended: Promise<number | null>;

  constructor(file: string, args: string[], env: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(process.execPath, [file, ...args], {
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
    this.#ended = new Promise((resolve) => this.#process.once('exit', resolve));
  }

  /** The first line that fits; throws if the program ends without one. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      const more = new Promise<'more'>((resolve) => {
        this.#waiting = () => resolve('more');
      });
      if ((await Promise.race([more, this.#ended])) !== 'more') {
        throw new Error(`it ended without a line like ${pattern}:\n${this.lines.join('\n')}`);
      }
    }
  }

  async listening(): Promise<{ host: string; port: number; url?: string }> {
    return JSON.parse(await this.line(/"listening"/)).listening;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.#ended;
  }
}

describe('The program of docs/reference/cil.md', () => {
  const running: Program[] = [];
  let folder: string;
  const run = (...args: ConstructorParameters<typeof Program>) => {
    const program = new Program(...args);
    running.push(program);
    return program;
  };

  before(() => {
    // Inside the package, so that its own name leads to it as it would to a dependency.
    folder = mkdtempSync(join(ROOT, 'dist', 'docs-cil-'));
  });

  after(async () => {
    await Promise.all(running.map((program) => program.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('pops a customer of the simulated contact center, through the commands that the page names', async () => {
    const page = readFileSync(join(ROOT, 'docs', 'reference', 'cil.md'), 'utf8');
    const source = /<!-- program -->\n```ts\n([\s\S]*?)```/.exec(page)?.[1];
    equal(typeof source, 'string');
    equal(source!.trim().split('\n').length <= 24, true);
    const file = join(folder, 'pop.mjs');
    writeFileSync(file, transformSync(source!, { loader: 'ts', format: 'esm' }).code);

    const simulator = run(join(CLI, 'ctios-simulator.js'), ['--port', '0', '--traffic', 'steady']);
    const { host, port } = await simulator.listening();
    const server = run(join(CLI, 'ctios-server.js'), ['--cti-server', `${host}:${port}`, '--listen', '127.0.0.1:0']);
    const { url } = await server.listening();
    const program = run(file, [], { CTIOS_URL: url! });

    const line = await program.line(/^agent /);
    match(line, /^agent 10\d\d: (\d+|a withheld number), account /);
  });

  it('may be started before its server: it waits, and is not over', async () => {
    const file = join(folder, 'early.mjs');
    writeFileSync(
      file,
      `import { Session, webSocketConnector } from '@openctios/node-red-ctios/cil';
      const session = new Session({ connectors: [webSocketConnector(process.env.CTIOS_URL)], random: { next: () => 0.5 } });
      session.subscribe('ISessionEvents', ({ event }) => console.log(event, session.status.state));
      process.once('beforeExit', () => console.log('over in state', session.status.state));
      // Nothing but the session keeps this program alive.
      setTimeout(() => session.disconnect(), 300).unref();
      session.connect();
      `,
    );
    // A port that nobody listens at any more.
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    const program = run(file, [], { CTIOS_URL: `ws://127.0.0.1:${port}` });
    equal(await program.line(/over/), 'over in state disconnected');
    equal(program.lines[0], 'OnConnectionFailure waiting');
    equal(program.lines.includes('OnConnectionClosed disconnected'), true);
  });
});
