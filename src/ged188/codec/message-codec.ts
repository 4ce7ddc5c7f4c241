/** The codec of one message in one version, compiled on first use. */
import { Limits } from '../constants/limits.js';
import type { MessageDefinition } from '../definition/message.js';
import type { Charset } from './charset.js';
import { type Checks, compileChecks } from './checks.js';
import { compileDecoder, type Decoder } from './decoder.js';
import { finish } from './encode-runtime.js';
import { compileEncoder, type Encoder } from './encoder.js';
import { type Layout, layoutOf } from './layout.js';
import type { DecodeReport } from './report.js';

/** A decoded message of any type. */
export type Decoded = { type: string };

export class MessageCodec {
  readonly layout: Layout;
  private bytewise: Decoder | undefined;
  private charsetwise: Decoder | undefined;
  private check: Checks | undefined;
  private write: Encoder | undefined;
  private nothing: Buffer | undefined;

  constructor(
    readonly definition: MessageDefinition,
    version: number,
    part?: 'fixed' | 'orFixed',
  ) {
    this.layout = layoutOf(definition, version, part);
  }

  /** @param begin where the frame begins in the bytes, and @param end where it ends */
  decode(bytes: Buffer, begin: number, end: number, charset: Charset, report: DecodeReport | undefined): Decoded {
    const { layout } = this;
    const decoder = this.decoder(charset);
    let message: Decoded;
    if (end - begin >= layout.fixedEnd) message = decoder(bytes, begin, end, charset.decode, report);
    else {
      const whole = this.completed(bytes.subarray(begin, end), report);
      message = decoder(whole, 0, whole.length, charset.decode, report);
    }
    if (report !== undefined) {
      this.check ??= compileChecks(layout);
      this.check(message, report);
    }
    return message;
  }

  encode(message: object, charset: Charset): Buffer {
    this.write ??= compileEncoder(this.layout);
    return finish(this.layout.number, this.write(message, charset));
  }

  private decoder(charset: Charset): Decoder {
    if (charset.bytewise) {
      this.bytewise ??= compileDecoder(this.layout, true);
      return this.bytewise;
    }
    this.charsetwise ??= compileDecoder(this.layout, false);
    return this.charsetwise;
  }

  /** A frame that ends within the fixed part, padded with the values that stand for "nothing". */
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
