import { deepEqual, equal, notEqual, throws } from 'node:assert/strict';
import { Agent, Call, SkillGroup } from '../../../src/cil/index.js';
import { describeOverEachTransport } from '../../support/wire.js';
import { CALL, CALL2, SessionHarness } from '../helpers.js';

const AGENT = 'agent.5000.1001';

describeOverEachTransport('The team of an agent', () => {
  it('is a property of the agent: the current team, also after the agent has left another one', async () => {
    const harness = await new SessionHarness().monitoring();
    const member = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
    const team = () => harness.session.agents.get(AGENT)!.properties().TeamID;
    await harness.event('OnNewAgentTeamMember', { ...member, TeamID: 7, ConfigOperation: 1 });
    await harness.event('OnNewAgentTeamMember', { ...member, TeamID: 8, ConfigOperation: 1 });
    await harness.event('OnNewAgentTeamMember', { ...member, TeamID: 8, ConfigOperation: 2 });
    equal(team(), 7);
    await harness.event('OnNewAgentTeamMember', { ...member, TeamID: 7, ConfigOperation: 2 });
    equal(team(), 0);
  });
});

describeOverEachTransport('The duration of an agent state', () => {
  it('is no longer a property of the agent after an event with a state and without a duration', async () => {
    const harness = await new SessionHarness().monitoring();
    const at = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
    const duration = () => harness.session.agents.get(AGENT)!.getValueInt('StateDuration');
    await harness.event('OnAgentStateChange', { ...at, AgentState: 2, StateDuration: 300 });
    await harness.event('OnAgentInfoEvent', { ...at, AgentFirstName: 'Ada', AgentLastName: 'Ash' });
    equal(duration(), 300);
    await harness.event('OnAgentStateChange', { ...at, AgentState: 3 });
    equal(duration(), undefined);
  });
});

describeOverEachTransport('An agent state in a medium other than voice', () => {
  it('is reported, but changes neither the Agent object nor the agent at its phone', async () => {
    const harness = await new SessionHarness().monitoring();
    const at = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentInstrument: '2001' };
    await harness.event('OnAgentStateChange', { ...at, AgentState: 4, MRDID: 1 });
    await harness.event('OnAgentStateChange', { ...at, AgentState: 1, MRDID: 5001 });
    equal(harness.last('OnAgentStateChange').args.MRDID, 5001);
    equal(harness.session.agents.get(AGENT)!.properties().AgentState, 4);
    equal(
      harness.told.some(({ event }) => event === 'OnPreLogout'),
      false,
    );
    await harness.event('OnCallDelivered', {
      UniqueObjectID: CALL,
      PeripheralID: 5000,
      DeviceUniqueObjectID: 'device.5000.2001',
    });
    equal(harness.last('OnCallDelivered').agent?.uniqueObjectID, AGENT);
  });
});

