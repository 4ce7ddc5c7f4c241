/** Snapshots for clients in monitor mode: sent in portions, a few at a time, with a limit for each client. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { ServerMessage } from '../../../src/ctios/transport.js';
import { ClientSessions, listenForWebSockets } from '../../../src/server/northbound/index.js';
import { SnapshotTurns } from '../../../src/server/northbound/session/snapshot-turns.js';
import { FakeObjectServer } from './fake-object-server.js';
import { TestClient } from './test-client.js';

const agents = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'event' as const,
    event: 'OnQueryAgentStateConf',
    args: { UniqueObjectID: `agent.5000.${n}`, AgentID: String(n), AgentState: 3 },
    recovered: true as const,
    to: {},
  }));

/** A client whose connection accepts data when the test allows it. */
class PacedClient {
  readonly sent: ServerMessage[] = [];
  closedWith: string | undefined;
  #flushed: (() => void)[] = [];
  readonly accepted;

  constructor(sessions: ClientSessions, peer = '192.0.2.1') {
    this.accepted = sessions.accept({
      peer,
      grants: { allowMonitorControl: false },
      send: (message) => this.sent.push(message),
      flushed: (then) => this.#flushed.push(then),
      close: (code) => {
        this.closedWith = code;
        this.accepted.closed();
      },
    });
    this.accepted.receive({ kind: 'hello', version: 1, client: 'paced' });
  }

  filter(id: number, filter = ''): void {
    this.accepted.receive({
      kind: 'request',
      id,
      request: 'SetMessageFilter',
      args: { Filter: filter },
      answerMs: 600_000,
    });
  }

  take(): void {
    for (const then of this.#flushed.splice(0)) then();
  }

  takeAll(): void {
    while (this.#flushed.length > 0) this.take();
  }

  /** Agents, ends of requests and other events, in the order in which they were sent. */
  get order(): string[] {
    return this.sent.flatMap((message) => {
      if (message.kind === 'done') return [`done ${message.id} ${message.outcome}`];
      if (message.kind !== 'event') return [];
      return message.event === 'OnCTIOSFailure' ? [] : [message.event];
    });
  }

  get snapshotSize(): number {
    return this.order.filter((each) => each === 'OnQueryAgentStateConf').length;
  }
}

describe('snapshots for monitor mode', () => {
  const setUp = (count = 1_700) => {
    const clock = new VirtualClock();
    const server = new FakeObjectServer();
    server.snapshotEvents = agents(count);
    return { clock, server, sessions: new ClientSessions({ server, clock, settings: { heartbeatMs: 0 } }) };
  };

  it('are sent in portions, confirmed after the last one, followed by live events', () => {
    const { server, sessions } = setUp();
    const client = new PacedClient(sessions);
    client.filter(1);
    assert.equal(client.snapshotSize, 500);
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentState: 2 });
    client.take();
    assert.equal(client.snapshotSize, 1_000);
    client.takeAll();
    assert.equal(client.snapshotSize, 1_700);
    assert.deepEqual(client.order.slice(-2), ['done 1 confirmed', 'OnAgentStateChange']);
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentState: 3 });
    assert.equal(client.order.filter((each) => each === 'OnAgentStateChange').length, 2);
  });

  it('are taken one at a time for each client; further requests are rejected', () => {
    const { server, sessions } = setUp();
    let taken = 0;
    const snapshot = server.snapshot.bind(server);
    server.snapshot = () => {
      taken++;
      return snapshot();
    };
    const client = new PacedClient(sessions);
    for (let id = 1; id <= 1_000; id++) client.filter(id);
    client.takeAll();
    assert.equal(taken, 1);
    const ends = client.sent.filter((message) => message.kind === 'done');
    assert.equal(ends.length, 1_000, 'each request ends once');
    assert.equal(ends.filter(({ outcome }) => outcome === 'confirmed').length, 1);
    assert.ok(ends.every(({ failure }) => failure === undefined || failure.code === 'CTIOS_TOO_MANY_REQUESTS'));
  });

  it('of many objects are not repeated immediately: a client waits for as long as they take at its rate', () => {
    const { clock, sessions } = setUp(24_000);
    const client = new TestClient(sessions).hello();
    const [first, second] = [client.request('SetMessageFilter'), client.request('SetMessageFilter')];
    assert.equal(client.done(first)?.outcome, 'confirmed');
    assert.match(client.done(second)?.failure?.message ?? '', /again in 1 s/);
    clock.advance(1_000);
    assert.equal(client.done(client.request('SetMessageFilter'))?.outcome, 'confirmed');
  });

  it('end with the connection of a client that does not read them, and the next client is served', () => {
    const { clock, sessions } = setUp();
    const slow = Array.from({ length: 4 }, () => new PacedClient(sessions));
    for (const client of slow) client.filter(1);
    const waits = new PacedClient(sessions);
    waits.filter(1);
    const elsewhere = new PacedClient(sessions, '192.0.2.2');
    elsewhere.filter(1);
    assert.equal(waits.snapshotSize, 0, 'four of its address are under way');
    assert.equal(elsewhere.snapshotSize, 500);
    elsewhere.takeAll();
    clock.advance(10_000);
    assert.deepEqual(
      slow.map(({ closedWith }) => closedWith),
      Array(4).fill('CTIOS_CLIENT_TOO_SLOW'),
    );
    assert.equal(waits.snapshotSize, 500);
    waits.takeAll();
    assert.equal(waits.order.at(-1), 'done 1 confirmed');
    assert.equal(sessions.router.monitors, 2);
  });

  it('are served in order, sixteen at a time', () => {
    const turns = new SnapshotTurns();
    const begun: number[] = [];
    const all = Array.from({ length: 20 }, (_, n) => {
      const turn = turns.turnOf(`192.0.2.${n}`);
      turn.start(() => begun.push(n));
      return turn;
    });
    assert.equal(begun.length, 16);
    all[17]!.end();
    all[3]!.end();
    all[4]!.end();
    assert.deepEqual(begun.slice(16), [16, 18]);
  });

  it('do not delay other clients: a thousand requests in one write, over a real socket', async () => {
    const server = new FakeObjectServer();
    server.snapshotEvents = agents(2_000);
    const sessions = new ClientSessions({ server });
    const listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0 });
    const open = async () => {
      const socket = new WebSocket(listener.url);
      const ends: Extract<ServerMessage, { kind: 'done' }>[] = [];
      let events = 0;
      let wake = () => {};
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as ServerMessage;
        if (message.kind === 'done') ends.push(message);
        if (message.kind === 'event') events++;
        wake();
      });
      await once(socket, 'open');
      socket.send(JSON.stringify({ kind: 'hello', version: 1, client: 'test' }));
      return {
        socket,
        ends,
        get events() {
          return events;
        },
        async ended(count: number) {
          while (ends.length < count) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        },
      };
    };
    const request = (id: number) =>
      JSON.stringify({ kind: 'request', id, request: 'SetMessageFilter', args: {}, answerMs: 60_000 });
    const hostile = await open();
    const other = await open();
    for (let id = 1; id <= 1_000; id++) hostile.socket.send(request(id));
    other.socket.send(request(1));
    await Promise.all([hostile.ended(1_000), other.ended(1)]);
    assert.equal(other.ends[0]?.outcome, 'confirmed');
    // Requests within one turn, and during the first snapshot, do not each cause a snapshot.
    assert.ok(hostile.ends.filter(({ outcome }) => outcome === 'confirmed').length <= 12, 'limited by its rate');
    assert.ok(hostile.events < 40_000, `${hostile.events} events`);
    sessions.stop();
    await listener.close();
  });
});
