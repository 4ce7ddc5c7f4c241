/** The TCP connections of a capture that carry CTI Server messages, as recorded sessions. */
import { definitionOf, Limits, messageName } from '../../ged188/index.js';
import type { SessionFacts } from '../describe.js';
import { factsIn } from '../facts.js';
import { FrameCutter } from '../frame-cutter.js';
import type { FrameSender, RecordedEnd, RecordedFrame, RecordedSession } from '../recording.js';
import { SIDE_PORT } from './tcp-packets.js';
import type { TcpSegment } from './tcp-segments.js';
import { type StreamSink, TcpStream } from './tcp-stream.js';

interface Cut {
  readonly at: number;
  readonly source: string;
  readonly bytes: Buffer;
  readonly broken: boolean;
  readonly order: number;
}

/** One connection: both directions, split into frames. */
export class CapturedConnection {
  readonly #streams = new Map<string, TcpStream>();
  readonly #cuts: Cut[] = [];
  readonly #problems: string[] = [];
  readonly #initial = new Map<string, number>();
  #openedBy: string | undefined;
  #openedAt: number | undefined;
  #openOrder: number | undefined;
  #endedAt: number | undefined;
  #end: { by: string; reset: boolean; order: number } | undefined;
  #facts: SessionFacts | undefined;
  #at = 0;

  /** @param nextOrder numbers openings, frames and ends of all connections in order */
  constructor(
    readonly one: string,
    readonly other: string,
    private readonly nextOrder: () => number,
  ) {}

  /** Whether the segment starts a new connection between the same ports. */
  isOver(segment: TcpSegment): boolean {
    if (!segment.syn || segment.ack) return false;
    const initial = this.#initial.get(segment.source);
    return this.#end !== undefined || (initial !== undefined && initial !== segment.sequence);
  }

  take(segment: TcpSegment): void {
    const { at, source, target, sequence, syn, ack, fin, reset, data, missing, comment } = segment;
    this.#at = at;
    this.#openedAt ??= at;
    if (syn && !ack) this.#openOrder ??= this.nextOrder();
    if (comment !== undefined) this.#facts ??= factsIn<SessionFacts>(comment, 'session');
    const stream = this.#stream(source);
    if (syn) {
      this.#initial.set(source, sequence);
      this.#openedBy ??= ack ? target : source;
      stream.begin(sequence + 1);
    }
    stream.push((sequence + (syn ? 1 : 0)) >>> 0, data, at);
    if (missing > 0) this.#problems.push(`${missing} bytes of a packet were not captured`);
    if ((fin || reset) && this.#end === undefined) {
      this.#end = { by: source, reset, order: this.nextOrder() };
      this.#endedAt = at;
    }
  }

