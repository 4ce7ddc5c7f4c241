import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { webSocketConnector } from '../../../src/cil/index.js';
import { type Clock, systemClock } from '../../../src/common/clock.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { ServerMessage, Transport } from '../../../src/ctios/transport.js';
import {
  type AuditEntry,
  ClientSessions,
  listenForWebSockets,
  type NorthboundSettings,
  type WebSocketListener,
  type WebSocketListenerOptions,
} from '../../../src/server/northbound/index.js';
import { FakeObjectServer, snapshotOf } from './fake-object-server.js';

/** Connects as the client library does. */
function connected(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => webSocketConnector(url).connect(resolve, reject));
}

/** A minimal client on the level of frames. */
class Frames {
  readonly texts: string[] = [];
  readonly closed: Promise<[number, string]>;
  #waiting: Array<() => void> = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.texts.push(data.toString());
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve([code, reason.toString()]);
        for (const wake of this.#waiting.splice(0)) wake();
      }),
    );
    socket.on('error', () => {});
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Frames> {
    const socket = new WebSocket(url, { headers });
    const frames = new Frames(socket);
    await once(socket, 'open');
    return frames;
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  get messages(): ServerMessage[] {
    return this.texts.map((text) => JSON.parse(text) as ServerMessage);
  }

  /** The first message that satisfies the condition. */
  async until(holds: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.messages.find(holds);
      if (found !== undefined) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('closed before it came');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async monitor(): Promise<void> {
    this.say({ kind: 'hello', version: 1, client: 'frames' });
    this.say({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 });
    await this.until((message) => message.kind === 'done');
  }
}

describe('the WebSocket listener', () => {
  let server: FakeObjectServer;
  let sessions: ClientSessions;
  let listener: WebSocketListener;

  async function listen(
    options: Partial<WebSocketListenerOptions> = {},
    audit: (entry: AuditEntry) => void = () => {},
    settings: Partial<NorthboundSettings> = {},
    clock: Clock = systemClock,
  ): Promise<void> {
    server = new FakeObjectServer();
    sessions = new ClientSessions({ server, audit, settings, clock });
    listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0, ...options });
  }

  afterEach(async () => {
    sessions.stop();
    await listener.close();
  });

  it('uses JSON text frames, one per message', async () => {
    await listen();
    const client = await Frames.open(listener.url);
    await client.monitor();
    assert.equal(client.messages[0]?.kind, 'welcome');
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001', ANI: 'Müller' });
    const event = await client.until((message) => message.kind === 'event' && message.event === 'OnCallBegin');
    assert.deepEqual(event, {
      kind: 'event',
      event: 'OnCallBegin',
      args: { UniqueObjectID: 'call.5000.1.2001', ANI: 'Müller' },
    });
  });

  it('delivers a burst in order to every client', async () => {
    await listen();
    const clients = await Promise.all([1, 2, 3].map(() => Frames.open(listener.url)));
    await Promise.all(clients.map((client) => client.monitor()));
    for (let n = 1; n <= 500; n++)
      server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', StateDuration: n });
    for (const client of clients) {
      await client.until((message) => message.kind === 'event' && message.args.StateDuration === 500);
      const order = client.messages.flatMap((message) =>
        message.kind === 'event' && message.event === 'OnAgentStateChange' ? [message.args.StateDuration] : [],
      );
      assert.deepEqual(
        order,
        Array.from({ length: 500 }, (_, index) => index + 1),
      );
    }
  });

  it('closes a connection with a reason when it receives an invalid message', async () => {
    await listen();
    for (const [frame, problem] of [
      ['nonsense', /not JSON/],
      ['[]', /must be a JSON object/],
      ['{"kind":"dance"}', /"kind" must be/],
      ['{"kind":"request","id":"x","request":"Hold"}', /"id" must be a whole number/],
      ['{"kind":"request","id":1,"request":"Hold","args":[]}', /"args" must be an object/],
    ] as const) {
      const client = await Frames.open(listener.url);
      client.say({ kind: 'hello', version: 1, client: 'x' });
      client.say(frame);
      const closing = await client.until((message) => message.kind === 'closing');
      assert.match(closing.kind === 'closing' ? closing.message : '', problem);
      assert.deepEqual(await client.closed, [1003, 'CTIOS_BAD_MESSAGE']);
    }
  });

  it('survives frames that are too long, binary or truncated', async () => {
    await listen();
    const long = await Frames.open(listener.url);
    long.say('x'.repeat(300_000));
    assert.equal((await long.closed)[0], 1009);
    const binary = await Frames.open(listener.url);
    binary.socket.send(Buffer.from([1, 2, 3]));
    assert.equal((await binary.closed)[0], 1003);
    const cut = await Frames.open(listener.url);
    cut.socket.terminate();
    await cut.closed;
    const client = await Frames.open(listener.url);
    await client.monitor();
  });

  it('closes a client that does not read, without affecting the others', async () => {
    await listen({ maxQueueBytes: 64 * 1024 });
    const stalled = await Frames.open(listener.url);
    await stalled.monitor();
    const reading = await Frames.open(listener.url);
    await reading.monitor();
    stalled.socket.pause();
    const args = { UniqueObjectID: 'agent.5000.1', AgentName: 'x'.repeat(10_000) };
    // Fills the system's own buffers, then the listener's.
    let published = 0;
    while (listener.connections === 2) {
      for (let n = 0; n < 50; n++) server.publish('OnAgentStateChange', { ...args, StateDuration: ++published });
      await reading.until((message) => message.kind === 'event' && message.args.StateDuration === published);
      reading.texts.length = 0;
      assert.ok(published < 100_000, 'a client that does not read was kept');
    }
    assert.equal(sessions.sessions.size, 1);
    assert.equal(server.released[0]?.[1], 'lost');
    stalled.socket.terminate();
  });

  for (const [version, words] of [
    [0, /the client the older version 0\. Update the client\./],
    [2, /the client the newer version 2\. Update the server\./],
  ] as const) {
    it(`rejects version ${version} of the protocol with a message, and closes cleanly`, async () => {
      await listen();
      const client = await Frames.open(listener.url);
      client.say({ kind: 'hello', version, client: 'another age' });
      const refused = await client.until((message) => message.kind === 'refused');
      assert.match(refused.kind === 'refused' ? refused.message : '', words);
      assert.deepEqual(await client.closed, [1000, '']);
    });
  }

  it('locks an address out of monitor mode after three wrong passwords, across any number of connections', async () => {
    await listen({}, () => {}, { monitorModePassword: 'open sesame' });
    const ask = async (MonitorModePassword: string): Promise<string | undefined> => {
      const client = await Frames.open(listener.url);
      client.say({ kind: 'hello', version: 1, client: 'guesser' });
      client.say({
        kind: 'request',
        id: 1,
        request: 'SetMessageFilter',
        args: { MonitorModePassword },
        answerMs: 1000,
      });
      const done = await client.until((message) => message.kind === 'done');
      client.socket.terminate();
      return done.kind === 'done' ? (done.failure?.code ?? done.outcome) : undefined;
    };
    assert.equal(await ask('open sesame'), 'confirmed');
    for (let n = 0; n < 3; n++) assert.equal(await ask('guess'), 'CTIOS_WRONG_PASSWORD');
    assert.equal(await ask('open sesame'), 'CTIOS_LOCKED_OUT');
  });

  it('rejects web pages of other origins', async () => {
    await listen({ origins: ['https://desk.example.com'] });
    await assert.rejects(Frames.open(listener.url, { origin: 'https://evil.example.com' }), /403/);
    const client = await Frames.open(listener.url, { origin: 'https://desk.example.com' });
    await client.monitor();
  });

  it('accepts only the configured number of connections', async () => {
    await listen({ maxConnections: 1 });
    const first = await Frames.open(listener.url);
    await assert.rejects(Frames.open(listener.url), /503/);
    await assert.rejects(connected(listener.url), /takes 1 clients, and has as many/);
    first.socket.close();
    await first.closed;
    (await connected(listener.url)).close();
  });

  it('accepts only the configured number of connections from one address, and reports it', async () => {
    const refused: string[] = [];
    await listen({ maxConnectionsPerAddress: 2 }, (entry) => refused.push(`${entry.what} ${entry.code}`));
    const clients = [await Frames.open(listener.url), await Frames.open(listener.url)];
    await assert.rejects(connected(listener.url), /takes 2 clients of one address, and has as many of this one/);
    assert.deepEqual(refused, ['refused CTIOS_TOO_MANY_CLIENTS']);
    clients[0]!.socket.close();
    await clients[0]!.closed;
    (await connected(listener.url)).close();
  });

  it('does not wait forever for a socket that sends no request', async () => {
    await listen({ upgradeTimeoutMs: 50 });
    const socket = connect(listener.port, listener.host);
    socket.resume().on('error', () => {});
    await once(socket, 'close');
    const halfway = connect(listener.port, listener.host);
    halfway.resume().on('error', () => {});
    halfway.write('GET / HTTP/1.1\r\nHost: x\r\n');
    await once(halfway, 'close');
  });

  it('reports the reason to a client that reads too slowly, which receives it when it has read that far', async () => {
    await listen({ maxQueueBytes: 64 * 1024 });
    const slow = await Frames.open(listener.url);
    await slow.monitor();
    slow.socket.pause();
    const args = { UniqueObjectID: 'agent.5000.1', AgentName: 'x'.repeat(10_000) };
    for (let published = 0; sessions.sessions.size === 1; published++) {
      server.publish('OnAgentStateChange', args);
      await new Promise((turn) => setImmediate(turn));
      assert.ok(published < 20_000, 'a client that does not read was kept');
    }
    slow.socket.resume();
    assert.deepEqual(await slow.closed, [1008, 'CTIOS_CLIENT_TOO_SLOW']);
  });

  it('reports the reason to a client that does not read its snapshot, which receives it behind what was sent', async () => {
    const clock = new VirtualClock();
    const ends: unknown[] = [];
    const audit = ({ what, code }: AuditEntry) => {
      if (what === 'disconnected') ends.push(code);
    };
    await listen({}, audit, {}, clock);
    // Larger than the buffers of the system.
    const args = { UniqueObjectID: 'agent.5000.1', AgentName: 'x'.repeat(30_000) };
    server.snapshotEvents = Array.from({ length: 600 }, () => snapshotOf('OnAgentStateChange', args));
    const slow = await Frames.open(listener.url);
    slow.say({ kind: 'hello', version: 1, client: 'frames' });
    await slow.until(({ kind }) => kind === 'welcome');
    slow.say({ kind: 'request', id: 1, request: 'SetMessageFilter', args: {}, answerMs: 1000 });
    slow.socket.pause();
    while (sessions.router.monitors === 0) await new Promise((turn) => setImmediate(turn));
    clock.advance(10_000);
    assert.equal(sessions.sessions.size, 0);
    assert.deepEqual(ends, ['too slow']);
    slow.socket.resume();
    assert.deepEqual(await slow.closed, [1008, 'CTIOS_CLIENT_TOO_SLOW']);
    assert.equal(slow.messages.filter(({ kind }) => kind === 'event').length, 501);
    assert.equal((slow.messages.at(-1) as { code?: string }).code, 'CTIOS_CLIENT_TOO_SLOW');
  });

  it('does not affect a hundred clients if one of them does not read', async () => {
    await listen({ maxQueueBytes: 64 * 1024 });
    const clients = await Promise.all(Array.from({ length: 100 }, () => Frames.open(listener.url)));
    await Promise.all(clients.map((client) => client.monitor()));
    const [stalled, ...others] = clients;
    stalled!.socket.pause();
    const AgentName = 'x'.repeat(10_000);
    const seen = others.map(() => 0);
    let published = 0;
    while (listener.connections === 100) {
      for (let n = 0; n < 20; n++) {
        server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentName, StateDuration: ++published });
      }
      await Promise.all(
        others.map(async (client, index) => {
          await client.until((message) => message.kind === 'event' && message.args.StateDuration === published);
          for (const message of client.messages) {
            if (message.kind !== 'event' || message.event !== 'OnAgentStateChange') continue;
            assert.equal(message.args.StateDuration, ++seen[index]!, 'each event once, in order');
          }
          client.texts.length = 0;
        }),
      );
      assert.ok(published < 20_000, 'a client that does not read was kept');
    }
    assert.equal(listener.connections, 99);
    assert.ok(seen.every((count) => count === published));
    assert.equal(sessions.sessions.size, 99);
    stalled!.socket.terminate();
    for (const client of others) client.socket.terminate();
  });

  it('says goodbye when it closes', async () => {
    await listen();
    const client = await Frames.open(listener.url);
    await client.monitor();
    sessions.stop();
    await listener.close();
    assert.equal(client.messages.at(-1)?.kind, 'closing');
    assert.equal((await client.closed)[0], 1000);
  });

  it('shows an explanation in a browser', async () => {
    await listen();
    const response = await fetch(listener.url.replace('ws:', 'http:'));
    assert.equal(response.status, 426);
    assert.match(await response.text(), /WebSocket/);
  });

  it('survives a socket that sends invalid data', async () => {
    await listen();
    const socket = connect(listener.port, listener.host);
    socket.on('error', () => {});
    socket.end('\x00\x01\x02 not http\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    await (await Frames.open(listener.url)).monitor();
  });

  it('rejects if the port is in use', async () => {
    await listen();
    await assert.rejects(
      listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: listener.port }),
      /EADDRINUSE/,
    );
  });
});
