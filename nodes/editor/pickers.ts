/**
 * What a value may be, offered while typing: from the live session where there is one, from the vocabulary where it is
 * an enumeration. Nothing has to be chosen: whatever is typed is taken. Where there is nothing to offer although there
 * could be, the list says why.
 */
import { enumValues } from '../../src/ctios/enums/index.js';
import { keywordByName } from '../../src/ctios/keyword-lookup.js';
import { MASKED } from '../../src/ctios/mask.js';
import { choices, type ListName, objects, Refusal, type Row, type SiteChoices } from './api.js';
import { sessionHints } from './session-choice.js';
import { text } from './text.js';
import { meaningOfValue } from './words.js';

export type Search = (value: string, done: (found: Completion[]) => void) => void;
type Found = readonly (readonly [value: string, label: string])[];

/** What the dialog knows of the row that a value is for. All are asked at each look: they may have changed. */
export interface ValueContext {
  readonly session: () => string;
  /** The change of state that a reason is for; undefined: any. */
  readonly reasonFor?: () => string | undefined;
}

/** Where the values of a keyword come from, and how they look. */
interface Picker {
  find(session: string, typed: string, context: ValueContext): Promise<Found>;
}

const join = (...parts: (string | number | boolean | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
const agentName = (row: Row): string =>
  String(row.AgentName ?? [row.AgentFirstName, row.AgentLastName].filter((part) => part !== undefined).join(' '));

function rowsBy(list: ListName, key: string, label: (row: Row) => string): Picker {
  return {
    async find(session, typed) {
      const { rows, phase } = await objects(session, list, typed, sessionHints(session));
      if (rows.length === 0 && phase !== 'ready') throw new Error(text('picker.notConnected'));
      const found = new Map<string, string>();
      for (const row of rows) {
        const value = String(row[key] ?? '');
        if (value !== '' && value !== MASKED && !found.has(value)) found.set(value, label(row));
      }
      return [...found];
    },
  };
}

const agentBy = (key: string): Picker =>
  rowsBy('agents', key, (row) => join(row[key], agentName(row), key === 'AgentID' ? row.AgentInstrument : row.AgentID));
const callBy = (key: string): Picker => rowsBy('calls', key, (row) => join(row[key], row.ANI, row.DialedNumber));
const skillGroupBy = (key: string): Picker => rowsBy('skillgroups', key, (row) => join(row[key], row.SkillGroupName));

/** What the site has lists of; `context` narrows them. */
const siteBy = (found: (site: SiteChoices, context: ValueContext) => Found): Picker => ({
  find: async (session, _, context) => found(await choices(session, sessionHints(session)), context),
});

/** First what the first offers. One that has nothing is no reason to hide what the other has. */
function both(one: Picker, other: Picker): Picker {
  return {
    async find(session, typed, context) {
      const [first, second] = await Promise.allSettled([
        one.find(session, typed, context),
        other.find(session, typed, context),
      ]);
      if (first.status === 'rejected' && second.status === 'rejected') throw first.reason;
      const found = new Map<string, string>();
      for (const each of [first, second]) {
        if (each.status === 'fulfilled')
          for (const [value, label] of each.value) if (!found.has(value)) found.set(value, label);
      }
      return [...found];
    },
  };
}

const reasons = siteBy(({ reasons: all }, { reasonFor }) => {
  const wanted = reasonFor?.();
  return all
    .filter(({ state }) => wanted === undefined || state === wanted)
    .map(({ code, state, text: said }) => [
      String(code),
      join(code, said ?? text('picker.seen'), wanted === undefined ? meaningOfState(state) : undefined),
    ]);
});
const meaningOfState = (state: string): string => meaningOfValue('AgentState', state) ?? state;

const dialedNumbers = both(
  siteBy(({ dialedNumbers: all }) => all.map(({ number, name }) => [number, join(number, name)])),
  callBy('DialedNumber'),
);

/** Which keywords have live values, and where these come from. */
const pickers: Readonly<Record<string, Picker>> = {
  AgentID: agentBy('AgentID'),
  AgentInstrument: agentBy('AgentInstrument'),
  AgentExtension: agentBy('AgentExtension'),
  AgentReference: agentBy('UniqueObjectID'),
  SupervisorID: agentBy('AgentID'),
  Target: agentBy('AgentID'),
  CallReference: callBy('UniqueObjectID'),
  CallReferenceObjectID: callBy('UniqueObjectID'),
  UniqueObjectID: callBy('UniqueObjectID'),
  ConnectionCallID: callBy('ConnectionCallID'),
  ANI: callBy('ANI'),
  DNIS: callBy('DNIS'),
  DialedNumber: dialedNumbers,
  SkillGroupNumber: skillGroupBy('SkillGroupNumber'),
  EventReasonCode: reasons,
  CallWrapupData: siteBy(({ wrapups }) => wrapups.map((each) => [each, each])),
};

/** Values of a keyword, for an input that completes what is typed. */
export function valuesOf(keyword: () => string, context: ValueContext): Search {
  return (typed, done) => {
    const known = keywordByName(keyword());
    const name = known?.enum;
    if (name !== undefined) {
      done(
        matching(
          typed,
          enumValues(name).map(({ word, value }) => [word, join(word, value, meaningOfValue(name, word))]),
        ),
      );
      return;
    }
    const picker = known === undefined ? undefined : pickers[known.keyword];
    if (picker === undefined) done([]);
    else void live(picker, context, typed).then(done);
  };
}

/** What else may name an object. */
export const OBJECT_TYPES = ['msg', 'flow', 'global', 'env', 'jsonata'] as const;

/** UniqueObjectIDs or, for agents, agent IDs: for the field that names an object. */
export function objectsOf(kind: () => 'Call' | 'Agent' | 'SkillGroup', session: () => string): Search {
  const by = { Call: callBy('UniqueObjectID'), Agent: agentBy('AgentID'), SkillGroup: skillGroupBy('UniqueObjectID') };
  return (typed, done) => void live(by[kind()], { session }, typed).then(done);
}

async function live(picker: Picker, context: ValueContext, typed: string): Promise<Completion[]> {
  const session = context.session();
  if (session === '' || session === '_ADD_') return [remark(typed, text('picker.noSession'))];
  try {
    return matching(typed, await picker.find(session, typed.slice(typed.lastIndexOf(',') + 1).trim(), context));
  } catch (error) {
    return [remark(typed, whyNothing(error))];
  }
}

/** Why there is nothing to offer; the value can still be typed. */
function whyNothing(error: unknown): string {
  if (!(error instanceof Refusal)) return (error as Error).message;
  if (error.status === 404) return text('picker.notDeployed');
  return error.status === 401 || error.status === 403 ? text('picker.notAllowed') : error.message;
}

/** Something to read, not to choose: choosing it leaves what was typed. */
function remark(typed: string, words: string): Completion {
  return { value: typed, label: $('<span class="ctios-about">').text(words) };
}

/** The last of several values separated by commas is the one being typed. */
function matching(typed: string, found: Found): Completion[] {
  const comma = typed.lastIndexOf(',');
  const before = comma < 0 ? '' : `${typed.slice(0, comma + 1)} `;
  const wanted = typed
    .slice(comma + 1)
    .trim()
    .toLowerCase();
  return found
    .filter(([, label]) => label.toLowerCase().includes(wanted))
    .slice(0, 50)
    .map(([value, label]) => ({ value: before + value, label: $('<span>').text(label) }));
}
