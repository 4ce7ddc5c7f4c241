/** The rule of a watch node, from its saved form. */
import type { Node, NodeAPI } from 'node-red';
import { CtiosError, keywordByName } from '../../../src/ctios/index.js';
import type { WatchedKind, WatchedRecord, WatchRule } from '../../../src/watch/index.js';
import { compileFilter } from '../message/filter/event-filter.js';
import type { FilterRow, Join } from '../message/filter/operators.js';
import { sortRows } from '../message/filter/row-values.js';
import { seconds } from '../message/numbers.js';
import { MAX_LASTS_S } from './event-node.js';

export interface WatchDef {
  kind: WatchedKind;
  filter: FilterRow[];
  join: Join;
  /** Seconds. */
  lasts: string | number;
  /** The end condition, if all rows match; none: the condition no longer holds. */
  ends: FilterRow[];
  /** Seconds. */
  endLasts: string | number;
}

/** @throws CtiosError CTIOS_INVALID_FILTER, or the error of a row */
export function watchRule(RED: NodeAPI, node: Node, def: WatchDef): WatchRule {
  const rows = written(def.filter);
  if (rows.length === 0) throw invalid('The condition has no rows: it would hold for everything.');
  const ends = written(def.ends);
  const holds = condition(RED, node, rows, def.join === 'any' ? 'any' : 'all');
  return {
    kind: def.kind === 'call' || def.kind === 'skillgroup' ? def.kind : 'agent',
    holds,
    ends: ends.length === 0 ? (record) => !holds(record) : condition(RED, node, ends, 'all'),
    forMs: seconds(def.lasts, 0, MAX_LASTS_S),
    endMs: seconds(def.endLasts, 0, MAX_LASTS_S),
    keywords: [...new Set([...rows, ...ends].map(({ key }) => keywordByName(key.trim())?.keyword ?? key.trim()))],
  };
}

const written = (rows: unknown): FilterRow[] =>
  Array.isArray(rows) ? (rows as FilterRow[]).filter((row) => String(row?.key ?? '').trim() !== '') : [];

/** Decided whenever an object changes, without a message: values of the flow's context would be those of another time. */
function condition(
  RED: NodeAPI,
  node: Node,
  rows: readonly FilterRow[],
  join: Join,
): (record: WatchedRecord) => boolean {
  const { fixed, open } = sortRows(RED, node, rows);
  const [read] = open;
  if (read !== undefined) {
    throw invalid(`The value of ${read.row.key} must be text, a number or an environment variable.`);
  }
  const filter = compileFilter(fixed, join);
  return (record) => filter(record, {});
}

function invalid(reason: string): CtiosError {
  return new CtiosError('CTIOS_INVALID_FILTER', reason);
}
