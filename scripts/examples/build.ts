/** `npm run examples`: writes the example flows. The label of a tab is the name of its file, and of its menu entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentDesktop, wallboard } from './boards.js';
import type { Flow } from './flow.js';
import { screenPop } from './screen-pop.js';
import { afterCallWork, anyRequest, failover, mqtt, transferWithContext, waiting } from './small.js';
import { webhooks } from './webhooks.js';

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
];

/** Examples with a page of their own: where it is. */
export const PAGES: Readonly<Record<string, string>> = {
  '1 screen pop': 'screen-pop',
  '5 agent desktop': 'agent-desktop',
  '6 supervisor wallboard': 'wallboard',
};

if (require.main === module) {
  const folder = join(__dirname, '..', '..', '..', 'examples');
  mkdirSync(folder, { recursive: true });
  for (const make of EXAMPLES) {
    const flow = make();
    writeFileSync(join(folder, `${flow.label}.json`), flow.toString());
  }
}
