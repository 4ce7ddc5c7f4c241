/** Example 3: a flow transfers a call to Billing, and what is known travels with it. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';

const CALL = { from: '2065550101', to: '8001', data: { CallVariable2: 'Invoice' } };

/** A call in Sales that agent 1001 has answered, before the flow looks for one at 9 s. */
async function talking(open: OpenExample) {
  const test = await open({ world: { agents: 8, available: ['1001'] } });
  const caller = await test.call(CALL);
  await test.agent('1001').answer();
  return { test, caller };
}

export const transferWithContext: ExampleTest = {
  example: '03 third-party transfer with context',
  does: {
    'writes the context, transfers, and sees the call arrive': async (open) => {
      const { test } = await talking(open);
      for (const id of ['1002', '1003', '1004', '1005', '1006', '1007', '1008']) await test.agent(id).available();
      await test.eventually.message({ node: 'rings at the next agent', match: { reason: 'Invoice' }, within: '10 s' });
      const arrived = await test.eventually.message({
        node: 'arrived',
        match: {
          topic: 'OnCallDelivered',
          'call.CallVariable3': 'Please check the invoice',
          'call.CallVariable4': 'Invoice',
          'call.CalledDeviceID': '8003',
        },
        within: '10 s',
      });
      assert.notEqual((arrived.agent as { AgentID: string }).AgentID, '1001');
      // The call is in Billing now: the next round leaves it alone.
      await test.advance('30 s');
      test.expect.nothingElse();
    },

    'leaves calls alone that nobody has answered, and calls between agents': async (open) => {
      const test = await open({ world: { agents: 8, available: ['1001', '1002'] } });
      await test.agent('1003').logIn();
      await test.agent('1004').logIn();
      await test.agent('1003').dial('2004');
      await test.agent('1004').answer();
      await test.call(CALL);
      await test.advance('10 s');
      test.expect.noMessage({ node: 'write the context' });
      test.expect.nothingElse();
    },

    'tells when nobody in Billing is free, and does not take another call for this one': async (open) => {
      const { test } = await talking(open);
      await test.agent('1001').notReady();
      await test.eventually.message({ node: 'rings at the next agent', within: '10 s' });
      await test.agent('1003').logIn();
      await test.agent('1004').logIn();
      await test.agent('1003').dial('2004');
      await test.advance('59 s');
      test.expect.noMessage({ node: 'arrived' });
      await test.eventually.message({ node: 'no agent within a minute', match: { contact: /./ }, within: '2 s' });
    },

    'takes another call if this one has ended meanwhile': async (open) => {
      const { test, caller } = await talking(open);
      await test.simulate('slowConfirmations', { ms: 3_000 });
      await test.advance('9.5 s');
      await caller.hangUp();
      await test.eventually.message({ node: 'calls in progress', match: { tries: 1 }, within: '60 s' });
      test.expect.noMessage({ node: 'why not' });
    },

    'says why a call was not transferred': async (open) => {
      const { test } = await talking(open);
      await test.simulate('slowConfirmations', { ms: 3_000 });
      await test.advance('9.5 s');
      await test.link.goesDown();
      await test.eventually.message({ node: 'why not', match: { 'error.code': /^CTIOS_/ }, within: '30 s' });
    },
  },
};
