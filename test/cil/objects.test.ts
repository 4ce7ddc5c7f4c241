import { deepEqual, equal, notEqual, throws } from 'node:assert/strict';
import { Agent, Call, SkillGroup } from '../../src/cil/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, CALL2, Stage } from './helpers.js';

const AGENT = 'agent.5000.1001';

describeOverEachTransport('The team of an agent', () => {
  it('is a property of the agent: the one it is in, also after it has left another', async () => {
    const stage = await new Stage().monitoring();
    const member = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
    const team = () => stage.session.agents.get(AGENT)!.properties().TeamID;
    await stage.event('OnNewAgentTeamMember', { ...member, TeamID: 7, ConfigOperation: 1 });
    await stage.event('OnNewAgentTeamMember', { ...member, TeamID: 8, ConfigOperation: 1 });
    await stage.event('OnNewAgentTeamMember', { ...member, TeamID: 8, ConfigOperation: 2 });
    equal(team(), 7);
    await stage.event('OnNewAgentTeamMember', { ...member, TeamID: 7, ConfigOperation: 2 });
    equal(team(), 0);
  });
});

describeOverEachTransport('A state in another medium than voice', () => {
  it('is told, and changes neither the Agent object nor who is at its phone', async () => {
    const stage = await new Stage().monitoring();
    const at = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentInstrument: '2001' };
    await stage.event('OnAgentStateChange', { ...at, AgentState: 4, MRDID: 1 });
    await stage.event('OnAgentStateChange', { ...at, AgentState: 1, MRDID: 5001 });
    equal(stage.last('OnAgentStateChange').args.MRDID, 5001);
    equal(stage.session.agents.get(AGENT)!.properties().AgentState, 4);
    equal(
      stage.told.some(({ event }) => event === 'OnPreLogout'),
      false,
    );
    await stage.event('OnCallDelivered', {
      UniqueObjectID: CALL,
      PeripheralID: 5000,
      DeviceUniqueObjectID: 'device.5000.2001',
    });
    equal(stage.last('OnCallDelivered').agent?.uniqueObjectID, AGENT);
  });
});

