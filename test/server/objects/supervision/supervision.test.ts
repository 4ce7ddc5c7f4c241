import assert from 'node:assert/strict';
import type { Args } from '../../../../src/ctios/index.js';
import type { MessageInit } from '../../../../src/ged188/index.js';
import type { ObjectServerRequester, ObjectServerSettings } from '../../../../src/server/index.js';
import { agentState, at, begin, Center, delivered, end, established, P } from '../center.js';
import { settled } from '../scripted-link.js';

const SUPERVISOR: ObjectServerRequester = { clientId: 'sup', mode: 'agent', agent: 'agent.5000.90001' };
const DESKTOP: ObjectServerRequester = { clientId: 'desk', mode: 'agent', agent: 'agent.5000.1001' };

function team(operation: number, members: [agentId: string, flags: number][]): MessageInit {
  return {
    type: 'AGENT_TEAM_CONFIG_EVENT',
    PeripheralID: P,
    TeamID: 1,
    ConfigOperation: operation,
    AgentTeamName: 'Alpha',
    TeamMembers: members.map(([AtcAgentID, AgentFlags]) => ({
      AtcAgentID,
      AgentFlags,
      AtcAgentState: 1,
      AtcStateDuration: 0,
    })),
  };
}

/** A team of 1001, 1002 and the supervisor 90001 (at 9001), all three with desktops; 1001 at 2001. */
async function withTeam(settings: Partial<ObjectServerSettings> = {}): Promise<Center> {
  const center = await Center.up(settings);
  center.link.answer('QUERY_AGENT_STATE_REQ', (m) => ({
    type: 'QUERY_AGENT_STATE_CONF',
    AgentState: 1,
    AgentID: (m as { AgentID?: string }).AgentID,
  }));
  center.link.answer('AGENT_DESK_SETTINGS_REQ', { type: 'AGENT_DESK_SETTINGS_CONF', PeripheralID: P });
  center.tell(
    team(1, [
      ['1001', 0],
      ['1002', 0],
      ['90001', 5],
    ]),
  );
  await settled();
  for (const [clientId, AgentID] of [
    ['sup', '90001'],
    ['desk', '1001'],
    ['desk2', '1002'],
  ] as const) {
    await center.request('SetAgent', undefined, { AgentID }, { clientId, mode: 'none' });
  }
  await settled();
  center.tell(agentState('90001', '9001', 2), agentState('1001', '2001', 3));
  center.published.length = 0;
  return center;
}

/** The names of the events sent to one client. */
const to = (center: Center, client: string) =>
  center.published.filter((each) => each.to.client === client).map(({ event }) => event);

