/** Compares a test's expectations with the journal. Each entry meets one expectation. */
import { AssertionError } from 'node:assert';
import { sinceStart } from './durations.js';
import { type Entry, type FlowMessage, type Journal, lineOf, type NamedNode } from './journal.js';
import { type Match, mismatches } from './matching.js';
import type { ReceivedRequest } from './options.js';

export interface Order {
  /**
   * Whether it must follow the previous expectation. Default true; use false if the order is not significant, as with
   * two branches of a flow.
   */
  inOrder?: boolean;
}

export interface ExpectedMessage extends Order {
  /** The node that receives it, by name or id: a debug node, or any other. */
  node: string;
  /** The node that sends it, and its output, starting at 1. */
  from?: string;
  output?: number;
  match?: Match;
}

export interface ExpectedRequest extends Order {
  method?: string;
  /** The complete URL; without a query, any query matches. */
  url?: string | RegExp;
  headers?: Match;
  body?: Match;
}

export interface ExpectedStatus extends Order {
  node: string;
  text?: string | RegExp;
  fill?: string;
  shape?: string;
}

export interface ExpectedError extends Order {
  node?: string;
  message?: string | RegExp;
}

export interface Excepted {
  /** Nodes whose messages are ignored, by name or id. */
  except?: readonly string[];
}

interface Wanted {
  what: Entry['what'];
  /** For display: `a message at "refused"`. */
  title: string;
  /** Whether an entry is about the same thing, so that its differences are relevant. */
  concerns(entry: Entry): boolean;
  mismatches(entry: Entry): string[];
  inOrder: boolean;
}

/** Determines whether a match occurs, with or without advancing time. */
export type Patience = (has: () => boolean) => Promise<boolean>;

export class Expectations {
  readonly #met = new Set<Entry>();
  /** The last entry that was expected in order. */
  #last: Entry | undefined;

  constructor(
    private readonly journal: Journal,
    private readonly nodes: (name: string) => readonly NamedNode[],
    private readonly now: () => number,
  ) {}

  /** @throws AssertionError */
  meet(wanted: Wanted): Entry {
    const found = this.find(wanted);
    if (found === undefined) throw this.#failure(wanted);
    this.#met.add(found);
    if (wanted.inOrder) this.#last = found;
    return found;
  }

  find(wanted: Wanted): Entry | undefined {
    return this.#candidates(wanted).find((entry) => wanted.mismatches(entry).length === 0);
  }

  message({ node, from, output, match, inOrder = true }: ExpectedMessage): Wanted {
    const receivers = this.#named(node);
    const senders = from === undefined ? undefined : this.#named(from);
    const way = from === undefined ? '' : ` from "${from}"${output === undefined ? '' : `, output ${output}`}`;
    return {
      what: 'message',
      title: `a message${way} at "${node}"`,
      inOrder,
      concerns: (entry) =>
        receivers.has(entry.node!.id) && (senders === undefined || senders.has(entry.from?.id ?? '')),
      mismatches: (entry) => [
        ...(output === undefined || output === entry.output ? [] : [`it left by output ${entry.output}`]),
        ...(match === undefined ? [] : mismatches(match, entry.value)),
      ],
    };
  }

  http({ method, url, headers, body, inOrder = true }: ExpectedRequest): Wanted {
    return {
      what: 'http',
      title: `a request${method === undefined ? '' : ` ${method}`}${url === undefined ? '' : ` ${url}`}`,
      inOrder,
      concerns: ({ request }) => url === undefined || urlFits(url, request!.url),
      mismatches: ({ request }) => [
        ...(method === undefined ? [] : mismatches(method, request!.method, 'method')),
        ...(headers === undefined ? [] : mismatches(headers, request!.headers, 'headers')),
        ...(body === undefined ? [] : mismatches(body, request!.body, 'body')),
      ],
    };
  }

  status({ node, inOrder = true, ...match }: ExpectedStatus): Wanted {
    const ids = this.#named(node);
    return {
      what: 'status',
      title: `a status of "${node}"`,
      inOrder,
      concerns: (entry) => ids.has(entry.node!.id),
      mismatches: (entry) => mismatches(match, entry.value),
    };
  }

  error({ node, message, inOrder = true }: ExpectedError, what: 'error' | 'warning'): Wanted {
    const ids = node === undefined ? undefined : this.#named(node);
    return {
      what,
      title: `${what === 'error' ? 'an error that no Catch node has caught' : 'a warning'}${node === undefined ? '' : ` of "${node}"`}`,
      inOrder,
      concerns: (entry) => ids?.has(entry.node?.id ?? '') ?? true,
      mismatches: (entry) => (message === undefined ? [] : mismatches(message, entry.text, 'message')),
    };
  }

