/** Example 2: the reason of a call becomes its wrap-up data; after it the agent is available again. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';

const CALL = { from: '2065550101', to: '8001', data: { CallVariable2: 'Billing' } };

/** A call that agent 1001 has answered. */
async function answered(open: OpenExample) {
  const test = await open({ world: { agents: 1, available: ['1001'] } });
  const caller = await test.call(CALL);
  const agent = test.agent('1001');
  await agent.answer();
  test.expect.message({ node: 'written', match: { topic: 'OnSetCallDataConf', 'call.CallVariable2': 'Billing' } });
  return { test, agent, caller };
}

export const afterCallWork: ExampleTest = {
  example: '02 after-call-work automation',
  does: {
    'writes the wrap-up data, and makes the agent available after two seconds': async (open) => {
      const { test, agent, caller } = await answered(open);
      const { calls } = await test.simulate('calls', {});
      assert.equal(calls.length, 1);
      await caller.hangUp();
      assert.equal(agent.state, 'WorkReady');
      await test.advance('1.9 s');
      assert.equal(agent.state, 'WorkReady');
      await test.advance('0.2 s');
      assert.equal(agent.state, 'Available');
      test.expect.message({ node: 'make available' });
      test.expect.message({ node: 'available again', match: { 'payload.UniqueObjectID': 'agent.5000.1001' } });
      await test.advance('1 min');
      test.expect.noMessage({ node: 'make available' });
      test.expect.nothingElse();
    },

    'makes an agent available who would have been not ready': async (open) => {
      const { test, agent, caller } = await answered(open);
      // Asked for during the call, it is what comes after it.
      await test.simulate('setAgentState', { agent: '1001', state: 'WorkNotReady' });
      await caller.hangUp();
      assert.equal(agent.state, 'WorkNotReady');
      await test.eventually.message({ node: 'available again', within: '2.1 s' });
      assert.equal(agent.state, 'Available');
    },

    'makes an agent available after an outage, too': async (open) => {
      const { test, agent, caller } = await answered(open);
      await caller.hangUp();
      await test.link.goesDown();
      await test.advance('5 s');
      await test.link.comesBack();
      await test.eventually.message({ node: 'available again', within: '20 s' });
      assert.equal(agent.state, 'Available');
    },

    'leaves an agent alone who has gone on': async (open) => {
      const { test, agent, caller } = await answered(open);
      await caller.hangUp();
      await test.advance('1 s');
      await agent.notReady(3);
      await test.advance('1 min');
      assert.equal(agent.state, 'NotReady');
      test.expect.noMessage({ node: 'make available' });
      test.expect.nothingElse();
    },

    'has nothing to do with calls between agents': async (open) => {
      const test = await open({ world: { agents: 2, available: ['1002'] } });
      await test.agent('1001').logIn();
      await test.agent('1001').dial('2002');
      await test.agent('1002').answer();
      await test.advance('1 s');
      test.expect.noMessage({ node: 'set the wrap-up data' });
      test.expect.nothingElse();
    },

    'says why a request was refused': async (open) => {
      const { test, agent, caller } = await answered(open);
      await caller.hangUp();
      await test.link.goesDown();
      await test.advance('3 s');
      assert.equal(agent.state, 'WorkReady');
      await test.inject('make available', { agent: { UniqueObjectID: 'agent.5000.1001' } });
      test.expect.message({
        node: 'why',
        match: { 'error.code': 'CTIOS_OFFLINE', 'error.source.name': 'make available' },
      });
      test.expect.nothingElse();
    },
  },
};
