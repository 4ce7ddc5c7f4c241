import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Mask } from '../../src/ctios/mask.js';
import { exposition } from '../../src/server/observability/metrics.js';
import { StreamMetrics, StreamPublisher } from '../../src/stream/index.js';
import { FakeServer } from './fake-server.js';
import { MemoryBroker } from './memory-engine.js';
import { pass } from './pass.js';

describe('the metrics of an event stream', () => {
  it('show the leader and its epoch, failures, and how far each group lags behind', async () => {
    const clock = new VirtualClock();
    const engine = new MemoryBroker(clock).connect();
    const server = new FakeServer();
    const metrics = new StreamMetrics(
      () => publisher,
      () => engine.connected,
    );
    const publisher: StreamPublisher = new StreamPublisher({
      ...{ engine, server, site: 'berlin', name: 'a', clock, mask: new Mask() },
      report: (report) => metrics.note(report),
    });
    const stop = metrics.followGroups(engine.consumers, clock, () => publisher.leading);
    const lines = () => exposition(metrics.families).split('\n');
    assert.ok(lines().includes('ctios_stream_leader 0'));
    publisher.start();
    await pass(clock, 500);
    await engine.consumers.create('pops_1', 1);
    server.begin('1');
    server.end('1');
    await pass(clock, 5_500);
    const epoch = publisher.figures.epoch;
    for (const line of [
      'ctios_stream_leader 1',
      `ctios_stream_epoch ${epoch}`,
      'ctios_stream_publish_failures 0',
      'ctios_stream_group_lag{group="pops"} 4',
    ])
      assert.ok(lines().includes(line), `${line}\n${lines().join('\n')}`);
    engine.deaf = true;
    server.begin('2');
    await pass(clock, 1_000);
    assert.ok(!lines().includes('ctios_stream_publish_failures 0'));
    engine.deaf = false;
    engine.cut = true;
    await pass(clock, 10_000);
    assert.ok(lines().includes('ctios_stream_leader 0'));
    assert.ok(!lines().some((line) => line.startsWith('ctios_stream_group_lag{')), 'of a leader only');
    stop();
    await publisher.stop();
  });
});
