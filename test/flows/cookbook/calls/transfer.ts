/** Recipe 17: the value is on the call before the call goes on. */
import type { ExampleTest, OpenExample } from '../../example-test.js';

/** 1001 takes sales calls; 1003 is in Billing. */
async function answered(open: OpenExample, reason: string, to = '8001', agent = '1001') {
  const test = await open({ world: { agents: 3, available: [agent] } });
  const caller = await test.call({ from: '2065550101', to, data: { CallVariable2: reason } });
  await test.agent(agent).answer();
  return { test, caller };
}

export const transfer: ExampleTest = {
  example: 'cookbook/17 transfer with a value',
  does: {
    'brings the value to the agent in Billing': async (open) => {
      const { test } = await answered(open, 'Invoice question');
      await test.agent('1003').available();
      await test.advance('2 s');
      test.expect.message({
        node: 'to Billing',
        from: 'is it there?',
        match: { topic: 'OnCallDataUpdate', payload: { CallVariable3: 'Please check the invoice' } },
      });
      test.expect.message({ node: 'transferred' });
      test.expect.message({
        node: 'what the agent sees',
        match: {
          call: { CallVariable2: 'Invoice question', CallVariable3: 'Please check the invoice', 'user.CaseId': '4711' },
          'agent.AgentID': '1003',
          topic: 'OnCallDelivered',
        },
      });
      // There it stays.
      await test.agent('1003').answer();
      await test.advance('5 s');
      test.expect.nothingElse({ except: ['a caller'] });
    },

    'has a caller with an invoice question': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1001'] } });
      await test.advance('5 s');
      await test.agent('1001').answer();
      test.expect.message({ node: 'transferred' });
      await test.agent('1003').available();
      await test.advance('1 s');
      test.expect.message({
        node: 'what the agent sees',
        match: { call: { ANI: '2065550103', DialedNumber: '8001', 'user.CaseId': '4711' } },
      });
    },

    'leaves other calls alone, and those that are in Billing': async (open) => {
      const { test } = await answered(open, 'Refund');
      await test.advance('10 s');
      test.expect.nothingElse({ except: ['a caller'] });
      const there = await answered(open, 'Invoice question', '8003', '1003');
      await there.test.advance('10 s');
      there.test.expect.nothingElse({ except: ['a caller'] });
    },

    'does not transfer what was not written': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1001'] } });
      const caller = await test.call({ to: '8001', data: { CallVariable2: 'Invoice question' } });
      await test.simulate('slowConfirmations', { ms: 2000 });
      await test.agent('1001').answer();
      await caller.hangUp();
      await test.advance('10 s');
      test.expect.noMessage({ node: 'transferred' });
      test.expect.message({ node: 'why', match: { 'error.code': /./ } });
      // It may also be that the switch confirms, and nothing is written.
      await test.send('is it there?', { call: { UniqueObjectID: 'call.5000.1.2001' } }, 2);
      test.expect.message({ node: 'not written' });
      test.expect.nothingElse({ except: ['a caller'] });
    },

    'says why the switch refuses': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1001'] } });
      await test.call({ to: '8001', data: { CallVariable2: 'Invoice question' } });
      await test.simulate('refuseRequests', { requests: ['TRANSFER_CALL_REQ'], times: 1 });
      await test.agent('1001').answer();
      await test.advance('1 s');
      test.expect.message({ node: 'why', match: { 'error.code': /./ } });
      test.expect.nothingElse({ except: ['a caller'] });
    },
  },
};
