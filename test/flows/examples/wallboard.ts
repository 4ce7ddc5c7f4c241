/** Example 6: a wallboard of skill groups and agents, which keeps count of how calls end. */
import { strict as assert } from 'node:assert';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { keepsPageRules } from '../page-rules.js';

interface Board {
  groups?: Array<Record<string, unknown>>;
  agents?: Array<{ id: string; name: string; peripheral: number; state: string; since: number }>;
  limits?: Record<string, number>;
  latest?: Record<string, number>;
  day?: Array<Record<string, number>>;
  link?: { online: boolean };
}

async function page(open: OpenExample, env: Readonly<Record<string, string>> = {}) {
  const test = await open({ world: { agents: 2, available: ['1001'] }, env });
  const { status, headers, body } = await test.fetch('/wallboard');
  assert.deepEqual([status, /html/.test(String(headers['content-type']))], [200, true]);
  assert.match(String(body), /<title>Wallboard/);
  const { socket } = await visit(test);
  const board = () => (socket.received as Board[]).filter(({ groups }) => groups !== undefined).at(-1)!;
  const agent = (id: string) => board().agents!.find((each) => each.id === id)!;
  /** Of the last 24 hours, as the page has been told. */
  const counts = () => {
    const minutes = new Map<number, Record<string, number>>();
    for (const { day = [], latest } of socket.received as Board[])
      for (const each of latest ? [latest] : day) minutes.set(each.time!, each);
    const sum = (key: string) => [...minutes.values()].reduce((total, each) => total + each[key]!, 0);
    return { answered: sum('answered'), inTime: sum('inTime'), abandoned: sum('abandoned') };
  };
  return { test, socket, board, agent, counts };
}

async function visit(test: Awaited<ReturnType<OpenExample>>) {
  const socket = await test.webSocket('/wallboard/live');
  const { ticket } = (await test.fetch('/wallboard/ticket', { method: 'POST' })).body as { ticket: string };
  await socket.send({ ticket });
  return { socket };
}

export const wallboard: ExampleTest = {
  example: '06 supervisor wallboard',
  does: {
    'shows groups and agents, once a second': async (open) => {
      const { test, socket, board, agent } = await page(open);
      await test.advance('2.1 s');
      assert.equal(agent('1001').state, 'Available');
      assert.deepEqual(
        board().agents!.map(({ peripheral }) => peripheral),
        [5000, 5000, 5000],
      );
      assert.equal(board().limits!.ANSWER_WITHIN, 20);
      test.expect.noMessage({ node: 'enabled' });
      await test.advance('1 s');
      test.expect.message({ node: 'enabled' });
      await test.call({ from: '2065550101', to: '8001' });
      await test.call({ from: '2065550102', to: '8001' });
      await test.advance('15 s');
      const group = board().groups!.find(({ waiting }) => waiting === 1);
      assert.match(String(group?.name), /^(?!Group )/);
      assert.ok(Number(group?.longest) >= 10 && Number(group?.longest) <= 16);
      await test.agent('1001').answer();
      const answered = Date.now();
      await test.advance('3 s');
      assert.deepEqual(
        [agent('1001').state, agent('1001').since, agent('1001').name],
        ['Talking', answered, 'Alex Andersen'],
      );
      const updates = socket.received.length;
      await test.advance('10 s');
      assert.equal((socket.received.slice(updates) as Board[]).filter(({ groups }) => groups).length, 10);
      test.expect.noMessage({ node: 'why' });
    },

    'counts calls that were answered, in time or not, and those that were not': async (open) => {
      const { test, board, counts } = await page(open, { ANSWER_WITHIN: '5' });
      await test.advance('4 s');
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
      await test.advance('3 s');
      assert.deepEqual(counts(), { answered: 2, inTime: 1, abandoned: 1 });
      const total = (key: string) => board().groups!.reduce((sum, each) => sum + Number(each[key]), 0);
      assert.deepEqual([total('answered'), total('inTime'), total('abandoned')], [2, 1, 1]);
    },

    'sends each new minute of the day to the pages, also one that begins with an event': async (open) => {
      const test = await open({ world: { agents: 2, available: ['1001'] }, startAt: '2026-01-05T08:00:00.500Z' });
      const { socket } = await visit(test);
      await test.advance(60_000 - (Date.now() % 60_000));
      await test.agent('1001').notReady();
      await test.advance('2 s');
      const day = (socket.received as Board[]).flatMap((each) => each.day ?? []).map(({ time }) => time! % 3_600_000);
      assert.ok(day.includes(60_000), 'the page knows the minute');
    },

    'tells a page that comes later, and only with a ticket': async (open) => {
      const { test, socket } = await page(open);
      await test.advance('5.5 s');
      const second = await test.webSocket('/wallboard/live');
      await second.send({ ticket: 'forged' });
      await test.advance('3 s');
      assert.deepEqual(second.received, []);
      const before = socket.received.length;
      const { socket: third } = await visit(test);
      assert.equal((third.received as Board[]).find(({ day }) => day)?.day?.length, 1);
      assert.equal(socket.received.length, before, 'the first page is not told again');
      const foreign = await test.fetch('/wallboard/ticket', {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
      });
      assert.equal(foreign.status, 403);
      await third.close();
      await keepsPageRules(test, 'wallboard', socket);
    },

    'says why statistics are refused, and asks again': async (open) => {
      const test = await open({ world: { agents: 2 } });
      await test.advance('3.5 s');
      test.expect.message({ node: 'enabled' });
      await test.inject('enable statistics', { payload: { SkillGroupNumber: 'x' } });
      test.expect.message({
        node: 'why',
        match: { 'error.code': /^CTIOS_/, 'error.source.name': 'enable statistics' },
      });
      await test.advance('4.9 s');
      test.expect.noMessage({ node: 'why' });
      await test.advance('0.2 s');
      test.expect.message({ node: 'why' });
      test.expect.noMessage({ node: 'enabled' });
    },

    'tells the page how the link stands': async (open) => {
      const { test, socket } = await page(open);
      const link = () => (socket.received as Board[]).filter((each) => each.link !== undefined).at(-1)!.link!;
      await test.advance('5 s');
      assert.equal(link().online, true);
      await test.link.goesDown();
      await test.advance('5 s');
      assert.equal(link().online, false);
    },
  },
};
