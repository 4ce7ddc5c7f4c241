/**
 * An index of the deliveries of a table without their contents: enough to determine the next delivery, to list and to
 * count. Rebuilt from the table, so nothing here has to be persisted.
 */
import type { DeliveryCounts, DeliveryState, DeliverySummary } from '../delivery.js';
import type { DeliveryQuery } from '../store/delivery-store.js';
import type { DeliveryHead } from './delivery-row.js';
import { QueueFigures } from './queue-figures.js';
import { ascending, insert, remove } from './sorted.js';

const DEFAULT_LIMIT = 1000;

export interface IndexedDelivery {
  readonly head: DeliveryHead;
  readonly row: string;
  readonly revision: number;
}

interface Turn {
  readonly nextAt: number;
  readonly id: number;
}

interface WaitingQueue {
  /** Waiting ids by ordering key, in order of acceptance. */
  readonly orders: Map<string, number[]>;
  /** The first delivery of each ordering key, in the order in which they are due. */
  readonly heads: Turn[];
  count: number;
}

const byTurn = (a: Turn, b: Turn): number => a.nextAt - b.nextAt || a.id - b.id;

const noIds = (): Record<DeliveryState | 'all', number[]> => ({ all: [], waiting: [], sent: [], givenUp: [] });

export class DeliveryIndex {
  readonly #deliveries = new Map<number, IndexedDelivery>();
  readonly #queues = new Map<string, WaitingQueue>();
  readonly #figures = new Map<string, QueueFigures>();
  /** All ids, and the ids of each state, in order of acceptance. */
  #ids = noIds();

  get(id: number): IndexedDelivery | undefined {
    return this.#deliveries.get(id);
  }

  /** Ignores a revision older than the one in the index. */
  set(row: string, revision: number, head: DeliveryHead): void {
    const known = this.#deliveries.get(head.id);
    if (known !== undefined && known.revision >= revision) return;
    if (known !== undefined) this.#forget(known.head);
    this.#deliveries.set(head.id, { row, revision, head });
    this.#remember(head);
  }

  delete(id: number): void {
    const known = this.#deliveries.get(id);
    if (known === undefined) return;
    this.#forget(known.head);
    this.#deliveries.delete(id);
  }

  clear(): void {
    this.#deliveries.clear();
    this.#queues.clear();
    this.#figures.clear();
    this.#ids = noIds();
  }

  due(queue: string, now: number, limit: number): readonly number[] {
    const due: number[] = [];
    for (const { nextAt, id } of this.#queues.get(queue)?.heads ?? []) {
      if (nextAt > now || due.length >= limit) break;
      due.push(id);
    }
    return due;
  }

  nextAt(queue: string, now: number): number | undefined {
    return this.#queues.get(queue)?.heads.find(({ nextAt }) => nextAt > now)?.nextAt;
  }

  waiting(queue: string): number {
    return this.#queues.get(queue)?.count ?? 0;
  }

  /** In order of acceptance. */
  where(wanted: (head: DeliveryHead) => boolean): IndexedDelivery[] {
    return this.#ids.all.map((id) => this.#deliveries.get(id)!).filter(({ head }) => wanted(head));
  }

  /** Newest first; examines only as many as it needs to fill the list. */
  list({ queue, state, from, to, limit = DEFAULT_LIMIT }: DeliveryQuery): readonly DeliverySummary[] {
    const ids = this.#ids[state ?? 'all'];
    const found: DeliverySummary[] = [];
    for (let place = ids.length - 1; place >= 0 && found.length < limit; place--) {
      const { agesFrom: _agesFrom, reported: _reported, ...summary } = this.#deliveries.get(ids[place]!)!.head;
      if (queue !== undefined && summary.queue !== queue) continue;
      if (from !== undefined && summary.acceptedAt < from) continue;
      if (to !== undefined && summary.acceptedAt >= to) continue;
      found.push(summary);
    }
    return found;
  }

  counts(): ReadonlyMap<string, DeliveryCounts> {
    const errorOf = (id: number): string | undefined => this.#deliveries.get(id)?.head.error;
    return new Map([...this.#figures].map(([queue, figures]) => [queue, figures.counts(errorOf)]));
  }

  #remember(head: DeliveryHead): void {
    const { id, queue, state } = head;
    const known = this.#figures.get(queue);
    const figures = known ?? new QueueFigures();
    if (known === undefined) this.#figures.set(queue, figures);
    figures.add(head);
    insert(this.#ids.all, id, ascending);
    insert(this.#ids[state], id, ascending);
    if (state === 'waiting') this.#link(head);
  }

  #forget(head: DeliveryHead): void {
    const { id, queue, state } = head;
    this.#unlink(head);
    remove(this.#ids.all, id, ascending);
    remove(this.#ids[state], id, ascending);
    const figures = this.#figures.get(queue);
    figures?.subtract(head);
    if (figures?.empty === true) this.#figures.delete(queue);
  }

  #link({ queue, order, id }: DeliveryHead): void {
    const known = this.#queues.get(queue);
    const waiting = known ?? { orders: new Map<string, number[]>(), heads: [], count: 0 };
    if (known === undefined) this.#queues.set(queue, waiting);
    const ids = waiting.orders.get(order) ?? [];
    waiting.orders.set(order, ids);
    const [before] = ids;
    insert(ids, id, ascending);
    waiting.count++;
    this.#setHead(waiting, before, ids[0]);
  }

  #unlink({ queue, order, id, state }: DeliveryHead): void {
    const waiting = this.#queues.get(queue);
    const ids = waiting?.orders.get(order);
    if (state !== 'waiting' || waiting === undefined || ids === undefined) return;
    const [before] = ids;
    const after = before === id ? ids[1] : before;
    this.#setHead(waiting, before, after);
    remove(ids, id, ascending);
    waiting.count--;
    if (ids.length === 0) waiting.orders.delete(order);
  }

  #setHead({ heads }: WaitingQueue, before: number | undefined, after: number | undefined): void {
    if (before === after) return;
    if (before !== undefined) remove(heads, this.#turnOf(before), byTurn);
    if (after !== undefined) insert(heads, this.#turnOf(after), byTurn);
  }

  #turnOf(id: number): Turn {
    return { id, nextAt: this.#deliveries.get(id)!.head.nextAt };
  }
}
