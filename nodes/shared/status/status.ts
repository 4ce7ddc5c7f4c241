/**
 * The words under the nodes: what each status looks like, and which text it carries. The only place that decides it,
 * so that a colour means the same on every node of the pack. Nothing here knows a session or a request.
 */
import type { Clock, Timer } from '../../../src/common/clock.js';

import { shortReason, wordsOfFailure } from './short-reasons.js';
import { type Look, type StatusKey, type StatusValues, statuses } from './status-styles.js';

export { type Look, type StatusKey, type StatusValues, statuses, styles } from './status-styles.js';

/** Where the texts live: the set that is loaded first. */
export const STATUS_CATALOG = '@openctios/node-red-ctios/ctios-session:status.';

/** Longest text that Node-RED shows without crowding its neighbours. */
export const STATUS_LENGTH = 20;

/** What a status is shown on: a Node-RED node, or a stand-in. */
export interface StatusTarget {
  status(status: { fill: Look['fill']; shape: Look['shape']; text: string }): void;
}
export type Translate = (key: string, values?: StatusValues) => string;

/** In so many milliseconds at most {@link STATUS_BURST} statuses are shown, then the latest: an editor is no oscilloscope. */
export const STATUS_PERIOD_MS = 250;
/** Enough for a start (connecting, starting, ready) to be told step by step. */
export const STATUS_BURST = 4;

/** Shows statuses on one node: at once, unless they come thick and fast. The same status twice is shown once. */
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

  /** With a reason in values, its few fixed words where there are some. */
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

/** Cuts a text to {@link STATUS_LENGTH} characters, whole ones (never half a surrogate pair). */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= STATUS_LENGTH ? text : `${characters.slice(0, STATUS_LENGTH - 1).join('')}…`;
}
