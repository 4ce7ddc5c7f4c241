import type { Clock } from '../../../common/clock.js';
import { RecordMerger, RecordSnapshot } from '../../../common/records/record-merger.js';
import type { Filter } from '../../../ctios/filter.js';
import type { Args, ArgValue, EventMessage } from '../../../ctios/transport.js';

/** CallType of a silent monitor's call. */
const SILENT_MONITOR = 21;

const data = new RecordMerger();

/** The call that an event concerns, by the server's rules: the one whose object the event is for. */
export function callOf(args: Args): string | undefined {
  const id = args.UniqueObjectID;
  return typeof id === 'string' && id.startsWith('call.') ? id : undefined;
}

/**
 * The known state of each live call, shared by all sessions. If a session's filter passes only a later event of a call,
 * a snapshot of the call is sent before it, so that no Call object starts in the middle.
 */
export class LiveCalls {
  #calls = new Map<string, RecordSnapshot<ArgValue>>();
  /** When each was first seen, on the monotonic clock. */
  readonly #since = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** Records an event that concerns a call. Must be called before the event is delivered. */
  note(message: EventMessage): void {
    // The others are ignored, even if they contain a new id of the call.
    if (!KEEPING.has(message.event) && message.args.OldUniqueObjectID === undefined) return;
    const id = callOf(message.args);
    if (id === undefined) return;
    const old = message.args.OldUniqueObjectID;
    if (typeof old === 'string' && old !== id) this.#rename(old, id);
    const known = this.#calls.get(id);
    if (message.event === 'OnCallBegin' || message.event === 'OnSnapshotCallConf') {
      this.#calls.set(id, known === undefined ? new RecordSnapshot(message.args) : data.merged(known, message.args));
      if (known === undefined) this.#since.set(id, this.clock.monotonic());
    } else if (known !== undefined && message.event === 'OnCallDataUpdate') {
      this.#calls.set(id, data.merged(known, message.args));
    }
  }

  /** Records that a call is over. Must be called after its OnCallEnd was delivered. */
  forget(id: string): void {
    this.#calls.delete(id);
    this.#since.delete(id);
  }

  /** How long the oldest call has been known, in milliseconds; 0 without calls. */
  get oldestMs(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const since of this.#since.values()) oldest = Math.min(oldest, since);
    return this.#since.size === 0 ? 0 : this.clock.monotonic() - oldest;
  }

  /** Calls that have been known for longer than this. */
  olderThan(ms: number): number {
    const limit = this.clock.monotonic() - ms;
    let count = 0;
    for (const since of this.#since.values()) if (since < limit) count++;
    return count;
  }

  /** The event that announces a call whose beginning the recipient did not receive. */
  introduction(id: string): EventMessage | undefined {
    const known = this.#calls.get(id);
    return known && { kind: 'event', event: 'OnSnapshotCallConf', args: known.record, recovered: true };
  }

  isSilentMonitor(id: string): boolean {
    return this.#calls.get(id)?.record.CallType === SILENT_MONITOR;
  }

  get size(): number {
    return this.#calls.size;
  }

  #rename(old: string, id: string): void {
    const known = this.#calls.get(old);
    if (known === undefined) return;
    this.#calls.delete(old);
    this.#calls.set(id, data.merged(known, { UniqueObjectID: id }));
    this.#since.set(id, this.#since.get(old) ?? this.clock.monotonic());
    this.#since.delete(old);
  }
}

/** Events that keep the client's Call objects correct; sent for a followed call regardless of the filter. */
const KEEPING = new Set(['OnCallBegin', 'OnCallDataUpdate', 'OnCallEnd', 'OnSnapshotCallConf']);

/**
 * The calls that one monitor session knows, which determine what it receives: what its filter passes and, for those
 * calls, begin, data updates, re-keying and end. So every Call object that a client creates has a beginning and an end.
 */
export class FollowedCalls {
  #known = new Set<string>();

  constructor(
    private readonly filter: Filter,
    private readonly live: LiveCalls,
    private readonly send: (message: EventMessage) => void,
  ) {}

  /** Sends what this session receives for an event: nothing, the event, or first a snapshot of its call. */
  select(eventId: number, message: EventMessage): void {
    const id = callOf(message.args);
    if (id === undefined) {
      if (this.filter.matches(eventId, message.args)) this.send(message);
      return;
    }
    if (this.filter.hideSilentMonitorCalls && this.live.isSilentMonitor(id)) return;
    const known = this.#rekey(message.args, id) || this.#known.has(id);
    const begins = message.event === 'OnCallBegin' || message.event === 'OnSnapshotCallConf';
    if (!(known && KEEPING.has(message.event)) && !this.filter.matches(eventId, message.args)) return;
    const ends = message.event === 'OnCallEnd';
    if (!known && !begins) {
      const introduction = this.live.introduction(id);
      if (introduction !== undefined) this.send(introduction);
    }
    if (ends) this.#known.delete(id);
    else if (!known) this.#known.add(id);
    this.send(message);
  }

  /** The session has received a snapshot of this call. */
  announceFromSnapshot(message: EventMessage): boolean {
    const id = callOf(message.args);
    if (id === undefined) return true;
    if (this.filter.hideSilentMonitorCalls && this.live.isSilentMonitor(id)) return false;
    if (message.event === 'OnSnapshotCallConf' || message.event === 'OnCallBegin') this.#known.add(id);
    return true;
  }

  #rekey(args: Args, id: string): boolean {
    const old = args.OldUniqueObjectID;
    if (typeof old !== 'string' || !this.#known.delete(old)) return false;
    this.#known.add(id);
    return true;
  }
}
