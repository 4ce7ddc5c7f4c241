import { CtiosError } from './ctios-error.js';
import { eventById, eventByName } from './events/index.js';
import { keywordByName, nearestKeyword } from './keyword-lookup.js';
import type { Args, ArgValue } from './transport.js';

/**
 * Message filters of monitor mode: `key=value[,value...][;key=value...]`. Any of the values of a key must match, and
 * all keys must match. `*` matches any value, `31*` matches values that start with 31; text after a `*` is ignored.
 * Blanks around keys and values are ignored. A key that an event does not carry does not match.
 *
 * Compiled once, run per event and session: nothing is parsed, split or lowercased when an event arrives.
 */
export interface Filter {
  /** The text of the filter, unchanged. */
  readonly text: string;
  /** Whether the event matches. `MessageID` compares with the event's number, other keys with its arguments. */
  matches(eventId: number, args: Args): boolean;
  /** The numbers listed by `MessageID`; undefined if the filter lists none, or uses a `*`. */
  readonly eventIds: ReadonlySet<number> | undefined;
  /** `FilterTarget=SkillGroupStats`: skill group statistics are sent even if no agent is logged in. */
  readonly skillGroupStatistics: boolean;
  /** `HideSilentMonitorCalls`: events of silent monitor calls are omitted. */
  readonly hideSilentMonitorCalls: boolean;
  /** The filter has no condition: every event matches. */
  readonly everything: boolean;
  /** Events named by the filter that monitor mode cannot receive: listed for a warning. */
  readonly ignored: readonly string[];
  /** Values with text after a `*`, which is ignored: listed for a warning. */
  readonly discarded: readonly string[];
}

type Test = (eventId: number, args: Args) => boolean;

interface Value {
  /** The text before the `*`. */
  text: string;
  written: string;
  wild: boolean;
  /** Its position in the filter, from 0. */
  at: number;
}

interface Term {
  key: string;
  at: number;
  values: Value[];
}

const STATISTICS_TARGETS = new Set(['skillgroupstats', 'eonnewskillgroupstatisticsevent', '536871027']);
const HIDE_KEYS = new Set(['hidesilentmonitorcalls', 'hidesilentmonitorcallevents']);

/**
 * @param text the filter; blank: every event
 * @throws CtiosError `CTIOS_INVALID_FILTER`, with the position of the character in `cause.position`, counted from 0
 */
export function parseFilter(text: string): Filter {
  const tests: Test[] = [];
  const ignored: string[] = [];
  const discarded: string[] = [];
  let eventIds: Set<number> | undefined;
  let skillGroupStatistics = false;
  let hideSilentMonitorCalls = false;

  for (const term of termsOf(text)) {
    const key = term.key.toLowerCase();
    for (const { written, text: beginning, wild } of term.values) {
      if (wild && written.length > beginning.length + 1) discarded.push(written);
    }
    if (HIDE_KEYS.has(key)) {
      hideSilentMonitorCalls = true;
    } else if (key === 'messageid') {
      const chosen = chooseEvents(text, term, ignored);
      tests.push(chosen.test);
      // With two MessageID terms, both must match; either set can be used to look events up.
      eventIds = eventIds ?? chosen.ids;
    } else if (
      key === 'filtertarget' &&
      term.values.some((value) => STATISTICS_TARGETS.has(value.text.toLowerCase()))
    ) {
      skillGroupStatistics = true;
      tests.push(isSkillGroupStatistics);
    } else {
      tests.push(valueTest(term));
    }
  }

  return {
    text,
    matches: allOf(tests),
    eventIds,
    skillGroupStatistics,
    hideSilentMonitorCalls,
    everything: tests.length === 0,
    ignored,
    discarded,
  };
}

function allOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (tests.length === 2) return (eventId, args) => first(eventId, args) && second(eventId, args);
  return (eventId, args) => tests.every((test) => test(eventId, args));
}

/** Parses the filter character by character, so that an error can name the position. */
function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  const end = text.length;

  const upTo = (stops: string): { text: string; at: number } => {
    const start = at;
    while (at < end && !stops.includes(text[at]!)) at++;
    const raw = text.slice(start, at);
    const leading = raw.length - raw.trimStart().length;
    return { text: raw.trim(), at: start + leading };
  };

  const readValue = (key: string): Term['values'][number] => {
    const value = upTo(',;=');
    if (text[at] === '=') throw filterError(text, at, `";" is missing between "${value.text}" and what it follows`);
    if (value.text === '') throw filterError(text, at, `a value is missing after "${key}"`);
    const star = value.text.indexOf('*');
    const written = value.text;
    return { text: star < 0 ? written : written.slice(0, star), written, wild: star >= 0, at: value.at };
  };

  while (at < end) {
    const key = upTo('=;,');
    const stop = text[at];
    if (key.text === '' && stop === undefined) break;
    if (key.text === '') throw filterError(text, at, `a keyword is missing before "${stop}"`);
    if (stop === ',') throw filterError(text, at, `"=" is missing after "${key.text}"`);
    if (stop === '=') {
      const term: Term = { key: spelled(text, key), at: key.at, values: [] };
      do {
        at++;
        term.values.push(readValue(term.key));
      } while (text[at] === ',');
      terms.push(term);
    } else {
      // The guide shows one keyword without a value.
      if (!HIDE_KEYS.has(key.text.toLowerCase())) {
        throw filterError(text, at, `"=" and a value are missing after "${key.text}"`);
      }
      terms.push({ key: key.text, at: key.at, values: [] });
    }
    at++;
  }
  return terms;
}

