/** The input of a server and the requests to it, in the order in which another server received them. */
import type { ByteStream } from '../../src/common/network/byte-stream.js';
import type { VirtualClock } from '../../src/common/virtual-clock.js';
import type { ObjectServer } from '../../src/server/index.js';

export interface Asked {
  readonly at: number;
  /** The number of frames and ends of connections received by the server so far. */
  readonly heard: number;
  /** The turn of the event loop: requests of one turn are repeated in one turn. */
  readonly turn: number;
  readonly run: (server: ObjectServer) => void;
}

/**
 * Preserves the order of requests and received frames at the same time: a request that the first server received before
 * a frame is passed to the second one before it, too.
 */
export class Gate {
  #next = 0;
  #heard = 0;
  #held: { counts: boolean; pass: () => void }[] = [];
  #passing = false;

  constructor(
    private readonly clock: VirtualClock,
    private readonly all: readonly Asked[],
  ) {}

  readonly receive = (bytes: Buffer, pass: (bytes: Buffer) => void): void => {
    for (const frame of split(bytes)) this.#held.push({ counts: counts(frame), pass: () => pass(frame) });
    this.#flush();
  };

  readonly close = (pass: () => void): void => {
    this.#held.push({ counts: true, pass });
    this.#flush();
  };

  /** The next request was made. */
  asked(): void {
    this.#next++;
    this.#flushAfter(TURNS);
  }

  /** Lets the effects of the requests run first. */
  #flushAfter(turns: number): void {
    if (turns === 0) this.#flush();
    else this.clock.after(0, () => this.#flushAfter(turns - 1));
  }

  /** A frame that ends its connection must have all its effects before the next one: the end comes within `pass`. */
  #flush(): void {
    if (this.#passing) return;
    this.#passing = true;
    while (this.#held.length > 0 && !this.#isAwaiting()) {
      const { counts, pass } = this.#held.shift()!;
      if (counts) this.#heard++;
      pass();
    }
    this.#passing = false;
  }

  /** Whether the next request was made before the next frame was received. */
  #isAwaiting(): boolean {
    const wanted = this.all[this.#next];
    return wanted !== undefined && wanted.heard <= this.#heard && wanted.at <= this.clock.now();
  }
}

/** The same stream, with functions applied to its data and its end. */
export function through(
  stream: ByteStream,
  receive: (bytes: Buffer, pass: (bytes: Buffer) => void) => void,
  close: (pass: () => void) => void,
): ByteStream {
  const outer: ByteStream = {
    write: (bytes) => stream.write(bytes),
    get pendingBytes() {
      return stream.pendingBytes;
    },
    end: () => stream.end(),
    destroy: () => stream.destroy(),
    onData: () => {},
    onClose: () => {},
    onDrain: () => {},
    peer: stream.peer,
  };
  stream.onData = (bytes) => receive(bytes, (passed) => outer.onData(passed));
  stream.onClose = (error) => close(() => outer.onClose(error));
  stream.onDrain = () => outer.onDrain();
  return outer;
}

/** The simulated contact center and the replay write complete frames. */
export function split(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.length - at < 8 ? bytes.length - at : bytes.readUInt32BE(at) + 8;
    frames.push(bytes.subarray(at, at + size));
    at += size;
  }
  return frames;
}

/** Turns of the clock until the effects of a request within the server are complete. */
const TURNS = 3;
const HEARTBEAT_CONF = 6;
const CLOSE_CONF = 8;

/** These frames change no object, and a replay sends them whenever they are requested. */
export const counts = (frame: Buffer): boolean =>
  frame.length < 8 || ![HEARTBEAT_CONF, CLOSE_CONF].includes(frame.readUInt32BE(4));
