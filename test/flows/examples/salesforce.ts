/** Example 15: a voice call or a completed task for each call, and the caller's record when it rings. */
import { strict as assert } from 'node:assert';
import type { Receivers } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { at, CALL, dialing, parameter, ringing } from './crm.js';

const SITE = 'https://example.my.salesforce.com';
const VOICE = 'https://example.my.salesforce-scrt.com/telephony/v1/voiceCalls';
const SEARCH = `GET ${SITE}/services/data/v67.0/search`;
const TASKS = `PATCH ${SITE}/services/data/v67.0/sobjects/Task`;
const SERVER = '/services/data/v67.0';
const CALLS = '/telephony/v1/voiceCalls';
const NONE = { body: { searchRecords: [] } };
const REFUSED = { status: 400, body: [{ errorCode: 'INVALID_FIELD' }] };

/** A call to an agent, with a Salesforce that answers as the test says. */
async function withSalesforce(open: OpenExample, agent: '1001' | '1002', http: Receivers) {
  const test = await open({
    world: { agents: 2, available: [agent] },
    env: { SALESFORCE_URL: SITE, SALESFORCE_VOICE_URL: 'https://example.my.salesforce-scrt.com' },
    http: { [SEARCH]: NONE, [TASKS]: { status: 201 }, [VOICE]: { body: { voiceCallId: '0LQ1' } }, ...http },
  });
  const caller = await test.call({ ...CALL, to: agent === '1001' ? '8001' : '8002' });
  await test.advance('0.9 s');
  return { test, caller };
}

const json = (match: object) => (text: unknown) => {
  const found = JSON.parse(String(text)) as Record<string, unknown>;
  return Object.entries(match).every(([key, value]) => found[key] === value);
};

