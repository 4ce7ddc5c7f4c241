/** Recipe 16: an outage is reported, and so is each record that it has made incomplete. */
import { strict as assert } from 'node:assert';
import type { ExampleTest } from '../../example-test.js';

export const gap: ExampleTest = {
  example: 'cookbook/16 gap check after a failover',
  does: {
    'reports the outage of the simulation, and the call during it': async (open) => {
      const test = await open({ world: { agents: 4, available: ['1001', '1004'] } });
      const lasting = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      const short = await test.call({ from: '2065550102', to: '8001' });
      await test.agent('1004').answer();
      await test.advance('7 s');
      await short.hangUp();
      await test.agent('1004').available();
      await test.advance('3 s');
      assert.deepEqual(
        (await test.simulate('status', {})).sides.map(({ running }) => running),
        [false, false],
      );
      await lasting.hangUp();
      await test.agent('1001').notReady();
      const missed = await test.eventually.message({ node: 'missed', within: '25 s' });
      assert.match(String(missed.topic), /^\d+ s: 0 calls began, 1 ended, [12] agents changed$/);
      const { from, seconds, reason, check } = missed.payload as Record<string, string> & { check: string[] };
      assert.match(from!, /^2026-01-05T08:00:(0[5-9]|10)/, 'when it was last heard of');
      assert.ok(Number(seconds) >= 5 && Number(seconds) < 25);
      assert.ok(reason);
      assert.ok(check.some((id) => id.startsWith('call.')) && check.includes('agent.5000.1001'));
      await test.advance('5 s');
      test.expect.message({
        node: 'to be completed',
        match: { payload: { key: /icm/, agent: '1001', missing: /ended/ } },
        inOrder: false,
      });
      test.expect.message({ node: 'outage over', match: { topic: 'startSide' }, inOrder: false });
      assert.deepEqual(
        (await test.simulate('status', {})).sides.map(({ running }) => running),
        [true, true],
      );
      test.expect.nothingElse();
    },

    'lists a call that went on meanwhile, with the gap': async (open) => {
      const test = await open({ world: { agents: 4, available: ['1001'] } });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('30 s');
      await caller.hangUp();
      await test.advance('1 s');
      await test.agent('1001').available();
      await test.advance('1 s');
      const { payload } = test.expect.message({ node: 'to be completed' });
      assert.equal((payload as { gaps: unknown[] }).gaps.length, 1);
    },

    'says nothing without an outage': async (open) => {
      const test = await open({ world: { agents: 4, available: ['1001'] } });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('3 s');
      await caller.hangUp();
      await test.agent('1001').available();
      await test.advance('1 s');
      test.expect.nothingElse();
    },
  },
};
