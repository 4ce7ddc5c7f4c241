/**
 * A message's table, resolved for one protocol version: the position, tag and size of each field. The encoder and the
 * decoder are compiled from it, and the reference pages show it.
 */
import { Limits } from '../constants/limits.js';
import type { Field, FieldFacts } from '../definition/field.js';
import { type Fields, List, type ListFacts } from '../definition/list.js';
import type { MessageDefinition } from '../definition/message.js';
import { WIDE_TAGS_SINCE } from '../versions.js';

/** A field of the fixed part. */
export interface FixedSlot {
  readonly name: string;
  readonly facts: FieldFacts;
  /** From the beginning of the frame; undefined: the version does not have the field. */
  readonly offset: number | undefined;
}

/** A floating field. */
export interface FloatSlot {
  readonly kind: 'field';
  readonly name: string;
  readonly facts: FieldFacts;
  /** Tags that announce it, the one to send first. Empty: it cannot be sent in this version. */
  readonly tags: readonly number[];
  readonly max: number;
}

/** A list of the floating part. */
export interface ListSlot {
  readonly kind: 'list';
  readonly name: string;
  readonly facts: ListFacts;
  readonly items: readonly Slot[];
}

export type Slot = FloatSlot | ListSlot;

export interface Layout {
  readonly name: string;
  readonly number: number;
  readonly version: number;
  readonly fixed: readonly FixedSlot[];
  /** Where the floating part begins, from the beginning of the frame. */
  readonly fixedEnd: number;
  readonly floating: readonly Slot[];
}

const inVersion = ({ since = 0, until = Number.POSITIVE_INFINITY }: FieldFacts, version: number): boolean =>
  since <= version && version <= until;

/**
 * One-byte tags cannot be larger than this; the guide does not say in which version fields with larger tags were added.
 */
const largestTag = (version: number): number => (version >= WIDE_TAGS_SINCE ? 0xffff : 0xff);

const fixedSlots = (fields: Readonly<Record<string, Field<unknown>>>, version: number): [FixedSlot[], number] => {
  let offset: number = Limits.MESSAGE_HEADER_SIZE;
  const slots = Object.entries(fields).map(([name, { facts }]): FixedSlot => {
    if (!inVersion(facts, version)) return { name, facts, offset: undefined };
    const slot = { name, facts, offset };
    offset += facts.size ?? 0;
    return slot;
  });
  return [slots, offset];
};

const slotsOf = (fields: Fields, version: number): Slot[] =>
  Object.entries(fields).map(([name, field]): Slot => {
    if (field instanceof List) {
      return { kind: 'list', name, facts: field.facts, items: slotsOf(field.fields, version) };
    }
    const { facts } = field;
    const { tag } = facts;
    const sendable = typeof tag === 'number' && inVersion(facts, version) && tag <= largestTag(version);
    const before = facts.maxBefore;
    return {
      kind: 'field',
      name,
      facts,
      tags: sendable ? [tag, ...(facts.acceptTags ?? [])] : [],
      max: before !== undefined && version < before.version ? before.max : (facts.max ?? 0),
    };
  });

/** Resolves a table for a version. @param part which of the two layouts of the fixed part, if there are two */
export const layoutOf = (
  { name, number, facts }: MessageDefinition,
  version: number,
  part: 'fixed' | 'orFixed' = 'fixed',
): Layout => {
  const [fixed, fixedEnd] = fixedSlots(facts[part] ?? facts.fixed, version);
  const floating = slotsOf({ ...facts.floating, ...facts.extra }, version);
  return { name, number, version, fixed, fixedEnd, floating };
};