/** The key in the spelling of the vocabulary. Names with a dot are ECC variables. */
function spelled(text: string, key: { text: string; at: number }): string {
  if (HIDE_KEYS.has(key.text.toLowerCase()) || key.text.includes('.')) return key.text;
  const known = keywordByName(key.text);
  if (known !== undefined) return known.keyword;
  const nearest = nearestKeyword(key.text);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw filterError(text, key.at, `"${key.text}" is not a keyword${hint}`);
}

function chooseEvents(text: string, term: Term, ignored: string[]): { test: Test; ids: Set<number> | undefined } {
  const ids = new Set<number>();
  const prefixes: string[] = [];
  for (const value of term.values) {
    if (value.wild) {
      if (value.text !== '' && !/^\d+$/.test(value.text)) {
        throw filterError(text, value.at, `"${value.text}*" is not the beginning of an event number`);
      }
      prefixes.push(value.text);
      continue;
    }
    const number = Number(value.text);
    const event = /^\d+$/.test(value.text) ? eventById(number) : eventByName(value.text);
    if (event === undefined && !/^\d+$/.test(value.text)) {
      throw filterError(text, value.at, `"${value.text}" is not the number or the name of an event`);
    }
    if (event !== undefined && !event.monitorMode) ignored.push(event.name);
    else ids.add(event?.eventId ?? number);
  }
  if (ids.size === 0 && prefixes.length === 0) {
    const names = ignored.join(', ');
    throw filterError(text, term.at, `monitor mode cannot have these events, and no other is named: ${names}`);
  }
  if (prefixes.includes('')) return { test: () => true, ids: undefined };
  if (prefixes.length === 0) return { test: (eventId) => ids.has(eventId), ids };
  return {
    test: (eventId) => ids.has(eventId) || prefixes.some((prefix) => String(eventId).startsWith(prefix)),
    ids: undefined,
  };
}

function isSkillGroupStatistics(eventId: number): boolean {
  return eventId === SKILL_GROUP_STATISTICS || eventId === SKILL_INFO;
}
const SKILL_GROUP_STATISTICS = eventByName('OnSkillGroupStatisticsUpdated')!.eventId;
const SKILL_INFO = eventByName('OnSkillInfoEvent')!.eventId;

/** Values are compared as texts: numbers and names share one syntax. */
function valueTest(term: Term): Test {
  const read = term.key.includes('.') ? eccReader(term.key) : (args: Args) => args[term.key];
  if (term.values.some((value) => value.wild && value.text === '')) {
    return (_eventId, args) => read(args) !== undefined;
  }
  const exact = new Set(term.values.filter((value) => !value.wild).map((value) => value.text));
  const prefixes = term.values.filter((value) => value.wild).map((value) => value.text);
  return (_eventId, args) => {
    const value = read(args);
    if (value === undefined || typeof value === 'object') return false;
    const text = typeof value === 'string' ? value : String(value);
    if (exact.has(text)) return true;
    for (const prefix of prefixes) if (text.startsWith(prefix)) return true;
    return false;
  };
}

/** ECC variables keep the site's own spelling, so their names are compared case-insensitively. */
function eccReader(name: string): (args: Args) => ArgValue | undefined {
  const folded = name.toLowerCase();
  const find = (args: Args): ArgValue | undefined => {
    for (const key in args) if (key.toLowerCase() === folded) return args[key];
    return undefined;
  };
  return (args) => {
    const nested = args.ECC;
    return (typeof nested === 'object' ? find(nested) : undefined) ?? find(args);
  };
}

/** Names the position, and shows the character with its surroundings. */
function filterError(text: string, position: number, problem: string): CtiosError {
  const shown = ` (…${text.slice(Math.max(0, position - 12), position)}▸${text.slice(position, position + 12)}…)`;
  return new CtiosError('CTIOS_INVALID_FILTER', `Message filter, character ${position + 1}: ${problem}${shown}`, {
    position,
  });
}
