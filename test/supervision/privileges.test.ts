import assert from 'node:assert/strict';
import type { Agent, Session } from '../../src/cil/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { Floor } from './floor.js';

/** Three teams: 90001 leads team 1 (1001 to 1020), 90003 leads team 3 and substitutes in team 2. */
const STRANGER = '90003';

describeOverEachTransport('privileges of a supervisor', () => {
  let floor: Floor;
  let call: string;
  let colleague: Session;
  let stranger: Session;
  before(async () => {
    floor = await Floor.open({ agents: 41 });
    floor.do('loginAgent', { agent: STRANGER });
    await floor.run(1);
    colleague = await floor.desktop('1002');
    stranger = await floor.desktop(STRANGER);
    await floor.asks(floor.supervisor.requestAgentTeamList());
    call = await floor.talking();
  });
  after(() => floor.close());

  const ALEX = { AgentReference: 'agent.5000.1001' };
  const joins = (SupervisoryAction: number) => (agent: Agent) =>
    agent.superviseCall({ ...ALEX, CallReference: call, SupervisoryAction });
  const requests: [name: string, ask: (agent: Agent) => Promise<unknown>][] = [
    ['see the team', (agent) => agent.requestAgentTeamList()],
    ['watch all teams', (agent) => agent.startMonitoringAllAgentTeams()],
    ['stop watching all teams', (agent) => agent.stopMonitoringAllAgentTeams()],
    ['watch a team', (agent) => agent.startMonitoringAgentTeam({ TeamID: 1 })],
    ['stop watching a team', (agent) => agent.stopMonitoringAgentTeam({ TeamID: 1 })],
    ['watch a colleague’s calls', (agent) => agent.startMonitoringAgent(ALEX)],
    ['stop watching a colleague’s calls', (agent) => agent.stopMonitoringAgent(ALEX)],
    ['select a call', (agent) => agent.startMonitoringCall({ CallReference: call })],
    ['listen', joins(1)],
    ['barge in', joins(3)],
    ['intercept', joins(4)],
    ['clear', joins(0)],
  ];
  for (const [name, ask] of requests) {
    it(`do not allow an agent who is not a supervisor to ${name}: CTIOS_NOT_SUPERVISOR`, async () => {
      assert.equal(await floor.refusal(ask(colleague.currentAgent!)), 'CTIOS_NOT_SUPERVISOR');
    });
  }

  for (const [name, ask] of requests.slice(5)) {
    it(`do not allow a supervisor of another team to ${name}: CTIOS_NOT_ALLOWED`, async () => {
      assert.equal(await floor.refusal(ask(stranger.currentAgent!)), 'CTIOS_NOT_ALLOWED');
    });
  }

  const states: [name: string, session: () => Session, args: Record<string, unknown>, code: string][] = [
    ['a colleague', () => colleague, { AgentID: '1001' }, 'CTIOS_NOT_ALLOWED'],
    ['a supervisor of another team', () => stranger, { AgentID: '1001' }, 'CTIOS_NOT_ALLOWED'],
    [
      'a colleague in the supervisor’s name',
      () => colleague,
      { AgentID: '1001', SupervisorID: '90001' },
      'CTIOS_NOT_ALLOWED',
    ],
    ['an agent as its own supervisor', () => colleague, { SupervisorID: '1002' }, 'CTIOS_NOT_SUPERVISOR'],
    [
      'a supervisor in another’s name',
      () => floor.sessions.supervisor,
      { AgentID: '1001', SupervisorID: STRANGER },
      'CTIOS_NOT_ALLOWED',
    ],
  ];
  for (const [name, session, args, code] of states) {
    it(`do not allow a state to be set by ${name}: ${code}`, async () => {
      const asked = session().currentAgent!.setAgentState({ AgentState: 2, ...args } as never);
      assert.equal(await floor.refusal(asked), code);
    });
  }

  it('allow the agent’s own supervisor to end a call, but no colleague and no supervisor of another team', async () => {
    for (const session of [colleague, stranger]) {
      assert.equal(await floor.refusal(session.request('Clear', { target: call })), 'CTIOS_NOT_ALLOWED');
    }
    assert.equal(await floor.refusal(floor.sessions.supervisor.request('Hold', { target: call })), 'confirmed');
    assert.equal(await floor.refusal(floor.sessions.supervisor.request('Retrieve', { target: call })), 'confirmed');
  });

  it('include conditions that only the switch knows, reported with its code', async () => {
    const refused = (action: Parameters<Floor['supervise']>[0]) => floor.refusal(floor.supervise(action, call));
    assert.equal(await refused('Intercept'), 'CF_INVALID_OBJECT_STATE', 'only after a barge-in');
    assert.equal(await refused('Monitor'), 'confirmed');
    assert.equal(await refused('Monitor'), 'CF_RESOURCE_BUSY', 'one at a time');
    assert.equal(await refused('BargeIn'), 'CF_RESOURCE_BUSY', 'stop before barge-in');
    assert.equal(await refused('Clear'), 'confirmed');
    assert.equal(await refused('BargeIn'), 'confirmed');
    assert.match(await refused('BargeIn'), /^CF_/, 'barged in already');
    assert.equal(await refused('Clear'), 'confirmed');
    assert.match(await refused('Clear'), /^CF_/, 'nothing to leave');
  });

  it('are reported with the name of an agent or call that does not exist', async () => {
    const { supervisor } = floor;
    const asked = { ...ALEX, CallReference: 'call.5000.1.1', SupervisoryAction: 3 };
    assert.equal(await floor.refusal(supervisor.superviseCall(asked)), 'CTIOS_NO_OBJECT');
    assert.equal(
      await floor.refusal(supervisor.startMonitoringCall({ CallReference: 'call.5000.1.1' })),
      'CTIOS_NO_OBJECT',
    );
    assert.equal(await floor.refusal(supervisor.startMonitoringAgentTeam({ TeamID: 2 })), 'CTIOS_NO_OBJECT');
  });
});
