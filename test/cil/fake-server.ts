/**
 * A CTI OS Server for tests of the client library: it accepts connections on a virtual clock, records the messages it
 * receives and responds as configured by a test. Deliveries take a turn of the clock, as over any transport, and a real
 * WebSocket if the suite runs over one.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { webSocketConnector } from '../../src/cil/index.js';
import type { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args, ClientMessage, Connector, ServerMessage, Transport } from '../../src/ctios/index.js';
import { transport, Wire } from '../support/wire.js';

type Request = Extract<ClientMessage, { kind: 'request' }>;

export class FakeServer {
  /** The result of the next connection attempts. */
  behaviour: 'accept' | 'refuse' | 'hang' = 'accept';
  /** Sends welcome automatically. */
  welcomes = true;
  answersHeartbeats = true;
  /** Responses to requests by name; without an entry there is no response. */
  readonly answers = new Map<string, (request: Request, connection: FakeConnection) => void>();
  readonly connections: FakeConnection[] = [];
  attempts = 0;
  cancelled = 0;
  readonly sockets: Sockets | undefined;

  constructor(
    readonly clock: VirtualClock,
    readonly name = 'server-a',
  ) {
    this.establishModes();
    if (transport() === 'over WebSocket') this.sockets = new Sockets(clock);
  }

  get connector(): Connector {
    return {
      name: this.name,
      connect: (opened, failed) => {
        this.attempts++;
        let given = false;
        const timer = this.clock.after(0, () => {
          if (this.behaviour === 'refuse') failed(new Error('connection refused'));
          else if (this.behaviour === 'accept') {
            given = true;
            const connection = new FakeConnection(this);
            this.connections.push(connection);
            if (this.sockets === undefined) opened(connection.transport);
            else hangUp = this.sockets.dial(connection, () => opened(connection.transport));
          }
        });
        let hangUp = (): void => {};
        return () => {
          timer.cancel();
          hangUp();
          if (!given) this.cancelled++;
        };
      },
    };
  }

  /** The latest connection. */
  get connection(): FakeConnection {
    const connection = this.connections.at(-1);
    if (connection === undefined) throw new Error('nobody has connected');
    return connection;
  }

  /** Grants both modes, after the events of `snapshot`. */
  establishModes(snapshot: readonly { event: string; args: Args }[] = []): void {
    const introduce = (connection: FakeConnection) => {
      for (const each of snapshot) connection.event(each.event, each.args, true);
    };
    this.answers.set('SetMessageFilter', (request, connection) => {
      introduce(connection);
      connection.confirm(request, 'OnMonitorModeEstablished', { CILConnectionID: 'c1', StatusSystem: ALL_UP });
    });
    // Like the object server: the agent's state, the mode, then the calls at the device, then the system status.
    this.answers.set('SetAgent', (request, connection) => {
      const [states, calls] = [true, false].map((state) =>
        snapshot.filter((each) => (each.event === 'OnQueryAgentStateConf') === state),
      );
      for (const each of states!) connection.event(each.event, each.args);
      connection.confirm(request, 'OnSetAgentModeEvent', {
        UniqueObjectID: `agent.5000.${request.args.AgentID}`,
        AgentID: request.args.AgentID!,
        PeripheralID: 5000,
        StatusSystem: ALL_UP,
      });
      for (const each of calls!) connection.event(each.event, each.args, true);
      connection.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 12, ErrorMessage: 'Online' });
    });
  }
}

export const ALL_UP: Args = {
  StatusCTIServer: true,
  StatusCtiServerDriver: true,
  StatusCentralController: true,
  StatusPeripherals: { '5000': true },
};

export class FakeConnection {
  readonly received: ClientMessage[] = [];
  closed = false;
  readonly transport: Transport;
  /** Set if the connection uses a real WebSocket. */
  #line: Line | undefined;

  constructor(private readonly server: FakeServer) {
    this.transport = {
      send: (message) => {
        if (this.closed) return;
        this.received.push(message);
        if (this.#line === undefined) this.reach(message);
        else this.#line.toServer(message);
      },
      close: () => this.#later(() => (this.#line === undefined ? this.ended() : this.#line.close())),
      onMessage: () => {},
      onClosed: () => {},
    };
  }

  get requests(): Request[] {
    return this.received.filter((each) => each.kind === 'request');
  }

  /** Names of the requests received, except mode requests. */
  get requestNames(): string[] {
    return this.requests
      .map((each) => each.request)
      .filter((name) => name !== 'SetMessageFilter' && name !== 'SetAgent');
  }

  lastRequest(name: string): Request {
    const request = this.requests.findLast((each) => each.request === name);
    if (request === undefined) throw new Error(`${name} was not sent`);
    return request;
  }

  send(message: ServerMessage): void {
    this.#later(() => (this.#line === undefined ? this.transport.onMessage(message) : this.#line.toClient(message)));
  }

  /** From now on messages are sent over a real WebSocket. */
  takeLine(line: Line): void {
    this.#line = line;
  }

  /** A message has arrived at the server. */
  reach(message: ClientMessage): void {
    this.server.clock.after(0, () => this.#react(message));
  }

  event(event: string, args: Args, recovered = false): void {
    this.send({ kind: 'event', event, args, ...(recovered ? { recovered: true } : {}) });
  }

  confirm(request: Request, event?: string, args: Args = {}, newObject?: string): void {
    this.send({
      kind: 'done',
      id: request.id,
      outcome: 'confirmed',
      ...(event === undefined ? {} : { conf: { kind: 'event', event, args } }),
      ...(newObject === undefined ? {} : { newObject }),
    });
  }

  fail(request: Request, code: string, message: string, conf?: Args): void {
    this.send({
      kind: 'done',
      id: request.id,
      outcome: 'failed',
      failure: { code, message },
      ...(conf === undefined ? {} : { conf: { kind: 'event', event: 'OnControlFailureConf', args: conf } }),
    });
  }

  /** Drops the connection. */
  break(error?: Error): void {
    this.#later(() => (this.#line === undefined ? this.ended(error) : this.#line.break(error)));
  }

  #react(message: ClientMessage): void {
    switch (message.kind) {
      case 'hello':
        if (this.server.welcomes) {
          this.send({ kind: 'welcome', version: 1, server: this.server.name, connectionId: 'c1', heartbeatMs: 60_000 });
        }
        break;
      case 'heartbeat':
        if (this.server.answersHeartbeats && message.id > 0) this.send({ kind: 'heartbeat', id: message.id });
        break;
      case 'request':
        this.server.answers.get(message.request)?.(message, this);
        break;
      default:
        break;
    }
  }

  #later(run: () => void): void {
    this.server.clock.after(0, () => {
      if (!this.closed) run();
    });
  }

