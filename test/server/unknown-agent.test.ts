import assert from 'node:assert/strict';
import { TestBed } from '../support/test-bed.js';
import { describeOverEachTransport } from '../support/wire.js';

describeOverEachTransport('a request for an unknown agent', () => {
  for (const request of ['SetAgentState', 'MakeCall', 'Login'] as const) {
    it(`${request} is rejected with a message, and nothing is sent`, async () => {
      const bed = new TestBed();
      await bed.open();
      await bed.settle(bed.session.setMessageFilter(''), 2_000);
      const args = {
        AgentID: '9999',
        ...(request === 'SetAgentState' && { AgentState: 3 }),
        ...(request === 'MakeCall' && { DialedNumber: '2002' }),
      };
      await assert.rejects(
        bed.settle(bed.session.request(request, { target: 'agent.5000.9999', args }), 2_000),
        (error: Error & { code?: string; cause?: { outcome?: string } }) => {
          assert.equal(error.code, 'CTIOS_NO_OBJECT');
          assert.equal(error.cause?.outcome, 'failed');
          assert.match(error.message, /no agent 9999 .*AgentInstrument/);
          return true;
        },
      );
      await bed.close();
    });
  }

  it('succeeds if the phone is given, so that a new agent can log in', async () => {
    const bed = new TestBed();
    await bed.open();
    await bed.settle(bed.session.setMessageFilter(''), 2_000);
    const args = { AgentID: '1005', AgentInstrument: '2005' };
    await bed.settle(bed.session.request('Login', { target: 'agent.5000.1005', args }), 2_000);
    assert.equal(bed.simulator.center.agent(5000, '1005')?.loggedIn, true);
    await bed.close();
  });
});
