/** `npm run examples`: writes the example flows. The label of a tab is the name of its file, and of its menu entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterCallWork } from './after-call-work.js';
import { agentDesktop } from './agent-desktop.js';
import { anyRequest } from './any-request.js';
import { dynamics } from './dynamics.js';
import { failover } from './failover.js';
import type { Flow } from './flow.js';
import { hubSpot } from './hubspot.js';
import { mqtt } from './mqtt.js';
import { screenPop } from './screen-pop.js';
import { transferWithContext } from './transfer-with-context.js';
import { waiting } from './waiting.js';
import { wallboard } from './wallboard.js';
import { webhooks } from './webhooks.js';
import { zendesk } from './zendesk.js';

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
  hubSpot,
  dynamics,
  zendesk,
];

if (require.main === module) {
  const folder = join(__dirname, '..', '..', '..', 'examples');
  mkdirSync(folder, { recursive: true });
  for (const make of EXAMPLES) {
    const flow = make();
    writeFileSync(join(folder, `${flow.label}.json`), flow.toString());
  }
}
