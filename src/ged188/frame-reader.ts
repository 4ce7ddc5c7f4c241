/** Cuts the chunks of a stream into frames. At most one frame is buffered, so a peer cannot exhaust the memory. */
import { Limits } from './constants/limits.js';
import { FrameError } from './errors.js';

const HEADER = Limits.MESSAGE_HEADER_SIZE;

export type FrameReaderOptions = {
  /** Largest frame, header included. Default: the protocol's 12,500 bytes. */
  maxFrameSize?: number;
} & (
  | {
      /**
       * Called with each frame, header included, in order. If the chunk holds the whole frame, the frame is a view of the
       * chunk: decode or copy it, but do not keep it.
       */
      onFrame: (frame: Buffer) => void;
    }
  | {
      /** The same, without a view made for each: the frame is the bytes from `begin` to before `end`. */
      onFrameAt: (bytes: Buffer, begin: number, end: number) => void;
    }
);

export class FrameReader {
  private readonly onFrameAt: (bytes: Buffer, begin: number, end: number) => void;
  private readonly maxFrameSize: number;
  /** The part received so far of a header that was split between chunks. */
  private readonly header = Buffer.allocUnsafeSlow(HEADER);
  /** The frame being assembled, once its length is known. */
  private frame: Buffer | undefined;
  /** Bytes received so far of the frame, or of its header. */
  private filled = 0;
  private stopped = false;

  constructor(options: FrameReaderOptions) {
    this.maxFrameSize = options.maxFrameSize ?? Limits.MAX_MESSAGE_SIZE;
    if ('onFrameAt' in options) this.onFrameAt = options.onFrameAt;
    else {
      const { onFrame } = options;
      this.onFrameAt = (bytes, begin, end) => onFrame(bytes.subarray(begin, end));
    }
  }

  /**
   * Takes the next chunk.
   * @throws FrameError on a frame that is larger than allowed; neither the stream nor the reader can be used after it
   */
  push(chunk: Buffer): void {
    let at = this.filled > 0 ? this.resume(chunk) : 0;
    while (!this.stopped && at < chunk.length) {
      if (chunk.length - at < HEADER) {
        this.filled = chunk.copy(this.header, 0, at);
        return;
      }
      const size = this.frameSize(chunk, at);
      if (chunk.length - at < size) {
        this.frame = Buffer.allocUnsafeSlow(size);
        this.filled = chunk.copy(this.frame, 0, at);
        return;
      }
      const from = at;
      at += size;
      this.onFrameAt(chunk, from, at);
    }
  }

  /** @throws FrameError if the stream ended within a frame */
  end(): void {
    const { filled } = this;
    if (filled === 0) return;
    this.stop();
    throw new FrameError(`The stream ended after ${filled} bytes of a frame`);
  }

  /** Delivers nothing from now on, not even the rest of the current chunk. */
  stop(): void {
    this.stopped = true;
    this.frame = undefined;
    this.filled = 0;
  }

  /** Continues the frame begun in earlier chunks; returns how many bytes of this chunk belonged to it. */
  private resume(chunk: Buffer): number {
    let at = 0;
    if (this.frame === undefined) {
      at = chunk.copy(this.header, this.filled);
      this.filled += at;
      if (this.filled < HEADER) return at;
      this.frame = Buffer.allocUnsafeSlow(this.frameSize(this.header, 0));
      this.header.copy(this.frame);
    }
    const { frame } = this;
    const taken = chunk.copy(frame, this.filled, at);
    this.filled += taken;
    at += taken;
    if (this.filled === frame.length) {
      this.frame = undefined;
      this.filled = 0;
      this.onFrameAt(frame, 0, frame.length);
    }
    return at;
  }

  private frameSize(bytes: Buffer, at: number): number {
    const size = bytes.readUInt32BE(at) + HEADER;
    if (size > this.maxFrameSize) {
      this.stop();
      throw new FrameError(`A frame of ${size} bytes; the limit is ${this.maxFrameSize}`);
    }
    return size;
  }
}
