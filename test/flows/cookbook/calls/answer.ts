/** Recipe 18: a flow answers calls to one number, and follows them. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../../example-test.js';

async function rings(open: OpenExample, to = '8001', agent = '1001') {
  const test = await open({ world: { agents: 4, available: [agent] } });
  const caller = await test.call({ from: '2065550101', to });
  await test.advance('1 s');
  return { test, caller };
}

export const answer: ExampleTest = {
  example: 'cookbook/18 answer and follow a call',
  does: {
    'answers, and says that the call was put on hold': async (open) => {
      const { test, caller } = await rings(open);
      assert.equal(test.agent('1001').state, 'Talking');
      test.expect.message({ node: 'rings', match: { topic: 'OnCallDelivered' } });
      test.expect.message({ node: 'answered', match: { topic: 'OnCallEstablished' } });
      await test.advance('3 s');
      test.expect.noMessage({ node: 'on hold, or over' });
      await test.agent('1001').hold();
      test.expect.message({ node: 'on hold, or over', match: { topic: 'OnCallHeld' } });
      await test.advance('30 s');
      await caller.hangUp();
      test.expect.message({ node: 'over', match: { topic: 'OnCallEnd' } });
      test.expect.nothingElse();
    },

    'says that the call is over, or goes on': async (open) => {
      const { test, caller } = await rings(open);
      await caller.hangUp();
      test.expect.message({ node: 'on hold, or over', match: { topic: 'OnCallEnd' } });
      await test.agent('1001').available();
      await test.call({ from: '2065550102', to: '8001' });
      await test.advance('19 s');
      test.expect.noMessage({ node: 'still talking' });
      await test.advance('3 s');
      test.expect.message({ node: 'still talking', match: { 'call.ANI': '2065550102' } });
      test.expect.nothingElse({ except: ['rings', 'answered', 'over'] });
    },

    'leaves calls to other numbers to the agents': async (open) => {
      const { test } = await rings(open, '8002', '1002');
      assert.equal(test.agent('1002').state, 'Reserved');
      await test.agent('1002').answer();
      await test.advance('30 s');
      test.expect.noMessage({ node: 'answer' });
      test.expect.message({ node: 'rings' });
      test.expect.message({ node: 'answered' });
      test.expect.nothingElse();
    },

    'does not complain when a deploy ends the wait': async (open) => {
      const { test } = await rings(open);
      await test.deploy();
      test.expect.message({ node: 'why', match: { 'error.code': 'CTIOS_NODE_CLOSED' } });
    },

    'says why the switch refuses': async (open) => {
      const test = await open({ world: { agents: 4, available: ['1001'] } });
      await test.simulate('refuseRequests', { requests: ['ANSWER_CALL_REQ'], times: 1 });
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('1 s');
      test.expect.message({ node: 'why', match: { 'error.code': /^CF_/ } });
      assert.equal(test.agent('1001').state, 'Reserved');
    },
  },
};
