/**
 * Keeps the last frames of a link to the CTI Servers in memory: a ring buffer, limited in bytes and in time. It records
 * between the codec and the stream, so it also works with TLS. Connections made through {@link FlightRecorder.dial} are
 * recorded.
 */

import type { Clock } from '../common/clock.js';
import type { ByteStream, Dial, Endpoint } from '../common/network/byte-stream.js';
import { Queue } from '../common/queue.js';
import { FrameCutter } from './frame-cutter.js';
import {
  type FrameSender,
  OPEN_REQ_NUMBER,
  type RecordedEnd,
  type RecordedFrame,
  type RecordedSession,
  type Recording,
} from './recording.js';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';

/** `on-fault`: keeps a copy of the buffer when a fault occurs, so that later traffic does not overwrite it. */
export type RecordingMode = 'off' | 'on' | 'on-fault';

export interface FlightRecorderOptions {
  clock: Clock;
  /** Default: `on`. With `off` nothing is recorded, and the bytes are passed through directly. */
  mode?: RecordingMode;
  /** The maximum size of the buffered frames, in bytes. Default: 8 MiB. */
  maxBytes?: number;
  /** How long frames are kept, in milliseconds. Default: 15 minutes. */
  maxMs?: number;
  /** The charset of non-ASCII text on the link, for readers of the recording. */
  charset?: string;
  /** Returns the side of the pair that an endpoint belongs to. */
  sideOf?: (endpoint: Endpoint) => 'A' | 'B' | undefined;
  /** Called for each fault that is kept, with its reason, once its frames have been kept. */
  onFault?: (reason: string) => void;
}

/** The current contents of a recorder. */
export interface FlightRecorderStatus {
  readonly mode: RecordingMode;
  readonly frames: number;
  readonly bytes: number;
  /** The time of the first frame, in milliseconds since the epoch. */
  readonly since: number | undefined;
  /** The last fault whose frames were kept. */
  readonly fault: { readonly at: number; readonly reason: string } | undefined;
}

const DEFAULT_BYTES = 8 * 1024 ** 2;
const DEFAULT_MS = 15 * 60_000;
/** The overhead of an entry, in addition to its bytes. */
const OVERHEAD = 128;
/** A fault that follows a kept one within this time belongs to it and does not replace it, in milliseconds. */
const FAULT_PAUSE_MS = 60_000;
/** The frames that opened a session are kept even if it was opened long ago. */
const MAX_INTRODUCTION = 4;
/** The maximum number of sessions and attempts kept. */
const MAX_SESSIONS = 1_000;
const OPEN_CONF_NUMBER = 4;
const FAILURE_EVENT_NUMBER = 2;

interface Session {
  readonly id: number;
  readonly side: 'A' | 'B' | undefined;
  readonly peer: string;
  readonly openedAt: number;
  readonly openOrder: number;
  readonly introduction: RecordedFrame[];
  version: number;
  endedAt?: number;
  end?: RecordedEnd;
  endOrder?: number;
  /** Entries in the ring buffer. */
  kept: number;
  dropped: number;
}

interface Entry {
  readonly session: Session;
  readonly frame: RecordedFrame;
}

export class FlightRecorder {
  readonly mode: RecordingMode;
  readonly #clock: Clock;
  readonly #options: FlightRecorderOptions;
  readonly #maxBytes: number;
  readonly #maxMs: number;
  #ring = new Queue<Entry>();
  #first: Entry | undefined;
  #bytes = 0;
  #sessions = new Map<number, Session>();
  #lastId = 0;
  #lastOrder = 0;
  #fault: { at: number; reason: string; recording: Recording } | undefined;

  constructor(options: FlightRecorderOptions) {
    this.mode = options.mode ?? 'on';
    this.#options = options;
    this.#clock = options.clock;
    this.#maxBytes = options.maxBytes ?? DEFAULT_BYTES;
    this.#maxMs = options.maxMs ?? DEFAULT_MS;
  }

