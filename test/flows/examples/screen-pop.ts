/** Example 1: a card on the agent's page, with the record of the caller, and the same body to a webhook. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { keepsPageRules } from '../page-rules.js';
import { at, CALL } from './crm.js';

interface Card {
  key?: string;
  state?: string;
  lookup?: string;
  caller?: { e164?: string };
  customers?: unknown[];
  fields?: Record<string, string>;
  cards?: Card[];
  link?: { online: boolean };
}

/** The page of the example, connected with a ticket. */
async function page(open: OpenExample) {
  const test = await open({ world: { agents: 1, available: ['1001'] } });
  const { status, headers, body } = await test.fetch('/screen-pop');
  assert.deepEqual(
    [status, /html/.test(String(headers['content-type'])), /<html/.test(String(body))],
    [200, true, true],
  );
  const socket = await test.webSocket('/screen-pop/live');
  const { ticket } = (await test.fetch('/screen-pop/ticket', { method: 'POST' })).body as { ticket: string };
  await socket.send({ ticket });
  const cards = () => socket.received.map((each) => each as Card).filter(({ key }) => key !== undefined);
  return { test, socket, cards, agent: test.agent('1001') };
}

export const screenPop: ExampleTest = {
  example: '01 screen pop',
  does: {
    'shows a card with the record, follows the call, and posts the same body': async (open) => {
      const { test, socket, cards, agent } = await page(open);
      assert.deepEqual((socket.received as Card[]).at(-1), { cards: [] });
      const caller = await test.call({ ...CALL, data: { ...CALL.data, 'user.CustomerTier': 'Gold' } });
      await test.advance('0.9 s');
      test.expect.http({ method: 'GET', url: at('/customers?phone=%2B12065550101') });
      test.expect.http({
        method: 'POST',
        url: at('/webhook'),
        inOrder: false,
        headers: { 'idempotency-key': /^pop\/icm\./, 'content-type': 'application/json' },
        body: { event: 'pop', fields: { Account: 'A-17', Reason: 'Invoice', Tier: 'Gold' } },
      });
      test.expect.status({ node: 'accept once', text: 'pop +12065550101' });
      test.expect.message({
        node: 'CRM response',
        match: { statusCode: 201, payload: { accepted: true, duplicate: false } },
      });
      const [card] = cards();
      assert.deepEqual([card?.state, card?.lookup, card?.caller?.e164], ['ringing', 'pending', '+12065550101']);
      const found = cards().at(-1);
      assert.deepEqual([found?.lookup, found?.customers?.length, found?.key], ['one', 1, card?.key]);
      await agent.answer();
      assert.equal(cards().at(-1)?.state, 'talking');
      await agent.hold();
      assert.equal(cards().at(-1)?.state, 'held');
      await agent.retrieve();
      assert.equal(cards().at(-1)?.state, 'talking');
      await caller.hangUp();
      assert.equal(cards().at(-1)?.state, 'ended');
      test.expect.http({ method: 'POST', url: at('/webhook'), body: { event: 'ended', reason: 'ended' } });
      test.expect.message({ node: 'CRM response', match: { statusCode: 201 } });
      test.expect.noMessage({ node: 'webhook error' });
    },

    'shows what each agent of a conference does, not what the other one does': async (open) => {
      const test = await open({ world: { agents: 2, available: ['1001', '1002'] } });
      const socket = await test.webSocket('/screen-pop/live');
      const { ticket } = (await test.fetch('/screen-pop/ticket', { method: 'POST' })).body as { ticket: string };
      await socket.send({ ticket });
      const state = (agent: string) =>
        (socket.received as Array<Card & { agent?: { id: string } }>).findLast((each) => each.agent?.id === agent)
          ?.state;
      const [one, other] = [test.agent('1001'), test.agent('1002')];
      await test.call(CALL);
      await one.answer();
      await one.consult('2002');
      await other.answer();
      await one.conference();
      assert.deepEqual([state('1001'), state('1002')], ['talking', 'talking']);
      await other.hold();
      assert.deepEqual([state('1001'), state('1002')], ['talking', 'held']);
    },

    'tells a page that comes later, and only with a ticket': async (open) => {
      const { test, socket } = await page(open);
      const caller = await test.call(CALL);
      await test.advance('0.9 s');
      await caller.setData({ CallVariable1: 'B-18' });
      const second = await test.webSocket('/screen-pop/live');
      await second.send({ ticket: 'forged' });
      await test.advance('5 s');
      assert.deepEqual(second.received, []);
      const foreign = await test.fetch('/screen-pop/ticket', {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
      });
      assert.equal(foreign.status, 403);
      const before = socket.received.length;
      const { ticket } = (await test.fetch('/screen-pop/ticket', { method: 'POST' })).body as { ticket: string };
      await second.send({ ticket });
      // An update changes the card: it is no second one.
      assert.deepEqual(
        (second.received as Card[]).find(({ cards }) => cards)?.cards?.map(({ fields }) => fields?.Account),
        ['B-18'],
      );
      assert.ok(
        !(socket.received.slice(before) as Card[]).some(({ cards }) => cards),
        'the first page is not told again',
      );
    },

    'tells the pages how the link stands': async (open) => {
      const { test, socket } = await page(open);
      await test.advance('5 s');
      assert.equal((socket.received as Card[]).at(-1)?.link?.online, true);
      await test.link.goesDown();
      await test.advance('5 s');
      assert.equal((socket.received as Card[]).at(-1)?.link?.online, false);
      await keepsPageRules(test, 'screen-pop', socket);
    },

    'shows what it has when the CRM fails, and asks for nobody without a number': async (open) => {
      const url = 'https://crm.example.com';
      const test = await open({
        world: { agents: 1, available: ['1001'] },
        env: { CRM_URL: url },
        http: { [`GET ${url}`]: [{ status: 500, body: {} }, { fails: 'lost' }], [`POST ${url}`]: { fails: 'lost' } },
      });
      const socket = await test.webSocket('/screen-pop/live');
      const { ticket } = (await test.fetch('/screen-pop/ticket', { method: 'POST' })).body as { ticket: string };
      await socket.send({ ticket });
      const last = () => (socket.received as Card[]).filter(({ key }) => key !== undefined).at(-1)!;
      for (const [from, lookup] of [
        ['2065550101', 'failed'],
        ['2065550102', 'failed'],
        ['', 'absent'],
      ] as const) {
        const caller = await test.call({ ...CALL, from });
        await test.advance('1 s');
        assert.equal(last().lookup, lookup);
        test.expect.message({ node: 'webhook error', match: { 'error.message': /./ } });
        await caller.hangUp();
        await test.advance('1 s');
        test.expect.message({ node: 'webhook error' });
      }
    },
  },
};
