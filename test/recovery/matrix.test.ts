/**
 * The recovery matrix, cell by cell: each fault in each situation, in monitor mode and in agent mode. While the session
 * is disconnected, the customer hangs up, another agent dials out, and a third one becomes available.
 */
import assert from 'node:assert/strict';
import { type SiteProfileName, siteProfiles } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';
import { type Cell, cells } from './cells.js';
import { agents, calls, lives, order } from './honest.js';

async function play({ fault, situation, mode, access }: Cell, profile: SiteProfileName): Promise<void> {
  const bed = new TestBed({ protocolVersion: fault.version, access, profile });
  const only = mode === 'agent' ? { agent: '1001', instrument: '2001' } : undefined;
  await bed.open();
  for (const agent of ['1001', '1002', '1003', '1004']) {
    bed.simulator.run('loginAgent', { agent });
    bed.simulator.run('setAgentState', { agent, state: 'NotReady' });
  }
  const chosen =
    mode === 'monitor'
      ? bed.session.setMessageFilter('')
      : bed.session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
  await bed.settle(Promise.resolve(chosen), 2_000);
  const { request } = await situation.prepare(bed);
  const before = bed.events.length;
  const loggedInBefore = loggedIn(bed, '1005');

  await fault.strike(bed, () => world(bed));
  bed.simulator.run('clearFaults', {});
  await bed.run(60_000);

  assert.deepEqual(bed.errors, []);
  assert.deepEqual(lives(bed.events), []);
  assert.deepEqual(order(bed.events), []);
  assert.deepEqual(calls(bed, only?.instrument), []);
  assert.deepEqual(agents(bed, only?.agent), []);

  const gaps = bed.events.slice(before).filter(({ event }) => event === 'OnConnectionGap');
  if (!fault.gap) assert.equal(gaps.length, situation.gap ? 1 : 0, 'a hand-off has no gap, and hides none');
  else assert.ok(gaps.length >= 1, 'a gap is reported');

  if (request !== undefined) {
    const outcome = await request.then(
      () => 'confirmed',
      (error: { cause?: { outcome?: string } }) => error.cause?.outcome,
    );
    assert.ok(['confirmed', 'failed', 'unknown'].includes(outcome ?? ''), `the request ended as ${outcome}`);
    if (outcome === 'failed') assert.equal(loggedIn(bed, '1005'), loggedInBefore, 'what failed has not happened');
  }

  // Then all parties hang up: each call that began must end once.
  bed.hangUpAll();
  await bed.run(60_000);
  assert.deepEqual([...bed.session.calls.keys()], []);
  assert.deepEqual(lives(bed.events), []);
  await bed.close();
}

/** Events while the session is disconnected. If a peripheral is offline, only external parties can act. */
function world(bed: TestBed): void {
  const customer = [...bed.simulator.center.calls()][0];
  if (customer !== undefined) bed.hangUp(customer);
  if (bed.simulator.run('status').peripherals.some(({ online }) => !online)) return;
  bed.simulator.run('makeCall', { agent: '1004', to: '2065550104' });
  bed.simulator.run('setAgentState', { agent: '1003', state: 'Available' });
}

function loggedIn(bed: TestBed, agent: string): boolean | undefined {
  return bed.simulator.center.agent(5000, agent)?.loggedIn;
}

for (const profile of Object.keys(siteProfiles) as SiteProfileName[]) {
  for (const access of ['in process', 'remote'] as const) {
    for (const mode of ['monitor', 'agent'] as const) {
      describe(`recovery in ${mode} mode, ${access}, with the profile ${profile}`, () => {
        for (const cell of cells) {
          if (cell.access !== access || cell.mode !== mode || cell.impossible !== undefined) continue;
          it(`${cell.fault.name}, ${cell.situation.name}`, () => play(cell, profile));
        }
      });
    }
  }
}
