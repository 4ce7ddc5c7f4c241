/** Example 4: signed webhooks, in order and once, and a page that shows what the receiver got. */
import { strict as assert } from 'node:assert';
import { createHmac } from 'node:crypto';
import type { ReceivedRequest } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { at, CALL } from './crm.js';

const SECRET = Buffer.alloc(32, 'k').toString('base64');
const RECEIVER = 'https://crm.example.com/hooks';

interface Shown {
  deliveries?: Array<{ verdict: string; key: string; attempt: number; body?: { type: string } }>;
  totals?: Record<string, number>;
  link?: { online: boolean };
  reconnect?: boolean;
}

/** The page of the example, connected with a ticket. */
async function page(open: OpenExample) {
  const test = await open({ world: { agents: 1, available: ['1001'] } });
  const { status, headers, body } = await test.fetch('/crm-webhooks');
  assert.deepEqual([status, /html/.test(String(headers['content-type']))], [200, true]);
  assert.match(String(body), /<title>What the CRM received/);
  const socket = await test.webSocket('/crm-webhooks/live');
  const { ticket } = (await test.fetch('/crm-webhooks/ticket', { method: 'POST' })).body as { ticket: string };
  await socket.send({ ticket });
  const shown = () => (socket.received as Shown[]).filter(({ deliveries }) => deliveries !== undefined).at(-1)!;
  return { test, socket, shown };
}

function isSigned({ headers, text }: ReceivedRequest): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  const hash = createHmac('sha256', Buffer.from(SECRET, 'base64')).update(`${id}.${time}.${text}`).digest('base64');
  return signature === `v1,${hash}`;
}

