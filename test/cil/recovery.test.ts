import { deepEqual, equal, rejects } from 'node:assert/strict';
import { ServerChangeReconciliation } from '../../src/cil/reconciliation.js';
import type { Args, CtiosError } from '../../src/ctios/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, CALL2, Stage } from './helpers.js';

const AGENT = 'agent.5000.1001';
const CALL3 = 'call.5000.19.2003';

/** The connection to A breaks; B takes over with this snapshot. */
async function failOver(stage: Stage, snapshot: { event: string; args: Args }[]): Promise<void> {
  stage.b.establishModes(snapshot);
  stage.names();
  stage.a.connection.break(new Error('cable pulled'));
  await stage.settle();
  await stage.settle();
}

const call = (args: Args) => ({ event: 'OnSnapshotCallConf', args });
const agent = (args: Args) => ({ event: 'OnQueryAgentStateConf', args });

describeOverEachTransport('After a reconnect, monitor mode', () => {
  it('is asked for again with the same filter, by itself', async () => {
    const stage = await new Stage(2).monitoring('MessageID=23,24');
    equal(stage.session.status.mode, 'monitor');
    await failOver(stage, []);
    deepEqual(stage.b.connection.lastRequest('SetMessageFilter').args, { Filter: 'MessageID=23,24' });
    equal(stage.session.status.mode, 'monitor');
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnection', 'OnConnectionGap', 'OnMonitorModeEstablished']);
  });

  it('asks for a snapshot to compare with, even where none was wanted at first', async () => {
    const stage = await new Stage(2).connected();
    const mode = stage.session.setMessageFilter('', { snapshot: false });
    await stage.settle();
    await mode;
    equal(stage.a.connection.lastRequest('SetMessageFilter').args.MonitorSessionSnapshotMode, 1);
    await failOver(stage, []);
    deepEqual(stage.b.connection.lastRequest('SetMessageFilter').args, { Filter: '' });
  });

  it('tells calls that are new, changed and gone, each once, and nothing of the others', async () => {
    const stage = await new Stage(2).monitoring();
    const same = 'call.5000.20.2004';
    await stage.event('OnCallBegin', {
      UniqueObjectID: CALL,
      CallStatus: 2,
      CallVariable1: 'a',
      ECC: { 'user.A': '1' },
    });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 3, ICMEnterpriseUniqueID: 'icm.1.2' });
    await stage.event('OnCallBegin', { UniqueObjectID: same, CallStatus: 3, ANI: '1', EnablementMask: 4 });
    await failOver(stage, [
      call({ UniqueObjectID: CALL, CallStatus: 3, CallVariable1: 'b', ECC: { 'user.A': '1', 'user.B': '2' } }),
      call({ UniqueObjectID: same, CallStatus: 3, ANI: '1', EnablementMask: 5 }),
      call({ UniqueObjectID: CALL3, CallStatus: 2 }),
    ]);
    deepEqual(
      stage.told.map((each) => [each.event, each.objectId, each.recovered]),
      [
        ['OnConnectionFailure', undefined, undefined],
        ['OnConnection', undefined, undefined],
        ['OnSnapshotCallConf', CALL, true],
        ['OnCallDataUpdate', CALL, true],
        ['OnSnapshotCallConf', CALL3, true],
        ['OnCallEnd', CALL2, true],
        ['OnConnectionGap', undefined, undefined],
        ['OnMonitorModeEstablished', undefined, undefined],
      ],
    );
    deepEqual(stage.last('OnCallDataUpdate').args, {
      UniqueObjectID: CALL,
      CallVariable1: 'b',
      ECC: { 'user.A': '1', 'user.B': '2' },
    });
    deepEqual(stage.last('OnCallEnd').args, {
      UniqueObjectID: CALL2,
      CallStatus: 0,
      ICMEnterpriseUniqueID: 'icm.1.2',
    });
    const { From, To, ...report } = stage.last('OnConnectionGap').args;
    deepEqual(report, {
      FromSide: 'A',
      ToSide: 'B',
      Reason: 'northbound',
      CallsNew: 1,
      CallsChanged: 1,
      CallsEnded: 1,
      AgentsChanged: 0,
      Changed: { [CALL]: true, [CALL2]: true, [CALL3]: true },
    });
    equal(typeof From === 'string' && typeof To === 'string' && From <= To, true);
    deepEqual([...stage.session.calls.keys()], [CALL, same, CALL3]);
    // What is told to nobody is known all the same.
    equal(stage.session.calls.get(same)?.getValueInt('EnablementMask'), 5);
    equal(stage.session.calls.get(CALL)?.getValueString('user.B'), '2');
  });

  it('tells agents that changed with OnAgentStateChange, and those that the snapshot misses as unknown', async () => {
    const stage = await new Stage(2).monitoring();
    const state = (id: string, AgentState: number) => ({
      UniqueObjectID: `agent.5000.${id}`,
      PeripheralID: 5000,
      AgentID: id,
      AgentState,
    });
    for (const id of ['1001', '1002', '1003', '1004']) await stage.event('OnAgentStateChange', state(id, 3));
    await stage.event('OnAgentStateChange', state('1004', 1));
    await failOver(stage, [agent(state('1001', 3)), agent(state('1002', 4)), agent(state('1005', 2))]);
    deepEqual(
      stage.told
        .filter((each) => each.interfaces.includes('IAgentEvents'))
        .map((each) => [each.event, each.args.AgentID, each.args.AgentState, each.recovered]),
      [
        ['OnAgentStateChange', '1002', 4, true],
        ['OnQueryAgentStateConf', '1005', 2, true],
        ['OnAgentStateChange', '1003', 9, true],
      ],
    );
    equal(stage.last('OnConnectionGap').args.AgentsChanged, 2);
    equal(stage.session.agents.get('agent.5000.1003')?.getAgentState(), 9);
  });

  it('counts the gap from the first loss when the way back is lost too', async () => {
    const stage = await new Stage(2).monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    const from = stage.clock.now();
    stage.b.answers.delete('SetMessageFilter');
    stage.a.connection.break();
    await stage.advance(30_000);
    stage.b.connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL3 }, true);
    await stage.settle();
    stage.b.connection.break();
    await stage.advance(0);
    const report = stage.last('OnConnectionGap').args;
    equal(Date.parse(report.From as string), from);
    equal(report.CallsEnded, 2);
    equal(stage.session.calls.size, 0);
    equal(stage.told.filter((each) => each.event === 'OnConnectionGap').length, 1);
  });

  it('counts the gap from when the server was last heard, where it fell silent', async () => {
    const stage = await new Stage(2).monitoring();
    await stage.advance(2_000);
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    const from = stage.clock.now();
    stage.a.answersHeartbeats = false;
    await stage.advance(20_000);
    const report = stage.last('OnConnectionGap').args;
    equal(Date.parse(report.From as string), from);
    equal(Date.parse(report.To as string), from + 20_000);
  });

  it('reports a second gap from its own beginning', async () => {
    const stage = await new Stage(2).monitoring();
    await failOver(stage, []);
    await stage.advance(60_000);
    const from = stage.clock.now();
    stage.names();
    stage.b.connection.break();
    await stage.settle();
    equal(Date.parse(stage.last('OnConnectionGap').args.From as string), from);
  });

  it('leaves alone what is seen to happen while the snapshot comes', async () => {
    const stage = await new Stage(2).monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    const establish = stage.b.answers.get('SetMessageFilter')!;
    stage.b.answers.set('SetMessageFilter', (request, connection) => {
      connection.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
      connection.event('OnCallBegin', { UniqueObjectID: CALL2 });
      establish(request, connection);
    });
    stage.names();
    stage.a.connection.break();
    await stage.settle();
    deepEqual(
      stage.told.filter((each) => each.event === 'OnCallEnd'),
      [],
    );
    deepEqual([...stage.session.calls.keys()], [CALL, CALL2]);
  });

  it('that the server refuses now makes it try the other side, without a word to the application’s promise', async () => {
    const stage = await new Stage(2).monitoring();
    stage.b.answers.set('SetMessageFilter', (request, connection) =>
      connection.fail(request, 'CTIOS_TOO_MANY_MONITOR_SESSIONS', 'There are too many.'),
    );
    stage.a.connection.break();
    await stage.settle();
    await stage.settle();
    equal(stage.session.status.state, 'ready');
    equal(stage.session.status.server, 'server-a');
    equal(stage.session.status.mode, 'monitor');
    equal(stage.a.connections.length, 2);
  });

  it('waits with its comparison for a server that has just started and is still asking the switch', async () => {
    const stage = await new Stage(2).monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3 });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 3 });
    const status = (StatusObjects: boolean) => ({ StatusCtiServerDriver: true, StatusCTIServer: true, StatusObjects });
    stage.b.answers.set('SetMessageFilter', (request, connection) =>
      connection.confirm(request, 'OnMonitorModeEstablished', { StatusSystem: status(false) }),
    );
    stage.names();
    stage.a.connection.break();
    await stage.settle();
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnection', 'OnMonitorModeEstablished']);
    equal(stage.session.calls.size, 2);
    stage.b.connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL, CallStatus: 3 }, true);
    await stage.settle();
    deepEqual(stage.names(), []);
    stage.b.connection.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 8, StatusSystem: status(true) });
    await stage.settle();
    deepEqual(stage.names(), ['OnCTIOSFailure', 'OnCallEnd', 'OnConnectionGap']);
    deepEqual([...stage.session.calls.keys()], [CALL]);
  });

  it('of a session that had no mode yet is no gap', async () => {
    const stage = await new Stage(2).connected();
    await failOver(stage, []);
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnection']);
  });
});

