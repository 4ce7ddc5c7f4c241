/** Recipe 1: a posted number is dialed from the phone of the agent. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const atDesks = (open: OpenExample) => open({ world: { agents: 2, available: ['1001', '1002'] } });

const post = (test: FlowTest, body: unknown, type = 'application/json') =>
  test.fetch('/cookbook/dial', { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

export const clickToDial: ExampleTest = {
  example: 'cookbook/01 click to dial',
  does: {
    'dials the first number by itself': async (open) => {
      const test = await atDesks(open);
      await test.advance('3.5 s');
      assert.deepEqual([test.agent('1001').state, test.agent('1002').state], ['NotReady', 'Available']);
      test.expect.noMessage({ node: 'dialed' });
      await test.eventually.message({
        node: 'dialed',
        match: { payload: { agent: '1001', dialing: '2065550101' }, statusCode: 200 },
        within: '4 s',
      });
      assert.equal((await test.simulate('calls', {})).calls.length, 1);
      test.expect.nothingElse();
    },

    'dials for the agent whom the page names': async (open) => {
      const test = await atDesks(open);
      await test.agent('1002').notReady();
      const { status, body } = await post(test, { agent: '1002', to: '+1 (206) 555-0102' });
      assert.deepEqual([status, body], [200, { agent: '1002', dialing: '+12065550102' }]);
      await test.advance('1 s');
      const { calls } = await test.simulate('calls', {});
      assert.ok(calls[0]!.parties.some(({ device }) => device === '2002'));
      test.expect.nothingElse({ except: ['to the page'] });
    },

    'refuses what is no number, no agent, or not from a page of its own': async (open) => {
      const test = await atDesks(open);
      await test.agent('1001').notReady();
      const refused = [
        await post(test, { agent: '1001', to: 'nobody' }),
        await post(test, { agent: '1001' }),
        await post(test, { agent: '', to: '2065550101' }),
        await post(test, { agent: '1001', to: '2065550101' }, 'text/plain'),
      ];
      for (const { status, body } of refused) {
        assert.equal(status, 422);
        assert.match((body as { error: string }).error, /JSON/);
      }
      assert.equal((await test.simulate('calls', {})).calls.length, 0);
    },

    'tells the page why the switch refuses': async (open) => {
      const test = await atDesks(open);
      const { status, body } = await post(test, { agent: '1002', to: '2065550101' });
      assert.equal(status, 409);
      assert.ok((body as { error: string }).error);
      assert.equal((await post(test, { agent: '1009', to: '2065550101' })).status, 409);
      test.expect.nothingElse({ except: ['to the page'] });
    },
  },
};
