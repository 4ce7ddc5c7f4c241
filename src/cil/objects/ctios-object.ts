/**
 * What Session, Agent, Call and SkillGroup have in common: a record of properties under CTI OS keywords, kept up to
 * date from events, and the guide's ways to read it. Source: CTI OS Developer Guide, "CtiOs Object".
 */
import { RecordMerger, RecordSnapshot } from '../../common/record-merger.js';
import { type ArgTypeName, Arguments } from '../../ctios/index.js';
import type { Args, ArgValue } from '../../ctios/transport.js';
import { asNumber, toBoolean, toInteger, toText } from '../../ctios/values.js';
import { EVENT_ONLY_KEYWORDS } from './object-effects.js';

/** Arguments that are about the event stay out of the object. */
const properties = new RecordMerger(EVENT_ONLY_KEYWORDS);

/** Never in a dump. */
const SECRETS: ReadonlySet<string> = new Set(['AgentPassword', 'MonitorModePassword']);

export class CtiosObject {
  #known = new RecordSnapshot<ArgValue>({});

  /** What is known; replaced as a whole when something becomes known, never changed. */
  protected get record(): Readonly<Args> {
    return this.#known.record;
  }

  protected set record(record: Readonly<Args>) {
    this.#known = new RecordSnapshot(record);
  }

  /**
   * The merged properties, brought up to date by the session before an event's listeners run: as they are now, not as
   * later events make them. Shared by all who ask: not to be changed.
   */
  properties(): Readonly<Args> {
    return this.#known.record;
  }

  /** Missing only on the session's own agent, until the server has named it, and on the session itself. */
  get uniqueObjectID(): string {
    return this.record.UniqueObjectID as string;
  }

  /** Keywords are found whatever their case, as in Arguments; ECC variables also by their own name ("user.Name"). */
  getValue(keyword: string): ArgValue | undefined {
    return this.record[keyword] ?? lookUp(this.record, keyword) ?? lookUp(this.record.ECC, keyword);
  }

  // Typed reads convert where the text parses and are undefined where there is nothing to read or it does not.

  getValueInt(keyword: string): number | undefined {
    return toInteger(this.getValue(keyword), 'INT');
  }

  getValueUInt(keyword: string): number | undefined {
    return toInteger(this.getValue(keyword), 'UINT');
  }

  getValueShort(keyword: string): number | undefined {
    return toInteger(this.getValue(keyword), 'SHORT');
  }

  getValueUShort(keyword: string): number | undefined {
    return toInteger(this.getValue(keyword), 'USHORT');
  }

  getValueBool(keyword: string): boolean | undefined {
    return toBoolean(this.getValue(keyword));
  }

  getValueString(keyword: string): string | undefined {
    return toText(this.getValue(keyword));
  }

  /** A copy. */
  getValueArray(keyword: string): Arguments | undefined {
    const value = this.getValue(keyword);
    return typeof value === 'object' ? new Arguments(value) : undefined;
  }

  /** An element of an array property, counted as its keyword counts: `SkillGroup` from 1, ECC arrays from 0. */
  getElement(keyword: string, element: number): ArgValue | undefined {
    const array = this.getValue(keyword);
    return typeof array === 'object' ? array[element] : this.getValue(`${keyword.trim()}[${element}]`);
  }

  isValid(keyword: string): boolean {
    return this.getValue(keyword) !== undefined;
  }

  /** A property of the application's own, or one the next event overwrites; nothing is sent. */
  setValue(keyword: string, value: ArgValue): void {
    this.record = { ...this.record, [spellingIn(this.record, keyword) ?? keyword.trim()]: value };
  }

  getAllProperties(): Arguments {
    return new Arguments(this.record);
  }

  getNumProperties(): number {
    return Object.keys(this.record).length;
  }

  /** @param index from 1; the order is that in which the properties became known */
  getPropertyName(index: number): string | undefined {
    return Object.keys(this.record)[index - 1];
  }

  getPropertyType(keyword: string): ArgTypeName {
    const value = this.getValue(keyword);
    return value === undefined ? 'ARG_NOTSET' : new Arguments([['value', value]]).getElementArgType(1);
  }

  /** For a log: one property per line, passwords left out. */
  dumpProperties(): string {
    return Object.entries(this.record)
      .filter(([key]) => !SECRETS.has(key))
      .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
      .join('\n');
  }

  /**
   * Takes over what an event says about this object. Nested values are replaced as a whole, so ECC variables that are
   * missing are gone; numbered items beyond their new count likewise. For the session alone.
   */
  merge(args: Args): void {
    this.#known = properties.merged(this.#known, args);
    if (args.NumSkillGroups !== undefined) this.#forgetBeyond('SkillGroup', asNumber(args.NumSkillGroups));
    if (args.NumParties !== undefined) this.#forgetBeyond('ConnectedParty', asNumber(args.NumParties));
  }

  /** Takes over these keywords only. For the session alone. */
  mergeOnly(args: Args, keywords: readonly string[]): void {
    const news: Args = {};
    for (const key of keywords) {
      const value = args[key];
      if (value !== undefined) news[key] = value;
    }
    this.#known = properties.merged(this.#known, news);
  }

  #forgetBeyond(stem: string, count: number): void {
    if (!(`${stem}[${count + 1}]` in this.record)) return;
    const record = { ...this.record };
    for (let index = count + 1; `${stem}[${index}]` in record; index++) delete record[`${stem}[${index}]`];
    this.record = { ...record };
  }
}

/** The spelling under which a record has a keyword. */
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
