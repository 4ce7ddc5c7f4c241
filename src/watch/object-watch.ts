/**
 * Watches the agents, calls or skill groups of a session for a condition that lasts. Each object is reported once when
 * the condition has held long enough, and once when it has ended. Nothing is reported while the link is down: due
 * reports wait until the state is known again, and their time counts from what the switch reports, or from the end of
 * the gap.
 */
import type { CilEvent, CtiosObject, SessionApi } from '../cil/index.js';
import type { Clock } from '../common/clock.js';
import { isUncertain, KnownState } from './known-state.js';
import type { WatchedKind, WatchedRecord, WatchReport, WatchRule } from './types.js';
import type { WatchStart } from './watch-states.js';
import { WatchedObject, type WatchedObjectOwner } from './watched-object.js';

/** The keyword of an object's state, whose start time is known. */
const STATE: Readonly<Record<WatchedKind, 'AgentState' | 'CallStatus' | undefined>> = {
  agent: 'AgentState',
  call: 'CallStatus',
  skillgroup: undefined,
};
/** The maximum number of reports that wait for a listener. */
const MAX_WAITING_REPORTS = 1_000;

export interface WatchView {
  /** Objects for which the condition has been reported and has not ended. */
  readonly active: number;
  /** Objects for which the condition has not held long enough yet. */
  readonly pending: number;
  /** False while the link is down. */
  readonly known: boolean;
}

export class ObjectWatch {
  readonly #objects = new Map<string, WatchedObject>();
  /** Objects that have been examined; for any other, the first report counts. */
  readonly #seen = new Set<string>();
  readonly #stop: () => void;
  readonly #owner: WatchedObjectOwner;
  readonly #states: KnownState;
  #listener: ((report: WatchReport) => void) | undefined;
  #changed: () => void = () => {};
  #waiting: WatchReport[] = [];

  constructor(
    private readonly session: SessionApi,
    private readonly rule: WatchRule,
    private readonly clock: Clock,
  ) {
    const states = new KnownState(session, clock, {
      lost: () => this.#changed(),
      recovered: (from) => this.#recovered(from),
    });
    this.#states = states;
    this.#owner = {
      clock,
      rule,
      get known() {
        return states.known;
      },
      report: (report) => this.#report(report),
    };
    for (const [id, object] of this.#all()) this.#examine(id, object, true, true);
    this.#stop = session.subscribe('AllInOne', (event) => this.#onEvent(event));
  }

  get view(): WatchView {
    let active = 0;
    for (const { state } of this.#objects.values()) if (state !== 'pending') active++;
    return { active, pending: this.#objects.size - active, known: this.#states.known };
  }

  /**
   * Passes on the reports, first those that had no listener.
   * @param changed called when the view has changed
   * @returns a function that removes the listener
   */
  attach(listener: (report: WatchReport) => void, changed: () => void = () => {}): () => void {
    this.#listener = listener;
    this.#changed = changed;
    for (const report of this.#waiting.splice(0)) listener(report);
    return () => {
      if (this.#listener !== listener) return;
      this.#listener = undefined;
      this.#changed = () => {};
    };
  }

  dispose(): void {
    this.#stop();
    this.#states.dispose();
    for (const object of this.#objects.values()) object.stop();
    this.#objects.clear();
  }

  #all(): ReadonlyMap<string, CtiosObject> {
    const { agents, calls, skillGroups } = this.session;
    return { agent: agents, call: calls, skillgroup: skillGroups }[this.rule.kind];
  }

  #onEvent(event: CilEvent): void {
    this.#states.hear(event);
    const id = event.objectId;
    if (id === undefined || !id.startsWith(`${this.rule.kind}.`)) return;
    const object = { agent: event.agent, call: event.call, skillgroup: event.skillGroup }[this.rule.kind];
    this.#rename(event.args.OldUniqueObjectID, id);
    if (object === undefined) return;
    if (event.event === 'OnCallEnd' || event.event === 'OnMonitoredCallEnd') this.#gone(id, object);
    else this.#examine(id, object, this.#beginsState(event, id), this.#isUnsure(id));
  }

  /** Whether the event started the state, or is the first one about the object. */
  #beginsState({ previous }: CilEvent, id: string): boolean {
    const keyword = STATE[this.rule.kind];
    return !this.#seen.has(id) || (keyword !== undefined && previous?.[keyword] !== undefined);
  }

  /** A call is known from its start; for other objects, the first report does not show when the state started. */
  #isUnsure(id: string): boolean {
    return this.rule.kind !== 'call' && !this.#seen.has(id);
  }

  /** @param unsure conditions that are not about the state may have started earlier */
  #examine(id: string, object: CtiosObject, withState: boolean, unsure: boolean): void {
    this.#seen.add(id);
    const record = recordOf(object);
    let watched = this.#objects.get(id);
    if (watched === undefined) {
      if (!this.rule.holds(record)) return;
      watched = new WatchedObject(this.#owner, id, record);
      this.#objects.set(id, watched);
    }
    const { state } = watched;
    watched.update(id, record, () => this.#start(object, withState, watched.state, unsure));
    this.#settled(id, watched, state);
  }

  /** When the condition started to hold: with the state, if it is about the state. */
  #start({ stateSince }: CtiosObject, withState: boolean, state: string, unsure: boolean): WatchStart {
    const now = this.clock.monotonic();
    if (stateSince === undefined || !this.#isAboutState()) return { at: now, atLeast: unsure };
    // While it is pending, the switch may report that the state started earlier.
    if (!withState && state === 'idle') return { at: now, atLeast: false };
    return { at: stateSince.certainAt, atLeast: isUncertain(stateSince) };
  }

  #isAboutState(): boolean {
    const keyword = STATE[this.rule.kind];
    return keyword !== undefined && this.rule.keywords.includes(keyword);
  }

  #rename(old: unknown, id: string): void {
    const watched = typeof old === 'string' && old !== id ? this.#objects.get(old) : undefined;
    if (watched === undefined) return;
    this.#objects.delete(String(old));
    this.#seen.delete(String(old));
    this.#objects.set(id, watched);
    this.#seen.add(id);
  }

