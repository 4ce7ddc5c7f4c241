import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCommandLine, simulatorOptions } from '../../src/cli/ctios-simulator/options.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-simulator.js');

describe('ctios-simulator', function () {
  this.timeout(60_000);
  const running: ChildProcess[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'ctios-simulator-'));

  after(() => {
    for (const each of running) each.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs it to its end. */
  async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [COMMAND, ...args]);
    running.push(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      err += text;
    });
    const [code] = await once(child, 'close');
    return { code, out, err };
  }

  it('prints one line of JSON when it is ready, serves clients, and exits on SIGINT', async () => {
    const child = spawn(process.execPath, [COMMAND, '--port', '0', '--agents', '3', '--traffic', 'off']);
    running.push(child);
    let out = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (text) => {
        out += text;
        if (out.includes('\n')) resolve();
      });
    });
    await ready;
    const { listening } = JSON.parse(out);
    equal(listening.host, '127.0.0.1');
    for (const port of [listening.port, listening.portB]) {
      const socket = connect(port, listening.host);
      await once(socket, 'connect');
      socket.destroy();
    }
    child.kill('SIGINT');
    deepStrictEqual(await once(child, 'close'), [0, null]);
    equal(out.trim().split('\n').length, 1);
  });

  it('uses the port next to side A for side B, and the default port with the default', () => {
    const ports = (...args: string[]) => simulatorOptions(readCommandLine(args)).listen;
    deepStrictEqual(ports(), { host: undefined, portA: 42027, portB: 43027 });
    deepStrictEqual(ports('--port', '42027'), { host: undefined, portA: 42027, portB: 43027 });
    deepStrictEqual(ports('--port', '50000'), { host: undefined, portA: 50000, portB: 50001 });
    deepStrictEqual(ports('--port', '0'), { host: undefined, portA: 0, portB: 0 });
    deepStrictEqual(ports('--port', '50000', '--port-b', '0'), { host: undefined, portA: 50000, portB: 0 });
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../../package.json'), 'utf8'));
    for (const option of ['--version', '-v'])
      deepStrictEqual(await run(option), { code: 0, out: `${version}\n`, err: '' });
  });

  it('exits silently when the reader of its output disconnects', async () => {
    const child = spawn(process.execPath, [COMMAND, '--list-commands']);
    running.push(child);
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    deepStrictEqual([await once(child, 'close'), err], [[0, null], '']);
  });

  it('prints its help', async () => {
    const help = await run('--help');
    equal(help.code, 0);
    for (const word of [
      '--port',
      '--agents',
      '--seed',
      '--traffic',
      '--scenario',
      '--strict',
      'failover-in-transfer',
    ]) {
      ok(help.out.includes(word), word);
    }
    match((await run('--list-commands')).out, /placeCall: A caller calls the contact center/);
    equal(JSON.parse((await run('--scenario-schema')).out).title, 'A scenario of the simulated contact center');
  });

  const wrong: [string[], RegExp][] = [
    [['--port', 'abc'], /--port must be a number from 0 to 65535/],
    [['--agents', '0'], /--agents must be a number from 1 to 24000/],
    [['--traffic', 'wild'], /--traffic must be one of off, gentle, steady, waves, rush/],
    [['--scenario', 'nope'], /neither a shipped scenario nor a readable JSON file/],
    [['--tls-key', 'x'], /--tls-key and --tls-cert belong together/],
    [['--tls-key', '/nowhere', '--tls-cert', '/nowhere'], /\/nowhere cannot be read/],
    [['--port', '65535'], /--port 65535 leaves no port for side B; use --port-b/],
    [['--wat'], /there is no option --wat\n/],
    [['--sceanrio', 'x'], /there is no option --sceanrio; did you mean --scenario\?/],
    [['status'], /"status" is not an option/],
    [['--port'], /'--port <value>' argument missing/],
  ];
  for (const [args, message] of wrong) {
    it(`reports the error in ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(...args);
      equal(code, 2);
      equal(out, '');
      match(err, message);
      match(err, /Run `ctios-simulator --help` for the list of options\.\n$/);
      ok(!err.includes('    at '), 'no stack for a mistake of the user');
    });
  }

  it("lists all errors in a user's scenario", async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(file, JSON.stringify({ name: 'mine', title: 'Mine', steps: [{ do: 'plaecCall' }, { until: {} }] }));
    const { code, err } = await run('--port', '0', '--scenario', file);
    equal(code, 2);
    match(err, /steps\[0\]: there is no command "plaecCall"; did you mean "placeCall"/);
    match(err, /steps\[1\]\.until: names an agent or a call/);
  });

  it("runs a user's scenario, and reports the result", async () => {
    const file = join(folder, 'good.json');
    writeFileSync(
      file,
      JSON.stringify({ name: 'good', title: 'Good', steps: [{ do: 'loginAgent', with: { agent: '1001' } }] }),
    );
    const child = spawn(process.execPath, [COMMAND, '--port', '0', '--scenario', file]);
    running.push(child);
    const [text] = await once(child.stderr, 'data');
    equal(String(text), 'scenario good: done\n');
    child.kill('SIGTERM');
    deepStrictEqual(await once(child, 'close'), [0, null]);
  });
});