describeOverEachTransport('Call objects', () => {
  it('are created by the first event and merge the properties of later ones', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', {
      UniqueObjectID: CALL,
      ANI: '2065550101',
      CallVariable1: 'a',
      PeripheralID: 5000,
    });
    const call = harness.session.calls.get(CALL)!;
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL, CallVariable1: 'b' });
    deepEqual(call.properties(), { UniqueObjectID: CALL, ANI: '2065550101', CallVariable1: 'b', PeripheralID: 5000 });
    equal(harness.last('OnCallDataUpdate').call, call);
    equal(call instanceof Call, true);
  });

  it('are up to date before the listeners run, and do not modify the event', async () => {
    const harness = await new SessionHarness().monitoring();
    const args = { UniqueObjectID: CALL, CallStatus: 2, EventCause: 22, FilterTarget: AGENT };
    let seen: unknown;
    harness.session.subscribe('ICallEvents', (event) => {
      seen = { ...event.call!.properties() };
    });
    await harness.event('OnCallDelivered', args);
    deepEqual(seen, { UniqueObjectID: CALL, CallStatus: 2 });
    deepEqual(args, { UniqueObjectID: CALL, CallStatus: 2, EventCause: 22, FilterTarget: AGENT });
    deepEqual(harness.last('OnCallDelivered').args, args);
  });

  it('replace the ECC variables as a whole: a missing one is removed, none at all changes nothing', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, ECC: { 'user.A': '1', 'user.B': '2' }, ANI: 'x' });
    await harness.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
    equal(harness.session.calls.get(CALL)!.getValueString('User.B'), '2');
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL, ECC: { 'user.A': '3' } });
    deepEqual(harness.session.calls.get(CALL)!.properties(), {
      UniqueObjectID: CALL,
      CallStatus: 2,
      ANI: 'x',
      ECC: { 'user.A': '3' },
    });
  });

  it('change their key with OldUniqueObjectID and remain the same object', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, ANI: 'x' });
    const call = harness.session.calls.get(CALL);
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL2, OldUniqueObjectID: CALL, CallType: 15 });
    equal(harness.session.calls.get(CALL2), call);
    equal(harness.session.calls.has(CALL), false);
    equal(call?.uniqueObjectID, CALL2);
    equal('OldUniqueObjectID' in call!.properties(), false);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(harness.session.calls.size, 0);
  });

  it('are removed after the listeners of OnCallEnd have run, which can still access them', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    let there = false;
    harness.session.subscribe('ICallEvents', {
      OnCallEnd: (event) => {
        there = harness.session.calls.get(CALL) === event.call;
      },
    });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(there, true);
    equal(harness.session.calls.size, 0);
  });

  it('are not created by a confirmation, a failure or an end that arrives too late', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnClearConnectionConf', { UniqueObjectID: CALL });
    await harness.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 22 });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(harness.session.calls.size, 0);
    deepEqual(harness.names(), ['OnClearConnectionConf', 'OnControlFailureConf', 'OnCallEnd']);
  });

  it('are not created by the response to Snapshot, because the end of a call at another phone is not reported', async () => {
    const answered = (harness: SessionHarness, id: string) => {
      const args = { UniqueObjectID: id, CallStatus: 3, CallVariable1: 'news' };
      harness.a.answers.set('Snapshot', (request, connection) => {
        connection.confirm(request, 'OnSnapshotCallConf', args);
        connection.event('OnCallDataUpdate', { UniqueObjectID: id, CallVariable1: 'news' });
      });
      return harness.session.request('Snapshot', { target: id });
    };
    const harness = await new SessionHarness().working();
    const other = answered(harness, CALL);
    await harness.settle();
    await other;
    equal(harness.last('OnSnapshotCallConf').args.CallVariable1, 'news');
    equal(harness.session.calls.size, 0);
    equal(harness.session.currentCall, undefined);
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2, CallVariable1: '' });
    const own = answered(harness, CALL2);
    await harness.settle();
    await own;
    equal(harness.session.calls.get(CALL2)!.properties().CallVariable1, 'news');
  });

  it('take only descriptive properties from a failure', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 22, EnablementMask: 3 });
    deepEqual(harness.session.calls.get(CALL)!.properties(), { UniqueObjectID: CALL, EnablementMask: 3 });
  });

  it('remove the parties beyond the new count', async () => {
    const harness = await new SessionHarness().monitoring();
    const party = { ConnectedPartyCallID: 1 };
    await harness.event('OnCallConferenced', {
      UniqueObjectID: CALL,
      NumParties: 3,
      'ConnectedParty[1]': party,
      'ConnectedParty[2]': party,
      'ConnectedParty[3]': party,
    });
    await harness.event('OnCallTransferred', { UniqueObjectID: CALL, NumParties: 1, 'ConnectedParty[1]': party });
    deepEqual(Object.keys(harness.session.calls.get(CALL)!.properties()), [
      'UniqueObjectID',
      'NumParties',
      'ConnectedParty[1]',
    ]);
  });

  it('know the agent on their device, even for events that do not name the agent', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentID: '1001',
      AgentInstrument: '2001',
      AgentState: 3,
    });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, DeviceUniqueObjectID: 'device.5000.2001' });
    const agent = harness.session.agents.get(AGENT);
    equal(harness.last('OnCallBegin').agent, agent);
    await harness.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    equal(harness.last('OnCallHeld').agent, agent);
  });

  it('keep the agent named by an event', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallDelivered', { UniqueObjectID: CALL, FilterTarget: AGENT });
    await harness.event('OnCallCleared', { UniqueObjectID: CALL });
    equal(harness.last('OnCallCleared').agent?.uniqueObjectID, AGENT);
  });

  it('provide an agent of whom only the name is known', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallDelivered', { UniqueObjectID: CALL, FilterTarget: 'agent.5000.10.7' });
    deepEqual(harness.session.agents.get('agent.5000.10.7')?.properties(), {
      UniqueObjectID: 'agent.5000.10.7',
      PeripheralID: 5000,
      AgentID: '10.7',
    });
  });

  it('provide call data and call context as described in the guide', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', {
      UniqueObjectID: CALL,
      ANI: '1',
      CallVariable1: 'a',
      CallWrapupData: 'w',
      PeripheralID: 5000,
      ECC: { 'user.A': '3' },
    });
    const call = harness.session.calls.get(CALL)!;
    deepEqual(call.getCallData().toArgs(), { CallVariable1: 'a', ECC: { 'user.A': '3' } });
    deepEqual(call.getCallContext().toArgs(), { UniqueObjectID: CALL, ANI: '1', CallWrapupData: 'w' });
  });
});

