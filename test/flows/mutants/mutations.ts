/**
 * Mutants of a flow: copies with one mistake each, as people make them in the editor. A wire is cut or goes elsewhere, a filter is
 * empty, a field is misspelled, an event is another one. A flow test that is worth something fails with each of them.
 */

import type { SavedNode } from '../../../src/testing/index.js';
import { otherThan } from './vocabulary.js';

export interface Mutant {
  /** For people: `"the cards": wire to "look-up" cut` */
  readonly what: string;
  readonly flow: readonly SavedNode[];
}

/** One change of one node. */
interface Change {
  readonly node: SavedNode;
  readonly what: string;
  readonly to: Readonly<Record<string, unknown>>;
  /** The other end of a link. */
  readonly also?: { readonly id: string; readonly to: Readonly<Record<string, unknown>> };
}

export function mutantsOf(flow: readonly SavedNode[]): Mutant[] {
  const changes = flow
    .filter(({ type }) => !['tab', 'group', 'comment'].includes(type))
    .flatMap((node) => [
      ...cutWires(node, flow),
      ...movedWires(node, flow),
      ...cutLinks(node, flow),
      ...emptiedFilters(node),
      ...misspelledFields(node),
      ...misspelledCode(node),
      ...swappedWords(node),
    ]);
  return changes.map(({ node, what, to, also }) => ({
    what: `"${node.name || node.type}": ${what}`,
    flow: flow.map((each) => {
      if (each === node) return { ...each, ...to };
      return each.id === also?.id ? { ...each, ...also.to } : each;
    }),
  }));
}

const nameOf = (id: string, flow: readonly SavedNode[]): string => flow.find((each) => each.id === id)?.name || id;

function wiresOf({ wires = [] }: SavedNode): Array<{ output: number; place: number; to: string }> {
  return wires.flatMap((targets, output) => targets.map((to, place) => ({ output, place, to })));
}

function cutWires(node: SavedNode, flow: readonly SavedNode[]): Change[] {
  return wiresOf(node).map(({ output, place, to }) => ({
    node,
    what: `wire to "${nameOf(to, flow)}" cut`,
    to: { wires: node.wires!.map((targets, index) => (index === output ? targets.toSpliced(place, 1) : targets)) },
  }));
}

/** To the next output of the same node, or from the node's only one to another node. */
function movedWires(node: SavedNode, flow: readonly SavedNode[]): Change[] {
  const wires = node.wires ?? [];
  return wiresOf(node).flatMap(({ output, place, to }) => {
    const next = (output + 1) % wires.length;
    if (next !== output) {
      if (wires[next]!.includes(to)) return [];
      const moved = wires.map((targets, index) => {
        if (index === output) return targets.toSpliced(place, 1);
        return index === next ? [...targets, to] : targets;
      });
      return [{ node, what: `wire to "${nameOf(to, flow)}" moved to output ${next + 1}`, to: { wires: moved } }];
    }
    const other = neighbor(to, node, flow);
    if (other === undefined) return [];
    const moved = wires.map((targets) => targets.map((each) => (each === to ? other : each)));
    return [{ node, what: `wire to "${nameOf(to, flow)}" goes to "${nameOf(other, flow)}"`, to: { wires: moved } }];
  });
}

/** The next node of the flow behind `to` that has an input, where the wire does not go yet, and that leads somewhere else. */
function neighbor(to: string, from: SavedNode, flow: readonly SavedNode[]): string | undefined {
  const receiving = flow.filter(({ id }) => flow.some((each) => wiresOf(each).some((wire) => wire.to === id)));
  const at = receiving.findIndex(({ id }) => id === to);
  const order = [...receiving.slice(at + 1), ...receiving.slice(0, at)];
  const end = leadsTo(to, flow);
  return order.find(
    ({ id }) =>
      id !== from.id && !wiresOf(from).some((wire) => wire.to === id) && leadsTo(id, flow).join() !== end.join(),
  )?.id;
}

/** The node itself, or the nodes at the other end of a link: a wire there is the same flow, drawn in another way. */
function leadsTo(id: string, flow: readonly SavedNode[]): string[] {
  const { type, links } = flow.find((each) => each.id === id)!;
  if (type !== 'link out') return [id];
  const ends = flow.filter((each) => (links as string[]).includes(each.id));
  return ends.flatMap((each) => wiresOf(each).map((wire) => wire.to)).sort();
}

function cutLinks(node: SavedNode, flow: readonly SavedNode[]): Change[] {
  if (node.type !== 'link out') return [];
  const without = (links: unknown, id: string) => (links as string[]).filter((each) => each !== id);
  return (node.links as string[]).map((to) => ({
    node,
    what: `link to "${nameOf(to, flow)}" cut`,
    to: { links: without(node.links, to) },
    also: { id: to, to: { links: without(flow.find(({ id }) => id === to)!.links, node.id) } },
  }));
}

/** Rows of conditions, the nodes that a Catch node is for, the rules of a switch. */
function emptiedFilters(node: SavedNode): Change[] {
  const change = (what: string, to: Change['to']): Change => ({ node, what, to });
  const lists = ['filter', 'match'].filter((key) => Array.isArray(node[key]) && (node[key] as unknown[]).length > 0);
  return [
    ...lists.map((key) => change(`${key} emptied`, { [key]: [] })),
    ...(node.type === 'switch'
      ? [change('rules emptied', { rules: (node.rules as object[]).map(() => ({ t: 'else' })) })]
      : []),
  ];
}

