/** The output of `npm start` if Node-RED does not start the flows. */
import { strict as assert } from 'node:assert';
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowsRun } from '../../scripts/start/flows-run.js';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';

describe('the flows at startup', () => {
  it('do not prevent npm start from printing its address if a node type is not installed', async function () {
    this.timeout(60_000);
    const userDir = temporaryDirectory();
    const flows = [
      { id: 't', type: 'tab', label: 'x' },
      { id: 'n', z: 't', type: 'not-installed', wires: [] },
    ];
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    const nodeRed = await NodeRedProcess.start({ userDir });
    assert.equal((await fetch(nodeRed.at('start'))).status, 200);
    await nodeRed.stop();
  });

  it('run, or a message explains why not', async () => {
    const outcome = async (...told: [string, object?][]) => {
      const events = new EventEmitter();
      const asked = flowsRun(events);
      for (const [name, event] of told) events.emit(name, event);
      const why = await asked;
      assert.equal(events.listenerCount('runtime-event') + events.listenerCount('flows:started'), 0);
      return why;
    };
    const state = (payload: object): [string, object] => ['runtime-event', { id: 'runtime-state', payload }];
    assert.equal(await outcome(state({ state: 'start' }), ['flows:started']), undefined);
    assert.equal(await outcome(state({ error: 'credentials_load_failed' }), ['flows:started']), undefined);
    assert.match((await outcome(state({ state: 'stop' })))!, /stopped in the editor/);
    assert.equal(
      await outcome(state({ state: 'stop', error: 'missing-types', types: ['a', 'b'] })),
      'The flows do not run: nodes are not installed that they need (a, b).',
    );
    assert.match((await outcome(state({ state: 'stop', error: 'missing-modules' })))!, /missing-modules/);
  });
});
