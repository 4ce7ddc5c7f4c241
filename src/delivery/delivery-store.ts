/** Where deliveries are kept. The queue knows nothing else of a store, so that another engine can take its place. */
import type {
  Delivery,
  DeliveryCounts,
  DeliveryEnd,
  DeliveryRetry,
  DeliveryState,
  DeliverySummary,
  NewDelivery,
} from './delivery.js';
import type { RecordLog } from './record-log.js';

/** Which deliveries a list holds; what is absent does not restrict it. */
export interface DeliveryQuery {
  readonly queue?: string;
  readonly state?: DeliveryState;
  /** Accepted at this time or later. */
  readonly from?: number;
  /** Accepted before this time. */
  readonly to?: number;
  readonly limit?: number;
}

export interface DeliveryStore {
  /** Records that were handed on, in the same place. */
  readonly records: RecordLog;
  /** Resolves when the delivery is safe on disk, and not before. @throws CtiosError with a code of the store */
  accept(delivery: NewDelivery, now: number): Promise<number>;
  /** Deliveries whose turn it is: the first of each ordering key, if its time has come. */
  due(queue: string, now: number, limit: number): Promise<readonly Delivery[]>;
  /** When the next delivery after `now` is due; undefined when none is. What is due by `now` is the business of `due`. */
  nextAt(queue: string, now: number): Promise<number | undefined>;
  retry(id: number, retry: DeliveryRetry): Promise<void>;
  end(id: number, end: DeliveryEnd): Promise<void>;
  /** Ended deliveries whose end the flow has not received yet. */
  unreported(queue: string): Promise<readonly Delivery[]>;
  reported(id: number): Promise<void>;
  /** Makes all waiting deliveries that are due later than `limit` due at `at`: what a clock that was wrong left behind. */
  dueAtMost(queue: string, limit: number, at: number): Promise<void>;
  /** Moves all times of the waiting deliveries, after the machine's clock was set. */
  shift(queue: string, ms: number): Promise<void>;
  waiting(queue: string): Promise<number>;
  list(query: DeliveryQuery): Promise<readonly DeliverySummary[]>;
  counts(): Promise<ReadonlyMap<string, DeliveryCounts>>;
  /** A delivery that was given up waits again, from now on. @returns false when it is not one that was given up */
  sendAgain(id: number, now: number): Promise<boolean>;
  /** Gives up a waiting delivery. @returns false when it does not wait */
  discard(id: number, end: DeliveryEnd): Promise<boolean>;
  /** Removes ended deliveries that ended before this time. */
  prune(before: number): Promise<void>;
  close(): Promise<void>;
}
