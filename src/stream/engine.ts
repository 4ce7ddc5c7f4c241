/**
 * What the event stream requires of its engine, one interface per responsibility. `nats/` implements them with NATS
 * JetStream; unit tests use an in-memory implementation with a virtual clock. A promise rejects if the engine is
 * unreachable; a refusal by the engine is a result.
 */

/** A value and the revision it was written with. Revisions only increase, across all keys of a bucket. */
export interface KeyValueEntry {
  readonly key: string;
  readonly value: string;
  readonly revision: number;
}

/** A bucket of keys and values. */
export interface KeyValue {
  /** @returns the revision, or undefined if the key exists */
  create(key: string, value: string): Promise<number | undefined>;
  /** @returns the new revision, or undefined if the key has a different revision */
  update(key: string, value: string, revision: number): Promise<number | undefined>;
  /** Writes the key, whatever its revision. */
  put(key: string, value: string): Promise<void>;
  get(key: string): Promise<KeyValueEntry | undefined>;
  /** Removes the key if it still has this revision. */
  remove(key: string, revision: number): Promise<void>;
  /**
   * All existing keys.
   * @param prefix restricts the result to keys below it: `server` matches `server.a`, not `server.a.b`
   */
  entries(prefix?: string): Promise<KeyValueEntry[]>;
  /**
   * The keys below this prefix that were written since, oldest first; for a prefix with many keys.
   * @param since milliseconds since the epoch
   */
  recent(prefix: string, since: number): Promise<KeyValueEntry[]>;
}

/** A record to be appended to the event log. */
export interface LogRecord {
  readonly subject: string;
  /** A record with the same id is stored only once. */
  readonly id: string;
  readonly body: string;
}

/** A stored record. */
export interface StoredRecord extends LogRecord {
  readonly sequence: number;
}

/** The condition under which a record is stored. */
export type AppendCondition =
  /** The last record of the log has this id. */
  | { readonly lastId: string }
  /** The last record of this subject has this sequence number; 0: the subject has no record. */
  | { readonly lastOnSubject: number };

/** The event log: records in the order in which they were stored, each with a sequence number. */
export interface EventLog {
  /** @returns the sequence number, also for a record that is already stored; undefined if the condition is not met */
  append(record: LogRecord, condition: AppendCondition): Promise<number | undefined>;
  /** The last record, or the last of one subject. */
  last(subject?: string): Promise<StoredRecord | undefined>;
  /** Reads from this sequence number to the current end of the log. */
  read(from: number, each: (record: StoredRecord) => void): Promise<void>;
}

/** A record delivered to a group. */
export interface DeliveredRecord extends StoredRecord {
  /** Counts the deliveries of this consumer: a gap means that a delivery was lost. */
  readonly delivery: number;
  /** Acknowledges this record and all previous ones. */
  acknowledge(): void;
}

/** A durable consumer and the sequence number up to which it has acknowledged the log. */
export interface GroupConsumer {
  readonly name: string;
  readonly acknowledged: number;
  /** When it was acknowledged, in milliseconds since the epoch. */
  readonly at?: number;
}

/** Durable consumers of the log. Each serves one work period of a group and is deleted in the next one. */
export interface GroupConsumers {
  /** The durable consumers of a group. */
  list(group: string): Promise<GroupConsumer[]>;
  /** The number of records that each group has not yet acknowledged. */
  lags(): Promise<Map<string, number>>;
  create(name: string, from: number): Promise<void>;
  remove(name: string): Promise<void>;
  /**
   * Delivers records in order until stopped.
   * @param ended called if the consumer can no longer deliver; not called after `stop`
   */
  consume(
    name: string,
    deliver: (record: DeliveredRecord) => void,
    ended: (reason: string) => void,
  ): Promise<Consuming>;
}

/** A running delivery. */
export interface Consuming {
  stop(): void;
}

/** The result of a request to another process. */
export type MessengerResult =
  | { readonly outcome: 'answered'; readonly body: string }
  /** No process serves this subject; the request had no effect. */
  | { readonly outcome: 'no responders' }
  /** The request may have been received. */
  | { readonly outcome: 'unanswered'; readonly reason: string };

/** Requests between processes. Nothing is stored: a process that is not connected receives nothing. */
export interface Messenger {
  /**
   * Serves requests on this subject, also after reconnecting. Resolves when requests can arrive.
   * @returns a function that stops serving
   */
  serve(subject: string, answer: (body: string) => string): Promise<() => void>;
  /** Requests to one subject are received in the order in which they were sent. Never rejects. */
  request(subject: string, body: string, answerMs: number): Promise<MessengerResult>;
}

/** A row of a table, without its body. */
export interface TableRow {
  readonly row: string;
  readonly head: string;
  readonly revision: number;
}

/** Rows with a short head, which every follower of the table receives, and a body that is read on demand. */
export interface Table {
  /** The maximum size of a row, in bytes; undefined until the engine has been reached. */
  readonly largest: number | undefined;
  /**
   * @param revision the current revision of the row; 0: the row does not exist yet
   * @returns the new revision, or undefined if the row has a different revision
   */
  put(row: string, head: string, body: string, revision: number): Promise<number | undefined>;
  /** The body of this revision, or undefined if it no longer exists. */
  body(revision: number): Promise<string | undefined>;
  /** Removes this revision, and the row with it unless a later revision exists. */
  remove(revision: number): Promise<void>;
  /** @returns a revision later than all existing rows: a follower that has received it has received all of them */
  mark(): Promise<number>;
  /**
   * Passes the current state of each row, then each change, in the order of revisions; a mark has neither row nor head.
   * The table is created if it does not exist.
   * @param after the last revision that was received
   * @param begunAnew called if the table has fewer revisions than that: it is a different table and is passed from its
   * beginning
   */
  follow(after: number, each: (row: TableRow) => void, begunAnew: () => void): Promise<Consuming>;
}

/** Everything of one site. */
export interface StreamEngine {
  /** Leases; a key that is not updated within {@link LEASE_TTL_MS} expires. */
  readonly leases: KeyValue;
  /** Merged properties of active calls and agents. */
  readonly objects: KeyValue;
  /** Keys of claimed contacts; they expire after a day. */
  readonly claims: KeyValue;
  readonly log: EventLog;
  /** Copies of the audit logs of the servers. */
  readonly audit: EventLog;
  readonly consumers: GroupConsumers;
  readonly messenger: Messenger;
  readonly connected: boolean;
  /** Called whenever `connected` changes. @returns a function that removes the listener */
  onConnected(listener: (connected: boolean) => void): () => void;
  close(): Promise<void>;
}

/** A lease that is not renewed for this long is free, in milliseconds. */
export const LEASE_TTL_MS = 5_000;
