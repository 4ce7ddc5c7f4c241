/**
 * FAILURE_CONF, which is published in two layouts: a status of four bytes or, in the newest guides, a status of two
 * bytes and the error code of the peripheral. The version does not determine which one a server sends, but the length
 * of the message does. Decoded, `Status` and `FailureCode` hold the status in either case.
 */
import { Limits } from '../constants/limits.js';
import type { MessageDefinition } from '../definition/message.js';
import { WIDE_TAGS_SINCE } from '../versions.js';
import type { Charset } from './charset.js';
import { layoutOf } from './layout.js';
import { type Decoded, MessageCodec } from './message-codec.js';
import type { DecodeReport } from './report.js';

/** The layout to encode: with a `Status`, or with a `FailureCode` and a `PeripheralErrorCode`. */
export type FailureLayout = 'status' | 'failure-code';

interface FailureConf {
  InvokeID?: number;
  Status?: number;
  FailureCode?: number;
  PeripheralErrorCode?: number;
  CTIOSCILClientID?: string;
}

/** Whether floating fields fill the frame from here to its end. */
const fieldsFill = (frame: Buffer, from: number, wide: boolean): boolean => {
  const header = wide ? 4 : 2;
  let at = from;
  while (at + header <= frame.length) at += header + (wide ? frame.readUInt16BE(at + 2) : frame.readUInt8(at + 1));
  return at === frame.length;
};

export class FailureConfCodec {
  private readonly status: MessageCodec;
  private readonly failureCode: MessageCodec;
  private readonly wide: boolean;

  constructor(
    readonly definition: MessageDefinition,
    version: number,
  ) {
    this.status = new MessageCodec(definition, version, 'fixed');
    this.failureCode = new MessageCodec(definition, version, 'orFixed');
    this.wide = version >= WIDE_TAGS_SINCE;
  }

  decode(bytes: Buffer, begin: number, end: number, charset: Charset, report: DecodeReport | undefined): Decoded {
    const codec = this.layoutOf(bytes.subarray(begin, end));
    const read: Decoded & FailureConf & { unknown?: unknown } = codec.decode(bytes, begin, end, charset, report);
    const { type, InvokeID, PeripheralErrorCode, CTIOSCILClientID, unknown } = read;
    const status = read.Status ?? read.FailureCode;
    const message = { type, InvokeID, Status: status, FailureCode: status, PeripheralErrorCode };
    return { ...message, CTIOSCILClientID, unknown } as Decoded;
  }

  /** If no layout is requested: the one that can hold the given values. */
  encode(message: FailureConf, charset: Charset, layout?: FailureLayout): Buffer {
    const status = message.Status ?? message.FailureCode;
    const chosen = layout ?? (message.PeripheralErrorCode === undefined ? 'status' : 'failure-code');
    const codec = chosen === 'status' ? this.status : this.failureCode;
    return codec.encode({ ...message, Status: status, FailureCode: status }, charset);
  }

  private layoutOf(frame: Buffer): MessageCodec {
    const ends = [this.status.layout.fixedEnd, this.failureCode.layout.fixedEnd] as const;
    return partOf(frame, ends, this.wide) === 'fixed' ? this.status : this.failureCode;
  }
}

function partOf(frame: Buffer, [status, failureCode]: readonly [number, number], wide: boolean): 'fixed' | 'orFixed' {
  if (frame.length === status) return 'fixed';
  if (frame.length === failureCode) return 'orFixed';
  if (frame.length < Limits.MESSAGE_HEADER_SIZE + 10) return 'fixed';
  return fieldsFill(frame, failureCode, wide) && !fieldsFill(frame, status, wide) ? 'orFixed' : 'fixed';
}

/** Which of the two layouts a frame uses. */
export function failureLayoutOf(frame: Buffer, definition: MessageDefinition, version: number): 'fixed' | 'orFixed' {
  const ends = [layoutOf(definition, version).fixedEnd, layoutOf(definition, version, 'orFixed').fixedEnd] as const;
  return partOf(frame, ends, version >= WIDE_TAGS_SINCE);
}
