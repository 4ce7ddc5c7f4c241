/**
 * Writes a recording as a pcapng file: each frame in its own TCP packets, as Wireshark and other tools expect.
 * Addresses are reserved for documentation; the facts of the session are in the comments.
 */
import { describeFrame, describeRecording, describeSession } from '../describe.js';
import type { RecordedSession, Recording } from '../recording.js';
import { LINKTYPE_RAW } from './capture-reader.js';
import { type Packet, tcpPackets } from './tcp-packets.js';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** The resolution of time stamps: 10 to the power of -9 seconds. */
const NANOSECONDS = 9;
const NANOSECONDS_PER_MS = 1_000_000;

const OPTION = { comment: 1, application: 4, interfaceName: 2, timeResolution: 9, endOfOptions: 0 } as const;

/** @param application the name of the writing program: "@openctios/node-red-ctios 1.2.0" */
export function pcapngOf(recording: Recording, application: string): Buffer {
  const blocks = [
    block(
      SECTION_HEADER,
      sectionHeader(),
      options([
        [OPTION.comment, describeRecording(recording)],
        [OPTION.application, application],
      ]),
    ),
    block(
      INTERFACE_DESCRIPTION,
      interfaceDescription(),
      options([
        [OPTION.interfaceName, 'CTI link'],
        [OPTION.timeResolution, String.fromCharCode(NANOSECONDS)],
      ]),
    ),
  ];
  const packets = recording.sessions.flatMap((session) => sessionPackets(session));
  packets.sort((a, b) => a.at - b.at || a.order - b.order);
  for (const packet of packets) blocks.push(packetBlock(packet));
  return Buffer.concat(blocks);
}

function sessionPackets(session: RecordedSession): Packet[] {
  return tcpPackets(session, (frame) => describeFrame(session, frame), describeSession(session));
}

function sectionHeader(): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  header.writeUInt16LE(1, 4);
  // The length of the section: unspecified.
  header.fill(0xff, 8);
  return header;
}

function interfaceDescription(): Buffer {
  const description = Buffer.alloc(8);
  description.writeUInt16LE(LINKTYPE_RAW, 0);
  return description;
}

function packetBlock({ at, bytes, comment }: Packet): Buffer {
  const header = Buffer.alloc(20);
  const ms = Math.floor(at);
  const time = BigInt(ms) * BigInt(NANOSECONDS_PER_MS) + BigInt(Math.round((at - ms) * NANOSECONDS_PER_MS));
  header.writeUInt32LE(Number(time >> 32n), 4);
  header.writeUInt32LE(Number(time & 0xffffffffn), 8);
  header.writeUInt32LE(bytes.length, 12);
  header.writeUInt32LE(bytes.length, 16);
  return block(
    ENHANCED_PACKET,
    Buffer.concat([header, padded(bytes)]),
    comment === undefined ? Buffer.alloc(0) : options([[OPTION.comment, comment]]),
  );
}

function block(type: number, body: Buffer, more: Buffer): Buffer {
  const size = 12 + body.length + more.length;
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(size, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(size, 0);
  return Buffer.concat([head, body, more, tail]);
}

function options(given: readonly (readonly [code: number, text: string])[]): Buffer {
  const parts = given.flatMap(([code, text]) => {
    const bytes = Buffer.from(text);
    return [optionHead(code, bytes.length), padded(bytes)];
  });
  return Buffer.concat([...parts, optionHead(OPTION.endOfOptions, 0)]);
}

function optionHead(code: number, length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(length, 2);
  return head;
}

function padded(bytes: Buffer): Buffer {
  const rest = bytes.length % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - rest)]);
}
