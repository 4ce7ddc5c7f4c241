/** Example 16: one interaction for each call, opened when it rings and closed after the wrap-up. */
import { strict as assert } from 'node:assert';
import type { Receivers } from '../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../example-test.js';
import { at, CALL, dialing, parameter, ringing } from './crm.js';

const INSTANCE = 'https://instance.service-now.com';
const LOGS = `GET ${INSTANCE}/api/now/table/sn_openframe_phone_log`;
const PEOPLE = `GET ${INSTANCE}/api/now/table/sys_user`;
const INTERACTIONS = `${INSTANCE}/api/now/openframe/voice-interaction`;
const CREATED = { body: { result: { status: 'SUCCESS', sysId: 'i1' } } };
const NONE = { body: { result: [] } };

/** A call to agent 1001, with a ServiceNow that answers as the test says. */
async function withServiceNow(open: OpenExample, http: Receivers, env: Readonly<Record<string, string>> = {}) {
  const test = await open({
    world: { agents: 1, available: ['1001'] },
    env: { SERVICENOW_URL: INSTANCE, ...env },
    http: { [PEOPLE]: NONE, [LOGS]: NONE, [`POST ${INTERACTIONS}`]: CREATED, [`PATCH ${INTERACTIONS}`]: {}, ...http },
  });
  const caller = await test.call(CALL);
  await test.advance('0.9 s');
  return { test, caller };
}

