/** The flow test of each example. */
import { RECIPE_TESTS } from './cookbook/all-recipes.js';
import { DASHBOARD_TESTS } from './dashboard/all-dashboards.js';
import type { ExampleTest } from './example-test.js';
import { afterCallWork } from './examples/after-call-work.js';
import { agentDesktop } from './examples/agent-desktop.js';
import { alarms } from './examples/alarms.js';
import { anyRequest } from './examples/any-request.js';
import { clickToDial } from './examples/click-to-dial.js';
import { crmWebhooks } from './examples/crm-webhooks.js';
import { dynamics } from './examples/dynamics.js';
import { failover } from './examples/failover.js';
import { hubspot } from './examples/hubspot.js';
import { mqtt } from './examples/mqtt.js';
import { salesforce } from './examples/salesforce.js';
import { screenPop } from './examples/screen-pop.js';
import { serviceNow } from './examples/service-now.js';
import { transferWithContext } from './examples/transfer-with-context.js';
import { twoNodeReds } from './examples/two-node-reds.js';
import { waiting } from './examples/waiting.js';
import { wallboard } from './examples/wallboard.js';
import { zendesk } from './examples/zendesk.js';

export const EXAMPLE_TESTS: readonly ExampleTest[] = [
  screenPop,
  afterCallWork,
  transferWithContext,
  crmWebhooks,
  agentDesktop,
  wallboard,
  failover,
  mqtt,
  anyRequest,
  waiting,
  twoNodeReds,
  hubspot,
  dynamics,
  zendesk,
  salesforce,
  serviceNow,
  clickToDial,
  alarms,
  ...RECIPE_TESTS,
  ...DASHBOARD_TESTS,
];