describeOverEachTransport('Agent objects', () => {
  it('are created by their events, even if these name them only by numbers', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnQueryAgentStateConf', { PeripheralID: 5000, AgentID: '1001', AgentState: 2 });
    const agent = harness.session.agents.get(AGENT);
    equal(agent instanceof Agent, true);
    equal(agent?.getAgentState(), 2);
    equal(agent?.uniqueObjectID, AGENT);
    equal(harness.last('OnQueryAgentStateConf').agent, agent);
  });

  it('remove the skill groups beyond the new count', async () => {
    const harness = await new SessionHarness().monitoring();
    const group = { SkillGroupNumber: 10 };
    await harness.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentState: 3,
      NumSkillGroups: 2,
      'SkillGroup[1]': group,
      'SkillGroup[2]': group,
    });
    await harness.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      AgentState: 3,
      NumSkillGroups: 1,
      'SkillGroup[1]': group,
    });
    equal(harness.session.agents.get(AGENT)!.isValid('SkillGroup[2]'), false);
    await harness.event('OnSkillGroupStatisticsUpdated', {
      PeripheralID: 5000,
      SkillGroupNumber: 10,
      Statistics: { RouterCallsQNow: 4 },
    });
    const [skillGroup] = harness.session.agents.get(AGENT)!.getSkillGroups();
    equal(skillGroup instanceof SkillGroup, true);
    equal(skillGroup?.getValueArray('Statistics')?.getValueInt('routercallsqnow'), 4);
    equal(skillGroup?.uniqueObjectID, 'skillgroup.5000.10');
  });

  it('are found at their current device, not at the previous one', async () => {
    const harness = await new SessionHarness().monitoring();
    const state = (AgentInstrument: string, AgentState: number) =>
      harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, PeripheralID: 5000, AgentInstrument, AgentState });
    const at = async (instrument: string) => {
      const id = `call.5000.17.${instrument}`;
      await harness.event('OnCallBegin', { UniqueObjectID: id, DeviceUniqueObjectID: `device.5000.${instrument}` });
      await harness.event('OnCallEnd', { UniqueObjectID: id });
      return harness.told.findLast((each) => each.event === 'OnCallBegin')?.agent?.uniqueObjectID;
    };
    await state('2001', 3);
    await state('2005', 3);
    equal(await at('2001'), undefined);
    equal(await at('2005'), AGENT);
    await state('2005', 1);
    equal(await at('2005'), undefined);
  });

  it('leave a team that removes them', async () => {
    const harness = await new SessionHarness().working();
    const member = { UniqueObjectID: 'agent.5000.1002', PeripheralID: 5000, AgentID: '1002' };
    await harness.event('OnNewAgentTeamMember', member);
    equal(harness.session.agents.has(member.UniqueObjectID), true);
    await harness.event('OnNewAgentTeamMember', { ...member, ConfigOperation: 2 });
    equal(harness.session.agents.has(member.UniqueObjectID), false);
  });
});