  get status(): FlightRecorderStatus {
    this.#forgetOld();
    const { mode } = this;
    const fault = this.#fault === undefined ? undefined : { at: this.#fault.at, reason: this.#fault.reason };
    return { mode, frames: this.#ring.size, bytes: this.#bytes, since: this.#first?.frame.at, fault };
  }

  /** The same dial function, with recording. */
  dial(dial: Dial): Dial {
    if (this.mode === 'off') return dial;
    return (endpoint, opened, failed) =>
      dial(
        endpoint,
        (stream) => opened(this.#recorded(stream, endpoint)),
        (error) => {
          const session = this.#open(endpoint);
          this.#close(session, 'not connected');
          this.#noteFault('no connection');
          failed(error);
        },
      );
  }

  /** The current recording; after a fault, with `on-fault`, the recording kept for it. */
  take(): Recording {
    if (this.mode === 'on-fault' && this.#fault !== undefined) return this.#fault.recording;
    return this.#copy();
  }

  #recorded(stream: ByteStream, endpoint: Endpoint): ByteStream {
    const session = this.#open(endpoint);
    const received = this.#cutter(session, 'server');
    const sent = this.#cutter(session, 'client');
    const close = (end: RecordedEnd) => {
      if (session.end !== undefined) return false;
      received.end();
      sent.end();
      this.#close(session, end);
      return true;
    };
    const recorded: ByteStream = {
      write: (bytes) => {
        if (session.end === undefined) sent.push(bytes);
        return stream.write(bytes);
      },
      get pendingBytes() {
        return stream.pendingBytes;
      },
      end: () => {
        close('closed by client');
        stream.end();
      },
      destroy: () => {
        if (close('dropped by client')) this.#noteFault('connection dropped');
        stream.destroy();
      },
      onData: () => {},
      onClose: () => {},
      onDrain: () => {},
      get certificate() {
        return stream.certificate;
      },
      peer: stream.peer,
    };
    stream.onData = (bytes) => {
      if (session.end === undefined) received.push(bytes);
      recorded.onData(bytes);
    };
    stream.onClose = (error) => {
      if (close(error === undefined ? 'closed by server' : 'broken')) this.#noteFault('connection lost');
      recorded.onClose(error);
    };
    stream.onDrain = () => recorded.onDrain();
    return recorded;
  }

  #cutter(session: Session, from: FrameSender): FrameCutter {
    let broken = false;
    return new FrameCutter((bytes, isBroken) => {
      if (!isBroken) {
        this.#keep(session, from, bytes);
        return;
      }
      const frame = { at: this.#clock.now(), from, bytes: withoutSecretsIn(bytes, from), order: ++this.#lastOrder };
      this.#add(session, { ...frame, broken: true });
      if (!broken && session.end === undefined) this.#noteFault('bytes that are no message');
      broken = true;
    });
  }

  #keep(session: Session, from: FrameSender, bytes: Buffer): void {
    const number = bytes.readUInt32BE(4);
    if (from === 'client') {
      if (number === OPEN_REQ_NUMBER && bytes.length >= 16) session.version = bytes.readUInt32BE(12);
      withoutSecrets(bytes, session.version);
    }
    const frame: RecordedFrame = { at: this.#clock.now(), from, bytes, order: ++this.#lastOrder };
    if (number <= OPEN_CONF_NUMBER && session.introduction.length < MAX_INTRODUCTION) session.introduction.push(frame);
    this.#add(session, frame);
    if (from === 'server' && number === FAILURE_EVENT_NUMBER) this.#noteFault('FAILURE_EVENT');
  }

  #add(session: Session, frame: RecordedFrame): void {
    const entry = { session, frame };
    this.#first ??= entry;
    this.#ring.push(entry);
    this.#bytes += frame.bytes.length + OVERHEAD;
    session.kept++;
    this.#forgetOld();
  }

  #forgetOld(): void {
    const oldest = this.#clock.now() - this.#maxMs;
    while (this.#first !== undefined && (this.#bytes > this.#maxBytes || this.#first.frame.at < oldest)) this.#drop();
    for (const session of this.#sessions.values()) {
      if (session.endedAt === undefined) break;
      if (session.kept > 0 || session.endedAt >= oldest) continue;
      this.#sessions.delete(session.id);
    }
  }

  #drop(): void {
    const { session, frame } = this.#ring.shift() as Entry;
    this.#bytes -= frame.bytes.length + OVERHEAD;
    session.kept--;
    session.dropped++;
    this.#first = this.#ring.first;
  }

  #open(endpoint: Endpoint): Session {
    const session: Session = {
      id: ++this.#lastId,
      side: this.#options.sideOf?.(endpoint),
      peer: `${endpoint.host}:${endpoint.port}`,
      openedAt: this.#clock.now(),
      openOrder: ++this.#lastOrder,
      introduction: [],
      version: 0,
      kept: 0,
      dropped: 0,
    };
    this.#sessions.set(session.id, session);
    if (this.#sessions.size > MAX_SESSIONS) this.#forgetSession();
    return session;
  }

  /** An unreachable server is dialed for days: only the last attempts are kept. */
  #forgetSession(): void {
    for (const { id, endedAt, kept } of this.#sessions.values()) {
      if (endedAt === undefined || kept > 0) continue;
      this.#sessions.delete(id);
      return;
    }
  }

  #close(session: Session, end: RecordedEnd): void {
    if (session.end !== undefined) return;
    session.end = end;
    session.endedAt = this.#clock.now();
    session.endOrder = ++this.#lastOrder;
  }

  #noteFault(reason: string): void {
    if (this.mode !== 'on-fault') return;
    const at = this.#clock.now();
    if (this.#fault !== undefined && at - this.#fault.at < FAULT_PAUSE_MS) return;
    this.#fault = { at, reason, recording: this.#copy() };
    this.#options.onFault?.(reason);
  }

  #copy(): Recording {
    this.#forgetOld();
    const frames = new Map<number, RecordedFrame[]>();
    for (const { session, frame } of this.#ring) {
      const of = frames.get(session.id);
      if (of === undefined) frames.set(session.id, [frame]);
      else of.push(frame);
    }
    const { charset } = this.#options;
    const sessions = [...this.#sessions.values()].map(
      ({ id, side, peer, openedAt, openOrder, endedAt, end, endOrder, introduction, dropped }): RecordedSession => {
        const kept = frames.get(id) ?? [];
        const before = introduction.filter((frame) => !kept.includes(frame));
        return {
          id,
          side,
          peer,
          ...(charset === undefined ? {} : { charset }),
          openedAt,
          openOrder,
          ...(endedAt === undefined ? {} : { endedAt }),
          ...(end === undefined ? {} : { end }),
          ...(endOrder === undefined ? {} : { endOrder }),
          dropped: dropped - before.length,
          frames: [...before, ...kept],
        };
      },
    );
    return { redacted: false, sessions };
  }
}
