import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess } from '../../scripts/ha/child-process.js';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import { Simulator } from '../../src/simulator/index.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-server.js');
const TLS = resolve(__dirname, '../../../test/fixtures/tls');
const SECRET = 'known to both, and to nobody else';

interface Ready {
  listening: { url: string };
  health: { port: number };
  peers: { url: string; port: number };
}

/** A running command, and the lines of its log. */
class Command {
  readonly child: ChildProcess;
  readonly log: Array<Record<string, unknown>> = [];
  readonly #waiting: Array<() => void> = [];
  ready!: Ready;

  constructor(args: string[], secret: string) {
    this.child = spawn(process.execPath, [COMMAND, ...args], {
      env: { ...process.env, CTIOS_PEER_SECRET: secret },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: this.child.stderr! }).on('line', (line) => {
      this.log.push(line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : { event: line });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async started(): Promise<this> {
    const [line] = (await Promise.race([
      once(createInterface({ input: this.child.stdout! }), 'line'),
      once(this.child, 'exit').then(() => assert.fail(JSON.stringify(this.log))),
    ])) as [string];
    this.ready = JSON.parse(line) as Ready;
    return this;
  }

  async logged(event: string): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.log.find((line) => line.event === event);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  async get(path: string): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.ready.health.port}${path}`)).text();
  }
}

describe('a pair of ctios-server commands', function () {
  this.timeout(60_000);
  let folder: string;
  let simulator: Simulator;
  const commands: Command[] = [];
  const sessions: Session[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-peers-'));
    simulator = new Simulator({ agents: 3, traffic: 'off', automatic: false });
    await simulator.start();
    for (const agent of ['1001', '90001']) simulator.run('loginAgent', { agent });
  });

  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.disconnect();
    for (const { child } of commands.splice(0)) child.kill('SIGKILL');
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  function command(name: string, more: string[], secret = SECRET): Command {
    const { portA, portB } = simulator.listening;
    const started = new Command(
      [
        ...['--cti-server', `127.0.0.1:${portA},127.0.0.1:${portB}`, '--client-id', name, '--name', name],
        ...['--listen', '0', '--health', '0', '--peer-listen', '0', '--audit-log', join(folder, `${name}.log`)],
        ...more,
      ],
      secret,
    );
    commands.push(started);
    return started;
  }

  const online = async (server: Command) => {
    while ((JSON.parse(await server.get('/healthz')) as { online: boolean }).online !== true)
      await server.logged('system status');
  };

  async function desktop(server: Command, AgentID: string, AgentInstrument: string): Promise<Session> {
    const session = new Session({ connectors: [webSocketConnector(server.ready.listening.url)] });
    sessions.push(session);
    session.connect();
    await session.setAgent({ AgentID, PeripheralID: 5000, AgentInstrument });
    return session;
  }

  it('pass on a chat message, and report it in audit, health and metrics without its text', async () => {
    const b = await command('side-b', []).started();
    const level = ['--agent-chat-level', 'disabled'];
    const a = await command('side-a', ['--peer', b.ready.peers.url, ...level]).started();
    await a.logged('peer linked');
    await b.logged('peer linked');
    await Promise.all([online(a), online(b)]);
    const from = await desktop(a, '90001', '95001');
    const to = await desktop(b, '1001', '2001');
    const heard = new Promise<unknown>((hear) =>
      to.subscribe('IAgentEvents', ({ event, args }) => {
        if (event === 'OnChatMessage') hear(args.Message);
      }),
    );
    await from.request('SendChatMessage', { args: { Distribution: 'agent', Target: '1001', Message: 'walnut' } });
    assert.equal(await heard, 'walnut');
    const agent = await desktop(a, '1001', '2001');
    const back = agent.request('SendChatMessage', { args: { Distribution: 'agent', Target: '90001', Message: 'nut' } });
    await assert.rejects(back, { code: 'CTIOS_NOT_ALLOWED' });

    const { peers } = JSON.parse(await a.get('/healthz')) as { peers: unknown };
    assert.deepEqual(peers, [{ peer: `${b.ready.peers.url}/`, linked: true }]);
    const metrics = await a.get('/metrics');
    assert.match(metrics, /^ctios_peer_up\{peer="ws:.*"\} 1$/m);
    assert.match(metrics, /^ctios_peer_asks_total\{ask="DeliverChat",outcome="answered"\} 1$/m);
    assert.match(await b.get('/metrics'), /^ctios_peer_asked_total\{ask="DeliverChat",outcome="answered"\} 1$/m);

    for (const server of [a, b]) {
      assert.equal((await endProcess(server.child, 'SIGTERM')).code, 0);
    }
    const audit = readFileSync(join(folder, 'side-b.log'), 'utf8');
    const entries = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const asked = entries.find(({ what }) => what === 'asked by peer');
    assert.deepEqual(
      [asked?.client, asked?.request, asked?.objectId, asked?.outcome],
      ['side-a', 'DeliverChat', 'agent.5000.1001', 'confirmed'],
    );
    const written = audit + readFileSync(join(folder, 'side-a.log'), 'utf8') + JSON.stringify([a.log, b.log]);
    assert.ok(!written.includes('walnut') && !written.includes(SECRET));
  });

  it('link over TLS, and do not connect to a peer whose certificate is not trusted', async () => {
    const tls = ['--tls-cert', join(TLS, 'good.crt'), '--tls-key', join(TLS, 'good.key')];
    const b = await command('side-b', tls).started();
    assert.match(b.ready.peers.url, /^wss:/);
    const a = command('side-a', ['--peer', b.ready.peers.url, '--peer-ca', join(TLS, 'authority.crt')]);
    await a.logged('peer linked');
    const trusting = command('side-c', ['--peer', b.ready.peers.url, '--peer-ca', join(TLS, 'stranger.crt')]);
    assert.match(
      String((await trusting.logged('peer not linked')).reason),
      /: the certificate of 127\.0\.0\.1:\d+ \(.*\) is issued by .*, which is not trusted here$/,
    );
  });

  it('with different secrets log what has to be corrected', async () => {
    const b = await command('side-b', []).started();
    const a = await command('side-a', ['--peer', b.ready.peers.url], 'not what the other one has').started();
    const line = await a.logged('peer not linked');
    assert.equal(line.code, 'CTIOS_PEER_NOT_PROVEN');
    assert.match(String(line.reason), /do not have the same peer secret/);
    const { peers } = JSON.parse(await a.get('/healthz')) as { peers: { linked: boolean; reason: string }[] };
    assert.equal(peers[0]?.linked, false);
    assert.match(peers[0]!.reason, /same peer secret/);
    assert.equal((await b.logged('peer refused')).code, 'CTIOS_PEER_NOT_PROVEN');
  });

  it('do not start without a secret, or with one that is easy to guess', async () => {
    for (const secret of ['', 'short']) {
      const server = command('side-a', [], secret);
      const [code] = (await once(server.child, 'close')) as [number];
      assert.equal(code, 2);
      assert.match(JSON.stringify(server.log), /at least 16 characters/);
    }
  });
});
