import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import { requestsOfNode } from '../../src/ctios/index.js';
import { Simulator } from '../../src/simulator/index.js';
import { helper, load, node, received, sessionNode, statusOf, tab } from './runtime.js';

/** A supervisor in a flow: each supervisor request of `ctios-agent`, each event, and the results of a query. */

const ALEX = 'agent.5000.1001';

type Step = [
  request: string,
  payload: () => Record<string, unknown>,
  confirmation: string,
  /** Preparation, if needed. */
  first?: () => Promise<unknown>,
];

describe('a supervisor in a flow', function () {
  this.timeout(60_000);
  let center: Simulator | undefined;
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(async () => {
    await helper.unload();
    await center?.stop();
    center = undefined;
  });

  const sink = (id: string) => ({ id, z: tab.id, type: 'helper', wires: [] });
  const at = (id: string, type: string, session: string, extra: object) => ({
    id,
    z: tab.id,
    type,
    session,
    wires: [[`h-${id}`]],
    ...extra,
  });

  /** Two sessions in agent mode at one contact center: the supervisor's and agent 1001's. */
  async function sessions(): Promise<object[]> {
    center = new Simulator({ agents: 2, traffic: 'off', automatic: false });
    const { host, portA } = await center.start();
    const common = { ...sessionNode, connect: 'ctiserver', hostA: host, portA, clientId: 'nodes', peripheralId: 5000 };
    const agent = { mode: 'agent', agentLogin: true, allowControl: true };
    return [
      { ...common, ...agent, id: 'sup', agentId: '90001', agentInstrument: '95001' },
      { ...common, ...agent, id: 'alex', agentId: '1001', agentInstrument: '2001' },
    ];
  }

  async function shows(id: string, status: string): Promise<void> {
    while (statusOf(id) !== status) await new Promise((resolve) => setImmediate(resolve));
  }

  it('sends every request, receives every event, and reads the results', async () => {
    const requests = ['supervisor', 'statistics', 'chat', 'calls for help'];
    const names = requestsOfNode('ctios-agent').filter(({ group }) => requests.includes(group));
    const nodes = ['sup', 'alex'].flatMap((session) => [
      at(`events-${session}`, 'ctios-events', session, { interface: 'AllInOne', events: [] }),
      ...[...names.map(({ name }) => name), 'SetAgentState', 'Login'].map((request) =>
        at(`${request}-${session}`, 'ctios-agent', session, { request }),
      ),
      ...['agents', 'skillgroups', 'calls'].map((query) =>
        at(`${query}-${session}`, 'ctios-query', session, { query, filter: [] }),
      ),
    ]);
    await load([
      ...((await sessions()) as never[]),
      ...nodes,
      ...nodes.map(({ id }) => sink(`h-${id}`)),
      { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] },
      sink('hc'),
    ]);
    const errors = received('hc');
    await shows('events-sup', 'green dot');
    await shows('events-alex', 'green dot');
    const told = { sup: received('h-events-sup'), alex: received('h-events-alex') };
    const topics = (session: 'sup' | 'alex') => told[session].messages.map(({ topic }) => String(topic));
    const hears = async (session: 'sup' | 'alex', topic: string, times = 1): Promise<void> => {
      while (topics(session).filter((each) => each === topic).length < times) {
        await told[session].next(told[session].messages.length + 1);
      }
    };
    const failed = errors
      .next()
      .then(([failure]) => assert.fail((failure as NodeMessage & { error: Error }).error.message));
    failed.catch(() => {});
    const ask = async (id: string, payload: unknown): Promise<NodeMessage> => {
      const out = received(`h-${id}`);
      node(id).receive({ payload } as never);
      const [answer] = await Promise.race([out.next(), failed]);
      return answer!;
    };
    let call = '';
    const talk = async () => {
      center!.run('placeCall', { from: '2065550101', to: '8001' });
      const before = topics('alex').filter((each) => each === 'OnCallEstablished').length;
      await hears('alex', 'OnCallDelivered', before + 1);
      center!.run('answer', { agent: '1001' });
      await hears('alex', 'OnCallEstablished', before + 1);
      const { payload } = told.alex.messages.findLast(({ topic }) => topic === 'OnCallEstablished')!;
      call = (payload as { UniqueObjectID: string }).UniqueObjectID;
    };
    const joins = (SupervisoryAction: string) => () => ({
      AgentReference: ALEX,
      CallReference: call,
      SupervisoryAction,
    });
    const nothing = () => ({});
    const steps: Step[] = [
      ['RequestAgentTeamList', nothing, 'RequestAgentTeamListConf'],
      ['StartMonitoringAgentTeam', () => ({ TeamID: 1 }), 'StartMonitoringAgentTeamConf'],
      ['StopMonitoringAgentTeam', () => ({ TeamID: 1 }), 'StopMonitoringAgentTeamConf'],
      ['StartMonitoringAllAgentTeams', nothing, 'StartMonitoringAllAgentTeamsConf'],
      ['StartMonitoringAgent', () => ({ AgentReference: ALEX }), 'OnStartMonitoringAgent'],
      ['EnableAgentStatistics', () => ({ AgentID: '1001' }), 'EnableAgentStatisticsConf'],
      ['EnableSkillGroupStatistics', () => ({ SkillGroupNumber: 10 }), 'EnableSkillGroupStatisticsConf'],
      ['SetAgentState', () => ({ AgentID: '1001', AgentState: 'Available' }), 'OnSetAgentStateConf'],
      ['StartMonitoringCall', () => ({ CallReference: call }), 'StartMonitoringCallConf', talk],
      ['SuperviseCall', joins('Monitor'), 'SuperviseCallConf'],
      ['SuperviseCall', joins('Clear'), 'SuperviseCallConf', () => hears('sup', 'OnSilentMonitorStartedEvent')],
      ['SuperviseCall', joins('BargeIn'), 'SuperviseCallConf', () => hears('sup', 'OnSilentMonitorStopRequestedEvent')],
      ['SuperviseCall', joins('Intercept'), 'SuperviseCallConf', () => hears('sup', 'OnCallConferenced')],
      ['SuperviseCall', joins('Clear'), 'SuperviseCallConf', () => hears('alex', 'OnCallEnd')],
      [
        'SendChatMessage',
        () => ({ Distribution: 'agent', Target: '1001', Message: 'Well done' }),
        'SendChatMessageConf',
      ],
      ['StopMonitoringAgent', () => ({ AgentReference: ALEX }), 'OnStopMonitoringAgent'],
      ['StopMonitoringAllAgentTeams', nothing, 'StopMonitoringAllAgentTeamsConf'],
      ['DisableAgentStatistics', () => ({ AgentID: '1001' }), 'DisableAgentStatisticsConf'],
      ['DisableSkillGroupStatistics', () => ({ SkillGroupNumber: 10 }), 'DisableSkillGroupStatisticsConf'],
    ];
    for (const [request, payload, confirmation, first] of steps) {
      await first?.();
      assert.equal((await ask(`${request}-sup`, payload())).topic, confirmation, request);
    }
    // Requests of the agent's own session.
    await hears('alex', 'OnChatMessage');
    await hears('sup', 'OnCallEnd', 2);
    await ask('SetAgentState-alex', { AgentState: 'NotReady' });
    for (const request of ['RequestSupervisorAssist', 'MakeEmergencyCall']) {
      const rings = topics('sup').filter((each) => each === 'OnCallDelivered').length;
      const ends = topics('sup').filter((each) => each === 'OnCallEnd').length;
      assert.equal((await ask(`${request}-alex`, {})).topic, `${request}Conf`);
      await hears('sup', 'OnCallDelivered', rings + 1);
      center!.run('hangUp', { agent: '1001' });
      await hears('sup', 'OnCallEnd', ends + 1);
    }
    await ask('SendChatMessage-alex', { Distribution: 'agent', Target: '90001', Message: 'Thank you' });
    await hears('sup', 'OnChatMessage');

    const asked = new Set([...steps.map(([request]) => request), 'RequestSupervisorAssist', 'MakeEmergencyCall']);
    const untried = names.map(({ name }) => name).filter((name) => !asked.has(name) && name !== 'ReportBadCallLine');
    assert.deepEqual(untried, [], 'requests of a supervisor that nobody has tried');
    const heard = new Set(topics('sup'));
    for (const event of [
      'OnNewAgentTeamMember',
      'OnMonitoredAgentStateChange',
      'OnMonitoredAgentInfoEvent',
      'OnMonitoredCallBegin',
      'OnMonitoredCallDelivered',
      'OnMonitoredCallEstablished',
      'OnMonitoredCallConferenced',
      'OnMonitoredCallEnd',
      'OnSupervisorButtonChange',
      'OnSilentMonitorStartedEvent',
      'OnSilentMonitorStopRequestedEvent',
      'OnAgentStatistics',
      'OnSkillGroupStatisticsUpdated',
      'OnSkillInfoEvent',
      'OnEmergencyCall',
      'OnChatMessage',
    ]) {
      assert.ok(heard.has(event), `${event} did not come`);
    }
    const agents = (await ask('agents-sup', {})).payload as Record<string, unknown>[];
    const alex = agents.find(({ AgentID }) => AgentID === '1001')!;
    assert.equal((alex.Statistics as Record<string, number>).HandledCallsToday !== undefined, true);
    const groups = (await ask('skillgroups-sup', {})).payload as Record<string, unknown>[];
    assert.equal(groups.find(({ SkillGroupNumber }) => SkillGroupNumber === 10)?.SkillGroupName, 'Sales');
    assert.deepEqual((await ask('calls-sup', {})).payload, []);
    assert.deepEqual(errors.messages, []);
  });

  it('is rejected with a code if the session’s agent is not a supervisor, and if there is no barge-in', async () => {
    await load([
      ...((await sessions()) as never[]),
      at('team', 'ctios-agent', 'alex', { request: 'StartMonitoringAllAgentTeams' }),
      at('intercept', 'ctios-agent', 'sup', { request: 'SuperviseCall' }),
      sink('h-team'),
      sink('h-intercept'),
      { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] },
      sink('hc'),
    ] as never);
    await shows('team', 'green dot');
    await shows('intercept', 'green dot');
    const errors = received('hc');
    type Failure = NodeMessage & { error: { code: string } };
    node('team').receive({ payload: {} } as never);
    assert.equal(((await errors.next(1)) as Failure[])[0]!.error.code, 'CTIOS_NOT_SUPERVISOR');
    const payload = { AgentReference: ALEX, CallReference: 'call.5000.1.2001', SupervisoryAction: 'Intercept' };
    node('intercept').receive({ payload } as never);
    assert.equal(((await errors.next(2)) as Failure[])[1]!.error.code, 'CTIOS_NO_OBJECT');
  });
});