describeOverEachTransport('Call objects', () => {
  it('are made by the first event and merge what the others bring', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', {
      UniqueObjectID: CALL,
      ANI: '2065550101',
      CallVariable1: 'a',
      PeripheralID: 5000,
    });
    const call = stage.session.calls.get(CALL)!;
    await stage.event('OnCallDataUpdate', { UniqueObjectID: CALL, CallVariable1: 'b' });
    deepEqual(call.properties(), { UniqueObjectID: CALL, ANI: '2065550101', CallVariable1: 'b', PeripheralID: 5000 });
    equal(stage.last('OnCallDataUpdate').call, call);
    equal(call instanceof Call, true);
  });

  it('are up to date before the listeners run, and leave the event alone', async () => {
    const stage = await new Stage().monitoring();
    const args = { UniqueObjectID: CALL, CallStatus: 2, EventCause: 22, FilterTarget: AGENT };
    let seen: unknown;
    stage.session.subscribe('ICallEvents', (event) => {
      seen = { ...event.call!.properties() };
    });
    await stage.event('OnCallDelivered', args);
    deepEqual(seen, { UniqueObjectID: CALL, CallStatus: 2 });
    deepEqual(args, { UniqueObjectID: CALL, CallStatus: 2, EventCause: 22, FilterTarget: AGENT });
    deepEqual(stage.last('OnCallDelivered').args, args);
  });

  it('take the ECC variables whole: one that is missing is gone, none at all changes nothing', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, ECC: { 'user.A': '1', 'user.B': '2' }, ANI: 'x' });
    await stage.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
    equal(stage.session.calls.get(CALL)!.getValueString('User.B'), '2');
    await stage.event('OnCallDataUpdate', { UniqueObjectID: CALL, ECC: { 'user.A': '3' } });
    deepEqual(stage.session.calls.get(CALL)!.properties(), {
      UniqueObjectID: CALL,
      CallStatus: 2,
      ANI: 'x',
      ECC: { 'user.A': '3' },
    });
  });

  it('change their key with OldUniqueObjectID and stay the same object', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, ANI: 'x' });
    const call = stage.session.calls.get(CALL);
    await stage.event('OnCallDataUpdate', { UniqueObjectID: CALL2, OldUniqueObjectID: CALL, CallType: 15 });
    equal(stage.session.calls.get(CALL2), call);
    equal(stage.session.calls.has(CALL), false);
    equal(call?.uniqueObjectID, CALL2);
    equal('OldUniqueObjectID' in call!.properties(), false);
    await stage.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(stage.session.calls.size, 0);
  });

  it('are removed after the listeners of OnCallEnd ran, who still find them', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    let there = false;
    stage.session.subscribe('ICallEvents', {
      OnCallEnd: (event) => {
        there = stage.session.calls.get(CALL) === event.call;
      },
    });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(there, true);
    equal(stage.session.calls.size, 0);
  });

  it('are not made by a confirmation, a failure or an end that comes too late', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnClearConnectionConf', { UniqueObjectID: CALL });
    await stage.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 22 });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(stage.session.calls.size, 0);
    deepEqual(stage.names(), ['OnClearConnectionConf', 'OnControlFailureConf', 'OnCallEnd']);
  });

  it('are not made by the answer to Snapshot: the end of a call at another phone is not told', async () => {
    const answered = (stage: Stage, id: string) => {
      const args = { UniqueObjectID: id, CallStatus: 3, CallVariable1: 'news' };
      stage.a.answers.set('Snapshot', (request, connection) => {
        connection.confirm(request, 'OnSnapshotCallConf', args);
        connection.event('OnCallDataUpdate', { UniqueObjectID: id, CallVariable1: 'news' });
      });
      return stage.session.request('Snapshot', { target: id });
    };
    const stage = await new Stage().working();
    const other = answered(stage, CALL);
    await stage.settle();
    await other;
    equal(stage.last('OnSnapshotCallConf').args.CallVariable1, 'news');
    equal(stage.session.calls.size, 0);
    equal(stage.session.currentCall, undefined);
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2, CallVariable1: '' });
    const own = answered(stage, CALL2);
    await stage.settle();
    await own;
    equal(stage.session.calls.get(CALL2)!.properties().CallVariable1, 'news');
  });

  it('take from a failure only what describes them', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 22, EnablementMask: 3 });
    deepEqual(stage.session.calls.get(CALL)!.properties(), { UniqueObjectID: CALL, EnablementMask: 3 });
  });

  it('forget the parties beyond the new count', async () => {
    const stage = await new Stage().monitoring();
    const party = { ConnectedPartyCallID: 1 };
    await stage.event('OnCallConferenced', {
      UniqueObjectID: CALL,
      NumParties: 3,
      'ConnectedParty[1]': party,
      'ConnectedParty[2]': party,
      'ConnectedParty[3]': party,
    });
    await stage.event('OnCallTransferred', { UniqueObjectID: CALL, NumParties: 1, 'ConnectedParty[1]': party });
    deepEqual(Object.keys(stage.session.calls.get(CALL)!.properties()), [
      'UniqueObjectID',
      'NumParties',
      'ConnectedParty[1]',
    ]);
  });

  it('know the agent on their device, also on events that do not name it', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentID: '1001',
      AgentInstrument: '2001',
      AgentState: 3,
    });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, DeviceUniqueObjectID: 'device.5000.2001' });
    const agent = stage.session.agents.get(AGENT);
    equal(stage.last('OnCallBegin').agent, agent);
    await stage.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    equal(stage.last('OnCallHeld').agent, agent);
  });

  it('keep the agent that an event has named', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallDelivered', { UniqueObjectID: CALL, FilterTarget: AGENT });
    await stage.event('OnCallCleared', { UniqueObjectID: CALL });
    equal(stage.last('OnCallCleared').agent?.uniqueObjectID, AGENT);
  });

  it('introduce an agent who is only named as yet', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallDelivered', { UniqueObjectID: CALL, FilterTarget: 'agent.5000.10.7' });
    deepEqual(stage.session.agents.get('agent.5000.10.7')?.properties(), {
      UniqueObjectID: 'agent.5000.10.7',
      PeripheralID: 5000,
      AgentID: '10.7',
    });
  });

  it('give call data and call context as the guide has them', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', {
      UniqueObjectID: CALL,
      ANI: '1',
      CallVariable1: 'a',
      CallWrapupData: 'w',
      PeripheralID: 5000,
      ECC: { 'user.A': '3' },
    });
    const call = stage.session.calls.get(CALL)!;
    deepEqual(call.getCallData().toArgs(), { CallVariable1: 'a', ECC: { 'user.A': '3' } });
    deepEqual(call.getCallContext().toArgs(), { UniqueObjectID: CALL, ANI: '1', CallWrapupData: 'w' });
  });
});

