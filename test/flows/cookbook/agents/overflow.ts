/** Recipe 9: the reserve is called while callers wait, and sent back. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const RESERVE = ['1006', '1007', '1008'];
const statesOf = (test: FlowTest) => RESERVE.map((agent) => test.agent(agent).state);

/** 1001 alone is available; the reserve has other work, without callers of the simulation. */
async function opened(open: OpenExample): Promise<FlowTest> {
  const test = await open({ world: { agents: 8, available: ['1001', ...RESERVE] } });
  await test.advance('3 s');
  assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'NotReady']);
  await test.advance('2.1 s');
  await test.simulate('stopTraffic', {});
  for (const { call } of (await test.simulate('calls', {})).calls) await test.simulate('hangUp', { call });
  await test.advance('3 s');
  return test;
}

/** For the sales group, where 1001 and 1007 are. */
async function waiting(test: FlowTest, count: number) {
  const callers = [];
  for (let each = 0; each < count; each++) callers.push(await test.call({ from: '2065550101', to: '8001' }));
  return callers;
}

export const overflow: ExampleTest = {
  example: 'cookbook/09 skill group overflow',
  does: {
    'calls the reserve while two wait, and sends it back when nobody does': async (open) => {
      const test = await opened(open);
      await test.agent('1001').notReady();
      // Others have a break, or are not there.
      await test.agent('1006').notReady(1);
      await test.agent('1008').logOut();
      await waiting(test, 2);
      await test.advance('8 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'Logout']);
      await test.eventually.message({ node: 'called or sent back', match: { says: '1007 Available' }, within: '25 s' });
      await test.agent('1007').answer();
      assert.deepEqual(statesOf(test), ['NotReady', 'Talking', 'Logout']);
      await test.advance('1 min');
      test.expect.noMessage({ node: 'called or sent back' });
      await test.agent('1007').hangUp();
      await test.agent('1007').available();
      await test.agent('1007').answer();
      await test.eventually.message({ node: 'called or sent back', match: { says: '1007 NotReady' }, within: '25 s' });
      // After the call, and with the reason of the reserve.
      await test.agent('1007').hangUp();
      await test.advance('1 s');
      await test.agent('1007').available();
      await test.advance('1 s');
      test.expect.noMessage({ node: 'called or sent back' });
    },

    'leaves it alone for one who waits, or for a short time': async (open) => {
      const test = await opened(open);
      await test.agent('1001').notReady();
      const [first, second] = await waiting(test, 2);
      await test.advance('8 s');
      await first!.hangUp();
      await test.advance('1 min');
      await second!.hangUp();
      await test.advance('1 min');
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'NotReady']);
      test.expect.noMessage({ node: 'called or sent back' });
    },

    'helps until the last group needs none, with the reason of the reserve': async (open) => {
      const test = await opened(open);
      await test.agent('1001').notReady();
      const sales = await waiting(test, 2);
      const support = [await test.call({ to: '8002' }), await test.call({ to: '8002' })];
      // Nobody of the reserve takes a call.
      for (const agent of RESERVE) await test.simulate('reskill', { agent, skillGroups: ['30'] });
      await test.advance('30 s');
      for (const agent of RESERVE)
        test.expect.message({ node: 'called or sent back', match: { says: `${agent} Available` } });
      for (const caller of sales) await caller.hangUp();
      await test.advance('30 s');
      assert.deepEqual(statesOf(test), ['Available', 'Available', 'Available']);
      for (const caller of support) await caller.hangUp();
      await test.advance('30 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'NotReady']);
      for (const agent of RESERVE)
        test.expect.message({ node: 'called or sent back', match: { says: `${agent} NotReady` } });
      // They are the reserve again: the next time they are called.
      await waiting(test, 2);
      await test.advance('30 s');
      assert.deepEqual(statesOf(test), ['Available', 'Available', 'Available']);
    },

    'asks again when the switch refuses': async (open) => {
      const test = await opened(open);
      await test.agent('1001').notReady();
      await test.simulate('refuseRequests', { requests: ['SET_AGENT_STATE_REQ'], times: 3 });
      await waiting(test, 2);
      await test.eventually.message({ node: 'why', match: { 'error.code': /^CF_/ } });
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'NotReady']);
      await test.advance('9.5 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'NotReady']);
      await test.advance('0.6 s');
      assert.equal(test.agent('1006').state, 'Available');
    },

    'has callers, and statistics, also if the session was not ready': async (open) => {
      const test = await open({ world: { agents: 8, available: ['1001', ...RESERVE] } });
      await test.advance('4 s');
      assert.equal((await test.simulate('calls', {})).calls.length, 0);
      await test.advance('4 s');
      assert.ok((await test.simulate('calls', {})).calls.length > 0);
      await test.send('not yet', {});
      await test.advance('5 s');
      test.expect.message({ node: 'enable statistics', from: 'five seconds' });
    },
  },
};
