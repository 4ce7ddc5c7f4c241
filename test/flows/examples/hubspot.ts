/** Example 12: the caller's record in HubSpot, and a call object that belongs to it. */
import type { ExampleTest } from '../example-test.js';
import { at, dialing, ringing, ringingWith, severalCalls } from './crm.js';

const CALLS = '/crm/objects/2026-09/calls';
const API = 'https://api.hubspot.example';
const REFUSED = { status: 400, body: { category: 'VALIDATION_ERROR' } };
const properties = (match: object) => (inputs: unknown) => {
  const [{ properties: found }] = inputs as [{ properties: Record<string, string> }];
  return Object.entries(match).every(([key, value]) =>
    value instanceof RegExp ? value.test(found[key]!) : found[key] === value,
  );
};

export const hubspot: ExampleTest = {
  example: '12 HubSpot call log',
  does: {
    'shows the record when it rings, and logs the call with its contact': async (open) => {
      const { test, handle } = await ringing(open);
      test.expect.http({
        method: 'POST',
        url: at('/crm/objects/2026-09/contacts/search'),
        body: { filterGroups: (groups: unknown) => JSON.stringify(groups).includes('+12065550101') },
      });
      test.expect.message({
        node: 'to the agent',
        match: {
          topic: 'one',
          payload: {
            agent: '1001',
            caller: '(206) 555-0101',
            open: 'https://app.hubspot.com/contacts/12345/record/0-1/101',
          },
        },
      });
      test.expect.noHttp({ url: at(`${CALLS}/batch/upsert`) });
      await handle();
      const inProgress = {
        hs_call_status: 'IN_PROGRESS',
        hs_call_title: 'Call from (206) 555-0101',
        hs_call_direction: 'INBOUND',
      };
      test.expect.http({
        method: 'POST',
        url: at(`${CALLS}/batch/upsert`),
        headers: { 'content-type': 'application/json' },
        body: {
          inputs: properties({ ...inProgress, hs_call_body: /A-17.*Invoice/, hs_call_from_number: '+12065550101' }),
        },
      });
      test.expect.http({ method: 'PUT', url: at(`${CALLS}/501/associations/default/contacts/101`) });
      test.expect.message({ node: 'its contact', match: { 'delivery.key': / update |pop/ }, inOrder: false });
      test.expect.message({ node: 'HubSpot response', match: { 'delivery.state': 'sent', statusCode: 200 } });
      test.expect.http({
        method: 'POST',
        url: at(`${CALLS}/batch/upsert`),
        body: {
          inputs: properties({ hs_call_status: 'COMPLETED', hs_call_duration: '20000', hs_call_to_number: '8001' }),
        },
      });
      await test.advance('13 s');
      test.expect.message({ node: 'HubSpot response', match: { 'delivery.key': 'associate 501 101' } });
      test.expect.message({ node: 'in HubSpot', match: { payload: { calls: 1, completed: 1 } } });
      test.expect.noMessage({ node: 'given up' });
    },

    'logs a call that an agent dials with the number of the customer': async (open) => {
      const { test } = await dialing(open);
      test.expect.http({
        url: at(`${CALLS}/batch/upsert`),
        body: {
          inputs: properties({
            hs_call_title: 'Call to (206) 555-0150',
            hs_call_direction: 'OUTBOUND',
            hs_call_from_number: '2001',
            hs_call_to_number: '+12065550150',
            hs_call_status: 'COMPLETED',
            hs_call_duration: /^(19|20)\d{3}$/,
          }),
        },
      });
      test.expect.noHttp({ url: at('/crm/objects/2026-09/contacts/search') });
      test.expect.noHttp({ method: 'PUT' });
      test.expect.noMessage({ node: 'given up' });
    },

    'looks up the customer for a colleague who is consulted about a call that an agent dials': async (open) => {
      const test = await open({ world: { agents: 2, available: [] } });
      for (const id of ['1001', '1002']) {
        await test.agent(id).logIn();
        await test.agent(id).notReady();
      }
      await test.agent('1001').dial('2065550150');
      await test.advance('5 s');
      await test.agent('1001').consult('2002');
      await test.advance('1 s');
      test.expect.http({
        url: at('/crm/objects/2026-09/contacts/search'),
        body: { filterGroups: (groups: unknown) => JSON.stringify(groups).includes('+12065550150') },
      });
      test.expect.message({ node: 'to the agent', match: { payload: { agent: '1002', caller: '(206) 555-0150' } } });
    },

    'makes no search for a caller who withholds the number': async (open) => {
      const { test, handle } = await ringing(open, { from: '' });
      test.expect.message({ node: 'to the agent', match: { topic: 'none', 'payload.caller': 'an unknown number' } });
      test.expect.noHttp({ url: at('/crm/objects/2026-09/contacts/search') });
      await handle();
      await test.advance('10 s');
      test.expect.http({
        url: at(`${CALLS}/batch/upsert`),
        body: { inputs: properties({ hs_call_status: 'COMPLETED' }) },
      });
      test.expect.noHttp({ method: 'PUT' });
    },

    'gives up what HubSpot refuses': async (open) => {
      for (const [receivers, key] of [
        [{ [`POST ${API}${CALLS}/batch/upsert`]: REFUSED }, / segment $/],
        [
          {
            [`POST ${API}${CALLS}/batch/upsert`]: { body: { results: [{ id: '501' }] } },
            [`PUT ${API}${CALLS}/501`]: REFUSED,
          },
          /^associate 501 101$/,
        ],
      ] as const) {
        const search = { [`POST ${API}/crm/objects/2026-09/contacts/search`]: { body: { results: [{ id: '101' }] } } };
        const { test, caller } = await ringingWith(open, { HUBSPOT_URL: API }, { ...search, ...receivers });
        await caller.hangUp();
        await test.eventually.message({
          node: 'given up',
          match: { statusCode: 400, 'delivery.key': key },
          within: '1 min',
        });
      }
    },

    'repeats what the stand-in is too busy for, and what it has lost the response of': async (open) => {
      const { test } = await severalCalls(open, 3);
      for (const attempts of [1, 1, 1, 2, 2, 2])
        test.expect.message({ node: 'its contact', match: { 'delivery.attempts': attempts } });
      test.expect.message({ node: 'in HubSpot', match: { payload: { calls: 3, completed: 3 } } });
      test.expect.noMessage({ node: 'given up' });
    },
  },
};
