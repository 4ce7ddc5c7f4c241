/** The permissions that the page on deployment lists are enough: a server and a reader with these, on a real nats-server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { Session } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { Mask } from '../../src/ctios/mask.js';
import { Claims, GroupReader, NatsEngine, StreamPublisher } from '../../src/stream/index.js';
import { FakeServer } from './fake-server.js';
import { needsNatsServer } from './needs-nats-server.js';

const PAGE = readFileSync(resolve(__dirname, '../../../docs/how-to/deployment.md'), 'utf8');

/** The subjects in the row of a role. */
function subjectsOf(role: string): string[] {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| ${role} |`));
  return [...row!.split('|')[2]!.matchAll(/`([^`]+)`/g)].map(([, subject]) => subject!);
}

describe('the permissions on the page on deployment', function () {
  this.timeout(60_000);
  let nats: NatsServer;

  before(async function () {
    needsNatsServer(this);
    const user = (name: string, subjects: readonly string[]) =>
      `{ user: ${name}, password: "${name}-secret", permissions: { publish: ${JSON.stringify(subjects)}, subscribe: ["_INBOX.>"] } }`;
    const users = [
      user('server', [...subjectsOf('server'), ...subjectsOf('server, to create them')]),
      user('reader', subjectsOf('reader')),
    ];
    nats = await new NatsServer(`authorization { users: [ ${users.join(', ')} ] }`).start();
  });
  after(() => nats?.remove());

  it('let a server publish and a reader read and claim, and a reader cannot publish', async () => {
    const engine = (user: string, create: object) =>
      new NatsEngine(
        { servers: [nats.url], site: 'berlin', name: user, user, password: `${user}-secret`, ...create },
        systemClock,
        () => {},
      );
    const connected = (opened: NatsEngine) => new Promise<void>((done) => void opened.onConnected(() => done()));
    const server = new FakeServer();
    const publishing = engine('server', { create: { replicas: 1, maxAgeMs: 3_600_000 } });
    const publisher = new StreamPublisher({
      ...{ engine: publishing, server, site: 'berlin', name: 'a', clock: systemClock, mask: new Mask() },
      report: () => {},
    });
    publishing.start();
    publisher.start();
    await connected(publishing);
    const reading = engine('reader', {});
    reading.start();
    await connected(reading);
    const group = { engine: reading, site: 'berlin', group: 'g', name: 'r', clock: systemClock };
    const reader = new GroupReader(group);
    const session = new Session({ connectors: [reader.connector({ allowMonitorControl: false })], heartbeatMs: 0 });
    session.onStatus(({ state, mode }) => reader.listen(state === 'ready' && mode === 'monitor'));
    const begun = new Promise<void>((done) => {
      session.subscribe('ICallEvents', ({ event }) => {
        if (event === 'OnCallEnd') done();
      });
    });
    reader.start();
    session.connect();
    await session.setMessageFilter('');
    while (!publisher.leading) await new Promise((turn) => setImmediate(turn));
    server.begin('1');
    server.end('1');
    await begun;
    assert.equal(await new Claims(reading.claims, 'g').claim('icm.1/5000.1001/1'), true);
    const forged = { subject: 'ctios.berlin.ev.0.call.5000.1.OnCallBegin', id: '1-99', body: '{}' };
    await assert.rejects(reading.log.append(forged, { lastOnSubject: 0 }));
    await session.disconnect();
    await reader.stop();
    await publisher.stop();
    // What has ended is removed after an hour.
    const [ended] = (await publishing.objects.entries()).filter(({ key }) => key.startsWith('call.'));
    if (ended !== undefined) await publishing.objects.remove(ended.key, ended.revision);
    await Promise.all([publishing.close(), reading.close()]);
  });
});