describeOverEachTransport('Agent objects', () => {
  it('are made by their events, also where these name them by numbers only', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnQueryAgentStateConf', { PeripheralID: 5000, AgentID: '1001', AgentState: 2 });
    const agent = stage.session.agents.get(AGENT);
    equal(agent instanceof Agent, true);
    equal(agent?.getAgentState(), 2);
    equal(agent?.uniqueObjectID, AGENT);
    equal(stage.last('OnQueryAgentStateConf').agent, agent);
  });

  it('forget the skill groups beyond the new count', async () => {
    const stage = await new Stage().monitoring();
    const group = { SkillGroupNumber: 10 };
    await stage.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      PeripheralID: 5000,
      AgentState: 3,
      NumSkillGroups: 2,
      'SkillGroup[1]': group,
      'SkillGroup[2]': group,
    });
    await stage.event('OnAgentStateChange', {
      UniqueObjectID: AGENT,
      AgentState: 3,
      NumSkillGroups: 1,
      'SkillGroup[1]': group,
    });
    equal(stage.session.agents.get(AGENT)!.isValid('SkillGroup[2]'), false);
    await stage.event('OnSkillGroupStatisticsUpdated', {
      PeripheralID: 5000,
      SkillGroupNumber: 10,
      Statistics: { RouterCallsQNow: 4 },
    });
    const [skillGroup] = stage.session.agents.get(AGENT)!.getSkillGroups();
    equal(skillGroup instanceof SkillGroup, true);
    equal(skillGroup?.getValueArray('Statistics')?.getValueInt('routercallsqnow'), 4);
    equal(skillGroup?.uniqueObjectID, 'skillgroup.5000.10');
  });

  it('are known at the device they work at, not at the one before', async () => {
    const stage = await new Stage().monitoring();
    const state = (AgentInstrument: string, AgentState: number) =>
      stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, PeripheralID: 5000, AgentInstrument, AgentState });
    const at = async (instrument: string) => {
      const id = `call.5000.17.${instrument}`;
      await stage.event('OnCallBegin', { UniqueObjectID: id, DeviceUniqueObjectID: `device.5000.${instrument}` });
      await stage.event('OnCallEnd', { UniqueObjectID: id });
      return stage.told.findLast((each) => each.event === 'OnCallBegin')?.agent?.uniqueObjectID;
    };
    await state('2001', 3);
    await state('2005', 3);
    equal(await at('2001'), undefined);
    equal(await at('2005'), AGENT);
    await state('2005', 1);
    equal(await at('2005'), undefined);
  });

  it('leave the team that removes them', async () => {
    const stage = await new Stage().working();
    const member = { UniqueObjectID: 'agent.5000.1002', PeripheralID: 5000, AgentID: '1002' };
    await stage.event('OnNewAgentTeamMember', member);
    equal(stage.session.agents.has(member.UniqueObjectID), true);
    await stage.event('OnNewAgentTeamMember', { ...member, ConfigOperation: 2 });
    equal(stage.session.agents.has(member.UniqueObjectID), false);
  });
});