describe('Properties of an object', () => {
  it('are read by keywords in any letter case, and converted if the text is valid', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', {
      UniqueObjectID: CALL,
      CallType: 2,
      DNIS: '0800',
      ANI: 'x',
      ECC: { 'user.A[0]': 'e' },
    });
    const call = harness.session.calls.get(CALL)!;
    equal(call.getValueString(' calltype '), '2');
    equal(call.getValueInt('DNIS'), 800);
    equal(call.getValueInt('ANI'), undefined);
    equal(call.getValueInt('nothing'), undefined);
    equal(call.getValueBool('CallType'), true);
    equal(call.getElement('user.A', 0), 'e');
    equal(call.getPropertyType('CallType'), 'ARG_INT');
    equal(call.getPropertyType('nothing'), 'ARG_NOTSET');
    equal(call.getNumProperties(), 5);
    equal(call.getPropertyName(1), 'UniqueObjectID');
    equal(call.getAllProperties().getValueString('dnis'), '0800');
  });

  it('never show a password in a dump', async () => {
    const harness = await new SessionHarness().working({ AgentPassword: 'geheim' });
    harness.session.currentAgent!.setValue('AgentPassword', 'geheim');
    equal(harness.session.currentAgent!.dumpProperties().includes('geheim'), false);
  });

  it('of the session report mode, servers and heartbeats', async () => {
    const harness = await new SessionHarness(2).monitoring('MessageID=23');
    const { session } = harness;
    equal(session.getValueInt('ConnectionMode'), 2);
    equal(session.getValueString('CurrentServer'), 'server-a');
    equal(session.getValueString('CtiosB'), 'server-b');
    equal(session.getValueString('MessageFilter'), 'MessageID=23');
    equal(session.getValueInt('Heartbeat'), 5);
    equal(session.getValue('TryingServer'), undefined);
    harness.a.connection.break();
    harness.b.behaviour = 'hang';
    await harness.settle();
    equal(session.getValue('CurrentServer'), undefined);
    equal(session.getValueString('TryingServer'), 'server-b');
    equal(session.getValueInt('ConnectionMode'), 0);
  });

  it('of the session return its agent and its call', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    equal(harness.session.getValue('CurrentAgent'), AGENT);
    equal(harness.session.getValueString('currentcall'), CALL);
  });
});

