/**
 * Splits the bytes of one direction of a session into frames; after the first invalid one, bytes are kept as they
 * arrive.
 */
import { Limits } from '../ged188/index.js';

export class FrameCutter {
  #rest: Buffer = Buffer.alloc(0);
  #broken = false;

  /** @param cut called with each frame in its own buffer, and with bytes that are not a frame */
  constructor(private readonly cut: (bytes: Buffer, broken: boolean) => void) {}

  push(bytes: Buffer): void {
    if (this.#broken) {
      this.cut(Buffer.from(bytes), true);
      return;
    }
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    while (rest.length >= Limits.MESSAGE_HEADER_SIZE) {
      const size = rest.readUInt32BE(0) + Limits.MESSAGE_HEADER_SIZE;
      if (size > Limits.MAX_MESSAGE_SIZE) {
        this.#broken = true;
        this.cut(Buffer.from(rest), true);
        rest = Buffer.alloc(0);
        break;
      }
      if (rest.length < size) break;
      this.cut(Buffer.from(rest.subarray(0, size)), false);
      rest = rest.subarray(size);
    }
    this.#rest = Buffer.from(rest);
  }

  /** The stream has ended: the remaining bytes are not a frame. */
  end(): void {
    if (this.#rest.length > 0) this.cut(this.#rest, true);
    this.#rest = Buffer.alloc(0);
  }
}
