import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { endProcess } from '../../scripts/ha/child-process.js';
import { readCaptureFile } from '../../src/recording/index.js';
import { Simulator } from '../../src/simulator/index.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');

describe('ctios-server --record', function () {
  this.timeout(60_000);
  let folder: string;
  let simulator: Simulator;
  let child: ChildProcess;
  let log = '';

  /** Starts a server, and waits until its link is up. */
  async function start(...args: string[]): Promise<void> {
    const { portA } = simulator.listening;
    log = '';
    child = spawn(
      process.execPath,
      [COMMAND, '--cti-server', `127.0.0.1:${portA}`, '--client-id', 'lab', '--listen', '0', ...args],
      { env: { ...process.env, CTIOS_CLIENT_PASSWORD: 'swordfish' }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (log += text));
    await logged('link up');
  }

  async function logged(event: string): Promise<void> {
    while (!log.includes(`"${event}"`)) await once(child.stderr!, 'data');
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-record-'));
    const credentials = { clientId: 'lab', clientPassword: 'swordfish' };
    simulator = new Simulator({ agents: 2, traffic: 'off', credentials });
    await simulator.start();
  });

  afterEach(async () => {
    child.kill('SIGKILL');
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  it('writes the file on SIGUSR2 and at exit, without passwords, redacted, readable only by its user', async () => {
    const file = join(folder, 'link.pcapng');
    await start('--record', file);
    child.kill('SIGUSR2');
    await logged('recording saved');
    const { sessions, redacted } = readCaptureFile(readFileSync(file));
    assert.equal(redacted, true);
    assert.ok(sessions[0]!.frames.length > 2);
    assert.ok(!readFileSync(file).includes('swordfish'));
    assert.ok(!readFileSync(file).includes('lab'));
    assert.equal(statSync(file).mode & 0o077, 0);
    await endProcess(child, 'SIGTERM');
    assert.equal(readCaptureFile(readFileSync(file)).sessions[0]!.end, 'closed by client');
    assert.ok(existsSync(`${file}.1`), 'the file of before is kept beside it');
  });

  it('writes a support bundle on SIGUSR2, without addresses, passwords and client IDs', async () => {
    const file = join(folder, 'support.tar.gz');
    await start('--record', join(folder, 'link.pcapng'), '--support-bundle', file);
    child.kill('SIGUSR2');
    await logged('support bundle saved');
    const archive = gunzipSync(readFileSync(file));
    for (const name of ['versions.json', 'settings.json', 'status.json', 'log.txt', 'recording.pcapng'])
      assert.ok(archive.includes(`ctios-support/${name}`), name);
    assert.ok(archive.includes('link up'), 'the log is there');
    assert.ok(archive.includes('"online": true'), 'the status is there');
    for (const secret of ['swordfish', '127.0.0.1', '"lab"']) assert.ok(!archive.includes(secret), secret);
    assert.equal(statSync(file).mode & 0o077, 0);
  });

  it('writes personal data if this is requested', async () => {
    const file = join(folder, 'link.pcapng');
    await start('--record', file, '--record-personal-data');
    await endProcess(child, 'SIGTERM');
    const bytes = readFileSync(file);
    assert.ok(bytes.includes('lab'));
    assert.ok(!bytes.includes('swordfish'));
  });

  it('writes the traffic before a fault, with on-fault', async () => {
    const file = join(folder, 'link.pcapng');
    await start('--record', file, '--record-mode', 'on-fault');
    assert.ok(!existsSync(file));
    simulator.run('breakLink', {});
    await logged('recording saved');
    assert.match(log, /"about":"connection lost"/);
    assert.ok(readCaptureFile(readFileSync(file)).sessions[0]!.frames.length > 2);
  });
});
