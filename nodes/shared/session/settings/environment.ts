/**
 * Environment variables in settings that come from a dialog. For a deployed node Node-RED replaces `${NAME}`
 * properties; values from a dialog must be read in the same way, with the variables of the same flow, group and
 * subflow.
 */
import type { Node, NodeAPI } from 'node-red';

type WithFlow = Node & { _flow?: unknown };

interface Settings {
  getSetting(node: unknown, name: string, flow?: unknown): unknown;
}

/** Both forms that Node-RED replaces: `${NAME}`, and the older `$(NAME)`. */
const VARIABLE = /^\$(?:\{(?=\S+\}$)|\((?=\S+\)$))(\S+)$/;

/**
 * @param id the config node whose dialog is open; it may not be deployed yet
 * @param z the tab or subflow that it belongs to; blank for all tabs
 */
export function withVariables<T extends object>(RED: NodeAPI, values: T, id: unknown, z: unknown): T {
  const node = typeof id === 'string' ? (RED.nodes.getNode(id) as WithFlow | null) : null;
  const flow = node?._flow ?? flowOf(RED, z);
  const { getSetting } = RED.util as unknown as Settings;
  const entries = Object.entries(values).map(([key, value]) => {
    const name = typeof value === 'string' ? VARIABLE.exec(value.trim())?.[1]?.slice(0, -1) : undefined;
    return [key, name === undefined ? value : (getSetting(node, name, flow) ?? value)];
  });
  return Object.fromEntries(entries) as T;
}

/** Whether a value of a dialog names a variable that the deployed one does not. */
export function readsOtherVariables(values: object, deployed: object | undefined): boolean {
  const known = (deployed ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(values).some(
    ([key, value]) => typeof value === 'string' && VARIABLE.test(value.trim()) && known[key] !== value,
  );
}

/**
 * The running flow of a tab, known only to its nodes; without a tab, that of any node, because global variables are
 * shared.
 */
function flowOf(RED: NodeAPI, z: unknown): unknown {
  let found: unknown;
  RED.nodes.eachNode((config) => {
    if (found !== undefined || (typeof z === 'string' && z !== '' && config.z !== z)) return;
    found = (RED.nodes.getNode(config.id) as WithFlow | null)?._flow;
  });
  return found;
}
