/** The codec of one message in one version: compiled when first used. */
import { Limits } from '../constants/limits.js';
import type { MessageDefinition } from '../definition/message.js';
import type { Charset } from './charset.js';
import { checksOf } from './checks.js';
import { compileDecoder, type Decoder } from './decoder.js';
import { finish } from './encode-runtime.js';
import { compileEncoder, type Encoder } from './encoder.js';
import { type Layout, layoutOf } from './layout.js';
import type { DecodeReport } from './report.js';

/** A decoded message of whatever type. */
export type Decoded = { type: string };

export class MessageCodec {
  readonly layout: Layout;
  private sliced: Decoder | undefined;
  private decoded: Decoder | undefined;
  private check: ReturnType<typeof checksOf> | undefined;
  private write: Encoder | undefined;
  private nothing: Buffer | undefined;

  constructor(
    readonly definition: MessageDefinition,
    version: number,
    part?: 'fixed' | 'orFixed',
  ) {
    this.layout = layoutOf(definition, version, part);
  }

  /** @param bytewise the texts can be read byte by byte: they are ASCII, or the charset is */
  decode(frame: Buffer, bytewise: boolean, charset: Charset, report: DecodeReport | undefined): Decoded {
    const { layout } = this;
    let bytes = frame;
    if (frame.length < layout.fixedEnd) bytes = this.completed(frame, report);
    const message = this.decoder(bytewise)(bytes, bytes.length, charset.decode, report);
    if (report !== undefined) {
      this.check ??= checksOf(layout);
      this.check(message, report);
    }
    return message;
  }

  encode(message: object, charset: Charset): Buffer {
    this.write ??= compileEncoder(this.layout);
    return finish(this.layout.number, this.write(message, charset));
  }

  private decoder(bytewise: boolean): Decoder {
    if (bytewise) {
      this.sliced ??= compileDecoder(this.layout, true);
      return this.sliced;
    }
    this.decoded ??= compileDecoder(this.layout, false);
    return this.decoded;
  }

  /** A frame that ends within the fixed part, completed with the values that stand for nothing. */
  private completed(frame: Buffer, report: DecodeReport | undefined): Buffer {
    report?.note('short-fixed-part', this.layout.name, 'end', frame.length - Limits.MESSAGE_HEADER_SIZE);
    this.nothing ??= this.encode({}, NO_TEXT);
    const bytes = Buffer.from(this.nothing.subarray(0, this.layout.fixedEnd));
    frame.copy(bytes);
    return bytes;
  }
}

/** For a message without texts. */
const NO_TEXT: Charset = { name: 'none', bytewise: true, decode: () => '', encode: () => undefined };
