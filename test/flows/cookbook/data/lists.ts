/** Recipe 13: the texts of the CRM are those of the session. */
import type { ExampleTest, OpenExample } from '../../example-test.js';

const CRM = 'https://crm.example.com';
const field = (...names: string[]) => ({
  body: { ticket_field: { custom_field_options: names.map((name) => ({ name })) } },
});
const withCrm = (open: OpenExample, answers: object[], more = {}) =>
  open({ env: { CRM_URL: CRM, FIELD: '360' }, http: { [`GET ${CRM}`]: answers }, world: { agents: 1 }, ...more });

export const lists: ExampleTest = {
  example: 'cookbook/13 lists from the CRM',
  does: {
    'takes the texts of the stand-in': async (open) => {
      const test = await open({ world: { agents: 1 } });
      await test.advance('4.9 s');
      test.expect.noMessage({ node: 'in effect' });
      await test.eventually.message({
        node: 'in effect',
        match: { payload: { wrapup: ['Order', 'Complaint', 'Question answered', 'To be called back'] } },
        within: '1 s',
      });
      test.expect.nothingElse({ except: ['respond'] });
    },

    'asks a CRM of your own, and again in the morning': async (open) => {
      const test = await withCrm(open, [field('Order'), field('Order', 'Refund')], {
        startAt: new Date(2026, 0, 5, 5, 50),
      });
      await test.advance('6 s');
      test.expect.http({ url: `${CRM}/api/v2/ticket_fields/360.json` });
      test.expect.message({ node: 'in effect', match: { 'payload.wrapup': ['Order'] } });
      await test.advance('9 min');
      test.expect.noHttp({ url: /crm/ });
      await test.advance('1 min');
      test.expect.http({ url: `${CRM}/api/v2/ticket_fields/360.json` });
      test.expect.message({ node: 'in effect', match: { 'payload.wrapup': ['Order', 'Refund'] } });
      test.expect.nothingElse();
    },

    'leaves the lists as they are when the CRM fails': async (open) => {
      for (const answer of [{ status: 503, body: 'busy' }, { status: 404, body: {} }, field()]) {
        const test = await withCrm(open, [answer]);
        await test.eventually.message({ node: 'unchanged', match: { payload: /No texts, status \d\d\d/ } });
        test.expect.noMessage({ node: 'in effect' });
      }
      const test = await withCrm(open, [{ fails: 'refused' }]);
      await test.eventually.message({ node: 'why', match: { 'error.message': /./ } });
    },

    'says why texts were not taken': async (open) => {
      const test = await withCrm(open, [{ body: { ticket_field: { custom_field_options: [{ name: 7 }] } } }]);
      await test.eventually.message({ node: 'why', match: { 'error.code': 'CTIOS_BAD_LISTS' } });
      test.expect.noMessage({ node: 'in effect' });
    },
  },
};
