/** Sessions on a real event stream: a nats-server, a `ctios-server`, and two hosts of one group. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { visitsOf } from '../../../nodes/shared/contacts/session-visits.js';
import { visitJournalOf } from '../../../nodes/shared/contacts/visit-journal.js';
import { migrated } from '../../../nodes/shared/migrations.js';
import { openSession } from '../../../nodes/shared/session/opening/open-session.js';
import { testSession } from '../../../nodes/shared/session/opening/test-session.js';
import { SessionHost } from '../../../nodes/shared/session/session-host.js';
import { readSettings, type SessionDef } from '../../../nodes/shared/session/settings/settings.js';
import { NatsServer } from '../../../scripts/ha/nats-server.js';
import { ServerProcess } from '../../../scripts/ha/server-process.js';
import type { CilEvent } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import type { VisitLedger } from '../../../src/screenpop/index.js';
import { Simulator } from '../../../src/simulator/index.js';
import { needsNatsServer } from '../../stream/needs-nats-server.js';
import { temporaryDirectory } from '../../support/node-red-process.js';

describe('a session on an event stream', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let simulator: Simulator;
  let server: ServerProcess;
  const hosts: SessionHost[] = [];
  let wake: Array<() => void> = [];

  beforeEach(async function () {
    needsNatsServer(this);
    nats = await new NatsServer().start();
    simulator = new Simulator({ agents: 4, traffic: 'off', automatic: false });
    const { portA } = await simulator.start();
    for (const agent of ['1001', '1002', '1003', '1004']) {
      simulator.run('loginAgent', { agent });
      simulator.run('setAgentState', { agent, state: 'Available' });
    }
    server = await new ServerProcess('a', portA, nats.url, ['--allow-monitor-control']).started();
    await server.logged('stream leader');
  });

  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.dispose();
    server?.kill('SIGKILL');
    await simulator?.stop();
    await nats?.remove();
  });

  const def = (more: object = {}): SessionDef =>
    migrated('ctios-session', { type: 'ctios-session', connect: 'nats', natsServers: nats.url, ...more } as SessionDef);

  function hostOf(more: object = {}) {
    const settings = readSettings(def(more), {});
    const host = new SessionHost({ id: 's', key: '', clock: systemClock, open: () => openSession(settings) });
    hosts.push(host);
    const events: CilEvent[] = [];
    const rung = (): void => {
      for (const ring of wake.splice(0)) ring();
    };
    host.watch(rung);
    host.attach('n', {
      events: 'AllInOne',
      deliver: (event) => {
        events.push(event);
        rung();
      },
      view: () => {},
    });
    host.release();
    const has = (name: string) => events.some(({ event }) => event === name);
    return { host, events, has };
  }

  const until = async (fulfilled: () => boolean): Promise<void> => {
    while (!fulfilled()) await new Promise<void>((resolve) => wake.push(resolve));
  };

  it('is active in one host of a group and on standby in the other, which takes over when the first one ends', async () => {
    wake = [];
    const first = hostOf();
    await until(() => first.host.view.phase === 'ready');
    const second = hostOf();
    await until(() => second.host.view.phase === 'warm');
    assert.match(second.host.view.worker!, new RegExp(`/${process.pid}$`));
    const { call } = simulator.run('placeCall', { from: '4155550100', to: '8001' }) as { call: number };
    await until(() => first.has('OnCallDelivered'));
    assert.ok(!second.has('OnCallDelivered'));
    await first.host.dispose();
    await until(() => second.host.view.phase === 'ready');
    simulator.run('hangUp', { call });
    await until(() => second.has('OnCallEnd'));
    assert.ok(second.has('OnSnapshotCallConf'));
    assert.ok(!second.has('OnCallDelivered'), 'it was acknowledged');
    assert.ok(second.events.every(({ replayed }) => replayed === undefined));
  });

  it('numbers the visit of a returned call as the Node-RED before, on another machine', async () => {
    wake = [];
    const machine = () => {
      const warnings: string[] = [];
      const settings = { userDir: temporaryDirectory() };
      return { events: {}, settings, log: { warn: (text: string) => void warnings.push(text) }, warnings };
    };
    const [one, other] = [machine(), machine()];
    const first = hostOf();
    const ledger = visitsOf(one, first.host);
    await until(() => first.host.view.phase === 'ready');
    const second = hostOf();
    const successor = visitsOf(other, second.host);
    await until(() => second.host.view.phase === 'warm');
    const begins = (at: VisitLedger, begun: number) =>
      at.begin('icm.1.1/5000.1001/100.2001', { begun, found: false, replayed: false, rereads: true, after: 0 });
    const now = Date.now();
    assert.equal(begins(ledger, now), 1);
    ledger.end('icm.1.1/5000.1001/100.2001');
    assert.equal(begins(ledger, now + 1), 2);
    assert.equal(successor.size, 0);
    await first.host.dispose();
    await until(() => second.host.view.phase === 'ready');
    assert.equal(begins(successor, now + 1), 2, 'the visit goes on');
    successor.end('icm.1.1/5000.1001/100.2001');
    assert.equal(begins(successor, now + 2), 3);
    assert.deepEqual([one.warnings, other.warnings], [[], []]);
    for (const { settings } of [one, other]) {
      await visitJournalOf({ ...one, settings }, 's').flushed();
      rmSync(settings.userDir, { recursive: true });
    }
  });

  it('sends requests to the ctios-server at its configured URL', async () => {
    wake = [];
    const { host, has } = hostOf({ urlA: server.url, allowControl: true });
    await until(() => host.view.phase === 'ready');
    await until(() => host.session!.agents.has('agent.5000.1001'));
    const agent = host.session!.agents.get('agent.5000.1001')!;
    await agent.request('SetAgentState', { args: { AgentState: 'NotReady' }, linkWaitMs: 5_000 });
    await until(() => has('OnAgentStateChange'));
  });

  it('can be tested without affecting its group', async () => {
    assert.deepEqual((await testSession(readSettings(def(), {}), undefined)).ok, true);
    const away = await testSession(readSettings(def({ natsSite: 'elsewhere' }), {}), undefined);
    assert.deepEqual([away.ok, away.code], [false, 'CTIOS_STREAM_AWAY']);
    assert.match(away.error!, /CTIOS_elsewhere does not exist/);
  });

  it('names the invalid settings', () => {
    const wrong = (more: object, message: RegExp) =>
      assert.throws(() => readSettings(def(more), {}), { code: 'CTIOS_BAD_SETTINGS', message });
    wrong({ natsServers: '' }, /Give the NATS servers/);
    wrong({ natsServers: 'http://x' }, /nats:\/\/ or tls:\/\//);
    wrong({ natsServers: 'nats://user:secret@x:4222' }, /does not belong/);
    wrong({ natsSite: 'a b' }, /^Site: "a b" is not valid/);
    wrong({ natsGroup: '' }, /^Group: "" is not valid/);
    wrong({ mode: 'agent' }, /Agent mode needs a ctios-server/);
    wrong({ natsCredentials: '/nowhere.creds' }, /credentials file cannot be read/);
  });
});
