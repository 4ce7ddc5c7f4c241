/** Example 14: the user opens at the agent in Zendesk, and the call is recorded. */
import { strict as assert } from 'node:assert';
import type { ExampleTest } from '../example-test.js';
import { at, dialing, parameter, ringing } from './crm.js';

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
      test.expect.message({ node: 'Zendesk has it', match: { 'payload.call.id': 7001 } });
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
  },
};
