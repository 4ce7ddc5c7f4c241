/**
 * Suggestions for values: from the live session if there is one, from the vocabulary for an enumeration. Any other text
 * can be entered, too. If there are no suggestions although there could be, the list gives the reason.
 */
import { enumValues } from '../../../src/ctios/enums/index.js';
import { keywordByName } from '../../../src/ctios/keyword-lookup.js';
import { MASKED } from '../../../src/ctios/mask.js';
import type { ObjectProperties, SiteChoices } from '../../admin/view.js';
import { choices, type ListName, objects, Refusal } from '../api.js';
import { text } from '../text.js';
import { meaningOfValue } from '../words.js';
import { sessionHints } from './session-choice.js';

export type Search = (value: string, done: (found: Completion[]) => void) => void;
type Found = readonly (readonly [value: string, label: string])[];

/** The dialog's knowledge about the row of a value. Called each time, because it may have changed. */
export interface ValueContext {
  readonly session: () => string;
  /** The state change that a reason is for; undefined: any. */
  readonly reasonFor?: () => string | undefined;
}

/** Where the values of a keyword come from, and how they are displayed. */
interface Picker {
  find(session: string, typed: string, context: ValueContext): Promise<Found>;
}

const join = (...parts: (string | number | boolean | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
const agentName = (row: ObjectProperties): string =>
  String(row.AgentName ?? [row.AgentFirstName, row.AgentLastName].filter((part) => part !== undefined).join(' '));

function rowsBy(list: ListName, key: string, label: (row: ObjectProperties) => string): Picker {
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

/** The site's lists; `context` narrows them. */
const siteBy = (found: (site: SiteChoices, context: ValueContext) => Found): Picker => ({
  find: async (session, _, context) => found(await choices(session, sessionHints(session)), context),
});

/** The first source's values come first. A source without values does not hide those of the other. */
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
  TeamID: siteBy(({ teams }) =>
    teams.map(({ id, agents }) => [id, join(id, text('picker.inTeam', { count: agents }))]),
  ),
  SkillGroupNumber: skillGroupBy('SkillGroupNumber'),
  EventReasonCode: reasons,
  CallWrapupData: siteBy(({ wrapups }) => wrapups.map((each) => [each, each])),
};

/** Values of a keyword, for an input with completion. */
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

/** Other ways to name an object. */
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

/** The reason why there are no suggestions; the value can still be entered. */
function whyNothing(error: unknown): string {
  if (!(error instanceof Refusal)) return (error as Error).message;
  if (error.status === 404) return text('picker.notDeployed');
  return error.status === 401 || error.status === 403 ? text('picker.notAllowed') : error.message;
}

/** An entry to read only: selecting it keeps the text. */
function remark(typed: string, words: string): Completion {
  return { value: typed, label: $('<span class="ctios-about">').text(words) };
}

/** The last of several values separated by commas is the one being entered. */
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
