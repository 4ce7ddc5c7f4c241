/**
 * Deliveries in a table on the engine of the event stream, shared by the Node-RED instances of a group: any of them
 * accepts deliveries; one of them, the holder of a lease, makes them. Each transition replaces the row only if no other
 * process has changed it.
 */
import { randomUUID } from 'node:crypto';
import type { CtiosError } from '../../ctios/ctios-error.js';
import type {
  Delivery,
  DeliveryCounts,
  DeliveryEnd,
  DeliveryRetry,
  DeliverySummary,
  NewDelivery,
} from '../delivery.js';
import type { DeliveryQuery, DeliveryStore, StoreWatcher } from '../store/delivery-store.js';
import type { DeliveryIndex } from './delivery-index.js';
import { type Content, type DeliveryHead, readContent, readHead } from './delivery-row.js';
import type { JetStreamStoreOptions } from './options.js';
import { Ownership } from './ownership.js';
import { tableError, tooLarge } from './table-errors.js';
import { TableReader } from './table-reader.js';

export type { JetStreamStoreOptions } from './options.js';

/** How many deliveries are changed at a time when a whole queue changes. */
const BATCH = 200;
const MAX_UNREPORTED = 1_000;

export class JetStreamStore implements DeliveryStore {
  readonly #reader: TableReader;
  readonly #ownership: Ownership;
  readonly #index: DeliveryIndex;
  /** Contents of deliveries in progress, so that they are not read again for each attempt. */
  #contents = new Map<number, Content>();
  readonly #watchers = new Set<StoreWatcher>();
  readonly #unwatch: () => void;
  #reachable: boolean;
  #closed = false;

