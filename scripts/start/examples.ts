/**
 * The examples among the flows of a Node-RED: which are there, and how one is added or switched on. Never removes
 * anything.
 */
import { CATALOG, type Example } from '../examples/catalog.js';
import { readExample } from '../examples/files.js';
import type { FlowNode } from '../examples/flow-node.js';

/** An example as it is shipped. */
export interface ExampleFlow {
  readonly label: string;
  readonly example: Example;
  /** The tab, and everything that is on it or belongs to it. */
  nodes(): FlowNode[];
}

/** The numbered examples, from their files: to lay them out again would take half of the time of a start. */
export function numberedFlows(): ExampleFlow[] {
  const examples: Example[] = Object.values(CATALOG).filter(({ folder }: Example) => folder === undefined);
  return examples.map((example) => {
    const nodes = readExample(example.label);
    return { label: example.label, example, nodes: () => nodes };
  });
}

/** `absent`: no such tab; `off`: there, but the tab is disabled. */
export type State = 'running' | 'off' | 'absent';

export interface Presence {
  state: State;
  /** Id of the tab, for the link into the editor. */
  tab?: string;
}

/**
 * The flows of a first start: every example on its own tab; those that need more than Node-RED are disabled at first.
 */
export function firstFlows(examples: readonly ExampleFlow[]): FlowNode[] {
  return examples.flatMap((flow) =>
    flow
      .nodes()
      .map((node) => (node.type === 'tab' && flow.example.needs !== undefined ? { ...node, disabled: true } : node)),
  );
}

/** A tab that the user imported has a different id but the same name. */
function tabOf(flow: ExampleFlow, flows: readonly FlowNode[]): FlowNode | undefined {
  const own = flow.nodes()[0]!.id;
  const tabs = flows.filter((node) => node.type === 'tab');
  return tabs.find((tab) => tab.id === own) ?? tabs.find((tab) => tab.label === flow.label);
}

export function presenceOf(flow: ExampleFlow, flows: readonly FlowNode[]): Presence {
  const tab = tabOf(flow, flows);
  if (tab === undefined) return { state: 'absent' };
  return { state: tab.disabled === true ? 'off' : 'running', tab: tab.id };
}

/**
 * The flows with this example running. An existing tab is enabled and otherwise left as the user has changed it; nodes
 * that an earlier copy has left behind, such as its session, are not changed.
 */
export function withRunning(flow: ExampleFlow, flows: readonly FlowNode[]): FlowNode[] {
  const tab = tabOf(flow, flows);
  if (tab !== undefined) return flows.map((node) => (node === tab ? { ...node, disabled: false } : node));
  const known = new Set(flows.map((node) => node.id));
  return [...flows, ...flow.nodes().filter((node) => !known.has(node.id))];
}
