/** Several of these flows in one Node-RED. */
import type { FlowNode } from '../flow-node.js';

/** Like an import in the Dashboard's editor: the first dashboard is kept, and the pages of the others move to it. */
export function together(flows: readonly FlowNode[]): FlowNode[] {
  const [first, ...others] = flows.filter(({ type }) => type === 'ui-base').map(({ id }) => id);
  return flows
    .filter(({ id }) => !others.includes(id))
    .map((node) => (others.includes(String(node.ui)) ? { ...node, ui: first } : node));
}
