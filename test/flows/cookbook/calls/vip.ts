/** Recipe 6: the tier of the caller is written to the call. */
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const CRM = 'https://crm.example.com';
const world = { agents: 1, available: ['1001'] };

async function rings(open: OpenExample, from: string | undefined, options: Parameters<OpenExample>[0] = {}) {
  const test = await open({ world, ...options });
  await test.advance('1 s');
  await test.call({ ...(from !== undefined && { from }), to: '8001' });
  await test.advance('1 s');
  return test;
}

/** The screen of the agent shows it, too. */
function isWritten(test: FlowTest, tier: string): void {
  test.expect.message({
    node: 'CRM URL',
    match: { topic: 'update', 'call.CallVariable5': tier },
    inOrder: false,
  });
}

export const vip: ExampleTest = {
  example: 'cookbook/06 VIP routing data',
  does: {
    'writes what the CRM says, where the next agent finds it': async (open) => {
      const test = await rings(open, '2065550101');
      test.expect.message({
        node: 'written',
        match: { topic: 'OnSetCallDataConf', tier: 'gold' },
      });
      isWritten(test, 'gold');
      // A change of the call's data is no reason to ask again.
      await test.agent('1001').answer();
      await test.agent('1001').setCallData({ CallVariable1: 'A-17' });
      await test.advance('1 s');
      test.expect.nothingElse({ except: ['respond'] });
    },

    'asks a CRM of your own by the international number, and knows silver, too': async (open) => {
      const http = { [`GET ${CRM}/customers`]: { body: { tier: 'silver' } } };
      const test = await rings(open, '2065550104', { env: { CRM_URL: CRM }, http });
      test.expect.http({ url: `${CRM}/customers?phone=%2B12065550104` });
      test.expect.message({ node: 'written', match: { tier: 'silver' } });
      isWritten(test, 'silver');
      test.expect.nothingElse();
    },

    'writes nothing for the unknown and the withheld, or over a tier that is there': async (open) => {
      const test = await rings(open, '2065550108');
      test.expect.nothingElse({ except: ['respond'] });
      const withheld = await rings(open, undefined);
      withheld.expect.noMessage({ node: 'the customer' });
      withheld.expect.nothingElse();
      const has = await open({ world });
      await has.call({ from: '2065550101', to: '8001', data: { CallVariable5: 'platinum' } });
      await has.advance('1 s');
      has.expect.noMessage({ node: 'the customer' });
      has.expect.nothingElse();
    },

    'shows when the CRM cannot be reached': async (open) => {
      const http = { [CRM]: { fails: 'refused' as const } };
      const test = await rings(open, '2065550101', { env: { CRM_URL: CRM }, http });
      test.expect.message({ node: 'why', match: { 'error.message': /./ } });
      test.expect.nothingElse();
    },

    'shows when the caller is gone before the CRM has answered': async (open) => {
      const http = { [CRM]: { body: { tier: 'gold' }, after: '3 s' } };
      const test = await open({ world, env: { CRM_URL: CRM }, http });
      const caller = await test.call({ from: '2065550101', to: '8001' });
      await test.advance('2 s');
      await caller.hangUp();
      await test.advance('3 s');
      test.expect.message({ node: 'why', match: { 'error.code': /./ } });
      test.expect.noMessage({ node: 'written' });
    },
  },
};