describe('teams', () => {
  it('are listed member by member, including the supervisor', async () => {
    const center = await withTeam();
    assert.equal((await center.request('RequestAgentTeamList', undefined, {}, SUPERVISOR)).outcome, 'confirmed');
    const members = center.published.filter(({ event }) => event === 'OnNewAgentTeamMember');
    assert.deepEqual(
      members.map(({ args }) => [
        args.AgentID,
        args.AgentFlags,
        args.SupervisorID,
        args.ConfigOperation,
        args.AgentState,
      ]),
      [
        ['1001', 0, '90001', 1, 3],
        ['1002', 0, '90001', 1, 1],
        ['90001', 5, '90001', 1, 2],
      ],
    );
  });

  it('report to their supervisors who joins and leaves', async () => {
    const center = await withTeam();
    center.tell(team(1, [['1003', 2]]), team(2, [['1002', 0]]));
    const told = center.published.filter((each) => each.to.client === 'sup');
    assert.deepEqual(
      told.map(({ args }) => [args.AgentID, args.ConfigOperation, args.AgentFlags]),
      [
        ['1003', 1, 2],
        ['1002', 2, 0],
      ],
    );
    assert.deepEqual(to(center, 'desk'), []);
  });

  it('lose temporary members when they are restored to the configuration', async () => {
    const center = await withTeam();
    center.tell(team(1, [['1003', 2]]));
    center.published.length = 0;
    center.tell(
      team(0, [
        ['1001', 0],
        ['1002', 0],
        ['90001', 5],
      ]),
    );
    assert.deepEqual(
      center.published
        .filter((each) => each.to.client === 'sup')
        .map(({ args }) => [args.AgentID, args.ConfigOperation]),
      [['1003', 2]],
    );
  });

  it('are visible only to supervisors', async () => {
    const center = await withTeam();
    for (const request of ['RequestAgentTeamList', 'StartMonitoringAllAgentTeams']) {
      const { failure } = await center.request(request, undefined, {}, DESKTOP);
      assert.equal(failure?.code, 'CTIOS_NOT_SUPERVISOR', request);
    }
    const { failure } = await center.request('StartMonitoringAgent', undefined, { AgentReference: '1002' }, DESKTOP);
    assert.equal(failure?.code, 'CTIOS_NOT_SUPERVISOR');
  });

  it('that are monitored report each state, starting with the current one, until monitoring ends', async () => {
    const center = await withTeam();
    await center.request('StartMonitoringAllAgentTeams', undefined, {}, SUPERVISOR);
    assert.deepEqual(
      center.published
        .filter((each) => each.to.client === 'sup')
        .map(({ event, args }) => [event, args.AgentID, args.AgentState, args.Monitored]),
      [
        ['OnMonitoredAgentStateChange', '1001', 3, true],
        ['OnMonitoredAgentStateChange', '1002', 1, true],
      ],
    );
    center.published.length = 0;
    center.tell(agentState('1001', '2001', 2), agentState('90001', '9001', 3));
    assert.deepEqual(to(center, 'sup'), ['OnMonitoredAgentStateChange']);
    await center.request('StopMonitoringAgentTeam', undefined, { TeamID: '1' }, SUPERVISOR);
    center.published.length = 0;
    center.tell(agentState('1001', '2001', 3));
    assert.deepEqual(to(center, 'sup'), []);
  });
});

