/** Example 3 uses a call that has ended meanwhile: there is no error, and the next call is transferred. */
import { strict as assert } from 'node:assert';
import { type FlowNode, NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { flowsOf } from './promises.js';

describe('example 3, if the selected call has ended', function () {
  this.timeout(60_000);
  let nodeRed: NodeRedProcess;

  before(async () => {
    nodeRed = await NodeRedProcess.start({ userDir: temporaryDirectory() });
  });
  after(() => nodeRed?.stop());

  it('continues with another one', async () => {
    const flows = flowsOf('03 third-party transfer with context').map((node): FlowNode => {
      if (node.name === 'now') return { ...node, onceDelay: '4', repeat: '5' };
      if (node.name !== 'one that is not in Billing') return node;
      const gone = 'if (!context.get("once")) { context.set("once", true); call.UniqueObjectID = "call.5000.1.2001"; }';
      return { ...node, func: String(node.func).replace('return { call,', `${gone}\nreturn { call,`) };
    });
    const errors: string[] = [];
    // The other examples in this Node-RED may still report errors.
    const ids = new Set(flows.map(({ id }) => id));
    const arrived = new Promise<void>((done) => {
      nodeRed.watchDebug((node, message, id) => {
        if (!ids.has(String(id))) return;
        if (node === 'arrived') done();
        else if (node.startsWith('why')) errors.push(String(message));
      });
    });
    await nodeRed.deploy(flows);
    await arrived;
    assert.deepEqual(errors, []);
  });
});
