import type { Clock } from '../../common/clock.js';
import type { KeyValue, StreamEngine, Table } from '../../stream/engine.js';

/** The dedicated connection of a store. */
export interface StoreEngine extends Pick<StreamEngine, 'connected' | 'onConnected' | 'close'> {
  readonly leases: KeyValue;
  /** The reason why it is not connected. */
  readonly reason: string;
  start(): void;
}

export interface JetStreamStoreOptions {
  readonly engine: StoreEngine;
  readonly table: Table;
  readonly site: string;
  readonly group: string;
  /** The name of this process, shown to the other members. No spaces. */
  readonly name: string;
  readonly clock: Clock;
  /** Reports problems to the administrator. */
  readonly report: (message: string) => void;
}
