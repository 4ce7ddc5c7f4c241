/**
 * One client's session: its connection, its state (the table in session-states.ts), its timers, and its outgoing
 * messages. Requests are handled elsewhere.
 */

import type { Clock, Timer } from '../../../common/clock.js';
import { deadline } from '../../../common/deadline.js';
import { type Machine, runTable } from '../../../common/machine.js';
import type { ByteStream } from '../../../common/network/byte-stream.js';
import { encode, FrameError, FrameReader, type MessageInit, StatusCode } from '../../../ged188/index.js';
import type { Monitor } from '../delivery/audience.js';
import type { RegisteredVariables } from '../messages/call-data.js';
import { type Grant, SIMULATOR_NEWEST_VERSION } from './open.js';
import {
  type SimulatorSessionActions,
  type SimulatorSessionSignals,
  type SimulatorSessionState,
  simulatorSessionTable,
} from './session-states.js';

/** Milliseconds. Limits connections that never open a session, and dismissed ones. */
const OPENING_LIMIT = 60_000;
const LEAVING_LIMIT = 5_000;
/** Longer timers overflow; 24 days is beyond any real time-out. */
const MAX_TIMER_MS = 0x7fffffff;

/** What a session needs from its server. */
export interface SimulatorSessionHost {
  readonly clock: Clock;
  /** Bytes queued for a client before it is disconnected. */
  readonly unreadLimit: number;
  /** The charset of text outside ASCII. */
  readonly charset: string;
  /** A frame was received; called in the turn of its arrival. */
  received(session: SimulatorSession, frame: Buffer): void;
  /** The session is in service from now on. @param takenOver it was a standby session */
  began(session: SimulatorSession, takenOver: boolean): void;
  /** The session is no longer in service; `status` is the reason (E_CTI_…). */
  ended(session: SimulatorSession, status: number, lost: boolean): void;
  /** The connection is gone, too. */
  closed(session: SimulatorSession): void;
}

export class SimulatorSession implements SimulatorSessionActions {
  /** Set when the session is granted. */
  grant: Grant | undefined;
  readonly monitors = new Map<number, Monitor>();
  /** Variables it wants to receive; undefined: all. */
  registered: RegisteredVariables | undefined;
  /** Configuration items (ConfigMsgMask) whose changes it wants to receive. */
  configUpdates = 0;
  /** Milliseconds since the epoch. */
  openedAt = 0;
  /** Simulates a dead link: nothing is sent, and requests are ignored. */
  silent = false;
  /** The last agent state sent, by agent, for sessions that want each state once. */
  readonly lastAgentState = new Map<string, string>();

  readonly #machine: Machine<SimulatorSessionState, SimulatorSessionSignals>;
  readonly #reader: FrameReader;
  #heardAt: number;
  #idleTimer: Timer | undefined;
  #limitTimer: Timer | undefined;
  #bulk: Iterator<MessageInit>[] = [];

