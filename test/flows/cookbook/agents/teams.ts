/** Recipe 12: presences as Microsoft Graph takes them, one for each change. */
import type { FlowTest, ReceivedRequest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const GRAPH = 'https://graph.microsoft.com';
const USER = `${GRAPH}/v1.0/users/4b51a0e1-0001/presence`;
const SESSION = '22553876-f5ab-4529-bffb-cfe50aa89f87';

const atDesk = (open: OpenExample, answer = {}) =>
  open({
    world: { agents: 4, available: ['1001'] },
    env: { GRAPH_URL: GRAPH },
    http: { [`POST ${GRAPH}`]: answer },
  });

function shows(test: FlowTest, availability: string, activity: string): ReceivedRequest {
  const body = { sessionId: SESSION, availability, activity, expirationDuration: 'PT4H' };
  return test.expect.http({ url: `${USER}/setPresence`, body });
}

export const teams: ExampleTest = {
  example: 'cookbook/12 presence to Teams',
  does: {
    'shows a call, a break, and the end of the shift': async (open) => {
      const test = await atDesk(open);
      const agent = test.agent('1001');
      await agent.notReady();
      await agent.available();
      const caller = await test.call({ to: '8001' });
      await agent.answer();
      await agent.hold();
      await agent.retrieve();
      await caller.hangUp();
      await test.advance('1 s');
      await agent.notReady(2);
      await agent.logOut();
      await test.advance('1 s');
      shows(test, 'Away', 'Away');
      shows(test, 'Available', 'Available');
      // Ringing, talking, on hold and in wrap-up are one presence.
      shows(test, 'Busy', 'InACall');
      shows(test, 'Away', 'Away');
      test.expect.http({ url: `${USER}/clearPresence`, body: { sessionId: SESSION, availability: undefined } });
      test.expect.message({ node: 'accepted', match: { says: '1001 Away', 'sent.activity': 'Away' }, inOrder: false });
      test.expect.message({ node: 'accepted', match: { says: '1001 cleared' } });
      test.expect.nothingElse({ except: ['accepted'] });
    },

    'leaves out agents whom Teams does not know': async (open) => {
      const test = await atDesk(open);
      await test.agent('1004').available();
      await test.advance('1 s');
      test.expect.nothingElse();
    },

    'keeps the order of an agent, and gives up what is old': async (open) => {
      const test = await atDesk(open, { status: 503 });
      await test.agent('1001').notReady();
      await test.agent('1001').available();
      await test.advance('30 s');
      test.expect.noHttp({ body: { availability: 'Available' } });
      await test.eventually.message({
        node: 'not accepted',
        match: { 'error.code': 'CTIOS_DELIVERY_EXPIRED' },
        within: '2 min',
      });
    },

    'is accepted by the stand-in, which is strict': async (open) => {
      const test = await open({ world: { agents: 1 } });
      await test.agent('1001').available();
      await test.agent('1001').notReady();
      await test.agent('1001').logOut();
      await test.advance('1 s');
      for (const says of ['1001 Available', '1001 Away', '1001 cleared'])
        test.expect.message({ node: 'accepted', match: { says, statusCode: 200 } });
      test.expect.noMessage({ node: 'not accepted' });
      const wrong = await open({ world: { agents: 1 }, env: { TEAMS_APP: '' } });
      await wrong.agent('1001').available();
      await wrong.advance('1 s');
      wrong.expect.message({ node: 'not accepted', match: { statusCode: 400 } });
    },
  },
};
