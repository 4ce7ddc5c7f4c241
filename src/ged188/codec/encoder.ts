/**
 * Compiles the encoder of one message and version from its layout: fixed fields at their offsets, then each floating
 * field that is given, in table order. The source contains names and numbers from the tables only.
 */
import type { FieldFacts } from '../definition/field.js';
import { WIDE_TAGS_SINCE } from '../versions.js';
import type { Charset } from './charset.js';
import { encodeRuntime } from './encode-runtime.js';
import type { FixedSlot, FloatSlot, Layout, ListSlot, Slot } from './layout.js';

/**
 * Writes everything but the header into the frame under construction; returns where the message ends. Throws
 * EncodeError.
 */
export type Encoder = (message: object, charset: Charset) => number;

/** For each integer type: a test for values that it cannot hold, and its range as text. */
const RANGES: Partial<Record<FieldFacts['wire'], readonly [test: string, words: string]>> = {
  UCHAR: ['(v & 0xff) !== v', 'an integer from 0 to 255'],
  USHORT: ['(v & 0xffff) !== v', 'an integer from 0 to 65535'],
  INT: ['(v | 0) !== v', 'an integer from -2147483648 to 2147483647'],
  UINT: ['v >>> 0 !== v', 'an integer from 0 to 4294967295'],
  TIME: ['v >>> 0 !== v', 'an integer from 0 to 4294967295'],
};

/** Statements that write the integer `v` at an offset. */
const store = (size: number, at: string): string =>
  Array.from({ length: size }, (_, index) => {
    const shift = 8 * (size - 1 - index);
    return `b[${index === 0 ? at : `${at} + ${index}`}] = v${shift === 0 ? '' : ` >>> ${shift}`};`;
  }).join(' ');

class EncoderSource {
  constructor(private readonly layout: Layout) {}

  private get header(): number {
    return this.layout.version >= WIDE_TAGS_SINCE ? 4 : 2;
  }

  toString(): string {
    const { layout } = this;
    return `'use strict';
const { frame: b, refuse, tooLong, checkRoom, checkNamed, announce, text, bytes, part, unknown } = runtime;
return function ${layout.name}(m, charset) {
  let v, named = 0, at = ${layout.fixedEnd};
  ${layout.floating.map((slot) => this.listOf(slot, 'm')).join('')}
  ${layout.fixed.map((slot) => this.fixed(slot)).join('\n  ')}
  ${layout.floating.map((slot) => this.slot(slot, 'm', '')).join('\n  ')}
  if (m.unknown != null) at = unknown(at, m.unknown, '${layout.name}');
  checkRoom('${layout.name}', at);
  return at;
};`;
  }

  /** Rejects a `v` that its type cannot hold. Converts a boolean to a number. */
  private check({ wire }: FieldFacts, field: string): string {
    if (wire === 'BOOL') return 'v = v ? 1 : 0;';
    const [test, words] = RANGES[wire] ?? [];
    return test === undefined ? '' : `if (${test}) ${this.refuse(field, 'v', words ?? '')}`;
  }

  /** A statement that rejects a value of the wrong kind. */
  private refuse(field: string, value: string, expected: string): string {
    return `refuse('${this.layout.name}', '${field}', ${value}, '${expected}');`;
  }

  /** A statement that rejects a value longer than the limit. */
  private limit(field: string, value: string, limit: number, unit: 'bytes' | 'elements'): string {
    const refusal = `tooLong('${this.layout.name}', '${field}', ${limit}, ${value}.length, '${unit}');`;
    return `if (${value}.length > ${limit}) ${refusal}`;
  }

  private fixed({ name, facts, offset }: FixedSlot): string {
    if (offset === undefined) return '';
    if (facts.counts !== undefined) {
      return `v = ${facts.counts} == null ? 0 : ${facts.counts}.length; ${store(facts.size ?? 0, String(offset))}`;
    }
    if (facts.wire === 'UNSPEC') {
      const { size = 0 } = facts;
      return (
        `v = m.${name}; b.fill(0, ${offset}, ${offset + size}); ` +
        `if (v != null) { if (!(v instanceof Uint8Array)) ${this.refuse(name, 'v', 'bytes')} ` +
        `${this.limit(name, 'v', size, 'bytes')} b.set(v, ${offset}); }`
      );
    }
    return (
      `v = m.${name}; if (v == null) v = ${facts.absent ?? 0}; else { ${this.check(facts, name)} } ` +
      store(facts.size ?? 0, String(offset))
    );
  }

