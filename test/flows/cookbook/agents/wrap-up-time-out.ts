/** Recipe 3: a wrap-up that lasts too long is ended. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest } from '../../example-test.js';

async function wrapsUp(test: FlowTest) {
  const caller = await test.call({ from: '2065550101', to: '8001' });
  await test.agent('1001').answer();
  await test.advance('10 s');
  test.expect.noMessage({ node: 'still in wrap-up' });
  await caller.hangUp();
}

export const wrapUpTimeOut: ExampleTest = {
  example: 'cookbook/03 wrap-up time-out',
  does: {
    'warns after two seconds, and makes the agent available after three': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await wrapsUp(test);
      await test.advance('1.9 s');
      test.expect.noMessage({ node: 'still in wrap-up' });
      await test.advance('0.2 s');
      test.expect.message({ node: 'still in wrap-up', match: { 'agent.AgentID': '1001' } });
      await test.advance('0.8 s');
      assert.match(test.agent('1001').state, /^Work/);
      await test.advance('0.2 s');
      assert.equal(test.agent('1001').state, 'Available');
      test.expect.message({ node: 'available again', match: { 'agent.AgentID': '1001' }, inOrder: false });
      test.expect.message({ node: 'wrap-up over', match: { 'payload.reason': 'condition' }, inOrder: false });
      await test.advance('1 min');
      test.expect.nothingElse();
    },

    'leaves agents alone who are faster, and those who are away': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await wrapsUp(test);
      await test.advance('1.5 s');
      await test.agent('1001').notReady(2);
      await test.advance('1 min');
      assert.equal(test.agent('1001').state, 'NotReady');
      test.expect.nothingElse();
    },

    'counts from the beginning of the wrap-up, when the link was down meanwhile': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await wrapsUp(test);
      await test.link.goesDown();
      await test.advance('10 s');
      assert.match(test.agent('1001').state, /^Work/);
      await test.link.comesBack();
      await test.eventually.message({ node: 'available again', within: '30 s' });
      assert.equal(test.agent('1001').state, 'Available');
    },

    'says why the switch refuses': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await wrapsUp(test);
      await test.simulate('refuseRequests', { requests: ['SET_AGENT_STATE_REQ'], times: 1 });
      await test.advance('4 s');
      test.expect.message({ node: 'why', match: { 'error.code': /^CF_/ } });
      test.expect.noMessage({ node: 'available again' });
    },
  },
};