export const crmWebhooks: ExampleTest = {
  example: '04 CRM webhooks',
  does: {
    'posts each contact and its end, and shows what the receiver made of them': async (open) => {
      const { test, shown } = await page(open);
      assert.deepEqual(shown(), { deliveries: [], totals: {} });
      const caller = await test.call({ ...CALL, data: { ...CALL.data, 'user.CustomerTier': 'Gold' } });
      await test.advance('0.9 s');
      test.expect.http({
        method: 'POST',
        url: at('/signed'),
        headers: { 'webhook-id': /^pop~2ficm~2e/, 'content-type': 'application/json' },
        body: {
          type: 'call.pop',
          timestamp: /^2026-01-05T08:00:00/,
          data: { event: 'pop', fields: { Account: 'A-17', Reason: 'Invoice', Tier: 'Gold' } },
        },
      });
      test.expect.message({
        node: 'delivered',
        match: { statusCode: 201, payload: { accepted: true, duplicate: false }, 'delivery.state': 'sent' },
      });
      assert.deepEqual(
        [shown().totals, shown().deliveries!.map(({ verdict, attempt, body }) => [verdict, attempt, body?.type])],
        [{ taken: 1 }, [['taken', 1, 'call.pop']]],
      );
      await test.agent('1001').answer();
      await test.agent('1001').setCallData({ CallVariable2: 'Complaint' });
      test.expect.http({ url: at('/signed'), headers: { 'webhook-id': /^update~2ficm.*~2f2026-/ } });
      await test.advance('1 s');
      test.expect.message({ node: 'delivered', match: { 'payload.accepted': true }, inOrder: false });
      await caller.hangUp();
      const { headers } = test.expect.http({ url: at('/signed'), headers: { 'webhook-id': /^ended~2ficm~2e/ } });
      // The third delivery finds the receiver busy, and is repeated with the same key.
      assert.deepEqual(shown().totals, { taken: 2, busy: 1 });
      await test.eventually.http({
        url: at('/signed'),
        headers: { 'webhook-id': headers['webhook-id'] },
        within: '4 s',
      });
      // The fourth is answered late.
      await test.advance('1.1 s');
      test.expect.message({ node: 'delivered', match: { 'delivery.attempts': 2 } });
      assert.deepEqual(shown().totals, { taken: 3, busy: 1 });
      test.expect.noMessage({ node: 'given up' });
    },

    'delivers again what was accepted without an answer': async (open) => {
      const { test, shown } = await page(open);
      for (let count = 0; count < 2; count++) {
        const caller = await test.call({ ...CALL });
        await test.agent('1001').answer();
        await test.advance('1 s');
        await caller.hangUp();
        await test.advance('10 s');
        await test.agent('1001').available();
      }
      const { totals, deliveries } = shown();
      assert.deepEqual([totals!['answer lost'], totals!.duplicate, totals!.forged], [1, 1, undefined]);
      const keys = (...verdicts: string[]) =>
        deliveries!.filter(({ verdict }) => verdicts.includes(verdict)).map(({ key }) => key);
      assert.deepEqual(keys('duplicate'), keys('answer lost'));
      assert.equal(keys('taken', 'answer lost').length, new Set(keys('taken', 'answer lost')).size);
      test.expect.message({ node: 'delivered', match: { 'payload.duplicate': true } });
      test.expect.noMessage({ node: 'given up' });
    },

    'sends to a receiver of your own, signed': async (open) => {
      const test = await open({
        world: { agents: 1, available: ['1001'] },
        env: { WEBHOOK_URL: RECEIVER, WEBHOOK_SECRET: `whsec_${SECRET}` },
        http: {
          [`POST ${RECEIVER}`]: [
            { status: 201, body: { id: 7 } },
            { status: 400, body: 'no' },
          ],
        },
      });
      const caller = await test.call(CALL);
      await test.advance('0.9 s');
      const pop = test.expect.http({ method: 'POST', url: RECEIVER, body: { type: 'call.pop' } });
      assert.ok(isSigned(pop));
      test.expect.message({ node: 'delivered', match: { statusCode: 201, payload: { id: 7 } } });
      await caller.hangUp();
      await test.advance('1 s');
      test.expect.http({ url: RECEIVER, body: { type: 'call.ended' } });
      test.expect.message({ node: 'given up', match: { statusCode: 400, 'error.code': 'CTIOS_DELIVERY_REFUSED' } });
      test.expect.nothingElse({ except: ['to the page'] });
    },

    'rejects a forged delivery, which the button on the page sends': async (open) => {
      const { test, socket, shown } = await page(open);
      await socket.send({ other: true });
      test.expect.noHttp({ url: at('/signed') });
      await socket.send({ forge: true });
      test.expect.http({ method: 'POST', url: at('/signed'), headers: { 'webhook-id': 'forged' } });
      assert.deepEqual(
        [shown().totals, shown().deliveries![0]!.verdict, shown().deliveries![0]!.body?.type],
        [{ forged: 1 }, 'forged', 'call.pop'],
      );
      // A page that is loaded later shows it as well; the first one is not told again.
      const before = socket.received.length;
      const second = await test.webSocket('/crm-webhooks/live');
      await second.send({ ticket: 'forged' });
      assert.deepEqual(second.received, []);
      const { ticket } = (await test.fetch('/crm-webhooks/ticket', { method: 'POST' })).body as { ticket: string };
      await second.send({ ticket });
      assert.deepEqual((second.received as Shown[]).find(({ totals }) => totals)?.totals, { forged: 1 });
      assert.equal(socket.received.length, before);
      const foreign = await test.fetch('/crm-webhooks/ticket', {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
      });
      assert.equal(foreign.status, 403);
      // A page that has closed is sent nothing more.
      await second.close();
      const count = () => test.entries.filter(({ node }) => node?.name === 'to the page').length;
      const sent = count();
      await socket.send({ forge: true });
      assert.equal(count() - sent, 1, 'only for the page that is left');
    },

    'tells the page how the link stands': async (open) => {
      const { test, socket } = await page(open);
      await test.advance('5 s');
      assert.equal((socket.received as Shown[]).at(-1)?.link?.online, true);
      await test.link.goesDown();
      await test.advance('5 s');
      assert.equal((socket.received as Shown[]).at(-1)?.link?.online, false);
    },
  },
};