describe('monitoring of one agent', () => {
  const CALL = 'call.5000.7.2001';

  it('sends the supervisor every event of the calls under its other name, marked as monitored', async () => {
    const center = await withTeam();
    const { conf } = await center.request(
      'StartMonitoringAgent',
      undefined,
      { AgentReference: 'agent.5000.1001' },
      SUPERVISOR,
    );
    assert.equal(conf?.event, 'OnStartMonitoringAgent');
    assert.deepEqual(conf.args, {
      AgentReference: 'agent.5000.1001',
      UniqueObjectID: 'agent.5000.90001',
      SupervisorID: '90001',
      SupervisorKey: 'agent.5000.90001',
      SupervisorAgentState: 2,
    });
    center.published.length = 0;
    center.tell(begin(7, '2001'), delivered(7, '2001'), established(7, '2001'), end(7, '2001'));
    const told = center.published.filter((each) => each.to.client === 'sup' && each.event.startsWith('OnMonitored'));
    assert.deepEqual(
      told.map(({ event }) => event),
      ['OnMonitoredCallBegin', 'OnMonitoredCallDelivered', 'OnMonitoredCallEstablished', 'OnMonitoredCallEnd'],
    );
    assert.ok(told.every(({ args }) => args.Monitored === true));
    assert.ok(
      center.published.filter(({ event }) => event === 'OnCallBegin').every(({ args }) => args.Monitored === undefined),
    );
  });

  it('shows existing calls as recovered', async () => {
    const center = await withTeam();
    center.tell(begin(7, '2001'), established(7, '2001'));
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1001' }, SUPERVISOR);
    const shown = center.last('OnMonitoredCallBegin');
    assert.equal(shown.args.UniqueObjectID, CALL);
    assert.equal(shown.args.CallStatus, 3);
    assert.equal(shown.recovered, true);
  });

  it('ends when another agent is monitored, and reports it', async () => {
    const center = await withTeam();
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1001' }, SUPERVISOR);
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1002' }, SUPERVISOR);
    assert.equal(center.last('OnStopMonitoringAgent').args.AgentReference, 'agent.5000.1001');
    const { conf } = await center.request('StopMonitoringAgent', undefined, { AgentReference: '1002' }, SUPERVISOR);
    assert.equal(conf?.event, 'OnStopMonitoringAgent');
    center.published.length = 0;
    center.tell(begin(7, '2001'));
    assert.deepEqual(to(center, 'sup'), []);
  });

  it('reports a monitored call to its end, even if the agent leaves the phone before', async () => {
    const center = await withTeam();
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1001' }, SUPERVISOR);
    center.tell(begin(7, '2001'), agentState('1001', '2001', 1));
    center.published.length = 0;
    center.tell(end(7, '2001'), begin(8, '2001'));
    assert.deepEqual(
      to(center, 'sup').filter((event) => event.startsWith('OnMonitoredCall')),
      ['OnMonitoredCallEnd'],
    );
  });

  it('updates the buttons on barge-in, then intercept', async () => {
    const center = await withTeam();
    center.tell(begin(7, '2001'), established(7, '2001'), agentState('1001', '2001', 4));
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1001' }, SUPERVISOR);
    const buttons = () => center.last('OnSupervisorButtonChange').args.SupervisorBtnEnablementMask;
    assert.equal(buttons(), 1 | 4 | 0x20);
    center.link.answer('SUPERVISE_CALL_REQ', {
      type: 'SUPERVISE_CALL_CONF',
      ConnectionCallID: 7,
      ConnectionDeviceID: '9001',
    });
    const supervise = (SupervisoryAction: number) =>
      center.request(
        'SuperviseCall',
        undefined,
        { AgentReference: '1001', CallReference: CALL, SupervisoryAction },
        SUPERVISOR,
      );
    assert.equal((await supervise(3)).outcome, 'confirmed');
    const sent = center.link.sentOf('SUPERVISE_CALL_REQ')[0]!;
    assert.deepEqual(
      [sent.AgentConnectionCallID, sent.AgentID, sent.SupervisorInstrument, sent.SupervisoryAction],
      [7, '1001', '9001', 3],
    );
    center.tell(begin(7, '9001'), established(7, '9001'));
    assert.equal(buttons(), 1 | 8 | 0x10);
    assert.equal((await supervise(4)).outcome, 'confirmed');
    assert.equal(buttons(), 1 | 0x10);
    assert.equal(center.link.sentOf('SUPERVISE_CALL_REQ')[1]!.SupervisorConnectionDeviceID, '9001');
    center.tell(end(7, '9001'));
    assert.equal(buttons(), 1 | 4 | 0x20);
  });

  it("reports silent monitoring to both sides, and ends it with the supervisor's call", async () => {
    const center = await withTeam();
    center.tell(begin(7, '2001'), established(7, '2001'), agentState('1001', '2001', 4));
    center.link.answer('SUPERVISE_CALL_REQ', {
      type: 'SUPERVISE_CALL_CONF',
      ConnectionCallID: 8,
      ConnectionDeviceID: '9001',
    });
    await center.request(
      'SuperviseCall',
      undefined,
      { AgentReference: '1001', CallReference: CALL, SupervisoryAction: 1 },
      SUPERVISOR,
    );
    center.tell(begin(8, '9001'));
    const started = center.published.filter(({ event }) => event === 'OnSilentMonitorStartedEvent');
    assert.deepEqual(
      started.map((each) => each.to),
      [{ agent: 'agent.5000.90001' }, { client: 'desk' }],
    );
    assert.deepEqual(started[0]!.args, {
      MonitoredUniqueObjectID: 'agent.5000.1001',
      AgentID: '1001',
      PeripheralID: P,
      SilentMonitorInitiatingAgentUID: 'agent.5000.90001',
      SilentMonitorTargetAgentUID: 'agent.5000.1001',
      SilentMonitorInitiatingDeviceID: '9001',
      SilentMonitorTargetDeviceID: '2001',
      DeviceID: '2001',
      SilentMonitorCallUID: CALL,
    });
    const STOP = 0x40;
    assert.ok((center.last('OnSupervisorButtonChange').args.SupervisorBtnEnablementMask as number) & STOP);
    center.tell(end(8, '9001'));
    assert.equal(center.published.filter(({ event }) => event === 'OnSilentMonitorStopRequestedEvent').length, 2);
  });

  it('sends a supervisor assist request to all supervisors of the agent', async () => {
    const center = await withTeam();
    center.tell({
      type: 'EMERGENCY_CALL_EVENT',
      PeripheralID: P,
      ConnectionCallID: 7,
      ConnectionDeviceID: '2001',
      ClientID: 'CTIOS',
      ClientAddress: '10.0.0.1',
      AgentID: '1001',
      AgentExtension: '2001',
      AgentInstrument: '2001',
    });
    assert.deepEqual(
      center.published.filter(({ event }) => event === 'OnEmergencyCall').map((each) => each.to),
      [{ agent: 'agent.5000.1001' }, { client: 'sup' }],
    );
    assert.equal(center.last('OnEmergencyCall').args.ClientAddress, '10.0.0.1');
  });

  it('reports nothing more to a supervisor who has disconnected', async () => {
    const center = await withTeam();
    await center.request('StartMonitoringAgent', undefined, { AgentReference: '1001' }, SUPERVISOR);
    center.server.release('sup');
    center.published.length = 0;
    center.tell(begin(7, '2001'), {
      type: 'CALL_HELD_EVENT',
      ...at(7, '2001'),
      LocalConnectionState: 4,
      EventCause: 0xffff,
    });
    assert.deepEqual(to(center, 'sup'), []);
  });
});

