/** Records that were handed on, kept for a while: what ought to be at the receiver can be compared with what is there. */

export interface KeptRecord {
  /** Who made it: of two sources neither sees the other's. */
  readonly source: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** As JSON. */
  readonly body: string;
}

export interface RecordQuery {
  readonly sources: readonly string[];
  /** At this time or later. */
  readonly from: number;
  /** Before this time. */
  readonly to: number;
  readonly limit: number;
}

export interface RecordLog {
  /** Resolves when the record is safe on disk. @throws CtiosError with a code of the store */
  keep(record: KeptRecord): Promise<void>;
  /** The oldest first. */
  list(query: RecordQuery): Promise<readonly KeptRecord[]>;
  /** Removes what a source made before this time. */
  prune(source: string, before: number): Promise<void>;
}
