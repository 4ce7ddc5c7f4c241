/**
 * The permissions listed in the deployment guide are sufficient: a server and a reader with these permissions, on a
 * real nats-server.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { Session } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { Mask } from '../../src/ctios/mask.js';
import { JetStreamStore } from '../../src/delivery/index.js';
import {
  Claims,
  GroupReader,
  GroupRecords,
  NatsEngine,
  SiteSubjects,
  StreamPeers,
  StreamPublisher,
} from '../../src/stream/index.js';
import { delivery } from '../delivery/helpers.js';
import { FakeServer } from './fake-server.js';
import { needsNatsServer } from './needs-nats-server.js';

const PAGE = readFileSync(resolve(__dirname, '../../../docs/how-to/deployment.md'), 'utf8');

/** The subjects in the row of a role. */
function subjectsOf(role: string): string[] {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| ${role} |`));
  return [...row!.split('|')[2]!.matchAll(/`([^`]+)`/g)].map(([, subject]) => subject!);
}

describe('the permissions in the deployment guide', function () {
  this.timeout(60_000);
  let nats: NatsServer;

  before(async function () {
    needsNatsServer(this);
    const user = (name: string, subjects: readonly string[], ...more: readonly string[]) =>
      `{ user: ${name}, password: "${name}-secret", permissions: { publish: ${JSON.stringify(subjects)}, subscribe: ${JSON.stringify(['_INBOX.>', ...more])} } }`;
    const users = [
      user('server', [...subjectsOf('server'), ...subjectsOf('server, to create them')], 'ctios.berlin.peer.*'),
      user('reader', subjectsOf('reader')),
      user('delivering', [...subjectsOf('reader'), ...subjectsOf('reader, for deliveries')]),
      user('auditor', subjectsOf('auditor')),
    ];
    nats = await new NatsServer(`authorization { users: [ ${users.join(', ')} ] }`).start();
  });
  after(() => nats?.remove());

  const engine = (user: string, create: object = {}) =>
    new NatsEngine(
      { servers: [nats.url], site: 'berlin', name: user, user, password: `${user}-secret`, ...create },
      systemClock,
      () => {},
    );
  const connected = (opened: NatsEngine) => new Promise<void>((done) => void opened.onConnected(() => done()));

  it('allow a server to publish and a reader to read and claim, but not a reader to publish', async () => {
    const server = new FakeServer();
    const publishing = engine('server', {
      create: { replicas: 1, maxAgeMs: 3_600_000, auditMaxAgeMs: 3_600_000 },
    });
    const publisher = new StreamPublisher({
      ...{ engine: publishing, server, site: 'berlin', name: 'a', clock: systemClock, mask: new Mask() },
      report: () => {},
    });
    publishing.start();
    publisher.start();
    await connected(publishing);
    const reading = engine('reader');
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
    const records = new GroupRecords(reading, 'visit', 'g');
    records.put('icm.1/5000.1001/1', 'x');
    await records.flushed();
    assert.deepEqual(await records.recent(0), ['x']);
    records.stop();
    const forged = { subject: 'ctios.berlin.ev.0.call.5000.1.OnCallBegin', id: '1-99', body: '{}' };
    await assert.rejects(reading.log.append(forged, { lastOnSubject: 0 }));
    await session.disconnect();
    await reader.stop();
    await publisher.stop();
    // Ended objects are removed after an hour.
    const [ended] = (await publishing.objects.entries()).filter(({ key }) => key.startsWith('call.'));
    if (ended !== undefined) await publishing.objects.remove(ended.key, ended.revision);
    await Promise.all([publishing.close(), reading.close()]);
  });

  it('allow a reader to share deliveries with its group, and no other reader to change them', async () => {
    const create = { create: { replicas: 1, maxAgeMs: 3_600_000, auditMaxAgeMs: 3_600_000 } };
    const [server, delivering, reader] = [engine('server', create), engine('delivering'), engine('reader')];
    const ready = Promise.all([connected(server), connected(reader)]);
    server.start();
    reader.start();
    await ready;
    const store = new JetStreamStore({
      ...{ engine: delivering, table: delivering.deliveries('node-red'), site: 'berlin', group: 'node-red' },
      ...{ name: 'r', clock: systemClock, report: () => {} },
    });
    await new Promise<void>((resolve) => void store.watch({ turn: () => resolve() }));
    const id = await store.accept(delivery(), 1);
    await store.end(id, { state: 'givenUp', endedAt: 2, attempts: 1, error: 'no', errorCode: 'X' });
    await store.reported(id);
    await store.prune(3);
    assert.deepEqual(await store.list({}), []);
    await assert.rejects(reader.deliveries('node-red').put('x', '{}', '{}', 0));
    await store.close();
    await Promise.all([server.close(), reader.close()]);
  });

  it('allow servers to be peers and to copy their audit logs, and only an auditor to read the copies', async () => {
    const create = { create: { replicas: 1, maxAgeMs: 3_600_000, auditMaxAgeMs: 3_600_000 } };
    const engines = [engine('server', create), engine('server', create), engine('reader')];
    const ready = Promise.all(engines.map(connected));
    for (const each of engines) each.start();
    await ready;
    const [one, two, reader] = engines as [NatsEngine, NatsEngine, NatsEngine];
    const peers = [one, two].map(
      (each, index) => new StreamPeers({ engine: each, site: 'berlin', name: `s${index}`, clock: systemClock }),
    );
    const linked = Promise.all(peers.map((each) => new Promise<void>((done) => each.watch({ linked: () => done() }))));
    for (const each of peers) {
      each.answer('CountDesktops', () => ({ Desktops: 2 }));
      each.start();
    }
    await linked;
    const end = await new Promise((done) =>
      peers[0]!.ask(peers[0]!.linked[0]!, 'CountDesktops', { PeripheralID: 1, AgentID: '1' }, 5_000, done),
    );
    assert.deepEqual(end, { outcome: 'answered', answer: { Desktops: 2 } });
    const forged = await reader.messenger.request(`ctios.berlin.peer.${peers[0]!.id}`, '{}', 500);
    assert.equal(forged.outcome, 'unanswered');

    const entry = { subject: new SiteSubjects('berlin').audit('a'), id: 'a:1', body: '{"what":"request"}' };
    assert.equal(await one.audit.append(entry, { lastOnSubject: 0 }), 1);
    const auditor = await connect({ servers: nats.url, user: 'auditor', pass: 'auditor-secret' });
    const client = jetstream(auditor);
    const read = async (stream: string) => {
      const consumer = await client.consumers.get(stream);
      return (await consumer.next({ expires: 1_000 }))?.string();
    };
    assert.equal(await read('CTIOS_berlin_AUDIT'), entry.body);
    await assert.rejects(client.publish(entry.subject, 'forged', { timeout: 500 }));
    await assert.rejects(read('CTIOS_berlin'));
    await auditor.close();
    for (const each of peers) await each.stop();
    await Promise.all(engines.map((each) => each.close()));
  });
});
