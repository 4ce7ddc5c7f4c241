/** Example 10: a call, step by step, and what happens if a step does not come. */
import type { ExampleTest } from '../example-test.js';

export const waiting: ExampleTest = {
  example: '10 waiting for events',
  does: {
    'follows a call to its end': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await test.eventually.message({
        node: 'until it is answered',
        match: { topic: 'OnCallDelivered' },
        within: '5 s',
      });
      await test.agent('1001').answer();
      test.expect.message({ node: 'three seconds', match: { topic: 'OnCallEstablished' } });
      await test.advance('2.9 s');
      test.expect.noMessage({ node: 'hang up' });
      await test.eventually.message({
        node: 'over',
        match: { topic: 'OnCallEnd', 'payload.UniqueObjectID': /^call\.5000\./, 'call.ANI': '2065550104' },
        within: '0.2 s',
      });
      test.expect.nothingElse();
    },

    'does not take another call for its own': async (open) => {
      const test = await open({ world: { agents: 2 } });
      await test.agent('1001').logIn();
      await test.agent('1002').logIn();
      await test.advance('4 s');
      await test.agent('1002').dial('2001');
      await test.advance('2 s');
      test.expect.noMessage({ node: 'until it is answered' });
    },

    'tells when nobody is there': async (open) => {
      const test = await open({ world: { agents: 1 } });
      await test.eventually.message({ node: 'timed out', within: '24 s' });
      test.expect.nothingElse();
    },

    'tells when nobody answers': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await test.eventually.message({ node: 'until it is answered', within: '5 s' });
      await test.eventually.message({ node: 'timed out', within: '21 s' });
    },

    'says why a request was refused': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await test.advance('3 s');
      await test.agent('1001').answer();
      await test.link.goesDown();
      await test.eventually.message({
        node: 'why',
        match: { 'error.code': 'CTIOS_OFFLINE', 'error.source.name': 'hang up' },
        within: '4 s',
      });
    },
  },
};