  /** @param owner the object that has the field; @param path of the owner, for error messages */
  private slot(slot: Slot, owner: string, path: string): string {
    return slot.kind === 'list' ? this.list(slot, path) : this.float(slot, owner, path);
  }

  private float(slot: FloatSlot, owner: string, path: string): string {
    const { name, facts, tags } = slot;
    const field = `${path}${name}`;
    if (facts.tag === null) {
      const value = `${owner}.${name}`;
      return `if (${value} != null) ${this.refuse(field, value, 'left out: the protocol publishes no tag for it')}`;
    }
    if (tags.length === 0) return '';
    if (facts.counts !== undefined) {
      return (
        `v = ${facts.counts} == null ? 0 : ${facts.counts}.length; ` +
        `if (v > 0 || ${owner}.${name} != null) { ${this.write(slot, field)} }`
      );
    }
    return `v = ${owner}.${name}; if (v != null) { ${this.write(slot, field)} }`;
  }

  /** Writes the floating field whose value is `v`. */
  private write({ facts, tags, max }: FloatSlot, field: string): string {
    const [tag] = tags;
    const { name } = this.layout;
    if (facts.wire === 'STRING') return `at = text(at, ${tag}, v, ${max}, charset, '${name}', '${field}');`;
    if (facts.wire === 'UNSPEC') return `at = bytes(at, ${tag}, v, ${max}, '${name}', '${field}');`;
    const { size = 0 } = facts;
    return (
      `${this.check(facts, field)} at += ${this.header}; ${store(size, 'at')} ` +
      `announce(at, at + ${size}, ${tag}); at += ${size};`
    );
  }

  /** A list is looked up once, for its count and for its elements. */
  private listOf(slot: Slot, owner: string): string {
    return slot.kind === 'list' ? `const ${slot.name} = ${owner}.${slot.name}; ` : '';
  }

  private list(list: ListSlot, path: string): string {
    const { name, facts, items } = list;
    const field = `${path}${name}`;
    const limit = facts.max === undefined ? '' : this.limit(field, name, facts.max, 'elements');
    const element = `${name}_`;
    const body =
      facts.within === undefined
        ? items.map((item, index) =>
            index === 0 ? this.leader(item, element, field) : this.slot(item, element, `${field}.`),
          )
        : [this.struct(list, element, field)];
    return (
      `if (${name} != null) { ` +
      `if (!Array.isArray(${name})) ${this.refuse(field, name, 'a list')} ` +
      `${limit} for (const ${element} of ${name}) { ` +
      `if (${element} == null) ${this.refuse(field, element, 'a list of objects')} ` +
      items.map((item) => this.listOf(item, element)).join('') +
      `${body.join(' ')} checkRoom('${this.layout.name}', at); } }`
    );
  }

  /** The first field marks the start of an element, so it is written even if it has no value. */
  private leader(item: Slot, owner: string, path: string): string {
    if (item.kind === 'list' || item.tags.length === 0) return this.slot(item, owner, `${path}.`);
    const absent = item.facts.wire === 'STRING' ? "''" : String(item.facts.absent ?? 0);
    return `v = ${owner}.${item.name}; if (v == null) v = ${absent}; ${this.write(item, `${path}.${item.name}`)}`;
  }

  private struct({ facts, items }: ListSlot, owner: string, path: string): string {
    const steps = items.map((item) => {
      if (item.kind === 'list') return '';
      const field = `${path}.${item.name}`;
      const { size } = item.facts;
      if (size === undefined) {
        return `at = part(at, ${owner}.${item.name}, ${item.max}, charset, '${this.layout.name}', '${field}');`;
      }
      return `v = ${owner}.${item.name}; ${this.check(item.facts, field)} ${store(size, 'at')} at += ${size};`;
    });
    return (
      `at += ${this.header}; const from = at; ${steps.join(' ')} announce(from, at, ${facts.within}); ` +
      `named += at - from; checkNamed('${this.layout.name}', '${path}', named);`
    );
  }
}

/** The source of an encoder, for debugging. */
export const encoderSource = (layout: Layout): string => String(new EncoderSource(layout));

export const compileEncoder = (layout: Layout): Encoder =>
  new Function('runtime', encoderSource(layout))(encodeRuntime(layout.version)) as Encoder;