  #gone(id: string, object: CtiosObject): void {
    this.#seen.delete(id);
    const watched = this.#objects.get(id);
    if (watched === undefined) return;
    const { state } = watched;
    watched.gone(recordOf(object));
    this.#settled(id, watched, state);
  }

  /** Only objects that are not idle are kept. */
  #settled(id: string, watched: WatchedObject, before: string): void {
    if (watched.state === 'idle') this.#objects.delete(id);
    if (watched.state !== before) this.#changed();
  }

  /** The objects are known again. @param from when they ceased to be, in milliseconds since the epoch */
  #recovered(from: number): void {
    this.#changed();
    const all = this.#all();
    if (this.rule.kind === 'skillgroup') this.#seen.clear();
    for (const [id, watched] of [...this.#objects]) {
      const object = all.get(id);
      const { state } = watched;
      // Statistics are out of date until the next ones arrive.
      if (this.rule.kind === 'skillgroup') watched.forget();
      else if (object === undefined) watched.gone();
      else {
        // A due report has waited: it is made only if the condition still holds.
        watched.update(id, recordOf(object), () => this.#start(object, true, state, true));
        watched.recount(this.#certainSince(object, from));
      }
      this.#settled(id, watched, state);
    }
    for (const id of [...this.#seen]) if (!all.has(id)) this.#seen.delete(id);
    if (this.rule.kind === 'skillgroup') return;
    // Before the first connection nothing was known.
    for (const [id, object] of all) if (!this.#seen.has(id)) this.#examine(id, object, true, true);
  }

  /** Undefined if the start time is still certain. */
  #certainSince({ stateSince }: CtiosObject, from: number): WatchStart | undefined {
    const now = this.clock.monotonic();
    if (!this.#isAboutState() || stateSince === undefined) return { at: now, atLeast: true };
    if (stateSince.certainSince < from) return undefined;
    return { at: stateSince.certainAt, atLeast: isUncertain(stateSince) };
  }

  #report(report: WatchReport): void {
    if (this.#listener !== undefined) this.#listener(report);
    else {
      this.#waiting.push(report);
      if (this.#waiting.length > MAX_WAITING_REPORTS) this.#waiting.shift();
    }
    if (report.what === 'began') this.#changed();
  }
}

/** Statistics count as properties of their skill group. */
function recordOf(object: CtiosObject): WatchedRecord {
  const record = object.properties();
  return typeof record.Statistics === 'object' ? { ...record, ...record.Statistics } : record;
}
