/** Recipe 4: breaks begin and end at their times, and not too many at once. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const BEGINNING = Date.parse('2026-01-05T08:00:00Z');
/** On the clock of this machine, as people write it. */
function at(minutes: number): string {
  const time = new Date(BEGINNING + minutes * 60_000);
  return `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
}

const planned = (open: OpenExample, plan: object[], atOnce = '1') =>
  open({
    world: { agents: 3, available: ['1001', '1002', '1003'] },
    env: { BREAKS: JSON.stringify(plan), AT_ONCE: atOnce },
  });

const statesOf = (test: FlowTest) => ['1001', '1002', '1003'].map((agent) => test.agent(agent).state);

export const breakPlanner: ExampleTest = {
  example: 'cookbook/04 break planner',
  does: {
    'sends two agents on a break, one after the other': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1001', '1002', '1003'] } });
      await test.advance('9 s');
      assert.deepEqual(statesOf(test), ['Available', 'Available', 'Available']);
      await test.advance('2 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'Available', 'Available']);
      test.expect.message({ node: 'on a break', match: { 'payload.UniqueObjectID': 'agent.5000.1001' } });
      await test.advance('15 s');
      assert.deepEqual(statesOf(test), ['Available', 'NotReady', 'Available']);
      test.expect.message({ node: 'back', match: { 'payload.UniqueObjectID': 'agent.5000.1001' }, inOrder: false });
      await test.advance('1 min');
      assert.deepEqual(statesOf(test), ['Available', 'Available', 'Available']);
      test.expect.message({ node: 'on a break', match: { 'payload.UniqueObjectID': 'agent.5000.1002' } });
      test.expect.message({ node: 'back', match: { 'payload.UniqueObjectID': 'agent.5000.1002' } });
      test.expect.nothingElse();
      test.expect.message({
        node: 'who is due?',
        match: { payload: (agents: { EventReasonCode: number }[]) => agents[0]!.EventReasonCode === 1 },
        inOrder: false,
      });
    },

    'begins a break after the call, and counts from then': async (open) => {
      const test = await planned(open, [{ agent: '1001', at: at(1), minutes: 2 }]);
      await test.agent('1002').notReady();
      await test.agent('1003').notReady();
      const caller = await test.call({ to: '8001' });
      await test.agent('1001').answer();
      await test.advance('3 min');
      assert.equal(test.agent('1001').state, 'Talking');
      test.expect.message({ node: 'on a break' });
      await caller.hangUp();
      await test.advance('1 s');
      // The wrap-up comes before the break.
      await test.agent('1001').notReady(1);
      await test.advance('110 s');
      test.expect.noMessage({ node: 'back' });
      await test.advance('20 s');
      test.expect.message({ node: 'back' });
      assert.equal(test.agent('1001').state, 'Available');
    },

    'asks again when the agent has become available instead': async (open) => {
      const test = await planned(open, [{ agent: '1001', at: at(1), minutes: 1 }]);
      await test.agent('1002').notReady();
      await test.agent('1003').notReady();
      const caller = await test.call({ to: '8001' });
      await test.agent('1001').answer();
      await test.advance('62 s');
      await caller.hangUp();
      await test.agent('1001').available();
      await test.advance('6 s');
      assert.equal(test.agent('1001').state, 'NotReady');
      await test.eventually.message({ node: 'back', within: '70 s' });
    },

    'lets as many go as may': async (open) => {
      const plan = ['1001', '1002', '1003'].map((agent) => ({ agent, at: at(1), minutes: 1 }));
      const test = await planned(open, plan, '2');
      await test.advance('70 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'NotReady', 'Available']);
      await test.advance('65 s');
      assert.deepEqual(statesOf(test), ['Available', 'Available', 'NotReady']);
    },

    'leaves those alone who came back early, or are not there': async (open) => {
      const test = await planned(open, [
        { agent: '1001', at: at(1), minutes: 1 },
        { agent: '1002', at: at(1), minutes: 1 },
        { agent: '1003', at: at(-120), minutes: 1 },
      ]);
      await test.agent('1002').logOut();
      await test.advance('70 s');
      assert.deepEqual(statesOf(test), ['NotReady', 'Logout', 'Available']);
      test.expect.message({ node: 'on a break' });
      await test.agent('1001').available();
      await test.advance('2 min');
      test.expect.nothingElse();
    },

    'has the same plan the next day': async (open) => {
      const test = await open({
        startAt: new Date(2026, 0, 5, 23, 58),
        world: { agents: 1, available: ['1001'] },
        env: { BREAKS: '[{ "agent": "1001", "at": "00:01", "minutes": 1 }]' },
      });
      await test.advance('175 s');
      assert.equal(test.agent('1001').state, 'Available');
      await test.advance('10 s');
      assert.equal(test.agent('1001').state, 'NotReady');
    },

    'tries again when the switch refuses': async (open) => {
      const test = await planned(open, [{ agent: '1001', at: at(1), minutes: 1 }]);
      await test.simulate('refuseRequests', { requests: ['SET_AGENT_STATE_REQ'], times: 1 });
      await test.advance('62 s');
      test.expect.message({ node: 'why', match: { 'error.code': /^CF_/ } });
      assert.equal(test.agent('1001').state, 'Available');
      await test.advance('5 s');
      assert.equal(test.agent('1001').state, 'NotReady');
      await test.simulate('refuseRequests', { requests: ['SET_AGENT_STATE_REQ'], times: 1 });
      await test.eventually.message({ node: 'why', within: '2 min' });
      test.expect.noMessage({ node: 'back' });
    },
  },
};
