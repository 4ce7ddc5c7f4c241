/**
 * Compiles the decoder of one message and version from its layout: straight-line code that ends in one object literal,
 * so that all messages of a kind have the same shape. Texts are slices of one string decoded from the floating part;
 * nothing references the received bytes.
 *
 * The source contains names and numbers from the tables only, never data. In outline:
 * ```js
 * return function CALL_CLEARED_EVENT(b, o, end, decodeText, report) {
 *   const f = o + 28;                                    // where the floating part begins
 *   const s = b.latin1Slice(f, end);
 *   let ConnectionDeviceID; let unknown;
 *   for (let at = f, to; at < end; at = to) {
 *     …                                                  // tag, size, to
 *     switch (tag) {
 *       case 25: ConnectionDeviceID = s.slice(…); continue;
 *       default: unknown = odd.unknownTag(…); continue;
 *     }
 *     unknown = odd.misfit(…);                           // known, but the value does not fit
 *   }
 *   return { type: 'CALL_CLEARED_EVENT', MonitorID: …, ConnectionDeviceID, unknown };
 * };
 * ```
 */
import type { FieldFacts } from '../definition/field.js';
import { WIDE_TAGS_SINCE } from '../versions.js';
import { decodeRuntime } from './decode-runtime.js';
import type { FloatSlot, Layout, ListSlot, Slot } from './layout.js';
import type { DecodeReport } from './report.js';

/** @param begin where the frame begins in `bytes`, and @param end where it ends; it holds at least the fixed part */
export type Decoder = (
  bytes: Buffer,
  begin: number,
  end: number,
  decodeText: (bytes: Buffer, from: number, to: number) => string,
  report: DecodeReport | undefined,
) => { type: string };

const u8 = (at: string): string => `b[${at}]`;
const u16 = (at: string): string => `(b[${at}] << 8 | b[${at} + 1])`;
const i32 = (at: string): string => `(b[${at}] << 24 | b[${at} + 1] << 16 | b[${at} + 2] << 8 | b[${at} + 3])`;

/** An expression for the number at an offset. */
const numberAt = (wire: FieldFacts['wire'], at: string): string => {
  switch (wire) {
    case 'UCHAR':
      return u8(at);
    case 'USHORT':
      return u16(at);
    case 'BOOL':
      return `(${u16(at)} !== 0)`;
    case 'INT':
      return i32(at);
    default:
      return `(${i32(at)} >>> 0)`;
  }
};

class DecoderSource {
  /** Cases of the switch over the tags; the first field that declares a tag gets it. */
  private readonly cases = new Map<number, string>();
  private readonly locals: string[] = [];
  private readonly blanks: string[] = [];

  constructor(
    private readonly layout: Layout,
    /** True if each byte of a text is the character of the same number; otherwise non-ASCII bytes must be decoded. */
    private readonly bytewise: boolean,
  ) {}

  toString(): string {
    const { layout } = this;
    const wide = layout.version >= WIDE_TAGS_SINCE;
    const header = wide ? 4 : 2;
    const fixed = layout.fixed.map(({ name, facts, offset }) => {
      if (offset === undefined) return `${name}: undefined`;
      if (facts.wire === 'UNSPEC') return `${name}: copy(b, o + ${offset}, o + ${offset + (facts.size ?? 0)})`;
      return `${name}: ${numberAt(facts.wire, `o + ${offset}`)}`;
    });
    const floating = layout.floating.map((slot) => this.slot(slot));
    const cases = [...this.cases].map(([tag, code]) => `      case ${tag}: ${code}`);
    return `'use strict';
const { NONE, copy, textEnd, textIn, zero, slotFor, pieces, odd } = runtime;
${this.blanks.join('\n')}
return function ${layout.name}(b, o, end, decodeText, report) {
  const f = o + ${layout.fixedEnd};
  ${cases.length > 0 ? 'const s = b.latin1Slice(f, end);' : ''}
  ${this.locals.map((local) => `let ${local};`).join(' ')}
  let unknown;
  for (let at = f, to; at < end; at = to) {
    if (at + ${header} > end) { odd.strayBytes(report, '${layout.name}', end - at); break; }
    const tag = ${wide ? u16('at') : u8('at')}, size = ${wide ? u16('at + 2') : u8('at + 1')};
    let repeated = false;
    at += ${header};
    to = at + size;
    if (to > end) { to = end; unknown = odd.cutShort(report, '${layout.name}', unknown, tag, b, at, to); break; }
    switch (tag) {
${cases.join('\n')}
      default: unknown = odd.unknownTag(report, '${layout.name}', unknown, tag, b, at, to); continue;
    }
    unknown = odd.misfit(report, '${layout.name}', unknown, tag, b, at, to, repeated);
  }
  return { type: '${layout.name}', ${[...fixed, ...floating, 'unknown'].join(', ')} };
};`;
  }

  /** Text between two offsets of the frame. */
  private text(from: string, to: string): string {
    if (!this.bytewise) return `textIn(decodeText, s, b, f, ${from}, ${to})`;
    return `s.slice(${from} - f, ${to} - f)`;
  }

  /** Declares what a slot of the message needs and returns its property of the message's literal. */
  private slot(slot: Slot): string {
    if (slot.kind === 'list') {
      this.list(slot, undefined);
    } else {
      this.locals.push(slot.name);
      this.single(slot);
    }
    return slot.name;
  }

