/** Recipe 5: a chat hears of long waits, once, and of their end. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest } from '../../example-test.js';

const CHAT = 'https://chat.example.com/hooks/1';
const world = { agents: 1, available: ['1001'] };

/** One caller talks to the only agent, another one waits. */
async function oneWaits(test: FlowTest) {
  await test.advance('4 s');
  const first = await test.call({ from: '2065550101', to: '8001' });
  await test.agent('1001').answer();
  const second = await test.call({ from: '2065550102', to: '8001' });
  return { first, second };
}

export const alarm: ExampleTest = {
  example: 'cookbook/05 service-level alarm to chat',
  does: {
    'posts the beginning and the end, each once': async (open) => {
      const test = await open({ world, env: { CHAT_URL: CHAT }, http: { [`POST ${CHAT}`]: { body: 'ok' } } });
      const { second } = await oneWaits(test);
      await test.advance('18 s');
      test.expect.noHttp({ url: CHAT });
      await test.eventually.http({
        url: CHAT,
        body: { text: /^Sales: a caller has been waiting for 2\d s, 1 in the queue\.$/ },
        within: '12 s',
      });
      test.expect.message({ node: 'posted', match: { 'sent.text': /waiting/, statusCode: 200 } });
      await test.advance('1 min');
      test.expect.noHttp({ url: CHAT });
      await second.hangUp();
      await test.eventually.http({
        url: CHAT,
        body: { text: /^Sales: the wait is short again, after \d\d s\.$/ },
        within: '12 s',
      });
      test.expect.message({ node: 'posted' });
      test.expect.nothingElse({ except: ['enable statistics', 'respond'] });
    },

    'posts to the stand-in until then': async (open) => {
      const test = await open({ world });
      await oneWaits(test);
      await test.eventually.message({
        node: 'posted',
        match: { payload: 'ok', statusCode: 200, 'sent.text': /^Sales: a caller/ },
        within: '40 s',
      });
      test.expect.nothingElse({ except: ['enable statistics', 'respond'] });
    },

    'tries again, and gives up when the news is old': async (open) => {
      const test = await open({ world, env: { CHAT_URL: CHAT }, http: { [CHAT]: { status: 503 } } });
      await oneWaits(test);
      await test.eventually.message({
        node: 'not posted',
        match: { 'error.code': 'CTIOS_DELIVERY_EXPIRED' },
        within: '5 min',
      });
      assert.ok(test.entries.filter(({ what }) => what === 'http').length > 5);
    },

    'enables the statistics again, if the session was not ready': async (open) => {
      const test = await open({ world });
      await test.advance('4 s');
      test.expect.message({ node: 'enable statistics', from: 'once' });
      await test.send('not yet', {});
      await test.advance('4 s');
      test.expect.noMessage({ node: 'enable statistics' });
      await test.advance('1 s');
      test.expect.message({ node: 'enable statistics', from: 'five seconds' });
    },
  },
};
