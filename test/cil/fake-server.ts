/**
 * A CTI OS Server for tests of the client library: it accepts connections on a virtual clock, keeps what it is sent
 * and answers as a test tells it to. Deliveries take a turn of the clock, as over any transport.
 */
import type { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args, ClientMessage, Connector, ServerMessage, Transport } from '../../src/ctios/index.js';

type Request = Extract<ClientMessage, { kind: 'request' }>;

export class FakeServer {
  /** What the next attempts to connect meet. */
  behaviour: 'accept' | 'refuse' | 'hang' = 'accept';
  /** Says welcome by itself. */
  welcomes = true;
  answersHeartbeats = true;
  /** Answers to requests by name; absent: none. */
  readonly answers = new Map<string, (request: Request, connection: FakeConnection) => void>();
  readonly connections: FakeConnection[] = [];
  attempts = 0;
  cancelled = 0;

  constructor(
    readonly clock: VirtualClock,
    readonly name = 'server-a',
  ) {
    this.establishModes();
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
            opened(connection.transport);
          }
        });
        return () => {
          timer.cancel();
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

  /** Grants both modes, with the events of `snapshot` before. */
  establishModes(snapshot: readonly { event: string; args: Args }[] = []): void {
    const introduce = (connection: FakeConnection) => {
      for (const each of snapshot) connection.event(each.event, each.args, true);
    };
    this.answers.set('SetMessageFilter', (request, connection) => {
      introduce(connection);
      connection.confirm(request, 'OnMonitorModeEstablished', { CILConnectionID: 'c1', StatusSystem: ALL_UP });
    });
    // As the object server does it: the agent's state, the mode, then what is at the device, then how the system stands.
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

  constructor(private readonly server: FakeServer) {
    this.transport = {
      send: (message) => {
        if (this.closed) return;
        this.received.push(message);
        this.server.clock.after(0, () => this.#react(message));
      },
      close: () => this.#later(() => this.#close()),
      onMessage: () => {},
      onClosed: () => {},
    };
  }

  get requests(): Request[] {
    return this.received.filter((each) => each.kind === 'request');
  }

  /** Names of the requests received, modes left out. */
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
    this.#later(() => this.transport.onMessage(message));
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

  /** The link breaks. */
  break(error?: Error): void {
    this.#later(() => this.#close(error));
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
    }
  }

  #later(run: () => void): void {
    this.server.clock.after(0, () => {
      if (!this.closed) run();
    });
  }

  #close(error?: Error): void {
    if (this.closed) return;
    this.closed = true;
    this.transport.onClosed(error);
  }
}

/** Lets promises settle and the clock's due timers run, until nothing is left to do now. */
export async function settle(clock: VirtualClock): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    clock.advance(0);
    await Promise.resolve();
    await Promise.resolve();
  }
}
