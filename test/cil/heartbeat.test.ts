import { deepEqual, equal } from 'node:assert/strict';
import { Session } from '../../src/cil/index.js';
import type { Connector } from '../../src/ctios/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { Stage } from './helpers.js';

describeOverEachTransport('Heartbeats', () => {
  const heartbeats = (stage: Stage) => stage.a.connection.received.filter((each) => each.kind === 'heartbeat').length;

  it('are sent at 5, 10 and 15 seconds of silence, and the connection is given up at 20', async () => {
    const stage = await new Stage().connected();
    stage.a.answersHeartbeats = false;
    stage.a.behaviour = 'refuse';
    const start = stage.clock.now();
    stage.names();
    const seen: [number, string][] = [];
    stage.session.subscribe('ISessionEvents', (event) => seen.push([(event.time - start) / 1_000, event.event]));
    const asked: number[] = [];
    let known = 0;
    for (let second = 1; second <= 19; second++) {
      await stage.advance(1_000);
      if (heartbeats(stage) > known) asked.push(second);
      known = heartbeats(stage);
    }
    deepEqual(asked, [5, 10, 15]);
    deepEqual(seen, [
      [10, 'OnMissingHeartbeat'],
      [15, 'OnMissingHeartbeat'],
    ]);
    equal(stage.session.status.state, 'ready');
    await stage.advance(1_000);
    deepEqual(seen[2], [20, 'OnConnectionFailure']);
    const failure = stage.told.find((each) => each.event === 'OnConnectionFailure');
    equal(failure?.args.ReasonCode, 1);
  });

  it('count the misses in a row and name the interval in milliseconds', async () => {
    const stage = await new Stage().connected();
    stage.a.answersHeartbeats = false;
    await stage.advance(10_000);
    deepEqual(stage.last('OnMissingHeartbeat').args, {
      EventTime: stage.clock.now(),
      ConsecutiveMissedHeartbeats: 1,
      HeartbeatInterval: 5_000,
    });
    await stage.advance(5_000);
    equal(stage.last('OnMissingHeartbeat').args.ConsecutiveMissedHeartbeats, 2);
  });

  it('are by exception: a connection on which events come is not asked', async () => {
    const stage = await new Stage().monitoring();
    for (let turn = 0; turn < 10; turn++) {
      await stage.advance(4_000);
      await stage.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 9, ErrorMessage: '' });
    }
    equal(heartbeats(stage), 0);
  });

  it('tell OnHeartbeat for each answer, and start to count anew', async () => {
    const stage = await new Stage().connected();
    stage.names();
    await stage.advance(5_000);
    deepEqual(stage.names(), ['OnHeartbeat']);
    await stage.advance(60_000);
    equal(stage.session.status.state, 'ready');
    equal(stage.names().includes('OnMissingHeartbeat'), false);
  });

  it('forgive misses once anything comes', async () => {
    const stage = await new Stage().monitoring();
    stage.a.answersHeartbeats = false;
    await stage.advance(15_000);
    await stage.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 9, ErrorMessage: '' });
    await stage.advance(19_000);
    equal(stage.names().includes('OnConnectionFailure'), false);
  });

  it('of the server are returned with the number they came with, and are no answers', async () => {
    const stage = await new Stage().connected();
    stage.names();
    stage.a.connection.send({ kind: 'heartbeat', id: -1 });
    await stage.settle();
    deepEqual(stage.a.connection.received.at(-1), { kind: 'heartbeat', id: -1 });
    deepEqual(stage.names(), []);
  });

  it('are not needed within a process, and come every five seconds of silence to a server elsewhere', () => {
    const connector = new Stage().a.connector;
    const heartbeat = (...connectors: [Connector]) => new Session({ connectors }).getValueInt('Heartbeat');
    equal(heartbeat(connector), 0);
    equal(heartbeat({ ...connector, remote: true }), 5);
  });

  it('are switched off by an interval of 0', async () => {
    const stage = await new Stage(1, { heartbeatMs: 0 }).connected();
    await stage.advance(3_600_000);
    equal(heartbeats(stage), 0);
    equal(stage.session.status.state, 'ready');
  });
});
