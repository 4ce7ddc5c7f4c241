import { type Row, runTable } from '../../src/common/machine.js';

/** A state machine in which any signal can be raised with any data or none, for tests of all rows of its table. */
export function tryTable<State extends string, Context>(
  table: readonly { readonly on: string; readonly in: State | readonly State[] | '*' }[],
  initial: State,
  context: Context,
): { readonly state: State; signal(signal: string, data?: unknown): boolean } {
  const rows = table as unknown as readonly Row<State, Record<string, unknown>, Context>[];
  return runTable<State, Record<string, unknown>, Context>(rows, initial, context);
}
