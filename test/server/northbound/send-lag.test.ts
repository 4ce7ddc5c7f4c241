/** How long messages wait for a client: because its connection does not accept bytes, or behind a snapshot. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { ClientSessions, listenForWebSockets, ServerMetrics } from '../../../src/server/northbound/index.js';
import { OutgoingMessages } from '../../../src/server/northbound/session/outgoing-messages.js';
import { SendLag } from '../../../src/server/northbound/transport/send-lag.js';
import { FakeObjectServer } from './fake-object-server.js';

describe('the lag of a client', () => {
  it('is the age of the oldest byte not yet accepted', () => {
    const lag = new SendLag();
    assert.equal(lag.lagMs(0, 0), 0);
    lag.sent(1_000, 0, 0);
    lag.sent(1_000, 1_000, 5_000);
    assert.equal(lag.lagMs(2_000, 6_000), 6_000);
    assert.equal(lag.lagMs(1_500, 6_000), 6_000, 'half of the first');
    assert.equal(lag.lagMs(1_000, 6_000), 1_000, 'the second alone');
    assert.equal(lag.lagMs(0, 6_000), 0);
    lag.sent(10, 0, 7_000);
    assert.equal(lag.lagMs(10, 7_050), 50);
  });

  it('does not grow for a client that keeps up with a continuous stream', () => {
    const lag = new SendLag();
    for (let now = 0; now < 60_000; now += 10) {
      // The last 50 ms are in transit.
      lag.sent(100, Math.min(now / 10, 5) * 100, now);
      assert.ok(lag.lagMs(Math.min(now / 10 + 1, 5) * 100, now) <= 150);
    }
  });

  it('grows in the metrics while a client does not read, and ends when it does', async () => {
    const clock = new VirtualClock();
    const server = new FakeObjectServer();
    const sessions = new ClientSessions({ server, clock, settings: { heartbeatMs: 0 } });
    const listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0 });
    const metrics = new ServerMetrics({
      sessions,
      link: () => ({ state: 'up', standby: false, oddities: [] }) as never,
      deepestQueue: () => listener.deepestQueue,
      longestWaitMs: () => listener.longestWaitMs,
    });
    const shown = () => Number(/^ctios_client_lag_seconds (.*)$/m.exec(metrics.text())?.[1]);
    const socket = new WebSocket(listener.url);
    let seen = 0;
    let wake = () => {};
    socket.on('message', (data) => {
      seen = Math.max(
        seen,
        Number((JSON.parse(String(data)) as { args?: { StateDuration?: number } }).args?.StateDuration ?? 0),
      );
      wake();
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ kind: 'hello', version: 1, client: 'lag' }));
    socket.send(JSON.stringify({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 }));
    await new Promise<void>((resolve) => {
      wake = () => {
        if ([...sessions.sessions].some(({ mode }) => mode === 'monitor')) resolve();
      };
    });
    socket.pause();
    const args = { UniqueObjectID: 'agent.5000.1', AgentName: 'x'.repeat(10_000) };
    let published = 0;
    while (listener.deepestQueue < 200_000) {
      server.publish('OnAgentStateChange', { ...args, StateDuration: ++published });
      await new Promise((turn) => setImmediate(turn));
      assert.ok(published < 20_000, 'the system took all of it');
    }
    clock.advance(30_000);
    assert.ok(shown() >= 30, `${shown()} s`);
    const all = new Promise<void>((resolve) => {
      wake = () => {
        if (seen === published) resolve();
      };
    });
    socket.resume();
    await all;
    assert.equal(shown(), 0);
    socket.terminate();
    sessions.stop();
    await listener.close();
  });

  it('includes messages that wait behind a snapshot', () => {
    const clock = new VirtualClock();
    const flushed: (() => void)[] = [];
    const sent: unknown[] = [];
    const outgoing = new OutgoingMessages(
      clock,
      { send: (message) => sent.push(message), flushed: (then) => flushed.push(then) },
      () => assert.fail('not too slow'),
    );
    const event = { kind: 'event', event: 'OnCallBegin', args: {} } as const;
    const take = () => {
      for (const then of flushed.splice(0)) then();
    };
    outgoing.sendAll(new Array(700).fill(event), () => {});
    clock.advance(1_000);
    assert.equal(outgoing.waitMs, 0, 'the list itself is no event that is late');
    outgoing.send(event);
    clock.advance(4_000);
    assert.equal(outgoing.waitMs, 4_000);
    take();
    take();
    assert.equal(outgoing.waitMs, 4_000, 'it has become the list, and is on its way');
    take();
    assert.deepEqual([sent.length, outgoing.waitMs], [701, 0]);
  });
});
