import assert from 'node:assert/strict';
import sinon from 'sinon';
import { becomeAgent } from '../../../nodes/shared/session/opening/agent-login.js';
import { CtiosError } from '../../../src/ctios/index.js';
import { FakeSession, READY } from '../fake-session.js';
import { settle } from '../runtime.js';

const mode = { mode: 'agent', agent: { AgentID: '1001', PeripheralID: 5000 }, login: true } as const;

/**
 * The switch carries out the request, and the state event that follows is merged before the confirmation is received.
 */
function logsIn(session: FakeSession): void {
  const request = session.request.bind(session);
  session.request = async (...args) => {
    const answer = await request(...args);
    session.currentAgent?.merge({ AgentState: 2 });
    return answer;
  };
}

describe('a session in agent mode', () => {
  it('requests its agent only when the CTI Server is available', async () => {
    const session = new FakeSession();
    logsIn(session);
    session.turn({ ...READY, online: false, mode: 'none' });
    const done = becomeAgent(session, mode);
    await settle();
    assert.equal(session.currentAgent, undefined);
    session.turn({ ...READY, mode: 'none' });
    await done;
    assert.equal(session.currentAgent!.properties().AgentID, '1001');
    assert.deepEqual(
      session.requests.map(({ name }) => name),
      ['Login'],
    );
    assert.equal(session.statusListeners, 0);
  });

  it('requests its agent again if the link was lost meanwhile, and gives up if it is refused', async () => {
    const session = new FakeSession();
    session.turn(READY);
    const answers = ['CTIOS_OFFLINE', 'CF_INVALID_AGENT'];
    session.setAgent = async () => {
      throw new CtiosError(answers.shift()!, 'refused');
    };
    await assert.rejects(becomeAgent(session, mode), { code: 'CF_INVALID_AGENT' });
    assert.deepEqual(answers, []);
  });

  it('does not log in an agent who is already logged in', async () => {
    const session = new FakeSession();
    session.turn(READY);
    const agent = session.addAgent('agent.5000.1001', { AgentState: 3 });
    session.setAgent = async () => agent;
    await becomeAgent(session, mode);
    assert.deepEqual(session.requests, []);
  });

  it('logs in only once: the mode is requested without a log-in, and the log-in is repeated after a reconnect', async () => {
    const session = new FakeSession();
    logsIn(session);
    session.turn(READY);
    const setAgent = sinon.spy(session, 'setAgent');
    await becomeAgent(session, mode);
    sinon.assert.calledOnceWithExactly(setAgent, mode.agent as never);
    assert.deepEqual(
      session.requests.map(({ name, options }) => [name, (options.args as { AutoLogin?: boolean }).AutoLogin]),
      [['Login', true]],
    );
  });

  it('accepts that the agent has logged in meanwhile, but no other refusal', async () => {
    for (const [AgentState, rejected] of [
      [3, false],
      [1, true],
    ] as const) {
      const session = new FakeSession();
      session.turn(READY);
      const agent = session.addAgent('agent.5000.1001', { AgentState: 1 });
      session.setAgent = async () => agent;
      session.request = async () => {
        agent.merge({ AgentState });
        throw new CtiosError('CF_INVALID_AGENT_STATE', 'logged in already');
      };
      const outcome = await becomeAgent(session, mode).then(
        () => false,
        () => true,
      );
      assert.equal(outcome, rejected);
    }
  });

  it('stops waiting when it is closed', async () => {
    const session = new FakeSession();
    session.turn({ ...READY, online: false });
    const done = becomeAgent(session, mode);
    session.turn({ ...READY, state: 'disconnected', online: false });
    await assert.rejects(done, { code: 'CTIOS_CLOSED' });
    assert.equal(session.statusListeners, 0);
  });
});
