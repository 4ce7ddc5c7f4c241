import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { expiringOf, ownCertificate } from '../../../nodes/shared/session/opening/certificates.js';
import { openSession } from '../../../nodes/shared/session/opening/open-session.js';
import { testSession } from '../../../nodes/shared/session/opening/test-session.js';
import { SessionHost } from '../../../nodes/shared/session/session-host.js';
import type { SessionView } from '../../../nodes/shared/session/session-view.js';
import { readSettings, type SessionDef } from '../../../nodes/shared/session/settings/settings.js';
import { readConfig } from '../../../src/cli/ctios-server/options/read-config.js';
import { runServer } from '../../../src/cli/ctios-server/run.js';
import { systemClock } from '../../../src/common/clock.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { createLink, createObjectServer } from '../../../src/server/index.js';
import { Simulator } from '../../../src/simulator/index.js';

const TLS = resolve(__dirname, '../../../../test/fixtures/tls');
const path = (name: string) => join(TLS, name);
const pem = (name: string) => readFileSync(path(name));
const DAY = 24 * 3_600_000;

/** The configuration of a `tls-config` node. */
const tls = (options: ConnectionOptions) => ({ tls: { id: 'tls', options } });
const TRUST: ConnectionOptions = { ca: pem('authority.crt') };
const OWN: ConnectionOptions = { ...TRUST, cert: pem('client.crt'), key: pem('client.key') };

describe('certificates of a session', function () {
  this.timeout(60_000);
  const running: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    for (const stop of running.splice(0).reverse()) await stop();
  });

  async function ctiServer(certificate: string, ca?: string): Promise<number> {
    const simulator = new Simulator({
      agents: 1,
      traffic: 'off',
      tls: {
        cert: pem(`${certificate}.crt`),
        key: pem(`${certificate}.key`),
        ...(ca === undefined ? {} : { ca: pem(ca) }),
      },
    });
    running.push(() => simulator.stop());
    return (await simulator.start()).portA;
  }

  async function ctiosServer(port: number, certificate: string, ...argv: string[]): Promise<number> {
    const server = await runServer(
      readConfig([
        ...['--cti-server', `127.0.0.1:${port}`, '--cti-tls', '--cti-ca', path('authority.crt'), '--listen', '0'],
        ...['--tls-cert', path(`${certificate}.crt`), '--tls-key', path(`${certificate}.key`), ...argv],
      ]).config(),
      {},
      () => {},
      { link: createLink, server: createObjectServer, clock: systemClock },
    );
    running.push(() => server.stop());
    return server.listener.port;
  }

  const ctiDef = (port: number) =>
    ({
      connect: 'ctiserver',
      hostA: '127.0.0.1',
      portA: port,
      clientId: 'tls',
      peripheralId: 5000,
      mode: 'monitor',
    }) as SessionDef;
  const remoteDef = (port: number) =>
    ({ connect: 'ctios-server', urlA: `wss://127.0.0.1:${port}`, mode: 'monitor' }) as SessionDef;

  /** A session as its nodes see it, on a date chosen by the test. */
  async function view(def: SessionDef, options: ConnectionOptions, now: number, clock = new VirtualClock(now)) {
    const host = new SessionHost({
      id: 's',
      key: 'k',
      clock,
      open: () => openSession(readSettings(def, {}, tls(options))),
    });
    running.push(() => host.dispose());
    const ready = new Promise<SessionView>((resolve) => {
      host.attach('n', { view: (each) => each.phase === 'ready' && resolve(each) });
    });
    return { host, clock, ready: await ready };
  }

  const end = (name: string) => ownCertificate({ cert: pem(`${name}.crt`) })!.validTo;

  it('cause no warning while they are valid', async () => {
    const port = await ctiServer('good');
    assert.deepEqual((await view(ctiDef(port), TRUST, Date.now())).ready, { phase: 'ready' });
  });

  it("cause a warning 30 days before they expire: the CTI Server's", async () => {
    const port = await ctiServer('good');
    const { ready } = await view(ctiDef(port), TRUST, end('good') - 12.5 * DAY);
    assert.deepEqual(ready.expiring, { holder: 'ctiServer', subject: 'CN=good', validTo: end('good'), days: 12 });
  });

  it('cause a warning: those of the ctios-server and of the CTI Server behind it', async () => {
    const port = await ctiosServer(await ctiServer('good'), 'good');
    const { host } = await view(remoteDef(port), TRUST, end('good') - DAY);
    assert.equal(host.view.expiring?.holder, 'server');
    assert.equal(host.link?.state, 'up');
    assert.equal(host.session?.status.link?.certificate?.subject, 'CN=good');
  });

  it("cause a warning: the session's own, with both kinds of server", async () => {
    const cti = await ctiServer('good', 'authority.crt');
    const soon = Math.min(end('client'), end('good'));
    const { ready } = await view(ctiDef(cti), OWN, soon - DAY);
    assert.ok(ready.expiring !== undefined);
    const own = ownCertificate(OWN)!;
    assert.equal(own.subject, 'CN=client');
    const first = expiringOf(
      [
        { holder: 'client', ...own },
        { holder: 'server', subject: 'x', validTo: own.validTo + DAY },
      ],
      own.validTo,
    );
    assert.deepEqual([first?.holder, first?.days], ['client', 0]);
  });

  it('cause a warning as their expiration approaches, without any other event of the session', async () => {
    const port = await ctiServer('good');
    const { host, clock } = await view(ctiDef(port), TRUST, end('good') - 31 * DAY);
    const daysLeft = () => host.view.expiring?.days;
    assert.equal(daysLeft(), undefined);
    clock.advance(2 * DAY);
    assert.equal(daysLeft(), 29);
  });

  describe('that are rejected are named, with the reason', () => {
    const test = (def: SessionDef, options: ConnectionOptions) =>
      testSession(readSettings(def, {}, tls(options)), undefined);

    for (const [certificate, words] of [
      ['expired', /certificate of 127\.0\.0\.1:\d+ \(CN=expired, valid until 2020-01-02\) has expired/],
      [
        'other-name',
        /\(CN=other-name, valid until .*\) is issued for DNS:elsewhere\.example\.com, not for 127\.0\.0\.1/,
      ],
      ['untrusted', /\(CN=untrusted, valid until .*\) is issued by CN=stranger, which is not trusted here/],
    ] as const) {
      it(`${certificate}: by a session with a CTI Server, and by one with a ctios-server`, async () => {
        const [cti, remote] = await Promise.all([
          ctiServer(certificate).then((port) => firstFailure(ctiDef(port), TRUST)),
          ctiosServer(1, certificate).then((port) => firstFailure(remoteDef(port), TRUST)),
        ]);
        assert.match(cti, words);
        assert.match(remote, words);
      });
    }

    it('a client certificate that is missing or not trusted: by both kinds of server', async () => {
      const untrusted = { ...TRUST, cert: pem('untrusted-client.crt'), key: pem('untrusted-client.key') };
      const cti = await ctiServer('good', 'authority.crt');
      const remote = await ctiosServer(1, 'good', '--tls-ca', path('authority.crt'));
      assert.match(await firstFailure(ctiDef(cti), TRUST), /requires a client certificate, but none was presented/);
      assert.match(
        await firstFailure(remoteDef(remote), TRUST),
        /requires a client certificate, but none was presented/,
      );
      assert.match(
        await firstFailure(remoteDef(remote), untrusted),
        /client certificate \(CN=untrusted-client, valid until .*\) is issued by CN=stranger, which is not trusted here/,
      );
      assert.notEqual(await firstFailure(ctiDef(cti), untrusted), '');
      const good = await test(ctiDef(cti), OWN);
      assert.equal(good.error, undefined);
    });

    it('TLS older than 1.2: by both kinds of session', async () => {
      const old: ConnectionOptions = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
      const remote = await ctiosServer(1, 'good');
      assert.match(await firstFailure(remoteDef(remote), { ...TRUST, ...old }), /no secure TLS version/);
      const cti = await ctiServer('good');
      assert.match(await firstFailure(ctiDef(cti), { ...TRUST, ...old }), /no secure TLS version/);
    });
  });

  /** The first reason that a session reports for not being ready. */
  async function firstFailure(def: SessionDef, options: ConnectionOptions): Promise<string> {
    const opened = openSession(readSettings(def, {}, tls(options)));
    running.push(() => opened.close());
    return new Promise((resolve) => {
      const look = (): void => {
        const { reason, link, online } = opened.session.status;
        const why = def.connect === 'ctiserver' ? link?.reason : reason;
        if (online) resolve('');
        else if (why !== undefined && why !== 'not started') resolve(why);
      };
      opened.session.onStatus(look);
      opened.start().catch(() => {});
      look();
    });
  }
});

