/**
 * Common parts of the flows in this folder: the dashboard, its theme, and the module that the editor offers to install.
 */
import type { Flow, FlowNode, Properties } from '../flow.js';
import { DASHBOARD } from './module.js';

/** Widgets whose content differs by browser: they accept client data. */
export const PER_CLIENT = [
  'ui-button',
  'ui-control',
  'ui-dropdown',
  'ui-form',
  'ui-notification',
  'ui-table',
  'ui-template',
];

export interface DashboardPage {
  /** Id of the dashboard, for nodes that are on no page. */
  base: string;
  /** A card on the page. @returns its id */
  group(name: string, width: number, properties?: Properties): string;
}

/** A page of the dashboard. @param path below the dashboard's: "/wallboard" */
export function dashboardPage(flow: Flow, name: string, path: string, icon: string, order: number): DashboardPage {
  const modules = { [DASHBOARD.name]: DASHBOARD.version };
  flow.config('global-config', '', { name: undefined, env: [], modules });
  const base = flow.config('ui-base', 'Contact center', { acceptsClientConfig: PER_CLIENT }).id;
  const theme = flow.config('ui-theme', 'Contact center').id;
  const page = flow.config('ui-page', name, { ui: base, theme, path, icon, order }).id;
  let groups = 0;
  const group = (title: string, width: number, properties: Properties = {}): string => {
    groups++;
    return flow.config('ui-group', title, { page, width, order: groups, ...properties }).id;
  };
  return { base, group };
}

/** A column of a table. */
export const column = (title: string, key: string, align: 'start' | 'end' = 'start'): Properties => ({
  ...{ title, key, keyType: 'key', type: 'text', width: '', align },
});

/** One message every few seconds with the agents in its payload, and the skill groups in `msg.groups`. */
export function snapshot(flow: Flow, seconds: string, line: number): { nodes: FlowNode[]; last: FlowNode } {
  const session = flow.sessionId;
  const every = seconds === '1' ? 'every second' : `every ${seconds} seconds`;
  const tick = flow.node('inject', every, [0, line], { props: [], repeat: seconds, once: true, onceDelay: '1' });
  const groups = flow.node('ctios-query', 'skill groups', [1, line], { session, query: 'skillgroups' });
  const keep = flow.node('change', 'as msg.groups', [2, line], {
    rules: [{ t: 'move', p: 'payload', pt: 'msg', to: 'groups', tot: 'msg' }],
  });
  const agents = flow.node('ctios-query', 'agents', [3, line], { session, query: 'agents' });
  flow.chain(tick, groups, keep, agents);
  return { nodes: [tick, groups, keep, agents], last: agents };
}
