import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess } from '../../scripts/ha/child-process.js';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import { Simulator } from '../../src/simulator/index.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');

interface Started {
  child: ChildProcess;
  ready: { listening: { host: string; port: number; url: string }; health?: { host: string; port: number } };
  stderr: string[];
}

/** Starts it like a user. */
async function start(args: string[], env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' });
  const stderr: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}: ${stderr.join('')}`))),
  ]);
  return { child, ready: JSON.parse(first) as Started['ready'], stderr };
}

async function run(args: string[], input?: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'pipe' });
  if (input !== undefined) child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

describe('the command ctios-server', function () {
  this.timeout(60_000);
  let folder: string;
  let simulator: Simulator;
  let server: Started;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-server-'));
    simulator = new Simulator({
      agents: 3,
      traffic: 'off',
      credentials: { clientId: 'lab', clientPassword: 'swordfish' },
    });
    const { portA, portB } = await simulator.start();
    server = await start(
      [
        ...['--cti-server', `127.0.0.1:${portA},127.0.0.1:${portB}`, '--client-id', 'lab'],
        ...['--listen', '0', '--health', '0', '--allow-monitor-control', '--name', 'side-a'],
        ...['--audit-log', join(folder, 'audit.log')],
      ],
      { CTIOS_CLIENT_PASSWORD: 'swordfish', CTIOS_MONITOR_PASSWORD: '' },
    );
  });

  after(async () => {
    server.child.kill('SIGKILL');
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  it('prints its address in one line of JSON', () => {
    const { host, port, url } = server.ready.listening;
    assert.equal(host, '127.0.0.1');
    assert.equal(url, `ws://127.0.0.1:${port}`);
  });

  it('serves a Client Interface Library over the network', async () => {
    const session = new Session({ connectors: [webSocketConnector(server.ready.listening.url)] });
    const begun = new Promise<string | undefined>((resolve) =>
      session.subscribe('ICallEvents', (event) => {
        if (event.event === 'OnCallBegin') resolve(event.objectId);
      }),
    );
    const known = new Promise<void>((resolve) =>
      session.subscribe('IAgentEvents', (event) => {
        if (event.agent?.getValueString('AgentID') === '1003') resolve();
      }),
    );
    session.connect();
    await session.setMessageFilter('');
    await known;
    simulator.run('placeCall', { from: '2065550101', to: '8001' });
    const call = await begun;
    assert.match(call ?? '', /^call\.5000\./);
    await session.disconnect();
  });

  it('provides health and metrics', async () => {
    const { health } = server.ready;
    const base = `http://${health?.host}:${health?.port}`;
    const healthz = await fetch(`${base}/healthz`);
    assert.equal(healthz.status, 200);
    assert.equal(((await healthz.json()) as { online: boolean }).online, true);
    const metrics = await (await fetch(`${base}/metrics`)).text();
    assert.match(metrics, /^ctios_link_up\{side="A"\} 1$/m);
    assert.match(metrics, /^ctios_requests_total\{request="SetMessageFilter",outcome="confirmed"\} 1$/m);
    assert.match(metrics, /^ctios_events_total\{event="OnCallBegin"\} 1$/m);
    assert.equal((await fetch(`${base}/other`)).status, 404);
    assert.equal((await fetch(`${base}/metrics`, { method: 'POST' })).status, 405);
  });

  it('writes an audit log, and reveals no secrets', () => {
    const audit = readFileSync(join(folder, 'audit.log'), 'utf8');
    const entries = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; request?: string });
    assert.ok(entries.some((entry) => entry.what === 'request' && entry.request === 'SetMessageFilter'));
    assert.ok(!(audit + server.stderr.join('')).includes('swordfish'));
  });

  it('stops cleanly on SIGTERM', async () => {
    const session = new Session({ connectors: [webSocketConnector(server.ready.listening.url)] });
    session.connect();
    await session.setMessageFilter('');
    const told = new Promise<string | undefined>((resolve) =>
      session.onStatus((status) => {
        if (status.code !== undefined && status.state !== 'ready') resolve(status.code);
      }),
    );
    assert.equal((await endProcess(server.child, 'SIGTERM')).code, 0);
    assert.equal(await told, 'CTIOS_SERVER_STOPS');
    await session.disconnect();
    const log = server.stderr.join('').trim().split('\n');
    assert.equal((JSON.parse(log.at(-1)!) as { event: string }).event, 'stopped');
  });

  it("generates an agent's line for the password file, reading the password without echo", async () => {
    const made = await run(['--make-agent-password', '1001'], 'swordfish\n');
    assert.equal(made.code, 0);
    assert.match(made.stdout, /^1001:\$scrypt\$ln=14,r=8,p=5\$[\w+/]+\$[\w+/]+\n$/);
    assert.ok(!(made.stdout + made.stderr).includes('swordfish'));
    assert.equal((await run(['--make-agent-password', '1001'], '')).code, 2);
  });

  it('reads the passwords of agents again on SIGHUP', async () => {
    const file = join(folder, 'agents');
    writeFileSync(file, '');
    const hup = await start(['--cti-server', '127.0.0.1:1', '--listen', '0', '--agent-passwords', file]);
    try {
      writeFileSync(file, 'nonsense\n');
      hup.child.kill('SIGHUP');
      while (!hup.stderr.join('').includes('agents not read')) await once(hup.child.stderr!, 'data');
      assert.match(hup.stderr.join(''), /line 1 does not begin with an agent ID/);
    } finally {
      hup.child.kill('SIGKILL');
    }
  });

  it('prints its help, and errors in its command line', async () => {
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /--cti-server hostA:port/);
    assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+/);
    const wrong = await run(['--listen', '0']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /--cti-server is required/);
    const taken = await run(['--cti-server', '127.0.0.1:1', '--listen', String(simulator.listening.portA)]);
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /EADDRINUSE/);
  });
});