describeOverEachTransport('The current call', () => {
  const begin = (harness: SessionHarness, id: string, mask: number) =>
    harness.event('OnCallBegin', { UniqueObjectID: id, EnablementMask: mask });

  it('is the only call on the device, reported with its buttons', async () => {
    const harness = await new SessionHarness().working();
    await begin(harness, CALL, 5);
    deepEqual(harness.names(), ['OnCallBegin', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
    equal(harness.session.currentCall?.uniqueObjectID, CALL);
  });

  it('stays the same when a second call arrives, and is the remaining call when it ends', async () => {
    const harness = await new SessionHarness().working();
    await begin(harness, CALL, 5);
    await begin(harness, CALL2, 6);
    equal(harness.session.currentCall?.uniqueObjectID, CALL);
    harness.names();
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(harness.session.currentCall?.uniqueObjectID, CALL2);
    equal(harness.last('OnButtonEnablementChange').args.EnablementMask, 6);
    deepEqual(harness.names(), ['OnCallEnd', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
  });

  it('has the last reported buttons, even of a call that was not current at that time', async () => {
    const harness = await new SessionHarness().working();
    await begin(harness, CALL, 5);
    await begin(harness, CALL2, 6);
    harness.names();
    await harness.event('OnButtonEnablementChange', { UniqueObjectID: CALL2, EnablementMask: 9, MessageID: 1 });
    deepEqual(harness.names(), [], 'nothing changes for who works on another call');
    harness.session.setCurrentCall(harness.session.calls.get(CALL2)!);
    equal(harness.last('OnButtonEnablementChange').args.EnablementMask, 9);
    await harness.event('OnButtonEnablementChange', { UniqueObjectID: CALL2, EnablementMask: 10, MessageID: 1 });
    equal(harness.last('OnButtonEnablementChange').args.EnablementMask, 10);
  });

  it('is selected by the application if there are several calls', async () => {
    const harness = await new SessionHarness().working();
    await begin(harness, CALL, 5);
    await begin(harness, CALL2, 6);
    const third = 'call.5000.19.2001';
    await begin(harness, third, 7);
    const call2 = harness.session.calls.get(CALL2)!;
    harness.names();
    harness.session.setCurrentCall(call2);
    deepEqual(harness.names(), ['OnCurrentCallChanged', 'OnButtonEnablementChange']);
    throws(() => harness.session.setCurrentCall(call2), { code: 'E_CTIOS_CALL_ALREADY_CURRENT_IN_SESSION' });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(harness.session.currentCall, undefined);
    throws(() => harness.session.setCurrentCall(call2), { code: 'E_CTIOS_INVALID_CALL' });
    harness.session.setCurrentCall(harness.session.calls.get(third)!);
    equal(harness.session.getCurrentCall()?.uniqueObjectID, third);
  });

  it('is the last remaining call, even if the application has not selected one', async () => {
    const harness = await new SessionHarness().working();
    const third = 'call.5000.19.2001';
    for (const id of [CALL, CALL2, third]) await begin(harness, id, 5);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(harness.session.currentCall, undefined);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(harness.session.getCurrentCall()?.uniqueObjectID, third);
  });

  it('is empty after the last call, and the buttons are the agent’s', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 4, EnablementMask: 9 });
    await begin(harness, CALL, 5);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    deepEqual(harness.last('OnCurrentCallChanged').args, {});
    equal(harness.last('OnButtonEnablementChange').args.EnablementMask, 9);
    equal(harness.last('OnButtonEnablementChange').args.UniqueObjectID, AGENT);
  });

  it('is reported after the event that changed it, whatever a listener does', async () => {
    const harness = await new SessionHarness().working();
    await begin(harness, CALL, 5);
    await begin(harness, CALL2, 6);
    harness.names();
    const late: string[] = [];
    const stop = harness.session.subscribe('ICallEvents', {
      OnCallHeld: () => harness.session.setCurrentCall(harness.session.calls.get(CALL2)!),
    });
    harness.session.subscribe('AllInOne', (event) => late.push(event.event));
    await harness.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    stop();
    deepEqual(late, ['OnCallHeld', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
    deepEqual(
      harness.told.map((each) => each.sequence),
      harness.told.map((_, index) => harness.told[0]!.sequence + index),
    );
  });

  it('is never a call that a supervisor only monitors, and does not exist in monitor mode', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnMonitoredCallBegin', { UniqueObjectID: CALL, Monitored: true });
    equal(harness.session.currentCall, undefined);
    equal(harness.session.calls.get(CALL)?.monitored, true);
    await harness.event('OnMonitoredCallEnd', { UniqueObjectID: CALL, Monitored: true });
    equal(harness.session.calls.size, 0);
    const monitor = await new SessionHarness().monitoring();
    await begin(monitor, CALL, 5);
    equal(monitor.session.currentCall, undefined);
    deepEqual(monitor.names(), ['OnCallBegin']);
    throws(() => monitor.session.setCurrentCall(monitor.session.calls.get(CALL)!), { code: 'E_CTIOS_MODE_CONFLICT' });
  });
});

describeOverEachTransport('OnButtonEnablementChange', () => {
  it('follows events of the session’s own agent and of the current call that carry a mask', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 3, EnablementMask: 0x90000000 });
    deepEqual(harness.last('OnButtonEnablementChange').args, {
      EnablementMask: 0x90000000,
      UniqueObjectID: AGENT,
      MessageID: 30,
    });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL2 });
    harness.names();
    await harness.event('OnCallHeld', { UniqueObjectID: CALL, EnablementMask: 8 });
    deepEqual(harness.names(), ['OnCallHeld', 'OnButtonEnablementChange']);
    await harness.event('OnCallEstablished', { UniqueObjectID: CALL2, EnablementMask: 4 });
    await harness.event('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1002', AgentState: 3, EnablementMask: 1 });
    await harness.event('OnCallDelivered', { UniqueObjectID: CALL });
    equal(harness.names().includes('OnButtonEnablementChange'), false);
  });

  it('is marked Monitored for what a supervisor monitors', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnMonitoredAgentStateChange', {
      UniqueObjectID: 'agent.5000.1002',
      AgentState: 3,
      EnablementMask: 1,
      Monitored: true,
    });
    equal(harness.last('OnButtonEnablementChange').args.Monitored, true);
  });
});