const misspelled = (word: string): string =>
  word.length < 2 ? `${word}x` : word.slice(0, -2) + word.at(-1)! + word.at(-2)!;
/** Two equal letters at the end stay what they are. */
const wrong = (word: string): string => (misspelled(word) === word ? `${word}s` : misspelled(word));

/** Names of properties and keywords in dialogs. */
function misspelledFields(node: SavedNode): Change[] {
  const plain = FIELDS.filter(({ key, type }) => isText(node[key]) && (type === undefined || node[type] === 'msg'));
  const lists = LISTS.flatMap(({ key, parts }) =>
    asRows(node[key]).flatMap((row, index) =>
      parts
        .filter(({ part, type, is }) => isText(row[part]) && (type === undefined || is!.includes(String(row[type]))))
        .map(({ part }) => ({
          node,
          what: `${key}[${index}].${part} misspelled: ${wrong(String(row[part]))}`,
          to: { [key]: asRows(node[key]).with(index, { ...row, [part]: wrong(String(row[part])) }) },
        })),
    ),
  );
  return [
    ...plain.map(({ key }) => ({
      node,
      what: `${key} misspelled: ${wrong(String(node[key]))}`,
      to: { [key]: wrong(String(node[key])) },
    })),
    ...lists,
  ];
}

const FIELDS: ReadonlyArray<{ key: string; type?: string }> = [
  { key: 'property' },
  { key: 'object', type: 'objectType' },
  { key: 'url', type: 'urlType' },
  { key: 'key', type: undefined },
];
const LISTS = [
  { key: 'filter', parts: [{ part: 'key' }, { part: 'value', type: 'type', is: ['msg'] }] },
  { key: 'match', parts: [{ part: 'key' }, { part: 'value', type: 'type', is: ['msg'] }] },
  { key: 'args', parts: [{ part: 'key' }, { part: 'value', type: 'type', is: ['msg'] }] },
  { key: 'fields', parts: [{ part: 'from' }, { part: 'to' }] },
  {
    key: 'rules',
    parts: [
      { part: 'p', type: 'pt', is: ['msg'] },
      { part: 'to', type: 'tot', is: ['msg'] },
    ],
  },
] as ReadonlyArray<{ key: string; parts: ReadonlyArray<{ part: string; type?: string; is?: readonly string[] }> }>;

const isText = (value: unknown): boolean => typeof value === 'string' && /^[\w.]{2,}$/.test(value);
const asRows = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];

/** Names of properties in the code of function nodes: of each name one place, and not more than a few per node. */
const MAX_PER_FUNCTION = 4;

function misspelledCode(node: SavedNode): Change[] {
  if (node.type !== 'function' || typeof node.func !== 'string') return [];
  const code = node.func;
  const places = new Map<string, number>();
  for (const { 1: before, 2: name, index } of code.matchAll(
    /\b(msg|payload|call|agent|caller|data|headers)\.([A-Za-z_]\w+)\b(?!\()/g,
  ))
    if (!isInComment(code, index)) places.set(name!, index + before!.length + 1);
  // Spread over the function, and the same ones in each run.
  const all = [...places];
  const step = Math.max(1, Math.floor(all.length / MAX_PER_FUNCTION));
  return all
    .filter((_, index) => index % step === 0)
    .slice(0, MAX_PER_FUNCTION)
    .map(([name, at]) => ({
      node,
      what: `${name} misspelled in the code: ${wrong(name)}`,
      to: { func: code.slice(0, at) + wrong(name) + code.slice(at + name.length) },
    }));
}

const isInComment = (code: string, at: number): boolean =>
  /^\s*\/\//.test(code.slice(code.lastIndexOf('\n', at) + 1, at));

/** Another event, request or command of the same kind. */
function swappedWords(node: SavedNode): Change[] {
  const events = Array.isArray(node.events) ? (node.events as string[]) : [];
  return [
    ...events.map((event, index) => {
      const other = otherThan(event, events);
      return { node, what: `${event} is ${other}`, to: { events: events.with(index, other) } };
    }),
    ...['request', 'command', 'query']
      .filter((key) => isText(node[key]) && OTHERS[key]![String(node[key])] !== undefined)
      .map((key) => ({
        node,
        what: `${key} ${node[key]} is ${OTHERS[key]![String(node[key])]}`,
        to: { [key]: OTHERS[key]![String(node[key])] },
      })),
  ];
}

const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  request: {
    SetCallData: 'Hold',
    SetAgentState: 'QueryAgentState',
    SingleStepTransfer: 'SingleStepConference',
    ClearConnection: 'Hold',
    MakeCall: 'QueryAgentState',
    EnableSkillGroupStatistics: 'DisableSkillGroupStatistics',
    SetOwnLists: 'Snapshot',
  },
  command: {
    placeCall: 'calls',
    hangUp: 'hold',
    automate: 'agents',
    setAgentState: 'agents',
    stopSide: 'startSide',
    startSide: 'stopSide',
  },
  query: { calls: 'agents', agents: 'calls', status: 'calls', object: 'status' },
};
