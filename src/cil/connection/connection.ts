/**
 * Keeps one connection to a CTI OS Server, on either side. It handles transports, time-outs and heartbeats, but knows
 * nothing of modes, objects or requests. Its state machine is `connection-states.ts`.
 */
import type { Timer } from '../../common/clock.js';
import { ConnectionStability } from '../../common/connection-stability.js';
import { deadline } from '../../common/deadline.js';
import { Heartbeat } from '../../common/heartbeat.js';
import { type Machine, runTable } from '../../common/machine.js';
import {
  type Args,
  type ClientMessage,
  type LinkStatus,
  NORTHBOUND_VERSION,
  type ServerMessage,
  type Transport,
} from '../../ctios/transport.js';
import {
  connectFailure,
  connectTimeout,
  helloTimeout,
  otherFailure,
  protocolMismatch,
  silence,
  transportClosed,
  unusableMessage,
  versionMismatch,
} from './connection-failures.js';
import type { ConnectionOwner, ConnectionSettings } from './connection-owner.js';
import {
  CONNECTION_TABLE,
  type ConnectionActions,
  type ConnectionReports,
  type ConnectionSignals,
  type ConnectionState,
  type ConnectionTrouble,
  ON_ENTRY,
  type Welcome,
} from './connection-states.js';
import { ReconnectPlan } from './reconnect-policy.js';

/** How long a server that was asked to close may take. */
const CLOSE_MS = 5_000;
/** Refusals that a retry cannot change. */
const FINAL_REFUSALS: ReadonlySet<string> = new Set(['CTIOS_VERSION', 'CTIOS_VERSION_MISMATCH']);

