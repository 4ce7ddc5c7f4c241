/** Selects the range of a list that a sidebar shows. */
import type { Agent, SessionApi } from '../../src/cil/index.js';
import { toText } from '../../src/ctios/values.js';
import { agentRow, callRow, eventRow, type Seen, skillGroupRow, staffOf } from './rows.js';
import { type ListName, type ListView, MAX_ROWS, type Row, type ViewQuery } from './view.js';

/** A list before its rows are made: how many there are, and how to make each. */
interface Source {
  readonly length: number;
  row(index: number): Row;
}

const sources: Readonly<Record<ListName, (session: SessionApi, seen: Seen) => Source>> = {
  agents(session, seen) {
    const agents = inOrder(session.agents);
    return { length: agents.length, row: (index) => agentRow(agents[index]!, seen) };
  },
  /** The newest first. */
  calls(session, seen) {
    const calls = [...session.calls.values()].reverse();
    return { length: calls.length, row: (index) => callRow(calls[index]!, seen) };
  },
  skillgroups(session, seen) {
    const groups = [...session.skillGroups.values()].sort(
      (one, other) => Number(one.properties().SkillGroupNumber) - Number(other.properties().SkillGroupNumber),
    );
    const staff = staffOf(session.agents.values());
    return { length: groups.length, row: (index) => skillGroupRow(groups[index]!, seen, staff) };
  },
  /** The newest first. */
  events(session, seen) {
    const events = [...session.history].reverse();
    return { length: events.length, row: (index) => eventRow(events[index]!, seen) };
  },
};

export function pageOf(session: SessionApi, seen: Seen, query: ViewQuery): ListView {
  const source = sources[query.list](session, seen);
  const limit = Math.min(query.limit, MAX_ROWS);
  const matches = matcherOf(query.filter);
  const matching: Row[] | undefined = matches === undefined ? undefined : [];
  for (let index = 0; matching !== undefined && index < source.length; index++) {
    const row = source.row(index);
    if (matches!(row)) matching.push(row);
  }
  const total = matching?.length ?? source.length;
  // A list that has become shorter is shown from its last page, not as an empty one.
  const offset = Math.max(0, Math.min(query.offset, total - limit));
  const rows: Row[] = [];
  for (let index = offset; index < Math.min(offset + limit, total); index++) {
    rows.push(matching?.[index] ?? source.row(index));
  }
  return { session: query.session ?? '', name: query.list, total, offset, rows };
}

/** Columns that are useless for a search. */
const UNSEARCHED: ReadonlySet<string> = new Set(['kind', 'since', 'atLeast', 'time', 'recovered']);

/** @returns undefined for a filter that passes everything */
function matcherOf(filter: string): ((row: Row) => boolean) | undefined {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .map((each) => each.split('|').filter((choice) => choice !== ''))
    .filter((choices) => choices.length > 0);
  if (words.length === 0) return undefined;
  return (row) => {
    // Thousands of rows, twice a second, in the same thread as the flows: no temporary arrays.
    let text = '';
    for (const key in row) if (!UNSEARCHED.has(key)) text += `${row[key as keyof Row]} `;
    text = text.toLowerCase();
    return words.every((choices) => choices.some((choice) => text.includes(choice)));
  };
}

/** The last order of a map of agents, cached: sorting thousands twice a second would be wasted work. */
const orders = new WeakMap<ReadonlyMap<string, Agent>, readonly Agent[]>();

/** The agents by peripheral and number, the order in which users look for them. */
function inOrder(agents: ReadonlyMap<string, Agent>): readonly Agent[] {
  const known = orders.get(agents);
  if (known?.length === agents.size && known.every((agent) => agents.get(agent.uniqueObjectID) === agent)) return known;
  const keyed = [...agents.values()].map((agent) => {
    const { PeripheralID, AgentID } = agent.properties();
    const number = Number(toText(AgentID));
    return { agent, peripheral: Number(toText(PeripheralID) ?? 0), number: Number.isNaN(number) ? Infinity : number };
  });
  keyed.sort(
    (one, other) =>
      one.peripheral - other.peripheral ||
      (one.number === other.number ? 0 : one.number - other.number) ||
      (one.agent.uniqueObjectID < other.agent.uniqueObjectID ? -1 : 1),
  );
  const order = keyed.map(({ agent }) => agent);
  orders.set(agents, order);
  return order;
}
