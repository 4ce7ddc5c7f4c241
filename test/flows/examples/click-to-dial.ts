/** Example 17: a click on a number calls it from the phone of the agent whose token the page has. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';

const PAGE = 'http://127.0.0.1:1880';
const DIAL = '/click-to-dial/call';

const atDesks = (open: OpenExample, env: Readonly<Record<string, string>> = {}) =>
  open({ world: { agents: 2, available: ['1001', '1002'] }, env });

async function tokenOf(test: FlowTest, agent: string): Promise<string> {
  const { status, body } = await test.fetch(`/click-to-dial?agent=${agent}`);
  assert.equal(status, 200);
  const [token] = /[\w-]{40,}\.[\w-]{43}/.exec(String(body)) ?? [];
  assert.ok(token, 'the page has a token');
  return token;
}

function click(test: FlowTest, body: unknown, origin = PAGE) {
  return test.fetch(DIAL, {
    method: 'POST',
    headers: { origin, 'content-type': 'text/plain' },
    body: JSON.stringify(body),
  });
}

export const clickToDial: ExampleTest = {
  example: '17 click to dial',
  does: {
    'dials the first number by itself, and hangs up after ten seconds': async (open) => {
      const test = await atDesks(open);
      await test.advance('1.5 s');
      assert.deepEqual([test.agent('1001').state, test.agent('1002').state], ['NotReady', 'NotReady']);
      await test.eventually.message({
        node: 'dialed',
        match: { topic: 'dialing', payload: { agent: '1001', number: '2065550101', dialing: '2065550101' } },
        within: '5 s',
      });
      const { calls } = await test.simulate('calls', {});
      assert.equal(calls.length, 1);
      await test.advance('9.5 s');
      assert.equal((await test.simulate('calls', {})).calls.length, 1);
      await test.advance('1 s');
      assert.equal((await test.simulate('calls', {})).calls.length, 0);
      await test.advance('1 min');
      assert.equal(test.agent('1001').state, 'NotReady');
      test.expect.nothingElse({ except: ['1002 is not ready', 'not ready again'] });
    },

    'dials for the agent of the token, once in two seconds': async (open) => {
      const test = await atDesks(open);
      await test.advance('3 s');
      const token = await tokenOf(test, '1002');
      const first = await click(test, { token, to: '+1 (206) 555-0102' });
      assert.deepEqual([first.status, first.body], [200, { agent: '1002', dialing: '+12065550102' }]);
      assert.match(String(first.headers['content-type']), /json/);
      const second = await click(test, { token, to: '2065550102' });
      assert.equal(second.status, 429);
      test.expect.message({ node: 'dialed', match: { topic: 'dialing', 'payload.agent': '1002' } });
      test.expect.message({ node: 'dialed', match: { topic: 'refused' } });
    },

    'refuses other pages, forged tokens, and what is no number': async (open) => {
      const test = await atDesks(open);
      await test.advance('3 s');
      const token = await tokenOf(test, '1001');
      const refused = [
        [await click(test, { token, to: '2065550101' }, 'https://evil.example'), 403],
        [await click(test, { token: `${token}x`, to: '2065550101' }), 401],
        [await click(test, { token, to: 'nobody' }), 422],
      ] as const;
      for (const [answer, status] of refused) {
        assert.equal(answer.status, status);
        assert.ok((answer.body as { error: string }).error);
      }
      await test.advance('11 min');
      assert.equal((await click(test, { token, to: '2065550101' })).status, 401);
      const page = await test.fetch('/click-to-dial?agent=x');
      assert.deepEqual([page.status, page.body], [404, 'No such agent.']);
    },

    'lets pages of the CRM read the response': async (open) => {
      const origin = 'https://crm.example';
      const test = await atDesks(open, { DIAL_ORIGINS: `https://other.example, ${origin}` });
      await test.advance('3 s');
      const { status, headers } = await click(test, { token: await tokenOf(test, '1002'), to: '2065550102' }, origin);
      assert.deepEqual([status, headers['access-control-allow-origin'], headers.vary], [200, origin, 'Origin']);
    },

    'repeats its own first click until the agent can dial': async (open) => {
      const test = await atDesks(open);
      await test.advance('3 s');
      await test.agent('1001').logOut();
      await test.advance('4 s');
      test.expect.noMessage({ node: 'dialed' });
      await test.agent('1001').logIn();
      await test.agent('1001').notReady();
      await test.eventually.message({ node: 'dialed', match: { topic: 'dialing' }, within: '3 s' });
    },

    'says to the page why an agent cannot dial': async (open) => {
      const test = await atDesks(open);
      await test.advance('3 s');
      const token = await tokenOf(test, '1002');
      await test.agent('1002').available();
      const available = await click(test, { token, to: '2065550101' });
      assert.deepEqual([available.status, available.body], [409, { error: 'Press Not ready first.' }]);
      // Only a call that was made is ended, and only its agent is not ready then.
      await test.advance('11 s');
      assert.equal(test.agent('1002').state, 'Available');
      await test.agent('1002').logOut();
      assert.equal((await click(test, { token, to: '2065550101' })).status, 409);
      await test.advance('3 s');
      const nobody = await tokenOf(test, '1009');
      assert.match(JSON.stringify((await click(test, { token: nobody, to: '2065550101' })).body), /1009 was not found/);
      await test.agent('1002').logIn();
      await test.agent('1002').notReady();
      await test.link.goesDown();
      await test.advance('3 s');
      const offline = await click(test, { token, to: '2065550101' });
      assert.equal(offline.status, 409);
      assert.doesNotMatch(JSON.stringify(offline.body), /Press|Log in/);
    },

    'does not mind a call that is over already': async (open) => {
      const test = await atDesks(open);
      await test.eventually.message({ node: 'ten seconds', within: '7 s' });
      await test.agent('1001').hangUp();
      await test.eventually.message({ node: 'why', match: { 'error.code': /^SIM_/ }, within: '11 s' });
    },

    'sees a phone that was in use before the deploy': async (open) => {
      const test = await atDesks(open);
      await test.agent('1001').notReady();
      await test.agent('1001').dial('2065550109');
      await test.advance('2 s');
      assert.equal((await test.simulate('calls', {})).calls.length, 0);
      assert.equal(test.agent('1002').state, 'NotReady');
    },
  },
};
