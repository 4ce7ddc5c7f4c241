/**
 * Defines flows as code: nodes on a grid, wires by name, every node complete with the defaults its editor part
 * declares, so that an imported example has no changes to deploy. `npm run examples` turns each into
 * `examples/<label>.json`.
 */
import { createHash } from 'node:crypto';
import { type Example, introduction } from './catalog.js';
import { DASHBOARD_CONFIGS } from './dashboard/defaults.js';
import type { FlowNode, Place, Properties } from './flow-node.js';
import { groupBox, untangle } from './layout.js';
import { defaultsOf } from './node-defaults.js';

const COLUMN = 200;
const LINE = 60;

export type { FlowNode, Place, Properties };

const NOT_ON_THE_CANVAS = ['websocket-listener', 'mqtt-broker', 'ctios-session', 'tls-config', ...DASHBOARD_CONFIGS];

export class Flow {
  readonly #nodes: FlowNode[] = [];
  readonly #tab: FlowNode;
  #session?: string;
  #untangled = false;

  /** Name of the tab. */
  readonly label: string;
  /** Name of the file below `examples/`, without the extension. */
  readonly file: string;
  /** Markdown shown when the tab is selected. */
  readonly info: string;

  /**
   * @param example its texts
   * @param details Markdown: what to add to them
   * @param env settings of the tab that a user may change: name and value, or an expression that is evaluated at each start
   */
  constructor(
    readonly example: Example,
    details = '',
    env: Record<string, string | { readonly jsonata: string }> = {},
  ) {
    this.label = example.label;
    this.file = [example.folder, example.label].filter(Boolean).join('/');
    this.info = [introduction(example), details].filter(Boolean).join('\n\n');
    this.#tab = {
      id: this.#id('tab'),
      type: 'tab',
      label: this.label,
      disabled: false,
      info: this.info,
      env: Object.entries(env).map(([name, value]) =>
        typeof value === 'string' ? { name, value, type: 'str' } : { name, value: value.jsonata, type: 'jsonata' },
      ),
    };
  }

  /** A node without a place on the canvas. */
  config(type: string, name: string, properties: Properties = {}): FlowNode {
    return this.#add({ id: this.#id(`${type}/${name}`), type, ...defaultsOf(type), name, ...properties });
  }

  /** The example's session, named after it ("Example 01", "Cookbook 01"), on a contact center of its own: the number of the example is the seed. */
  session(properties: Properties = {}): FlowNode {
    const number = /^\d+/.exec(this.label)![0];
    const { folder } = this.example;
    const name = `${folder === undefined ? 'Example' : folder[0]!.toUpperCase() + folder.slice(1)} ${number}`;
    const session = this.config('ctios-session', name, { seed: Number(number), ...properties });
    this.#session = session.id;
    return session;
  }

  /** Id of the session that was drawn, for parts that several examples have. */
  get sessionId(): string {
    if (this.#session === undefined) throw new Error(`${this.label}: the session is drawn first`);
    return this.#session;
  }

  node(type: string, name: string, at: Place, properties: Properties = {}): FlowNode {
    if (NOT_ON_THE_CANVAS.includes(type)) throw new Error(`${type} is a configuration node`);
    return this.#add({
      id: this.#id(`${type}/${name || at}`),
      type,
      z: this.#tab.id,
      ...defaultsOf(type),
      name,
      ...properties,
      x: 190 + at[0] * COLUMN,
      y: 80 + at[1] * LINE,
      wires: [],
    });
  }

  comment(text: string, at: Place, info = ''): FlowNode {
    return this.node('comment', text, at, { info });
  }

  /** Joins an output (from 0) to the inputs of others. */
  wire(from: FlowNode, output: number, ...to: FlowNode[]): void {
    const wires = from.wires!;
    while (wires.length <= output) wires.push([]);
    wires[output]!.push(...to.map((each) => each.id));
  }

  /** First outputs, one after another. */
  chain(...nodes: FlowNode[]): void {
    for (let index = 1; index < nodes.length; index++) this.wire(nodes[index - 1]!, 0, nodes[index]!);
  }

  /** A frame with a title around nodes. */
  group(name: string, color: string, nodes: readonly FlowNode[]): void {
    const id = this.#id(`group/${name}`);
    for (const node of nodes) node.g = id;
    this.#nodes.unshift({
      id,
      type: 'group',
      z: this.#tab.id,
      name,
      style: { label: true, stroke: color, fill: color, 'fill-opacity': '0.08', color },
      nodes: nodes.map((node) => node.id),
    } as FlowNode);
  }

  /** The tab, and everything that is on it or belongs to it. */
  nodes(): FlowNode[] {
    if (!this.#untangled) this.#untangle();
    return [this.#tab, ...this.#nodes];
  }

  /** When everything is drawn: link nodes where wires would be in the way, then frames around the nodes. */
  #untangle(): void {
    this.#untangled = true;
    const z = this.#tab.id;
    const link = (type: string, name: string, beside: FlowNode, { x, y }: { x: number; y: number }): FlowNode => ({
      ...{ id: this.#id(`${type}/${name}`), type, z, ...defaultsOf(type), name, x, y, wires: [] },
      ...(beside.g === undefined ? {} : { g: beside.g }),
    });
    this.#nodes.push(...untangle(this.#nodes, link));
    for (const group of this.#nodes.filter(({ type }) => type === 'group')) {
      const members = this.#nodes.filter(({ g }) => g === group.id);
      const { left, right, top, bottom } = groupBox(members);
      Object.assign(group, { nodes: members.map(({ id }) => id), x: left, y: top, w: right - left, h: bottom - top });
    }
  }

  /** The file's content. */
  toString(): string {
    return `${JSON.stringify(this.nodes(), null, 2)}\n`;
  }

  #add(node: FlowNode): FlowNode {
    if (this.#nodes.some((each) => each.id === node.id)) throw new Error(`two nodes named ${node.type}/${node.name}`);
    this.#nodes.push(node);
    return node;
  }

  /**
   * The same name gives the same id: a change of one node is a change of one place in the file. The zero before a number
   * is left out, so that flows from before the numbers had two digits are recognized.
   */
  #id(name: string): string {
    return createHash('sha256')
      .update(`${this.file.replace(/^0/, '')}/${name}`)
      .digest('hex')
      .slice(0, 16);
  }
}
