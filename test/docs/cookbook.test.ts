/** The recipes of the cookbook that no example shows, cooked in a real Node-RED. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Flow, type FlowNode } from '../../scripts/examples/flow.js';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';

const text = (key: string, value: string) => ({ key, value, type: 'str' });

/** Calls that are answered by themselves. */
function busyCenter(flow: Flow): void {
  const session = flow.config('ctios-session', 'busy', { seed: 21, traffic: 'rush' }).id;
  const shown = (name: string, complete: string, line: number) => flow.node('debug', name, [3, line], { complete });

  const number = flow.node('ctios-call-events', 'one number', [0, 0], {
    session,
    filter: [{ key: 'DialedNumber', value: '8001' }],
  });
  flow.chain(number, shown('only 8001', 'true', 0));

  const each = flow.node('ctios-call-events', 'one wire per event', [0, 1], {
    session,
    events: ['OnCallDelivered', 'OnCallEstablished'],
    split: 'each',
    outputs: 2,
  });
  flow.wire(each, 0, shown('delivered', 'topic', 1));
  flow.wire(each, 1, shown('established', 'topic', 2));

  const rings = flow.node('ctios-call-events', 'it rings', [0, 3], { session, events: ['OnCallDelivered'] });
  const first = flow.node('ctios-wait', 'whichever is first', [1, 3], {
    session,
    events: ['OnCallEstablished', 'OnCallEnd'],
    same: 'call',
    timeout: 20,
  });
  flow.chain(rings, first, shown('first of two', 'topic', 3));
}

/** Agents who leave their phone to the flow. */
function quietCenter(flow: Flow): void {
  const session = flow.config('ctios-session', 'quiet', { seed: 22, agents: 4, traffic: 'rush' }).id;
  const now = flow.node('inject', 'now', [0, 5], { props: [], once: true, onceDelay: '0.5' });
  const manual = flow.node('ctios-simulate', 'the flow answers', [1, 5], {
    session,
    command: 'automate',
    args: [
      { key: 'agents', value: '["1001","1002","1003","1004"]', type: 'json' },
      { key: 'on', value: 'false', type: 'bool' },
    ],
  });
  flow.chain(now, manual);
  const rings = flow.node('ctios-call-events', 'rings at an agent', [0, 6], {
    session,
    events: ['OnCallDelivered'],
    filter: [{ key: 'CallStatus', value: 'Alerting' }],
  });
  const answer = flow.node('ctios-call', 'answer', [1, 6], {
    session,
    request: 'Answer',
    complete: 'OnCallEstablished',
  });
  const answered = flow.node('debug', 'answered', [2, 7], { complete: 'topic' });
  const write = flow.node('ctios-call', 'write', [2, 6], {
    session,
    request: 'SetCallData',
    args: [text('CallVariable3', 'Case 17'), text('user.CaseId', '17')],
  });
  const wait = flow.node('ctios-wait', 'is written', [3, 6], { session, events: ['OnCallDataUpdate'], same: 'call' });
  const transfer = flow.node('ctios-call', 'transfer', [4, 6], {
    session,
    request: 'SingleStepTransfer',
    args: [text('DialedNumber', '8003')],
  });
  flow.chain(rings, answer, write, wait, transfer);
  flow.wire(answer, 0, answered);
  const work = flow.node('ctios-agent-events', 'after-call work', [0, 7], {
    session,
    events: ['OnAgentStateChange'],
    filter: [{ key: 'AgentState', value: 'WorkReady, WorkNotReady' }],
  });
  const free = flow.node('ctios-agent', 'available again', [1, 7], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'Available')],
  });
  flow.chain(work, free, flow.node('debug', 'free', [2, 8], { complete: 'topic' }));
  const there = flow.node('ctios-call-events', 'where it goes', [0, 8], {
    session,
    events: ['OnCallDelivered'],
    filter: [{ key: 'user.CaseId', value: '17' }],
  });
  flow.chain(there, flow.node('debug', 'arrived', [1, 8], { complete: 'call' }));
}

/** What the debug node of each recipe has to show, and never anything else. */
const RECIPES: ReadonlyArray<readonly [recipe: string, node: string, only: RegExp]> = [
  ['only calls to one dialed number', 'only 8001', /"DialedNumber":"8001"/],
  ['one wire per event: the first', 'delivered', /^OnCallDelivered$/],
  ['one wire per event: the second', 'established', /^OnCallEstablished$/],
  ['wait for one of several things', 'first of two', /^(OnCallEstablished|OnCallEnd)$/],
  ['answer on behalf of the agent', 'answered', /^OnAnswerCallConf$/],
  ['make an agent ready after after-call work', 'free', /SetAgentStateConf$/],
  ['write a value onto the call before transferring it', 'arrived', /"CallVariable3":"Case 17".*"user.CaseId":"17"/],
];

describe('the cookbook', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;
  const shown = new Map<string, Promise<string>>();

  before(async () => {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), '[]');
    nodeRed = await NodeRedProcess.start({ userDir });
    for (const [, node] of RECIPES)
      shown.set(
        node,
        new Promise((done) => {
          const stop = nodeRed.watchDebug((name, message) => {
            if (name !== node) return;
            stop();
            done(String(message));
          });
        }),
      );
    const flow = new Flow({ label: 'cookbook', says: 'Recipes.', see: '' });
    busyCenter(flow);
    quietCenter(flow);
    await nodeRed.deploy(JSON.parse(flow.toString()) as FlowNode[]);
  });
  after(() => nodeRed?.stop());

  for (const [recipe, node, only] of RECIPES) it(recipe, async () => assert.match((await shown.get(node))!, only));
});
