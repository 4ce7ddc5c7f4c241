/** `npm run examples`: writes the example flows. The label of a tab is the name of its file, and of its menu entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RECIPES } from './cookbook/index.js';
import { dynamics } from './crm/dynamics.js';
import { hubSpot } from './crm/hubspot.js';
import { salesforce } from './crm/salesforce.js';
import { serviceNow } from './crm/servicenow.js';
import { zendesk } from './crm/zendesk.js';
import { DASHBOARDS } from './dashboard/index.js';
import { EXAMPLES_FOLDER } from './files.js';
import type { Flow } from './flow.js';
import { afterCallWork } from './flows/after-call-work.js';
import { agentDesktop } from './flows/agent-desktop.js';
import { alarms } from './flows/alarms.js';
import { anyRequest } from './flows/any-request.js';
import { clickToDial } from './flows/click-to-dial.js';
import { failover } from './flows/failover.js';
import { mqtt } from './flows/mqtt.js';
import { screenPop } from './flows/screen-pop.js';
import { transferWithContext } from './flows/transfer-with-context.js';
import { twoNodeReds } from './flows/two-node-reds.js';
import { waiting } from './flows/waiting.js';
import { wallboard } from './flows/wallboard.js';
import { webhooks } from './flows/webhooks.js';

/** The numbered examples, which `npm start` loads first. */
export const EXAMPLES: ReadonlyArray<() => Flow> = [
  screenPop,
  afterCallWork,
  transferWithContext,
  webhooks,
  agentDesktop,
  wallboard,
  failover,
  mqtt,
  anyRequest,
  waiting,
  twoNodeReds,
  hubSpot,
  dynamics,
  zendesk,
  salesforce,
  serviceNow,
  clickToDial,
  alarms,
];

/** Recipes of the cookbook, in a folder of their own. */
/** Flows for Dashboard 2.0, in a folder of their own, because they need its nodes. */
export { DASHBOARDS, RECIPES };

export const ALL_FLOWS: ReadonlyArray<() => Flow> = [...EXAMPLES, ...RECIPES, ...DASHBOARDS];

if (require.main === module)
  for (const make of ALL_FLOWS) {
    const flow = make();
    const file = join(EXAMPLES_FOLDER, `${flow.file}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, flow.toString());
  }