  constructor(
    /** SessionID of GED-188, and the MonitorID of the session's own events. */
    readonly id: number,
    readonly side: 'A' | 'B',
    private readonly stream: ByteStream,
    private readonly host: SimulatorSessionHost,
    /** Resets the connection, if the transport can. */
    private readonly reset: () => void = () => stream.destroy(),
  ) {
    this.#machine = runTable<SimulatorSessionState, SimulatorSessionSignals, SimulatorSessionActions>(
      simulatorSessionTable,
      'connected',
      this,
      (to) => this.#changed(to),
    );
    this.#reader = new FrameReader({ onFrame: (frame) => this.#received(frame) });
    this.#heardAt = host.clock.monotonic();
    this.#limitTimer = host.clock.after(OPENING_LIMIT, () => this.signal('overdue'));
    stream.onData = (bytes) => this.#read(bytes);
    stream.onClose = () => this.signal('gone');
    stream.onDrain = () => this.#pump();
  }

  get state(): SimulatorSessionState {
    return this.#machine.state;
  }

  /** The client's address, for display and client monitors: "10.1.2.3:50123". */
  get peer(): string {
    return this.stream.peer;
  }

  /** Raises a signal of its table. */
  readonly signal: Machine<SimulatorSessionState, SimulatorSessionSignals>['signal'] = (signal, ...data) =>
    this.#machine.signal(signal, ...data);

  /** Accepts the OPEN_REQ; the caller sends OPEN_CONF before this. */
  open(grant: Grant, standby: boolean): void {
    this.grant = grant;
    this.openedAt = this.host.clock.now();
    this.signal(standby ? 'grantedStandby' : 'granted');
    if (grant.idleMs !== undefined) this.#watchIdle(grant.idleMs);
  }

  send(message: MessageInit): void {
    this.write(this.#encode(message));
  }

  #encode(message: MessageInit): Buffer {
    return encode(message, this.grant?.version ?? SIMULATOR_NEWEST_VERSION, { charset: this.charset });
  }

  get charset(): string {
    return this.host.charset;
  }

  /** A message already encoded in this session's version. */
  write(bytes: Buffer): void {
    if (this.silent || this.state === 'closed') return;
    if (!this.stream.write(bytes) && this.stream.pendingBytes > this.host.unreadLimit) this.signal('stalled');
  }

  /** Sends many messages as fast as the client reads them; events may come in between. */
  sendAll(messages: Iterable<MessageInit>): void {
    this.#bulk.push(messages[Symbol.iterator]());
    if (this.#bulk.length === 1) this.#pump();
  }

  /** The connection stays open, but nothing passes any longer. */
  silence(): void {
    this.silent = true;
    this.#idleTimer?.cancel();
  }

  /** Ends the connection without a message: gracefully (FIN) or not (RST). */
  drop(how: 'close' | 'reset'): void {
    if (how === 'close') this.stream.end();
    else this.reset();
    this.signal('gone');
  }

  begin(): void {
    this.host.began(this, false);
  }

  takeOver(): void {
    this.send({ type: 'STANDBY_ACTIVE_EVENT_MSG' });
    this.host.began(this, true);
  }

  retire(why: 'closed' | 'dismissed' | 'timeout' | 'stalled' | 'garbled' | 'gone', dismissal?: number): void {
    this.#bulk = [];
    this.monitors.clear();
    this.host.ended(this, dismissal ?? retirement[why], why !== 'closed' && why !== 'dismissed');
  }

  sayGoodbye(invokeId: number): void {
    this.send({ type: 'CLOSE_CONF', InvokeID: invokeId });
    this.stream.end();
  }

  dismiss(status: number): void {
    this.send({ type: 'FAILURE_EVENT', Status: status });
  }

  cut(): void {
    this.reset();
  }

  #changed(to: SimulatorSessionState): void {
    this.#limitTimer?.cancel();
    const goes = to === 'dismissed' || to === 'leaving';
    if (goes || to === 'closed') this.#idleTimer?.cancel();
    if (goes) this.#limitTimer = this.host.clock.after(LEAVING_LIMIT, () => this.signal('overdue'));
    if (to === 'closed') this.host.closed(this);
    if (to === 'open') this.#pump();
  }

  #read(bytes: Buffer): void {
    if (this.silent || this.state === 'closed') return;
    this.#heardAt = this.host.clock.monotonic();
    try {
      this.#reader.push(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.signal('garbled');
    }
  }

  #received(frame: Buffer): void {
    if (this.state !== 'closed' && this.state !== 'leaving') this.host.received(this, frame);
  }

  #watchIdle(limit: number): void {
    const left = limit - (this.host.clock.monotonic() - this.#heardAt);
    if (left <= 0) this.signal('idle');
    else {
      this.#idleTimer = deadline(this.host.clock, Math.min(left, MAX_TIMER_MS), () => this.#watchIdle(limit));
    }
  }

  #pump(): void {
    if (this.silent || this.state !== 'open') return;
    for (let current = this.#bulk[0]; current !== undefined; current = this.#bulk[0]) {
      const next = current.next();
      if (next.done) {
        this.#bulk.shift();
        continue;
      }
      const bytes = this.#encode(next.value);
      if (!this.stream.write(bytes)) return;
    }
  }
}

const retirement = {
  closed: StatusCode.E_CTI_NO_ERROR,
  dismissed: StatusCode.E_CTI_CTI_SERVER_OFFLINE,
  timeout: StatusCode.E_CTI_TIMEOUT,
  stalled: StatusCode.E_CTI_CLIENT_DISCONNECTED,
  garbled: StatusCode.E_CTI_BAD_MESSAGE_FORMAT,
  gone: StatusCode.E_CTI_CLIENT_DISCONNECTED,
} as const;
