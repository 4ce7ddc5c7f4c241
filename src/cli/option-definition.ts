/** How an option of a command is described: one row of a table, and the type of what its value becomes. */
import type { Endpoint } from '../common/byte-stream.js';

export type OptionType = 'text' | 'number' | 'flag' | 'list' | 'endpoint' | 'endpoints' | 'urls' | 'file' | 'choice';

export interface OptionDefinition {
  readonly type: OptionType;
  readonly about: string;
  /** What stands for the value in `--help`. */
  readonly placeholder?: string;
  readonly fallback?: string | number;
  /** Of a choice: what may be chosen. */
  readonly choices?: readonly string[];
  /** Of addresses: what they may begin with; default `ws` and `wss`. */
  readonly schemes?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Heading in `--help`. */
  readonly group: string;
}

/** Keeps the exact types of a table's rows: the configuration is derived from them. */
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

/** What was asked for with the options of a table: defaults filled in, checked. */
export type ConfigOf<Table extends Record<string, OptionDefinition>> = {
  [Name in keyof Table]: Table[Name] extends { fallback: string | number } | { type: 'flag' }
    ? ValueIn<Table[Name]>
    : ValueIn<Table[Name]> | undefined;
};
