/**
 * Stores visits on disk, so that a call that returns to a phone after a restart of Node-RED is not treated as the
 * previous visit: one file for each session, in the user directory, with a line for each begin and end.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LedgerEntry, VisitLedger } from '../../../src/screenpop/index.js';

/** Calls do not last longer; older entries are dropped at startup. */
const KEEP_MS = 24 * 3_600_000;
/** A file is rewritten when it has more than twice the lines it needs, plus these. */
const SLACK_LINES = 10_000;

export class VisitJournal {
  readonly ledger = new VisitLedger((entry) => this.#append(entry));
  #pending = '';
  #writing: Promise<void> | undefined;
  #lines = 0;
  #hasFailed = false;

  /** @param failed told once if the file cannot be kept: visits are then told apart until the next restart */
  constructor(
    readonly path: string,
    private readonly failed: (error: Error) => void,
    now = Date.now(),
  ) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.ledger.restore(read(path, now - KEEP_MS));
      this.#rewrite();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** All that was written down is on disk when it resolves. */
  async flushed(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  /** At the end of the process, when nothing can wait any more. */
  flushNow(): void {
    if (this.#pending === '') return;
    try {
      appendFileSync(this.path, this.#pending);
      this.#pending = '';
    } catch (error) {
      this.#fail(error);
    }
  }

  #append(entry: LedgerEntry): void {
    if (this.#hasFailed) return;
    this.#pending += line(entry);
    this.#lines++;
    this.#writing ??= this.#write();
  }

  /** What comes while a write is under way goes into the next one. */
  async #write(): Promise<void> {
    try {
      // The lines of one turn go together.
      await new Promise((turn) => setImmediate(turn));
      while (this.#pending !== '' && !this.#hasFailed) {
        const text = this.#pending;
        this.#pending = '';
        await appendFile(this.path, text);
        if (this.#lines > 2 * this.ledger.size + SLACK_LINES) this.#rewrite();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  /** Replaces the file as a whole, so that one that is cut off half-way is never read. */
  #rewrite(): void {
    const lines = [...this.ledger.entries()].map(line);
    const fresh = `${this.path}.new`;
    writeFileSync(fresh, lines.join(''));
    renameSync(fresh, this.path);
    this.#lines = lines.length;
    this.#pending = '';
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.failed(error instanceof Error ? error : new Error(String(error)));
  }
}

function line(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** @param since visits that began before are left out. A line that is damaged is, too */
function read(path: string, since: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const text of readIfThere(path).split('\n')) {
    try {
      const entry: unknown = text === '' ? undefined : JSON.parse(text);
      if (isEntry(entry) && ('ended' in entry || entry.begun >= since)) entries.push(entry);
    } catch {
      // The process ended in the middle of it.
    }
  }
  return entries;
}

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { name, number, begun, ended } = value as Record<string, unknown>;
  if (typeof name !== 'string') return false;
  return ended === true || (Number.isSafeInteger(number) && Number.isFinite(begun));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** What is needed of Node-RED. */
export interface Runtime {
  readonly events: object;
  readonly settings: { readonly userDir?: string };
  readonly log: { warn(message: string): void };
}

const journals = new WeakMap<object, Map<string, VisitJournal>>();

/** The journal of a session, shared by its nodes, for the life of the process: a deploy keeps it. */
export function visitJournalOf({ events, settings, log }: Runtime, sessionId: string): VisitJournal {
  const all = journals.get(events) ?? new Map<string, VisitJournal>();
  if (!journals.has(events)) {
    journals.set(events, all);
    process.once('exit', () => {
      for (const journal of all.values()) journal.flushNow();
    });
  }
  const name = `visits-${sessionId.replace(/[^\w.-]/g, '_')}.jsonl`;
  // By the file: flow tests give each test a directory of its own.
  const path = join(settings.userDir ?? process.cwd(), 'ctios', name);
  let found = all.get(path);
  if (found === undefined) {
    found = new VisitJournal(path, (error) =>
      log.warn(
        `[ctios-screen-pop] The visits of the session cannot be kept on disk: ${error.message}. A call that comes back to the same phone after a restart may then get the key of the visit before. Check the user directory.`,
      ),
    );
    all.set(path, found);
  }
  return found;
}