describe('chat', () => {
  const say = (center: Center, from: ObjectServerRequester, Target: string, Message = 'hello') =>
    center.request('SendChatMessage', undefined, { Distribution: 'agent', Target, Message }, from);

  it('reaches the desktop of the agent it is for', async () => {
    const center = await withTeam();
    assert.equal((await say(center, DESKTOP, '90001')).outcome, 'confirmed');
    const { args, to: audience } = center.last('OnChatMessage');
    assert.deepEqual(audience, { agent: 'agent.5000.90001' });
    assert.deepEqual([args.Source, args.Target, args.AgentID, args.Message], ['1001', '90001', '90001', 'hello']);
  });

  const levels: [level: ObjectServerSettings['agentChatLevel'], target: string, allowed: boolean][] = [
    ['disabled', '90001', false],
    ['primarySupervisor', '90001', true],
    ['primarySupervisor', '1002', false],
    ['teamSupervisors', '90001', true],
    ['teamSupervisors', '1002', false],
    ['team', '1002', true],
    ['unrestricted', '1002', true],
  ];
  for (const [agentChatLevel, target, allowed] of levels) {
    it(`at level ${agentChatLevel}, an agent ${allowed ? 'may' : 'may not'} write to ${target === '1002' ? 'a colleague' : 'the supervisor'}`, async () => {
      const center = await withTeam({ agentChatLevel });
      const { outcome, failure } = await say(center, DESKTOP, target);
      assert.equal(outcome, allowed ? 'confirmed' : 'failed');
      assert.equal(failure?.code, allowed ? undefined : 'CTIOS_NOT_ALLOWED');
    });
  }

  it('reports if there is no recipient, and if the message is too long', async () => {
    const center = await withTeam({ agentChatLevel: 'unrestricted' });
    assert.equal((await say(center, DESKTOP, '4711')).failure?.code, 'CTIOS_NO_RECIPIENT');
    center.server.release('desk2');
    assert.equal((await say(center, DESKTOP, '1002')).failure?.code, 'CTIOS_NO_RECIPIENT');
    assert.equal((await say(center, DESKTOP, '90001', 'x'.repeat(256))).failure?.code, 'CTIOS_INVALID_ARGUMENT');
  });
});

