import assert from 'node:assert/strict';
import { Stage } from '../recovery/stage.js';
import { describeOverEachTransport } from '../support/wire.js';

describeOverEachTransport('a request for an agent nobody knows', () => {
  for (const request of ['SetAgentState', 'MakeCall', 'Login'] as const) {
    it(`${request} is refused in words, and nothing is sent`, async () => {
      const stage = new Stage();
      await stage.open();
      await stage.settle(stage.session.setMessageFilter(''), 2_000);
      const args = {
        AgentID: '9999',
        ...(request === 'SetAgentState' && { AgentState: 3 }),
        ...(request === 'MakeCall' && { DialedNumber: '2002' }),
      };
      await assert.rejects(
        stage.settle(stage.session.request(request, { target: 'agent.5000.9999', args }), 2_000),
        (error: Error & { code?: string; cause?: { outcome?: string } }) => {
          assert.equal(error.code, 'CTIOS_NO_OBJECT');
          assert.equal(error.cause?.outcome, 'failed');
          assert.match(error.message, /no agent 9999 .*AgentInstrument/);
          return true;
        },
      );
      await stage.close();
    });
  }

  it('goes through once the phone is given, so that an agent can log in who was never seen', async () => {
    const stage = new Stage();
    await stage.open();
    await stage.settle(stage.session.setMessageFilter(''), 2_000);
    const args = { AgentID: '1005', AgentInstrument: '2005' };
    await stage.settle(stage.session.request('Login', { target: 'agent.5000.1005', args }), 2_000);
    assert.equal(stage.simulator.center.agent(5000, '1005')?.loggedIn, true);
    await stage.close();
  });
});
