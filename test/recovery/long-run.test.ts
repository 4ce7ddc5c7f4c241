/**
 * A day with a failure every few minutes: calls come and go, links break in every way, and in the evening everything is
 * as it was in the morning. What leaks a little at each failure shows here.
 */
import assert from 'node:assert/strict';
import { faults } from './faults.js';
import { agents, calls, lives, order } from './honest.js';
import { Stage } from './stage.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAILURE_EVERY = 7 * MINUTE;

/** What must not grow: timers of everybody on this clock, objects of the session. */
async function inventory(stage: Stage): Promise<Record<string, number>> {
  stage.hangUpAll();
  await stage.run(5 * MINUTE);
  return {
    timers: stage.clock.pending,
    calls: stage.session.calls.size,
    agents: stage.session.agents.size,
    skillGroups: stage.session.skillGroups.size,
    connections: stage.simulator.run('status').sides.reduce((sum, side) => sum + side.sessions.length, 0),
  };
}

for (const access of ['in process', 'remote'] as const) {
  it(`a day with a failure every few minutes leaves nothing behind: ${access}`, async function () {
    this.timeout(120_000);
    const stage = new Stage({ automatic: true, agents: 4, protocolVersion: 23, access });
    await stage.open();
    await stage.settle(stage.session.setMessageFilter(''), 5_000);
    const morning = await inventory(stage);

    const callers = stage.clock.every(90_000, () =>
      stage.simulator.run('placeCall', { to: '8001', from: '2065550101' }),
    );
    const playable = faults.filter(
      ({ version, remoteOnly }) => version === 23 && !(remoteOnly && access === 'in process'),
    );
    let failures = 0;
    for (const evening = stage.clock.now() + 24 * HOUR; stage.clock.now() < evening; ) {
      await stage.run(FAILURE_EVERY);
      await playable[failures++ % playable.length]!.strike(stage, () => {});
      // Where one server of a pair died, and where one side was stopped, it is there again before the next failure.
      for (const way of stage.network) way.refusing = false;
      for (const side of ['A', 'B'] as const) stage.simulator.run('startSide', { side });
    }
    callers.cancel();

    const counted = (name: string) => stage.events.filter(({ event }) => event === name).length;
    assert.ok(failures > 100);
    assert.ok(counted('OnCallEnd') > 500, `${counted('OnCallEnd')} calls ended`);
    assert.ok(counted('OnConnectionGap') >= failures, `${counted('OnConnectionGap')} gaps after ${failures} failures`);
    assert.deepEqual(stage.errors, []);
    assert.deepEqual(lives(stage.events), []);
    assert.deepEqual(order(stage.events), []);
    assert.deepEqual(calls(stage), []);
    assert.deepEqual(agents(stage), []);
    assert.deepEqual(await inventory(stage), morning);
    await stage.close();
  });
}