export class ServerConnection implements ConnectionActions, ConnectionReports {
  readonly #machine: Machine<ConnectionState, ConnectionSignals>;
  readonly #plan: ReconnectPlan;
  readonly #stability: ConnectionStability;
  #side = 0;
  #transport: Transport | undefined;
  #cancelDial: (() => void) | undefined;
  /** The time-out or delay of the current state. */
  #timer: Timer | undefined;
  #heartbeat: Heartbeat | undefined;
  #welcome: Welcome | undefined;
  #link: LinkStatus | undefined;
  #trouble: ConnectionTrouble | undefined;
  #lostSide = 0;
  #wasUp = false;
  #failedAttempts = 0;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly owner: ConnectionOwner,
  ) {
    this.#stability = new ConnectionStability(settings.clock);
    this.#plan = new ReconnectPlan(settings.connectors.length, settings.random);
    this.#machine = runTable<ConnectionState, ConnectionSignals, ConnectionActions>(
      CONNECTION_TABLE,
      'disconnected',
      this,
      (to) => {
        owner.stateChanged(to);
        ON_ENTRY[to]?.(this);
      },
    );
  }

  get state(): ConnectionState {
    return this.#machine.state;
  }

  /** Index of the connector in use or being tried. */
  get side(): number {
    return this.#side;
  }

  get server(): string {
    return this.settings.connectors[this.#side]!.name;
  }

  /** The state of the server's link to the CTI Server, as last reported. */
  get link(): LinkStatus | undefined {
    return this.#link;
  }

  /** Certificate of the server, while there is a TLS connection. */
  get certificate(): Transport['certificate'] {
    return this.#transport?.certificate;
  }

  get heartbeatMs(): number {
    return this.settings.heartbeatMs;
  }

  /** Index of the connector that failed last. */
  get lostSide(): number {
    return this.#lostSide;
  }

  get trouble(): ConnectionTrouble | undefined {
    return this.#trouble;
  }

  /** False if it is connected, connecting or closing. */
  connect(): boolean {
    return this.#machine.signal('connect');
  }

  /** False if there is nothing to disconnect. */
  disconnect(): boolean {
    return this.#machine.signal('disconnect');
  }

  /** Treats this connection as lost, because the server cannot do what the session needs. */
  fail(code: string, reason: string): void {
    this.#machine.signal('lost', otherFailure(code, reason));
  }

  send(message: ClientMessage): void {
    this.#transport?.send(message);
  }

  // Actions of the table.

  start(): void {
    this.#failedAttempts = 0;
    this.#stability.reset();
    this.#wasUp = false;
    this.#trouble = undefined;
    this.#side = this.#plan.first().side;
    this.dial();
  }

  dial(): void {
    const { connectors, connectMs } = this.settings;
    const connector = connectors[this.#side]!;
    this.#arm(connectMs, () => {
      this.#machine.signal('timeout', connectTimeout(connector.name, connectMs));
    });
    this.#cancelDial = connector.connect(
      (transport) => {
        this.#cancelDial = undefined;
        // The connector requires its handlers to be set in this turn, whatever the state machine is doing.
        this.#listen(transport);
        this.#machine.signal('opened', transport);
      },
      (error) => {
        this.#cancelDial = undefined;
        this.#machine.signal('failed', connectFailure(connector.name, error));
      },
    );
  }

  hello(transport: Transport): void {
    this.#transport = transport;
    const { helloMs, client, heartbeatMs } = this.settings;
    this.#arm(helloMs, () => {
      this.#machine.signal('timeout', helloTimeout(this.server, helloMs));
    });
    this.#transport.send({ kind: 'hello', version: NORTHBOUND_VERSION, client, heartbeatMs });
  }

  welcomed(welcome: Welcome): void {
    this.#stopTimer();
    this.#welcome = welcome;
    this.#trouble = undefined;
    this.#wasUp = true;
    this.#stability.up();
    this.#failedAttempts = 0;
    const { clock, heartbeatMs, maxHeartbeats } = this.settings;
    // Within a process no heartbeats are needed, and reading the time costs something for every message.
    if (heartbeatMs === 0) return;
    this.#heartbeat = new Heartbeat(clock, heartbeatMs, maxHeartbeats, {
      ask: (id) => this.send({ kind: 'heartbeat', id }),
      missed: (inARow) =>
        this.owner.raise('OnMissingHeartbeat', {
          EventTime: clock.now(),
          ConsecutiveMissedHeartbeats: inARow,
          HeartbeatInterval: heartbeatMs,
        }),
      silent: (heardAt) => this.#machine.signal('silent', silence(this.server, maxHeartbeats, heardAt)),
    });
  }

  attemptFailed(why: ConnectionTrouble): void {
    this.#failed(why, false);
  }

  /** However a connection ends, messages after the last one received are lost. */
  connectionLost(why: ConnectionTrouble): void {
    const heardAt = this.#heartbeat && this.settings.clock.now() - this.#heartbeat.silentMs;
    this.#failed({ heardAt, ...why }, true);
  }

  dropRejected(why: ConnectionTrouble): void {
    this.#trouble = why;
    this.drop();
  }

  giveUpAttempt(): void {
    this.#trouble = undefined;
    this.drop();
  }

  giveUpWaiting(): void {
    this.drop();
  }

  sayBye(): void {
    this.#trouble = undefined;
    this.#heartbeat?.stop();
    this.#arm(CLOSE_MS, () => this.#machine.signal('closeTimeout'));
    this.send({ kind: 'bye' });
    this.#transport?.close();
  }

  /** Releases everything that the connection holds. */
  drop(): void {
    this.#stopTimer();
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    this.#cancelDial?.();
    this.#cancelDial = undefined;
    this.#link = undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    if (transport === undefined) return;
    // Late callbacks of a discarded transport are ignored.
    transport.onMessage = () => {};
    transport.onClosed = () => {};
    transport.close();
  }

  // What the application receives on entry to a state.

  reportUp(): void {
    this.owner.up(this.#welcome!, this.#side);
    this.owner.raise('OnConnection', { EventTime: this.settings.clock.now(), CurrentServer: this.server });
  }

  reportFailure(): void {
    const trouble = this.#trouble!;
    const wasUp = this.#wasUp;
    this.#wasUp = false;
    this.owner.down(trouble, wasUp);
    const args: Args = {
      EventTime: this.settings.clock.now(),
      FailedServer: this.settings.connectors[this.#lostSide]!.name,
      ReasonCode: trouble.failureReason,
    };
    const limit = this.owner.attemptLimit();
    const exhausted = limit !== undefined && this.#failedAttempts >= limit;
    if (exhausted) args.FinalAttempt = true;
    this.owner.raise('OnConnectionFailure', args);
    if (exhausted) this.#machine.signal('exhausted');
  }

  reportRejected(): void {
    this.owner.down(this.#trouble!, false);
    this.owner.raise('OnConnectionRejected', {});
  }

  reportClosed(): void {
    this.#wasUp = false;
    this.owner.closed();
  }

  #failed(trouble: ConnectionTrouble, wasUp: boolean): void {
    this.#lostSide = this.#side;
    this.#trouble = trouble;
    this.drop();
    if (!wasUp) this.#failedAttempts++;
    const startOver = wasUp && this.#stability.lost();
    const attempt = startOver ? this.#plan.afterLoss(this.#side) : this.#plan.next();
    this.#side = attempt.side;
    this.#arm(attempt.afterMs, () => this.#machine.signal('retry'));
  }

  #listen(transport: Transport): void {
    transport.onMessage = (message) => {
      try {
        this.#receive(message);
      } catch (error) {
        // Nothing that a server sends may crash the program; a malformed message ends the connection.
        this.#machine.signal('lost', unusableMessage(this.server, message.kind, error));
      }
    };
    transport.onClosed = (error) => this.#machine.signal('lost', transportClosed(this.server, error));
  }

  #receive(message: ServerMessage): void {
    this.#heartbeat?.heard();
    switch (message.kind) {
      case 'event':
        this.owner.event(message);
        break;
      case 'done':
        this.owner.done(message);
        break;
      case 'link':
        this.#link = message.link;
        this.owner.link();
        break;
      case 'heartbeat':
        this.#answered(message.id);
        break;
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'refused':
        if (FINAL_REFUSALS.has(message.code))
          this.#machine.signal('rejected', protocolMismatch(message.code, message.message));
        else this.#machine.signal('refused', otherFailure(message.code, message.message));
        break;
      case 'closing':
        this.#machine.signal('lost', otherFailure(message.code, message.message));
        break;
    }
  }

  #welcomed(welcome: Welcome): void {
    if (welcome.version === NORTHBOUND_VERSION) this.#machine.signal('welcome', welcome);
    else this.#machine.signal('rejected', versionMismatch(this.server, welcome.version));
  }

  #answered(id: number): void {
    // Ours count up from 1; the server's own count down from -1, and are returned unchanged.
    if (id < 0) this.send({ kind: 'heartbeat', id });
    else this.owner.raise('OnHeartbeat', { EventTime: this.settings.clock.now() });
  }

  #arm(ms: number, run: () => void): void {
    this.#timer?.cancel();
    this.#timer = deadline(this.settings.clock, ms, run);
  }

  #stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
