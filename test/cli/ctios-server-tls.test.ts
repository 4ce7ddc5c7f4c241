import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { webSocketConnector } from '../../src/cil/index.js';
import { followCertificateFiles } from '../../src/cli/ctios-server/certificate-watch.js';
import { readConfig } from '../../src/cli/ctios-server/read-config.js';
import { type RunningServer, runServer } from '../../src/cli/ctios-server/run.js';
import { systemClock } from '../../src/common/clock.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Transport } from '../../src/ctios/transport.js';
import { createLink, createObjectServer } from '../../src/server/index.js';
import { Simulator } from '../../src/simulator/index.js';

const TLS = resolve(__dirname, '../../../test/fixtures/tls');
const path = (name: string) => join(TLS, name);
const pem = (name: string) => readFileSync(path(name));

const running: Array<{ stop(): Promise<void> }> = [];

async function serve(...argv: string[]): Promise<RunningServer> {
  const { config } = readConfig(['--cti-server', '127.0.0.1:1', '--listen', '0', ...argv]);
  const server = await runServer(config(), {}, () => {}, {
    link: createLink,
    server: createObjectServer,
    clock: systemClock,
  });
  running.push(server);
  return server;
}

function connect(server: RunningServer, tls: ConnectionOptions, host = '127.0.0.1'): Promise<Transport> {
  const url = `wss://${host}:${server.listener.port}`;
  return new Promise((resolve, reject) => webSocketConnector(url, tls).connect(resolve, reject));
}

const CLIENTS: ConnectionOptions = { ca: pem('authority.crt') };

