/** Where the values of a filter's rows come from: most are entered, some are read for each event or message. */
import type { Node, NodeAPI } from 'node-red';
import type { Message } from '../input-rules.js';
import { evaluate } from '../typed-value.js';
import type { ResolvedRow } from './event-filter.js';
import { type FilterRow, operatorNamed } from './operators.js';

/** Calls back at once, unless the value has to be waited for: a context store may be a file. */
export type ValueReader = (message: () => Message, done: (error: Error | undefined, value: unknown) => void) => void;

/** A value that never changes, or how it is read. */
type RowValue = { readonly fixed: unknown } | { readonly read: ValueReader };

/** A row of which at least one value is read for each event. */
export interface OpenRow {
  readonly row: FilterRow;
  readonly values: readonly RowValue[];
}

export interface SortedRows {
  readonly fixed: readonly ResolvedRow[];
  readonly open: readonly OpenRow[];
}

/** For a node that receives events: environment variables are read now, for good. */
export function sortRows(RED: NodeAPI, node: Node, rows: readonly FilterRow[]): SortedRows {
  const fixed: ResolvedRow[] = [];
  const open: OpenRow[] = [];
  for (const row of rows) {
    const values = typedValues(row).map(([value, type]) => readerOf(RED, node, value, type));
    if (values.every((each) => 'fixed' in each))
      fixed.push(
        resolved(
          row,
          values.map(({ fixed: value }) => value),
        ),
      );
    else open.push({ row, values });
  }
  return { fixed, open };
}

/**
 * For a node that receives messages: the rows with the values of this one. A row whose value is missing is left out,
 * because it cannot restrict anything.
 */
export async function rowsFor(
  RED: NodeAPI,
  node: Node,
  rows: readonly FilterRow[],
  msg: Message,
): Promise<ResolvedRow[]> {
  const found: ResolvedRow[] = [];
  for (const row of rows) {
    const values: unknown[] = [];
    for (const [value, type] of typedValues(row)) {
      values.push(type === 'str' ? value : await evaluate(RED, node, { value, type }, msg));
    }
    if (values.every((each) => each !== undefined)) found.push(resolved(row, values));
  }
  return found;
}

/** Reads the values of a row. `done` receives undefined if one is missing: then the row cannot hold. */
export function readRow(
  { row, values }: OpenRow,
  message: () => Message,
  done: (error: Error | undefined, resolvedRow?: ResolvedRow) => void,
): void {
  const found: unknown[] = [];
  const next = (): void => {
    const value = values[found.length];
    if (value === undefined) {
      done(undefined, found.includes(undefined) ? undefined : resolved(row, found));
    } else if ('fixed' in value) {
      found.push(value.fixed);
      next();
    } else {
      value.read(message, (error, read) => {
        if (error !== undefined) return done(error);
        found.push(read ?? undefined);
        next();
      });
    }
  };
  next();
}

const resolved = ({ key, op }: FilterRow, [value, to]: readonly unknown[]): ResolvedRow => ({ key, op, value, to });

/** Those that the operator uses. */
function typedValues({ op, value, type, to, toType }: FilterRow): (readonly [value: string, type: string])[] {
  const all = [
    [String(value ?? ''), type || 'str'],
    [String(to ?? ''), toType || 'str'],
  ] as const;
  return all.slice(0, operatorNamed(op)?.values ?? 0);
}

function readerOf(RED: NodeAPI, node: Node, value: string, type: string): RowValue {
  if (type === 'flow' || type === 'global') {
    return {
      read: (_, done) =>
        RED.util.evaluateNodeProperty(value, type, node, {} as never, (error, found) =>
          done(error ?? undefined, found),
        ),
    };
  }
  if (type === 'jsonata') {
    const expression = RED.util.prepareJSONataExpression(value, node);
    return {
      read: (message, done) =>
        RED.util.evaluateJSONataExpression(expression, message() as never, (error, found) =>
          done(error ?? undefined, found),
        ),
    };
  }
  if (type === 'str') return { fixed: value };
  return { fixed: RED.util.evaluateNodeProperty(value, type, node, {} as never) };
}