export const salesforce: ExampleTest = {
  example: '15 Salesforce calls',
  does: {
    'writes one completed task for an agent without Salesforce Voice': async (open) => {
      const { test, handle } = await ringing(open);
      const search = test.expect.http({ method: 'GET', url: at(`${SERVER}/search?`) });
      assert.match(parameter(search, 'q'), /^FIND \{2065550101\} IN PHONE FIELDS RETURNING Contact/);
      test.expect.message({
        node: 'to the agent',
        match: {
          topic: 'one',
          payload: { agent: '1001', caller: '(206) 555-0101', open: /Contact\/003000000000101AAA\/view$/ },
        },
      });
      await handle();
      test.expect.http({
        method: 'PATCH',
        url: at(`${SERVER}/sobjects/Task/CTI_Key__c/icm.46026.1_5000.1001_`),
        body: {
          Subject: 'Call from (206) 555-0101',
          Description:
            'Agent Alex Andersen\nended\nCallVariable1: A-17\nCallVariable2: Invoice\nNot known: queueSeconds',
          Status: 'Completed',
          ActivityDate: '2026-01-05',
          CallType: 'Inbound',
          CallDurationInSeconds: 20,
          CallDisposition: 'Answered',
          WhoId: '003000000000101AAA',
        },
      });
      await test.advance('13 s');
      test.expect.message({ node: 'Salesforce has the task', match: { statusCode: 201, 'delivery.state': 'sent' } });
      test.expect.message({ node: 'in Salesforce: tasks', match: { payload: { tasks: 1 } } });
      test.expect.noHttp({ url: at(CALLS) });
      test.expect.noMessage({ node: 'given up' });
    },

    'writes a task for a call that an agent dials, also for one with Salesforce Voice': async (open) => {
      for (const agent of ['1001', '1002']) {
        const { test } = await dialing(open, { agent });
        test.expect.http({
          method: 'PATCH',
          url: at(`${SERVER}/sobjects/Task/CTI_Key__c/icm.46026.1_5000.${agent}_`),
          body: {
            Subject: 'Call to (206) 555-0150',
            CallType: 'Outbound',
            CallDurationInSeconds: 20,
            WhoId: undefined,
          },
        });
        test.expect.noHttp({ url: at(CALLS) });
        test.expect.noHttp({ method: 'GET' });
        test.expect.noMessage({ node: 'given up' });
      }
    },

    'opens a voice call for an agent who has Salesforce Voice, and ends it after the wrap-up': async (open) => {
      const test = await open({ world: { agents: 2, available: ['1002'] } });
      const caller = await test.call({ ...CALL, to: '8002' });
      await test.advance('0.9 s');
      const headers = { 'telephony-provider-name': 'CTI' };
      const { body } = test.expect.http({
        method: 'POST',
        url: at(CALLS),
        headers,
        body: {
          callCenterApiName: 'CTI_Center',
          from: '+12065550101',
          to: '8002',
          initiationMethod: 'Inbound',
          startTime: /^2026-01-05T08:00:00/,
          participants: [{ participantKey: '+12065550101', type: 'END_USER' }],
          callAttributes: json({ CallVariable1: 'A-17', CallVariable2: 'Invoice' }),
        },
      });
      const { vendorCallKey } = body as { vendorCallKey: string };
      // The stand-in answers the second request late.
      test.expect.http({
        method: 'PATCH',
        url: at(`${CALLS}/0LQ`),
        headers,
        body: { flowName: 'Route_to_agent', dialedNumber: '8002' },
      });
      await test.advance('2 s');
      test.expect.message({ node: 'opened', match: { statusCode: 200, 'delivery.key': / route$/ } });
      await test.agent('1002').answer();
      test.expect.http({
        method: 'PATCH',
        url: at(`${CALLS}/${vendorCallKey}`),
        headers,
        body: { agent: '1002@example.com', isActiveCall: true, acceptTime: /^2026-01-05T08:00:02/ },
      });
      await test.advance('20 s');
      await caller.hangUp();
      await test.agent('1002').available();
      await test.eventually.http({
        method: 'PATCH',
        url: at(`${CALLS}/${vendorCallKey}`),
        body: { isActiveCall: false, agentInteractionDuration: 20, totalHoldDuration: 0, numberOfHolds: 0 },
        within: '10 s',
      });
      await test.advance('20 s');
      test.expect.message({ node: 'in Salesforce: voice calls', match: { payload: { voiceCalls: 1, ended: 1 } } });
      test.expect.noHttp({ method: 'PATCH', url: at(`${SERVER}/sobjects/Task`) });
      test.expect.noMessage({ node: 'given up' });
    },

    'lets the agent choose, or create a contact': async (open) => {
      const several = await ringing(open, { from: '2065550105' });
      several.test.expect.message({
        node: 'to the agent',
        match: { topic: 'several', payload: { open: undefined, choose: [{ name: 'Bob One' }, { name: 'Bob Two' }] } },
      });
      await several.handle();
      several.test.expect.http({ method: 'PATCH', body: { WhoId: undefined, Status: 'Completed' } });
      const { test } = await ringing(open, { from: '' });
      test.expect.message({
        node: 'to the agent',
        match: { topic: 'none', payload: { caller: 'an unknown number', create: /lightning\/o\/Contact\/new$/ } },
      });
      test.expect.noHttp({ url: at(`${SERVER}/search`) });
    },

    'gives up what Salesforce refuses, and repeats what it is too busy for': async (open) => {
      const found = await withSalesforce(open, '1001', {
        [SEARCH]: REFUSED,
        [TASKS]: [{ status: 403, headers: { 'retry-after': '1' } }, REFUSED],
      });
      found.test.expect.message({ node: 'given up', match: { 'delivery.key': /^find / } });
      await found.caller.hangUp();
      await found.test.advance('1 s');
      const task = { method: 'PATCH', body: { CallDisposition: 'Not answered' } };
      found.test.expect.http(task);
      await found.test.eventually.http({ ...task, within: '20 s' });
      await found.test.eventually.message({ node: 'given up', match: { 'delivery.key': /^task / }, within: '1 s' });
      const refused = await withSalesforce(open, '1002', { [VOICE]: REFUSED });
      refused.test.expect.message({ node: 'given up', match: { 'delivery.key': / create$/ } });
      const unopened = await withSalesforce(open, '1002', { [`PATCH ${VOICE}/0LQ1/omniFlow`]: REFUSED });
      unopened.test.expect.message({ node: 'given up', match: { 'delivery.key': / route$/ } });
    },
  },
};
