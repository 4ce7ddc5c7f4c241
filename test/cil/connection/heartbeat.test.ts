import { deepEqual, equal } from 'node:assert/strict';
import { Session } from '../../../src/cil/index.js';
import type { Connector } from '../../../src/ctios/index.js';
import { describeOverEachTransport } from '../../support/wire.js';
import { SessionHarness } from '../helpers.js';

describeOverEachTransport('Heartbeats', () => {
  const heartbeats = (harness: SessionHarness) =>
    harness.a.connection.received.filter((each) => each.kind === 'heartbeat').length;

  it('are sent after 5, 10 and 15 seconds of silence, and the connection is given up after 20', async () => {
    const harness = await new SessionHarness().connected();
    harness.a.answersHeartbeats = false;
    harness.a.behaviour = 'refuse';
    const start = harness.clock.now();
    harness.names();
    const seen: [number, string][] = [];
    harness.session.subscribe('ISessionEvents', (event) => seen.push([(event.time - start) / 1_000, event.event]));
    const asked: number[] = [];
    let known = 0;
    for (let second = 1; second <= 19; second++) {
      await harness.advance(1_000);
      if (heartbeats(harness) > known) asked.push(second);
      known = heartbeats(harness);
    }
    deepEqual(asked, [5, 10, 15]);
    deepEqual(seen, [
      [10, 'OnMissingHeartbeat'],
      [15, 'OnMissingHeartbeat'],
    ]);
    equal(harness.session.status.state, 'ready');
    await harness.advance(1_000);
    deepEqual(seen[2], [20, 'OnConnectionFailure']);
    const failure = harness.told.find((each) => each.event === 'OnConnectionFailure');
    equal(failure?.args.ReasonCode, 1);
  });

  it('count consecutive misses and report the interval in milliseconds', async () => {
    const harness = await new SessionHarness().connected();
    harness.a.answersHeartbeats = false;
    await harness.advance(10_000);
    deepEqual(harness.last('OnMissingHeartbeat').args, {
      EventTime: harness.clock.now(),
      ConsecutiveMissedHeartbeats: 1,
      HeartbeatInterval: 5_000,
    });
    await harness.advance(5_000);
    equal(harness.last('OnMissingHeartbeat').args.ConsecutiveMissedHeartbeats, 2);
  });

  it('are not sent while events arrive on the connection', async () => {
    const harness = await new SessionHarness().monitoring();
    for (let turn = 0; turn < 10; turn++) {
      await harness.advance(4_000);
      await harness.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 9, ErrorMessage: '' });
    }
    equal(heartbeats(harness), 0);
  });

  it('emit OnHeartbeat for each response, and reset the count', async () => {
    const harness = await new SessionHarness().connected();
    harness.names();
    await harness.advance(5_000);
    deepEqual(harness.names(), ['OnHeartbeat']);
    await harness.advance(60_000);
    equal(harness.session.status.state, 'ready');
    equal(harness.names().includes('OnMissingHeartbeat'), false);
  });

  it('reset the misses when any message arrives', async () => {
    const harness = await new SessionHarness().monitoring();
    harness.a.answersHeartbeats = false;
    await harness.advance(15_000);
    await harness.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 9, ErrorMessage: '' });
    await harness.advance(19_000);
    equal(harness.names().includes('OnConnectionFailure'), false);
  });

  it('of the server are returned with their number, and are not treated as responses', async () => {
    const harness = await new SessionHarness().connected();
    harness.names();
    harness.a.connection.send({ kind: 'heartbeat', id: -1 });
    await harness.settle();
    deepEqual(harness.a.connection.received.at(-1), { kind: 'heartbeat', id: -1 });
    deepEqual(harness.names(), []);
  });

  it('are not sent within a process, and are sent every five seconds of silence to a remote server', () => {
    const connector = new SessionHarness().a.connector;
    const heartbeat = (...connectors: [Connector]) => new Session({ connectors }).getValueInt('Heartbeat');
    equal(heartbeat(connector), 0);
    equal(heartbeat({ ...connector, remote: true }), 5);
  });

  it('are disabled by an interval of 0', async () => {
    const harness = await new SessionHarness(1, { heartbeatMs: 0 }).connected();
    await harness.advance(3_600_000);
    equal(heartbeats(harness), 0);
    equal(harness.session.status.state, 'ready');
  });
});
