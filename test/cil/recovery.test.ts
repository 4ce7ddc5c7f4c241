import { deepEqual, equal, rejects } from 'node:assert/strict';
import { ServerChangeReconciliation } from '../../src/cil/reconciliation.js';
import type { Args, CtiosError } from '../../src/ctios/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, CALL2, SessionHarness } from './helpers.js';

const AGENT = 'agent.5000.1001';
const CALL3 = 'call.5000.19.2003';

/** The connection to A breaks; B takes over with this snapshot. */
async function failOver(harness: SessionHarness, snapshot: { event: string; args: Args }[]): Promise<void> {
  harness.b.establishModes(snapshot);
  harness.names();
  harness.a.connection.break(new Error('cable pulled'));
  await harness.settle();
  await harness.settle();
}

const call = (args: Args) => ({ event: 'OnSnapshotCallConf', args });
const agent = (args: Args) => ({ event: 'OnQueryAgentStateConf', args });

describeOverEachTransport('After a reconnect, monitor mode', () => {
  it('is requested again with the same filter automatically', async () => {
    const harness = await new SessionHarness(2).monitoring('MessageID=23,24');
    equal(harness.session.status.mode, 'monitor');
    await failOver(harness, []);
    deepEqual(harness.b.connection.lastRequest('SetMessageFilter').args, { Filter: 'MessageID=23,24' });
    equal(harness.session.status.mode, 'monitor');
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnection', 'OnConnectionGap', 'OnMonitorModeEstablished']);
  });

  it('requests a snapshot to compare with, even if none was requested at first', async () => {
    const harness = await new SessionHarness(2).connected();
    const mode = harness.session.setMessageFilter('', { snapshot: false });
    await harness.settle();
    await mode;
    equal(harness.a.connection.lastRequest('SetMessageFilter').args.MonitorSessionSnapshotMode, 1);
    await failOver(harness, []);
    deepEqual(harness.b.connection.lastRequest('SetMessageFilter').args, { Filter: '' });
  });

  it('reports new, changed and ended calls once each, and nothing about the others', async () => {
    const harness = await new SessionHarness(2).monitoring();
    const same = 'call.5000.20.2004';
    await harness.event('OnCallBegin', {
      UniqueObjectID: CALL,
      CallStatus: 2,
      CallVariable1: 'a',
      ECC: { 'user.A': '1' },
    });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 3, ICMEnterpriseUniqueID: 'icm.1.2' });
    await harness.event('OnCallBegin', { UniqueObjectID: same, CallStatus: 3, ANI: '1', EnablementMask: 4 });
    await failOver(harness, [
      call({ UniqueObjectID: CALL, CallStatus: 3, CallVariable1: 'b', ECC: { 'user.A': '1', 'user.B': '2' } }),
      call({ UniqueObjectID: same, CallStatus: 3, ANI: '1', EnablementMask: 5 }),
      call({ UniqueObjectID: CALL3, CallStatus: 2 }),
    ]);
    deepEqual(
      harness.told.map((each) => [each.event, each.objectId, each.recovered]),
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
    deepEqual(harness.last('OnCallDataUpdate').args, {
      UniqueObjectID: CALL,
      CallVariable1: 'b',
      ECC: { 'user.A': '1', 'user.B': '2' },
    });
    deepEqual(harness.last('OnCallEnd').args, {
      UniqueObjectID: CALL2,
      CallStatus: 0,
      ICMEnterpriseUniqueID: 'icm.1.2',
    });
    const { From, To, ...report } = harness.last('OnConnectionGap').args;
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
    deepEqual([...harness.session.calls.keys()], [CALL, same, CALL3]);
    // Values that are not reported are updated nevertheless.
    equal(harness.session.calls.get(same)?.getValueInt('EnablementMask'), 5);
    equal(harness.session.calls.get(CALL)?.getValueString('user.B'), '2');
  });

  it('reports changed agents with OnAgentStateChange, and those missing from the snapshot as unknown', async () => {
    const harness = await new SessionHarness(2).monitoring();
    const state = (id: string, AgentState: number) => ({
      UniqueObjectID: `agent.5000.${id}`,
      PeripheralID: 5000,
      AgentID: id,
      AgentState,
    });
    for (const id of ['1001', '1002', '1003', '1004']) await harness.event('OnAgentStateChange', state(id, 3));
    await harness.event('OnAgentStateChange', state('1004', 1));
    await failOver(harness, [agent(state('1001', 3)), agent(state('1002', 4)), agent(state('1005', 2))]);
    deepEqual(
      harness.told
        .filter((each) => each.interfaces.includes('IAgentEvents'))
        .map((each) => [each.event, each.args.AgentID, each.args.AgentState, each.recovered]),
      [
        ['OnAgentStateChange', '1002', 4, true],
        ['OnQueryAgentStateConf', '1005', 2, true],
        ['OnAgentStateChange', '1003', 9, true],
      ],
    );
    equal(harness.last('OnConnectionGap').args.AgentsChanged, 2);
    equal(harness.session.agents.get('agent.5000.1003')?.getAgentState(), 9);
  });

  it('counts the gap from the first loss if the new connection is lost, too', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    const from = harness.clock.now();
    harness.b.answers.delete('SetMessageFilter');
    harness.a.connection.break();
    await harness.advance(30_000);
    harness.b.connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL3 }, true);
    await harness.settle();
    harness.b.connection.break();
    await harness.advance(0);
    const report = harness.last('OnConnectionGap').args;
    equal(Date.parse(report.From as string), from);
    equal(report.CallsEnded, 2);
    equal(harness.session.calls.size, 0);
    equal(harness.told.filter((each) => each.event === 'OnConnectionGap').length, 1);
  });

  it('counts the gap from the last message of the server if it fell silent', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await harness.advance(2_000);
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    const from = harness.clock.now();
    harness.a.answersHeartbeats = false;
    await harness.advance(20_000);
    const report = harness.last('OnConnectionGap').args;
    equal(Date.parse(report.From as string), from);
    equal(Date.parse(report.To as string), from + 20_000);
  });

  it('reports a second gap from its own beginning', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await failOver(harness, []);
    await harness.advance(60_000);
    const from = harness.clock.now();
    harness.names();
    harness.b.connection.break();
    await harness.settle();
    equal(Date.parse(harness.last('OnConnectionGap').args.From as string), from);
  });

  it('does not change what was observed while the snapshot was received', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    const establish = harness.b.answers.get('SetMessageFilter')!;
    harness.b.answers.set('SetMessageFilter', (request, connection) => {
      connection.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
      connection.event('OnCallBegin', { UniqueObjectID: CALL2 });
      establish(request, connection);
    });
    harness.names();
    harness.a.connection.break();
    await harness.settle();
    deepEqual(
      harness.told.filter((each) => each.event === 'OnCallEnd'),
      [],
    );
    deepEqual([...harness.session.calls.keys()], [CALL, CALL2]);
  });

  it('ends a call that is gone, also if a request for it is refused meanwhile', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 2 });
    const establish = harness.b.answers.get('SetMessageFilter')!;
    harness.b.answers.set('SetMessageFilter', (request, connection) => {
      connection.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 4, ErrorMessage: 'no such call' });
      establish(request, connection);
    });
    harness.a.connection.break();
    await harness.settle();
    deepEqual([...harness.session.calls.keys()], []);
  });

  it('tries the other side if the server refuses it now, without settling the application’s promise', async () => {
    const harness = await new SessionHarness(2).monitoring();
    harness.b.answers.set('SetMessageFilter', (request, connection) =>
      connection.fail(request, 'CTIOS_TOO_MANY_MONITOR_SESSIONS', 'There are too many.'),
    );
    harness.a.connection.break();
    await harness.settle();
    await harness.settle();
    equal(harness.session.status.state, 'ready');
    equal(harness.session.status.server, 'server-a');
    equal(harness.session.status.mode, 'monitor');
    equal(harness.a.connections.length, 2);
  });

  it('delays its comparison for a server that has just started and is still querying the switch', async () => {
    const harness = await new SessionHarness(2).monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3 });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 3 });
    const status = (StatusObjects: boolean) => ({ StatusCtiServerDriver: true, StatusCTIServer: true, StatusObjects });
    harness.b.answers.set('SetMessageFilter', (request, connection) =>
      connection.confirm(request, 'OnMonitorModeEstablished', { StatusSystem: status(false) }),
    );
    harness.names();
    harness.a.connection.break();
    await harness.settle();
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnection', 'OnMonitorModeEstablished']);
    equal(harness.session.calls.size, 2);
    harness.b.connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL, CallStatus: 3 }, true);
    await harness.settle();
    deepEqual(harness.names(), []);
    harness.b.connection.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 8, StatusSystem: status(true) });
    await harness.settle();
    deepEqual(harness.names(), ['OnCTIOSFailure', 'OnCallEnd', 'OnConnectionGap']);
    deepEqual([...harness.session.calls.keys()], [CALL]);
  });

  it('holds requests that wait for the link until a server that is still querying the switch has done so', async () => {
    const harness = await new SessionHarness().monitoring();
    const status = (StatusObjects: boolean) => ({ StatusCtiServerDriver: true, StatusCTIServer: true, StatusObjects });
    await harness.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 12, StatusSystem: status(false) });
    const sent = () =>
      harness.a.connection.requests.map(({ request }) => request).filter((name) => name === 'MakeCall');
    const dial = (linkWaitMs: number) =>
      harness.session
        .request('MakeCall', { target: AGENT, args: { DialedNumber: '8001' }, linkWaitMs })
        .catch(() => {});
    dial(60_000);
    dial(0);
    await harness.settle();
    equal(sent().length, 1, 'only the one that must not wait');
    await harness.event('OnCTIOSFailure', { FailureCode: 10, SystemEventID: 8, StatusSystem: status(true) });
    equal(sent().length, 2);
  });

  it('reports no gap for a session that had no mode yet', async () => {
    const harness = await new SessionHarness(2).connected();
    await failOver(harness, []);
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnection']);
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
    const harness = await new SessionHarness(2).working();
    await harness.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentID: '1001',
      AgentState: 4,
    });
    const device = { DeviceUniqueObjectID: 'device.5000.2001' };
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3, ...device });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 4, ...device });
    const own = harness.session.currentAgent;
    await failOver(harness, snapshot);
    deepEqual(harness.b.connection.lastRequest('SetAgent').args, {
      AgentID: '1001',
      PeripheralID: 5000,
      AgentInstrument: '2001',
    });
    deepEqual(harness.names(), [
      'OnConnectionFailure',
      'OnConnection',
      'OnQueryAgentStateConf',
      'OnSetAgentModeEvent',
      'OnSnapshotDeviceConf',
      'OnCallEnd',
      'OnCTIOSFailure',
      'OnConnectionGap',
    ]);
    equal(harness.session.currentAgent, own);
    equal(harness.session.currentCall?.uniqueObjectID, CALL);
  });

  it('does not request monitoring that was ended', async () => {
    const harness = await new SessionHarness(2).working();
    for (const name of [
      'StartMonitoringAgent',
      'StopMonitoringAgent',
      'EnableSkillGroupStatistics',
      'DisableSkillGroupStatistics',
    ]) {
      harness.a.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const own = harness.session.currentAgent!;
    const reference = { AgentReference: 'agent.5000.1002' };
    await Promise.all([
      own.startMonitoringAgent(reference),
      own.stopMonitoringAgent(reference),
      harness.session.enableSkillGroupStatistics({ PeripheralID: 5000, SkillGroupNumber: 10 }),
      harness.session.enableSkillGroupStatistics({ PeripheralID: 5000, SkillGroupNumber: 20 }),
      harness.session.disableSkillGroupStatistics(),
      harness.settle(),
    ]);
    await failOver(harness, []);
    deepEqual(harness.b.connection.requestNames, []);
  });

  it('reports nothing about a team whose states arrive with its monitoring', async () => {
    const harness = await new SessionHarness(2).working();
    const member = { UniqueObjectID: 'agent.5000.1002', PeripheralID: 5000, AgentID: '1002' };
    await harness.event('OnMonitoredAgentStateChange', { ...member, AgentState: 3, Monitored: true });
    await failOver(harness, snapshot);
    equal(
      harness.told.some((each) => each.objectId === member.UniqueObjectID),
      false,
    );
  });

  it('reports only changes of what a supervisor monitors', async () => {
    const harness = await new SessionHarness(2).working();
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
      await harness.event(each.event, each.args);
    }
    const late = 'call.5000.31.2002';
    await failOver(harness, [watched('1002', 3), watched('1003', 4), begin(CALL2, 3), begin(CALL3, 4), begin(late, 2)]);
    deepEqual(
      harness.told.filter((each) => each.event.startsWith('OnMonitored')).map((each) => [each.event, each.objectId]),
      [
        ['OnMonitoredAgentStateChange', 'agent.5000.1003'],
        ['OnMonitoredCallDataUpdate', CALL3],
        ['OnMonitoredCallBegin', late],
        ['OnMonitoredCallEnd', gone],
      ],
    );
    deepEqual(harness.last('OnMonitoredCallDataUpdate').args, {
      UniqueObjectID: CALL3,
      CallStatus: 4,
      Monitored: true,
    });
    deepEqual([...harness.session.calls.keys()], [CALL2, CALL3, late]);
  });

  describe('with a monitored agent', () => {
    const reference = { AgentReference: 'agent.5000.1002' };

    /**
     * A supervisor monitors an agent in a call, and B takes over; the response to the repeated monitoring request is
     * late.
     */
    async function waiting() {
      const harness = await new SessionHarness(2).working();
      harness.a.answers.set('StartMonitoringAgent', (request, connection) => {
        connection.confirm(request, 'OnStartMonitoringAgent', reference);
        connection.event('OnMonitoredCallBegin', { UniqueObjectID: CALL2, CallStatus: 3, Monitored: true });
        connection.event('OnSupervisorButtonChange', { SupervisorBtnEnablementMask: 0 });
      });
      await Promise.all([harness.session.currentAgent!.startMonitoringAgent(reference), harness.settle()]);
      const watched = harness.session.calls.get(CALL2);
      equal(watched?.monitored, true);
      await failOver(harness, snapshot);
      equal(harness.session.status.mode, 'agent');
      const { connection } = harness.b;
      const request = connection.lastRequest('StartMonitoringAgent');
      const told = () => harness.names().filter((name) => /Gap$|^OnMonitoredCall/.test(name));
      deepEqual(told(), []);
      return { harness, connection, request, told, watched };
    }

    it('reports the gap after its calls have been listed again, and neither ends nor begins them', async () => {
      const { harness, connection, request, told, watched } = await waiting();
      connection.confirm(request, 'OnStartMonitoringAgent', reference);
      await harness.settle();
      deepEqual(told(), []);
      connection.event('OnMonitoredCallBegin', { UniqueObjectID: CALL2, CallStatus: 3, Monitored: true }, true);
      connection.event('OnSupervisorButtonChange', { SupervisorBtnEnablementMask: 0 });
      await harness.settle();
      deepEqual(told(), ['OnConnectionGap']);
      equal(harness.session.calls.get(CALL2), watched);
    });

    it('ends its calls if the server refuses the monitoring now', async () => {
      const { harness, connection, request, told } = await waiting();
      connection.fail(request, 'CTIOS_NO_OBJECT', 'There is no such agent.');
      await harness.settle();
      deepEqual(told(), ['OnMonitoredCallEnd', 'OnConnectionGap']);
      equal(harness.session.calls.has(CALL2), false);
    });
  });

  it('accepts its own agent, who would have been refused at first', async () => {
    const harness = await new SessionHarness(2).connected();
    const agentSet = harness.session.setAgent(
      { AgentID: '1001', PeripheralID: 5000 },
      { rejectIfAlreadyLoggedIn: true },
    );
    await harness.settle();
    await agentSet;
    await failOver(harness, snapshot);
    equal(harness.session.status.mode, 'agent');
    equal(harness.session.status.server, 'server-b');
  });

  it('keeps a current call that still exists', async () => {
    const harness = await new SessionHarness(2).working();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3 });
    await failOver(harness, snapshot);
    equal(harness.names().includes('OnCurrentCallChanged'), false);
    equal(harness.session.currentCall?.uniqueObjectID, CALL);
  });

  it('requests statistics and monitoring that were on again, but none that were switched off', async () => {
    const harness = await new SessionHarness(2).working();
    const names = [
      'EnableAgentStatistics',
      'EnableSkillGroupStatistics',
      'DisableSkillGroupStatistics',
      'StartMonitoringAllAgentTeams',
      'StartMonitoringAgent',
      'StopMonitoringAgent',
      'StartMonitoringCall',
    ];
    for (const server of [harness.a, harness.b]) {
      for (const name of names) server.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const { session } = harness;
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
      harness.settle(),
    ]);
    await failOver(harness, []);
    deepEqual(
      harness.b.connection.requests.slice(1).map((each) => [each.request, each.args]),
      [
        ['EnableAgentStatistics', {}],
        ['EnableSkillGroupStatistics', two],
        ['StartMonitoringAllAgentTeams', {}],
        ['StartMonitoringAgent', { AgentReference: 'agent.5000.1003' }],
      ],
    );
    deepEqual(harness.errors, []);
    // A second time: they do not accumulate.
    harness.b.connection.break();
    await harness.settle();
    await harness.settle();
    equal(harness.a.connection.requestNames.length, 4);
  });

  it('repeats the log-in only with AutoLogin and if the agent is logged out', async () => {
    for (const [AutoLogin, AgentState, expected] of [
      [true, 1, ['Login']],
      [true, 3, []],
      [false, 1, []],
    ] as const) {
      const harness = await new SessionHarness(2).working();
      for (const server of [harness.a, harness.b]) {
        server.answers.set('Login', (request, connection) => connection.confirm(request, 'OnSetAgentStateConf'));
      }
      await Promise.all([
        harness.session.currentAgent!.login({ AgentID: '1001', AgentPassword: 'geheim', AutoLogin }),
        harness.settle(),
      ]);
      await failOver(harness, [agent({ UniqueObjectID: AGENT, AgentID: '1001', AgentState })]);
      deepEqual(harness.b.connection.requestNames, expected);
    }
  });
});