export const serviceNow: ExampleTest = {
  example: '16 ServiceNow interactions',
  does: {
    'creates one interaction when it rings, and closes it after the wrap-up': async (open) => {
      const { test, handle } = await ringing(open);
      const people = test.expect.http({ method: 'GET', url: at('/api/now/table/sys_user?') });
      assert.match(parameter(people, 'sysparm_query'), /phone=\+12065550101.*mobile_phoneENDSWITH0101/);
      test.expect.message({
        node: 'to the agent',
        match: {
          topic: 'one',
          payload: { agent: '1001', caller: '(206) 555-0101', open: /record\/sys_user\/6.*01$/, choose: undefined },
        },
      });
      const looked = test.expect.http({ method: 'GET', url: at('/api/now/table/sn_openframe_phone_log?') });
      const { body } = test.expect.http({
        method: 'POST',
        url: at('/api/now/openframe/voice-interaction'),
        body: {
          interaction: {
            userPhoneNumber: '+12065550101',
            additionalParams: {
              direction: 'inbound',
              assigned_to: '1001',
              short_description: 'Call from (206) 555-0101, CallVariable1: A-17, CallVariable2: Invoice',
            },
          },
          interactionContext: { devicetype: 'Cisco', dialed: '8001' },
          phoneLogs: [{ agent: '1001', start_time: '2026-01-05 08:00:03' }],
          relatedRecords: [{ documentTable: 'sys_user', documentId: /^6.*01$/ }],
        },
      });
      const { clientSessionId: key } = (body as { interaction: { clientSessionId: string } }).interaction;
      assert.equal(parameter(looked, 'sysparm_query'), `call_id=${key}`);
      // The stand-in answers this one late.
      const { sysId } = await test.eventually.message({
        node: 'ServiceNow has it',
        match: { call: key, sysId: /^\w{32}$/ },
        within: '2 s',
      });
      test.expect.noHttp({ method: 'PATCH' });
      await handle();
      // The stand-in is busy for this one: a retry delivers it.
      await test.advance('13 s');
      test.expect.http({
        method: 'PATCH',
        url: at(`/api/now/openframe/voice-interaction/${String(sysId)}`),
        body: {
          interaction: {
            additionalParams: {
              state: 'closed_complete',
              closed_at: '2026-01-05 08:00:25',
              work_notes: /^ended, talked 20 s, held 0 s, not known: /,
            },
          },
        },
      });
      test.expect.message({
        node: 'closed',
        match: { 'delivery.state': 'sent', 'delivery.key': `close ${key}` },
        inOrder: false,
      });
      await test.advance('10 s');
      test.expect.message({ node: 'in ServiceNow', match: { payload: { interactions: 1, closed: 1, doubled: 0 } } });
      test.expect.noMessage({ node: 'given up' });
    },

    'creates no interaction for a call that an agent dials': async (open) => {
      const { test } = await dialing(open);
      test.expect.noHttp({ url: /./ });
      test.expect.noMessage({ node: 'ServiceNow has it' });
      test.expect.noMessage({ node: 'given up' });
    },

    'lets the agent choose, or create a record': async (open) => {
      const several = await ringing(open, { from: '2065550105' });
      several.test.expect.message({
        node: 'to the agent',
        match: { topic: 'several', payload: { open: undefined, choose: [{ name: 'Bob One' }, { name: 'Bob Two' }] } },
      });
      several.test.expect.http({ method: 'POST', body: { relatedRecords: undefined } });
      const { test } = await ringing(open, { from: '' });
      test.expect.message({
        node: 'to the agent',
        match: { topic: 'none', payload: { caller: 'an unknown number', create: /sys_user\/-1$/ } },
      });
      test.expect.noHttp({ url: at('/api/now/table/sys_user') });
      test.expect.http({ method: 'POST', body: { interaction: { userPhoneNumber: 'anonymous' } } });
    },

    'looks again when the response was lost, instead of creating another one': async (open) => {
      const { test, caller } = await withServiceNow(
        open,
        {
          [LOGS]: [NONE, { body: { result: [{ interaction: { value: 'i7' } }] } }],
          [`POST ${INTERACTIONS}`]: { fails: 'lost' },
        },
        { SERVICENOW_AGENTS: '{"1001":"u1"}' },
      );
      test.expect.http({ method: 'POST', url: INTERACTIONS, body: { phoneLogs: [{ agent: 'u1' }] } });
      await test.agent('1001').answer();
      await caller.hangUp();
      await test.agent('1001').available();
      await test.eventually.http({ method: 'PATCH', url: `${INTERACTIONS}/i7`, within: '15 s' });
      test.expect.noHttp({ method: 'POST' });
      test.expect.noMessage({ node: 'given up' });
    },

    'closes what nobody answered as abandoned': async (open) => {
      const { test, caller } = await withServiceNow(open, {});
      test.expect.message({ node: 'ServiceNow has it', match: { sysId: 'i1' } });
      await caller.hangUp();
      await test.eventually.http({
        method: 'PATCH',
        url: `${INTERACTIONS}/i1`,
        body: { interaction: { additionalParams: { state: 'closed_abandoned' } } },
        within: '15 s',
      });
      await test.advance('1 s');
      test.expect.message({ node: 'closed' });
    },

    'gives up what ServiceNow refuses, and says so': async (open) => {
      const refused = { status: 400, body: { error: { message: 'no' } } };
      const first = await withServiceNow(open, { [PEOPLE]: refused, [`POST ${INTERACTIONS}`]: refused });
      first.test.expect.message({ node: 'given up', match: { statusCode: 400, 'delivery.key': /^find / } });
      // The interaction is created all the same, without a person, were it not refused as well.
      await first.test.advance('5 s');
      first.test.expect.noMessage({ node: 'ServiceNow has it' });
      const second = await withServiceNow(open, { [`POST ${INTERACTIONS}`]: refused });
      second.test.expect.message({ node: 'given up', match: { statusCode: 400, 'delivery.key': /^create / } });
      const third = await withServiceNow(open, { [LOGS]: refused });
      third.test.expect.message({ node: 'given up', match: { statusCode: 400, 'delivery.key': /^look / } });
      const fourth = await withServiceNow(open, {
        [`POST ${INTERACTIONS}`]: { body: { result: { status: 'FAILURE' } } },
      });
      fourth.test.expect.error({ node: 'its sys_id', message: /has not created the interaction/ });
      const fifth = await withServiceNow(open, { [`PATCH ${INTERACTIONS}`]: refused });
      await fifth.caller.hangUp();
      await fifth.test.eventually.message({ node: 'given up', match: { 'delivery.key': /^close / }, within: '15 s' });
    },
  },
};
