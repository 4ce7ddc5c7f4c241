/** Packets and capture files created independently of the product's own writer. */

export interface SentSegment {
  from: 'client' | 'server';
  /** Offset from the first byte of the stream, which is 0. */
  at: number;
  data?: Buffer;
  flags?: 'syn' | 'fin' | 'reset';
}

const FLAGS = { syn: 0x02, fin: 0x11, reset: 0x14 } as const;
/** Close to the maximum, so that sequence numbers wrap around within a test. */
const INITIAL = { client: 0xffffff00, server: 1_000 } as const;

export interface Link {
  clientPort: number;
  serverPort: number;
  ipv6?: boolean;
}

export function tcpSegment({ from, at, data = Buffer.alloc(0), flags }: SentSegment, link: Link): Buffer {
  const tcp = Buffer.alloc(20);
  const [source, target] = from === 'client' ? [link.clientPort, link.serverPort] : [link.serverPort, link.clientPort];
  tcp.writeUInt16BE(source, 0);
  tcp.writeUInt16BE(target, 2);
  tcp.writeUInt32BE((INITIAL[from] + at + (flags === 'syn' ? 0 : 1)) >>> 0, 4);
  tcp.writeUInt8(0x50, 12);
  let bits: number = flags === undefined ? 0x18 : FLAGS[flags];
  if (flags === 'syn' && from === 'server') bits |= 0x10;
  tcp.writeUInt8(bits, 13);
  const [here, there] = from === 'client' ? [5, 9] : [9, 5];
  if (link.ipv6) {
    const ip = Buffer.alloc(40);
    ip.writeUInt8(0x60, 0);
    ip.writeUInt16BE(tcp.length + data.length, 4);
    ip.writeUInt8(6, 6);
    ip.writeUInt8(here, 23);
    ip.writeUInt8(there, 39);
    return Buffer.concat([ip, tcp, data]);
  }
  const ip = Buffer.alloc(20);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(40 + data.length, 2);
  ip.writeUInt8(6, 9);
  ip.set([10, 0, 0, here], 12);
  ip.set([10, 0, 0, there], 16);
  return Buffer.concat([ip, tcp, data]);
}

/** With an Ethernet header, a VLAN tag, and the padding of a short frame. */
export function ethernet(packet: Buffer, vlan = false): Buffer {
  const version = (packet[0]! >> 4) as 4 | 6;
  const type = Buffer.from(version === 4 ? [0x08, 0x00] : [0x86, 0xdd]);
  const head = Buffer.concat([Buffer.alloc(12, 2), ...(vlan ? [Buffer.from([0x81, 0x00, 0, 7])] : []), type]);
  const padding = Buffer.alloc(Math.max(0, 60 - head.length - packet.length));
  return Buffer.concat([head, packet, padding]);
}

export interface PcapOptions {
  link: number;
  little?: boolean;
  nanoseconds?: boolean;
}

/** A file in the old format; packets are a millisecond apart. */
export function pcapFile(
  packets: readonly Buffer[],
  { link, little = true, nanoseconds = false }: PcapOptions,
): Buffer {
  const uint = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) {
      if (little) bytes.writeUInt32LE(value, index * 4);
      else bytes.writeUInt32BE(value, index * 4);
    }
    return bytes;
  };
  const version = little ? Buffer.from([2, 0, 4, 0]) : Buffer.from([0, 2, 0, 4]);
  const header = [uint(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4), version, uint(0, 0, 65_535, link)];
  const perMs = nanoseconds ? 1_000_000 : 1_000;
  const records = packets.flatMap((packet, index) => [
    uint(1_700_000_000, index * perMs, packet.length, packet.length),
    packet,
  ]);
  return Buffer.concat([...header, ...records]);
}
