/**
 * What a value may be, offered while typing: from the live session where there is one, from the vocabulary where it is
 * an enumeration. Nothing has to be chosen: whatever is typed is taken.
 */
import { enumValues } from '../../src/ctios/enums/index.js';
import { keywordByName } from '../../src/ctios/keyword-lookup.js';
import { objects, type Row } from './api.js';

type Search = (value: string, done: (found: Completion[]) => void) => void;

interface Picker {
  readonly list: 'agents' | 'calls' | 'skillgroups';
  readonly value: (row: Row) => string;
  readonly label: (row: Row) => string;
}

const join = (...parts: (string | number | boolean | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
const agentName = (row: Row): string =>
  String(row.AgentName ?? [row.AgentFirstName, row.AgentLastName].filter((part) => part !== undefined).join(' '));

const agentBy = (key: string): Picker => ({
  list: 'agents',
  value: (row) => String(row[key] ?? ''),
  label: (row) => join(row[key], agentName(row), key === 'AgentID' ? row.AgentInstrument : row.AgentID),
});
const callBy = (key: string): Picker => ({
  list: 'calls',
  value: (row) => String(row[key] ?? ''),
  label: (row) => join(row[key], row.ANI, row.DialedNumber),
});
const skillGroupBy = (key: string): Picker => ({
  list: 'skillgroups',
  value: (row) => String(row[key] ?? ''),
  label: (row) => join(row[key], row.SkillGroupName),
});

/** Which keywords have live values, and where these come from. */
const pickers: Readonly<Record<string, Picker>> = {
  AgentID: agentBy('AgentID'),
  AgentInstrument: agentBy('AgentInstrument'),
  AgentExtension: agentBy('AgentExtension'),
  AgentReference: agentBy('UniqueObjectID'),
  SupervisorID: agentBy('AgentID'),
  CallReference: callBy('UniqueObjectID'),
  CallReferenceObjectID: callBy('UniqueObjectID'),
  UniqueObjectID: callBy('UniqueObjectID'),
  ANI: callBy('ANI'),
  DNIS: callBy('DNIS'),
  DialedNumber: callBy('DialedNumber'),
  SkillGroupNumber: skillGroupBy('SkillGroupNumber'),
};

/** Values of a keyword, for an input that completes what is typed. `session` is asked each time: it may change. */
export function valuesOf(keyword: () => string, session: () => string): Search {
  return (typed, done) => {
    const known = keywordByName(keyword());
    if (known?.enum !== undefined) {
      done(
        matching(
          typed,
          enumValues(known.enum).map(({ word, value, meaning }) => [word, join(word, value, meaning)]),
        ),
      );
      return;
    }
    const picker = known === undefined ? undefined : pickers[known.keyword];
    if (picker === undefined) done([]);
    else void live(picker, session(), typed).then(done);
  };
}

/** UniqueObjectIDs or, for agents, agent IDs: for the field that names an object. */
export function objectsOf(kind: () => 'Call' | 'Agent' | 'SkillGroup', session: () => string): Search {
  const by = { Call: callBy('UniqueObjectID'), Agent: agentBy('AgentID'), SkillGroup: skillGroupBy('UniqueObjectID') };
  return (typed, done) => void live(by[kind()], session(), typed).then(done);
}

async function live(picker: Picker, session: string, typed: string): Promise<Completion[]> {
  if (session === '' || session === '_ADD_') return [];
  try {
    const { rows } = await objects(session, picker.list, typed.slice(typed.lastIndexOf(',') + 1).trim());
    const seen = new Map<string, string>();
    for (const row of rows) {
      const value = picker.value(row);
      if (value !== '' && !seen.has(value)) seen.set(value, picker.label(row));
    }
    return matching(typed, [...seen]);
  } catch {
    // Not deployed yet, or no permission: the value can still be typed.
    return [];
  }
}

/** The last of several values separated by commas is the one being typed. */
function matching(typed: string, found: readonly (readonly [value: string, label: string])[]): Completion[] {
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
