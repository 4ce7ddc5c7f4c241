/** Recipe 7: the supervisor reads of a gold customer's long call. */
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const world = { agents: 20, available: ['1001'] };

async function talking(open: OpenExample, tier: string): Promise<FlowTest> {
  const test = await open({ world });
  await test.advance('3 s');
  await test.call({ from: '2065550101', to: '8001', data: { 'user.CustomerTier': tier } });
  await test.agent('1001').answer();
  return test;
}

export const whisper: ExampleTest = {
  example: 'cookbook/07 whisper to supervisor',
  does: {
    'writes to the supervisor once, after twenty seconds': async (open) => {
      const test = await talking(open, 'gold');
      await test.advance('19.5 s');
      test.expect.noMessage({ node: 'whispered' });
      await test.advance('1 s');
      const says = 'A gold customer has been on the line for 20 s: 2065550101, extension 2001';
      test.expect.message({ node: 'whispered', match: { says }, inOrder: false });
      test.expect.message({
        node: 'the supervisor reads',
        match: { topic: 'OnChatMessage', payload: { Message: says, Source: '1020', AgentID: '90001' } },
        inOrder: false,
      });
      await test.advance('5 min');
      test.expect.nothingElse();
    },

    'says nothing of others, of calls on hold, and of calls that are over': async (open) => {
      const test = await talking(open, 'silver');
      await test.advance('1 min');
      await test.agent('1001').hangUp();
      await test.agent('1001').available();
      const caller = await test.call({ from: '2065550102', to: '8001', data: { 'user.CustomerTier': 'gold' } });
      await test.agent('1001').answer();
      await test.advance('10 s');
      await caller.hangUp();
      await test.advance('1 min');
      test.expect.nothingElse();
    },

    'says why a message was not sent': async (open) => {
      const test = await open({ world });
      await test.advance('3 s');
      await test.inject('whisper', { says: 'x'.repeat(256) });
      test.expect.message({ node: 'why', match: { 'error.code': /^CTIOS_/ } });
      test.expect.nothingElse();
    },
  },
};