describeOverEachTransport('A mode', () => {
  it('can be set before there is a connection', async () => {
    const harness = new SessionHarness();
    const mode = harness.session.setMessageFilter('');
    await harness.connected();
    await mode;
    equal(harness.session.status.mode, 'monitor');
    equal(harness.a.connection.requests.length, 1);
  });

  it('is requested once if it is set in the listener of OnConnection', async () => {
    const harness = new SessionHarness();
    let mode: Promise<unknown> | undefined;
    harness.session.subscribe('ISessionEvents', {
      OnConnection: () => {
        mode ??= harness.session.setMessageFilter('');
      },
    });
    await harness.connected();
    await mode;
    equal(harness.a.connection.requests.length, 1);
  });

  it('can be set again if the server refuses it', async () => {
    const harness = await new SessionHarness().connected();
    const grant = harness.a.answers.get('SetAgent')!;
    harness.a.answers.set('SetAgent', (request, connection) =>
      connection.fail(request, 'CF_INVALID_AGENT', 'There is no such agent.'),
    );
    const refused = rejects(harness.session.setAgent({ AgentID: '7' }), { code: 'CF_INVALID_AGENT' });
    await harness.settle();
    await refused;
    equal(harness.session.currentAgent, undefined);
    equal(harness.session.agents.size, 0);
    harness.a.answers.set('SetAgent', grant);
    const agentSet = harness.session.setAgent({ AgentID: '1001' });
    await harness.settle();
    equal((await agentSet).uniqueObjectID, AGENT);
    equal(harness.session.agents.get(AGENT), harness.session.currentAgent);
  });

  it('can leave the agent’s peripheral to the server, whose events about it arrive first', async () => {
    const harness = await new SessionHarness().connected();
    const state = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentState: 3, EnablementMask: 7 };
    harness.a.establishModes([agent(state)]);
    harness.names();
    const agentSet = harness.session.setAgent({ AgentID: '1001' });
    await harness.settle();
    const own = await agentSet;
    equal(own, harness.session.currentAgent);
    equal(own.getAgentState(), 3);
    equal(harness.session.agents.get(AGENT), own);
    equal(harness.session.agents.size, 1);
    equal(harness.last('OnQueryAgentStateConf').agent, own);
    equal(harness.last('OnButtonEnablementChange').args.EnablementMask, 7);
  });

  it('takes over what is known about an agent who is already known', async () => {
    const harness = await new SessionHarness().connected();
    const grant = harness.a.answers.get('SetAgent')!;
    harness.a.answers.set('SetAgent', (request, connection) => {
      connection.event('OnAgentInfoEvent', { UniqueObjectID: AGENT, AgentFirstName: 'Alex' });
      grant(request, connection);
    });
    const agentSet = harness.session.setAgent({ AgentID: '1001' });
    await harness.settle();
    equal((await agentSet).getValueString('AgentFirstName'), 'Alex');
    equal(harness.session.agents.size, 1);
  });

  it('waits for a lost connection instead of failing', async () => {
    const harness = await new SessionHarness(2).connected();
    harness.a.answers.delete('SetMessageFilter');
    const mode = harness.session.setMessageFilter('');
    await harness.settle();
    harness.a.connection.break();
    await harness.settle();
    await mode;
    equal(harness.session.status.server, 'server-b');
  });

  it('is tried elsewhere if a server can neither grant nor refuse it', async () => {
    const harness = await new SessionHarness(2).connected();
    harness.a.answers.set('SetAgent', (request, connection) =>
      connection.fail(request, 'CTIOS_AUTHENTICATION_UNAVAILABLE', 'The password cannot be checked at the moment.'),
    );
    const agentSet = harness.session.setAgent({ AgentID: '1001' });
    await harness.settle();
    await harness.settle();
    equal((await agentSet).uniqueObjectID, AGENT);
    equal(harness.session.status.server, 'server-b');
  });

  it('is tried elsewhere if it is not established in time', async () => {
    const harness = await new SessionHarness(2, { modeMs: 10_000 }).connected();
    harness.a.answers.delete('SetMessageFilter');
    const mode = harness.session.setMessageFilter('');
    await harness.advance(10_000);
    await mode;
    equal(harness.session.status.server, 'server-b');
  });

  it('can receive two other filters in succession: calls of the first one that the second excludes are removed', async () => {
    const harness = await new SessionHarness().monitoring();
    harness.a.answers.delete('SetMessageFilter');
    const replaced = rejects(harness.session.setMessageFilter('CallType=1'), /called again/);
    const filter = harness.session.setMessageFilter('CallType=2');
    await harness.settle();
    const { connection } = harness.a;
    const [first, second] = connection.requests.filter(({ request }) => request === 'SetMessageFilter').slice(-2);
    const confirm = (request: typeof first) =>
      connection.confirm(request!, 'OnMonitorModeEstablished', { StatusSystem: { StatusObjects: true } });
    connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL, CallStatus: 3 }, true);
    confirm(first);
    connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL2, CallStatus: 3 }, true);
    confirm(second);
    await harness.settle();
    await Promise.all([replaced, filter]);
    deepEqual([...harness.session.calls.keys()], [CALL2]);
    // No comparison takes place any more.
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    deepEqual([...harness.session.calls.keys()], [CALL2, CALL]);
  });

  it('keeps its filter if the next one is refused while another is in progress', async () => {
    const harness = await new SessionHarness().monitoring();
    harness.a.answers.delete('SetMessageFilter');
    const replaced = rejects(harness.session.setMessageFilter('CallType=1'), /called again/);
    const refused = rejects(harness.session.setMessageFilter('CallType=2'), { code: 'CTIOS_TOO_MANY_REQUESTS' });
    await harness.settle();
    const { connection } = harness.a;
    const [first, second] = connection.requests.filter(({ request }) => request === 'SetMessageFilter').slice(-2);
    connection.event('OnSnapshotCallConf', { UniqueObjectID: CALL, CallStatus: 3 }, true);
    connection.fail(second!, 'CTIOS_TOO_MANY_REQUESTS', 'Another one is under way.');
    connection.confirm(first!, 'OnMonitorModeEstablished', { StatusSystem: { StatusObjects: true } });
    await harness.settle();
    await Promise.all([replaced, refused]);
    deepEqual([...harness.session.calls.keys()], [CALL]);
  });

  it('excludes the other mode until the session is disconnected', async () => {
    const harness = await new SessionHarness().monitoring();
    await rejects(harness.session.setAgent({ AgentID: '1001' }), {
      code: 'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED',
    });
    const working = await new SessionHarness().working();
    await rejects(working.session.setMessageFilter(''), { code: 'E_CTIOS_MODE_CONFLICT' });
    await rejects(working.session.setAgent({ AgentID: '1002' }), { code: 'E_CTIOS_AGENT_ALREADY_IN_SESSION' });
    await Promise.all([working.session.disconnect(), working.settle()]);
    await working.monitoring();
    equal(working.session.status.mode, 'monitor');
  });

  it('ends with its own response if it is set again before the first response', async () => {
    const harness = await new SessionHarness().connected();
    const grant = harness.a.answers.get('SetMessageFilter')!;
    harness.a.answers.delete('SetMessageFilter');
    const first = rejects(harness.session.setMessageFilter('AgentID=1'), { code: 'CTIOS_SUPERSEDED' });
    await harness.settle();
    let done = false;
    const second = harness.session.setMessageFilter('AgentID=2').then(() => {
      done = true;
    });
    await first;
    await harness.settle();
    const [one, two] = harness.a.connection.requests;
    harness.a.connection.confirm(one!);
    await harness.settle();
    equal(done, false);
    grant(two!, harness.a.connection);
    await harness.settle();
    await second;
    equal(harness.session.getValueString('MessageFilter'), 'AgentID=2');
  });

  it('filter that is not valid is rejected before it is sent, with the position of the error', async () => {
    const harness = await new SessionHarness().connected();
    await rejects(harness.session.setMessageFilter('AgentID'), (error: CtiosError) => {
      equal(typeof error.cause.position, 'number');
      return true;
    });
    equal(harness.a.connection.requests.length, 0);
  });

  it('filter can be changed, and the latest one is repeated', async () => {
    const harness = await new SessionHarness(2).monitoring('AgentID=1001');
    const changed = harness.session.setMessageFilter('AgentID=1002');
    await harness.settle();
    await changed;
    await failOver(harness, []);
    equal(harness.b.connection.lastRequest('SetMessageFilter').args.Filter, 'AgentID=1002');
  });

  it('filter refused by the server leaves the previous one in effect', async () => {
    const harness = await new SessionHarness(2).monitoring('AgentID=1001');
    const grant = harness.a.answers.get('SetMessageFilter')!;
    harness.a.answers.set('SetMessageFilter', (request, connection) => connection.fail(request, 'CTIOS_X', 'No.'));
    const refused = rejects(harness.session.setMessageFilter('AgentID=1002'), { code: 'CTIOS_X' });
    equal(harness.session.status.mode, 'monitor');
    await harness.settle();
    await refused;
    equal(harness.session.status.mode, 'monitor');
    equal(harness.session.getValueString('MessageFilter'), 'AgentID=1001');
    harness.a.answers.set('SetMessageFilter', grant);
    await failOver(harness, []);
    equal(harness.b.connection.lastRequest('SetMessageFilter').args.Filter, 'AgentID=1001');
  });

  it('filter change reports only objects that are new to the session, and removes calls that it excludes', async () => {
    const harness = await new SessionHarness().monitoring('AgentID=1001');
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 2 });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2, CallStatus: 2 });
    harness.a.establishModes([
      call({ UniqueObjectID: CALL2, CallStatus: 2 }),
      call({ UniqueObjectID: CALL3, CallStatus: 2 }),
    ]);
    harness.names();
    await Promise.all([harness.session.setMessageFilter('AgentID=1002'), harness.settle()]);
    deepEqual(
      harness.told.map((each) => [each.event, each.objectId]),
      [
        ['OnSnapshotCallConf', CALL3],
        ['OnMonitorModeEstablished', undefined],
      ],
    );
    deepEqual([...harness.session.calls.keys()], [CALL2, CALL3]);
  });

  it('filter change also removes a call that the old filter reported meanwhile', async () => {
    const harness = await new SessionHarness().monitoring('AgentID=1001');
    harness.a.establishModes([]);
    const changed = harness.session.setMessageFilter('FilterTarget=SkillGroupStats');
    const told = harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 2 });
    await Promise.all([changed, told]);
    deepEqual([...harness.session.calls.keys()], []);
  });

  it('can be set by the name of its request, too', async () => {
    const harness = await new SessionHarness(2).connected();
    const mode = harness.session.request('setmessagefilter', { args: { filter: 'AgentID=1001' } });
    await harness.settle();
    equal((await mode).event, 'OnMonitorModeEstablished');
    equal(harness.session.status.mode, 'monitor');
    const working = await new SessionHarness().connected();
    const agentSet = working.session.request('SetAgent', { args: { AgentID: 1001, PeripheralID: 5000 } });
    await working.settle();
    deepEqual((await agentSet).args, { UniqueObjectID: AGENT });
    equal(working.session.currentAgent?.uniqueObjectID, AGENT);
  });

  it('is rejected if it is pending at a disconnect', async () => {
    const harness = new SessionHarness();
    harness.a.behaviour = 'hang';
    await harness.connected();
    const mode = rejects(harness.session.setMessageFilter(''), { code: 'CTIOS_DISCONNECTED' });
    await harness.session.disconnect();
    await mode;
  });

  it('is refused for an agent who is already logged in if the application requires that', async () => {
    const harness = await new SessionHarness().connected();
    harness.a.answers.set('SetAgent', (_, connection) =>
      connection.event('OnQueryAgentStateConf', { UniqueObjectID: AGENT, AgentID: '1001', AgentState: 3 }),
    );
    const refused = rejects(
      harness.session.setAgent({ AgentID: '1001', PeripheralID: 5000 }, { rejectIfAlreadyLoggedIn: true }),
      /logged in already/,
    );
    await harness.settle();
    await refused;
    equal(harness.session.status.state, 'disconnected');
  });

  it('lets the application log in from the listener of OnSetAgentModeEvent', async () => {
    const harness = await new SessionHarness().connected();
    harness.a.answers.set('Login', (request, connection) => connection.confirm(request, 'OnSetAgentStateConf'));
    let login: Promise<unknown> | undefined;
    harness.session.subscribe('IAgentEvents', {
      OnSetAgentModeEvent: () => {
        login = harness.session.currentAgent!.login({ AgentID: '1001' });
      },
    });
    const mode = harness.session.setAgent({ AgentID: '1001', AgentPassword: 'geheim' });
    await harness.settle();
    await mode;
    await login;
    equal('AgentPassword' in harness.session.currentAgent!.properties(), false);
  });
});