describeOverEachTransport('After a reconnect, agent mode', () => {
  const snapshot = [
    agent({ UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentState: 4 }),
    {
      event: 'OnSnapshotDeviceConf',
      args: { UniqueObjectID: 'device.5000.2001', NumCalls: 1, ValidCalls: { [CALL]: true } },
    },
    call({ UniqueObjectID: CALL, CallStatus: 3 }),
  ];

  it('repeats SetAgent, shows the agent its own snapshot, and ends the calls that are not in it', async () => {
    const stage = await new Stage(2).working();
    await stage.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentID: '1001',
      AgentState: 4,
    });
    const device = { DeviceUniqueObjectID: 'device.5000.2001' };
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3, ...device });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 4, ...device });
    const own = stage.session.currentAgent;
    await failOver(stage, snapshot);
    deepEqual(stage.b.connection.lastRequest('SetAgent').args, {
      AgentID: '1001',
      PeripheralID: 5000,
      AgentInstrument: '2001',
    });
    deepEqual(stage.names(), [
      'OnConnectionFailure',
      'OnConnection',
      'OnQueryAgentStateConf',
      'OnSetAgentModeEvent',
      'OnSnapshotDeviceConf',
      'OnCallEnd',
      'OnCTIOSFailure',
      'OnConnectionGap',
    ]);
    equal(stage.session.currentAgent, own);
    equal(stage.session.currentCall?.uniqueObjectID, CALL);
  });

  it('asks for no monitoring that was ended', async () => {
    const stage = await new Stage(2).working();
    for (const name of [
      'StartMonitoringAgent',
      'StopMonitoringAgent',
      'EnableSkillGroupStatistics',
      'DisableSkillGroupStatistics',
    ]) {
      stage.a.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const own = stage.session.currentAgent!;
    const reference = { AgentReference: 'agent.5000.1002' };
    await Promise.all([
      own.startMonitoringAgent(reference),
      own.stopMonitoringAgent(reference),
      stage.session.enableSkillGroupStatistics({ PeripheralID: 5000, SkillGroupNumber: 10 }),
      stage.session.enableSkillGroupStatistics({ PeripheralID: 5000, SkillGroupNumber: 20 }),
      stage.session.disableSkillGroupStatistics(),
      stage.settle(),
    ]);
    await failOver(stage, []);
    deepEqual(stage.b.connection.requestNames, []);
  });

  it('says nothing of a team whose states come with its monitoring', async () => {
    const stage = await new Stage(2).working();
    const member = { UniqueObjectID: 'agent.5000.1002', PeripheralID: 5000, AgentID: '1002' };
    await stage.event('OnMonitoredAgentStateChange', { ...member, AgentState: 3, Monitored: true });
    await failOver(stage, snapshot);
    equal(
      stage.told.some((each) => each.objectId === member.UniqueObjectID),
      false,
    );
  });

  it('tells of what a supervisor watches only what has changed', async () => {
    const stage = await new Stage(2).working();
    const watched = (id: string, AgentState: number) => ({
      event: 'OnMonitoredAgentStateChange',
      args: { UniqueObjectID: `agent.5000.${id}`, AgentState, Monitored: true },
    });
    const begin = (id: string, CallStatus: number) => ({
      event: 'OnMonitoredCallBegin',
      args: { UniqueObjectID: id, CallStatus, ANI: '1', Monitored: true },
    });
    const gone = 'call.5000.30.2002';
    for (const each of [watched('1002', 3), watched('1003', 3), begin(CALL2, 3), begin(CALL3, 3), begin(gone, 3)]) {
      await stage.event(each.event, each.args);
    }
    const late = 'call.5000.31.2002';
    await failOver(stage, [watched('1002', 3), watched('1003', 4), begin(CALL2, 3), begin(CALL3, 4), begin(late, 2)]);
    deepEqual(
      stage.told.filter((each) => each.event.startsWith('OnMonitored')).map((each) => [each.event, each.objectId]),
      [
        ['OnMonitoredAgentStateChange', 'agent.5000.1003'],
        ['OnMonitoredCallDataUpdate', CALL3],
        ['OnMonitoredCallBegin', late],
        ['OnMonitoredCallEnd', gone],
      ],
    );
    deepEqual(stage.last('OnMonitoredCallDataUpdate').args, { UniqueObjectID: CALL3, CallStatus: 4, Monitored: true });
    deepEqual([...stage.session.calls.keys()], [CALL2, CALL3, late]);
  });

  it('accepts its own agent, whom it would have refused at first', async () => {
    const stage = await new Stage(2).connected();
    const agentSet = stage.session.setAgent({ AgentID: '1001', PeripheralID: 5000 }, { rejectIfAlreadyLoggedIn: true });
    await stage.settle();
    await agentSet;
    await failOver(stage, snapshot);
    equal(stage.session.status.mode, 'agent');
    equal(stage.session.status.server, 'server-b');
  });

  it('keeps a current call that is still there', async () => {
    const stage = await new Stage(2).working();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3 });
    await failOver(stage, snapshot);
    equal(stage.names().includes('OnCurrentCallChanged'), false);
    equal(stage.session.currentCall?.uniqueObjectID, CALL);
  });

  it('asks again for statistics and monitoring that were on, and for none that were switched off', async () => {
    const stage = await new Stage(2).working();
    const names = [
      'EnableAgentStatistics',
      'EnableSkillGroupStatistics',
      'DisableSkillGroupStatistics',
      'StartMonitoringAllAgentTeams',
      'StartMonitoringAgent',
      'StopMonitoringAgent',
      'StartMonitoringCall',
    ];
    for (const server of [stage.a, stage.b]) {
      for (const name of names) server.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const { session } = stage;
    const own = session.currentAgent!;
    const one = { PeripheralID: 5000, SkillGroupNumber: 10, SkillGroupPriority: 0 };
    const two = { ...one, SkillGroupNumber: 20 };
    await Promise.all([
      own.enableAgentStatistics(),
      session.request('EnableSkillGroupStatistics', { args: one }),
      session.request('EnableSkillGroupStatistics', { args: two }),
      session.request('DisableSkillGroupStatistics', { args: one }),
      own.startMonitoringAllAgentTeams(),
      own.startMonitoringAgent({ AgentReference: 'agent.5000.1002' }),
      own.stopMonitoringAgent({ AgentReference: 'agent.5000.1002' }),
      own.startMonitoringAgent({ AgentReference: 'agent.5000.1003' }),
      own.startMonitoringCall({ CallReference: CALL3 }),
      own.startMonitoringCall(),
      stage.settle(),
    ]);
    await failOver(stage, []);
    deepEqual(
      stage.b.connection.requests.slice(1).map((each) => [each.request, each.args]),
      [
        ['EnableAgentStatistics', {}],
        ['EnableSkillGroupStatistics', two],
        ['StartMonitoringAllAgentTeams', {}],
        ['StartMonitoringAgent', { AgentReference: 'agent.5000.1003' }],
      ],
    );
    deepEqual(stage.errors, []);
    // Once more: they do not add up.
    stage.b.connection.break();
    await stage.settle();
    await stage.settle();
    equal(stage.a.connection.requestNames.length, 4);
  });

  it('repeats the log-in with AutoLogin, where the agent is out, and not otherwise', async () => {
    for (const [AutoLogin, AgentState, expected] of [
      [true, 1, ['Login']],
      [true, 3, []],
      [false, 1, []],
    ] as const) {
      const stage = await new Stage(2).working();
      for (const server of [stage.a, stage.b]) {
        server.answers.set('Login', (request, connection) => connection.confirm(request, 'OnSetAgentStateConf'));
      }
      await Promise.all([
        stage.session.currentAgent!.login({ AgentID: '1001', AgentPassword: 'geheim', AutoLogin }),
        stage.settle(),
      ]);
      await failOver(stage, [agent({ UniqueObjectID: AGENT, AgentID: '1001', AgentState })]);
      deepEqual(stage.b.connection.requestNames, expected);
    }
  });
});

