/**
 * The base of Session, Agent, Call and SkillGroup: a record of properties under CTI OS keywords, updated from events,
 * and the guide's methods to read it. Source: CTI OS Developer Guide, "CtiOs Object".
 */
import { RecordMerger, RecordSnapshot } from '../../common/records/record-merger.js';
import { type AnyKeyword, type ArgTypeName, Arguments } from '../../ctios/index.js';
import type { Args, ArgValue } from '../../ctios/transport.js';
import { toBoolean, toInteger, toText } from '../../ctios/values.js';
import { EVENT_ONLY_KEYWORDS } from './object-effects.js';
import { type Moment, type StateSince, stateSinceAfter, stateSinceUnseen } from './state-since.js';

/** Arguments that describe the event are not stored in the object. */
const properties = new RecordMerger(EVENT_ONLY_KEYWORDS);

/** Never included in a dump. */
const SECRETS: ReadonlySet<string> = new Set(['AgentPassword', 'MonitorModePassword']);

export class CtiosObject {
  #known = new RecordSnapshot<ArgValue>({});
  #stateSince: StateSince | undefined;

  /** The known properties; replaced as a whole by an update, never modified. */
  protected get record(): Readonly<Args> {
    return this.#known.record;
  }

  protected set record(record: Readonly<Args>) {
    this.#known = new RecordSnapshot(record);
  }

  /**
   * The merged properties, updated by the session before an event's listeners run: the current values, which later
   * events do not change. Shared between callers: do not modify.
   */
  properties(): Readonly<Args> {
    return this.#known.record;
  }

  /** The same with their shape, for callers that copy them frequently. */
  get recordSnapshot(): RecordSnapshot<ArgValue> {
    return this.#known;
  }

  /** When an agent entered its AgentState, or a call its CallStatus; undefined before the first report. */
  get stateSince(): StateSince | undefined {
    return this.#stateSince;
  }

  /** Missing only on the session's own agent, until the server has named it, and on the session itself. */
  get uniqueObjectID(): string {
    return this.record.UniqueObjectID as string;
  }

  /** Keywords are case-insensitive, as in Arguments; ECC variables can also be read by their own name ("user.Name"). */
  getValue(keyword: AnyKeyword): ArgValue | undefined {
    return this.record[keyword] ?? lookUp(this.record, keyword) ?? lookUp(this.record.ECC, keyword);
  }

  // Typed reads convert text if it parses, and are undefined if there is no value or it does not parse.

  getValueInt(keyword: AnyKeyword): number | undefined {
    return toInteger(this.getValue(keyword), 'INT');
  }

  getValueUInt(keyword: AnyKeyword): number | undefined {
    return toInteger(this.getValue(keyword), 'UINT');
  }

  getValueShort(keyword: AnyKeyword): number | undefined {
    return toInteger(this.getValue(keyword), 'SHORT');
  }

  getValueUShort(keyword: AnyKeyword): number | undefined {
    return toInteger(this.getValue(keyword), 'USHORT');
  }

  getValueBool(keyword: AnyKeyword): boolean | undefined {
    return toBoolean(this.getValue(keyword));
  }

  getValueString(keyword: AnyKeyword): string | undefined {
    return toText(this.getValue(keyword));
  }

  /** A copy. */
  getValueArray(keyword: AnyKeyword): Arguments | undefined {
    const value = this.getValue(keyword);
    return typeof value === 'object' ? new Arguments(value) : undefined;
  }

  /** An element of an array property, with the keyword's own base: `SkillGroup` from 1, ECC arrays from 0. */
  getElement(keyword: AnyKeyword, element: number): ArgValue | undefined {
    const array = this.getValue(keyword);
    return typeof array === 'object' ? array[element] : this.getValue(`${keyword.trim()}[${element}]`);
  }

  isValid(keyword: AnyKeyword): boolean {
    return this.getValue(keyword) !== undefined;
  }

  /** Sets a property of the application's own, or one that the next event overwrites; nothing is sent. */
  setValue(keyword: AnyKeyword, value: ArgValue): void {
    this.record = { ...this.record, [spellingIn(this.record, keyword) ?? keyword.trim()]: value };
  }

  getAllProperties(): Arguments {
    return new Arguments(this.record);
  }

  getNumProperties(): number {
    return Object.keys(this.record).length;
  }

  /** @param index from 1, in the order in which the properties became known */
  getPropertyName(index: number): string | undefined {
    return Object.keys(this.record)[index - 1];
  }

  getPropertyType(keyword: AnyKeyword): ArgTypeName {
    const value = this.getValue(keyword);
    return value === undefined ? 'ARG_NOTSET' : new Arguments([['value', value]]).getElementArgType(1);
  }

  /** For a log: one property per line, without passwords. */
  dumpProperties(): string {
    return Object.entries(this.record)
      .filter(([key]) => !SECRETS.has(key))
      .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
      .join('\n');
  }

  /**
   * Merges an event about this object. Nested values are replaced as a whole, so missing ECC variables are removed, and
   * so are numbered items beyond their new count. Internal: called by the session.
   */
  merge(args: Args): void {
    this.#known = properties.merged(this.#known, args);
    if (args.NumSkillGroups !== undefined) this.#forgetBeyond('SkillGroup', args.NumSkillGroups);
    if (args.NumParties !== undefined) this.#forgetBeyond('ConnectedParty', args.NumParties);
  }

  /** Merges only these keywords. Internal: called by the session. */
  mergeOnly(args: Args, keywords: readonly string[]): void {
    const news: Args = {};
    for (const key of keywords) {
      const value = args[key];
      if (value !== undefined) news[key] = value;
    }
    this.#known = properties.merged(this.#known, news);
  }

  /** Removes a property that is no longer true. Internal: called by the session. */
  forget(keyword: string): void {
    if (!(keyword in this.record)) return;
    const { [keyword]: _, ...rest } = this.record;
    this.record = rest;
  }

  /**
   * An event has reported the object's state. Internal: called by the session, after `merge`.
   * @param before the state before the event
   */
  noteState(keyword: 'AgentState' | 'CallStatus', before: ArgValue | undefined, args: Args, moment: Moment): void {
    const state = args[keyword];
    if (state === undefined) return;
    const duration = toInteger(args.StateDuration, 'UINT');
    this.#stateSince = stateSinceAfter(this.#stateSince, state !== before, moment, duration);
  }

  /** The link was lost before `moment`. Internal: called by the session. */
  noteGap(from: number, moment: Moment): void {
    const since = this.#stateSince;
    if (since !== undefined && since.reportedAt < from) this.#stateSince = stateSinceUnseen(since, moment);
  }

  #forgetBeyond(stem: string, told: ArgValue): void {
    const count = toInteger(told, 'UINT');
    if (count === undefined || !(`${stem}[${count + 1}]` in this.record)) return;
    const record = { ...this.record };
    for (let index = count + 1; `${stem}[${index}]` in record; index++) delete record[`${stem}[${index}]`];
    this.record = { ...record };
  }
}

/** The spelling of a keyword in a record. */
function spellingIn(record: Readonly<Args>, keyword: string): string | undefined {
  const wanted = keyword.trim();
  if (wanted in record) return wanted;
  const folded = wanted.toLowerCase();
  for (const key in record) if (key.toLowerCase() === folded) return key;
  return undefined;
}

function lookUp(record: Readonly<Args> | ArgValue | undefined, keyword: string): ArgValue | undefined {
  if (typeof record !== 'object') return undefined;
  const key = spellingIn(record, keyword);
  return key === undefined ? undefined : record[key];
}
