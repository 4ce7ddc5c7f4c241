/**
 * The status below the nodes: its style and its text. The only place that defines them, so that a color has the same
 * meaning on every node of the pack. Independent of sessions and requests.
 */
import type { Clock, Timer } from '../../../src/common/clock.js';

import { shortReason, wordsOfFailure } from './short-reasons.js';
import { type Look, type StatusKey, type StatusValues, statuses } from './status-styles.js';

export { type Look, type StatusKey, type StatusValues, statuses, styles } from './status-styles.js';

/** The set with the texts: the one that is loaded first. */
export const STATUS_CATALOG = '@openctios/node-red-ctios/ctios-session:status.';

/** Longest text that Node-RED shows without overlapping neighbors. */
export const STATUS_LENGTH = 20;

/** Where a status is shown: a Node-RED node, or a stand-in. */
export interface StatusTarget {
  status(status: { fill: Look['fill']; shape: Look['shape']; text: string }): void;
}
export type Translate = (key: string, values?: StatusValues) => string;

/** At most {@link STATUS_BURST} statuses are shown in this many milliseconds, then only the latest. */
export const STATUS_PERIOD_MS = 250;
/** Enough to show each step of a start (connecting, starting, ready). */
export const STATUS_BURST = 4;

/** Shows statuses on one node: immediately, unless there are too many. A repeated status is shown once. */
export class StatusLine {
  #shown = '';
  #inPeriod = 0;
  #next: [StatusKey, StatusValues | undefined] | undefined;
  #period: Timer | undefined;

  constructor(
    private readonly target: StatusTarget,
    private readonly translate: Translate,
    private readonly clock: Clock,
  ) {}

  show(key: StatusKey, values?: StatusValues): void {
    if (this.#inPeriod >= STATUS_BURST) {
      this.#next = [key, values];
      return;
    }
    const text = shorten(this.#textOf(key, values));
    const same = `${key} ${text}`;
    if (same === this.#shown) return;
    this.#shown = same;
    this.target.status({ ...statuses[key], text });
    this.#inPeriod++;
    this.#period ??= this.clock.after(STATUS_PERIOD_MS, () => {
      this.#period = undefined;
      this.#inPeriod = 0;
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) this.show(...next);
    });
  }

  /** If the values contain a reason: its short text, if there is one. */
  #textOf(key: StatusKey, values: StatusValues | undefined): string {
    const { code, reason } = values ?? {};
    const short =
      code === undefined && reason === undefined
        ? undefined
        : shortReason(code === undefined ? undefined : String(code), String(reason ?? ''));
    if (short !== undefined) return this.translate(`${STATUS_CATALOG}short.${short}`);
    const said = code === undefined ? values : { ...values, code: wordsOfFailure(String(code)) };
    return this.translate(STATUS_CATALOG + key, said);
  }

  dispose(): void {
    this.#period?.cancel();
    this.#period = undefined;
    this.#next = undefined;
  }
}

/** Truncates a text to {@link STATUS_LENGTH} whole characters (never half a surrogate pair). */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= STATUS_LENGTH ? text : `${characters.slice(0, STATUS_LENGTH - 1).join('')}…`;
}
