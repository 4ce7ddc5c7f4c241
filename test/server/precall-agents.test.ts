/** Two peripherals with phones and agents of the same names, and calls that are announced to one of them. */
import assert from 'node:assert/strict';
import type { MessageOf } from '../../src/ged188/index.js';
import { World } from '../../src/server/model/world.js';
import { PrecallAgents } from '../../src/server/objects/tracking/precall-agents.js';

type PreCall = MessageOf<'AGENT_PRE_CALL_EVENT'>;
type Abort = MessageOf<'AGENT_PRE_CALL_ABORT_EVENT'>;

const KEY = { RouterCallKeyDay: 1, RouterCallKeyCallID: 2, RouterCallKeySequenceNumber: 0 };
const preCall = (more: Partial<PreCall> = {}) =>
  ({ AgentInstrument: '2001', AgentID: '1001', SkillGroupID: 0xffffffff, ...KEY, ...more }) as PreCall;
const abort = { AgentInstrument: '2001', ...KEY } as Abort;

function twoPeripherals(seated: readonly number[] = [5000, 5001]): PrecallAgents {
  const world = new World();
  for (const peripheral of [5000, 5001]) {
    const agent = world.agents.at(peripheral, '1001');
    agent.icmAgentId = peripheral * 10;
    world.skillGroups.at(peripheral, 10).skillGroupId = peripheral + 10;
    if (seated.includes(peripheral)) world.assignDevice(agent, '2001', undefined);
  }
  return new PrecallAgents(world);
}

describe('the agent of a pre-call', () => {
  for (const peripheral of [5000, 5001]) {
    it(`is identified by the agent's number in the enterprise, peripheral ${peripheral}`, () => {
      const agents = twoPeripherals();
      const { id } = agents.announced(preCall({ AgentSkillTargetID: peripheral * 10 }))!;
      assert.equal(id, `agent.${peripheral}.1001`);
      assert.equal(agents.takenBack(abort)?.id, id);
    });

    it(`is identified by the skill group if an older version has no such number, peripheral ${peripheral}`, () => {
      const agent = twoPeripherals().announced(preCall({ SkillGroupID: peripheral + 10 }));
      assert.equal(agent?.id, `agent.${peripheral}.1001`);
    });
  }

  it('is unknown if nothing distinguishes the two', () => {
    const agents = twoPeripherals();
    assert.equal(agents.announced(preCall()), undefined);
    assert.equal(agents.takenBack(abort), undefined);
  });

  it('is not the only one at such a phone if the number is that of another', () => {
    assert.equal(twoPeripherals([5000]).announced(preCall({ AgentSkillTargetID: 99 })), undefined);
  });
});
