/** Tests of the checks that chaos runs apply to every session. */
import assert from 'node:assert/strict';
import type { Args } from '../../src/ctios/index.js';
import { type Actor, ChaosWorld, PERIPHERAL, SUPERVISOR } from './chaos-world.js';
import { compare, examine } from './state-checker.js';

describe('the truth about an agent', () => {
  it('is at the phone where the agent sits, also at a colleague’s', async () => {
    const world = new ChaosWorld(1, 25);
    await world.open();
    const { center } = world.bed.simulator;
    const sits = (agentId: string, instrument: string) =>
      center.setAgentState({ peripheralId: PERIPHERAL, agentId, instrument, state: 0 });
    assert.ok(sits('1001', '2001').ok && sits(SUPERVISOR, '2005').ok);
    await world.bed.run(1_000);
    const made = center.makeCall({ peripheralId: PERIPHERAL, instrument: '2001', dialedNumber: '2005' });
    assert.ok(made.ok);
    await world.bed.run(1_000);
    const call = `call.${PERIPHERAL}.${made.value.connection.callId}`;
    assert.deepEqual([...world.actor('supervisor').session.calls.keys()], [`${call}.2005`]);
    assert.deepEqual(examine(world), []);
    center.hangUp(PERIPHERAL, made.value.connection.callId);
    await world.bed.run(1_000);
    await world.close();
  });
});

describe('what two sessions know of an agent', () => {
  const knowing = (side: 'A' | 'B', agent: Args) =>
    ({
      name: `monitor at ${side}`,
      session: {
        status: { side },
        calls: new Map(),
        agents: new Map([['agent.5000.1001', { properties: () => agent }]]),
      },
    }) as unknown as Actor;

  it('is the same, but for the groups of an agent who is out: only who asks is told', () => {
    const grouped = (AgentState: number, NumSkillGroups: number): Args => ({ AgentState, NumSkillGroups });
    assert.deepEqual(compare(knowing('B', grouped(1, 2)), knowing('A', grouped(1, 3))), []);
    assert.equal(compare(knowing('A', grouped(1, 2)), knowing('A', grouped(1, 3))).length, 1);
    assert.equal(compare(knowing('B', grouped(3, 2)), knowing('A', grouped(3, 3))).length, 1);
  });

  it('is the same, but for the reason of a state that one of the servers did not hear of', () => {
    const out = (EventReasonCode: number): Args => ({ AgentState: 1, EventReasonCode });
    assert.deepEqual(compare(knowing('B', out(0)), knowing('A', out(3))), []);
    assert.deepEqual(compare(knowing('B', out(3)), knowing('A', out(0))), []);
    assert.equal(compare(knowing('B', out(2)), knowing('A', out(3))).length, 1);
    assert.equal(compare(knowing('A', out(0)), knowing('A', out(3))).length, 1);
    assert.equal(compare(knowing('B', { ...out(0), AgentState: 2 }), knowing('A', out(0))).length, 1);
  });

  it('is the same, but for what only the events of a call have, at a server that did not hear of them', () => {
    const told = { CallType: 11, CallStatus: 2, ServiceNumber: 30, SkillGroupID: 5030, RouterCallKeySequenceNumber: 0 };
    const found = { CallType: 11, CallStatus: 2 };
    assert.deepEqual(compare(knowing('B', found), knowing('A', told)), []);
    assert.equal(compare(knowing('A', found), knowing('A', told)).length, 3);
    assert.equal(compare(knowing('B', { ...told, ServiceNumber: 40 }), knowing('A', told)).length, 1);
    assert.equal(compare(knowing('B', { CallStatus: 2 }), knowing('A', { ...found, ANI: '2001' })).length, 2);
  });
});
