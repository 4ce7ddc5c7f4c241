/** Example 13: the contact's form at the ring, a phone call row that is closed after the call. */
import { strict as assert } from 'node:assert';
import type { ExampleTest } from '../example-test.js';
import { at, dialing, parameter, ringing } from './crm.js';

export const dynamics: ExampleTest = {
  example: '13 Dynamics 365 phone calls',
  does: {
    'opens the contact when it rings, and writes and closes one row': async (open) => {
      const { test, handle } = await ringing(open);
      const search = test.expect.http({ method: 'GET', url: at('/api/data/v9.2/contacts?') });
      assert.match(parameter(search, '$filter'), /telephone1 eq '\+12065550101'.*mobilephone eq '\(206\) 555-0101'/);
      test.expect.message({
        node: 'to the agent',
        match: {
          topic: 'one',
          payload: { agent: '1001', caller: '(206) 555-0101', open: /etn=contact&id=0{8}-.*101$/ },
        },
      });
      await handle();
      const { url } = test.expect.http({
        method: 'PATCH',
        url: at('/api/data/v9.2/phonecalls('),
        body: {
          subject: 'Call from (206) 555-0101',
          description: /Agent Alex Andersen\nended\nCallVariable1: A-17\nCallVariable2: Invoice/,
          phonenumber: '+12065550101',
          directioncode: false,
          actualdurationminutes: 1,
          actualstart: '2026-01-05T08:00:03.826Z',
        },
      });
      await test.advance('13 s');
      test.expect.http({ method: 'PATCH', url, body: { statecode: 1, statuscode: 4 } });
      test.expect.message({ node: 'in Dynamics', match: { payload: { calls: 1, closed: 1 } }, inOrder: false });
      test.expect.message({
        node: 'Dynamics response',
        match: { 'delivery.state': 'sent', 'delivery.key': /^close / },
      });
      test.expect.noMessage({ node: 'given up' });
    },

    'logs a call that an agent dials with the number of the customer': async (open) => {
      const { test } = await dialing(open);
      const { url } = test.expect.http({
        method: 'PATCH',
        url: at('/api/data/v9.2/phonecalls('),
        body: {
          subject: 'Call to (206) 555-0150',
          phonenumber: '+12065550150',
          directioncode: true,
          phonecall_activity_parties: undefined,
        },
      });
      test.expect.http({ method: 'PATCH', url, body: { statecode: 1, statuscode: 2 } });
      test.expect.noHttp({ method: 'GET' });
      test.expect.noMessage({ node: 'given up' });
    },
  },
};
