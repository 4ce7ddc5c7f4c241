/** Example 11: each contact is posted once, with a key that every Node-RED of the group would give it. */
import type { ExampleTest } from '../example-test.js';

const CRM = 'http://localhost:1890/pop';

export const twoNodeReds: ExampleTest = {
  example: '11 two Node-REDs, one group',
  does: {
    'posts each contact, and its end, with a key': async (open) => {
      const test = await open({
        world: { agents: 1, available: ['1001'] },
        http: { [`POST ${CRM}`]: { status: 201, body: 'ok' } },
      });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.advance('2 s');
      const { body } = test.expect.http({
        method: 'POST',
        url: CRM,
        headers: { 'content-type': 'application/json', 'idempotency-key': /^pop\/icm\.\S+\/5000\.1001\/\S+$/ },
        body: { event: 'pop', 'agent.id': '1001' },
      });
      const { key } = body as { key: string };
      test.expect.message({ node: 'the CRM has it', match: { statusCode: 201 } });
      await test.agent('1001').answer();
      await caller.hangUp();
      test.expect.http({ url: CRM, headers: { 'idempotency-key': `ended/${key}` }, body: { event: 'ended' } });
      test.expect.message({ node: 'the CRM has it' });
      test.expect.nothingElse();
    },

    'tells what was missed': async (open) => {
      const test = await open({ world: { agents: 1 } });
      await test.link.breaks();
      await test.eventually.message({ node: 'a gap', match: { topic: 'OnConnectionGap' } });
      test.expect.nothingElse();
    },
  },
};
