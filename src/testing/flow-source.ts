/** Loads the flow of a test from a file, with test replacements for external parts. */
import { readFileSync } from 'node:fs';
import type { NamedNode } from './journal.js';
import type { FlowTestOptions, SavedNode } from './options.js';

interface Setting {
  name: string;
  value: unknown;
  type?: string;
}

const NOT_RECEIVING = new Set(['tab', 'group', 'subflow', 'comment']);

export class FlowSource {
  readonly nodes: readonly SavedNode[];
  /** The type that a stand-in replaces. */
  readonly #types = new Map<string, string>();
  readonly #ends: ReadonlySet<string>;

  /** @throws Error if there is no flow, or no such tab */
  constructor(options: FlowTestOptions) {
    const { env = {}, standIns = [], tabs } = options;
    const chosen = onTabs(savedNodes(options), tabs);
    for (const { id, type } of chosen) this.#types.set(id, type);
    this.nodes = chosen.map((node) => {
      if (standIns.includes(node.type)) return standIn(node);
      if (node.type === 'ctios-session') return inTestWorld(node);
      return Array.isArray(node.env) ? { ...node, env: withEnvironment(node.env as Setting[], env) } : node;
    });
    this.#ends = new Set(chosen.filter(isEnd).map(({ id }) => id));
  }

  /** Whether messages that reach a node go no further by a wire. */
  isEnd(id: string): boolean {
    return this.#ends.has(id);
  }

  /**
   * A node by id, or all nodes with a name. If a link node has the same name as the node that it leads to, that node is
   * returned.
   */
  named(name: string): NamedNode[] {
    const byId = this.nodes.filter(({ id }) => id === name);
    const byName = this.nodes.filter((node) => node.name === name && !NOT_RECEIVING.has(node.type));
    const others = byName.filter(({ type }) => !type.startsWith('link '));
    const found = [byId, others, byName].find((each) => each.length > 0) ?? [];
    return found.map((node) => this.name(node));
  }

  name({ id, type, name }: { id: string; type: string; name?: string }): NamedNode {
    return { id, type: this.#types.get(id) ?? type, name: name ?? '' };
  }
}

function savedNodes({ file, flow }: FlowTestOptions): SavedNode[] {
  if (flow !== undefined) return structuredClone([...flow]);
  if (file === undefined) throw new Error('A flow test needs a flow: give file or flow.');
  const saved = JSON.parse(readFileSync(file, 'utf8')) as SavedNode[] | { flows: SavedNode[] };
  return Array.isArray(saved) ? saved : saved.flows;
}

function onTabs(nodes: readonly SavedNode[], tabs: readonly string[] | undefined): readonly SavedNode[] {
  if (tabs === undefined) return nodes;
  const all = nodes.filter(({ type }) => type === 'tab');
  const missing = tabs.filter((wanted) => !all.some(({ id, label }) => id === wanted || label === wanted));
  if (missing.length > 0) throw new Error(`The flow has no tab ${missing.map((each) => `"${each}"`).join(', ')}.`);
  const others = new Set(
    all.filter(({ id, label }) => !tabs.includes(id) && !tabs.includes(String(label))).map(({ id }) => id),
  );
  return nodes.filter(({ id, z }) => !others.has(id) && !others.has(z ?? ''));
}

/** Connects all sessions to the simulated contact center of the test. */
function inTestWorld(node: SavedNode): SavedNode {
  return { ...node, connect: 'simulator', scenario: '', replay: '', recording: '', natsPublish: false };
}

function standIn({ id, type: _, z, g, name, x = 0, y = 0, wires = [] }: SavedNode): SavedNode {
  const outputs = wires.length;
  return { id, type: 'function', z, g, name, x, y, wires, outputs, func: 'return null;', libs: [] } as SavedNode;
}

function withEnvironment(settings: readonly Setting[], env: Readonly<Record<string, string>>): Setting[] {
  return settings.map((each) =>
    Object.hasOwn(env, each.name) ? { name: each.name, value: env[each.name], type: 'str' } : each,
  );
}

/** A link node without wires forwards messages; so does a subflow instance with outputs. */
function isEnd({ type, wires, x }: SavedNode): boolean {
  return x !== undefined && !type.startsWith('link ') && (wires ?? []).every((each) => each.length === 0);
}
