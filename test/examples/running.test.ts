/**
 * All examples in a real Node-RED, as on a first start: each works as described on its tab, and again after a full
 * deploy. With a simulated contact center with standard behavior, and with real-site quirks.
 */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteProfiles } from '../../src/simulator/index.js';
import { COMPLAINTS, type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { debugShows, flowsOf, HEARD, labels, type Message, SEEN } from './promises.js';

/** The quirks of sites do not depend on the version of Node-RED. */
const profiles = process.env.NODE_RED === undefined ? Object.keys(siteProfiles) : ['standard'];

for (const profile of profiles)
  describe(`the examples, deployed, with the profile ${profile}`, function () {
    this.timeout(60_000);
    let nodeRed: NodeRedProcess;
    const flows = labels.flatMap(flowsOf).map((node) => at(profile, node));
    const deployed = async () => nodeRed.deploy(flows);

    before(async () => {
      const userDir = temporaryDirectory();
      // A Node-RED without flows starts with the unchanged examples.
      if (profile !== 'standard') writeFileSync(join(userDir, 'flows.json'), '[]');
      nodeRed = await NodeRedProcess.start({ userDir });
    });

    after(() => nodeRed?.stop());

    const turns =
      profile === 'standard'
        ? ([
            ['on a first start', async () => {}],
            ['after a second deploy', deployed],
          ] as const)
        : ([['after a deploy', deployed]] as const);
    for (const [when, deploy] of turns)
      describe(when, () => {
        const promised = new Map<string, Promise<unknown>>();

        before(async () => {
          // All run at the same time, so each is observed from the beginning, and each page's connection as soon as it
          // is new.
          const shown = labels.map((label) => debugShows(nodeRed, label));
          const since = Date.now();
          await deploy();
          for (const [index, label] of labels.entries())
            promised.set(label, Promise.all([shown[index], heard(label, since)]));
        });

        for (const label of labels)
          it(`${label} works as described`, async () => {
            assert.ok(SEEN[label] ?? HEARD[label], 'it is said here what is to be seen');
            await promised.get(label);
          });
      });

    describe('meanwhile', () => {
      it('none of them reports an error', () => assert.doesNotMatch(nodeRed.errors, COMPLAINTS));
    });

    async function heard(label: string, since: number): Promise<void> {
      if (HEARD[label] === undefined) return;
      const { path, wanted, ...said } = HEARD[label];
      await nodeRed.heard<Message>(path, (message) => wanted(message, since), said);
    }
  });

function at(profile: string, node: FlowNode): FlowNode {
  return node.type === 'ctios-session' ? { ...node, profile } : node;
}