  /** Asserts that no matching entry exists, except those expected before. @throws AssertionError */
  miss(wanted: Wanted): void {
    const found = this.find({ ...wanted, inOrder: false });
    if (found === undefined) return;
    throw new AssertionError({
      message: `Expected no ${wanted.title.replace(/^an? /, '')}, but there was one:\n${this.journal.toString([found])}\n\nWhat happened:\n${this.#story(wanted)}`,
      actual: lineOf(found),
      expected: undefined,
    });
  }

  /** Asserts that nothing unexpected has happened. @throws AssertionError */
  nothingElse({ except = [] }: Excepted): void {
    const ids = new Set(except.flatMap((name) => [...this.#named(name)]));
    const rest = this.journal.entries.filter(
      (entry) => entry.counts && !this.#met.has(entry) && !ids.has(entry.node?.id ?? ''),
    );
    if (rest.length === 0) return;
    throw new AssertionError({
      message: `Expected nothing else, but this has happened, too:\n${this.journal.toString(rest)}\n\nEverything that happened:\n${this.journal}`,
      actual: rest.map(lineOf),
      expected: [],
    });
  }

  #candidates({ what, concerns, inOrder }: Wanted): Entry[] {
    const { entries } = this.journal;
    const from = inOrder && this.#last !== undefined ? entries.indexOf(this.#last) + 1 : 0;
    return entries.slice(from).filter((entry) => entry.what === what && !this.#met.has(entry) && concerns(entry));
  }

  #failure(wanted: Wanted): AssertionError {
    const candidates = this.#candidates(wanted);
    const past = this.#candidates({ ...wanted, inOrder: false }).filter((entry) => !candidates.includes(entry));
    const tooEarly = past.find((entry) => wanted.mismatches(entry).length === 0);
    const closest = candidates
      .map((entry) => ({ entry, wrong: wanted.mismatches(entry) }))
      .sort((a, b) => a.wrong.length - b.wrong.length)[0];
    const got = [
      ...(closest === undefined
        ? ['There was none.']
        : ['The closest one:', this.journal.toString([closest.entry]), ...closest.wrong.map((each) => `    ${each}`)]),
      ...(tooEarly === undefined ? [] : ['One came before what was expected last:', this.journal.toString([tooEarly])]),
    ];
    const after = this.#last === undefined || !wanted.inOrder ? '' : `, after ${lineOf(this.#last)}`;
    return new AssertionError({
      message: `Expected ${wanted.title} by ${sinceStart(this.now())}${after}.\n${got.join('\n')}\n\nWhat happened:\n${this.#story(wanted)}`,
      actual: closest === undefined ? undefined : lineOf(closest.entry),
      expected: wanted.title,
    });
  }

  #story({ what }: Wanted): string {
    return what === 'status' ? this.journal.toString(this.journal.entries) : this.journal.toString();
  }

  #named(name: string): Set<string> {
    const found = this.nodes(name);
    if (found.length === 0) throw new Error(`The flow has no node "${name}".`);
    return new Set(found.map(({ id }) => id));
  }
}

function urlFits(wanted: string | RegExp, url: string): boolean {
  if (typeof wanted !== 'string') return wanted.test(url);
  return url === wanted || (!wanted.includes('?') && url.split('?')[0] === wanted);
}

/** Checks the entries so far. Each method returns the matching entry. */
export interface Expect {
  message(expected: ExpectedMessage): FlowMessage;
  http(expected: ExpectedRequest): ReceivedRequest;
  status(expected: ExpectedStatus): FlowMessage;
  /** An error that no Catch node of the flow has caught. */
  error(expected?: ExpectedError): FlowMessage;
  warning(expected?: ExpectedError): FlowMessage;
  /** Asserts that there is no such message, except those expected before. */
  noMessage(expected: ExpectedMessage): void;
  /** Asserts that there is no such request, except those expected before. */
  noHttp(expected: ExpectedRequest): void;
  /**
   * Asserts that there is no unexpected message at an end of the flow (a node without outgoing wires), no unexpected
   * request to a receiver, no uncaught error, and no unexpected warning.
   */
  nothingElse(excepted?: Excepted): void;
}

/** The same, advancing time until a match occurs. */
export type Eventually = {
  [Kind in Exclude<keyof Expect, 'noMessage' | 'noHttp' | 'nothingElse'>]: (
    expected: NonNullable<Parameters<Expect[Kind]>[0]> & Within,
  ) => Promise<ReturnType<Expect[Kind]>>;
};

export interface Within {
  /** The maximum virtual time to wait. Default 60 s. */
  within?: number | string;
}
