/** Records the events of a flow test, in order, with virtual times. */
import { inspect } from 'node:util';
import { sinceStart } from './durations.js';
import type { ReceivedRequest } from './options.js';

/** A message of Node-RED, as seen by a test. */
export type FlowMessage = Readonly<Record<string, unknown>>;

/** A node, by its name in logs. */
export interface NamedNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

export interface Entry {
  /** Milliseconds since the start of the test. */
  readonly time: number;
  readonly what: 'message' | 'http' | 'status' | 'error' | 'warning' | 'action';
  /** The node that received the message, showed the status, or reported the error. */
  readonly node?: NamedNode;
  /** The node that sent a message through a wire, and its output, starting at 1. */
  readonly from?: NamedNode;
  readonly output?: number;
  /** A message, a status `{ fill, shape, text }`, or an error with its `message`. */
  readonly value?: FlowMessage;
  readonly request?: ReceivedRequest;
  readonly text?: string;
  /** Whether the test must account for it: see `nothingElse`. */
  readonly counts: boolean;
}

/** When old entries are dropped, those that count are kept. */
const MOST = 20_000;
const MAX_SHOWN = 60;
const MAX_LINE_LENGTH = 180;

export class Journal {
  #entries: Entry[] = [];
  /** The number of entries dropped from the beginning. */
  #dropped = 0;

  constructor(private readonly elapsed: () => number) {}

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Omit<Entry, 'time'>): void {
    this.#entries.push({ time: this.elapsed(), ...entry });
    if (this.#entries.length < 2 * MOST) return;
    const old = this.#entries.length - MOST;
    this.#entries = this.#entries.filter((each, index) => index >= old || each.counts);
    this.#dropped += 2 * MOST - this.#entries.length;
  }

  /** The last entries, one line each. @param entries default: all except statuses, which are numerous */
  toString(entries: readonly Entry[] = this.#entries.filter(({ what }) => what !== 'status')): string {
    const shown = entries.slice(-MAX_SHOWN);
    const left = entries.length - shown.length + this.#dropped;
    const lines = shown.map((entry) => `  ${sinceStart(entry.time).padStart(13)}  ${lineOf(entry)}`);
    return [...(left > 0 ? [`  (${left} earlier ones)`] : []), ...lines].join('\n');
  }
}

export function lineOf({ what, node, from, output, value, request, text }: Entry): string {
  const at = node === undefined ? '' : title(node);
  switch (what) {
    case 'action':
      return `> ${text}`;
    case 'http':
      return `HTTP ${request!.method} ${request!.url} ${short(request!.body)}`;
    case 'status':
      return `status of ${at}: ${short(value)}`;
    case 'error':
    case 'warning':
      return `${what}${at === '' ? '' : ` of ${at}`}: ${text}`;
    case 'message':
      return `${from === undefined ? '' : `${title(from)}${output === 1 ? '' : `, output ${output}`} → `}${at}: ${short(value)}`;
  }
}

function title({ type, name, id }: NamedNode): string {
  return name === '' ? `[${type} ${id}]` : `"${name}"`;
}

/** A value in one line. */
export function short(value: unknown, longest = MAX_LINE_LENGTH): string {
  const { _msgid, req, res, ...rest } = (typeof value === 'object' && value !== null ? value : {}) as FlowMessage;
  const shown = typeof value === 'object' && value !== null && !Array.isArray(value) ? rest : value;
  const text = inspect(shown, { breakLength: Number.POSITIVE_INFINITY, depth: 4, compact: true });
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}
