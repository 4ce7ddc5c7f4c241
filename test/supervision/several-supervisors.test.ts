import assert from 'node:assert/strict';
import type { CilEvent, Session } from '../../src/cil/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { AGENT, Floor } from './floor.js';

/** Teams of twenty: 90001 leads team 1 and substitutes in team 3, 90002 leads team 2 and substitutes in team 1. */
describeOverEachTransport('several supervisors simultaneously', () => {
  let floor: Floor;
  let second: Session;
  let seen: CilEvent[];
  beforeEach(async () => {
    floor = await Floor.open({ agents: 41 });
    floor.do('loginAgent', { agent: '90002' });
    floor.do('loginAgent', { agent: '90003' });
    await floor.run(1);
    second = await floor.desktop('90002');
    for (const session of [floor.sessions.supervisor, second]) {
      await floor.asks(session.currentAgent!.requestAgentTeamList());
      await floor.asks(session.currentAgent!.startMonitoringAllAgentTeams());
    }
    seen = [];
    second.subscribe('AllInOne', (event) => seen.push(event));
    floor.forget();
  });
  afterEach(() => floor.close());

  const names = (pattern = /./) => seen.map(({ event }) => event).filter((event) => pattern.test(event));
  const watch = (session: Session) =>
    floor.asks(session.currentAgent!.startMonitoringAgent({ AgentReference: 'agent.5000.1001' }));

  it('each see the same agent and the same calls, each once', async () => {
    await watch(floor.sessions.supervisor);
    await watch(second);
    await floor.talking();
    const mine = floor.told('supervisor', /^OnMonitored/).map((line) => line.split(' ')[0]!);
    assert.deepEqual(
      names(/^OnMonitored/).map((event) => event.replace(/Event$/, '')),
      mine,
    );
    assert.ok(mine.includes('OnMonitoredCallEstablished') && mine.includes('OnMonitoredAgentStateChange'));
  });

  it("do not receive each other's monitored events", async () => {
    await watch(floor.sessions.supervisor);
    await floor.talking();
    assert.deepEqual(names(/^OnMonitoredCall|^OnSupervisorButton|^OnStartMonitoring/), []);
    await floor.asks(second.currentAgent!.stopMonitoringAllAgentTeams());
    floor.forget();
    seen.length = 0;
    floor.do('hangUp', { agent: AGENT });
    await floor.run(1);
    assert.deepEqual(names(), []);
    assert.ok(floor.told('supervisor', /^OnMonitoredAgentStateChange/).length > 0);
  });

  it('cannot listen or barge in while one of them is listening', async () => {
    await watch(floor.sessions.supervisor);
    await watch(second);
    const call = await floor.talking();
    const act = (SupervisoryAction: number) =>
      floor.refusal(
        second.currentAgent!.superviseCall({
          AgentReference: 'agent.5000.1001',
          CallReference: call,
          SupervisoryAction,
        }),
      );
    await floor.asks(floor.supervise('Monitor', call));
    assert.equal(await act(1), 'CF_RESOURCE_BUSY');
    assert.equal(await act(3), 'CF_RESOURCE_BUSY');
    assert.deepEqual(names(/^OnSilentMonitor/), [], 'nobody else is told who listens');
    await floor.asks(floor.supervise('Clear', call));
    assert.equal(await act(3), 'confirmed');
  });

  it('both receive an emergency call on their desktops, and it rings at the first available one', async () => {
    await floor.talking();
    seen.length = 0;
    await floor.asks(floor.agent.makeEmergencyCall());
    assert.deepEqual(floor.told('supervisor', /^OnEmergencyCall/), ['OnEmergencyCall 1001']);
    assert.deepEqual(names(/^OnEmergencyCall/), ['OnEmergencyCall']);
    assert.equal(floor.sessions.supervisor.currentCall?.getValueInt('CallStatus'), 2);
    assert.equal(second.currentCall, undefined);
  });

  it('see a temporary member as such, who remains known to the supervisor of both teams', async () => {
    // 1021 belongs to team 2, led by 90002, and temporarily to team 1, which 90001 leads and 90002 substitutes in.
    assert.equal(floor.sessions.supervisor.agents.has('agent.5000.1021'), false);
    floor.do('moveToTeam', { agent: '1021', team: 1 });
    await floor.run(1);
    const added = floor.events.supervisor.find(({ event }) => event === 'OnNewAgentTeamMember')!;
    assert.deepEqual([added.args.AgentFlags, added.args.ConfigOperation, added.args.TeamID], [2, 1, 1]);
    assert.ok(floor.sessions.supervisor.agents.has('agent.5000.1021'));
    assert.ok(second.agents.has('agent.5000.1021'));
    floor.do('loginAgent', { agent: '1021' });
    await floor.run(1);
    assert.equal(floor.sessions.supervisor.agents.get('agent.5000.1021')!.getAgentState(), 2);
    floor.do('moveToTeam', { agent: '1021', team: 2 });
    await floor.run(1);
    assert.equal(floor.sessions.supervisor.agents.has('agent.5000.1021'), false, 'gone from team 1');
    assert.ok(second.agents.has('agent.5000.1021'), 'back in team 2');
    assert.equal(second.agents.get('agent.5000.1021')!.getValueInt('AgentFlags'), 0);
  });

  it('can use two desktops that monitor independently', async () => {
    const twin = await floor.desktop('90001');
    const told: string[] = [];
    twin.subscribe('AllInOne', ({ event }) => told.push(event));
    await watch(floor.sessions.supervisor);
    await floor.talking();
    assert.deepEqual(
      told.filter((event) => event.startsWith('OnMonitored')),
      [],
    );
    assert.ok(floor.told('supervisor', /^OnMonitoredCall/).length > 0);
  });
});
