/** NATS with TLS and with credentials files: a `ctios-server` and a session of Node-RED with their settings. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrated } from '../../nodes/shared/migrations.js';
import { openSession } from '../../nodes/shared/session/opening/open-session.js';
import { testSession } from '../../nodes/shared/session/opening/test-session.js';
import { readSettings, type SessionDef } from '../../nodes/shared/session/settings/settings.js';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { ServerProcess } from '../../scripts/ha/server-process.js';
import { systemClock } from '../../src/common/clock.js';
import { Simulator } from '../../src/simulator/index.js';
import { NatsEngine, type NatsSettings } from '../../src/stream/index.js';
import { decentralized } from './decentralized.js';
import { needsNatsServer } from './needs-nats-server.js';

const TLS = resolve(__dirname, '../../../test/fixtures/tls');
const fixture = (name: string): string => join(TLS, name);
const pem = (name: string): string => readFileSync(fixture(name), 'utf8');

describe('secured NATS', function () {
  this.timeout(60_000);
  let folder: string;
  let nats: NatsServer;
  let simulator: Simulator;
  const servers: ServerProcess[] = [];

  beforeEach(async function () {
    needsNatsServer(this);
    folder = mkdtempSync(join(tmpdir(), 'ctios-secured-'));
    simulator = new Simulator({ agents: 1, traffic: 'off', automatic: false });
    await simulator.start();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.kill('SIGKILL');
    await nats?.remove();
    await simulator?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function server(url: string, more: readonly string[]): ServerProcess {
    const started = new ServerProcess('side-a', simulator.listening.portA, url, more);
    servers.push(started);
    return started;
  }

  const session = (more: object) =>
    migrated('ctios-session', { type: 'ctios-session', connect: 'nats', natsServers: nats.url, ...more } as SessionDef);

  /** The first report of an engine with these settings. */
  async function firstReport(settings: Partial<NatsSettings>) {
    let engine: NatsEngine | undefined;
    const report = await new Promise<{ what: string; reason?: string }>((done) => {
      engine = new NatsEngine({ servers: [nats.url], site: 'site', name: 't', ...settings }, systemClock, done);
      engine.start();
    });
    await engine!.close();
    return report;
  }

  describe('with TLS', () => {
    const secure = () => nats.url.replace('nats://127.0.0.1', 'tls://localhost');

    beforeEach(async () => {
      const files = `cert_file: "${fixture('good.crt')}", key_file: "${fixture('good.key')}"`;
      nats = await new NatsServer(`tls { ${files}, ca_file: "${fixture('authority.crt')}", verify: true }`).start();
    });

    it('accepts a server and a session that trust its authority and present a certificate', async () => {
      const files = ['--nats-ca', 'authority.crt', '--nats-cert', 'client.crt', '--nats-key', 'client.key'];
      const more = files.map((each) => (each.startsWith('--') ? each : fixture(each)));
      await server(secure(), more).logged('stream leader');
      const options = { ca: pem('authority.crt'), cert: pem('client.crt'), key: pem('client.key') };
      const settings = readSettings(session({ natsServers: secure() }), {}, { tls: { id: 'tls', options } });
      assert.equal((await testSession(settings, undefined)).ok, true);
    });

    it('is used by a session with TLS settings for NATS, but not by one without', async () => {
      const options = { ca: pem('authority.crt'), cert: pem('client.crt'), key: pem('client.key') };
      const def = migrated('ctios-session', {
        ...{ type: 'ctios-session', connect: 'ctiserver', hostA: '127.0.0.1', portA: simulator.listening.portA },
        ...{ peripheralId: 5000, clientId: 'one', natsPublish: true, natsServers: secure() },
      } as unknown as SessionDef);
      for (const [natsTls, expected] of [
        [{ id: 'nats', options }, 'leading'],
        [{ id: 'nats', options: { ca: options.ca } }, 'away'],
        [undefined, 'away'],
      ] as const) {
        const opened = openSession(readSettings(def, {}, { natsTls }));
        await new Promise<void>((done) => {
          opened.stream!.onState(({ state }) => state === expected && done());
          void opened.start();
        });
        await opened.close();
      }
    });

    it('is not used if its authority is not trusted, or without a client certificate', async () => {
      const mine = { cert: pem('client.crt'), key: pem('client.key') };
      const stranger = await firstReport({ servers: [secure()], tls: { ca: pem('stranger.crt'), ...mine } });
      assert.equal(stranger.what, 'not connected');
      assert.match(stranger.reason!, /^the certificate of .*:\d+ is issued by .*, which is not trusted here$/);
      const shown = await firstReport({ servers: [secure()], tls: { ca: pem('authority.crt') } });
      assert.equal(shown.what, 'not connected');
    });
  });

  it('is not used without TLS by a client with a tls:// address', async () => {
    nats = await new NatsServer().start();
    const create = { replicas: 1, maxAgeMs: 3_600_000 };
    const report = await firstReport({ servers: [nats.url.replace('nats:', 'tls:')], create });
    assert.equal(report.what, 'not connected', report.reason);
  });

  it('with credentials files accepts clients with a credentials file, but not others', async () => {
    const { config, credentials } = decentralized();
    nats = await new NatsServer(config).start();
    const file = join(folder, 'server.creds');
    writeFileSync(file, credentials('server'));
    await server(nats.url, ['--nats-credentials', file]).logged('stream leader');
    const reader = join(folder, 'reader.creds');
    writeFileSync(reader, credentials('reader'));
    const read = readSettings(session({ natsCredentials: reader }), {});
    assert.equal((await testSession(read, undefined)).ok, true);
    const refused = await firstReport({});
    assert.match(refused.reason!, /authorization/i);
    const strange = await firstReport({ credentials: decentralized().credentials('stranger') });
    assert.match(strange.reason!, /authorization/i);
  });

  it('accepts a renewed credentials file from the next connection on', async () => {
    const { config, credentials } = decentralized();
    nats = await new NatsServer(config).start();
    const file = join(folder, 'server.creds');
    writeFileSync(file, decentralized().credentials('server'));
    const started = server(nats.url, ['--nats-credentials', file]);
    await started.logged('NATS not connected');
    writeFileSync(file, credentials('server'));
    started.kill('SIGHUP');
    await started.logged('stream leader');
  });
});