describeOverEachTransport('A log-out', () => {
  it('is reported in three steps from one message', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 2 });
    harness.names();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1, EventReasonCode: 5 });
    deepEqual(
      harness.told.map((each) => [each.event, each.args.EventReasonCode, each.agent?.uniqueObjectID]),
      [
        ['OnPreLogout', 5, AGENT],
        ['OnAgentStateChange', 5, AGENT],
        ['OnPostLogout', 5, AGENT],
      ],
    );
    harness.names();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 });
    deepEqual(harness.names(), ['OnAgentStateChange']);
  });

  it('that was not observed is reported only as a state', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 2 });
    harness.names();
    harness.a.connection.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, true);
    await harness.settle();
    deepEqual(harness.names(), ['OnAgentStateChange']);
  });
});

describeOverEachTransport('Subscriptions', () => {
  it('are per interface; one event of two interfaces reaches both', async () => {
    const harness = await new SessionHarness().monitoring();
    const heard: string[] = [];
    harness.session.subscribe('ICallEvents', (event) => heard.push(`call ${event.event}`));
    harness.session.subscribe('IAgentEvents', (event) => heard.push(`agent ${event.event}`));
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 1 });
    deepEqual(heard, ['call OnCallBegin', 'call OnControlFailureConf', 'agent OnControlFailureConf']);
  });

  it('survive a listener that throws, and report the exception to the error listeners', async () => {
    const harness = await new SessionHarness().monitoring();
    const heard: string[] = [];
    harness.session.subscribe('ICallEvents', () => {
      throw new Error('broken');
    });
    harness.session.subscribe('ICallEvents', (event) => heard.push(event.event));
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    deepEqual(heard, ['OnCallBegin', 'OnCallEnd']);
    equal(harness.errors.length, 2);
    equal(harness.session.calls.size, 0);
  });

  it('leave nothing behind when they end, however they were created', async () => {
    const harness = await new SessionHarness().monitoring();
    const before = harness.session.listenerCount;
    const listener = { OnCallBegin: () => {} };
    const dispose = harness.session.subscribe('ICallEvents', listener);
    harness.session.addCallEventListener(listener);
    harness.session.addAllInOneEventGenericListener(listener);
    equal(harness.session.listenerCount, before + 3);
    equal(harness.session.removeSessionEventListener({}), false);
    equal(harness.session.removeCallEventListener(listener), true);
    equal(harness.session.removeCallEventListener(listener), false);
    equal(harness.session.removeAllInOneEventGenericListener(listener), true);
    dispose();
    dispose();
    equal(harness.session.listenerCount, before);
  });

  it('receive events of a newer server only through AllInOne', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnSomethingNew', { UniqueObjectID: CALL, New: 1 });
    deepEqual(harness.names(), ['OnSomethingNew']);
    equal(harness.session.calls.size, 0);
  });
});

describeOverEachTransport('The history', () => {
  it('keeps the last thousand events in order, numbered without gaps across reconnects', async () => {
    const harness = await new SessionHarness(2).monitoring();
    for (let number = 0; number < 1_100; number++) harness.a.connection.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.settle();
    harness.a.connection.break();
    await harness.settle();
    const kept = [...harness.session.history];
    equal(kept.length, 1_000);
    equal(kept.at(-1)?.sequence, harness.session.sequence);
    kept.forEach((event, index) => {
      equal(event.sequence, kept[0]!.sequence + index);
    });
    equal([...harness.session.history.after(harness.session.sequence - 2)].length, 2);
    notEqual(
      kept.find((each) => each.event === 'OnConnection'),
      undefined,
    );
  });
});
