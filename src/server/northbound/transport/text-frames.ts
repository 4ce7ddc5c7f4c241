/**
 * Messages as WebSocket frames, made once for all clients that receive them. A server's frames carry no mask (RFC 6455,
 * 5.1), so that an event has the same bytes for all clients, and what one turn of the event loop sends to a hundred
 * monitors is one buffer and a hundred writes instead of a thousand small ones.
 */
import type { EventMessage, ServerMessage } from '../../../ctios/transport.js';

/** FIN and the opcode of a text frame. */
const TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MAX_LENGTH_16 = 0xffff;

/**
 * @returns the frame of a message: one text frame with its JSON. Caches the last event, which is sent to one client
 * after the other.
 */
export function frameMaker(): (message: ServerMessage) => Buffer {
  let last: EventMessage | undefined;
  let frame: Buffer | undefined;
  return (message) => {
    if (message.kind !== 'event') return textFrame(JSON.stringify(onlyTheMessage(message)));
    if (message !== last || frame === undefined) {
      last = message;
      frame = textFrame(JSON.stringify(eventOnly(message)));
    }
    return frame;
  };
}

/** Joins the frames of a turn. Clients that receive the same ones share the result. */
export class FrameBatches {
  #frames: readonly Buffer[] = [];
  #bytes: Buffer = Buffer.alloc(0);

  joined(frames: readonly Buffer[]): Buffer {
    const [first] = frames;
    if (frames.length === 1 && first !== undefined) return first;
    if (!sameFrames(frames, this.#frames)) {
      this.#frames = frames;
      this.#bytes = Buffer.concat(frames);
    }
    return this.#bytes;
  }

  /** The turn is over: the caches are cleared. */
  forget(): void {
    this.#frames = [];
    this.#bytes = Buffer.alloc(0);
  }
}

function sameFrames(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index++) if (some[index] !== others[index]) return false;
  return true;
}

export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = headerOf(length);
  const frame = Buffer.allocUnsafe(header.length + length);
  frame.set(header);
  frame.write(text, header.length, 'utf8');
  return frame;
}

/** Seven bits for the length; or a mark, and 16 or 64 bits. */
function headerOf(length: number): Uint8Array {
  if (length < LENGTH_16) return Uint8Array.of(TEXT, length);
  if (length <= MAX_LENGTH_16) return Uint8Array.of(TEXT, LENGTH_16, length >> 8, length & 0xff);
  const header = Buffer.alloc(10);
  header.set([TEXT, LENGTH_64]);
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}

/** The audience of a publication is not sent. */
function eventOnly({ kind, event, args, recovered }: EventMessage): EventMessage {
  return recovered === true ? { kind, event, args, recovered } : { kind, event, args };
}

function onlyTheMessage(message: Exclude<ServerMessage, EventMessage>): ServerMessage {
  return message.kind === 'done' && message.conf !== undefined
    ? { ...message, conf: eventOnly(message.conf) }
    : message;
}
