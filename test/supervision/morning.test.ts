import assert from 'node:assert/strict';
import { AGENT_NAMES, agree, GROUP_NAMES } from './agree.js';
import { Floor } from './floor.js';
import { StatisticsOracle } from './statistics-oracle.js';

/** The scenario "supervisors-morning", observed by the supervisor's desktop, an agent's and a monitor. */
describe('a supervisor’s morning, as seen by three sessions', function () {
  this.timeout(60_000);
  let floor: Floor;
  let books: StatisticsOracle;
  before(async () => {
    floor = await Floor.open({ loggedIn: [] });
    books = new StatisticsOracle();
    floor.bed.simulator.center.listen(books.listen);
    let ended: unknown;
    floor.bed.simulator.onScenarioEnd = (progress) => {
      ended = progress;
    };
    floor.do('runScenario', { name: 'supervisors-morning' });
    await floor.run(1);
    // The supervisor's desktop starts monitoring after its first state, then only observes.
    await floor.watching();
    while (ended === undefined) await floor.run(5);
    assert.equal((ended as { error?: string }).error, undefined);
  });
  after(() => floor.close());

  const states = (agent: string) =>
    floor
      .told('supervisor', new RegExp(`^OnMonitoredAgentStateChange ${agent} (?!.*recovered)`))
      .map((line) => line.split(' ').slice(2).join(' '));

  it('shows on the grid the agents who log in, work, and log out', () => {
    assert.deepEqual(states('1001'), [
      'NotReady',
      ...['Available', 'Reserved', 'Talking'],
      // The barge-in: the agent's phone consults the supervisor; then the call ends.
      ...['Hold', 'Talking', 'WorkReady'],
      ...['Available', 'Reserved', 'Talking'],
      // The assist.
      ...['Hold', 'Talking', 'WorkReady'],
      'NotReady reason 2',
    ]);
    assert.deepEqual(states('1002'), [
      'NotReady',
      ...['Available', 'Reserved', 'Talking'],
      // The emergency call, and the log-out when the call has ended.
      ...['Hold', 'Talking', 'Logout reason 999'],
    ]);
    assert.deepEqual(states('1003'), ['NotReady']);
  });

  it('shows silent monitoring as a separate call at both phones, without effects on the agent’s desktop', () => {
    const LISTENS = 21;
    for (const [seat, event] of [
      ['supervisor', 'OnMonitoredCallBegin'],
      ['agent', 'OnCallBegin'],
    ] as const) {
      const begun = floor.events[seat].filter((each) => each.event === event && each.args.CallType === LISTENS);
      assert.deepEqual(
        begun.map(({ args }) => String(args.UniqueObjectID).split('.')[3]),
        ['2001'],
        seat,
      );
    }
    const chosen = floor.events.agent.filter(({ event }) => event === 'OnCurrentCallChanged');
    const listened = floor.events.agent.find((each) => each.args.CallType === LISTENS)!.args.UniqueObjectID;
    assert.ok(chosen.length > 0 && chosen.every(({ args }) => args.UniqueObjectID !== listened));
  });

  it('shows the supervisor in each of the four calls: silent monitor, barge-in, assist, and emergency', () => {
    const own = floor.events.supervisor.filter(
      ({ event, args }) => event === 'OnCallBegin' && String(args.UniqueObjectID).endsWith('.95001'),
    );
    const [LISTENS, BARGES_IN, ASSISTS, EMERGENCY] = [21, 23, 19, 20];
    assert.deepEqual(
      own.map(({ args }) => args.CallType),
      [LISTENS, BARGES_IN, ASSISTS, EMERGENCY],
    );
    assert.deepEqual(floor.told('supervisor', /^OnEmergencyCall/), ['OnEmergencyCall 1002']);
    assert.deepEqual(floor.told('monitor', /^OnEmergencyCall/), ['OnEmergencyCall 1002']);
    assert.deepEqual(floor.told('agent', /^OnEmergencyCall/), []);
  });

  it('ends each call that began for a session', () => {
    for (const seat of ['supervisor', 'agent', 'monitor'] as const) {
      assert.equal(floor.sessions[seat].calls.size, 0, seat);
      assert.equal(floor.sessions[seat].currentCall, undefined, seat);
    }
    assert.deepEqual(floor.do('check').violations, []);
  });

  it('lets supervisor and agent exchange messages meanwhile', async () => {
    floor.forget();
    await floor.asks(floor.supervisor.sendChatMessage({ Distribution: 'agent', Target: '1001', Message: 'Well done' }));
    await floor.asks(floor.agent.sendChatMessage({ Distribution: 'agent', Target: '90001', Message: 'Thank you' }));
    assert.deepEqual(floor.told('agent', /Chat/), ['OnChatMessage 1001']);
    assert.deepEqual(floor.told('supervisor', /Chat/), ['OnChatMessage 90001']);
  });

  it('ends with the expected statistics', async () => {
    floor.forget();
    const { monitor } = floor.sessions;
    for (const agent of ['1001', '90001']) {
      await floor.bed.settle(monitor.agents.get(`agent.5000.${agent}`)!.enableAgentStatistics(), 0);
    }
    await floor.bed.settle(monitor.enableSkillGroupStatistics(), 0);
    const now = floor.bed.clock.now();
    const told = (id: string) =>
      floor.events.monitor.find((each) => each.objectId === id && each.args.Statistics !== undefined)!.args
        .Statistics as Record<string, number>;
    const [alex, supervisor, sales] = ['agent.5000.1001', 'agent.5000.90001', 'skillgroup.5000.10'].map(told);
    agree(AGENT_NAMES, alex!, books.ofAgent('1001', now), 'agent 1001');
    agree(AGENT_NAMES, supervisor!, books.ofAgent('90001', now), 'the supervisor');
    agree(GROUP_NAMES, sales!, books.ofGroup(10, now), 'sales');
    assert.equal(alex!.HandledCallsToday, 2);
    const { MonitorCallsToday, InterceptCallsToday, BargeInCallsToday } = supervisor!;
    assert.deepEqual([MonitorCallsToday, InterceptCallsToday, BargeInCallsToday], [1, 1, 0]);
  });
});
