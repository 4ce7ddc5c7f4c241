import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { CilEvent, Session } from '../../src/cil/index.js';
import { seededRandom } from '../../src/common/random.js';
import { TestBed } from '../support/test-bed.js';
import { describeOverEachTransport } from '../support/wire.js';

/** Checks that must hold for any session's history, whatever was disconnected. */
function checkHistory(events: readonly CilEvent[]): { begun: number; ended: number } {
  const alive = new Set<string>();
  const ended = new Set<string>();
  events.forEach((event, index) => {
    equal(event.sequence, events[0]!.sequence + index, 'the sequence has a gap');
    const { objectId: id } = event;
    if (id === undefined || !id.startsWith('call.') || !event.interfaces.includes('ICallEvents')) return;
    if (event.event === 'OnCallBegin') {
      equal(alive.has(id) || ended.has(id), false, `${id} began twice`);
      alive.add(id);
    } else if (event.event === 'OnSnapshotCallConf') {
      equal(ended.has(id), false, `${id} came back after its end`);
      alive.add(id);
    } else if (event.event === 'OnCallEnd') {
      equal(alive.delete(id), true, `${id} ended without a beginning, or twice`);
      ended.add(id);
    } else if (typeof event.args.OldUniqueObjectID === 'string' && alive.delete(event.args.OldUniqueObjectID)) {
      alive.add(id);
    } else if (!event.event.endsWith('Conf')) {
      equal(alive.has(id), true, `${event.event} of ${id}, which is not there`);
    }
  });
  return { begun: alive.size + ended.size, ended: ended.size };
}

function record(session: Session): CilEvent[] {
  const events: CilEvent[] = [];
  session.subscribe('AllInOne', (event) => events.push(event));
  return events;
}

const names = (events: readonly CilEvent[], id: string) =>
  events.filter((each) => each.objectId === id && each.interfaces.includes('ICallEvents')).map((each) => each.event);