describeOverEachTransport('A mode', () => {
  it('may be chosen before there is a connection', async () => {
    const stage = new Stage();
    const mode = stage.session.setMessageFilter('');
    await stage.connected();
    await mode;
    equal(stage.session.status.mode, 'monitor');
    equal(stage.a.connection.requests.length, 1);
  });

  it('chosen in the listener of OnConnection is asked for once', async () => {
    const stage = new Stage();
    let mode: Promise<unknown> | undefined;
    stage.session.subscribe('ISessionEvents', {
      OnConnection: () => {
        mode ??= stage.session.setMessageFilter('');
      },
    });
    await stage.connected();
    await mode;
    equal(stage.a.connection.requests.length, 1);
  });

  it('that the server refuses leaves the session free to choose again', async () => {
    const stage = await new Stage().connected();
    const grant = stage.a.answers.get('SetAgent')!;
    stage.a.answers.set('SetAgent', (request, connection) =>
      connection.fail(request, 'CF_INVALID_AGENT', 'There is no such agent.'),
    );
    const refused = rejects(stage.session.setAgent({ AgentID: '7' }), { code: 'CF_INVALID_AGENT' });
    await stage.settle();
    await refused;
    equal(stage.session.currentAgent, undefined);
    equal(stage.session.agents.size, 0);
    stage.a.answers.set('SetAgent', grant);
    const agentSet = stage.session.setAgent({ AgentID: '1001' });
    await stage.settle();
    equal((await agentSet).uniqueObjectID, AGENT);
    equal(stage.session.agents.get(AGENT), stage.session.currentAgent);
  });

  it('may leave the agent’s peripheral to the server, whose events about it come first', async () => {
    const stage = await new Stage().connected();
    const state = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentState: 3, EnablementMask: 7 };
    stage.a.establishModes([agent(state)]);
    stage.names();
    const agentSet = stage.session.setAgent({ AgentID: '1001' });
    await stage.settle();
    const own = await agentSet;
    equal(own, stage.session.currentAgent);
    equal(own.getAgentState(), 3);
    equal(stage.session.agents.get(AGENT), own);
    equal(stage.session.agents.size, 1);
    equal(stage.last('OnQueryAgentStateConf').agent, own);
    equal(stage.last('OnButtonEnablementChange').args.EnablementMask, 7);
  });

  it('that comes to an agent who is known already takes over what is known', async () => {
    const stage = await new Stage().connected();
    const grant = stage.a.answers.get('SetAgent')!;
    stage.a.answers.set('SetAgent', (request, connection) => {
      connection.event('OnAgentInfoEvent', { UniqueObjectID: AGENT, AgentFirstName: 'Alex' });
      grant(request, connection);
    });
    const agentSet = stage.session.setAgent({ AgentID: '1001' });
    await stage.settle();
    equal((await agentSet).getValueString('AgentFirstName'), 'Alex');
    equal(stage.session.agents.size, 1);
  });

  it('waits through a lost connection rather than fail', async () => {
    const stage = await new Stage(2).connected();
    stage.a.answers.delete('SetMessageFilter');
    const mode = stage.session.setMessageFilter('');
    await stage.settle();
    stage.a.connection.break();
    await stage.settle();
    await mode;
    equal(stage.session.status.server, 'server-b');
  });

  it('that a server can neither grant nor refuse is tried elsewhere', async () => {
    const stage = await new Stage(2).connected();
    stage.a.answers.set('SetAgent', (request, connection) =>
      connection.fail(request, 'CTIOS_AUTHENTICATION_UNAVAILABLE', 'The password cannot be checked at the moment.'),
    );
    const agentSet = stage.session.setAgent({ AgentID: '1001' });
    await stage.settle();
    await stage.settle();
    equal((await agentSet).uniqueObjectID, AGENT);
    equal(stage.session.status.server, 'server-b');
  });

  it('that is not established in time is tried elsewhere', async () => {
    const stage = await new Stage(2, { modeMs: 10_000 }).connected();
    stage.a.answers.delete('SetMessageFilter');
    const mode = stage.session.setMessageFilter('');
    await stage.advance(10_000);
    await mode;
    equal(stage.session.status.server, 'server-b');
  });

  it('excludes the other one until the session is disconnected', async () => {
    const stage = await new Stage().monitoring();
    await rejects(stage.session.setAgent({ AgentID: '1001' }), {
      code: 'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED',
    });
    const working = await new Stage().working();
    await rejects(working.session.setMessageFilter(''), { code: 'E_CTIOS_MODE_CONFLICT' });
    await rejects(working.session.setAgent({ AgentID: '1002' }), { code: 'E_CTIOS_AGENT_ALREADY_IN_SESSION' });
    await Promise.all([working.session.disconnect(), working.settle()]);
    await working.monitoring();
    equal(working.session.status.mode, 'monitor');
  });

  it('chosen anew before the first choice was answered ends with its own answer', async () => {
    const stage = await new Stage().connected();
    const grant = stage.a.answers.get('SetMessageFilter')!;
    stage.a.answers.delete('SetMessageFilter');
    const first = rejects(stage.session.setMessageFilter('AgentID=1'), { code: 'CTIOS_SUPERSEDED' });
    await stage.settle();
    let done = false;
    const second = stage.session.setMessageFilter('AgentID=2').then(() => {
      done = true;
    });
    await first;
    await stage.settle();
    const [one, two] = stage.a.connection.requests;
    stage.a.connection.confirm(one!);
    await stage.settle();
    equal(done, false);
    grant(two!, stage.a.connection);
    await stage.settle();
    await second;
    equal(stage.session.getValueString('MessageFilter'), 'AgentID=2');
  });

  it('filter that is wrong is refused before it is sent, with the place of the error', async () => {
    const stage = await new Stage().connected();
    await rejects(stage.session.setMessageFilter('AgentID'), (error: CtiosError) => {
      equal(typeof error.cause.position, 'number');
      return true;
    });
    equal(stage.a.connection.requests.length, 0);
  });

  it('filter may be changed, and the latest is the one that is repeated', async () => {
    const stage = await new Stage(2).monitoring('AgentID=1001');
    const changed = stage.session.setMessageFilter('AgentID=1002');
    await stage.settle();
    await changed;
    await failOver(stage, []);
    equal(stage.b.connection.lastRequest('SetMessageFilter').args.Filter, 'AgentID=1002');
  });

  it('filter that the server refuses leaves the one before in force', async () => {
    const stage = await new Stage(2).monitoring('AgentID=1001');
    const grant = stage.a.answers.get('SetMessageFilter')!;
    stage.a.answers.set('SetMessageFilter', (request, connection) => connection.fail(request, 'CTIOS_X', 'No.'));
    const refused = rejects(stage.session.setMessageFilter('AgentID=1002'), { code: 'CTIOS_X' });
    equal(stage.session.status.mode, 'monitor');
    await stage.settle();
    await refused;
    equal(stage.session.status.mode, 'monitor');
    equal(stage.session.getValueString('MessageFilter'), 'AgentID=1001');
    stage.a.answers.set('SetMessageFilter', grant);
    await failOver(stage, []);
    equal(stage.b.connection.lastRequest('SetMessageFilter').args.Filter, 'AgentID=1001');
  });

  it('filter that is changed tells only what is new to the session, and lets go of calls it will not hear of', async () => {
    const stage = await new Stage().monitoring('AgentID=1001');
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 2 });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 2 });
    stage.a.establishModes([
      call({ UniqueObjectID: CALL2, CallStatus: 2 }),
      call({ UniqueObjectID: CALL3, CallStatus: 2 }),
    ]);
    stage.names();
    await Promise.all([stage.session.setMessageFilter('AgentID=1002'), stage.settle()]);
    deepEqual(
      stage.told.map((each) => [each.event, each.objectId]),
      [
        ['OnSnapshotCallConf', CALL3],
        ['OnMonitorModeEstablished', undefined],
      ],
    );
    deepEqual([...stage.session.calls.keys()], [CALL2, CALL3]);
  });

  it('filter that is changed lets go of a call, too, that the old filter told of on the way', async () => {
    const stage = await new Stage().monitoring('AgentID=1001');
    stage.a.establishModes([]);
    const changed = stage.session.setMessageFilter('FilterTarget=SkillGroupStats');
    const told = stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 2 });
    await Promise.all([changed, told]);
    deepEqual([...stage.session.calls.keys()], []);
  });

  it('may be chosen by the name of its request, too', async () => {
    const stage = await new Stage(2).connected();
    const mode = stage.session.request('setmessagefilter', { args: { filter: 'AgentID=1001' } });
    await stage.settle();
    equal((await mode).event, 'OnMonitorModeEstablished');
    equal(stage.session.status.mode, 'monitor');
    const working = await new Stage().connected();
    const agentSet = working.session.request('SetAgent', { args: { AgentID: 1001, PeripheralID: 5000 } });
    await working.settle();
    deepEqual((await agentSet).args, { UniqueObjectID: AGENT });
    equal(working.session.currentAgent?.uniqueObjectID, AGENT);
  });

  it('pending at a disconnect is rejected', async () => {
    const stage = new Stage();
    stage.a.behaviour = 'hang';
    await stage.connected();
    const mode = rejects(stage.session.setMessageFilter(''), { code: 'CTIOS_DISCONNECTED' });
    await stage.session.disconnect();
    await mode;
  });

  it('of an agent who is logged in already is refused where the application wants that', async () => {
    const stage = await new Stage().connected();
    stage.a.answers.set('SetAgent', (_, connection) =>
      connection.event('OnQueryAgentStateConf', { UniqueObjectID: AGENT, AgentID: '1001', AgentState: 3 }),
    );
    const refused = rejects(
      stage.session.setAgent({ AgentID: '1001', PeripheralID: 5000 }, { rejectIfAlreadyLoggedIn: true }),
      /logged in already/,
    );
    await stage.settle();
    await refused;
    equal(stage.session.status.state, 'disconnected');
  });

  it('lets the application log in from the listener of OnSetAgentModeEvent', async () => {
    const stage = await new Stage().connected();
    stage.a.answers.set('Login', (request, connection) => connection.confirm(request, 'OnSetAgentStateConf'));
    let login: Promise<unknown> | undefined;
    stage.session.subscribe('IAgentEvents', {
      OnSetAgentModeEvent: () => {
        login = stage.session.currentAgent!.login({ AgentID: '1001' });
      },
    });
    const mode = stage.session.setAgent({ AgentID: '1001', AgentPassword: 'geheim' });
    await stage.settle();
    await mode;
    await login;
    equal('AgentPassword' in stage.session.currentAgent!.properties(), false);
  });
});

