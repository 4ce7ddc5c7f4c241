/** A session with a CTI Server in the doctor's hands: messages out, answers and events in, one after the other. */
import type { Socket } from 'node:net';
import {
  DecodeReport,
  decode,
  encode,
  FrameError,
  FrameReader,
  type Message,
  type MessageInit,
} from '../ged188/index.js';

export class Exchange {
  readonly report = new DecodeReport();
  /** Messages that were not taken yet. */
  #inbox: Message[] = [];
  #bell: () => void = () => {};
  /** What came before the first frame that could be read, or instead of it. */
  #head = Buffer.alloc(0);
  #broken: string | undefined;
  #closed = false;
  #error: Error | undefined;
  #frames = 0;
  /** Where the protocol version stands that frames are read with. */
  version = 25;
  readonly #charset: string | undefined;

  constructor(
    private readonly socket: Socket,
    charset: string | undefined,
  ) {
    this.#charset = charset;
    const reader = new FrameReader({ onFrame: (frame) => this.#received(frame) });
    socket.on('data', (bytes: Buffer) => {
      if (this.#head.length < 64) this.#head = Buffer.concat([this.#head, bytes.subarray(0, 64)]);
      try {
        if (this.#broken === undefined) reader.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#broken = error.message;
      }
      this.#bell();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#bell();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What the connection ended with, if it was an error. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Why the bytes are no messages; undefined while they are. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /** The first bytes that came. */
  get head(): Buffer {
    return this.#head;
  }

  /** Frames that were messages. */
  get frames(): number {
    return this.#frames;
  }

  send(message: MessageInit): void {
    const charset = this.#charset === undefined ? {} : { charset: this.#charset };
    this.socket.write(encode(message, this.version, charset));
  }

  /** The first message that fits, taken out of those that came; undefined when the time is over, or the connection. */
  async wait(fits: (message: Message) => boolean, limitMs: number): Promise<Message | undefined> {
    const until = performance.now() + limitMs;
    for (;;) {
      const index = this.#inbox.findIndex(fits);
      if (index >= 0) return this.#inbox.splice(index, 1)[0];
      const left = until - performance.now();
      if (left <= 0 || this.#closed || this.#broken !== undefined) return undefined;
      await this.#ring(left);
    }
  }

  /** Everything that came and was not waited for. */
  take(): Message[] {
    return this.#inbox.splice(0);
  }

  close(): void {
    if (!this.#closed) this.socket.end();
    this.socket.unref();
    setTimeout(() => this.socket.destroy(), 1_000).unref();
  }

  #ring(limitMs: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, limitMs);
      this.#bell = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  #received(frame: Buffer): void {
    const charset = this.#charset === undefined ? {} : { charset: this.#charset };
    this.#inbox.push(decode(frame, this.version, { report: this.report, ...charset }));
    this.#frames++;
  }
}