describeOverEachTransport('The client library across all three tiers', function () {
  this.timeout(60_000);
  let bed: TestBed;
  const open = () => bed.another('remote');
  const cable = (side: 'A' | 'B') => bed.network[side === 'A' ? 0 : 1]!;
  const cut = (side: 'A' | 'B') => {
    cable(side).refusing = true;
    cable(side).cut();
  };
  const repair = (side: 'A' | 'B') => {
    cable(side).refusing = false;
  };

  afterEach(() => bed.close());

  it('shows one call to an agent and to a monitor simultaneously, from beginning to end', async () => {
    bed = await TestBed.open({ access: 'remote' });
    bed.simulator.run('loginAgent', { agent: '1001' });
    const desktop = open();
    const monitor = open();
    const seen = { desktop: record(desktop), monitor: record(monitor) };
    await bed.until(monitor.setMessageFilter(''));
    const agent = await bed.until(desktop.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' }));
    await bed.until(agent.setAgentState({ AgentState: 'Available' }));
    bed.simulator.run('placeCall', { to: '8001', from: '2065550101' });
    await bed.run(3_000);
    const call = desktop.currentCall!;
    equal(call.getValueString('ANI'), '2065550101');
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueInt('CallStatus'), 2);
    await rejects(call.retrieve(), { code: 'E_CTIOS_CALL_NOT_ON_HOLD' });
    await bed.until(call.answer());
    await bed.run(1_000);
    equal(agent.getAgentState(), 4);
    await bed.until(call.setCallData({ CallVariable3: 'note', 'user.CustomerTier': 'gold' }));
    await bed.run(500);
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueString('CallVariable3'), 'note');
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueString('user.CustomerTier'), 'gold');
    await bed.until(call.hold());
    await bed.until(call.retrieve());
    const id = call.uniqueObjectID;
    await bed.until(call.clearConnection());
    await bed.run(1_000);
    deepEqual(names(seen.desktop, id), [
      'OnCallBegin',
      'OnCallDelivered',
      'OnAnswerCallConf',
      'OnCallEstablished',
      'OnSetCallDataConf',
      'OnCallDataUpdate',
      'OnHoldCallConf',
      'OnCallHeld',
      'OnRetrieveCallConf',
      'OnCallRetrieved',
      'OnClearConnectionConf',
      'OnCallConnectionCleared',
      'OnCallConnectionCleared',
      'OnCallCleared',
      'OnCallEnd',
    ]);
    deepEqual(
      names(seen.monitor, id),
      names(seen.desktop, id).filter((name) => !name.endsWith('Conf')),
    );
    equal(desktop.calls.size + monitor.calls.size, 0);
    equal(desktop.currentCall, undefined);
    checkHistory(seen.desktop);
    checkHistory(seen.monitor);
  });

  it('reports network recording of a call in two parts, deflects another call, and records an assist call', async () => {
    bed = await TestBed.open({ access: 'remote' });
    for (const agent of ['1001', '1002']) bed.simulator.run('loginAgent', { agent });
    const desktop = open();
    const seen = record(desktop);
    const agent = await bed.until(desktop.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' }));
    await bed.until(agent.setAgentState({ AgentState: 'Available' }));
    bed.simulator.run('setAgentServices', { agent: '1001', transcription: true });
    bed.simulator.run('placeCall', { to: '8001', from: '2065550101' });
    await bed.run(3_000);
    const call = desktop.currentCall!;
    await bed.until(call.answer());
    const reference = async () => {
      await bed.until(call.startNetworkRecording({ InvocationType: 'UserRecording' }));
      await bed.run(50);
      return seen.findLast(({ event }) => event === 'OnNetworkRecordingTargetInfo')?.args.ProtocolReferenceGUID;
    };
    const first = await reference();
    await bed.until(call.stopNetworkRecording());
    equal(await reference(), first, 'both parts have one reference');
    await rejects(bed.until(call.startNetworkRecording()), { code: 'CF_GENERIC_STATE_INCOMPATIBILITY' });
    await bed.until(agent.setAgentServiceData({ 'EnabledService[1]': 'CallTranscription' }));
    await bed.until(call.clearConnection());
    await bed.until(agent.setAgentState({ AgentState: 'Available' }));
    bed.simulator.run('placeCall', { to: '8001', from: '2065550102' });
    await bed.run(3_000);
    await bed.until(desktop.currentCall!.deflect({ DialedNumber: '2002' }));
    await bed.run(500);
    const ours = /NetworkRecording|Service|Deflect|Delivered|End$/;
    deepEqual(
      seen.map(({ event }) => event).filter((event) => ours.test(event)),
      [
        'OnAgentServicesChange',
        'OnCallDelivered',
        'OnStartNetworkRecordingConf',
        'OnNetworkRecordingStarted',
        'OnNetworkRecordingTargetInfo',
        'OnStopNetworkRecordingConf',
        'OnNetworkRecordingEnded',
        'OnStartNetworkRecordingConf',
        'OnNetworkRecordingStarted',
        'OnNetworkRecordingTargetInfo',
        'OnSetAgentServiceDataConf',
        'OnCallEnd',
        'OnCallDelivered',
        'OnDeflectCallConf',
        'OnCallEnd',
      ],
    );
  });

  it('logs an agent in, changes states and logs the agent out', async () => {
    bed = await TestBed.open({ access: 'remote' });
    const desktop = open();
    const seen = record(desktop);
    const agent = await bed.until(desktop.setAgent({ AgentID: '1002', PeripheralID: 5000, AgentInstrument: '2002' }));
    await bed.until(agent.login({ AgentID: '1002', AgentInstrument: '2002' }));
    await bed.run(500);
    equal(agent.getAgentState(), 2);
    await bed.until(agent.setAgentState({ AgentState: 'Available' }));
    await bed.run(500);
    await rejects(bed.until(agent.logout({ EventReasonCode: 1 })), { name: 'CtiosError' });
    await bed.until(agent.setAgentState({ AgentState: 'NotReady', EventReasonCode: 1 }));
    await bed.run(500);
    await bed.until(agent.logout({ EventReasonCode: 1 }));
    await bed.run(500);
    equal(agent.getAgentState(), 1);
    deepEqual(
      seen
        .map((each) => each.event)
        .filter((name) => /Logout|AgentStateChange|SetAgentStateConf|ControlFailure/.test(name)),
      [
        'OnSetAgentStateConf',
        'OnAgentStateChange',
        'OnSetAgentStateConf',
        'OnAgentStateChange',
        'OnLogoutFailed',
        'OnControlFailureConf',
        'OnSetAgentStateConf',
        'OnAgentStateChange',
        'OnSetAgentStateConf',
        'OnPreLogout',
        'OnAgentStateChange',
        'OnPostLogout',
      ],
    );
  });

  for (const moment of ['while idle', 'while it rings', 'while it talks', 'in mid-transfer'] as const) {
    for (const mode of ['agent', 'monitor'] as const) {
      it(`corrects the objects after the connection was lost ${moment}, in ${mode} mode`, async () => {
        bed = await TestBed.open({ access: 'remote' });
        for (const agent of ['1001', '1002']) {
          bed.simulator.run('loginAgent', { agent });
          bed.simulator.run('setAgentState', { agent, state: agent === '1001' ? 'available' : 'notReady' });
        }
        const witness = open();
        await bed.until(witness.setMessageFilter(''));
        const session = open();
        const seen = record(session);
        const own = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
        await bed.until<unknown>(mode === 'agent' ? session.setAgent(own) : session.setMessageFilter(''));
        if (moment !== 'while idle') {
          bed.simulator.run('placeCall', { to: '8001', from: '2065550101' });
          await bed.run(3_000);
        }
        if (moment === 'while it talks' || moment === 'in mid-transfer') {
          bed.simulator.run('answer', { agent: '1001' });
          await bed.run(1_000);
        }
        if (moment === 'in mid-transfer') {
          const [call] = session.getAllCalls();
          await bed.until(call!.makeConsultCall({ DialedNumber: '2002', ConsultType: 'Transfer' }));
          await bed.run(1_000);
        }
        const side = session.status.side!;
        // The witness uses the same server: only the session's own connection is cut, by cutting and restoring it
        // immediately.
        witness.disconnect().catch(() => {});
        await bed.run(100);
        cut(side);
        // The session does not see the following events.
        if (moment === 'while it rings') bed.simulator.run('answer', { agent: '1001' });
        if (moment === 'while it talks') bed.simulator.run('hangUp', { agent: '1001' });
        await bed.run(5_000);
        repair(side);
        const other = open();
        await bed.until(other.setMessageFilter(''));
        await bed.run(1_000);
        equal(session.status.mode, mode);
        equal(seen.filter((each) => each.event === 'OnConnectionGap').length, 1);
        const mine = [...other.calls.keys()].filter((id) => mode === 'monitor' || id.endsWith('.2001'));
        deepEqual([...session.calls.keys()].sort(), mine.sort());
        for (const id of mine) {
          equal(session.calls.get(id)!.getValueInt('CallStatus'), other.calls.get(id)!.getValueInt('CallStatus'), id);
        }
        equal(
          session.agents.get('agent.5000.1001')?.getAgentState(),
          other.agents.get('agent.5000.1001')?.getAgentState(),
        );
        checkHistory(seen);
      });
    }
  }

  it('shows the same call to two desktops of one agent, and to a supervisor', async () => {
    bed = await TestBed.open({ access: 'remote' });
    for (const agent of ['1001', '90001']) bed.simulator.run('loginAgent', { agent });
    bed.simulator.run('setAgentState', { agent: '1001', state: 'available' });
    const desktops = [open(), open()];
    const own = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    for (const desktop of desktops) await bed.until(desktop.setAgent(own));
    const desk = open();
    const seen = record(desk);
    const supervisor = await bed.until(
      desk.setAgent({ AgentID: '90001', PeripheralID: 5000, AgentInstrument: '95001' }),
    );
    await bed.until(supervisor.requestAgentTeamList());
    await bed.until(supervisor.startMonitoringAllAgentTeams());
    await bed.until(supervisor.startMonitoringAgent({ AgentReference: 'agent.5000.1001' }));
    equal(desk.isSupervisor(), true);
    equal(supervisor.getMonitoredAgent()?.getValueString('AgentID'), '1001');
    bed.simulator.run('placeCall', { to: '8001', from: '2065550101' });
    await bed.run(3_000);
    await bed.until(desktops[0]!.currentCall!.answer());
    await bed.run(500);
    const [first, second] = desktops.map((desktop) => desktop.currentCall!);
    deepEqual(second!.properties(), first!.properties());
    const watched = desk.calls.get(first!.uniqueObjectID)!;
    equal(watched.monitored, true);
    equal(watched.getValueInt('CallStatus'), 3);
    equal(desk.currentCall, undefined);
    // The supervisor's connection is lost: monitoring continues automatically, and the call does not begin again.
    cut(desk.status.side!);
    await bed.run(5_000);
    equal(desk.calls.get(first!.uniqueObjectID), watched);
    await bed.until(
      desktops
        .find((each) => each.status.mode === 'agent')!
        .getAllCalls()[0]!
        .clearConnection(),
    );
    await bed.run(1_000);
    const names = seen.filter((each) => each.objectId === watched.uniqueObjectID).map((each) => each.event);
    equal(names.filter((name) => name === 'OnMonitoredCallBegin').length, 1);
    equal(names.filter((name) => name === 'OnMonitoredCallEnd').length, 1);
    equal(desk.calls.size, 0);
    repair('A');
    repair('B');
  });

  it('reports every call once during half an hour of traffic with random disconnects', async () => {
    bed = await TestBed.open({ access: 'remote', agents: 20, automatic: true, traffic: 'steady' });
    const random = seededRandom(11);
    const session = open();
    const seen = record(session);
    await bed.until(session.setMessageFilter(''));
    const { listenerCount } = session;
    let cuts = 0;
    for (let minute = 0; minute < 30; minute++) {
      await bed.run(20_000 + Math.floor(random.next() * 30_000));
      const { side } = session.status;
      if (side === undefined) continue;
      cuts++;
      cut(side);
      await bed.run(200 + Math.floor(random.next() * 5_000));
      repair(side);
    }
    await bed.run(30_000);
    equal(session.status.mode, 'monitor');
    const gaps = seen.filter((each) => each.event === 'OnConnectionGap').length;
    equal(gaps > 20 && gaps <= cuts, true, `${gaps} gaps of ${cuts} cuts`);
    const { begun, ended } = checkHistory(seen);
    equal(begun > 100, true, `${begun} calls`);
    equal(begun - ended, session.calls.size);
    const fresh = open();
    await bed.until(fresh.setMessageFilter(''));
    await bed.run(500);
    deepEqual([...session.calls.keys()].sort(), [...fresh.calls.keys()].sort());
    for (const [id, agent] of fresh.agents) {
      equal(session.agents.get(id)?.getAgentState(), agent.getAgentState(), id);
    }
    equal(session.listenerCount, listenerCount);
  });
});
