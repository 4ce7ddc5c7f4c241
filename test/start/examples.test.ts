/** The examples among a user's flows. */
import { strict as assert } from 'node:assert';
import { EXAMPLES } from '../../scripts/examples/build.js';
import type { FlowNode } from '../../scripts/examples/flow-node.js';
import { firstFlows, numberedFlows, presenceOf, withRunning } from '../../scripts/start/examples.js';

const examples = numberedFlows();
const [screenPop, afterCallWork] = examples as [(typeof examples)[0], (typeof examples)[0]];
const mqtt = examples.find((flow) => flow.example.needs !== undefined)!;
const own: FlowNode[] = [
  { id: 'mine', type: 'tab', label: 'My flow' },
  { id: 'n1', type: 'debug', z: 'mine', wires: [] },
];

describe('the flows of a first start', () => {
  const flows = firstFlows(examples);

  it('are the numbered examples, in their order', () => {
    const drawn = EXAMPLES.map((make) => make().label);
    assert.deepEqual(
      examples.map(({ label }) => label),
      drawn,
    );
  });

  it('contain every example on a separate tab, without duplicate ids', () => {
    assert.equal(flows.filter((node) => node.type === 'tab').length, examples.length);
    assert.equal(new Set(flows.map((node) => node.id)).size, flows.length);
  });

  it('do not share a contact center or an address between examples', () => {
    const sessions = flows.filter((node) => node.type === 'ctios-session');
    const settings = sessions.map(({ id: _, name: __, ...rest }) => JSON.stringify(rest));
    assert.equal(new Set(settings).size, sessions.length, 'equal settings would share one center');
    const addresses = flows
      .filter((node) => ['http in', 'websocket-listener'].includes(node.type))
      .map((node) => `${node.method ?? 'ws'} ${node.url ?? node.path}`);
    assert.equal(new Set(addresses).size, addresses.length);
  });

  it('enable exactly the examples that require nothing but Node-RED', () => {
    for (const flow of examples)
      assert.equal(presenceOf(flow, flows).state, flow.example.needs === undefined ? 'running' : 'off', flow.label);
  });
});

describe('an example', () => {
  it('that is missing is added, without changing anything else', () => {
    const flows = withRunning(screenPop, own);
    assert.deepEqual(flows, [...own, ...screenPop.nodes()]);
    assert.deepEqual(presenceOf(screenPop, flows), { state: 'running', tab: screenPop.nodes()[0]!.id });
  });

  it('that is disabled is enabled, as modified by the user', () => {
    const changed = firstFlows(examples).map((node) => (node.type === 'mqtt in' ? { ...node, topic: 'mine' } : node));
    const flows = withRunning(mqtt, changed);
    assert.equal(presenceOf(mqtt, flows).state, 'running');
    assert.deepEqual(
      flows.filter((node) => node.type !== 'tab'),
      changed.filter((node) => node.type !== 'tab'),
    );
  });

  it('that was imported by the user with other ids is recognized by its name', () => {
    const imported = [...own, { id: 'other', type: 'tab', label: screenPop.label }];
    assert.deepEqual(presenceOf(screenPop, imported), { state: 'running', tab: 'other' });
    assert.equal(withRunning(screenPop, imported).length, imported.length);
  });

  it('is restored without the session left behind by an earlier copy, which remains unchanged', () => {
    const session = { ...screenPop.nodes().find((node) => node.type === 'ctios-session')!, connect: 'cti' };
    const flows = withRunning(screenPop, [...own, session]);
    assert.deepEqual(
      flows.filter((node) => node.id === session.id),
      [session],
    );
    assert.equal(new Set(flows.map((node) => node.id)).size, flows.length);
  });

  it('that is absent has no tab to link to', () => {
    assert.deepEqual(presenceOf(afterCallWork, own), { state: 'absent' });
  });
});
