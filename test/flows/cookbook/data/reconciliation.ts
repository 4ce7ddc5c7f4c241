/** Recipe 14: what the CRM lacks is found, and sent again. */
import { strict as assert } from 'node:assert';
import type { FlowTest, ReceivedRequest } from '../../../../src/testing/index.js';
import type { ExampleTest } from '../../example-test.js';

const CRM = 'https://crm.example.com';

async function talks(test: FlowTest, seconds = 5): Promise<void> {
  const caller = await test.call({ from: '2065550101', to: '8001' });
  await test.agent('1001').answer();
  await test.advance(`${seconds} s`);
  await test.agent('1001').hold();
  await test.advance('2 s');
  await test.agent('1001').retrieve();
  await caller.hangUp();
  await test.advance('1 s');
  await test.agent('1001').available();
  await test.advance('1 s');
}

const world = { agents: 1, available: ['1001'] };

interface Call {
  key: string;
  seconds?: number;
}

/** A CRM that keeps what it is sent, except for the second one the first time. */
function crmOf(calls: Map<string, Call>, change: (call: Call) => Call = (call) => call) {
  let arrived = 0;
  return {
    [`POST ${CRM}/calls`]: ({ body }: ReceivedRequest) => {
      const call = body as Call;
      if (++arrived !== 2) calls.set(call.key, change(call));
      return { status: 201 };
    },
    [`GET ${CRM}/calls`]: () => ({ body: { calls: [...calls.values()] } }),
  };
}

export const reconciliation: ExampleTest = {
  example: 'cookbook/14 the CRM has every call',
  does: {
    'finds the call that the stand-in has lost, and sends it again': async (open) => {
      const test = await open({ world });
      for (let each = 0; each < 4; each++) await talks(test);
      await test.eventually.message({ node: 'result', match: { topic: '1 missing, 0 different' } });
      const [missing] = (
        test.entries.filter(({ node, what }) => node?.name === 'result' && what === 'message').at(-1)!.value!
          .payload as {
          missing: string[];
        }
      ).missing;
      await test.advance('1 s');
      test.expect.message({ node: 'in the CRM', match: { sent: { key: missing } } });
      await test.inject('now');
      await test.advance('1 s');
      test.expect.message({ node: 'result', match: { topic: '0 missing, 0 different' } });
      test.expect.noMessage({ node: 'given up' });
    },

    'sends each call once, and compares with a CRM of your own': async (open) => {
      const calls = new Map<string, Call>();
      const test = await open({ world, env: { CRM_URL: CRM }, http: crmOf(calls) });
      for (let each = 0; each < 3; each++) await talks(test, 10);
      const { body, headers } = test.expect.http({
        ...{ method: 'POST', url: `${CRM}/calls` },
        body: { key: /^icm/, agent: '1001', customer: '+12065550101', ended: (ms: number) => ms > 0, seconds: 12 },
      });
      assert.match(String(headers['idempotency-key']), /icm/);
      assert.equal(calls.size, 2);
      assert.ok(calls.has((body as Call).key));
      // Too new to be found.
      await test.advance('8 s');
      await test.eventually.message({ node: 'result', match: { topic: '1 missing, 0 different' } });
      const { url } = test.expect.http({ method: 'GET', url: `${CRM}/calls`, inOrder: false });
      const { searchParams } = new URL(url);
      const [from, to] = ['from', 'to'].map((name) => Number(searchParams.get(name)));
      assert.equal(from, new Date(2026, 0, 5).setHours(0, 0, 0, 0));
      assert.equal(to, Date.parse('2026-01-05T08:00:55Z'));
      await test.advance('1 s');
      assert.equal(calls.size, 3);
    },

    'names the customer of a call that an agent has dialed': async (open) => {
      const test = await open({ world, env: { CRM_URL: CRM }, http: crmOf(new Map()) });
      await test.agent('1001').notReady();
      await test.agent('1001').dial('2065550101');
      await test.advance('10 s');
      await test.agent('1001').hangUp();
      await test.eventually.http({
        method: 'POST',
        url: `${CRM}/calls`,
        body: { customer: '+12065550101', agent: '1001' },
      });
    },

    'names calls whose duration differs': async (open) => {
      const calls = new Map<string, Call>();
      const http = crmOf(calls, (call) => ({ ...call, seconds: call.seconds! + 60 }));
      const test = await open({ world, env: { CRM_URL: CRM }, http });
      await talks(test);
      await test.eventually.message({
        node: 'result',
        match: { topic: '0 missing, 1 different', 'payload.different': [/^icm/] },
        within: '90 s',
      });
    },

    'compares yesterday in the night, and leaves out what is too new by day': async (open) => {
      const startAt = new Date(2026, 0, 5, 23, 50);
      const calls = new Map<string, Call>();
      const test = await open({ startAt, world, env: { CRM_URL: CRM, LAG_SECONDS: '300' }, http: crmOf(calls) });
      await talks(test);
      await talks(test);
      await test.eventually.message({ node: 'result', match: { topic: '0 missing, 0 different' } });
      await test.advance('1 h');
      test.expect.noMessage({ node: 'result' });
      await test.eventually.message({ node: 'result', match: { topic: '1 missing, 0 different' }, within: '20 min' });
      const [, night] = test.entries.filter(({ request }) => request?.method === 'GET');
      const { searchParams } = new URL(night!.request!.url);
      assert.equal(Number(searchParams.get('from')), startAt.setHours(0, 0, 0, 0));
      assert.equal(Number(searchParams.get('to')), new Date(2026, 0, 6).setHours(0, 0, 0, 0));
    },

    'says that the CRM fails, for the comparison and for a call': async (open) => {
      const test = await open({ world, env: { CRM_URL: CRM }, http: { [CRM]: { status: 400, body: {} } } });
      await talks(test);
      await test.eventually.message({ node: 'given up', match: { statusCode: 400 } });
      await test.eventually.message({ node: 'result', match: { topic: 'The CRM answered 400' } });
      const away = await open({ world, env: { CRM_URL: CRM }, http: { [CRM]: { fails: 'refused' } } });
      await away.eventually.message({ node: 'why', within: '70 s' });
    },
  },
};
