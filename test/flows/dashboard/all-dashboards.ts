/** The flow test of each flow for Dashboard 2.0. */
import type { ExampleTest } from '../example-test.js';
import { dashboardAgentList } from './agent-list.js';
import { dashboardAgentPage } from './agent-page.js';
import { dashboardWallboard } from './wallboard.js';

export const DASHBOARD_TESTS: readonly ExampleTest[] = [dashboardWallboard, dashboardAgentList, dashboardAgentPage];
