/** The flows for Dashboard 2.0, in the order of their numbers. */
import type { Flow } from '../flow.js';
import { agentList } from './agent-list.js';
import { agentPage } from './agent-page.js';
import { dashboardWallboard } from './wallboard.js';

export const DASHBOARDS: ReadonlyArray<() => Flow> = [dashboardWallboard, agentList, agentPage];
