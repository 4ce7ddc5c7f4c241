import assert from 'node:assert/strict';
import { becomeAgent } from '../../nodes/shared/session/open-session.js';
import { CtiosError } from '../../src/ctios/index.js';
import { FakeSession, READY } from './fake-session.js';
import { settle } from './runtime.js';

const mode = { mode: 'agent', agent: { AgentID: '1001', PeripheralID: 5000 }, login: true } as const;

/** The switch does what it is asked, and the state event that follows is merged before the confirmation is seen. */
function logsIn(session: FakeSession): void {
  const request = session.request.bind(session);
  session.request = async (...args) => {
    const answer = await request(...args);
    session.currentAgent?.merge({ AgentState: 2 });
    return answer;
  };
}

describe('a session in agent mode', () => {
  it('asks for its agent only when the CTI Server can be reached', async () => {
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

  it('asks again when the link was lost in between, and gives up when it is refused', async () => {
    const session = new FakeSession();
    session.turn(READY);
    const answers = ['CTIOS_OFFLINE', 'CF_INVALID_AGENT'];
    session.setAgent = async () => {
      throw new CtiosError(answers.shift()!, 'refused');
    };
    await assert.rejects(becomeAgent(session, mode), { code: 'CF_INVALID_AGENT' });
    assert.deepEqual(answers, []);
  });

  it('does not log in an agent who is logged in', async () => {
    const session = new FakeSession();
    session.turn(READY);
    const agent = session.addAgent('agent.5000.1001', { AgentState: 3 });
    session.setAgent = async () => agent;
    await becomeAgent(session, mode);
    assert.deepEqual(session.requests, []);
  });

  it('leaves the log-in to one: the mode is asked for without, the log-in says that it is to be repeated', async () => {
    const session = new FakeSession();
    logsIn(session);
    session.turn(READY);
    const modes: object[] = [];
    const real = session.setAgent.bind(session);
    session.setAgent = async (args) => {
      modes.push(args);
      return real(args);
    };
    await becomeAgent(session, mode);
    assert.deepEqual(modes, [mode.agent]);
    assert.deepEqual(
      session.requests.map(({ name, options }) => [name, (options.args as { AutoLogin?: boolean }).AutoLogin]),
      [['Login', true]],
    );
  });

  it('is content with an agent who has logged in meanwhile, and with no other refusal', async () => {
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
