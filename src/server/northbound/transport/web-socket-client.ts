/**
 * One client over WebSocket: its messages are read and checked, and messages to it are collected during a turn of the
 * event loop.
 */
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { systemClock } from '../../../common/clock.js';
import { closeWebSocket, WebSocketClose } from '../../../common/network/web-socket-close.js';
import type { ServerMessage } from '../../../ctios/transport.js';
import type { ClientEnd } from '../session/session-states.js';
import { readClientMessage } from './client-message.js';
import { SendLag } from './send-lag.js';
import { FrameBatches, frameMaker } from './text-frames.js';
import type { WebSocketClientOptions } from './web-socket-client-options.js';

const MAX_QUEUE_BYTES = 8 * 1024 * 1024;
/** Larger data, such as a snapshot, is not copied into one buffer. */
const MAX_JOINED_BYTES = 128 * 1024;

/** What the clients of a listener have in common: the frames of a turn, and its end. */
export class SendingTurn {
  readonly frameOf = frameMaker();
  readonly batches = new FrameBatches();
  #clients: WebSocketClient[] = [];

  /** At the end of this turn the client writes what it has collected. */
  ends(client: WebSocketClient): void {
    if (this.#clients.length === 0) setImmediate(() => this.#end());
    this.#clients.push(client);
  }

  #end(): void {
    const clients = this.#clients;
    this.#clients = [];
    for (const client of clients) client.flush();
    this.batches.forget();
  }
}

/** One connection. */
export class WebSocketClient {
  readonly #receive: (data: RawData, isBinary: boolean) => void;
  readonly #gone: () => void;
  /** Why this end drops the connection, if it does. */
  #end: ClientEnd | undefined;
  #closing = false;
  /** The frames of this turn; written together at its end. */
  #frames: Buffer[] = [];
  /** Bytes of these frames, and the maximum of all turns. */
  #burst = 0;
  #largestBurst = 0;
  readonly #lag = new SendLag();

  constructor(
    private readonly webSocket: WebSocket,
    private readonly socket: Socket,
    private readonly options: WebSocketClientOptions,
    private readonly turn: SendingTurn,
  ) {
    const accepted = options.sessions.accept({
      peer: socket.remoteAddress ?? 'unknown',
      grants: options.grants,
      send: (message) => this.#send(message),
      // Behind all that was written before.
      flushed: (then) => {
        this.flush();
        this.socket.write('', (error) => (error === undefined || error === null ? then() : undefined));
      },
      close: (code) => (code === undefined ? this.close() : this.close(WebSocketClose.policy, code)),
    });
    this.#receive = (data, isBinary) => {
      if (this.#closing) return;
      const message = isBinary ? 'a message must be a text frame' : read(data);
      if (typeof message !== 'string') accepted.receive(message);
      else
        this.#giveUp(
          'CTIOS_BAD_MESSAGE',
          `What was received is no message of the protocol: ${message}.`,
          WebSocketClose.unsupported,
        );
    };
    webSocket.on('message', this.#receive);
    webSocket.on('error', () => {});
    this.#gone = () => accepted.closed(this.#end);
    webSocket.once('close', this.#gone);
  }

  /** Bytes on their way to the client. */
  get queued(): number {
    return this.webSocket.bufferedAmount + this.#burst;
  }

  /** How long the oldest of them waits, in milliseconds. */
  get waitMs(): number {
    return this.#lag.lagMs(this.webSocket.bufferedAmount, this.options.sessions.clock.monotonic());
  }

  close(code: number = WebSocketClose.normal, reason = ''): void {
    if (this.#closing) return;
    this.#closing = true;
    this.flush();
    closeWebSocket(this.webSocket, systemClock, code, reason);
  }

  #send(message: ServerMessage): void {
    if (this.#closing || this.webSocket.readyState !== this.webSocket.OPEN) return;
    if (this.#frames.length === 0 && this.#stalls()) {
      // The reason is in the close frame, behind everything that is queued: the client has some seconds to read that
      // far.
      this.close(WebSocketClose.policy, 'CTIOS_CLIENT_TOO_SLOW');
      // The server considers it disconnected: its agent has no desktop here any more.
      this.#end = 'too slow';
      this.#gone();
      return;
    }
    const frame = this.turn.frameOf(message);
    if (this.#frames.length === 0) this.turn.ends(this);
    this.#frames.push(frame);
    this.#burst += frame.length;
  }

  /** Writes what has gathered. */
  flush(): void {
    if (this.#frames.length === 0) return;
    const frames = this.#frames;
    this.#frames = [];
    const burst = this.#burst;
    this.#largestBurst = Math.max(this.#largestBurst, burst);
    this.#burst = 0;
    if (this.webSocket.readyState !== this.webSocket.OPEN) return;
    this.#lag.sent(burst, this.webSocket.bufferedAmount, this.options.sessions.clock.monotonic());
    if (burst <= MAX_JOINED_BYTES) {
      this.socket.write(this.turn.batches.joined(frames));
      return;
    }
    this.socket.cork();
    for (const frame of frames) this.socket.write(frame);
    this.socket.uncork();
  }

  /**
   * More bytes are queued from earlier turns than allowed. Those of the current turn, such as a snapshot, do not count,
   * because no client can have read them yet.
   */
  #stalls(): boolean {
    const most = this.options.maxQueueBytes ?? MAX_QUEUE_BYTES;
    return this.webSocket.bufferedAmount > most + this.#largestBurst;
  }

  #giveUp(code: string, text: string, closeCode: number): void {
    this.#end = 'bad message';
    this.#send({ kind: 'closing', code, message: text });
    this.close(closeCode, code);
  }
}

function read(data: RawData): ReturnType<typeof readClientMessage> {
  try {
    return readClientMessage(JSON.parse(data.toString()));
  } catch {
    return 'it is not JSON';
  }
}
