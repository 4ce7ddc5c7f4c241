/** Example 9: any request by its name, with the answer or the reason why not. */
import { strict as assert } from 'node:assert';
import type { ExampleTest } from '../example-test.js';

export const anyRequest: ExampleTest = {
  example: '09 any request by name',
  does: {
    'asks for a state, sends an agent on a break, and says why a third request was refused': async (open) => {
      const test = await open({ world: { agents: 2, available: ['1001'] } });
      await test.eventually.message({
        node: 'response',
        match: { topic: 'OnQueryAgentStateConf', 'payload.AgentID': '1001', 'payload.AgentState': 3 },
        within: '3 s',
      });
      assert.equal(test.agent('1001').state, 'Available');
      await test.eventually.message({
        node: 'response',
        match: { topic: 'OnSetAgentStateConf', payload: { UniqueObjectID: 'agent.5000.1001' } },
        within: '2 s',
      });
      assert.equal(test.agent('1001').state, 'NotReady');
      await test.eventually.message({ node: 'why', match: { 'error.code': 'CTIOS_NO_OBJECT' }, within: '2 s' });
      await test.advance('1 h');
      test.expect.nothingElse();
    },
  },
};
