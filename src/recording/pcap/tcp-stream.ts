/**
 * Reassembles one direction of a TCP connection: segments in the order of their sequence numbers, each byte once. Bytes
 * missing from the capture become a gap once it is clear that they will not arrive.
 */
export interface StreamSink {
  data(bytes: Buffer, at: number): void;
  /** The number of bytes missing here. */
  gap(bytes: number): void;
}

interface Waiting {
  readonly sequence: number;
  readonly bytes: Buffer;
}

/** A segment that has not arrived after this many later ones was not captured. */
const MAX_WAITING = 256;

export class TcpStream {
  readonly #sink: StreamSink;
  #next: number | undefined;
  #waiting: Waiting[] = [];
  /** The number of segments without new bytes. */
  repeated = 0;
  /** The number of segments that arrived before earlier ones. */
  early = 0;

  constructor(sink: StreamSink) {
    this.#sink = sink;
  }

  /** The sequence number of the first byte. */
  begin(sequence: number): void {
    this.#next ??= sequence >>> 0;
  }

  push(sequence: number, bytes: Buffer, at: number): void {
    if (bytes.length === 0) return;
    this.#next ??= sequence;
    const ahead = distance(this.#next, sequence);
    if (ahead > 0) {
      this.early++;
      this.#wait(sequence, bytes);
      if (this.#waiting.length > MAX_WAITING) this.#skip(at);
      return;
    }
    this.#take(bytes, -ahead, at);
    this.#drain(at);
  }

  /** Called after the last segment: passes on the waiting segments, with gaps. */
  end(at: number): void {
    while (this.#waiting.length > 0) this.#skip(at);
  }

  #take(bytes: Buffer, known: number, at: number): void {
    if (known >= bytes.length) {
      this.repeated++;
      return;
    }
    this.#next = ((this.#next as number) + bytes.length - known) >>> 0;
    this.#sink.data(bytes.subarray(known), at);
  }

  #wait(sequence: number, bytes: Buffer): void {
    const { length } = this.#waiting;
    const place = this.#waiting.findIndex((each) => distance(each.sequence, sequence) < 0);
    this.#waiting.splice(place < 0 ? length : place, 0, { sequence, bytes });
  }

  #drain(at: number): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      const ahead = distance(this.#next as number, first.sequence);
      if (ahead > 0) return;
      this.#waiting.shift();
      this.#take(first.bytes, -ahead, at);
    }
  }

  #skip(at: number): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#sink.gap(distance(this.#next as number, first.sequence));
    this.#next = first.sequence;
    this.#drain(at);
  }
}

/** The distance from `from` to `to`, modulo 2^32. */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}
