/** The definition of a command's option: one row of a table, and the type of its value. */
import type { Endpoint } from '../common/network/byte-stream.js';

export type OptionType = 'text' | 'number' | 'flag' | 'list' | 'endpoint' | 'endpoints' | 'urls' | 'file' | 'choice';

export interface OptionDefinition {
  readonly type: OptionType;
  readonly about: string;
  /** The placeholder of the value in `--help`. */
  readonly placeholder?: string;
  readonly fallback?: string | number;
  /** The possible values of a choice. */
  readonly choices?: readonly string[];
  /** The schemes of addresses; default `ws` and `wss`. */
  readonly schemes?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The heading in `--help`. */
  readonly group: string;
}

/** Preserves the exact types of a table's rows: the configuration type is derived from them. */
export const defineOptions = <const Table extends Record<string, OptionDefinition>>(table: Table): Table => table;

type ValueOf<Type extends OptionType> = Type extends 'number'
  ? number
  : Type extends 'flag'
    ? boolean
    : Type extends 'list' | 'urls'
      ? readonly string[]
      : Type extends 'endpoint'
        ? Endpoint
        : Type extends 'endpoints'
          ? readonly Endpoint[]
          : string;

type ValueIn<Option extends OptionDefinition> = Option extends { choices: readonly (infer Choice)[] }
  ? Choice
  : ValueOf<Option['type']>;

/** The values of the options of a table: validated, with defaults. */
export type ConfigOf<Table extends Record<string, OptionDefinition>> = {
  [Name in keyof Table]: Table[Name] extends { fallback: string | number } | { type: 'flag' }
    ? ValueIn<Table[Name]>
    : ValueIn<Table[Name]> | undefined;
};
