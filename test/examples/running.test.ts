/**
 * The examples in a real Node-RED, all at once as on a first start: each does what its tab promises, and again after a
 * deploy that restarts all of it.
 */
import { strict as assert } from 'node:assert';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { debugShows, flowsOf, HEARD, labels, type Message, SEEN } from './promises.js';

describe('the examples, deployed', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;

  before(async () => {
    nodeRed = await NodeRedProcess.start({ userDir: temporaryDirectory() });
  });

  after(() => nodeRed?.stop());

  for (const [when, deploy] of [
    ['on a first start', async () => {}],
    ['after a second deploy', async () => nodeRed.deploy(labels.flatMap(flowsOf))],
  ] as const)
    describe(when, () => {
      const promised = new Map<string, Promise<unknown>>();

      before(async () => {
        // They all do it at once, so each is listened to from the beginning; the pages' lines from the moment they are new.
        const shown = labels.map((label) => debugShows(nodeRed, label));
        const since = Date.now();
        await deploy();
        for (const [index, label] of labels.entries())
          promised.set(label, Promise.all([shown[index], heard(label, since)]));
      });

      for (const label of labels)
        it(`${label} does what it says`, async () => {
          assert.ok(SEEN[label] ?? HEARD[label], 'it is said here what is to be seen');
          await promised.get(label);
        });
    });

  describe('both times', () => {
    it('none of them complains', () => assert.doesNotMatch(nodeRed.errors, /^error|\[ctios-/m));
  });

  async function heard(label: string, since: number): Promise<void> {
    if (HEARD[label] === undefined) return;
    const { path, wanted, greeting } = HEARD[label];
    await nodeRed.heard<Message>(path, (message) => wanted(message, since), greeting);
  }
});
