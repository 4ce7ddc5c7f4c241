/** Example 13: the contact's form at the ring, a phone call row that is closed after the call. */
import { strict as assert } from 'node:assert';
import type { Receivers } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { at, dialing, parameter, ringing, ringingWith, severalCalls } from './crm.js';

const ORG = 'https://org.crm.dynamics.com';
const CONTACTS = `GET ${ORG}/api/data/v9.2/contacts`;
const WRITE = `PATCH ${ORG}/api/data/v9.2/phonecalls`;
const READ = `GET ${ORG}/api/data/v9.2/phonecalls`;
const ADA = '00000000-0000-0000-0000-000000000101';
const REFUSED = { status: 400, body: { error: { code: '0x80040265' } } };
const DONE = { status: 204 };

/** A call that nobody answers, in a Dynamics 365 that answers as the test says. */
async function abandoned(open: OpenExample, http: Receivers) {
  const all = { [CONTACTS]: { body: { value: [] } }, [WRITE]: DONE, ...http };
  const { test, caller } = await ringingWith(open, { DYNAMICS_URL: ORG }, all);
  await caller.hangUp();
  await test.advance('1 min');
  return test;
}

export const dynamics: ExampleTest = {
  example: '13 Dynamics 365 phone calls',
  does: {
    'opens the contact when it rings, and writes and closes one row': async (open) => {
      const { test, handle } = await ringing(open);
      const search = test.expect.http({ method: 'GET', url: at('/api/data/v9.2/contacts?') });
      assert.match(parameter(search, '$filter'), /telephone1 eq '\+12065550101'.*mobilephone eq '\(206\) 555-0101'/);
      test.expect.message({
        node: 'none, one, several',
        match: { 'delivery.key': /^find / },
        inOrder: false,
      });
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
          'regardingobjectid_contact_phonecall@odata.bind': `/contacts(${ADA})`,
        },
      });
      test.expect.message({ node: 'close it', match: { 'delivery.key': /^log / }, inOrder: false });
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

    'lets the agent choose, or create a contact': async (open) => {
      const several = await ringing(open, { from: '2065550105' });
      const choice = (name: string) => ({ name, url: /etn=contact&id=0{8}-/ });
      several.test.expect.message({
        node: 'to the agent',
        match: { topic: 'several', payload: { open: undefined, choose: [choice('Bob One'), choice('Bob Two')] } },
      });
      await several.handle();
      several.test.expect.http({ method: 'PATCH', body: { phonecall_activity_parties: undefined } });
      const { test } = await ringing(open, { from: '' });
      test.expect.message({
        node: 'to the agent',
        match: {
          topic: 'none',
          payload: { caller: 'an unknown number', create: /^http:.*\/main\.aspx\?pagetype=entityrecord&etn=contact$/ },
        },
      });
      test.expect.noHttp({ method: 'GET' });
    },

    'finds a row closed whose response was lost': async (open) => {
      const test = await abandoned(open, {
        [WRITE]: [DONE, { fails: 'lost' }, REFUSED],
        [READ]: { body: { statecode: 2 } },
      });
      test.expect.http({ method: 'PATCH', body: { statecode: 2, statuscode: 3 } });
      test.expect.http({ method: 'GET', url: /phonecalls\(.{36}\)\?\$select=statecode,statuscode$/ });
      test.expect.message({ node: 'closed already?', match: { 'delivery.key': /^check close / } });
      test.expect.message({ node: 'Dynamics response', match: { 'payload.statecode': 2 } });
      test.expect.noMessage({ node: 'given up' });
    },

    'gives up what Dynamics refuses': async (open) => {
      const refused = await abandoned(open, { [CONTACTS]: REFUSED, [WRITE]: REFUSED });
      for (const key of [/^find /, /^log /])
        refused.expect.message({ node: 'given up', match: { statusCode: 400, 'delivery.key': key } });
      const missing = await abandoned(open, { [WRITE]: [DONE, { status: 404 }] });
      missing.expect.message({ node: 'given up', match: { statusCode: 404, 'delivery.key': /^close / } });
      missing.expect.noHttp({ url: /phonecalls\(.{36}\)\?/ });
      const unreadable = await abandoned(open, { [WRITE]: [DONE, REFUSED], [READ]: REFUSED });
      unreadable.expect.message({ node: 'given up', match: { 'delivery.key': /^check close / } });
      unreadable.expect.noMessage({ node: 'Dynamics response' });
      const stillOpen = await abandoned(open, { [WRITE]: [DONE, REFUSED], [READ]: { body: { statecode: 0 } } });
      stillOpen.expect.message({ node: 'given up', match: { 'payload.statecode': 0 } });
      stillOpen.expect.noMessage({ node: 'Dynamics response' });
    },

    'repeats what the stand-in is too busy for, and what it has lost the response of': async (open) => {
      const { test } = await severalCalls(open, 3);
      test.expect.message({ node: 'close it', match: { 'delivery.attempts': 1 } });
      test.expect.message({ node: 'Dynamics response', match: { 'delivery.attempts': 1 } });
      test.expect.message({ node: 'close it', match: { 'delivery.attempts': 1 } });
      test.expect.message({ node: 'Dynamics response', match: { 'delivery.attempts': 2 } });
      test.expect.message({ node: 'close it', match: { 'delivery.attempts': 2 } });
      test.expect.message({ node: 'Dynamics response', match: { 'delivery.attempts': 2 } });
      test.expect.message({ node: 'in Dynamics', match: { payload: { calls: 3, closed: 3 } } });
      test.expect.noMessage({ node: 'given up' });
    },
  },
};
