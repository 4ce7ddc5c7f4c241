/**
 * The worst day, cell by cell: each fault in each situation, in monitor mode and in agent mode. While the session cannot
 * see, the customer hangs up, another agent dials out, and a third one becomes available.
 */
import assert from 'node:assert/strict';
import { type Cell, cells } from './cells.js';
import { agents, calls, lives, order } from './honest.js';
import { Stage } from './stage.js';

async function play({ fault, situation, mode, access }: Cell): Promise<void> {
  const stage = new Stage({ protocolVersion: fault.version, access });
  const only = mode === 'agent' ? { agent: '1001', instrument: '2001' } : undefined;
  await stage.open();
  for (const agent of ['1001', '1002', '1003', '1004']) {
    stage.simulator.run('loginAgent', { agent });
    stage.simulator.run('setAgentState', { agent, state: 'NotReady' });
  }
  const chosen =
    mode === 'monitor'
      ? stage.session.setMessageFilter('')
      : stage.session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
  await stage.settle(Promise.resolve(chosen), 2_000);
  const { request } = await situation.prepare(stage);
  const before = stage.events.length;
  const loggedInBefore = loggedIn(stage, '1005');

  await fault.strike(stage, () => world(stage));
  stage.simulator.run('clearFaults', {});
  await stage.run(60_000);

  assert.deepEqual(stage.errors, []);
  assert.deepEqual(lives(stage.events), []);
  assert.deepEqual(order(stage.events), []);
  assert.deepEqual(calls(stage, only?.instrument), []);
  assert.deepEqual(agents(stage, only?.agent), []);

  const gaps = stage.events.slice(before).filter(({ event }) => event === 'OnConnectionGap');
  if (!fault.gap) assert.equal(gaps.length, situation.gap ? 1 : 0, 'a hand-off has no gap, and hides none');
  else assert.ok(gaps.length >= 1, 'a gap is reported');

  if (request !== undefined) {
    const outcome = await request.then(
      () => 'confirmed',
      (error: { cause?: { outcome?: string } }) => error.cause?.outcome,
    );
    assert.ok(['confirmed', 'failed', 'unknown'].includes(outcome ?? ''), `the request ended as ${outcome}`);
    if (outcome === 'failed') assert.equal(loggedIn(stage, '1005'), loggedInBefore, 'what failed has not happened');
  }

  // Then everybody hangs up: whatever began has to end, once.
  stage.hangUpAll();
  await stage.run(60_000);
  assert.deepEqual([...stage.session.calls.keys()], []);
  assert.deepEqual(lives(stage.events), []);
  await stage.close();
}

/** What happens behind the session's back. A peripheral that is off-line lets only people outside act. */
function world(stage: Stage): void {
  const customer = [...stage.simulator.center.calls()][0];
  if (customer !== undefined) stage.hangUp(customer);
  if (stage.simulator.run('status').peripherals.some(({ online }) => !online)) return;
  stage.simulator.run('makeCall', { agent: '1004', to: '2065550104' });
  stage.simulator.run('setAgentState', { agent: '1003', state: 'Available' });
}

function loggedIn(stage: Stage, agent: string): boolean | undefined {
  return stage.simulator.center.agent(5000, agent)?.loggedIn;
}

for (const access of ['in process', 'remote'] as const) {
  for (const mode of ['monitor', 'agent'] as const) {
    describe(`recovery in ${mode} mode, ${access}`, () => {
      for (const cell of cells) {
        if (cell.access !== access || cell.mode !== mode || cell.impossible !== undefined) continue;
        it(`${cell.fault.name}, ${cell.situation.name}`, () => play(cell));
      }
    });
  }
}
