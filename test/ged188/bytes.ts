/**
 * Builds messages byte by byte according to the guide: big-endian numbers without padding, floating fields with a tag
 * and a length of one byte each (two from version 20 on), null-terminated texts. Shares nothing with the codec.
 */
export class Bytes {
  private readonly bytes: number[] = [];

  constructor(private readonly version: number) {}

  /** A number of the given size. */
  number(value: number, size: number): this {
    let rest = value < 0 ? value + 2 ** (8 * size) : value;
    const digits: number[] = [];
    for (let index = 0; index < size; index++) {
      digits.unshift(rest % 256);
      rest = Math.floor(rest / 256);
    }
    this.bytes.push(...digits);
    return this;
  }

  raw(bytes: Uint8Array | readonly number[]): this {
    this.bytes.push(...bytes);
    return this;
  }

  /** ASCII text with its null. */
  text(text: string): this {
    for (const character of text) this.bytes.push(character.charCodeAt(0));
    this.bytes.push(0);
    return this;
  }

  /** A floating field; `fill` adds its data. */
  tagged(tag: number, fill: (data: Bytes) => void): this {
    const data = new Bytes(this.version);
    fill(data);
    const width = this.version >= 20 ? 2 : 1;
    this.number(tag, width).number(data.bytes.length, width);
    return this.raw(data.bytes);
  }

  /** The message with its header. */
  message(number: number): Buffer {
    const header = new Bytes(this.version).number(this.bytes.length, 4).number(number, 4);
    return Buffer.from([...header.bytes, ...this.bytes]);
  }
}
