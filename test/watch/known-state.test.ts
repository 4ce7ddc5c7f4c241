import { deepEqual, equal } from 'node:assert/strict';
import { KnownState } from '../../src/watch/known-state.js';
import { SessionHarness } from '../cil/helpers.js';

describe('The knowledge of object states', () => {
  it('is complete as soon as a session that was not connected is online, because no gap will be reported', async () => {
    const harness = new SessionHarness();
    const told: string[] = [];
    const states = new KnownState(harness.session, harness.clock, {
      lost: () => told.push('lost'),
      recovered: () => told.push('recovered'),
    });
    equal(states.known, false);
    await harness.monitoring();
    equal(harness.session.status.online, true);
    equal(states.known, true);
    deepEqual(told, ['recovered']);
    states.dispose();
  });
});
