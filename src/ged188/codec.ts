/**
 * Converts frames to messages and back. Pure: bytes in, objects out. Sockets, timers and the choice of a version belong
 * to the callers.
 */
import { type Charset, charsetOf } from './codec/charset.js';
import { encodeUnknown } from './codec/encode-runtime.js';
import { FailureConfCodec, type FailureLayout } from './codec/failure-conf.js';
import { type Decoded, MessageCodec } from './codec/message-codec.js';
import type { DecodeReport } from './codec/report.js';
import { Limits } from './constants/limits.js';
import { EncodeError, FrameError } from './errors.js';
import {
  definitionOf,
  type Message,
  type MessageInit,
  type MessageName,
  type MessageOf,
  messageName,
} from './messages/index.js';
import { layoutVersion } from './versions.js';

export interface DecodeOptions {
  /** Charset of text outside ASCII: `latin1` (the default), `utf8`, or a label such as `windows-1252`, `shift_jis`. */
  charset?: string;
  /** Records oddities in the message, which never stop the decoder. */
  report?: DecodeReport;
}

export interface EncodeOptions {
  /** As for decoding. */
  charset?: string;
  /** Layout of FAILURE_CONF. Default: with a peripheral error code if the message has one, else with a status only. */
  failureConf?: FailureLayout;
}

interface AnyCodec {
  decode(bytes: Buffer, begin: number, end: number, charset: Charset, report: DecodeReport | undefined): Decoded;
  encode(message: object, charset: Charset, failureConf?: FailureLayout): Buffer;
}

/** The codecs of a version, each compiled on first use. */
class VersionCodecs {
  private readonly byNumber: (AnyCodec | undefined)[] = [];
  private readonly byName = new Map<string, AnyCodec | undefined>();

  constructor(private readonly version: number) {}

  numbered(number: number): AnyCodec | undefined {
    return this.byNumber[number] ?? this.find(number);
  }

  named(name: string): AnyCodec | undefined {
    return this.byName.get(name) ?? this.find(name);
  }

  private find(message: number | string): AnyCodec | undefined {
    const definition = definitionOf(message);
    if (definition === undefined) return undefined;
    const codec: AnyCodec =
      definition.facts.orFixed === undefined
        ? new MessageCodec(definition, this.version)
        : new FailureConfCodec(definition, this.version);
    this.byNumber[definition.number] = codec;
    this.byName.set(definition.name, codec);
    return codec;
  }
}

const codecs: (VersionCodecs | undefined)[] = [];
const codecsOf = (version: number): VersionCodecs => {
  const layout = layoutVersion(version);
  let found = codecs[layout];
  if (found === undefined) {
    found = new VersionCodecs(layout);
    codecs[layout] = found;
  }
  return found;
};

const LATIN1 = charsetOf('latin1');
const charsetFor = (name: string | undefined): Charset => (name === undefined ? LATIN1 : charsetOf(name));

/**
 * The message in a frame.
 *
 * Never throws on anything a server may send: a message without a known layout is `{ type: 'UNKNOWN', number, raw }`,
 * unknown tags are kept in `unknown`, and the rest of the message is still decoded.
 * @param frame header and body; the message keeps no reference to it
 * @param version protocol version of the session
 * @throws FrameError if the length in the header does not match the number of bytes
 */
export const decode = (frame: Buffer, version: number, options?: DecodeOptions): Message =>
  decodeAt(frame, 0, frame.length, version, options);

/**
 * The same for a frame among other bytes, such as those of a chunk: a view of its own would take as long as a small
 * message takes to decode.
 * @param begin where its header begins
 * @param end where it ends
 */
export const decodeAt = (
  bytes: Buffer,
  begin: number,
  end: number,
  version: number,
  options?: DecodeOptions,
): Message => {
  const size = end - begin;
  if (size < Limits.MESSAGE_HEADER_SIZE || bytes.readUInt32BE(begin) !== size - Limits.MESSAGE_HEADER_SIZE) {
    throw new FrameError(`A frame of ${size} bytes whose header does not say so`);
  }
  const number = bytes.readUInt32BE(begin + 4);
  const report = options?.report;
  const codec = codecsOf(version).numbered(number);
  if (codec === undefined) {
    report?.note('unknown-message', messageName(number) ?? String(number), '', number);
    const raw = Buffer.allocUnsafeSlow(size - Limits.MESSAGE_HEADER_SIZE);
    bytes.copy(raw, 0, begin + Limits.MESSAGE_HEADER_SIZE, end);
    return { type: 'UNKNOWN', number, raw };
  }
  return codec.decode(bytes, begin, end, charsetFor(options?.charset), report) as Message;
};

/**
 * The frame of a message, header included.
 *
 * Fields left out take their null value, or 0; counts are taken from the lists; fields that the version does not have
 * are left out.
 * @throws EncodeError if a value does not fit: too long, out of range, not of the field's type, or not in the charset
 */
export const encode = (message: MessageInit, version: number, options?: EncodeOptions): Buffer => {
  const codec = codecsOf(version).named(message.type);
  if (codec !== undefined) return codec.encode(message, charsetFor(options?.charset), options?.failureConf);
  if (message.type !== 'UNKNOWN') {
    const type = String((message as { type: unknown }).type);
    throw new EncodeError(`There is no message ${type} with a known layout`, type);
  }
  return encodeUnknown(message);
};

/** Narrows a message to a type: `isMessage(message, 'OPEN_CONF')`. */
export const isMessage = <N extends MessageName>(message: Message, type: N): message is MessageOf<N> & Message =>
  message.type === type;
