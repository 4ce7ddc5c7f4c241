/** What the recipes have in common: a tab that describes what to change, rows of nodes, and refused requests. */
import type { Example } from '../catalog.js';
import { Flow, type FlowNode } from '../flow.js';
import { DEJAVU, widthOfText } from '../font-widths.js';
import { mockServer } from '../mock-server.js';
import { GREY } from '../parts.js';

export const FOLDER = 'cookbook';

export interface Recipe extends Example {
  folder: typeof FOLDER;
  /** What to change for one's own site, as Markdown. */
  change: string;
}

/** A tab whose description ends with what to change. */
export function recipeFlow(
  recipe: Recipe,
  env: Record<string, string | { readonly jsonata: string }> = {},
  details = '',
): Flow {
  return new Flow(recipe, [details, `**For your site:** ${recipe.change}`].filter(Boolean).join('\n\n'), env);
}

const LEFT = 60;
const GAP = 50;
const LINE = 60;
const widthOf = ({ name, type }: FlowNode): number =>
  Math.max(100, 20 * Math.ceil((widthOfText(String(name || type), DEJAVU) + 57) / 20));
const onGrid = (x: number): number => 10 * Math.round(x / 10);

/**
 * Puts nodes next to one another, as close as their names allow.
 * @param line of the grid
 * @param after a node of another row, behind which this one begins
 */
export function row(line: number, nodes: readonly FlowNode[], after?: FlowNode): void {
  let left = after === undefined ? LEFT : after.x! + widthOf(after) / 2 + GAP;
  for (const node of nodes) {
    node.x = onGrid(left + widthOf(node) / 2);
    node.y = 80 + line * LINE;
    left = node.x + widthOf(node) / 2 + GAP;
  }
}

/** Puts a node below another one, their right ends one above the other, so that its wire has room to rise. */
export function below(line: number, node: FlowNode, above: FlowNode): void {
  node.x = onGrid(above.x! + (widthOf(above) - widthOf(node)) / 2);
  node.y = 80 + line * LINE;
}

/** A frame around rows, with a comment above them. Wires come later. */
export function section(
  flow: Flow,
  title: string,
  color: string,
  line: number,
  says: string,
  nodes: readonly FlowNode[],
): void {
  const comment = flow.comment(says, [0, 0]);
  row(line, [comment]);
  flow.group(title, color, [comment, ...nodes]);
}

/** Refused requests of some nodes, with the reason. */
export function refusals(flow: Flow, of: readonly FlowNode[], line: number, after?: FlowNode): FlowNode[] {
  const caught = flow.node('catch', 'refused', [0, 0], { scope: of.map(({ id }) => id) });
  const why = flow.node('debug', 'why', [0, 0], {
    complete: 'error',
    tostatus: true,
    statusVal: 'error.code',
    statusType: 'msg',
  });
  flow.wire(caught, 0, why);
  row(line, [caught, why], after);
  return [caught, why];
}

export interface StandIn {
  /** "chat" */
  readonly name: string;
  /** The setting of the tab with the address of the real one, and the property of messages that receives it. */
  readonly setting: string;
  readonly property: string;
  /** Beginning of the path at the stand-in. */
  readonly path: string;
  /** Body of a function: `msg.payload` is what was sent; ends with `return answer(statusCode, payload);` */
  readonly func: string;
  /** Line of its group. */
  readonly line: number;
}

/**
 * A stand-in for an external system that a recipe uses until its address is set.
 * @returns the node that adds the address to messages
 */
export function standIn(flow: Flow, { name, setting, property, path, func, line }: StandIn): FlowNode {
  const { addresses, answer } = mockServer(flow, `${name} URL`, [0, 0], [0, 0], { [property]: [setting, ''] }, [path]);
  const work = flow.node('function', `mock ${name}`, [0, 0], {
    func: `const answer = (statusCode, payload) => ({ ...msg, statusCode, payload });\n${func}`,
  });
  flow.wire(addresses, 1, work);
  flow.wire(work, 0, answer);
  row(line + 1, [work, answer]);
  section(flow, `A stand-in for the ${name}`, GREY, line, `Until ${setting} is set (double-click the tab)`, [
    work,
    answer,
  ]);
  return addresses;
}

/** The statistics of skill groups, which must be enabled once. While the session starts, no agent is known yet: try again. */
export function statistics(flow: Flow, session: string, line: number): FlowNode[] {
  const once = flow.node('inject', 'once', [0, 0], { props: [], once: true, onceDelay: '3' });
  const enable = flow.node('ctios-agent', 'enable statistics', [0, 0], {
    session,
    request: 'EnableSkillGroupStatistics',
  });
  const failed = flow.node('catch', 'not yet', [0, 0], { scope: [enable.id] });
  const again = flow.node('delay', 'five seconds', [0, 0], { timeout: '5' });
  flow.chain(once, enable);
  flow.chain(failed, again, enable);
  row(line, [once, enable]);
  row(line + 1, [failed, again]);
  return [once, enable, failed, again];
}
