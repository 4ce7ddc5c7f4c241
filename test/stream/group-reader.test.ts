import assert from 'node:assert/strict';
import { Session } from '../../src/cil/index.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Mask } from '../../src/ctios/mask.js';
import { Claims, GroupReader, GroupRecords } from '../../src/stream/index.js';
import { StreamPublisher } from '../../src/stream/publisher.js';
import { brief, FakeServer } from './fake-server.js';
import { MemoryBroker } from './memory-engine.js';
import { pass, settled } from './pass.js';

describe('a reader of an event stream', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;
  let server: FakeServer;
  const sessions: Session[] = [];

  beforeEach(async () => {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
    server = publishing('a');
    await pass(clock, 500);
  });

  // A session that is still open keeps the process alive.
  afterEach(async () => {
    const ended = Promise.all(sessions.splice(0).map((session) => session.disconnect()));
    await pass(clock, 6_000);
    await ended;
  });

  function publishing(name: string): FakeServer {
    const server = new FakeServer();
    new StreamPublisher({
      engine: broker.connect(),
      server,
      site: 'site',
      name,
      clock,
      mask: new Mask(),
      report: () => {},
    }).start();
    return server;
  }

  function process(name: string, { group = 'group', filter = '' } = {}) {
    const engine = broker.connect();
    const reader = new GroupReader({ engine, site: 'site', group, name, clock });
    const session = new Session({
      connectors: [reader.connector({ allowMonitorControl: true })],
      clock,
      heartbeatMs: 0,
      connectMs: 2 ** 31 - 1,
    });
    sessions.push(session);
    const events: string[] = [];
    const replayed: string[] = [];
    session.subscribe('AllInOne', (event) => {
      const line = brief(event);
      if (!/^On(Call|Snapshot|ConnectionGap)/.test(line)) return;
      events.push(line);
      if (event.replayed) replayed.push(line);
    });
    session.onStatus(({ state, mode }) => reader.listen(state === 'ready' && mode === 'monitor'));
    reader.start();
    session.connect();
    void session.setMessageFilter(filter);
    return { engine, reader, session, events, replayed };
  }

  it('passes the events of the stream, with the objects they are about, to its sessions', async () => {
    const { session, events, replayed, reader } = process('p');
    await pass(clock, 1_000);
    server.begin('1', { ANI: '4155550100' });
    server.change('1', 'OnCallDelivered', { CallStatus: 2 });
    await settled();
    assert.deepEqual(events, ['OnCallBegin 1', 'OnCallDelivered 1']);
    assert.deepEqual(replayed, []);
    assert.equal([...session.calls.values()][0]!.properties().ANI, '4155550100');
    assert.deepEqual(reader.state, { state: 'working' });
    assert.equal(session.status.online, true);
  });

  it('filters like any other session', async () => {
    const { events } = process('p', { filter: 'ANI=1' });
    await pass(clock, 1_000);
    server.begin('1', { ANI: '1' });
    server.begin('2', { ANI: '2' });
    await settled();
    assert.deepEqual(events, ['OnCallBegin 1']);
  });

  it('is the only active one in its group: a standby reader knows which one is active and takes over within six seconds', async () => {
    const [p, q] = [process('p'), process('q')];
    await pass(clock, 1_000);
    server.begin('1');
    await pass(clock, 3_000);
    assert.deepEqual([p.events, q.events], [['OnCallBegin 1'], []]);
    assert.deepEqual(q.reader.state, { state: 'warm', worker: 'p' });
    p.engine.cut = true;
    server.change('1', 'OnCallDelivered');
    await pass(clock, 6_000);
    server.end('1');
    await settled();
    assert.deepEqual(q.events, ['OnSnapshotCallConf 1 r', 'OnCallDelivered 1', 'OnCallEnd 1']);
    assert.deepEqual(q.replayed, ['OnCallDelivered 1']);
  });

  it('reads again only what was not acknowledged when the active reader failed', async () => {
    const p = process('p');
    await pass(clock, 1_000);
    server.begin('1');
    await pass(clock, 2_000);
    server.begin('2');
    await settled();
    p.engine.cut = true;
    const q = process('q');
    await pass(clock, 7_000);
    assert.deepEqual(q.events, ['OnSnapshotCallConf 1 r', 'OnCallBegin 2']);
  });

  it('lists after a restart the calls that existed before, including those that have ended since', async () => {
    const p = process('p');
    await pass(clock, 1_000);
    server.begin('1', { ANI: '4155550100' });
    await pass(clock, 3_000);
    await p.reader.stop();
    server.begin('2');
    server.end('1');
    await pass(clock, 60_000);
    const q = process('p');
    const numbers: unknown[] = [];
    q.session.subscribe('ICallEvents', ({ event, call }) => {
      if (event === 'OnCallEnd') numbers.push(call?.properties().ANI);
    });
    await pass(clock, 2_000);
    assert.deepEqual(q.events, ['OnSnapshotCallConf 1 r', 'OnCallBegin 2', 'OnCallEnd 1']);
    assert.deepEqual(q.replayed, ['OnCallBegin 2', 'OnCallEnd 1']);
    assert.deepEqual(numbers, ['4155550100']);
  });

  it('passes no event before what is done before its work is done', async () => {
    const { reader, events } = process('p');
    let ready = (): void => {};
    reader.beforeWork(() => new Promise((resolve) => (ready = resolve)));
    await pass(clock, 1_000);
    server.begin('1');
    await settled();
    assert.deepEqual([events, reader.state], [[], { state: 'away' }]);
    ready();
    await settled();
    server.end('1');
    await settled();
    assert.deepEqual(events, ['OnCallBegin 1', 'OnCallEnd 1']);
  });

  it('shares records within a group, also those made while NATS is unreachable, for some time', async () => {
    const mine = new GroupRecords(broker.connect(), 'visit', 'group');
    mine.put('a', '1');
    await settled();
    await pass(clock, 60_000);
    const began = clock.now();
    broker.reachable = false;
    mine.put('b/?', '1');
    mine.put('c', '1');
    mine.put('b/?', '2');
    await settled();
    broker.reachable = true;
    await settled();
    const next = new GroupRecords(broker.connect(), 'visit', 'group');
    assert.deepEqual(await next.recent(0), ['1', '1', '2']);
    assert.deepEqual(await next.recent(began), ['1', '2']);
    assert.deepEqual(await new GroupRecords(broker.connect(), 'visit', 'other').recent(0), []);
    mine.stop();
    next.stop();
  });

  it('leaves events in the stream while it is paused', async () => {
    const { reader, events } = process('p');
    await pass(clock, 1_000);
    reader.pause(true);
    server.begin('1');
    await pass(clock, 30_000);
    assert.deepEqual(events, []);
    reader.pause(false);
    await settled();
    assert.deepEqual(events, ['OnCallBegin 1']);
  });

  it('continues without a gap after an outage of NATS if no other reader was active', async () => {
    const { events, session, reader } = process('p');
    await pass(clock, 1_000);
    server.begin('1');
    await settled();
    broker.reachable = false;
    server.change('1', 'OnCallDelivered');
    await pass(clock, 20_000);
    assert.equal(reader.state.state, 'away');
    broker.reachable = true;
    await pass(clock, 8_000);
    server.end('1');
    await settled();
    assert.deepEqual(events, ['OnCallBegin 1', 'OnCallDelivered 1', 'OnCallEnd 1']);
    assert.equal(session.calls.size, 0);
  });

  it('passes nothing on once its lease may have expired, and compares objects when it is active again', async () => {
    const [p, q] = [process('p'), process('q')];
    await pass(clock, 1_000);
    server.begin('1');
    await pass(clock, 2_000);
    p.engine.cut = true;
    await pass(clock, 8_000);
    assert.equal(q.reader.state.state, 'working');
    p.engine.cut = false;
    server.end('1');
    server.begin('2');
    await pass(clock, 3_000);
    assert.deepEqual(p.events, ['OnCallBegin 1']);
    q.engine.cut = true;
    await pass(clock, 15_000);
    assert.deepEqual(p.events, ['OnCallBegin 1', 'OnSnapshotCallConf 2 r', 'OnCallEnd 1 r', 'OnConnectionGap']);
  });

  it('reports events that are no longer in the stream', async () => {
    const p = process('p');
    await pass(clock, 1_000);
    server.begin('1');
    await pass(clock, 2_000);
    await p.reader.stop();
    for (const call of ['2', '3']) server.begin(call);
    await pass(clock, 1_000);
    // The oldest records are removed after a while.
    broker.skip = 2;
    server.begin('4');
    const q = process('p');
    await pass(clock, 2_000);
    assert.deepEqual(q.events.slice(-2), ['OnConnectionGap', 'OnCallBegin 4']);
    const gap = [...q.session.history].find(({ event }) => event === 'OnConnectionGap')!;
    assert.deepEqual([gap.args.Reason, gap.args.EventsLost], ['stream', 2]);
  });

  it('rejects requests if no server accepts them', async () => {
    const { session } = process('p');
    await pass(clock, 1_000);
    server.begin('1', { CallStatus: 3 });
    await settled();
    const refused = assert.rejects([...session.calls.values()][0]!.request('Hold'), {
      code: 'CTIOS_NO_REQUEST_SERVER',
    });
    await pass(clock, 1_000);
    await refused;
  });

  it('claims a contact for one group, and for the next active process of that group', async () => {
    const claims = (group: string) => new Claims(broker.connect().claims, group);
    const name = 'icm.153.7/5000.1001/100.2001';
    assert.equal(await claims('one').claim(name), true);
    assert.equal(await claims('other').claim(name), false);
    assert.equal(await claims('one').claim(name), true);
    broker.reachable = false;
    await assert.rejects(claims('other').claim(name));
  });
});