  /** The client is notified that the connection is closed. */
  ended(error?: Error): void {
    if (this.closed) return;
    this.closed = true;
    this.transport.onClosed(error);
  }
}

/** One connection over a real WebSocket, seen from both ends. */
interface Line {
  toServer(message: ClientMessage): void;
  toClient(message: ServerMessage): void;
  /** The client closes the connection. */
  close(): void;
  /** The connection is dropped. */
  break(error?: Error): void;
}

/** The WebSocket close code for a dropped connection (4000 to 4999 are for applications). */
const BROKEN = 4000;

/** The real WebSockets of a fake server. */
class Sockets {
  static readonly #wires = new WeakMap<VirtualClock, Wire>();
  readonly #wire: Wire;
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  readonly #listening = once(this.#server, 'listening');
  readonly #expected = new Map<string, (socket: WebSocket) => void>();

  constructor(clock: VirtualClock) {
    this.#wire = Sockets.wireOf(clock) ?? new Wire();
    Sockets.#wires.set(clock, this.#wire);
    this.#server.on('connection', (socket, { url = '' }) => this.#expected.get(url)?.(socket));
    servers.add(this.#server);
  }

  /** Messages in transit at the servers of a clock. */
  static wireOf(clock: VirtualClock): Wire | undefined {
    return Sockets.#wires.get(clock);
  }

  dial(connection: FakeConnection, opened: () => void): () => void {
    const wire = this.#wire;
    const [id, passage] = wire.open();
    const path = `/${id}`;
    let cancel = (): void => {};
    let far: WebSocket | undefined;
    let near: Transport | undefined;
    const up = (): void => {
      if (far === undefined || near === undefined) return;
      passage.dialing = false;
      opened();
      wire.changed();
    };
    this.#expected.set(path, (socket) => {
      far = socket;
      socket.on('message', (data) => {
        passage.toServer--;
        connection.reach(JSON.parse(data.toString()) as ClientMessage);
        wire.changed();
      });
      socket.once('close', () => {
        passage.serverGone = true;
        wire.changed();
      });
      up();
    });
    void this.#listening.then(() => {
      const { port } = this.#server.address() as AddressInfo;
      cancel = webSocketConnector(`ws://127.0.0.1:${port}${path}`).connect(
        (made) => {
          near = made;
          made.onMessage = (message) => {
            passage.toClient--;
            if (!connection.closed) connection.transport.onMessage(message);
            wire.changed();
          };
          made.onClosed = (error) => {
            passage.clientGone = true;
            connection.ended(error);
            wire.changed();
          };
          up();
        },
        () => wire.forget(id),
      );
    });
    connection.takeLine({
      toServer: (message) => {
        passage.toServer++;
        near?.send(message);
      },
      toClient: (message) => {
        passage.toClient++;
        far?.send(JSON.stringify(message));
      },
      close: () => {
        passage.ending = true;
        near?.close();
      },
      break: (error) => {
        passage.ending = true;
        far?.close(error === undefined ? 1000 : BROKEN, error?.message);
      },
    });
    return () => {
      if (!passage.dialing) return;
      cancel();
      wire.forget(id);
    };
  }
}

const servers = new Set<WebSocketServer>();
after(() => {
  for (const server of servers) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
  servers.clear();
});

/** Settles promises and runs the clock's due timers until nothing is left to run. */
export async function settle(clock: VirtualClock): Promise<void> {
  const wire = transport() === 'over WebSocket' ? Sockets.wireOf(clock) : undefined;
  for (let turn = 0; turn < 12; turn++) {
    clock.advance(0);
    await Promise.resolve();
    await Promise.resolve();
    if (wire === undefined) continue;
    const { moved } = wire;
    await wire.quiet();
    // A message that has just arrived gets the full number of turns.
    if (wire.moved !== moved) turn = 0;
  }
}
