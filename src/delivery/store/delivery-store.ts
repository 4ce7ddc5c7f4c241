/** The storage of deliveries. The queue depends only on this interface, so that the engine can be exchanged. */
import type { CtiosError } from '../../ctios/ctios-error.js';
import type {
  Delivery,
  DeliveryCounts,
  DeliveryEnd,
  DeliveryRetry,
  DeliveryState,
  DeliverySummary,
  NewDelivery,
} from '../delivery.js';
import type { RecordLog } from './record-log.js';

/** Filters a list of deliveries; an absent member does not restrict it. */
export interface DeliveryQuery {
  readonly queue?: string;
  readonly state?: DeliveryState;
  /** Accepted at this time or later. */
  readonly from?: number;
  /** Accepted before this time. */
  readonly to?: number;
  readonly limit?: number;
}

/** Receives changes of a store that other parties make. */
export interface StoreWatcher {
  /** Whether this process makes the deliveries from now on; one of those that share a store does. */
  turn?(mine: boolean): void;
  /** Deliveries were changed, possibly by another process. */
  changed?(): void;
  /** The store is unreachable; without a problem, it is reachable again. */
  reachable?(problem?: CtiosError): void;
}

export interface DeliveryStore {
  /** Reports the current state immediately, then each change. @returns a function that removes the watcher */
  watch(watcher: StoreWatcher): () => void;
  /** Resolves only when the delivery is safely on disk. @throws CtiosError with a code of the store */
  accept(delivery: NewDelivery, now: number): Promise<number>;
  /** Deliveries that can be made now: the first of each ordering key, if it is due. */
  due(queue: string, now: number, limit: number): Promise<readonly Delivery[]>;
  /**
   * When the next delivery after `now` is due, or undefined if there is none. Deliveries due by `now` are returned by
   * `due`.
   */
  nextAt(queue: string, now: number): Promise<number | undefined>;
  retry(id: number, retry: DeliveryRetry): Promise<void>;
  end(id: number, end: DeliveryEnd): Promise<void>;
  /** Ended deliveries whose result the flow has not received yet. */
  unreported(queue: string): Promise<readonly Delivery[]>;
  reported(id: number): Promise<void>;
  /** Makes all waiting deliveries that are due after `limit` due at `at`, to correct times set with a wrong clock. */
  dueAtMost(queue: string, limit: number, at: number): Promise<void>;
  /** Shifts all times of the waiting deliveries, after the system clock was set. */
  shift(queue: string, ms: number): Promise<void>;
  waiting(queue: string): Promise<number>;
  /** Resolves when lists and counts include everything stored so far, by any process. */
  current(): Promise<void>;
  list(query: DeliveryQuery): Promise<readonly DeliverySummary[]>;
  counts(): Promise<ReadonlyMap<string, DeliveryCounts>>;
  /** Makes a delivery that was given up wait again, starting now. @returns false if it was not given up */
  sendAgain(id: number, now: number): Promise<boolean>;
  /** Gives up a waiting delivery. @returns false if it is not waiting */
  discard(id: number, end: DeliveryEnd): Promise<boolean>;
  /** Removes ended deliveries that ended before this time. */
  prune(before: number): Promise<void>;
  close(): Promise<void>;
}

/** A store that also keeps records. */
export interface LocalStore extends DeliveryStore {
  /** Records that were passed on, in the same place. */
  readonly records: RecordLog;
}
