import assert from 'node:assert/strict';
import { becomeAgent } from '../../nodes/shared/session/open-session.js';
import { CtiosError } from '../../src/ctios/index.js';
import { FakeSession, READY } from './fake-session.js';
import { settle } from './runtime.js';

const mode = { mode: 'agent', agent: { AgentID: '1001', PeripheralID: 5000 }, login: true } as const;

describe('a session in agent mode', () => {
  it('asks for its agent only when the CTI Server can be reached', async () => {
    const session = new FakeSession();
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

  it('stops waiting when it is closed', async () => {
    const session = new FakeSession();
    session.turn({ ...READY, online: false });
    const done = becomeAgent(session, mode);
    session.turn({ ...READY, state: 'disconnected', online: false });
    await assert.rejects(done, { code: 'CTIOS_CLOSED' });
    assert.equal(session.statusListeners, 0);
  });
});