describe('Properties of an object', () => {
  it('are read by keywords of any case, converted where the text parses', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallBegin', {
      UniqueObjectID: CALL,
      CallType: 2,
      DNIS: '0800',
      ANI: 'x',
      ECC: { 'user.A[0]': 'e' },
    });
    const call = stage.session.calls.get(CALL)!;
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
    const stage = await new Stage().working({ AgentPassword: 'geheim' });
    stage.session.currentAgent!.setValue('AgentPassword', 'geheim');
    equal(stage.session.currentAgent!.dumpProperties().includes('geheim'), false);
  });

  it('of the session tell mode, servers and heartbeats', async () => {
    const stage = await new Stage(2).monitoring('MessageID=23');
    const { session } = stage;
    equal(session.getValueInt('ConnectionMode'), 2);
    equal(session.getValueString('CurrentServer'), 'server-a');
    equal(session.getValueString('CtiosB'), 'server-b');
    equal(session.getValueString('MessageFilter'), 'MessageID=23');
    equal(session.getValueInt('Heartbeat'), 5);
    equal(session.getValue('TryingServer'), undefined);
    stage.a.connection.break();
    stage.b.behaviour = 'hang';
    await stage.settle();
    equal(session.getValue('CurrentServer'), undefined);
    equal(session.getValueString('TryingServer'), 'server-b');
    equal(session.getValueInt('ConnectionMode'), 0);
  });

  it('of the session name its agent and its call', async () => {
    const stage = await new Stage().working();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    equal(stage.session.getValue('CurrentAgent'), AGENT);
    equal(stage.session.getValueString('currentcall'), CALL);
  });
});

