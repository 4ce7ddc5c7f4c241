/** Cuts the chunks of a stream into frames. No more than one frame is ever held, so a peer cannot fill the memory. */
import { Limits } from './constants/limits.js';
import { FrameError } from './errors.js';

const HEADER = Limits.MESSAGE_HEADER_SIZE;

export interface FrameReaderOptions {
  /**
   * Called with each frame, header included, in order. The frame is a view of the chunk where the chunk holds it whole:
   * decode it, or copy it, but do not keep it.
   */
  onFrame: (frame: Buffer) => void;
  /** Largest frame, header included. Default: the protocol's 12,500 bytes. */
  maxFrameSize?: number;
}

export class FrameReader {
  private readonly onFrame: (frame: Buffer) => void;
  private readonly maxFrameSize: number;
  /** What has come of a header that was split. */
  private readonly header = Buffer.allocUnsafeSlow(HEADER);
  /** The frame under way, once its length is known. */
  private frame: Buffer | undefined;
  /** Bytes of the frame, or of its header, that have come. */
  private filled = 0;
  private stopped = false;

  constructor({ onFrame, maxFrameSize = Limits.MAX_MESSAGE_SIZE }: FrameReaderOptions) {
    this.onFrame = onFrame;
    this.maxFrameSize = maxFrameSize;
  }

  /**
   * Takes the next chunk.
   * @throws FrameError on a frame that is larger than allowed; the stream is lost, and the reader with it
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
      this.onFrame(chunk.subarray(from, at));
    }
  }

  /** @throws FrameError if the stream ended within a frame */
  end(): void {
    const { filled } = this;
    if (filled === 0) return;
    this.stop();
    throw new FrameError(`The stream ended after ${filled} bytes of a frame`);
  }

  /** Delivers nothing any more, not even the rest of the chunk that is being read. */
  stop(): void {
    this.stopped = true;
    this.frame = undefined;
    this.filled = 0;
  }

  /** Goes on with the frame begun in earlier chunks; returns how much of this chunk belonged to it. */
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
      this.onFrame(frame);
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