  /** Called after the last segment. @returns undefined if it is not a session with a CTI Server */
  finish(id: number): { session: RecordedSession; problems: readonly string[] } | undefined {
    for (const stream of this.#streams.values()) stream.end(this.#at);
    const facts = this.#facts;
    if (facts === undefined && !this.#cuts.some(({ bytes, broken }) => !broken && isPlausible(bytes))) return undefined;
    const client = this.#client();
    const frames = this.#cuts.map(
      ({ at, source, bytes, broken, order }): RecordedFrame => ({
        at,
        from: source === client ? 'client' : 'server',
        bytes,
        order,
        ...(broken ? { broken } : {}),
      }),
    );
    const end = this.#endOf(client, frames);
    const server = client === this.one ? this.other : this.one;
    // The addresses of a recording are artificial; the dialed address is in its facts.
    const peer = facts === undefined ? server : facts.peer;
    const session: RecordedSession = {
      id: facts?.session ?? id,
      side: facts === undefined ? sideOf(server) : facts.side,
      ...(peer === undefined ? {} : { peer }),
      ...(facts?.charset === undefined ? {} : { charset: facts.charset }),
      openedAt: this.#openedAt ?? 0,
      ...(this.#openOrder === undefined ? {} : { openOrder: this.#openOrder }),
      ...(end === undefined ? {} : { endedAt: this.#endedAt ?? this.#at, end, endOrder: this.#end?.order ?? 0 }),
      dropped: facts?.dropped ?? 0,
      frames,
    };
    for (const [source, { repeated, early }] of this.#streams) {
      if (repeated > 0) this.#problems.push(`${repeated} segments from ${source} were sent again`);
      if (early > 0) this.#problems.push(`${early} segments from ${source} came before earlier ones`);
    }
    return { session, problems: this.#problems };
  }

  #stream(source: string): TcpStream {
    let stream = this.#streams.get(source);
    if (stream === undefined) {
      stream = new TcpStream(this.#sink(source));
      this.#streams.set(source, stream);
    }
    return stream;
  }

  #sink(source: string): StreamSink {
    let at = 0;
    const make = () =>
      new FrameCutter((bytes, broken) => this.#cuts.push({ at, source, bytes, broken, order: this.nextOrder() }));
    let cutter = make();
    let searching = false;
    let begun = false;
    return {
      data: (bytes, time) => {
        at = time;
        let rest = bytes;
        if (!begun && !this.#initial.has(source)) searching = true;
        begun = true;
        if (searching) {
          const from = frameStart(bytes);
          if (from === undefined) return;
          searching = false;
          rest = bytes.subarray(from);
        }
        cutter.push(rest);
      },
      gap: (missing) => {
        this.#problems.push(`${missing} bytes from ${source} were not captured`);
        cutter.end();
        cutter = make();
        searching = true;
      },
    };
  }

  /** The side that opened the connection; if that was not captured, the side that sends client messages. */
  #client(): string {
    if (this.#openedBy !== undefined) return this.#openedBy;
    for (const { source, bytes, broken } of this.#cuts) {
      if (broken) continue;
      const sender = senderOf(bytes);
      if (sender === undefined) continue;
      const other = source === this.one ? this.other : this.one;
      return sender === 'client' ? source : other;
    }
    return this.one;
  }

  #endOf(client: string, frames: readonly RecordedFrame[]): RecordedEnd | undefined {
    if (this.#end === undefined) return undefined;
    const { by, reset } = this.#end;
    if (by !== client && reset && frames.length === 0) return 'not connected';
    if (by === client) return reset ? 'dropped by client' : 'closed by client';
    return reset ? 'broken' : 'closed by server';
  }
}

/** The sender of this message type; undefined if both send it, or if it is not known. */
export function senderOf(frame: Buffer): FrameSender | undefined {
  const from = definitionOf(frame.readUInt32BE(4))?.facts.from;
  return from === 'both' ? undefined : from;
}

function isPlausible(frame: Buffer): boolean {
  return messageName(frame.readUInt32BE(4)) !== undefined;
}

/**
 * Finds the first frame in bytes from the middle of a stream. One header may occur by chance; a chain of frames, each
 * followed by another, is increasingly unlikely to.
 */
function frameStart(bytes: Buffer): number | undefined {
  let best: { at: number; chain: number } | undefined;
  for (let at = 0; at + Limits.MESSAGE_HEADER_SIZE <= bytes.length; at++) {
    const chain = chainLength(bytes, at);
    if (chain >= ENOUGH && (best === undefined || chain > best.chain)) best = { at, chain };
  }
  return best?.at;
}

/**
 * The number of consecutive headers that make a start credible; an end of the bytes at the end of a frame counts, too.
 */
const ENOUGH = 2;

function chainLength(bytes: Buffer, from: number): number {
  let chain = 0;
  let at = from;
  while (at + Limits.MESSAGE_HEADER_SIZE <= bytes.length) {
    const size = bytes.readUInt32BE(at) + Limits.MESSAGE_HEADER_SIZE;
    if (size > Limits.MAX_MESSAGE_SIZE || definitionOf(bytes.readUInt32BE(at + 4)) === undefined) return 0;
    chain++;
    at += size;
  }
  return at === bytes.length ? chain + 1 : chain;
}

function sideOf(server: string): 'A' | 'B' | undefined {
  if (server.endsWith(`:${SIDE_PORT.A}`)) return 'A';
  return server.endsWith(`:${SIDE_PORT.B}`) ? 'B' : undefined;
}