  /** A case of the switch. Ends in `continue` if it consumed the field, in `break` if the value does not fit. */
  private claim(slot: FloatSlot, code: string): void {
    for (const tag of slot.tags) {
      if (!this.cases.has(tag)) this.cases.set(tag, `/* ${slot.name} */ ${code}`);
    }
  }

  private value({ facts }: FloatSlot): string {
    if (facts.wire === 'STRING') return this.text('at', 'textEnd(b, at, to)');
    if (facts.wire === 'UNSPEC') return 'copy(b, at, to)';
    return numberAt(facts.wire, 'at');
  }

  private single(slot: FloatSlot): void {
    const { name, facts } = slot;
    const fits = facts.size === undefined ? '' : `if (size !== ${facts.size}) break; `;
    this.claim(
      slot,
      `${fits}if (${name} === undefined) { ${name} = ${this.value(slot)}; continue; } repeated = true; break;`,
    );
  }

  private list(slot: ListSlot, record: ListSlot | undefined): void {
    const { name, facts } = slot;
    if (record === undefined) this.locals.push(`${name} = NONE`);
    if (facts.within !== undefined) {
      this.cases.set(facts.within, `/* ${name} */ ${this.struct(slot)}`);
      return;
    }
    const properties = slot.items.map((item) => this.item(item, slot, record));
    if (record === undefined) this.locals.push(`${name}_`);
    this.blanks.push(`const blank_${name} = () => ({ ${properties.join(', ')} });`);
  }

  private item(item: Slot, list: ListSlot, record: ListSlot | undefined): string {
    if (item.kind === 'list') {
      this.list(item, list);
      return `${item.name}: NONE`;
    }
    this.element(item, list, record);
    return `${item.name}: undefined`;
  }

  /** A field of an element: of a list of the message, or (`record` given) of a list within a record. */
  private element(item: FloatSlot, list: ListSlot, record: ListSlot | undefined): void {
    const { name } = list;
    if (record !== undefined || list.facts.packable) {
      // Lists within records and packed lists occur in configuration only, not during calls: here short code matters
      // more than speed.
      const owner = record === undefined ? undefined : `${record.name}_`;
      const begin =
        owner === undefined
          ? `if (${name} === NONE) ${name} = [];`
          : `if (${owner} === undefined) (${record?.name} = []).push(${owner} = blank_${record?.name}()); ` +
            `if (${owner}.${name} === NONE) ${owner}.${name} = [];`;
      const target = owner === undefined ? name : `${owner}.${name}`;
      this.claim(item, this.packable(item, list, begin, target));
      return;
    }
    this.claim(
      item,
      `${item.facts.size === undefined ? '' : `if (size !== ${item.facts.size}) break; `}` +
        `if (${name}_ === undefined || ${name}_.${item.name} !== undefined) ` +
        `{ if (${name} === NONE) ${name} = []; ${name}.push(${name}_ = blank_${name}()); } ` +
        `${name}_.${item.name} = ${this.value(item)}; continue;`,
    );
  }

  private packable(item: FloatSlot, list: ListSlot, begin: string, target: string): string {
    const { size, wire } = item.facts;
    const put = `slotFor(${target}, '${item.name}', blank_${list.name}, first)`;
    if (wire === 'STRING') {
      return (
        `${begin} { const parts = pieces(b, at, to); let first = parts.length > 1 ? 0 : -1; ` +
        `for (const [from, until] of parts) { const index = ${put}; ` +
        `${target}[index].${item.name} = ${this.text('from', 'until')}; if (first >= 0) first = index + 1; } } continue;`
      );
    }
    return (
      `if (size === 0 || size % ${size} !== 0) break; ${begin} { let first = size > ${size} ? 0 : -1; ` +
      `for (; at < to; at += ${size}) { const index = ${put}; ` +
      `${target}[index].${item.name} = ${numberAt(wire, 'at')}; if (first >= 0) first = index + 1; } } continue;`
    );
  }

  /** An element that is one floating field: numbers, then texts, each but the last terminated by its null. */
  private struct({ name, items }: ListSlot): string {
    const steps: string[] = [];
    const properties: string[] = [];
    let from = 'at';
    items.forEach((item, index) => {
      if (item.kind === 'list') return;
      if (item.facts.size !== undefined) {
        properties.push(`${item.name}: ${numberAt(item.facts.wire, from)}`);
        from = `${from} + ${item.facts.size}`;
      } else if (index < items.length - 1) {
        steps.push(`const end_${item.name} = zero(b, ${from}, to);`);
        properties.push(`${item.name}: ${this.text(from, `end_${item.name}`)}`);
        from = `end_${item.name} + 1`;
      } else {
        properties.push(`${item.name}: ${this.text(from, `textEnd(b, ${from}, to)`)}`);
      }
    });
    const least = items.reduce((sum, item) => sum + (item.kind === 'field' ? (item.facts.size ?? 0) : 0), 0);
    return (
      `{ ${least > 0 ? `if (size < ${least}) break; ` : ''}${steps.join(' ')} if (${name} === NONE) ${name} = []; ` +
      `${name}.push({ ${properties.join(', ')} }); } continue;`
    );
  }
}

/** The source of a decoder, for debugging. */
export const decoderSource = (layout: Layout, bytewise: boolean): string => String(new DecoderSource(layout, bytewise));

export const compileDecoder = (layout: Layout, bytewise: boolean): Decoder =>
  new Function('runtime', decoderSource(layout, bytewise))(decodeRuntime) as Decoder;
