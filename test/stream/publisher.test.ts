import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Mask } from '../../src/ctios/mask.js';
import { type PublisherReport, StreamPublisher } from '../../src/stream/publisher.js';
import { isEvent, readRecord, type StreamEvent } from '../../src/stream/stream-event.js';
import { brief, FakeServer, id } from './fake-server.js';
import { MemoryBroker } from './memory-engine.js';
import { pass, settled } from './pass.js';

describe('the publisher of an event stream', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;

  beforeEach(() => {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
  });

  function serverOf(name: string, { masked = '', maxWaiting = 100 } = {}) {
    const server = new FakeServer();
    const engine = broker.connect();
    const reports: PublisherReport[] = [];
    const publisher = new StreamPublisher({
      engine,
      server,
      site: 'site',
      name,
      clock,
      mask: new Mask(masked),
      maxWaiting,
      report: (report) => reports.push(report),
    });
    publisher.start();
    return { server, engine, publisher, reports };
  }

  const events = (): StreamEvent[] =>
    broker.records.map((stored) => readRecord(stored)!).filter((record) => isEvent(record));
  const told = (): string[] =>
    events()
      .map(brief)
      .filter((line) => !line.startsWith('OnCTIOSFailure'));

  it('opens an epoch with a marker and publishes each event once and in order after it', async () => {
    const { server } = serverOf('a');
    await pass(clock, 500);
    server.begin('1');
    server.change('1', 'OnCallDelivered', { CallStatus: 2 });
    server.end('1');
    await settled();
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnCallDelivered 1', 'OnCallEnd 1']);
    const [marker, ...rest] = broker.records;
    assert.equal(marker!.subject, 'ctios.site.epoch');
    assert.deepEqual(
      rest.map((record) => record.id),
      ['1-1', '1-2', '1-3', '1-4'],
    );
    assert.match(rest[1]!.subject, /^ctios\.site\.ev\.\d+\.call\.5000\.1%2E2001\.OnCallBegin$/);
  });

  it('publishes from only one of two servers', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 500);
    for (const { server } of [a, b]) server.begin('1');
    await pass(clock, 30_000);
    assert.deepEqual(told(), ['OnCallBegin 1']);
    assert.deepEqual([a.publisher.leading, b.publisher.leading], [true, false]);
  });

  it('does not publish events for a single client or button events', async () => {
    const { server } = serverOf('a');
    await pass(clock, 500);
    server.publish('OnCallBegin', { UniqueObjectID: id('1') }, { client: 'x.1' });
    server.publish('OnButtonEnablementChange', { UniqueObjectID: id('1') }, { agentModeOnly: true });
    await settled();
    assert.deepEqual(told(), []);
  });

  it('masks values everywhere it publishes them', async () => {
    const { server } = serverOf('a', { masked: 'CallVariable3' });
    await pass(clock, 500);
    server.begin('1', { CallVariable3: '4111111111111111', CallVariable1: 'gold' });
    await pass(clock, 500);
    const everything = JSON.stringify([broker.records, [...broker.buckets.objects.values()]]);
    assert.ok(everything.includes('gold'));
    assert.ok(!everything.includes('4111'));
  });

  it('keeps the events of a call in one part, even under a later id or journey', async () => {
    const { server } = serverOf('a');
    await pass(clock, 500);
    server.begin('1');
    server.change('1', 'OnCallDataUpdate', { ICMEnterpriseUniqueID: '153.7' });
    server.publish('OnCallDataUpdate', { UniqueObjectID: id('9'), OldUniqueObjectID: id('1') });
    server.publish('OnCallEnd', { UniqueObjectID: id('9') });
    await settled();
    const parts = broker.records
      .filter(({ subject }) => subject.includes('.call.'))
      .map(({ subject }) => subject.split('.')[3]);
    assert.equal(parts.length, 4);
    assert.equal(new Set(parts).size, 1);
  });

  it('publishes on a takeover the differences, marked as recovered, then one gap', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 500);
    for (const { server } of [a, b]) for (const call of ['1', '2', '3']) server.begin(call);
    await pass(clock, 1_000);
    a.engine.cut = true;
    b.server.end('1');
    b.server.change('2', 'OnCallEstablished', { CallStatus: 3 });
    b.server.begin('4');
    const before = told().length;
    await pass(clock, 6_000);
    assert.equal(b.publisher.leading, true);
    const [first, ...rest] = told().slice(before).sort();
    assert.equal(first, 'OnCallEnd 1 r');
    assert.deepEqual(rest, ['OnConnectionGap', 'OnSnapshotCallConf 2 r', 'OnSnapshotCallConf 4 r']);
    const gap = events().at(-1)!;
    assert.equal(gap.event, 'OnConnectionGap');
    assert.equal(gap.args.Reason, 'stream');
    assert.deepEqual([gap.args.CallsNew, gap.args.CallsChanged, gap.args.CallsEnded], [1, 1, 1]);
    b.server.end('4');
    await settled();
    assert.equal(told().at(-1), 'OnCallEnd 4');
  });

  it('treats events that the old leader stored last, but did not write to the bucket, as received', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 500);
    for (const { server } of [a, b]) server.begin('1');
    await settled();
    a.engine.cut = true;
    await pass(clock, 6_000);
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnConnectionGap']);
  });

  it('continues without a gap if the engine was unreachable and no other server has led', async () => {
    const { server, reports } = serverOf('a');
    await pass(clock, 500);
    server.begin('1');
    await settled();
    broker.reachable = false;
    server.change('1', 'OnCallDelivered');
    await pass(clock, 30_000);
    server.end('1');
    broker.reachable = true;
    await pass(clock, 3_000);
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnCallDelivered 1', 'OnCallEnd 1']);
    assert.deepEqual(
      reports.filter(({ what }) => what === 'leading').map((report) => 'how' in report && report.how),
      ['took over', 'went on'],
    );
  });

  it('takes over, with a gap, if another server has led meanwhile', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 500);
    for (const { server } of [a, b]) server.begin('1');
    await pass(clock, 1_000);
    a.engine.cut = true;
    await pass(clock, 6_000);
    for (const { server } of [a, b]) server.begin('2');
    await pass(clock, 1_000);
    b.engine.cut = true;
    for (const { server } of [a, b]) server.end('1');
    a.engine.cut = false;
    await pass(clock, 10_000);
    const led = a.reports.flatMap((each) => (each.what === 'leading' ? [each.how] : []));
    assert.deepEqual(led, ['took over', 'took over']);
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnConnectionGap', 'OnCallBegin 2', 'OnCallEnd 1 r', 'OnConnectionGap']);
  });

  it('reports once that the engine does not store events, and why, and continues without a gap when it does again', async () => {
    const { server, engine, publisher, reports } = serverOf('a');
    await pass(clock, 500);
    server.begin('1');
    await settled();
    const append = engine.log.append.bind(engine.log);
    engine.log.append = () => Promise.reject(new Error('insufficient storage resources available'));
    server.change('1', 'OnCallDelivered');
    await pass(clock, 5_000);
    server.end('1');
    await pass(clock, 5_000);
    assert.equal(publisher.problem, 'insufficient storage resources available');
    assert.deepEqual([publisher.leading, publisher.figures.waiting], [true, 2]);
    engine.log.append = append;
    await pass(clock, 1_000);
    assert.equal(publisher.problem, undefined);
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnCallDelivered 1', 'OnCallEnd 1']);
    assert.deepEqual(reports.slice(1), [
      { what: 'publish failed', reason: 'insufficient storage resources available' },
      { what: 'publishing again' },
    ]);
  });

  it('reports a gap if more events occurred than it could keep', async () => {
    const { server } = serverOf('a', { maxWaiting: 3 });
    await pass(clock, 500);
    server.begin('1');
    await settled();
    broker.reachable = false;
    for (const call of ['2', '3', '4', '5']) server.begin(call);
    server.end('1');
    await pass(clock, 10_000);
    broker.reachable = true;
    await pass(clock, 8_000);
    const lines = told();
    assert.equal(lines[0], 'OnCallBegin 1');
    assert.deepEqual(lines.slice(1).sort(), [
      'OnCallEnd 1 r',
      'OnConnectionGap',
      'OnSnapshotCallConf 2 r',
      'OnSnapshotCallConf 3 r',
      'OnSnapshotCallConf 4 r',
      'OnSnapshotCallConf 5 r',
    ]);
    assert.equal(lines.at(-1), 'OnConnectionGap');
  });

  it('stores nothing twice or out of order if confirmations are lost', async () => {
    const { server, engine, publisher } = serverOf('a');
    await pass(clock, 500);
    engine.deaf = true;
    for (const call of ['1', '2', '3']) server.begin(call);
    await settled();
    engine.deaf = false;
    server.end('2');
    await pass(clock, 2_000);
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnCallBegin 2', 'OnCallBegin 3', 'OnCallEnd 2']);
    assert.ok(publisher.figures.failures > 0);
    assert.equal(publisher.figures.waiting, 0);
  });

  it('can no longer store anything after another server has opened an epoch', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 500);
    a.engine.cut = true;
    await pass(clock, 6_000);
    assert.equal(b.publisher.leading, true);
    // It reconnects, assuming that it still holds the lease.
    a.engine.cut = false;
    const late = { subject: 'ctios.site.ev.0.call.5000.1.OnCallBegin', id: '1-99', body: '{}' };
    assert.equal(await a.engine.log.append(late, { lastId: '1-1' }), undefined);
    a.server.begin('7');
    await pass(clock, 5_000);
    assert.ok(!told().includes('OnCallBegin 7'));
  });

  it('resigns when its link to the CTI Server is down, after notifying its readers', async () => {
    const [a, b] = [serverOf('a'), serverOf('b')];
    await pass(clock, 1_000);
    a.server.begin('1');
    a.server.online = false;
    a.server.publish('OnCTIOSFailure', { StatusSystem: { StatusCtiServerDriver: false } }, { everyone: true });
    await pass(clock, 1_600);
    assert.deepEqual([a.publisher.leading, b.publisher.leading], [false, true]);
    assert.ok(events().some(({ event, epoch }) => event === 'OnCTIOSFailure' && epoch === 1));
    assert.deepEqual(told(), ['OnCallBegin 1', 'OnCallEnd 1 r', 'OnConnectionGap']);
  });

  it('keeps ended calls for an hour, for readers that lag behind, and no longer', async () => {
    const { server } = serverOf('a');
    await pass(clock, 500);
    server.begin('1');
    server.end('1');
    await pass(clock, 1_000);
    const kept = () => [...broker.buckets.objects.keys()].filter((key) => key.startsWith('call.'));
    assert.equal(kept().length, 1);
    await pass(clock, 3_600_000, 60_000);
    server.begin('2');
    await pass(clock, 10_000);
    assert.deepEqual(kept(), ['call.5000.2=2E2001']);
  });
});
