/**
 * A CTI Server whose behavior a test defines, on in-memory pipes with a virtual clock. It shares only the codec with
 * the product.
 */
import type { ByteStream, Dial, Endpoint } from '../../../src/common/network/byte-stream.js';
import { memoryPipe } from '../../../src/common/network/pipe.js';
import type { VirtualClock } from '../../../src/common/virtual-clock.js';
import {
  decode,
  encode,
  FrameReader,
  type Message,
  type MessageInit,
  type MessageOf,
} from '../../../src/ged188/index.js';

export class ScriptedConnection {
  readonly received: Message[] = [];
  /** The version that the client requested; messages are encoded in it. */
  version = 25;
  closed = false;

  constructor(
    readonly stream: ByteStream,
    private readonly server: ScriptedSide,
  ) {
    const reader = new FrameReader({ onFrame: (frame) => this.#receive(frame) });
    stream.onData = (bytes) => reader.push(bytes);
    stream.onClose = () => {
      this.closed = true;
    };
  }

  send(message: MessageInit): void {
    this.stream.write(encode(message, this.version));
  }

  /** The messages of one type received so far. */
  of<Type extends Message['type']>(type: Type): Extract<Message, { type: Type }>[] {
    return this.received.filter((message) => message.type === type) as Extract<Message, { type: Type }>[];
  }

  #receive(frame: Buffer): void {
    // OPEN_REQ is the first message; its version follows the InvokeID, at the same position in every version.
    if (this.received.length === 0) this.version = frame.readUInt32BE(12);
    const message = decode(frame, this.version);
    this.received.push(message);
    this.server.answer(message, this);
  }
}

/** One side. By default it grants everything, is active, and responds to heartbeats and CLOSE_REQ. */
export class ScriptedSide {
  readonly connections: ScriptedConnection[] = [];
  /** The result of dialing. */
  reachable: 'yes' | 'refused' | 'black hole' = 'yes';
  answersHeartbeats = true;
  /** Replaces the immediate response to HEARTBEAT_REQ. */
  onHeartbeat: ((request: MessageOf<'HEARTBEAT_REQ'>, connection: ScriptedConnection) => void) | undefined;
  sessionType = 1;
  newestVersion = 25;
  grants = 0xffffffff;
  /** Replaces the default response to OPEN_REQ; null: no response. */
  openAnswer: ((open: MessageOf<'OPEN_REQ'>) => MessageInit | null) | undefined;
  /** Responses to other requests; others are left unanswered. */
  onRequest: (message: Message, connection: ScriptedConnection) => void = () => {};

  constructor(readonly clock: VirtualClock) {}

  get last(): ScriptedConnection {
    const last = this.connections.at(-1);
    if (last === undefined) throw new Error('nobody has connected to this side');
    return last;
  }

  accept(): ByteStream {
    const [client, server] = memoryPipe(this.clock);
    this.connections.push(new ScriptedConnection(server, this));
    return client;
  }

  answer(message: Message, connection: ScriptedConnection): void {
    switch (message.type) {
      case 'OPEN_REQ': {
        const answer = this.openAnswer ? this.openAnswer(message) : this.#open(message);
        if (answer !== null) connection.send(answer);
        return;
      }
      case 'HEARTBEAT_REQ':
        if (this.onHeartbeat !== undefined) this.onHeartbeat(message, connection);
        else if (this.answersHeartbeats) connection.send({ type: 'HEARTBEAT_CONF', InvokeID: message.InvokeID });
        return;
      case 'CLOSE_REQ':
        connection.send({ type: 'CLOSE_CONF', InvokeID: message.InvokeID });
        return;
      default:
        this.onRequest(message, connection);
    }
  }

  #open(open: MessageOf<'OPEN_REQ'>): MessageInit {
    if (open.VersionNumber > this.newestVersion) return failure(open.InvokeID, 1);
    return {
      type: 'OPEN_CONF',
      InvokeID: open.InvokeID,
      ServicesGranted: (open.ServicesRequested & this.grants) >>> 0,
      PGStatus: 0,
      PeripheralOnline: true,
      SessionType: this.sessionType,
    };
  }
}

export function failure(invokeId: number, status: number): MessageInit {
  return { type: 'FAILURE_CONF', InvokeID: invokeId, FailureCode: status, PeripheralErrorCode: 0 };
}

/** A pair of sides and a function to dial them: host "a" is side A, host "b" side B. */
export class ScriptedPair {
  readonly a: ScriptedSide;
  readonly b: ScriptedSide;
  /** Every attempt: "a", "b", with the virtual time in ms since the start. */
  readonly dialed: { side: string; at: number }[] = [];
  readonly #start: number;

  constructor(readonly clock: VirtualClock) {
    this.a = new ScriptedSide(clock);
    this.b = new ScriptedSide(clock);
    this.#start = clock.now();
  }

  readonly dial: Dial = (endpoint: Endpoint, opened, failed) => {
    this.dialed.push({ side: endpoint.host, at: this.clock.now() - this.#start });
    const side = endpoint.host === 'a' ? this.a : this.b;
    if (side.reachable === 'black hole') return () => {};
    const timer = this.clock.after(0, () =>
      side.reachable === 'refused' ? failed(new Error('connect ECONNREFUSED')) : opened(side.accept()),
    );
    return () => timer.cancel();
  };
}
