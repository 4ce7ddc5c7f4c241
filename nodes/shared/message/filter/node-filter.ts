/** The filter of an event node: rows that are compiled once, and rows whose values are read at each event. */
import type { Node, NodeAPI } from 'node-red';
import type { Args } from '../../../../src/ctios/index.js';
import { asError } from '../errors.js';
import type { ObjectViews } from '../events/held-events.js';
import type { Message } from '../input-rules.js';
import { compileFilter, compileRow, type EventFilter, type Media, mediaOf, type NeededValue } from './event-filter.js';
import type { FilterRow, Join } from './operators.js';
import { type OpenRow, readRow, sortRows } from './row-values.js';

type Outcome = (error: Error | undefined, matches: boolean) => void;

export class NodeFilter {
  readonly needed: NeededValue | undefined;
  readonly #fixed: EventFilter | undefined;
  readonly #open: readonly OpenRow[];
  readonly #join: Join;
  readonly #media: Media;

  /** @throws CtiosError CTIOS_INVALID_FILTER, or what is wrong with an expression */
  constructor(RED: NodeAPI, node: Node, rows: readonly FilterRow[], join: Join) {
    const { fixed, open } = sortRows(RED, node, rows);
    this.#join = join;
    this.#media = mediaOf(rows);
    this.#open = open;
    // "any" of no rows is none of them, not everything.
    this.#fixed = open.length > 0 && fixed.length === 0 ? undefined : compileFilter(fixed, join, this.#media);
    this.needed = join === 'all' || open.length === 0 ? this.#fixed?.needed : undefined;
  }

  /** Undefined: it depends on values that have to be read. */
  decide(payload: Readonly<Args>, objects: ObjectViews): boolean | undefined {
    const found = this.#fixed?.(payload, objects);
    if (this.#open.length === 0) return found ?? true;
    if (found === undefined) return undefined;
    return found === (this.#join === 'any') ? found : undefined;
  }

  /**
   * Reads the values, in order, until the outcome is certain. Calls back at once if no value has to be waited for.
   * @param message the event's message, which expressions may read
   */
  settle(payload: Readonly<Args>, objects: ObjectViews, message: () => Message, done: Outcome): void {
    const any = this.#join === 'any';
    const next = (index: number): void => {
      const open = this.#open[index];
      if (open === undefined) {
        done(undefined, !any);
        return;
      }
      readRow(open, message, (error, row) => {
        let holds: boolean;
        try {
          if (error !== undefined) throw error;
          // An empty list contains nothing.
          holds = row !== undefined && (compileRow(row, this.#media)?.(payload, objects) ?? false);
        } catch (thrown) {
          done(asError(thrown), false);
          return;
        }
        if (holds === any) done(undefined, any);
        else next(index + 1);
      });
    };
    next(0);
  }
}
