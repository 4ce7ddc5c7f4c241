/**
 * Records that were passed on, kept for a limited time, so that the expected data can be compared with the data at the
 * receiver.
 */

export interface KeptRecord {
  /** The source that wrote it; a source cannot read the records of another. */
  readonly source: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** As JSON. */
  readonly body: string;
}

export interface RecordQuery {
  readonly sources: readonly string[];
  /** At or after this time. */
  readonly from: number;
  /** Before this time. */
  readonly to: number;
  readonly limit: number;
}

export interface RecordLog {
  /** Resolves when the record is safe on disk. @throws CtiosError with a code of the store */
  keep(record: KeptRecord): Promise<void>;
  /** Oldest first. */
  list(query: RecordQuery): Promise<readonly KeptRecord[]>;
  /** Removes the records that a source wrote before this time. */
  prune(source: string, before: number): Promise<void>;
}
