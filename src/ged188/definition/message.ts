/** The definition of a protocol message, after the tables of the guide, and the types derived from it. */
import type { Field } from './field.js';
import type { ElementInitOf, ElementOf, Fields, FlattenedType, ValueOf } from './list.js';

export type Sender = 'client' | 'server' | 'both';

type FixedFields = Readonly<Record<string, Field<unknown>>>;

export interface MessageFacts {
  /** Where the guide is silent or contradicts itself, and how this codec reads it. */
  readonly note?: string;
  /** Who sends it. */
  readonly from: Sender;
  /** The message that confirms it. */
  readonly reply?: string;
  /** Protocol version of its first appearance. */
  readonly since?: number;
  /** Source of the layout if the guide prints none. */
  readonly source?: 'sibling guide' | 'header only';
  /** Fields that every message of the type has, in wire order. */
  readonly fixed: FixedFields;
  /** The other layout of the fixed part that servers use; distinguished by the length of the message. */
  readonly orFixed?: FixedFields;
  /** Fields announced by tags. */
  readonly floating?: Fields;
  /** Fields whose tags the guide gives to the message though its table has no such row. */
  readonly extra?: Fields;
}

export interface MessageDefinition<N extends string = string, F extends MessageFacts = MessageFacts> {
  readonly name: N;
  readonly number: number;
  readonly facts: F;
}

/** Whether a message's table has a field of this name, in any of its parts. */
export const hasField = ({ fixed, orFixed, floating, extra }: MessageFacts, name: string): boolean =>
  [fixed, orFixed, floating, extra].some((part) => part !== undefined && Object.hasOwn(part, name));

/** Defines one message: its name, its number on the wire and its table. */
export const message = <const N extends string, const F extends MessageFacts>(
  name: N,
  number: number,
  facts: F,
): MessageDefinition<N, F> => ({ name, number, facts });

/** A floating field unknown to the codec, as received. */
export interface UnknownField {
  tag: number;
  data: Buffer;
}

type Fixed<F> = { [K in keyof F as undefined extends ValueOf<F[K]> ? never : K]: ValueOf<F[K]> } & {
  [K in keyof F as undefined extends ValueOf<F[K]> ? K : never]?: ValueOf<F[K]>;
};
type Part<F> = F extends object ? F : unknown;

/** A decoded message. */
export type DecodedOf<D> =
  D extends MessageDefinition<infer N, infer F>
    ? FlattenedType<
        { type: N } & Fixed<F['fixed']> &
          Partial<Fixed<Part<F['orFixed']>>> &
          ElementOf<Part<F['floating']>> &
          ElementOf<Part<F['extra']>> & { unknown?: readonly UnknownField[] }
      >
    : never;

/** A message to encode: everything but its type may be omitted. */
export type InitFor<D> =
  D extends MessageDefinition<infer N, infer F>
    ? FlattenedType<
        { readonly type: N } & ElementInitOf<F['fixed']> &
          ElementInitOf<Part<F['orFixed']>> &
          ElementInitOf<Part<F['floating']>> &
          ElementInitOf<Part<F['extra']>> & { readonly unknown?: readonly { tag: number; data: Uint8Array }[] }
      >
    : never;
