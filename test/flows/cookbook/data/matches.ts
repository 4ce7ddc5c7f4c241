/** Recipe 15: nobody, somebody, or several people. */
import type { ExampleTest, OpenExample } from '../../example-test.js';

const CRM = 'https://crm.example.com';

async function rings(open: OpenExample, from: string | undefined, body?: object) {
  const test = await open({
    world: { agents: 1, available: ['1001'] },
    ...(body && { env: { CRM_URL: CRM }, http: { [`GET ${CRM}/contacts`]: { body } } }),
  });
  await test.call({ ...(from !== undefined && { from }), to: '8001' });
  await test.advance('1 s');
  return test;
}

export const matches: ExampleTest = {
  example: 'cookbook/15 no match, several matches',
  does: {
    'opens the one who has exactly this number': async (open) => {
      const test = await rings(open, '2065550101');
      test.expect.message({
        node: 'one: open',
        match: { payload: { agent: '1001', caller: '(206) 555-0101', open: '1' } },
      });
      // It is looked up once, whatever changes afterwards.
      await test.agent('1001').answer();
      await test.agent('1001').setCallData({ CallVariable1: 'x' });
      await test.advance('1 s');
      test.expect.nothingElse({ except: ['respond'] });
    },

    'lets the agent choose among several': async (open) => {
      const test = await rings(open, '2065550105');
      const choose = [
        { id: '2', name: 'Bob' },
        { id: '3', name: 'Bea' },
      ];
      test.expect.message({ node: 'several: choose', match: { payload: { agent: '1001', choose } } });
      test.expect.nothingElse({ except: ['respond'] });
    },

    'has a link for a number that nobody has': async (open) => {
      const test = await rings(open, '2065550108');
      const payload = { agent: '1001', create: '+12065550108' };
      test.expect.message({ node: 'none: a link to create', match: { payload } });
      test.expect.nothingElse({ except: ['respond'] });
    },

    'does not look up a withheld number': async (open) => {
      const test = await rings(open, undefined, { contacts: [{ id: '1', phone: '' }] });
      test.expect.message({
        node: 'none: a link to create',
        match: { payload: { agent: '1001', caller: /^(withheld|absent)$/, create: undefined } },
      });
      test.expect.nothingElse();
    },

    'knows a number however it is written': async (open) => {
      const contacts = [
        '+1 (206) 555-0101',
        '001 206 555 0101',
        '206.555.0101',
        '12065550101',
        '555-0101',
        '+49 2065550101',
      ];
      const test = await rings(open, '2065550101', {
        contacts: contacts.map((phone, id) => ({ id, name: `N${id}`, phone })),
      });
      test.expect.http({ url: `${CRM}/contacts?phone=(206)%20555-0101` });
      test.expect.message({
        node: 'several: choose',
        match: { 'payload.choose': [0, 1, 2, 3].map((id) => ({ id, name: `N${id}` })) },
      });
    },

    'shows that the CRM cannot be reached': async (open) => {
      const test = await open({
        world: { agents: 1, available: ['1001'] },
        env: { CRM_URL: CRM },
        http: { [CRM]: { fails: 'refused' } },
      });
      await test.call({ from: '2065550101', to: '8001' });
      await test.advance('1 s');
      test.expect.message({ node: 'why' });
      test.expect.nothingElse();
    },
  },
};