describe('what a session reports about the link to the CTI Server', function () {
  this.timeout(60_000);

  it('is the same for a server in this process and for a ctios-server', async () => {
    const simulator = new Simulator({ agents: 1, traffic: 'off' });
    const { portA, portB } = await simulator.start();
    const server = await runServer(
      readConfig(['--cti-server', `127.0.0.1:${portA},127.0.0.1:${portB}`, '--listen', '0']).config(),
      {},
      () => {},
      { link: createLink, server: createObjectServer, clock: systemClock },
    );
    try {
      const near = await testSession(
        readSettings(
          {
            connect: 'ctiserver',
            hostA: '127.0.0.1',
            portA,
            hostB: '127.0.0.1',
            portB,
            clientId: 'near',
            peripheralId: 5000,
            mode: 'monitor',
          } as SessionDef,
          {},
        ),
        undefined,
      );
      const far = await testSession(
        readSettings({ connect: 'ctios-server', urlA: server.listener.url, mode: 'monitor' } as SessionDef, {}),
        undefined,
      );
      assert.equal(near.ok && far.ok, true);
      const { server: _, roundTrip: __, standby: ___, ...facts } = near.granted!;
      assert.deepEqual(
        [far.granted?.side, far.granted?.protocol, far.granted?.services],
        [facts.side, facts.protocol, facts.services],
      );
      assert.match(facts.services ?? '', /\bALL_EVENTS\b.*\bSUPERVISOR\b/);
    } finally {
      await server.stop();
      await simulator.stop();
    }
  });
});
