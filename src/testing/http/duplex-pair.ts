/** Two ends of an in-memory connection: data written to one is read from the other, as with a pair of sockets. */
import { Duplex } from 'node:stream';
import type { Activity } from '../virtual-time.js';

type Done = (error?: Error | null) => void;

export class PairedStream extends Duplex {
  /** Like a socket's; frameworks log it. */
  readonly remoteAddress = '127.0.0.1';
  #other: PairedStream | undefined;
  /** Called when the other end can continue to write. */
  #taken: Done | undefined;

  constructor(private readonly activity: Activity) {
    super({ allowHalfOpen: true });
  }

  static pair(activity: Activity): [PairedStream, PairedStream] {
    const [one, other] = [new PairedStream(activity), new PairedStream(activity)];
    one.#other = other;
    other.#other = one;
    return [one, other];
  }

  // Socket methods that HTTP requires. Without a network there is nothing to configure, and nothing times out.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.activity.count++;
    const other = this.#other!;
    if (other.destroyed) done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    else if (other.push(chunk)) done();
    else other.#taken = done;
  }

  override _final(done: Done): void {
    this.activity.count++;
    if (!this.#other!.destroyed) this.#other!.push(null);
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.activity.count++;
    const other = this.#other!;
    this._read();
    if (!other.destroyed && !other.readableEnded) setImmediate(() => other.destroyed || other.push(null));
    done(error);
  }
}
