import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { CilEvent, Session } from '../../src/cil/index.js';
import { seededRandom } from '../../src/common/random.js';
import { describeOverEachTransport } from '../support/wire.js';
import { ThreeTiers } from './three-tiers.js';

/** What must hold of any session's history, whatever was cut. */
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

describeOverEachTransport('The client library over all three tiers', function () {
  this.timeout(60_000);
  let tiers: ThreeTiers;
  const sessions: Session[] = [];
  const open = (options = {}) => {
    const session = tiers.session(options);
    sessions.push(session);
    session.connect();
    return session;
  };

  afterEach(async () => {
    await tiers.stop(...sessions.splice(0));
  });

  it('shows one call to an agent and to a monitor at once, from its begin to its end', async () => {
    tiers = await new ThreeTiers({ automatic: false }).start();
    tiers.simulator.run('loginAgent', { agent: '1001' });
    const desktop = open();
    const monitor = open();
    const seen = { desktop: record(desktop), monitor: record(monitor) };
    await tiers.while(monitor.setMessageFilter(''));
    const agent = await tiers.while(desktop.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' }));
    await tiers.while(agent.setAgentState({ AgentState: 'Available' }));
    tiers.simulator.run('placeCall', { to: '8001', from: '2065550101' });
    await tiers.pass(3_000);
    const call = desktop.currentCall!;
    equal(call.getValueString('ANI'), '2065550101');
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueInt('CallStatus'), 2);
    await rejects(call.retrieve(), { code: 'E_CTIOS_CALL_NOT_ON_HOLD' });
    await tiers.while(call.answer());
    await tiers.pass(1_000);
    equal(agent.getAgentState(), 4);
    await tiers.while(call.setCallData({ CallVariable3: 'note', 'user.CustomerTier': 'gold' }));
    await tiers.pass(500);
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueString('CallVariable3'), 'note');
    equal(monitor.calls.get(call.uniqueObjectID)?.getValueString('user.CustomerTier'), 'gold');
    await tiers.while(call.hold());
    await tiers.while(call.retrieve());
    const id = call.uniqueObjectID;
    await tiers.while(call.clearConnection());
    await tiers.pass(1_000);
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

  it('takes an agent through log-in, states and log-out', async () => {
    tiers = await new ThreeTiers({ automatic: false }).start();
    const desktop = open();
    const seen = record(desktop);
    const agent = await tiers.while(desktop.setAgent({ AgentID: '1002', PeripheralID: 5000, AgentInstrument: '2002' }));
    await tiers.while(agent.login({ AgentID: '1002', AgentInstrument: '2002' }));
    await tiers.pass(500);
    equal(agent.getAgentState(), 2);
    await tiers.while(agent.setAgentState({ AgentState: 'Available' }));
    await tiers.pass(500);
    await rejects(tiers.while(agent.logout({ EventReasonCode: 1 })), { name: 'CtiosError' });
    await tiers.while(agent.setAgentState({ AgentState: 'NotReady', EventReasonCode: 1 }));
    await tiers.pass(500);
    await tiers.while(agent.logout({ EventReasonCode: 1 }));
    await tiers.pass(500);
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

  for (const cut of ['while idle', 'while it rings', 'while it talks', 'in mid-transfer'] as const) {
    for (const mode of ['agent', 'monitor'] as const) {
      it(`makes the objects right after the connection broke ${cut}, in ${mode} mode`, async () => {
        tiers = await new ThreeTiers({ automatic: false }).start();
        for (const agent of ['1001', '1002']) {
          tiers.simulator.run('loginAgent', { agent });
          tiers.simulator.run('setAgentState', { agent, state: agent === '1001' ? 'available' : 'notReady' });
        }
        const witness = open();
        await tiers.while(witness.setMessageFilter(''));
        const session = open();
        const seen = record(session);
        const own = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
        await tiers.while<unknown>(mode === 'agent' ? session.setAgent(own) : session.setMessageFilter(''));
        if (cut !== 'while idle') {
          tiers.simulator.run('placeCall', { to: '8001', from: '2065550101' });
          await tiers.pass(3_000);
        }
        if (cut === 'while it talks' || cut === 'in mid-transfer') {
          tiers.simulator.run('answer', { agent: '1001' });
          await tiers.pass(1_000);
        }
        if (cut === 'in mid-transfer') {
          const [call] = session.getAllCalls();
          await tiers.while(call!.makeConsultCall({ DialedNumber: '2002', ConsultType: 'Transfer' }));
          await tiers.pass(1_000);
        }
        const side = session.status.side!;
        // The witness is on the same server: only the session's own cable is cut, by cutting and mending at once.
        witness.disconnect().catch(() => {});
        await tiers.pass(100);
        tiers.cables[side].cut();
        // What happens now is not seen.
        if (cut === 'while it rings') tiers.simulator.run('answer', { agent: '1001' });
        if (cut === 'while it talks') tiers.simulator.run('hangUp', { agent: '1001' });
        await tiers.pass(5_000);
        tiers.cables[side].mend();
        const other = tiers.session();
        sessions.push(other);
        other.connect();
        await tiers.while(other.setMessageFilter(''));
        await tiers.pass(1_000);
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

  it('lets two desktops of one agent, and a supervisor, see the same call', async () => {
    tiers = await new ThreeTiers({ automatic: false }).start();
    for (const agent of ['1001', '90001']) tiers.simulator.run('loginAgent', { agent });
    tiers.simulator.run('setAgentState', { agent: '1001', state: 'available' });
    const desktops = [open(), open()];
    const own = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    for (const desktop of desktops) await tiers.while(desktop.setAgent(own));
    const desk = open();
    const seen = record(desk);
    const supervisor = await tiers.while(
      desk.setAgent({ AgentID: '90001', PeripheralID: 5000, AgentInstrument: '95001' }),
    );
    await tiers.while(supervisor.requestAgentTeamList());
    await tiers.while(supervisor.startMonitoringAllAgentTeams());
    await tiers.while(supervisor.startMonitoringAgent({ AgentReference: 'agent.5000.1001' }));
    equal(desk.isSupervisor(), true);
    equal(supervisor.getMonitoredAgent()?.getValueString('AgentID'), '1001');
    tiers.simulator.run('placeCall', { to: '8001', from: '2065550101' });
    await tiers.pass(3_000);
    await tiers.while(desktops[0]!.currentCall!.answer());
    await tiers.pass(500);
    const [first, second] = desktops.map((desktop) => desktop.currentCall!);
    deepEqual(second!.properties(), first!.properties());
    const watched = desk.calls.get(first!.uniqueObjectID)!;
    equal(watched.monitored, true);
    equal(watched.getValueInt('CallStatus'), 3);
    equal(desk.currentCall, undefined);
    // The supervisor's own connection breaks: the monitoring goes on by itself, and the call does not begin again.
    tiers.cables[desk.status.side!].cut();
    await tiers.pass(5_000);
    equal(desk.calls.get(first!.uniqueObjectID), watched);
    await tiers.while(
      desktops
        .find((each) => each.status.mode === 'agent')!
        .getAllCalls()[0]!
        .clearConnection(),
    );
    await tiers.pass(1_000);
    const names = seen.filter((each) => each.objectId === watched.uniqueObjectID).map((each) => each.event);
    equal(names.filter((name) => name === 'OnMonitoredCallBegin').length, 1);
    equal(names.filter((name) => name === 'OnMonitoredCallEnd').length, 1);
    equal(desk.calls.size, 0);
    tiers.cables.A.mend();
    tiers.cables.B.mend();
  });

  it('tells every call once through half an hour of traffic in which the cables are cut at random', async () => {
    tiers = await new ThreeTiers({ traffic: 'steady', seed: 7 }).start();
    const random = seededRandom(11);
    const session = open();
    const seen = record(session);
    await tiers.while(session.setMessageFilter(''));
    const { listenerCount } = session;
    let cuts = 0;
    for (let minute = 0; minute < 30; minute++) {
      await tiers.pass(20_000 + Math.floor(random.next() * 30_000), 200);
      const { side } = session.status;
      if (side === undefined) continue;
      cuts++;
      tiers.cables[side].cut();
      await tiers.pass(200 + Math.floor(random.next() * 5_000), 200);
      tiers.cables[side].mend();
    }
    await tiers.pass(30_000, 200);
    equal(session.status.mode, 'monitor');
    const gaps = seen.filter((each) => each.event === 'OnConnectionGap').length;
    equal(gaps > 20 && gaps <= cuts, true, `${gaps} gaps of ${cuts} cuts`);
    const { begun, ended } = checkHistory(seen);
    equal(begun > 100, true, `${begun} calls`);
    equal(begun - ended, session.calls.size);
    const fresh = open();
    await tiers.while(fresh.setMessageFilter(''));
    await tiers.pass(500);
    deepEqual([...session.calls.keys()].sort(), [...fresh.calls.keys()].sort());
    for (const [id, agent] of fresh.agents) {
      equal(session.agents.get(id)?.getAgentState(), agent.getAgentState(), id);
    }
    equal(session.listenerCount, listenerCount);
  });
});
