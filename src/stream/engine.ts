/**
 * What the event stream needs from its engine, one interface per duty. `nats/` implements them with NATS JetStream; tests of
 * the rules use an implementation in memory on a virtual clock. A promise rejects when the engine cannot be reached; what
 * the engine refuses is a result.
 */

/** A value and the revision that it was written with. Revisions only grow, across all keys of a bucket. */
export interface KeyValueEntry {
  readonly key: string;
  readonly value: string;
  readonly revision: number;
}

/** One bucket of keys and values. */
export interface KeyValue {
  /** @returns the revision; undefined where the key exists */
  create(key: string, value: string): Promise<number | undefined>;
  /** @returns the new revision; undefined where the key has another revision than this */
  update(key: string, value: string, revision: number): Promise<number | undefined>;
  get(key: string): Promise<KeyValueEntry | undefined>;
  /** Removes the key if it still has this revision. */
  remove(key: string, revision: number): Promise<void>;
  /** Every key that exists. */
  entries(): Promise<KeyValueEntry[]>;
}

/** A record of the event log on its way. */
export interface LogRecord {
  readonly subject: string;
  /** Stored once, however often it is sent. */
  readonly id: string;
  readonly body: string;
}

/** A record as it is stored. */
export interface StoredRecord extends LogRecord {
  readonly sequence: number;
}

/** What must be true of the log for a record to be stored. */
export type AppendCondition =
  /** the last record of the log has this id */
  | { readonly lastId: string }
  /** the last record of this subject has this sequence number; 0: there is none */
  | { readonly lastOnSubject: number };

/** The event log: records in the order in which they were stored, each with a sequence number. */
export interface EventLog {
  /** @returns the sequence number, the same for a record that is stored already; undefined where the condition is not met */
  append(record: LogRecord, condition: AppendCondition): Promise<number | undefined>;
  /** The last record, or the last of one subject. */
  last(subject?: string): Promise<StoredRecord | undefined>;
  /** Reads from this sequence number to the record that is the last one now. */
  read(from: number, each: (record: StoredRecord) => void): Promise<void>;
}

/** A record that a group receives. */
export interface DeliveredRecord extends StoredRecord {
  /** Counts the deliveries of this consumer: a jump is a delivery that was lost on its way. */
  readonly delivery: number;
  /** Acknowledges this one and all before it. */
  acknowledge(): void;
}

/** A durable consumer, and how far it has been acknowledged: a sequence number of the log. */
export interface GroupConsumer {
  readonly name: string;
  readonly acknowledged: number;
  /** When, in milliseconds since the epoch. */
  readonly at?: number;
}

/** Durable consumers of the log. Each is made for one period of work of a group and deleted by the next one. */
export interface GroupConsumers {
  /** The durable consumers of a group. */
  list(group: string): Promise<GroupConsumer[]>;
  create(name: string, from: number): Promise<void>;
  remove(name: string): Promise<void>;
  /**
   * Delivers records in order until stopped.
   * @param ended the consumer cannot deliver any more; not called after `stop`
   */
  consume(
    name: string,
    deliver: (record: DeliveredRecord) => void,
    ended: (reason: string) => void,
  ): Promise<Consuming>;
}

/** A delivery that runs. */
export interface Consuming {
  stop(): void;
}

/** Everything of one site. */
export interface StreamEngine {
  /** Leases; a key that is not written again within {@link LEASE_TTL_MS} disappears. */
  readonly leases: KeyValue;
  /** Merged properties of live calls and agents. */
  readonly objects: KeyValue;
  /** Keys of contacts that were claimed; they disappear after a day. */
  readonly claims: KeyValue;
  readonly log: EventLog;
  readonly consumers: GroupConsumers;
  readonly connected: boolean;
  /** Called at each change of `connected`. @returns stops it */
  onConnected(listener: (connected: boolean) => void): () => void;
  close(): Promise<void>;
}

/** After so long without renewal a lease is free, in milliseconds. */
export const LEASE_TTL_MS = 5_000;
