/** The examples in a real Node-RED: each is deployed as it is, does what its tab promises, and again after a second deploy. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlowNode, NodeRedProcess, ROOT, temporaryDirectory } from '../support/node-red-process.js';

/** What has to be seen in the debug sidebar: a debug node's name, and a word of what it shows. */
const SEEN: Record<string, ReadonlyArray<readonly [node: string, word: string]>> = {
  '2 after-call-work automation': [
    ['written', 'call.'],
    ['available again', 'agent.'],
  ],
  '3 third-party transfer with context': [['arrived', '8003']],
  '4 CRM webhooks': [
    ['signed webhook', 'true'],
    ['HubSpot says', 'id'],
    ['Zendesk says', 'ticket'],
  ],
  '7 failover seen from a flow': [
    ['broken', '{'],
    ['gap', 'From'],
  ],
  '9 any request by name': [
    ['answer', 'agent.5000.1001'],
    ['why', 'CtiosError'],
  ],
  '10 waiting for events': [['over', 'call.']],
};

/** What has to come over an example's WebSocket. */
const HEARD: Record<
  string,
  { path: string; wanted: (message: Record<string, unknown>) => boolean; greeting?: object }
> = {
  '1 screen pop': { path: 'screen-pop/live', wanted: (card) => ['one', 'several'].includes(String(card.lookup)) },
  '5 agent desktop': {
    path: 'agent-desktop/live',
    wanted: (desk) =>
      desk.call !== undefined && (desk.buttons as Array<{ enabled: boolean }>).some((each) => each.enabled),
    greeting: { press: 'show' },
  },
  '6 supervisor wallboard': {
    path: 'wallboard/live',
    wanted: (board) => Array.isArray(board.groups) && board.groups.length === 3,
  },
};

const labels = readdirSync(join(ROOT, 'examples'))
  .map((file) => file.replace(/\.json$/, ''))
  // The broker's example has a test of its own.
  .filter((label) => !label.startsWith('8 '));

describe('the examples, deployed', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;

  before(async () => {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
  });

  after(() => nodeRed?.stop());

  for (const label of labels)
    it(`${label}: does what it says, and again after a second deploy`, async () => {
      const flows = JSON.parse(readFileSync(join(ROOT, 'examples', `${label}.json`), 'utf8')) as FlowNode[];
      assert.ok(SEEN[label] ?? HEARD[label], 'it is said here what is to be seen');
      await nodeRed.deploy(flows);
      const seen = debugShows(nodeRed, SEEN[label] ?? []);
      const { path, wanted, greeting } = HEARD[label] ?? {};
      if (path && wanted) await nodeRed.heard(path, wanted, greeting);
      await seen;
      await nodeRed.deploy(flows);
      if (path && wanted) await nodeRed.heard(path, wanted, greeting);
      assert.doesNotMatch(nodeRed.errors, /^error/m);
    });
});

/** Resolves when the sidebar has shown all of it. */
function debugShows(nodeRed: NodeRedProcess, wanted: ReadonlyArray<readonly [string, string]>): Promise<void> {
  const missing = [...wanted];
  if (missing.length === 0) return Promise.resolve();
  return new Promise((done) => {
    const stop = nodeRed.watchDebug((node, message) => {
      const found = missing.findIndex(([name, word]) => name === node && String(message).includes(word));
      if (found < 0) return;
      missing.splice(found, 1);
      if (missing.length > 0) return;
      stop();
      done();
    });
  });
}
