/** Example 18: what has lasted too long is reported once, and once when it is over. */
import type { ExampleTest } from '../example-test.js';

const CALL = { from: '2065550101', to: '8001' };

export const alarms: ExampleTest = {
  example: '18 alarms over time',
  does: {
    'reports an agent in wrap-up after two seconds, and the end': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      const caller = await test.call(CALL);
      await test.agent('1001').answer();
      await caller.hangUp();
      await test.advance('1.9 s');
      test.expect.noMessage({ node: 'in wrap-up' });
      await test.eventually.message({ node: 'in wrap-up', match: { 'agent.AgentID': '1001' }, within: '0.2 s' });
      await test.advance('3 s');
      test.expect.noMessage({ node: 'in wrap-up' });
      test.expect.noMessage({ node: 'wrap-up over' });
      await test.agent('1001').available();
      await test.eventually.message({
        node: 'wrap-up over',
        match: { 'payload.reason': 'condition' },
        within: '0.2 s',
      });
    },

    'says nothing of a short wrap-up': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      const caller = await test.call(CALL);
      await test.agent('1001').answer();
      await caller.hangUp();
      await test.advance('1 s');
      await test.agent('1001').available();
      await test.advance('5 s');
      test.expect.noMessage({ node: 'in wrap-up' });
      test.expect.noMessage({ node: 'wrap-up over' });
    },

    'reports a call of twenty seconds, and its end': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      const caller = await test.call(CALL);
      await test.agent('1001').answer();
      await test.advance('19.5 s');
      test.expect.noMessage({ node: 'long call' });
      await test.eventually.message({
        node: 'long call',
        match: { 'payload.object': /^call\.5000\./ },
        within: '1 s',
      });
      await caller.hangUp();
      await test.eventually.message({ node: 'call over', within: '0.5 s' });
      test.expect.noMessage({ node: 'long call' });
    },

    'reports that nobody is available, until two are': async (open) => {
      const test = await open({ world: { agents: 3, available: ['1001'] } });
      await test.agent('1001').notReady();
      await test.eventually.message({ node: 'alarm', match: { 'payload.object': /^skillgroup\./ }, within: '60 s' });
      await test.agent('1001').available();
      await test.advance('30 s');
      test.expect.noMessage({ node: 'alarm over' });
      await test.agent('1002').logIn();
      await test.agent('1002').available();
      await test.eventually.message({ node: 'alarm over', match: { 'payload.reason': 'condition' }, within: '30 s' });
    },

    'asks again for statistics that were refused': async (open) => {
      const test = await open({ world: { agents: 1 } });
      await test.advance('3.5 s');
      test.expect.message({ node: 'enabled' });
      const again = { node: 'enable statistics', match: { payload: { SkillGroupNumber: 'x' } } };
      await test.inject('enable statistics', { payload: { SkillGroupNumber: 'x' } });
      test.expect.message(again);
      test.expect.noMessage({ node: 'enabled' });
      await test.advance('4.9 s');
      test.expect.noMessage(again);
      await test.eventually.message({ ...again, within: '0.2 s' });
    },
  },
};
