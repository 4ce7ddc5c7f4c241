import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { webSocketConnector } from '../../src/cil/index.js';
import { Renewals } from '../../src/cli/ctios-server/files/renewals.js';
import type { Log } from '../../src/cli/ctios-server/log.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
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

/** Asks for a WebSocket. @returns the status line of the answer, and the TLS session */
async function upgrade(server: RunningServer, tls: ConnectionOptions) {
  const socket = connectTls({ port: server.listener.port, host: '127.0.0.1', ...tls });
  let session = tls.session;
  socket.on('session', (given: Buffer) => {
    session = given;
  });
  socket.write(
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  const reused = socket.isSessionReused();
  // It comes in a message of its own, before or after the answer.
  while (session === undefined) await once(socket, 'session');
  socket.destroy();
  return { status: answer.toString().split('\r\n')[0]!, session, reused };
}

const CLIENTS: ConnectionOptions = { ca: pem('authority.crt') };

describe('TLS of ctios-server', function () {
  this.timeout(60_000);
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  describe('for clients', () => {
    const certificate = (name: string) => ['--tls-cert', path(`${name}.crt`), '--tls-key', path(`${name}.key`)];

    it('serves a client that trusts its certificate', async () => {
      const server = await serve(...certificate('good'));
      assert.match(server.listener.url, /^wss:/);
      (await connect(server, CLIENTS)).close();
    });

    for (const [name, problem] of [
      ['expired', /\(CN=expired, valid until 2020-01-02\) has expired/],
      [
        'other-name',
        /\(CN=other-name, valid until .*\) is issued for DNS:elsewhere\.example\.com, not for 127\.0\.0\.1/,
      ],
      ['untrusted', /\(CN=untrusted, valid until .*\) is issued by CN=stranger, which is not trusted here/],
    ] as const) {
      it(`is rejected by clients with a certificate that is ${name}, with that reason`, async () => {
        const server = await serve(...certificate(name));
        await assert.rejects(connect(server, CLIENTS), problem);
      });
    }

    it('requires a client certificate if configured', async () => {
      const server = await serve(...certificate('good'), '--tls-ca', path('authority.crt'));
      const good = { ...CLIENTS, cert: pem('client.crt'), key: pem('client.key') };
      (await connect(server, good)).close();
      await assert.rejects(connect(server, CLIENTS), /requires a client certificate, but none was presented/);
      const untrusted = { ...CLIENTS, cert: pem('untrusted-client.crt'), key: pem('untrusted-client.key') };
      await assert.rejects(
        connect(server, untrusted),
        /client certificate \(CN=untrusted-client, valid until .*\) is issued by CN=stranger, which is not trusted here/,
      );
    });

    it('requires it also of a client that resumes a session', async () => {
      const server = await serve(...certificate('good'), '--tls-ca', path('authority.crt'));
      const none = await upgrade(server, CLIENTS);
      assert.match(none.status, /403/);
      const resumed = await upgrade(server, { ...CLIENTS, session: none.session });
      assert.equal(resumed.reused, true);
      assert.match(resumed.status, /403/);
      const good = { ...CLIENTS, cert: pem('client.crt'), key: pem('client.key') };
      const first = await upgrade(server, good);
      const second = await upgrade(server, { ...good, session: first.session });
      assert.equal(second.reused, true);
      assert.match(second.status, /101/);
    });

    it('rejects TLS versions before 1.2', async () => {
      const server = await serve(...certificate('good'));
      await assert.rejects(
        connect(server, { ...CLIENTS, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
        /version|protocol/i,
      );
    });

    it('rejects a client without TLS', async () => {
      const server = await serve(...certificate('good'));
      const plain = webSocketConnector(`ws://127.0.0.1:${server.listener.port}`);
      await assert.rejects(new Promise((resolve, reject) => plain.connect(resolve, reject)));
    });
  });

  it('logs a warning for its own certificate from 30 days before it expires, every day', async () => {
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

  describe('for the CTI Server', () => {
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

    /** The reason in the server's health after the link has been tried. */
    async function reasonOf(...argv: string[]): Promise<string> {
      const config = readConfig(['--listen', '0', '--health', '0', ...argv]).config();
      const tried = new Promise<string>((resolve) => {
        const link: typeof createLink = (settings) => {
          const made = createLink(settings);
          const listen = made.listen.bind(made);
          made.listen = (owner) =>
            listen({
              ...owner,
              up(up) {
                owner.up(up);
                resolve('up');
              },
              down(down) {
                owner.down(down);
                resolve(down.reason);
              },
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

    it('connects to a server with a trusted certificate', async () => {
      const address = await ctiServer('good');
      assert.equal(await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')), 'up');
    });

    for (const [name, problem] of [
      ['expired', /\(CN=expired, valid until 2020-01-02\) has expired/],
      [
        'other-name',
        /\(CN=other-name, valid until .*\) is issued for DNS:elsewhere\.example\.com, not for 127\.0\.0\.1/,
      ],
      ['untrusted', /\(CN=untrusted, valid until .*\) is issued by CN=stranger, which is not trusted here/],
    ] as const) {
      it(`does not connect to a server with a certificate that is ${name}, and reports why`, async () => {
        const address = await ctiServer(name);
        assert.match(await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')), problem);
      });
    }

    it('accepts a certificate with another name if configured', async () => {
      const address = await ctiServer('other-name');
      const name = ['--cti-server-name', 'elsewhere.example.com'];
      assert.equal(
        await reasonOf('--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt'), ...name),
        'up',
      );
    });

    it('presents its own certificate', async () => {
      const address = await ctiServer('good', 'authority.crt');
      const trust = ['--cti-server', address, '--cti-tls', '--cti-ca', path('authority.crt')];
      const own = ['--cti-cert', path('client.crt'), '--cti-key', path('client.key')];
      assert.equal(await reasonOf(...trust, ...own), 'up');
      assert.notEqual(await reasonOf(...trust), 'up');
    });

    it('names a file that cannot be read', async () => {
      assert.match(
        await reasonOf('--cti-server', '127.0.0.1:1', '--cti-tls', '--cti-ca', '/nowhere.crt'),
        /nowhere\.crt/,
      );
    });
  });

  it('uses the renewed certificate for new connections, keeps existing ones, and keeps the old one if the new one is invalid', async () => {
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

  it('uses the renewed certificate for peers, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-tls-'));
    try {
      const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
      const install = (name: string): void => {
        copyFileSync(path(`${name}.crt`), cert);
        copyFileSync(path(`${name}.key`), key);
      };
      install('good');
      const secretFile = join(folder, 'secret');
      writeFileSync(secretFile, 'x'.repeat(32));
      const peers = ['--peer-listen', '127.0.0.1:0', '--peer-secret-file', secretFile];
      const server = await serve('--tls-cert', cert, '--tls-key', key, ...peers);
      const shown = () => subjectAt(server.peers!.port);
      assert.equal(await shown(), 'good');
      install('untrusted');
      server.reload();
      assert.equal(await shown(), 'untrusted');
      writeFileSync(key, 'no key');
      server.reload();
      assert.equal(await shown(), 'untrusted');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('connects to the CTI Server with the renewed certificate from the next connection on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-tls-'));
    const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
    const install = (name: string): void => {
      copyFileSync(path(`${name}.crt`), cert);
      copyFileSync(path(`${name}.key`), key);
    };
    const simulator = new Simulator({
      agents: 1,
      traffic: 'off',
      tls: { cert: pem('good.crt'), key: pem('good.key'), ca: pem('authority.crt') },
    });
    running.push(simulator);
    const { portA } = await simulator.start();
    install('untrusted-client');
    const tls = ['--cti-tls', '--cti-ca', path('authority.crt'), '--cti-cert', cert, '--cti-key', key];
    const config = readConfig(['--cti-server', `127.0.0.1:${portA}`, '--listen', '0', ...tls]).config();
    const seen = new Map<string, () => void>();
    const logged = (event: string) => new Promise<void>((done) => seen.set(event, done));
    const log: Log = (_level, event) => seen.get(event)?.();
    const down = logged('link down');
    const parts = { link: createLink, server: createObjectServer, clock: systemClock };
    const server = await runServer(config, {}, log, parts);
    running.push(server);
    await down;
    const up = logged('link up');
    install('client');
    server.reload();
    await up;
    rmSync(folder, { recursive: true, force: true });
  });

  describe('the renewal of its files', () => {
    let folder: string;
    let clock: VirtualClock;
    let logged: string[];
    let file: (name: string) => string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'ctios-tls-'));
      clock = new VirtualClock();
      logged = [];
      file = (name) => join(folder, name);
      copyFileSync(path('good.crt'), file('server.crt'));
      copyFileSync(path('good.key'), file('server.key'));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
      assert.equal(clock.pending, 0);
    });

    /** Renews with the content of the file, unless it starts with "no". */
    function follow(...names: string[]): () => void {
      const renewals = new Renewals((level, event) => void logged.push(`${level} ${event}`));
      renewals.add('certificate', names.map(file), () => {
        if (readFileSync(file(names[0]!), 'utf8').startsWith('no')) throw new Error('not PEM');
      });
      return renewals.follow(clock);
    }

    it('takes place once all of them have been replaced', () => {
      const stop = follow('server.crt', 'server.key');
      clock.advance(600_000);
      assert.deepEqual(logged, []);
      copyFileSync(path('untrusted.crt'), file('server.crt'));
      clock.advance(60_000);
      copyFileSync(path('untrusted.key'), file('server.key'));
      clock.advance(60_000);
      assert.deepEqual(logged, [], 'the key has just changed');
      clock.advance(600_000);
      assert.deepEqual(logged, ['info certificate renewed']);
      stop();
    });

    const BREAKS: Readonly<Record<string, (name: string) => void>> = {
      'are gone': (name) => rmSync(name),
      'cannot be looked at: a link to itself': (name) => {
        rmSync(name);
        symlinkSync(name, name);
      },
      'are no certificate': (name) => writeFileSync(name, 'no certificate'),
    };
    for (const [what, broken] of Object.entries(BREAKS)) {
      it(`continues when they ${what}, after they can be used again`, () => {
        const stop = follow('server.crt');
        broken(file('server.crt'));
        clock.advance(600_000);
        assert.deepEqual(logged, ['error certificate not renewed']);
        rmSync(file('server.crt'), { force: true });
        copyFileSync(path('untrusted.crt'), file('server.crt'));
        clock.advance(600_000);
        assert.deepEqual(logged, ['error certificate not renewed', 'info certificate renewed']);
        stop();
      });
    }

    it('takes place if only their permissions have changed, because they may have been unreadable before', () => {
      chmodSync(file('server.crt'), 0o000);
      const stop = follow('server.crt');
      chmodSync(file('server.crt'), 0o644);
      clock.advance(600_000);
      assert.deepEqual(logged, ['info certificate renewed']);
      stop();
    });
  });

  for (const [what, argv, problem] of [
    ['a peer elsewhere without TLS', ['--peer', 'ws://b.example.com:42030'], /ws:\/\/b.*needs a wss: URL/],
    ['peers from elsewhere without TLS', ['--peer-listen', '0.0.0.0:0'], /peers on other machines need TLS/],
  ] as const) {
    it(`rejects ${what}`, async () => {
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

/** The CN of the certificate presented at a port of this machine. */
function subjectAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
