/** Reads the packets of a capture file: pcapng or pcap, in either byte order. */

export interface CapturedPacket {
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
  /** The link type, as registered with tcpdump. */
  readonly link: number;
  readonly bytes: Buffer;
  /** The number of bytes of the packet that were not captured. */
  readonly missing: number;
  readonly comment?: string | undefined;
}

export interface CaptureFile {
  readonly packets: readonly CapturedPacket[];
  /** Comments on the file itself. */
  readonly comments: readonly string[];
  /** Problems found while reading. */
  readonly problems: readonly string[];
}

export const LINKTYPE_ETHERNET = 1;
/** Packets that start with their IP header. */
export const LINKTYPE_RAW = 101;

const PCAPNG = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const PCAP_MICROSECONDS = 0xa1b2c3d4;
const PCAP_NANOSECONDS = 0xa1b23c4d;
const BLOCK = { interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6 } as const;
const COMMENT = 1;
const TIME_RESOLUTION = 9;
const PCAP_HEADER = 24;
const PCAP_PACKET_HEADER = 16;
/** Anything larger is not a valid packet. */
const MAX_PACKET = 16 * 1024 ** 2;

export function isCapture(bytes: Buffer): boolean {
  if (bytes.length < PCAP_HEADER) return false;
  return bytes.readUInt32BE(0) === PCAPNG || pcapOrder(bytes) !== undefined;
}

/** Yields the packets that can be read; a truncated file results in a problem, not an exception. */
export function readCapture(bytes: Buffer): CaptureFile {
  return bytes.readUInt32BE(0) === PCAPNG ? new PcapngReader(bytes).read() : readPcap(bytes);
}

function pcapOrder(bytes: Buffer): { little: boolean; perMs: number } | undefined {
  for (const little of [true, false]) {
    const magic = little ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
    if (magic === PCAP_MICROSECONDS) return { little, perMs: 1e3 };
    if (magic === PCAP_NANOSECONDS) return { little, perMs: 1e6 };
  }
  return undefined;
}

function readPcap(bytes: Buffer): CaptureFile {
  const { little, perMs } = pcapOrder(bytes) as { little: boolean; perMs: number };
  const uint = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const link = uint(20) & 0xffff;
  const packets: CapturedPacket[] = [];
  const problems: string[] = [];
  let at = PCAP_HEADER;
  while (at + PCAP_PACKET_HEADER <= bytes.length) {
    const size = uint(at + 8);
    const from = at + PCAP_PACKET_HEADER;
    if (size > MAX_PACKET || from + size > bytes.length) break;
    const time = uint(at) * 1_000 + uint(at + 4) / perMs;
    const missing = Math.max(0, uint(at + 12) - size);
    packets.push({ at: time, link, bytes: bytes.subarray(from, from + size), missing });
    at = from + size;
  }
  if (at < bytes.length) problems.push(`the file is cut off: ${bytes.length - at} bytes at its end are no packet`);
  return { packets, comments: [], problems };
}

interface Interface {
  readonly link: number;
  /** The number of time stamp units per second. */
  readonly perSecond: bigint;
}

class PcapngReader {
  readonly #bytes: Buffer;
  readonly #packets: CapturedPacket[] = [];
  readonly #comments: string[] = [];
  readonly #problems: string[] = [];
  #little = true;
  #interfaces: Interface[] = [];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(): CaptureFile {
    const bytes = this.#bytes;
    let at = 0;
    while (at + 12 <= bytes.length) {
      if (bytes.readUInt32BE(at) === PCAPNG) this.#little = bytes.readUInt32LE(at + 8) === BYTE_ORDER_MAGIC;
      const size = this.#uint(at + 4);
      if (size < 12 || size % 4 !== 0 || at + size > bytes.length) break;
      this.#block(this.#uint(at), at + 8, at + size - 4);
      at += size;
    }
    if (at < bytes.length)
      this.#problems.push(`the file is cut off: ${bytes.length - at} bytes at its end are no block`);
    return { packets: this.#packets, comments: this.#comments, problems: this.#problems };
  }

  #block(type: number, from: number, to: number): void {
    if (type === PCAPNG) {
      this.#interfaces = [];
      this.#comments.push(
        ...this.#options(from + 16, to)
          .filter(isComment)
          .map(textOf),
      );
    } else if (type === BLOCK.interface && to - from >= 8) {
      const resolution = this.#options(from + 8, to).find(({ code }) => code === TIME_RESOLUTION)?.value[0] ?? 6;
      const perSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
      this.#interfaces.push({ link: this.#ushort(from), perSecond });
    } else if (type === BLOCK.enhancedPacket && to - from >= 20) this.#packet(this.#uint(from), from, to);
    else if (type === BLOCK.packet && to - from >= 20) this.#packet(this.#ushort(from), from, to);
    else if (type === BLOCK.simplePacket && to - from >= 4) this.#simplePacket(from, to);
  }

  #packet(number: number, from: number, to: number): void {
    const known = this.#interfaces[number];
    const size = this.#uint(from + 12);
    if (known === undefined || from + 20 + size > to) {
      this.#problems.push(`packet ${this.#packets.length + 1} cannot be read`);
      return;
    }
    const time = (BigInt(this.#uint(from + 4)) << 32n) + BigInt(this.#uint(from + 8));
    const { perSecond } = known;
    const dataTo = from + 20 + size;
    const comment = this.#options(dataTo + ((4 - (size % 4)) % 4), to)
      .filter(isComment)
      .map(textOf)
      .join('\n');
    this.#packets.push({
      at: Number(time / perSecond) * 1_000 + (Number(time % perSecond) * 1_000) / Number(perSecond),
      link: known.link,
      bytes: this.#bytes.subarray(from + 20, dataTo),
      missing: Math.max(0, this.#uint(from + 16) - size),
      ...(comment === '' ? {} : { comment }),
    });
  }

  #simplePacket(from: number, to: number): void {
    const [first] = this.#interfaces;
    if (first === undefined) return;
    const size = Math.min(this.#uint(from), to - from - 4);
    const bytes = this.#bytes.subarray(from + 4, from + 4 + size);
    this.#packets.push({ at: 0, link: first.link, bytes, missing: this.#uint(from) - size });
  }

  #options(from: number, to: number): { code: number; value: Buffer }[] {
    const options: { code: number; value: Buffer }[] = [];
    let at = from;
    while (at + 4 <= to) {
      const code = this.#ushort(at);
      const size = this.#ushort(at + 2);
      if (code === 0 || at + 4 + size > to) break;
      options.push({ code, value: this.#bytes.subarray(at + 4, at + 4 + size) });
      at += 4 + size + ((4 - (size % 4)) % 4);
    }
    return options;
  }

  #uint(at: number): number {
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #ushort(at: number): number {
    return this.#little ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }
}

function isComment({ code }: { code: number }): boolean {
  return code === COMMENT;
}

function textOf({ value }: { value: Buffer }): string {
  return value.toString('utf8');
}
