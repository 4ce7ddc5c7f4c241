/** Dashboard 1: the charts get a point every ten seconds, and the hour after a start. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { received, withWidgets } from './browsers.js';

interface Point {
  series: string;
  time: number | string;
  value: number;
}

async function opened(open: OpenExample, env: Readonly<Record<string, string>> = {}) {
  const test = await open(withWidgets({ world: { agents: 2, available: ['1001'] }, env }));
  const last = (chart: string) => received(test, chart).at(-1)!;
  const values = (chart: string) =>
    Object.fromEntries((last(chart).payload as Point[]).map(({ series, value }) => [series, value]));
  return { test, last, values };
}

export const dashboardWallboard: ExampleTest = {
  example: 'dashboard/01 wallboard with charts',
  does: {
    'shows skill groups and agents, with a point every ten seconds': async (open) => {
      const { test, last, values } = await opened(open);
      await test.advance('3.5 s');
      test.expect.message({ node: 'enabled' });
      assert.deepEqual(values('agent states'), { Available: 1, Talking: 0, 'After-call work': 0, 'Not ready': 0 });
      await test.call({ from: '2065550101', to: '8001' });
      await test.call({ from: '2065550102', to: '8001' });
      await test.agent('1001').answer();
      await test.advance('20 s');
      const rows = [...(last('skill groups now').payload as Array<Record<string, unknown>>)];
      assert.deepEqual(
        rows.map(({ name, waiting }) => [name, waiting]),
        [
          ['Sales', 1],
          ['Support', 0],
          ['Billing', 0],
        ],
      );
      const [sales] = rows;
      assert.deepEqual([sales!.talking, sales!.loggedIn, sales!.available], [1, 1, 0]);
      assert.ok(Number(sales!.longest) >= 8 && Number(sales!.longest) <= 20, String(sales!.longest));
      assert.deepEqual(values('waiting calls'), { Sales: 1, Support: 0, Billing: 0 });
      assert.deepEqual(values('agent states'), { Available: 0, Talking: 1, 'After-call work': 0, 'Not ready': 0 });
      assert.deepEqual(
        received(test, 'waiting calls').map(({ action, payload }) => [action, (payload as Point[]).length]),
        [
          ['replace', 3],
          ['append', 3],
          ['append', 3],
        ],
      );
      const sent = received(test, 'waiting calls').at(-1)!.payload as Point[];
      assert.equal(sent[0]!.time, Date.UTC(2026, 0, 5, 8, 0, 21));
      test.expect.noMessage({ node: 'why' });
    },

    'counts calls that were answered, in time or not, and those that were not': async (open) => {
      const { test, last, values } = await opened(open, { ANSWER_WITHIN: '5' });
      await test.advance('4 s');
      test.expect.noMessage({ node: 'service level' });
      for (const wait of ['1 s', '10 s']) {
        const caller = await test.call({ from: '2065550101', to: '8001' });
        await test.advance(wait);
        await test.agent('1001').answer();
        await caller.hangUp();
        await test.agent('1001').available();
      }
      const caller = await test.call({ from: '2065550103', to: '8001' });
      await test.advance('3 s');
      await caller.hangUp();
      await test.advance('10 s');
      assert.deepEqual(values('calls per minute'), { answered: 2, abandoned: 1 });
      assert.match(String((last('calls per minute').payload as Point[])[0]!.time), /^\d\d:\d\d$/);
      assert.deepEqual(values('service level'), { 'last 15 minutes': 33 });
      assert.equal(last('service level now').payload, 33);
      // Of the last 15 minutes there is none left, but of the last 20 bars.
      await test.advance('16 min');
      const before = received(test, 'service level').length;
      await test.advance('20 s');
      assert.equal(received(test, 'service level').length, before);
      assert.equal((last('calls per minute').payload as Point[]).filter(({ value }) => value > 0).length, 2);
    },

    'gives the charts the whole hour after a deploy': async (open) => {
      const { test, last } = await opened(open);
      await test.advance('65 min');
      await test.deploy();
      await test.advance('2 s');
      const { action, payload } = last('waiting calls');
      assert.equal(action, 'replace');
      const points = payload as Point[];
      assert.ok(points.length >= 3 * 355 && points.length <= 3 * 361, String(points.length));
      await test.advance('10 s');
      assert.equal((last('agent states').payload as Point[]).length, 4);
    },

    'says why statistics are refused, and asks again': async (open) => {
      const { test } = await opened(open);
      await test.advance('3.5 s');
      await test.inject('enable statistics', { payload: { SkillGroupNumber: 'x' } });
      test.expect.message({ node: 'why', match: { 'error.source.name': 'enable statistics' } });
      await test.advance('4.9 s');
      assert.equal(received(test, 'why').length, 1);
      await test.advance('0.2 s');
      assert.equal(received(test, 'why').length, 2);
    },
  },
};