describe('TLS of ctios-server', function () {
  this.timeout(60_000);
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  describe('towards clients', () => {
    const certificate = (name: string) => ['--tls-cert', path(`${name}.crt`), '--tls-key', path(`${name}.key`)];

    it('serves a client that trusts its certificate', async () => {
      const server = await serve(...certificate('good'));
      assert.match(server.listener.url, /^wss:/);
      (await connect(server, CLIENTS)).close();
    });

    for (const [name, problem] of [
      ['expired', /\(CN=expired, valid until 2020-01-02\) has expired/],
      ['other-name', /\(CN=other-name, valid until .*\) is for DNS:elsewhere\.example\.com, not for 127\.0\.0\.1/],
      ['untrusted', /\(CN=untrusted, valid until .*\) is signed by CN=stranger, which is not trusted here/],
    ] as const) {
      it(`is refused by clients with a certificate that is ${name}, and the error says why`, async () => {
        const server = await serve(...certificate(name));
        await assert.rejects(connect(server, CLIENTS), problem);
      });
    }

    it('asks for a certificate of the client where told to', async () => {
      const server = await serve(...certificate('good'), '--tls-ca', path('authority.crt'));
      const good = { ...CLIENTS, cert: pem('client.crt'), key: pem('client.key') };
      (await connect(server, good)).close();
      await assert.rejects(connect(server, CLIENTS), /asks for a client certificate, and none was shown/);
      const untrusted = { ...CLIENTS, cert: pem('untrusted-client.crt'), key: pem('untrusted-client.key') };
      await assert.rejects(
        connect(server, untrusted),
        /client certificate \(CN=untrusted-client, valid until .*\) is signed by CN=stranger, which is not trusted here/,
      );
    });

    it('takes nothing older than TLS 1.2', async () => {
      const server = await serve(...certificate('good'));
      await assert.rejects(
        connect(server, { ...CLIENTS, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
        /version|protocol/i,
      );
    });

    it('does not talk to a client without TLS', async () => {
      const server = await serve(...certificate('good'));
      const plain = webSocketConnector(`ws://127.0.0.1:${server.listener.port}`);
      await assert.rejects(new Promise((resolve, reject) => plain.connect(resolve, reject)));
    });
  });

  it('warns of its own certificate in the log, 30 days before it ends and every day', async () => {
    const clock = new VirtualClock(Date.parse('2126-10-01T00:00:00Z'));
    const logged: string[] = [];
    const cert = ['--tls-cert', path('good.crt'), '--tls-key', path('good.key')];
    const config = readConfig(['--cti-server', '127.0.0.1:1', '--listen', '0', ...cert]).config();
    const log = (level: string, event: string, details = {}) =>
      void (event === 'certificate ends' && logged.push(`${level} ${JSON.stringify(details)}`));
    running.push(await runServer(config, {}, log, { link: createLink, server: createObjectServer, clock }));
    assert.equal(logged.length, 1);
    assert.match(logged[0]!, /^warn .*"which":"--tls-cert","subject":"CN=good","until":"2126-10-\d\d.*","days":\d+/);
    clock.advance(24 * 3_600_000);
    assert.equal(logged.length, 2);
  });

  describe('towards the CTI Server', () => {
    async function ctiServer(name: string, ca?: string): Promise<string> {
      const simulator = new Simulator({
        agents: 1,
        traffic: 'off',
        tls: { cert: pem(`${name}.crt`), key: pem(`${name}.key`), ...(ca === undefined ? {} : { ca: pem(ca) }) },
      });
      running.push(simulator);
      const { portA } = await simulator.start();
      return `127.0.0.1:${portA}`;
    }

    /** What the server's health says once the link has been tried. */
    async function reasonOf(...argv: string[]): Promise<string> {
      const config = readConfig(['--listen', '0', '--health', '0', ...argv]).config();
      const tried = new Promise<string>((resolve) => {
        const link: typeof createLink = (settings) => {
          const made = createLink(settings);
          queueMicrotask(() => {
            const { onDown, onUp } = made;
            made.onDown = (down) => {
              onDown(down);
              resolve(down.reason);
            };
            made.onUp = (up) => {
              onUp(up);
              resolve('up');
            };
          });
          return made;
        };
        runServer(config, {}, () => {}, { link, server: createObjectServer, clock: systemClock }).then(
          (server) => running.push(server),
          (error: Error) => resolve(error.message),
        );
      });
      return tried;
    }

    it('connects to one whose certificate it trusts', async () => {
      const address = await ctiServer('good');
      assert.equal(await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')), 'up');
    });

    for (const [name, problem] of [
      ['expired', /\(CN=expired, valid until 2020-01-02\) has expired/],
      ['other-name', /\(CN=other-name, valid until .*\) is for DNS:elsewhere\.example\.com, not for 127\.0\.0\.1/],
      ['untrusted', /\(CN=untrusted, valid until .*\) is signed by CN=stranger, which is not trusted here/],
    ] as const) {
      it(`does not connect to one whose certificate is ${name}, and says why`, async () => {
        const address = await ctiServer(name);
        assert.match(await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')), problem);
      });
    }

    it('knows a certificate by another name where told to', async () => {
      const address = await ctiServer('other-name');
      const name = ['--cti-server-name', 'elsewhere.example.com'];
      assert.equal(
        await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt'), ...name),
        'up',
      );
    });

    it('shows its own certificate', async () => {
      const address = await ctiServer('good', 'authority.crt');
      const trust = ['--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')];
      const own = ['--cti-cert', path('client.crt'), '--cti-key', path('client.key')];
      assert.equal(await reasonOf(...trust, ...own), 'up');
      assert.notEqual(await reasonOf(...trust), 'up');
    });

    it('is told which file cannot be read', async () => {
      assert.match(
        await reasonOf('--cti-server', '127.0.0.1:1', '--cti-tls', '--cti-ca', '/nowhere.crt'),
        /nowhere\.crt/,
      );
    });
  });

  it('gives new connections the renewed certificate, keeps the others, and keeps the old one if the new is broken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-tls-'));
    const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
    const install = (name: string): void => {
      copyFileSync(path(`${name}.crt`), cert);
      copyFileSync(path(`${name}.key`), key);
    };
    try {
      install('good');
      const server = await serve('--tls-cert', cert, '--tls-key', key);
      const first = await connect(server, CLIENTS);
      let lost = false;
      first.onClosed = () => {
        lost = true;
      };
      install('untrusted');
      server.reload();
      await assert.rejects(connect(server, CLIENTS), /not trusted here/);
      const second = await connect(server, { ca: pem('stranger.crt') });
      writeFileSync(cert, 'no certificate');
      server.reload();
      const third = await connect(server, { ca: pem('stranger.crt') });
      assert.equal(lost, false);
      for (const each of [first, second, third]) each.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('follows the files of its certificate, once both have been replaced', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-tls-'));
    try {
      const [cert, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
      copyFileSync(path('good.crt'), cert);
      copyFileSync(path('good.key'), key);
      const { config } = readConfig(['--cti-server', '127.0.0.1:1', '--tls-cert', cert, '--tls-key', key]);
      const clock = new VirtualClock();
      let renewed = 0;
      const stop = followCertificateFiles(config(), clock, () => renewed++);
      clock.advance(600_000);
      assert.equal(renewed, 0);
      copyFileSync(path('untrusted.crt'), cert);
      clock.advance(60_000);
      copyFileSync(path('untrusted.key'), key);
      clock.advance(60_000);
      assert.equal(renewed, 0, 'the key has just changed');
      clock.advance(600_000);
      assert.equal(renewed, 1);
      stop();
      assert.equal(clock.pending, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const [what, argv, problem] of [
    ['a peer elsewhere without TLS', ['--peer', 'ws://b.example.com:42030'], /ws:\/\/b.*needs a wss: URL/],
    ['peers from elsewhere without TLS', ['--peer-listen', '0.0.0.0:0'], /peers on other machines need TLS/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { config } = readConfig(['--cti-server', '127.0.0.1:1', '--listen', '0', ...argv]);
      const started = runServer(config(), { CTIOS_PEER_SECRET: 'x'.repeat(32) }, () => {}, {
        link: createLink,
        server: createObjectServer,
        clock: systemClock,
      });
      await assert.rejects(started, problem);
    });
  }
});
