/** What a message of the protocol is, as a table of the guide states it, and the types that follow from it. */
import type { Field } from './field.js';
import type { ElementInitOf, ElementOf, Fields, FlattenedType, ValueOf } from './list.js';

export type Sender = 'client' | 'server' | 'both';

type FixedFields = Readonly<Record<string, Field<unknown>>>;

export interface MessageFacts {
  /** Where the guide is silent or contradicts itself, and how it is read. */
  readonly note?: string;
  /** Who sends it. */
  readonly from: Sender;
  /** The message that confirms it. */
  readonly reply?: string;
  /** Protocol version of its first appearance. */
  readonly since?: number;
  /** Where the layout comes from when the guide prints none. */
  readonly source?: 'sibling guide' | 'header only';
  /** Fields that every message of the type has, in the order of the wire. */
  readonly fixed: FixedFields;
  /** The other layout of the fixed part that servers use; told apart by the length of the message. */
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

/** States one message: its name, its number on the wire and its table. */
export const message = <const N extends string, const F extends MessageFacts>(
  name: N,
  number: number,
  facts: F,
): MessageDefinition<N, F> => ({ name, number, facts });

/** A floating field that the codec does not know, as received. */
export interface UnknownField {
  tag: number;
  data: Buffer;
}

type Fixed<F> = { [K in keyof F as undefined extends ValueOf<F[K]> ? never : K]: ValueOf<F[K]> } & {
  [K in keyof F as undefined extends ValueOf<F[K]> ? K : never]?: ValueOf<F[K]>;
};
type Part<F> = F extends object ? F : unknown;

/** A message as decoded. */
export type DecodedOf<D> =
  D extends MessageDefinition<infer N, infer F>
    ? FlattenedType<
        { type: N } & Fixed<F['fixed']> &
          Partial<Fixed<Part<F['orFixed']>>> &
          ElementOf<Part<F['floating']>> &
          ElementOf<Part<F['extra']>> & { unknown?: readonly UnknownField[] }
      >
    : never;

/** A message to encode: everything but its type may be left out. */
export type InitFor<D> =
  D extends MessageDefinition<infer N, infer F>
    ? FlattenedType<
        { readonly type: N } & ElementInitOf<F['fixed']> &
          ElementInitOf<Part<F['orFixed']>> &
          ElementInitOf<Part<F['floating']>> &
          ElementInitOf<Part<F['extra']>> & { readonly unknown?: readonly { tag: number; data: Uint8Array }[] }
      >
    : never;
