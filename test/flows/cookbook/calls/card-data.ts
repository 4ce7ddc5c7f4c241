/** Recipe 10: the recording pauses for card data, and resumes in any case. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const post = (test: FlowTest, body: unknown, type = 'application/json') =>
  test.fetch('/cookbook/card', { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

/** Agent 1004 talks, of whom the simulation knows nothing. */
async function talking(open: OpenExample) {
  const test = await open({ world: { agents: 4, available: ['1004'] } });
  const caller = await test.call({ from: '2065550101', to: '8001' });
  await test.agent('1004').answer();
  const call = `call.5000.${caller.callId}.2004`;
  return { test, caller, card: (card: boolean) => post(test, { call, card }) };
}

interface Part {
  began: string;
  ended?: string;
  reference: string;
}

export const cardData: ExampleTest = {
  example: 'cookbook/10 recording pause',
  does: {
    'pauses and resumes the call of the simulation': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('2.9 s');
      test.expect.message({ node: 'three seconds', match: { topic: 'OnStartNetworkRecordingConf' } });
      test.expect.noMessage({ node: 'done' });
      await test.advance('0.2 s');
      test.expect.message({ node: 'done', match: { topic: 'OnStopNetworkRecordingConf' } });
      await test.advance('3.8 s');
      test.expect.noMessage({ node: 'done' });
      await test.advance('0.2 s');
      test.expect.message({ node: 'done', match: { topic: 'OnStartNetworkRecordingConf' } });
      await test.advance('5 s');
      await caller.hangUp();
      const { payload } = await test.eventually.message({ node: 'recordings', within: '3 s' });
      const { recordings } = payload as { recordings: Part[] };
      assert.equal(recordings.length, 2);
      assert.equal(new Set(recordings.map(({ reference }) => reference)).size, 1);
      const [first, second] = recordings;
      assert.equal(
        (Date.parse(second!.began) || Number(second!.began)) - (Date.parse(first!.ended!) || Number(first!.ended)),
        4000,
      );
      await test.advance('11 min');
      test.expect.nothingElse();
    },

    'answers the page when it has paused, and when it goes on': async (open) => {
      const { test, caller, card } = await talking(open);
      assert.equal((await card(true)).status, 409, 'it is not recorded yet');
      assert.equal((await card(false)).status, 200);
      assert.equal((await card(true)).status, 200);
      const refused = await card(true);
      assert.equal(refused.status, 409);
      assert.ok((refused.body as { error: string }).error);
      assert.equal((await card(false)).status, 200);
      await test.advance('11 min');
      test.expect.noMessage({ node: 'resume anyway' });
      await caller.hangUp();
      const { payload } = await test.eventually.message({ node: 'recordings' });
      assert.equal((payload as { recordings: Part[] }).recordings.length, 2);
      test.expect.nothingElse({ except: ['to the page'] });
    },

    'resumes ten minutes after a page that was closed': async (open) => {
      const { test, card } = await talking(open);
      await card(false);
      await card(true);
      await test.advance('5 min');
      // It begins once more: the ten minutes count from here.
      await card(true);
      await test.advance('599 s');
      test.expect.noMessage({ node: 'resumed' });
      await test.advance('2 s');
      test.expect.message({ node: 'resumed', match: { topic: 'OnStartNetworkRecordingConf' } });
    },

    'shows nothing of a call that was not recorded, and why it cannot be paused': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('1 s');
      await caller.hangUp();
      await test.advance('3 s');
      test.expect.message({ node: 'done', match: { topic: /^(CF|CTIOS)_/ } });
      test.expect.message({ node: 'recordings', inOrder: false });
      const other = await talking(open);
      await other.caller.hangUp();
      await other.test.advance('3 s');
      other.test.expect.message({ node: 'recorded?' });
      other.test.expect.noMessage({ node: 'recordings' });
    },

    'refuses what is no call, or not from a page of its own': async (open) => {
      const { test } = await talking(open);
      const refused = [
        await post(test, { call: 'agent.5000.1001', card: true }),
        await post(test, { call: 'call.5000.1.2001', card: 'yes' }),
        await post(test, { card: true }),
        await post(test, { call: 'call.5000.1.2001', card: true }, 'text/plain'),
      ];
      for (const { status, body } of refused) {
        assert.equal(status, 422);
        assert.match((body as { error: string }).error, /JSON/);
      }
    },
  },
};