describe('CTI OS based silent monitoring', () => {
  const START = {
    AgentID: '1001',
    PeripheralID: P,
    MonitoringIPAddress: '10.0.0.9',
    HeartbeatInterval: 5,
    HeartbeatTimeout: 15,
  };

  it('forwards the requests between the two desktops', async () => {
    const center = await withTeam({ ccmBasedSilentMonitor: false });
    const { conf } = await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
    assert.equal(conf?.event, 'OnStartSilentMonitorConf');
    const asked = center.last('OnSilentMonitorStartRequestedEvent');
    assert.deepEqual(asked.to, { client: 'desk' });
    assert.equal(asked.args.MonitoringIPAddress, '10.0.0.9');
    const key = asked.args.SMSessionKey as number;
    await center.request('AcceptSilentMonitoring', undefined, { SMSessionKey: key }, DESKTOP);
    assert.equal(center.last('OnSilentMonitorStatusReportEvent').args.StatusCode, 3);
    const stopped = await center.request('StopSilentMonitorRequest', undefined, { SMSessionKey: key }, SUPERVISOR);
    assert.equal(stopped.conf?.event, 'OnStopSilentMonitorConf');
    assert.deepEqual(center.last('OnSilentMonitorStopRequestedEvent').to, { client: 'desk' });
  });

  it('is allowed only for supervisors, for logged-in agents of their teams and their phones', async () => {
    const center = await withTeam({ ccmBasedSilentMonitor: false });
    const ask = async (from: ObjectServerRequester, more: object) =>
      (await center.request('StartSilentMonitorRequest', undefined, { ...START, ...more }, from)).failure?.code;
    assert.equal(await ask(DESKTOP, { AgentID: '1002' }), 'CTIOS_NOT_SUPERVISOR');
    center.tell(agentState('4711', '2711', 3));
    assert.equal(await ask(SUPERVISOR, { AgentID: '4711' }), 'CTIOS_NOT_ALLOWED');
    assert.equal(await ask(SUPERVISOR, { AgentID: undefined, DeviceID: '2711' }), 'CTIOS_NOT_ALLOWED');
    assert.equal(await ask(SUPERVISOR, { AgentID: '1002' }), 'CTIOS_AGENT_NOT_LOGGED_IN');
    assert.equal(await ask(SUPERVISOR, {}), undefined);
  });

  const PEER_LOGGED_OUT = 0x10000009;
  it('ends when the agent logs out', async () => {
    const center = await withTeam({ ccmBasedSilentMonitor: false });
    await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
    center.tell(agentState('1001', '2001', 1));
    const ended = center.published.filter(({ event }) => event === 'OnSilentMonitorSessionDisconnected');
    assert.deepEqual(
      ended.map(({ to, args }) => [to.client, args.StatusCode]),
      [
        ['sup', PEER_LOGGED_OUT],
        ['desk', PEER_LOGGED_OUT],
      ],
    );
  });

  const [ACD_IN, INSIDE] = [1, 10];
  for (const [stopSilentMonitorOnNonAcdCall, CallType, ends] of [
    [false, INSIDE, false],
    [true, INSIDE, true],
    [true, ACD_IN, false],
  ] as const) {
    it(`${ends ? 'ends with' : 'outlasts'} a call of type ${CallType}, StopSMNonACDCall being ${stopSilentMonitorOnNonAcdCall}`, async () => {
      const center = await withTeam({ ccmBasedSilentMonitor: false, stopSilentMonitorOnNonAcdCall });
      await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
      center.tell(begin(7, '2001', { CallType } as object), established(7, '2001'));
      assert.equal(center.names().includes('OnSilentMonitorSessionDisconnected'), ends);
    });
  }

  it('is not available if Unified CM provides it, and vice versa', async () => {
    const ccm = await withTeam();
    assert.equal(
      (await ccm.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR)).failure?.code,
      'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
    );
    const ctios = await withTeam({ ccmBasedSilentMonitor: false });
    assert.equal(
      (await ctios.request('SuperviseCall', undefined, { AgentReference: '1001', SupervisoryAction: 1 }, SUPERVISOR))
        .failure?.code,
      'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
    );
  });

  const BY_MONITORED = 0x1000000a;
  const SECOND: ObjectServerRequester = { ...DESKTOP, clientId: 'second desk' };
  /** The supervisor listens to "desk", one of two desktops of agent 1001. */
  async function listening(): Promise<Center> {
    const center = await withTeam({ ccmBasedSilentMonitor: false });
    await center.request('SetAgent', undefined, { AgentID: '1001', PeripheralID: P }, { ...SECOND, mode: 'none' });
    await settled();
    center.tell(agentState('1001', '2001', 3));
    center.published.length = 0;
    await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
    const { SMSessionKey } = center.last('OnSilentMonitorStartRequestedEvent').args;
    await center.request('AcceptSilentMonitoring', undefined, { SMSessionKey: SMSessionKey! }, DESKTOP);
    return center;
  }

  it('ends when the monitored desktop disconnects, although the agent has another one', async () => {
    const center = await listening();
    center.server.release('desk');
    const ended = center.last('OnSilentMonitorSessionDisconnected');
    const first = center.published.find(({ event }) => event === 'OnSilentMonitorSessionDisconnected');
    assert.deepEqual([first?.to.client, ended.args.StatusCode], ['sup', BY_MONITORED]);
    const key = { SMSessionKey: ended.args.SMSessionKey! };
    const { failure } = await center.request('StopSilentMonitorRequest', undefined, key, SUPERVISOR);
    assert.equal(failure?.code, 'CTIOS_NO_OBJECT');
  });

  it('continues as long as one of two desktops accepts it', async () => {
    const center = await listening();
    const { SMSessionKey } = center.last('OnSilentMonitorStartRequestedEvent').args;
    await center.request('AcceptSilentMonitoring', undefined, { SMSessionKey: SMSessionKey! }, SECOND);
    const ended = () => center.names().includes('OnSilentMonitorSessionDisconnected');
    center.server.release('desk');
    assert.equal(ended(), false);
    center.server.release('second desk');
    assert.equal(ended(), true);
  });

  it('continues when another desktop of the agent, or an unrelated one, disconnects', async () => {
    const center = await listening();
    for (const other of ['second desk', 'desk2', 'somebody else']) center.server.release(other);
    assert.equal(center.names().includes('OnSilentMonitorSessionDisconnected'), false);
  });

  it('ends when a desktop at either end declines it', async () => {
    for (const from of [DESKTOP, SUPERVISOR]) {
      const center = await withTeam({ ccmBasedSilentMonitor: false });
      await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
      const { SMSessionKey } = center.last('OnSilentMonitorStartRequestedEvent').args;
      await center.request('AcceptSilentMonitoring', undefined, { SMSessionKey: SMSessionKey! }, DESKTOP);
      const { outcome } = await center.request('StopSilentMonitorMode', undefined, {}, from);
      assert.equal(outcome, 'confirmed');
      const ended = center.published.filter(({ event }) => event === 'OnSilentMonitorSessionDisconnected');
      assert.deepEqual(
        ended.map(({ to }) => to.client),
        ['sup', 'desk'],
      );
    }
  });

  it("ends when the supervisor's desktop disconnects", async () => {
    const center = await withTeam({ ccmBasedSilentMonitor: false });
    await center.request('StartSilentMonitorRequest', undefined, START, SUPERVISOR);
    center.server.release('sup');
    assert.deepEqual(center.last('OnSilentMonitorSessionDisconnected').to, { client: 'desk' });
  });
});

describe('A supervisor who logs out another agent', () => {
  it("does so in the supervisor's name, by default with the guide's reason 999", async () => {
    const center = await withTeam();
    center.link.answer('SET_AGENT_STATE_REQ', { type: 'SET_AGENT_STATE_CONF' });
    const logout = (name: string, args: Args) =>
      center.request(name, 'agent.5000.1001', args, SUPERVISOR).then(({ outcome }) => outcome);
    assert.equal(await logout('Logout', {}), 'confirmed');
    assert.equal(await logout('SetAgentState', { AgentState: 1 }), 'confirmed');
    assert.equal(await logout('Logout', { EventReasonCode: 5 }), 'confirmed');
    assert.equal(await logout('SetAgentState', { AgentState: 3 }), 'confirmed');
    assert.deepEqual(
      center.link
        .sentOf('SET_AGENT_STATE_REQ')
        .map(({ AgentState, EventReasonCode, SupervisorID }) => [AgentState, EventReasonCode, SupervisorID]),
      [
        [1, 999, '90001'],
        [1, 999, '90001'],
        [1, 5, '90001'],
        [3, 0, '90001'],
      ],
    );
  });
});
