/**
 * A day with a failure every few minutes: calls come and go, links fail in every way, and in the evening everything is
 * as it was in the morning. Anything leaked at each failure is detected here.
 */
import assert from 'node:assert/strict';
import { type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';
import { faults } from './faults.js';
import { agents, calls, lives, order } from './honest.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAILURE_EVERY = 7 * MINUTE;

/** Counts that must not grow: all timers on this clock, objects of the session. */
async function inventory(bed: TestBed): Promise<Record<string, number>> {
  bed.hangUpAll();
  await bed.run(5 * MINUTE);
  return {
    timers: bed.clock.pending,
    calls: bed.session.calls.size,
    agents: bed.session.agents.size,
    skillGroups: bed.session.skillGroups.size,
    connections: bed.simulator.run('status').sides.reduce((sum, side) => sum + side.sessions.length, 0),
  };
}

const DAYS = (Object.keys(siteProfiles) as SiteProfileName[]).flatMap((profile) =>
  (['in process', 'remote'] as const).map((access) => ({ profile, access })),
);

for (const { profile, access } of DAYS) {
  it(`a day with a failure every few minutes leaves nothing behind: ${access}, profile ${profile}`, async function () {
    this.timeout(120_000);
    const bed = new TestBed({ automatic: true, agents: 4, protocolVersion: 23, access, profile });
    await bed.open();
    await bed.settle(bed.session.setMessageFilter(''), 5_000);
    const morning = await inventory(bed);

    const callers = bed.clock.every(90_000, () => bed.simulator.run('placeCall', { to: '8001', from: '2065550101' }));
    const playable = faults.filter(
      ({ version, remoteOnly }) => version === 23 && !(remoteOnly && access === 'in process'),
    );
    let failures = 0;
    for (const evening = bed.clock.now() + 24 * HOUR; bed.clock.now() < evening; ) {
      await bed.run(FAILURE_EVERY);
      await playable[failures++ % playable.length]!.strike(bed, () => {});
      // A failed server of a pair and a stopped side are restored before the next failure.
      for (const way of bed.network) way.refusing = false;
      for (const side of ['A', 'B'] as const) bed.simulator.run('startSide', { side });
    }
    callers.cancel();

    const counted = (name: string) => bed.events.filter(({ event }) => event === name).length;
    assert.ok(failures > 100);
    assert.ok(counted('OnCallEnd') > 500, `${counted('OnCallEnd')} calls ended`);
    assert.ok(counted('OnConnectionGap') >= failures, `${counted('OnConnectionGap')} gaps after ${failures} failures`);
    assert.deepEqual(bed.errors, []);
    assert.deepEqual(lives(bed.events), []);
    assert.deepEqual(order(bed.events), []);
    assert.deepEqual(calls(bed), []);
    assert.deepEqual(agents(bed), []);
    assert.deepEqual(await inventory(bed), morning);
    await bed.close();
  });
}
