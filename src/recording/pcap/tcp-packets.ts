/** Creates the packets of a TCP connection that carries the frames of a recorded session. */
import type { FrameSender, RecordedFrame, RecordedSession } from '../recording.js';

export interface Packet {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The order among packets with the same time. */
  readonly order: number;
  readonly bytes: Buffer;
  readonly comment?: string | undefined;
}

const FLAG = { fin: 0x01, syn: 0x02, reset: 0x04, push: 0x08, ack: 0x10 } as const;
const IP_HEADER = 20;
const TCP_HEADER = 20;
/** The maximum number of frame bytes in one packet: a packet has at most 65,535 bytes. */
const MAX_DATA = 60_000;
const TCP = 6;
/** Addresses for documentation: 192.0.2.0/24. */
const ADDRESS: Readonly<Record<'client' | 'A' | 'B', readonly number[]>> = {
  client: [192, 0, 2, 1],
  A: [192, 0, 2, 11],
  B: [192, 0, 2, 12],
};
export const SIDE_PORT = { A: 42_027, B: 43_027 } as const;
const FIRST_CLIENT_PORT = 10_000;
const CLIENT_PORTS = 50_000;

export function tcpPackets(
  session: RecordedSession,
  commentOf: (frame: RecordedFrame) => string | undefined,
  about: string,
): Packet[] {
  const connection = new Connection(session);
  const packets: Packet[] = [];
  let order = session.openOrder ?? session.frames[0]?.order ?? 0;
  const add = (at: number, from: FrameSender, flags: number, data?: Buffer, comment?: string) =>
    packets.push({ at, order, bytes: connection.packet(from, flags, data), comment });
  const { openedAt, end, endedAt } = session;
  // Frames that precede the first kept one open the session: the connection cannot start after them.
  const first = session.frames[0]?.at ?? openedAt;
  const began = Math.min(openedAt, first);
  add(began, 'client', FLAG.syn, undefined, about);
  if (end === 'not connected') {
    order = session.endOrder ?? order;
    add(endedAt ?? began, 'server', FLAG.reset | FLAG.ack);
    return packets;
  }
  add(began, 'server', FLAG.syn | FLAG.ack);
  add(began, 'client', FLAG.ack);
  for (const frame of session.frames) {
    const comment = commentOf(frame);
    order = frame.order ?? order;
    for (let at = 0; at < frame.bytes.length; at += MAX_DATA) {
      const data = frame.bytes.subarray(at, at + MAX_DATA);
      add(frame.at, frame.from, FLAG.push | FLAG.ack, data, at === 0 ? comment : undefined);
    }
  }
  order = session.endOrder ?? order;
  if (end !== undefined) finish(end, endedAt ?? first, add);
  return packets;
}

type Add = (at: number, from: FrameSender, flags: number, data?: Buffer, comment?: string) => void;

function finish(end: NonNullable<RecordedSession['end']>, at: number, add: Add): void {
  const by = end === 'closed by server' || end === 'broken' ? 'server' : 'client';
  const abrupt = end === 'broken' || end === 'dropped by client';
  add(at, by, (abrupt ? FLAG.reset : FLAG.fin) | FLAG.ack, undefined, end);
  if (!abrupt) add(at, by === 'server' ? 'client' : 'server', FLAG.fin | FLAG.ack);
}

class Connection {
  readonly #side: 'A' | 'B';
  readonly #clientPort: number;
  readonly #sequence: Record<FrameSender, number> = { client: 1, server: 1 };
  #identification = 0;

  constructor({ id, side }: RecordedSession) {
    this.#side = side ?? 'A';
    this.#clientPort = FIRST_CLIENT_PORT + (id % CLIENT_PORTS);
  }

  packet(from: FrameSender, flags: number, data: Buffer = Buffer.alloc(0)): Buffer {
    const bytes = Buffer.alloc(IP_HEADER + TCP_HEADER + data.length);
    data.copy(bytes, IP_HEADER + TCP_HEADER);
    const server = ADDRESS[this.#side];
    const [source, target] = from === 'client' ? [ADDRESS.client, server] : [server, ADDRESS.client];
    this.#ipHeader(bytes, source, target);
    const serverPort = SIDE_PORT[this.#side];
    const ports = from === 'client' ? [this.#clientPort, serverPort] : [serverPort, this.#clientPort];
    this.#tcpHeader(bytes, ports as [number, number], from, flags);
    const takes = data.length + (flags & (FLAG.syn | FLAG.fin) ? 1 : 0);
    this.#sequence[from] = (this.#sequence[from] + takes) >>> 0;
    return bytes;
  }

  #ipHeader(bytes: Buffer, source: readonly number[], target: readonly number[]): void {
    bytes.writeUInt8(0x45, 0);
    bytes.writeUInt16BE(bytes.length, 2);
    this.#identification = (this.#identification + 1) & 0xffff;
    bytes.writeUInt16BE(this.#identification, 4);
    bytes.writeUInt16BE(0x4000, 6);
    bytes.writeUInt8(64, 8);
    bytes.writeUInt8(TCP, 9);
    bytes.set(source, 12);
    bytes.set(target, 16);
    bytes.writeUInt16BE(checksum(bytes.subarray(0, IP_HEADER), 0), 10);
  }

  #tcpHeader(bytes: Buffer, [source, target]: [number, number], from: FrameSender, flags: number): void {
    const tcp = bytes.subarray(IP_HEADER);
    tcp.writeUInt16BE(source, 0);
    tcp.writeUInt16BE(target, 2);
    tcp.writeUInt32BE(this.#sequence[from], 4);
    if (flags & FLAG.ack) tcp.writeUInt32BE(this.#sequence[from === 'client' ? 'server' : 'client'], 8);
    tcp.writeUInt8((TCP_HEADER / 4) << 4, 12);
    tcp.writeUInt8(flags, 13);
    tcp.writeUInt16BE(0xffff, 14);
    const pseudoHeader = sum(bytes.subarray(12, 20)) + TCP + tcp.length;
    tcp.writeUInt16BE(checksum(tcp, pseudoHeader), 16);
  }
}

function sum(bytes: Buffer): number {
  let total = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) total += bytes.readUInt16BE(at);
  return bytes.length % 2 === 0 ? total : total + ((bytes.at(-1) as number) << 8);
}

function checksum(bytes: Buffer, more: number): number {
  let total = sum(bytes) + more;
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}
