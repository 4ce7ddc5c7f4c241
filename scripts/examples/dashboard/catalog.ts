/** The texts of the examples with Dashboard 2.0, as those of the numbered examples are in the catalog beside this folder. */
import type { Example } from '../catalog.js';

const folder = 'dashboard';
const needs = 'Dashboard 2.0 (@flowfuse/node-red-dashboard)';

export const DASHBOARD_CATALOG = {
  wallboard: {
    ...{ folder, needs },
    label: '01 wallboard with charts',
    says: 'Charts of the last hour: waiting calls, agent states, answered and abandoned calls, and the service level.',
    see: 'Within ten seconds, the table shows three skill groups, and the charts begin.',
    page: 'dashboard/wallboard',
  },
  agentList: {
    ...{ folder, needs },
    label: '02 agent list',
    says: 'A table of all agents: state, time in state, skill groups and team. Each browser filters it by team on its own.',
    see: 'Select a team: other browsers keep showing theirs.',
    page: 'dashboard/agents',
  },
  agentPage: {
    ...{ folder, needs },
    label: '03 agent page',
    says: 'A phone for any agent who logs in: each browser sees only its own agent’s calls and presses only its own agent’s buttons.',
    see: 'Log in as 1001 on extension 2001 and press Ready: within seconds the phone rings. Log in as 1002 on 2002 in another browser window.',
    page: 'dashboard/agent-page',
  },
} as const satisfies Record<string, Example>;

/** Those whose page the docs show. */
export const PICTURED: readonly Example[] = [DASHBOARD_CATALOG.wallboard, DASHBOARD_CATALOG.agentPage];