  constructor(private readonly options: JetStreamStoreOptions) {
    const { engine } = options;
    this.#reachable = engine.connected;
    this.#reader = new TableReader(options, () => this.#tell((each) => each.changed?.()));
    this.#index = this.#reader.index;
    this.#ownership = new Ownership(options, this.#reader, (mine) => this.#tell((each) => each.turn?.(mine)));
    this.#unwatch = engine.onConnected((connected) => {
      this.#reachable = connected;
      this.#tell((each) => each.reachable?.(this.#problem()));
    });
    this.#reader.start();
    this.#ownership.start();
    engine.start();
  }

  watch(watcher: StoreWatcher): () => void {
    this.#watchers.add(watcher);
    if (!this.#reachable) watcher.reachable?.(this.#problem());
    if (this.#ownership.mine) watcher.turn?.(true);
    return () => this.#watchers.delete(watcher);
  }

  async accept({ headers, body, message, ...rest }: NewDelivery, now: number): Promise<number> {
    const { table } = this.options;
    const head = {
      ...rest,
      state: 'waiting' as const,
      acceptedAt: now,
      agesFrom: now,
      nextAt: now,
      attempts: 0,
      reported: false,
    };
    const texts = [JSON.stringify(head), JSON.stringify({ headers, body, message } satisfies Content)] as const;
    const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (table.largest !== undefined && size > table.largest) throw tooLarge(size, table.largest);
    const revision = await this.#asked(() => table.put(randomUUID(), ...texts, 0));
    // The row is new, so it has no other revision.
    await this.#reader.seen(revision!);
    return revision!;
  }

  async due(queue: string, now: number, limit: number): Promise<readonly Delivery[]> {
    if (!this.#ownership.mine) return [];
    const ids = this.#index.due(queue, now, limit);
    const found = await Promise.all(ids.map((id) => this.#read(id)));
    const due = found.filter((each) => each !== undefined);
    this.#keep(queue, due);
    return due;
  }

  nextAt(queue: string, now: number): Promise<number | undefined> {
    return Promise.resolve(this.#ownership.mine ? this.#index.nextAt(queue, now) : undefined);
  }

  async retry(id: number, retry: DeliveryRetry): Promise<void> {
    const { nextAt, attempts, status, error, errorCode } = retry;
    await this.#change(id, (head) =>
      head.state === 'waiting' ? { ...head, nextAt, attempts, status, error, errorCode } : undefined,
    );
  }

  async end(id: number, end: DeliveryEnd): Promise<void> {
    await this.discard(id, end);
  }

  async unreported(queue: string): Promise<readonly Delivery[]> {
    const ended = this.#index
      .where((head) => head.queue === queue && head.state !== 'waiting' && !head.reported)
      .slice(0, MAX_UNREPORTED);
    const found: Delivery[] = [];
    for (const { head } of ended) {
      const delivery = await this.#read(head.id);
      if (delivery !== undefined) found.push(delivery);
    }
    return found;
  }

  /** The content is not kept longer than necessary: it may contain customer data. */
  async reported(id: number): Promise<void> {
    await this.#change(id, (head) => (head.state === 'waiting' ? undefined : { ...head, reported: true }));
  }

  dueAtMost(queue: string, limit: number, at: number): Promise<void> {
    return this.#changeWaiting(queue, (head) => {
      if (head.nextAt <= limit && head.agesFrom <= at) return undefined;
      return { ...head, nextAt: head.nextAt > limit ? at : head.nextAt, agesFrom: Math.min(head.agesFrom, at) };
    });
  }

  /** Each process follows its own clock, but only the process that makes the deliveries shifts their times. */
  async shift(queue: string, ms: number): Promise<void> {
    if (!this.#ownership.mine) return;
    await this.#changeWaiting(queue, (head) => ({
      ...head,
      nextAt: head.nextAt + ms,
      agesFrom: head.agesFrom + ms,
    }));
  }

  waiting(queue: string): Promise<number> {
    return Promise.resolve(this.#index.waiting(queue));
  }

  current(): Promise<void> {
    return this.#asked(() => this.#reader.catchUp());
  }

  list(query: DeliveryQuery): Promise<readonly DeliverySummary[]> {
    return Promise.resolve(this.#index.list(query));
  }

  counts(): Promise<ReadonlyMap<string, DeliveryCounts>> {
    return Promise.resolve(this.#index.counts());
  }

  sendAgain(id: number, now: number): Promise<boolean> {
    return this.#change(id, ({ endedAt: _endedAt, ...head }) =>
      head.state === 'givenUp'
        ? { ...head, state: 'waiting', reported: false, attempts: 0, nextAt: now, agesFrom: now }
        : undefined,
    );
  }

  discard(id: number, end: DeliveryEnd): Promise<boolean> {
    const { state, endedAt, attempts, status, error, errorCode } = end;
    return this.#change(id, (head) =>
      head.state === 'waiting' ? { ...head, state, endedAt, attempts, status, error, errorCode } : undefined,
    );
  }

  /** Each process prunes its own index, because removals are not announced. */
  async prune(before: number): Promise<void> {
    const old = this.#index.where(
      ({ state, reported, endedAt }) => state !== 'waiting' && reported && (endedAt ?? 0) < before,
    );
    for (const { head, revision } of old) {
      await this.#asked(() => this.options.table.remove(revision));
      if (this.#index.get(head.id)?.revision === revision) this.#index.delete(head.id);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unwatch();
    this.#watchers.clear();
    await this.#ownership.stop();
    this.#reader.stop();
    await this.options.engine.close();
  }

  async #changeWaiting(queue: string, to: (head: DeliveryHead) => DeliveryHead | undefined): Promise<void> {
    const ids = this.#index
      .where((head) => head.queue === queue && head.state === 'waiting' && to(head) !== undefined)
      .map(({ head }) => head.id);
    for (let from = 0; from < ids.length; from += BATCH) {
      await Promise.all(
        ids
          .slice(from, from + BATCH)
          .map((id) => this.#change(id, (head) => (head.state === 'waiting' ? to(head) : undefined))),
      );
    }
  }

  /**
   * Applies a transition to the current row.
   * @param to returns undefined if the state of the row does not allow the transition
   * @returns whether the row was changed
   */
  async #change(id: number, to: (head: DeliveryHead) => DeliveryHead | undefined): Promise<boolean> {
    for (;;) {
      const known = this.#index.get(id);
      const next = known === undefined ? undefined : to(known.head);
      if (known === undefined || next === undefined) return false;
      const content = await this.#contentOf(id);
      if (content === undefined) return false;
      const forgotten = next.state === 'sent' && next.reported;
      const body = forgotten ? { ...content, body: '', message: '' } : content;
      const { table } = this.options;
      const revision = await this.#asked(() =>
        table.put(known.row, JSON.stringify(next), JSON.stringify(body), known.revision),
      );
      if (revision === undefined) {
        await this.#asked(() => this.#reader.catchUp());
        continue;
      }
      // Reads the row back so that undefined members are absent.
      this.#index.set(known.row, revision, readHead(JSON.stringify(next), revision));
      if (next.reported) this.#contents.delete(id);
      return true;
    }
  }

  async #read(id: number): Promise<Delivery | undefined> {
    const content = await this.#contentOf(id);
    const known = this.#index.get(id);
    if (content === undefined || known === undefined) return undefined;
    const { reported: _reported, ...head } = known.head;
    return { ...head, ...content };
  }

  /** The content of a delivery never changes. If the row no longer exists, the delivery is removed from the index. */
  async #contentOf(id: number): Promise<Content | undefined> {
    for (;;) {
      const kept = this.#contents.get(id);
      const known = this.#index.get(id);
      if (kept !== undefined || known === undefined) return kept;
      const text = await this.#asked(() => this.options.table.body(known.revision));
      if (text !== undefined) return readContent(text);
      // The row was replaced or removed meanwhile.
      await this.#asked(() => this.#reader.catchUp());
      if (this.#index.get(id)?.revision !== known.revision) continue;
      this.#index.delete(id);
      this.options.report(`The delivery ${known.head.key} is not in the queue any more: it was removed from NATS.`);
    }
  }

  /** Keeps the contents of a queue's deliveries that are due now. */
  #keep(queue: string, due: readonly Delivery[]): void {
    const kept = [...this.#contents].filter(([id]) => this.#index.get(id)?.head.queue !== queue);
    this.#contents = new Map(kept);
    for (const { id, headers, body, message } of due) this.#contents.set(id, { headers, body, message });
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw tableError(error, this.options);
    }
  }

  #problem(): CtiosError | undefined {
    return this.#reachable ? undefined : tableError(new Error(this.options.engine.reason), this.options);
  }

  #tell(what: (watcher: StoreWatcher) => void): void {
    if (!this.#closed) for (const watcher of [...this.#watchers]) what(watcher);
  }
}