describeOverEachTransport('A disconnect', () => {
  it('releases the objects and names the agent that the session no longer has', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    harness.names();
    await Promise.all([harness.session.disconnect(), harness.settle()]);
    deepEqual(harness.names(), ['OnCurrentAgentReset', 'OnConnectionClosed']);
    equal(harness.session.calls.size + harness.session.agents.size, 0);
    equal(harness.session.currentAgent, undefined);
    equal(harness.session.currentCall, undefined);
  });
});

describeOverEachTransport('The system status', () => {
  it('is unknown, and the session not online, until the server has reported it, and again without a connection', async () => {
    const harness = await new SessionHarness().connected();
    equal(harness.session.status.online, false);
    deepEqual(harness.session.status.statusSystem, {});
    await Promise.all([harness.session.setMessageFilter(), harness.settle()]);
    equal(harness.session.status.online, true);
    harness.a.behaviour = 'refuse';
    harness.a.connection.break();
    await harness.settle();
    equal(harness.session.status.online, false);
    deepEqual(harness.session.status.statusSystem, {});
  });

  it('follows OnCTIOSFailure, as flags and as text', async () => {
    const harness = await new SessionHarness().monitoring();
    const told: (string | undefined)[] = [];
    harness.session.onStatus((status) => told.push(status.reason));
    const system = (SystemEventID: number, SystemEventArg1?: number) =>
      harness.event('OnCTIOSFailure', {
        FailureCode: 10,
        SystemEventID,
        ErrorMessage: '',
        ...(SystemEventArg1 === undefined ? {} : { SystemEventArg1 }),
      });
    equal(harness.session.status.online, true);
    await system(7);
    equal(harness.session.status.online, false);
    equal(harness.session.getSystemStatus(), 8);
    await system(8);
    await system(4, 5000);
    equal(harness.session.status.code, 'CTIOS_OFFLINE');
    equal(harness.session.getSystemStatus(), 4);
    await system(3, 5000);
    await system(2);
    equal(harness.session.status.online, true);
    equal(harness.session.getSystemStatus(), 2);
    deepEqual(told, ['the CTI Server is offline', undefined, 'peripheral 5000 is offline', undefined, undefined]);
    equal((harness.session.status.statusSystem.StatusPeripherals as Args)['5000'], true);
  });
});

describe('The comparison with a snapshot', () => {
  it('treats a removed ECC variable as a change, and an equal reading as none', () => {
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