describeOverEachTransport('The current call', () => {
  const begin = (stage: Stage, id: string, mask: number) =>
    stage.event('OnCallBegin', { UniqueObjectID: id, EnablementMask: mask });

  it('is the only call on the device, told with its buttons', async () => {
    const stage = await new Stage().working();
    await begin(stage, CALL, 5);
    deepEqual(stage.names(), ['OnCallBegin', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
    equal(stage.session.currentCall?.uniqueObjectID, CALL);
  });

  it('stays when a second call comes, and is the one that remains when it ends', async () => {
    const stage = await new Stage().working();
    await begin(stage, CALL, 5);
    await begin(stage, CALL2, 6);
    equal(stage.session.currentCall?.uniqueObjectID, CALL);
    stage.names();
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(stage.session.currentCall?.uniqueObjectID, CALL2);
    equal(stage.last('OnButtonEnablementChange').args.EnablementMask, 6);
    deepEqual(stage.names(), ['OnCallEnd', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
  });

  it('has the buttons that the server told last, also of a call that was not current then', async () => {
    const stage = await new Stage().working();
    await begin(stage, CALL, 5);
    await begin(stage, CALL2, 6);
    stage.names();
    await stage.event('OnButtonEnablementChange', { UniqueObjectID: CALL2, EnablementMask: 9, MessageID: 1 });
    deepEqual(stage.names(), [], 'nothing changes for who works on another call');
    stage.session.setCurrentCall(stage.session.calls.get(CALL2)!);
    equal(stage.last('OnButtonEnablementChange').args.EnablementMask, 9);
    await stage.event('OnButtonEnablementChange', { UniqueObjectID: CALL2, EnablementMask: 10, MessageID: 1 });
    equal(stage.last('OnButtonEnablementChange').args.EnablementMask, 10);
  });

  it('is the choice of the application while there are several', async () => {
    const stage = await new Stage().working();
    await begin(stage, CALL, 5);
    await begin(stage, CALL2, 6);
    const third = 'call.5000.19.2001';
    await begin(stage, third, 7);
    const call2 = stage.session.calls.get(CALL2)!;
    stage.names();
    stage.session.setCurrentCall(call2);
    deepEqual(stage.names(), ['OnCurrentCallChanged', 'OnButtonEnablementChange']);
    throws(() => stage.session.setCurrentCall(call2), { code: 'E_CTIOS_CALL_ALREADY_CURRENT_IN_SESSION' });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(stage.session.currentCall, undefined);
    throws(() => stage.session.setCurrentCall(call2), { code: 'E_CTIOS_INVALID_CALL' });
    stage.session.setCurrentCall(stage.session.calls.get(third)!);
    equal(stage.session.getCurrentCall()?.uniqueObjectID, third);
  });

  it('is the last that remains, also where the application had not chosen yet', async () => {
    const stage = await new Stage().working();
    const third = 'call.5000.19.2001';
    for (const id of [CALL, CALL2, third]) await begin(stage, id, 5);
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(stage.session.currentCall, undefined);
    await stage.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(stage.session.getCurrentCall()?.uniqueObjectID, third);
  });

  it('is none after the last call, and the buttons are the agent’s', async () => {
    const stage = await new Stage().working();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 4, EnablementMask: 9 });
    await begin(stage, CALL, 5);
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    deepEqual(stage.last('OnCurrentCallChanged').args, {});
    equal(stage.last('OnButtonEnablementChange').args.EnablementMask, 9);
    equal(stage.last('OnButtonEnablementChange').args.UniqueObjectID, AGENT);
  });

  it('is told after the event that changed it, whatever a listener does', async () => {
    const stage = await new Stage().working();
    await begin(stage, CALL, 5);
    await begin(stage, CALL2, 6);
    stage.names();
    const late: string[] = [];
    const stop = stage.session.subscribe('ICallEvents', {
      OnCallHeld: () => stage.session.setCurrentCall(stage.session.calls.get(CALL2)!),
    });
    stage.session.subscribe('AllInOne', (event) => late.push(event.event));
    await stage.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    stop();
    deepEqual(late, ['OnCallHeld', 'OnCurrentCallChanged', 'OnButtonEnablementChange']);
    deepEqual(
      stage.told.map((each) => each.sequence),
      stage.told.map((_, index) => stage.told[0]!.sequence + index),
    );
  });

  it('is never a call that a supervisor only watches, and there is none in monitor mode', async () => {
    const stage = await new Stage().working();
    await stage.event('OnMonitoredCallBegin', { UniqueObjectID: CALL, Monitored: true });
    equal(stage.session.currentCall, undefined);
    equal(stage.session.calls.get(CALL)?.monitored, true);
    await stage.event('OnMonitoredCallEnd', { UniqueObjectID: CALL, Monitored: true });
    equal(stage.session.calls.size, 0);
    const monitor = await new Stage().monitoring();
    await begin(monitor, CALL, 5);
    equal(monitor.session.currentCall, undefined);
    deepEqual(monitor.names(), ['OnCallBegin']);
    throws(() => monitor.session.setCurrentCall(monitor.session.calls.get(CALL)!), { code: 'E_CTIOS_MODE_CONFLICT' });
  });
});

describeOverEachTransport('OnButtonEnablementChange', () => {
  it('follows events of the own agent and of the current call that carry a mask', async () => {
    const stage = await new Stage().working();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 3, EnablementMask: 0x90000000 });
    deepEqual(stage.last('OnButtonEnablementChange').args, {
      EnablementMask: 0x90000000,
      UniqueObjectID: AGENT,
      MessageID: 30,
    });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL2 });
    stage.names();
    await stage.event('OnCallHeld', { UniqueObjectID: CALL, EnablementMask: 8 });
    deepEqual(stage.names(), ['OnCallHeld', 'OnButtonEnablementChange']);
    await stage.event('OnCallEstablished', { UniqueObjectID: CALL2, EnablementMask: 4 });
    await stage.event('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1002', AgentState: 3, EnablementMask: 1 });
    await stage.event('OnCallDelivered', { UniqueObjectID: CALL });
    equal(stage.names().includes('OnButtonEnablementChange'), false);
  });

  it('is marked Monitored for what a supervisor watches', async () => {
    const stage = await new Stage().working();
    await stage.event('OnMonitoredAgentStateChange', {
      UniqueObjectID: 'agent.5000.1002',
      AgentState: 3,
      EnablementMask: 1,
      Monitored: true,
    });
    equal(stage.last('OnButtonEnablementChange').args.Monitored, true);
  });
});