describeOverEachTransport('A disconnect', () => {
  it('releases the objects and names the agent that the session no longer has', async () => {
    const stage = await new Stage().working();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    stage.names();
    await Promise.all([stage.session.disconnect(), stage.settle()]);
    deepEqual(stage.names(), ['OnCurrentAgentReset', 'OnConnectionClosed']);
    equal(stage.session.calls.size + stage.session.agents.size, 0);
    equal(stage.session.currentAgent, undefined);
    equal(stage.session.currentCall, undefined);
  });
});

describeOverEachTransport('The system status', () => {
  it('is unknown, and the session not online, until the server has told it, and again without a connection', async () => {
    const stage = await new Stage().connected();
    equal(stage.session.status.online, false);
    deepEqual(stage.session.status.statusSystem, {});
    await Promise.all([stage.session.setMessageFilter(), stage.settle()]);
    equal(stage.session.status.online, true);
    stage.a.behaviour = 'refuse';
    stage.a.connection.break();
    await stage.settle();
    equal(stage.session.status.online, false);
    deepEqual(stage.session.status.statusSystem, {});
  });

  it('follows OnCTIOSFailure, in flags and in words', async () => {
    const stage = await new Stage().monitoring();
    const told: (string | undefined)[] = [];
    stage.session.onStatus((status) => told.push(status.reason));
    const system = (SystemEventID: number, SystemEventArg1?: number) =>
      stage.event('OnCTIOSFailure', {
        FailureCode: 10,
        SystemEventID,
        ErrorMessage: '',
        ...(SystemEventArg1 === undefined ? {} : { SystemEventArg1 }),
      });
    equal(stage.session.status.online, true);
    await system(7);
    equal(stage.session.status.online, false);
    equal(stage.session.getSystemStatus(), 8);
    await system(8);
    await system(4, 5000);
    equal(stage.session.status.code, 'CTIOS_OFFLINE');
    equal(stage.session.getSystemStatus(), 4);
    await system(3, 5000);
    await system(2);
    equal(stage.session.status.online, true);
    equal(stage.session.getSystemStatus(), 2);
    deepEqual(told, ['the CTI Server is offline', undefined, 'peripheral 5000 is offline', undefined, undefined]);
    equal((stage.session.status.statusSystem.StatusPeripherals as Args)['5000'], true);
  });
});

describe('The comparison with a snapshot', () => {
  it('takes a removed ECC variable for a change, and reading the same for none', () => {
    const known: Args = { UniqueObjectID: CALL, ECC: { 'user.A': '1', 'user.B': '2' } };
    const cache = { calls: new Map([[CALL, { properties: () => known, monitored: false }]]), agents: new Map() };
    const make = () => new ServerChangeReconciliation(cache as never, { at: 0, side: 'A' }, undefined);
    const message = (args: Args) => ({ event: 'OnSnapshotCallConf', args, recovered: true as const });
    deepEqual(make().examine(message({ UniqueObjectID: CALL, ECC: { 'user.B': '2', 'user.A': '1' } })), []);
    const told = make().examine(message({ UniqueObjectID: CALL, ECC: { 'user.A': '1' } }));
    deepEqual(
      told.map((each) => [each.event, each.args]),
      [
        ['OnSnapshotCallConf', { UniqueObjectID: CALL, ECC: { 'user.A': '1' } }],
        ['OnCallDataUpdate', { UniqueObjectID: CALL, ECC: { 'user.A': '1' } }],
      ],
    );
  });
});
