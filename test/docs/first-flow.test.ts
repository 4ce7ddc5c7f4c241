/** The first flow of the tutorial, built as described, in a real Node-RED. */
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Flow, type FlowNode } from '../../scripts/examples/flow.js';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { ROOT } from './code-blocks.js';

const page = readFileSync(join(ROOT, 'docs', 'tutorial', 'first-flow.md'), 'utf8');

/** Steps 1 to 4 in one flow, with the inputs taken from the page. */
function tutorial(): Flow {
  const flow = new Flow({ label: 'first flow', says: 'The tutorial.', see: '' });
  // Frequent calls, so that a test does not wait for the first one; the page uses the defaults.
  const session = flow.config('ctios-session', 'session', { traffic: 'rush' }).id;
  const shown = (name: string, line: number) => flow.node('debug', name, [3, line], { complete: 'true' });
  flow.chain(flow.node('ctios-call-events', 'call events', [0, 0], { session }), shown('calls', 0));

  const payload = /payload is the JSON `([^`]+)`/.exec(page)![1]!;
  const agent = flow.node('inject', 'agent', [0, 1], {
    props: [{ p: 'payload', v: payload, vt: 'json' }],
    once: true,
    onceDelay: '1',
  });
  const query = flow.node('ctios-agent', 'query', [1, 1], { session, request: 'QueryAgentState' });
  flow.chain(agent, query, shown('answer', 1));

  const pop = flow.node('ctios-screen-pop', 'screen pop', [0, 2], { session });
  flow.wire(pop, 0, shown('pop', 2));

  const command = /the command `(\w+)`/.exec(page)![1]!;
  // As it is dragged from the palette: with a timestamp.
  const fault = flow.node('inject', 'fault', [0, 3], {
    props: [{ p: 'payload' }, { p: 'topic', vt: 'str' }],
    payload: '',
    payloadType: 'date',
    topic: '',
    once: true,
    onceDelay: '3',
  });
  flow.chain(fault, flow.node('ctios-simulate', 'simulate', [1, 3], { session, command }));
  flow.chain(flow.node('ctios-events', 'events', [0, 4], { session, events: ['OnConnectionGap'] }), shown('gap', 4));
  return flow;
}

describe('the first flow of the tutorial', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;
  const shown = new Map<string, Promise<string>>();

  before(async () => {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
    for (const name of ['calls', 'answer', 'pop', 'gap'])
      shown.set(
        name,
        new Promise((done) => {
          const stop = nodeRed.watchDebug((node, message) => {
            if (node !== name || (name === 'calls' && !String(message).includes('"topic":"OnCallDelivered"'))) return;
            stop();
            done(String(message));
          });
        }),
      );
    await nodeRed.deploy(JSON.parse(tutorial().toString()) as FlowNode[]);
  });
  after(() => nodeRed?.stop());

  it('shows calls with the properties listed on the page', async () => {
    const message = JSON.parse((await shown.get('calls'))!) as Record<string, Record<string, unknown>>;
    const listed = [...page.matchAll(/^\| `msg\.([\w.]+)` \|/gm)].map(([, name]) => name!);
    assert.deepEqual(listed, ['topic', 'payload', 'call', 'agent', 'ctios.names']);
    for (const name of ['topic', 'payload', 'call', 'agent', 'ctios']) assert.ok(message[name] !== undefined, name);
  });

  it('responds to the request, with names for numbers', async () => {
    const message = JSON.parse((await shown.get('answer'))!);
    assert.equal(message.payload.AgentID, '1001');
    assert.equal(typeof message.ctios.names.AgentState, 'string');
  });

  it('pops with the fields named on the page', async () => {
    const { payload } = JSON.parse((await shown.get('pop'))!);
    for (const [, name] of page.matchAll(/`msg\.payload\.(caller|fields|key)`/g))
      assert.ok(payload[name!] !== undefined, name);
  });

  it('reports the gap when the link is broken', async () => {
    assert.match((await shown.get('gap'))!, /"topic":"OnConnectionGap"/);
  });
});
