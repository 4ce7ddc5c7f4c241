/** Extracts the TCP segment from a captured packet. */
import { type CapturedPacket, LINKTYPE_ETHERNET, LINKTYPE_RAW } from './capture-reader.js';

export interface TcpSegment {
  readonly at: number;
  /** "10.1.2.3:42027" */
  readonly source: string;
  readonly target: string;
  readonly sequence: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  readonly data: Buffer;
  /** The number of bytes of the segment that were not captured. */
  readonly missing: number;
  readonly comment?: string | undefined;
}

/** Link types whose packets start with the IP header. */
const RAW_IP: ReadonlySet<number> = new Set([12, 14, LINKTYPE_RAW, 228, 229]);
/** Link types with a header of fixed length before the IP header. */
const HEADER: Readonly<Record<number, number>> = { 0: 4, 108: 4, 113: 16, 276: 20 };
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const TCP = 6;
/** Extension headers between IPv6 and TCP. */
const IPV6_EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);

/** @returns undefined for anything other than TCP, and for fragments */
export function segmentOf(packet: CapturedPacket): TcpSegment | undefined {
  const { bytes } = packet;
  const at = ipOffset(packet);
  if (at === undefined || at >= bytes.length) return undefined;
  const version = (bytes[at] as number) >> 4;
  try {
    if (version === 4) return ipv4(packet, at);
    return version === 6 ? ipv6(packet, at) : undefined;
  } catch (error) {
    // The packet is truncated within its headers.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function ipOffset({ link, bytes }: CapturedPacket): number | undefined {
  if (RAW_IP.has(link)) return 0;
  if (link !== LINKTYPE_ETHERNET) return HEADER[link];
  let at = 12;
  while (at + 2 <= bytes.length && VLAN_TAGS.has(bytes.readUInt16BE(at))) at += 4;
  return at + 2;
}

function ipv4(packet: CapturedPacket, at: number): TcpSegment | undefined {
  const { bytes } = packet;
  const isFragment = (bytes.readUInt16BE(at + 6) & 0x3fff) !== 0;
  if (bytes.readUInt8(at + 9) !== TCP || isFragment) return undefined;
  const header = (bytes.readUInt8(at) & 0x0f) * 4;
  // Zero if the network card splits the packet: then it ends with the captured bytes.
  const total = bytes.readUInt16BE(at + 2) || bytes.length - at;
  const source = [...bytes.subarray(at + 12, at + 16)].join('.');
  const target = [...bytes.subarray(at + 16, at + 20)].join('.');
  return tcp(packet, at + header, at + total, source, target);
}

function ipv6(packet: CapturedPacket, at: number): TcpSegment | undefined {
  const { bytes } = packet;
  const end = at + 40 + bytes.readUInt16BE(at + 4);
  let next = bytes.readUInt8(at + 6);
  let from = at + 40;
  while (IPV6_EXTENSIONS.has(next)) {
    next = bytes.readUInt8(from);
    from += 8 + bytes.readUInt8(from + 1) * 8;
  }
  if (next !== TCP) return undefined;
  return tcp(packet, from, end, ipv6Address(bytes, at + 8), ipv6Address(bytes, at + 24));
}

function ipv6Address(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(at + index * 2).toString(16));
  return `[${groups.join(':')}]`;
}

function tcp(packet: CapturedPacket, at: number, to: number, source: string, target: string): TcpSegment {
  const { bytes, comment } = packet;
  const flags = bytes.readUInt8(at + 13);
  const from = at + (bytes.readUInt8(at + 12) >> 4) * 4;
  const end = Math.min(to, bytes.length);
  return {
    at: packet.at,
    source: `${source}:${bytes.readUInt16BE(at)}`,
    target: `${target}:${bytes.readUInt16BE(at + 2)}`,
    sequence: bytes.readUInt32BE(at + 4),
    syn: (flags & 0x02) !== 0,
    ack: (flags & 0x10) !== 0,
    fin: (flags & 0x01) !== 0,
    reset: (flags & 0x04) !== 0,
    data: bytes.subarray(Math.min(from, end), end),
    missing: Math.max(0, to - Math.max(from, bytes.length)),
    ...(comment === undefined ? {} : { comment }),
  };
}
