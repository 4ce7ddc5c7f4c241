/** Where each field of a frame is, for code that changes or shows the bytes of a message field by field. */
import { Limits } from '../constants/limits.js';
import type { FieldFacts } from '../definition/field.js';
import { definitionOf } from '../messages/index.js';
import { layoutVersion, WIDE_TAGS_SINCE } from '../versions.js';
import { failureLayoutOf } from './failure-conf.js';
import { type Layout, layoutOf, type Slot } from './layout.js';

export interface FrameField {
  /** Name of the field; empty where the tables have none. */
  readonly name: string;
  /** The tag of a floating field. */
  readonly tag: number | undefined;
  /** What the table specifies for it; undefined if the tables have no such field. */
  readonly facts: FieldFacts | undefined;
  /** One element of a list of packed elements: an expanded call variable. `index`: it begins with a byte of its own. */
  readonly packed: { readonly index: boolean } | undefined;
  /** The bytes of the value in the frame; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

interface FloatingField {
  readonly name: string;
  readonly facts: FieldFacts | undefined;
  readonly packed: { readonly index: boolean } | undefined;
}

const tables = new WeakMap<Layout, ReadonlyMap<number, FloatingField>>();
const layouts = new Map<string, Layout>();

/**
 * The fields of a frame in wire order. Bytes that are not a field are returned as a field without name and tag; a
 * message without a known layout is one such field, and so is one that is shorter than its fixed part, whose layout must
 * be another one.
 * @param version protocol version of the session
 */
export function frameFields(frame: Buffer, version: number): FrameField[] {
  const layout = layoutFor(frame, layoutVersion(version));
  if (layout === undefined || frame.length < layout.fixedEnd) return [stray(Limits.MESSAGE_HEADER_SIZE, frame.length)];
  const fields: FrameField[] = [];
  for (const { name, facts, offset } of layout.fixed) {
    if (offset === undefined || offset >= frame.length) continue;
    const to = Math.min(offset + (facts.size ?? 0), frame.length);
    fields.push({ name, tag: undefined, facts, packed: undefined, from: offset, to });
  }
  const table = tableOf(layout);
  const wide = layout.version >= WIDE_TAGS_SINCE;
  const header = wide ? 4 : 2;
  let at = layout.fixedEnd;
  while (at + header <= frame.length) {
    const tag = wide ? frame.readUInt16BE(at) : frame.readUInt8(at);
    const size = wide ? frame.readUInt16BE(at + 2) : frame.readUInt8(at + 1);
    const from = at + header;
    const to = Math.min(from + size, frame.length);
    const known = table.get(tag) ?? { name: '', facts: undefined, packed: undefined };
    fields.push({ ...known, tag, from, to });
    at = to;
  }
  if (at < frame.length) fields.push(stray(at, frame.length));
  return fields;
}

function stray(from: number, to: number): FrameField {
  return { name: '', tag: undefined, facts: undefined, packed: undefined, from, to };
}

function layoutFor(frame: Buffer, version: number): Layout | undefined {
  const definition = definitionOf(frame.readUInt32BE(4));
  if (definition === undefined) return undefined;
  const part = definition.facts.orFixed === undefined ? 'fixed' : failureLayoutOf(frame, definition, version);
  const key = `${definition.number} ${version} ${part}`;
  let layout = layouts.get(key);
  if (layout === undefined) {
    layout = layoutOf(definition, version, part);
    layouts.set(key, layout);
  }
  return layout;
}

function tableOf(layout: Layout): ReadonlyMap<number, FloatingField> {
  let table = tables.get(layout);
  if (table === undefined) {
    const made = new Map<number, FloatingField>();
    collect(layout.floating, made);
    tables.set(layout, made);
    table = made;
  }
  return table;
}

function collect(slots: readonly Slot[], into: Map<number, FloatingField>): void {
  for (const slot of slots) {
    if (slot.kind === 'field') {
      for (const tag of slot.tags) {
        if (!into.has(tag)) into.set(tag, { name: slot.name, facts: slot.facts, packed: undefined });
      }
    } else if (slot.facts.within === undefined) collect(slot.items, into);
    else {
      const [first] = slot.items;
      const index = first?.kind === 'field' && first.facts.wire === 'UCHAR';
      into.set(slot.facts.within, { name: slot.name, facts: undefined, packed: { index } });
    }
  }
}
