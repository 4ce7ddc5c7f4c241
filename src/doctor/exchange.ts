/** A connection to a CTI Server that sends messages and waits for responses and events, one after the other. */
import type { Socket } from 'node:net';
import {
  DecodeReport,
  decode,
  definitionOf,
  encode,
  FrameError,
  FrameReader,
  type Message,
  type MessageInit,
} from '../ged188/index.js';

export class Exchange {
  readonly report = new DecodeReport();
  /** Messages that have not been consumed yet. */
  #inbox: Message[] = [];
  #wake: () => void = () => {};
  /** The first bytes, to identify a different protocol. */
  #head = Buffer.alloc(0);
  #broken: string | undefined;
  #closed = false;
  #error: Error | undefined;
  #frames = 0;
  /** The InvokeID that the confirmation of each request must have, by its name. */
  readonly #invokeIds = new Map<string, number>();
  readonly #misdirected = new Map<string, string>();
  /** The protocol version for decoding frames. */
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
      this.#wake();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The error that ended the connection, if any. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Why the received data is invalid; undefined while it is valid. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /** Whether no further message can arrive: what is not answered then says nothing. */
  get over(): boolean {
    return this.#closed || this.#broken !== undefined;
  }

  /** The first received bytes. */
  get head(): Buffer {
    return this.#head;
  }

  /** Confirmations that do not have the InvokeID of their request, which a client ignores; as sentences. */
  get misdirected(): readonly string[] {
    return [...this.#misdirected.values()];
  }

  /** Number of decoded frames. */
  get frames(): number {
    return this.#frames;
  }

  send(message: MessageInit): void {
    const charset = this.#charset === undefined ? {} : { charset: this.#charset };
    const reply = message.type === 'UNKNOWN' ? undefined : definitionOf(message.type)?.facts.reply;
    const { InvokeID } = message as { InvokeID?: number };
    if (reply !== undefined && InvokeID !== undefined) this.#invokeIds.set(reply, InvokeID);
    this.socket.write(encode(message, this.version, charset));
  }

  /** Removes and returns the first matching message; undefined after the timeout or when the connection ends. */
  async wait(fits: (message: Message) => boolean, limitMs: number): Promise<Message | undefined> {
    const until = performance.now() + limitMs;
    for (;;) {
      const index = this.#inbox.findIndex(fits);
      if (index >= 0) return this.#inbox.splice(index, 1)[0];
      const left = until - performance.now();
      if (left <= 0 || this.#closed || this.#broken !== undefined) return undefined;
      await this.#arrival(left);
    }
  }

  /** Removes and returns all messages that nothing waited for. */
  take(): Message[] {
    return this.#inbox.splice(0);
  }

  close(): void {
    if (!this.#closed) this.socket.end();
    this.socket.unref();
    setTimeout(() => this.socket.destroy(), 1_000).unref();
  }

  #arrival(limitMs: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, limitMs);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  #received(frame: Buffer): void {
    const charset = this.#charset === undefined ? {} : { charset: this.#charset };
    const message = decode(frame, this.version, { report: this.report, ...charset });
    this.#inbox.push(message);
    this.#frames++;
    const asked = this.#invokeIds.get(message.type);
    const { InvokeID } = message as { InvokeID?: number };
    if (asked !== undefined && InvokeID !== asked)
      this.#misdirected.set(message.type, `${message.type} has the InvokeID ${InvokeID}; its request had ${asked}`);
  }
}
