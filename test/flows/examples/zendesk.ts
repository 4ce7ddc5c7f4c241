/** Example 14: the user opens at the agent in Zendesk, and the call is recorded. */
import { strict as assert } from 'node:assert';
import type { Receivers } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { at, dialing, parameter, ringing, ringingWith, severalCalls } from './crm.js';

const SITE = 'https://example.zendesk.com';
const USERS = `GET ${SITE}/api/v2/users/search.json`;
const DISPLAY = `POST ${SITE}/api/v2/channels/voice/agents`;
const CALLS = `POST ${SITE}/api/v2/calls.json`;
const ADA = { id: 101, name: 'Ada Lovelace', phone: '+1 206 555 0101' };
const REFUSED = { status: 422, body: { error: 'RecordInvalid' } };

/** A call that nobody answers, in a Zendesk that answers as the test says. */
async function abandoned(open: OpenExample, http: Receivers) {
  const all = {
    [USERS]: { body: { users: [ADA] } },
    [DISPLAY]: {},
    [CALLS]: { status: 201, body: { call: {} } },
    ...http,
  };
  const { test, caller } = await ringingWith(open, { ZENDESK_URL: SITE }, all);
  await caller.hangUp();
  await test.advance('1 min');
  return test;
}

export const zendesk: ExampleTest = {
  example: '14 Zendesk calls',
  does: {
    'opens the user when it rings, and records the call': async (open) => {
      const { test, handle } = await ringing(open);
      assert.equal(
        parameter(test.expect.http({ method: 'GET', url: at('/api/v2/users/search.json?') }), 'query'),
        '+12065550101',
      );
      test.expect.message({
        node: 'none, one, several',
        match: { 'delivery.key': /^find / },
        inOrder: false,
      });
      test.expect.message({
        node: 'to the agent',
        match: { topic: 'one', payload: { agent: '1001', caller: '(206) 555-0101', opened: /agent\/users\/101$/ } },
      });
      test.expect.http({ method: 'POST', url: at('/api/v2/channels/voice/agents/1001/users/101/display.json') });
      test.expect.message({ node: 'opened', match: { 'delivery.state': 'sent', 'delivery.key': /^display / } });
      await handle();
      test.expect.http({
        method: 'POST',
        url: at('/api/v2/calls.json'),
        body: {
          call: {
            from_line: '+12065550101',
            to_line: '8001',
            direction: 'inbound',
            external_id: /^icm\./,
            agent_id: 1001,
            end_user_id: 101,
            completion_status: 'completed',
            number_of_holds: 0,
          },
        },
      });
      await test.advance('13 s');
      test.expect.message({ node: 'Zendesk has it', match: { 'payload.call.id': 7001, 'delivery.key': /^call / } });
      test.expect.message({ node: 'in Zendesk', match: { payload: { calls: 1, withUser: 1 } } });
      test.expect.noMessage({ node: 'given up' });
    },

    'records a call that an agent dials with the number of the customer': async (open) => {
      const { test } = await dialing(open);
      test.expect.http({
        method: 'POST',
        url: at('/api/v2/calls.json'),
        body: {
          call: { from_line: '2001', to_line: '+12065550150', direction: 'outbound', end_user_id: undefined },
        },
      });
      test.expect.noHttp({ method: 'GET' });
      test.expect.noMessage({ node: 'given up' });
    },

    'lets the agent choose, or create a user': async (open) => {
      const several = await ringing(open, { from: '2065550105' });
      several.test.expect.message({
        node: 'to the agent',
        match: { topic: 'several', payload: { opened: undefined, choose: [{ name: 'Bob One' }, { name: 'Bob Two' }] } },
      });
      several.test.expect.noMessage({ node: 'opened' });
      const { test } = await ringing(open, { from: '' });
      test.expect.message({
        node: 'to the agent',
        match: { topic: 'none', payload: { caller: 'an unknown number', create: /^http:.*\/agent\/users\/new$/ } },
      });
      test.expect.noHttp({ method: 'GET' });
    },

    'gives up what Zendesk refuses': async (open) => {
      const refused = await abandoned(open, { [USERS]: REFUSED, [CALLS]: REFUSED });
      for (const key of [/^find /, /^call /])
        refused.expect.message({ node: 'given up', match: { statusCode: 422, 'delivery.key': key } });
      const away = await abandoned(open, { [DISPLAY]: { status: 404 } });
      away.expect.message({ node: 'given up', match: { statusCode: 404, 'delivery.key': /^display / } });
      away.expect.http({ method: 'POST', url: /calls\.json$/, body: { call: { completion_status: undefined } } });
    },

    'repeats what the stand-in is too busy for, and what it has lost the response of': async (open) => {
      const { test } = await severalCalls(open, 5);
      for (const attempts of [1, 1, 1, 2, 2])
        test.expect.message({ node: 'Zendesk has it', match: { 'delivery.attempts': attempts } });
      test.expect.message({ node: 'in Zendesk', match: { payload: { calls: 5, withUser: 5 } } });
      test.expect.noMessage({ node: 'given up' });
    },
  },
};
