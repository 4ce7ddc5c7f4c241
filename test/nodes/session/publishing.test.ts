/** Two sessions at one simulated CTI Server that publish to an event stream, and one that reads it, without fakes. */
import assert from 'node:assert/strict';
import { migrated } from '../../../nodes/shared/migrations.js';
import { openSession } from '../../../nodes/shared/session/opening/open-session.js';
import { testSession } from '../../../nodes/shared/session/opening/test-session.js';
import { SessionHost } from '../../../nodes/shared/session/session-host.js';
import { readSettings, type SessionDef } from '../../../nodes/shared/session/settings/settings.js';
import { NatsServer } from '../../../scripts/ha/nats-server.js';
import type { CilEvent } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { Simulator } from '../../../src/simulator/index.js';
import { needsNatsServer } from '../../stream/needs-nats-server.js';

describe('sessions that publish to an event stream', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let simulator: Simulator;
  let portA: number;
  const hosts: SessionHost[] = [];
  let wake: Array<() => void>;

  beforeEach(async function () {
    needsNatsServer(this);
    wake = [];
    nats = await new NatsServer().start();
    simulator = new Simulator({ agents: 4, traffic: 'off', automatic: false });
    ({ portA } = await simulator.start());
    for (const agent of ['1001', '1002', '1003', '1004']) {
      simulator.run('loginAgent', { agent });
      simulator.run('setAgentState', { agent, state: 'Available' });
    }
  });

  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.dispose();
    await simulator?.stop();
    await nats?.remove();
  });

  const until = async (fulfilled: () => boolean): Promise<void> => {
    while (!fulfilled()) await new Promise<void>((resolve) => wake.push(resolve));
  };

  const publisher = (clientId: string, more: object = {}): SessionDef =>
    migrated('ctios-session', {
      ...{ type: 'ctios-session', connect: 'ctiserver', hostA: '127.0.0.1', portA, peripheralId: 5000, clientId },
      ...{ natsPublish: true, natsServers: nats.url, natsSite: 'berlin', masked: 'CallVariable1', ...more },
    } as unknown as SessionDef);

  function hostOf(def: SessionDef) {
    const settings = readSettings(def, {});
    const host = new SessionHost({ id: def.clientId, key: '', clock: systemClock, open: () => openSession(settings) });
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
    return { host, events };
  }

  it('lead or stand by, and take over from each other, without masked values', async () => {
    const one = hostOf(publisher('one'));
    await until(() => one.host.view.stream?.state === 'leading');
    const two = hostOf(publisher('two'));
    await until(() => two.host.view.stream?.state === 'standby' && two.host.view.phase === 'ready');
    const def = {
      type: 'ctios-session',
      connect: 'nats',
      natsServers: nats.url,
      natsSite: 'berlin',
      clientId: 'reader',
    };
    const reader = hostOf(migrated('ctios-session', def as SessionDef));
    await until(() => reader.host.view.phase === 'ready');
    const data = { CallVariable1: 'secret', CallVariable2: 'open' };
    const { call } = simulator.run('placeCall', { from: '4155550100', to: '8001', data }) as { call: number };
    const named = (name: string) => reader.events.filter(({ event }) => event === name);
    await until(() => named('OnCallDelivered').length === 1);
    const published = JSON.stringify(reader.events.map(({ args }) => args));
    assert.ok(published.includes('open') && !published.includes('secret'));
    await one.host.dispose();
    await until(() => two.host.view.stream?.state === 'leading');
    simulator.run('hangUp', { call });
    await until(() => named('OnCallEnd').length > 0);
    assert.equal(named('OnCallBegin').length, 1);
  });

  it('continue for their own flows while NATS is unreachable, and show it', async () => {
    const { host, events } = hostOf(publisher('one'));
    await until(() => host.view.stream?.state === 'leading');
    await nats.stop();
    await until(() => host.view.stream?.state === 'away');
    assert.equal(host.view.phase, 'ready');
    simulator.run('placeCall', { from: '4155550100', to: '8001' });
    await until(() => events.some(({ event }) => event === 'OnCallDelivered'));
    await nats.start();
    await until(() => host.view.stream?.state === 'leading');
  });

  it('do not publish during a connection test, and name invalid settings', async () => {
    const { ok } = await testSession(readSettings(publisher('one'), {}), undefined);
    assert.equal(ok, true);
    const reader = readSettings({ ...publisher('x'), connect: 'nats' } as SessionDef, {});
    assert.match((await testSession(reader, undefined)).error!, /CTIOS_berlin does not exist/);
    for (const [more, message] of [
      [{ natsServers: '' }, /Give the NATS servers/],
      [{ natsSite: 'a b' }, /^Site: "a b" is not valid/],
      [{ natsCredentials: '/nowhere.creds' }, /credentials file cannot be read/],
    ] as const)
      assert.throws(() => readSettings(publisher('one', more), {}), { code: 'CTIOS_BAD_SETTINGS', message });
    assert.doesNotThrow(() => readSettings(publisher('one', { natsPublish: false, natsServers: '' }), {}));
  });
});