describe('ctios-server with a CTI Server that it cannot use', function () {
  this.timeout(60_000);
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await endProcess(child, 'SIGTERM');
  });

  /** The first line of its log that reports the link, and the process. */
  async function linkLine(args: string[], env: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const child = spawn(process.execPath, [COMMAND, ...args, '--listen', '0'], {
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stderr })) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      if (String(entry.event).startsWith('link')) return entry;
    }
    throw new Error('it said nothing of the link');
  }

  it('logs the reason: the host, the port, the password', async () => {
    const host = await linkLine(['--cti-server', 'no-such-host.invalid:42027']);
    assert.deepEqual([host.event, host.level, host.code], ['link down', 'warn', 'CTIOS_CONNECT_FAILED']);
    assert.match(String(host.reason), /no-such-host\.invalid/);

    const simulator = new Simulator({
      agents: 1,
      traffic: 'off',
      credentials: { clientId: 'lab', clientPassword: 'right' },
    });
    const { portA } = await simulator.start();
    try {
      const password = await linkLine(['--cti-server', `127.0.0.1:${portA}`, '--client-id', 'lab'], {
        CTIOS_CLIENT_PASSWORD: 'wrong',
      });
      assert.deepEqual(
        [password.event, password.level, password.code],
        ['link refused', 'error', 'E_CTI_INVALID_PASSWORD'],
      );
      assert.ok(!JSON.stringify(password).includes('wrong'));
    } finally {
      await simulator.stop();
    }
    const port = await linkLine(['--cti-server', `127.0.0.1:${portA}`]);
    assert.match(String(port.reason), /refused the connection.*ECONNREFUSED/);
  });

  it('exits with code 3 if it is configured to exit on a refusal', async () => {
    const simulator = new Simulator({
      agents: 1,
      traffic: 'off',
      credentials: { clientId: 'lab', clientPassword: 'right' },
    });
    const { portA } = await simulator.start();
    try {
      const refused = [
        '--cti-server',
        `127.0.0.1:${portA}`,
        '--client-id',
        'lab',
        '--listen',
        '0',
        '--exit-on-refusal',
      ];
      assert.equal((await run(refused)).code, 3);
    } finally {
      await simulator.stop();
    }
  });

  it('continues when the reader of its log ends', async () => {
    const simulator = new Simulator({ agents: 1, traffic: 'off' });
    const { portA } = await simulator.start();
    try {
      const { child, ready } = await start(['--cti-server', `127.0.0.1:${portA}`, '--listen', '0', '--health', '0']);
      children.push(child);
      child.stderr!.destroy();
      child.stdout!.destroy();
      // Each of these is logged to a pipe that no process reads any more.
      for (let n = 0; n < 3; n++) {
        const session = new Session({ connectors: [webSocketConnector(ready.listening.url)], client: `reader ${n}` });
        session.connect();
        await session.setMessageFilter('');
        await session.disconnect();
      }
      const health = await fetch(`http://127.0.0.1:${ready.health!.port}/healthz`);
      assert.equal(health.status, 200);
    } finally {
      await simulator.stop();
    }
  });
});