describeOverEachTransport('A log-out', () => {
  it('is told in three steps of one message', async () => {
    const stage = await new Stage().working();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 2 });
    stage.names();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1, EventReasonCode: 5 });
    deepEqual(
      stage.told.map((each) => [each.event, each.args.EventReasonCode, each.agent?.uniqueObjectID]),
      [
        ['OnPreLogout', 5, AGENT],
        ['OnAgentStateChange', 5, AGENT],
        ['OnPostLogout', 5, AGENT],
      ],
    );
    stage.names();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 });
    deepEqual(stage.names(), ['OnAgentStateChange']);
  });

  it('that was not seen is told by the state alone', async () => {
    const stage = await new Stage().working();
    await stage.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 2 });
    stage.names();
    stage.a.connection.event('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, true);
    await stage.settle();
    deepEqual(stage.names(), ['OnAgentStateChange']);
  });
});

describeOverEachTransport('Subscriptions', () => {
  it('are per interface; one event of two interfaces reaches both', async () => {
    const stage = await new Stage().monitoring();
    const heard: string[] = [];
    stage.session.subscribe('ICallEvents', (event) => heard.push(`call ${event.event}`));
    stage.session.subscribe('IAgentEvents', (event) => heard.push(`agent ${event.event}`));
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.event('OnControlFailureConf', { UniqueObjectID: CALL, FailureCode: 1 });
    deepEqual(heard, ['call OnCallBegin', 'call OnControlFailureConf', 'agent OnControlFailureConf']);
  });

  it('survive a listener that throws, which the error listeners are told', async () => {
    const stage = await new Stage().monitoring();
    const heard: string[] = [];
    stage.session.subscribe('ICallEvents', () => {
      throw new Error('broken');
    });
    stage.session.subscribe('ICallEvents', (event) => heard.push(event.event));
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    deepEqual(heard, ['OnCallBegin', 'OnCallEnd']);
    equal(stage.errors.length, 2);
    equal(stage.session.calls.size, 0);
  });

  it('that end leave nothing behind, in whichever way they were made', async () => {
    const stage = await new Stage().monitoring();
    const before = stage.session.listenerCount;
    const listener = { OnCallBegin: () => {} };
    const dispose = stage.session.subscribe('ICallEvents', listener);
    stage.session.addCallEventListener(listener);
    stage.session.addAllInOneEventGenericListener(listener);
    equal(stage.session.listenerCount, before + 3);
    equal(stage.session.removeSessionEventListener({}), false);
    equal(stage.session.removeCallEventListener(listener), true);
    equal(stage.session.removeCallEventListener(listener), false);
    equal(stage.session.removeAllInOneEventGenericListener(listener), true);
    dispose();
    dispose();
    equal(stage.session.listenerCount, before);
  });

  it('hear events of a newer server through AllInOne only', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnSomethingNew', { UniqueObjectID: CALL, New: 1 });
    deepEqual(stage.names(), ['OnSomethingNew']);
    equal(stage.session.calls.size, 0);
  });
});

describeOverEachTransport('The history', () => {
  it('keeps the last thousand events in order, numbered without a gap across reconnects', async () => {
    const stage = await new Stage(2).monitoring();
    for (let number = 0; number < 1_100; number++) stage.a.connection.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.settle();
    stage.a.connection.break();
    await stage.settle();
    const kept = [...stage.session.history];
    equal(kept.length, 1_000);
    equal(kept.at(-1)?.sequence, stage.session.sequence);
    kept.forEach((event, index) => {
      equal(event.sequence, kept[0]!.sequence + index);
    });
    equal([...stage.session.history.after(stage.session.sequence - 2)].length, 2);
    notEqual(
      kept.find((each) => each.event === 'OnConnection'),
      undefined,
    );
  });
});
