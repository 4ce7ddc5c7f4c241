import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { ContactCenter } from '../../../src/simulator/model/contact-center.js';
import { checkInvariants } from '../../../src/simulator/model/invariants.js';
import { AutomaticAgents, gentleAgents } from '../../../src/simulator/model/site/automatic-agents.js';
import { callers, customers } from '../../../src/simulator/model/site/callers.js';
import { DEFAULT_PERIPHERAL_ID, defaultWorld } from '../../../src/simulator/model/site/default-site.js';
import { type DurationDistribution, draw } from '../../../src/simulator/model/site/distributions.js';
import { Traffic, trafficOf } from '../../../src/simulator/model/site/traffic.js';
import { allowed, Bench, PERIPHERAL } from './support.js';

function running(
  options: { agents?: number; pace?: 'gentle' | 'steady' | 'waves' | 'rush'; leaveAlone?: string[] } = {},
) {
  const clock = new VirtualClock();
  const center = new ContactCenter({ config: defaultWorld({ agents: options.agents ?? 20 }), clock });
  new AutomaticAgents(center, clock, seededRandom(2), {
    ...gentleAgents,
    leaveAlone: (_, agentId) => options.leaveAlone?.includes(agentId) ?? false,
  }).start();
  const traffic = new Traffic(center, clock, seededRandom(3), trafficOf(options.pace ?? 'gentle'));
  return { clock, center, traffic };
}

describe('traffic', () => {
  it('begins within two seconds, then generates about ten calls a minute', () => {
    const { clock, center, traffic } = running();
    let first: number | undefined;
    const start = clock.now();
    center.listen((event) => {
      if (event.kind === 'callDelivered' && event.alerting.id !== '7001') first ??= event.time - start;
    });
    traffic.start();
    clock.advance(3_600_000);
    assert.ok(first !== undefined && first < 2000, `${first} ms`);
    assert.ok(traffic.placed > 540 && traffic.placed < 660, `${traffic.placed} calls in an hour`);
    traffic.stop();
    const { placed } = traffic;
    clock.advance(60_000);
    assert.equal(traffic.placed, placed);
  });

  it('comes from known callers, an unknown one, and one with a withheld number', () => {
    assert.equal(customers.length, 12);
    assert.deepEqual(customers[0]?.ani, '2065550101');
    assert.deepEqual(customers[11]?.ani, '2065550112');
    const { clock, center, traffic } = running();
    const seen = new Map<string, string | undefined>();
    center.listen((event) => {
      if (event.kind === 'agentPreCall') seen.set(event.call.data.ani ?? '?', event.call.data.variables[0]);
    });
    traffic.start();
    clock.advance(1_800_000);
    assert.equal(seen.size, callers.length);
    for (const caller of callers) assert.equal(seen.get(caller.ani), caller.account, caller.name);
  });

  it('in waves: a busy and a quiet time in turn', () => {
    const { clock, traffic } = running({ pace: 'waves' });
    traffic.start();
    const tenMinutes = Array.from({ length: 4 }, () => {
      const before = traffic.placed;
      clock.advance(600_000);
      return traffic.placed - before;
    });
    const [busy, quiet] = [tenMinutes[0]! + tenMinutes[2]!, tenMinutes[1]! + tenMinutes[3]!];
    assert.ok(busy > 1.5 * quiet, `${tenMinutes.join(', ')} calls`);
  });

  it('keeps automatic agents busy', () => {
    const { clock, center, traffic } = running({ leaveAlone: ['1002'] });
    traffic.start();
    clock.advance(3_600_000);
    const handled = (agentId: string) => center.agentStatistics(DEFAULT_PERIPHERAL_ID, agentId)!.HandledCallsToday!;
    assert.ok(handled('1001') > 10);
    assert.equal(center.agent(DEFAULT_PERIPHERAL_ID, '1002')?.loggedIn, false);
    assert.equal(handled('1002'), 0);
    assert.deepEqual(checkInvariants(center), []);
  });

  it('drops a planned action of an agent if a client has intervened', () => {
    const b = new Bench();
    const automatic = new AutomaticAgents(b.center, b.clock, seededRandom(2), {
      ...gentleAgents,
      wrapup: { kind: 'constant', ms: 5000 },
    });
    automatic.start();
    const call = b.arrives();
    b.seconds(5);
    allowed(b.center.hangUp(PERIPHERAL, call));
    const agentId = [...b.center.agents()].find((each) => each.state === 6)!.agentId;
    allowed(b.state(agentId, 2, { reasonCode: 12 }));
    b.seconds(60);
    assert.equal(b.stateOf(agentId), 'not ready');
  });

  it('ends a call that is transferred to an automatic agent, but none that a client controls', () => {
    const b = new Bench();
    const byHand = new Set(['1001']);
    const automatic = new AutomaticAgents(b.center, b.clock, seededRandom(2), {
      ...gentleAgents,
      leaveAlone: (_, agentId) => byHand.has(agentId),
    });
    automatic.start();
    for (const agentId of ['1002', '1003', '1004']) allowed(b.state(agentId, 2));
    b.ready('1001');
    const call = b.arrives();
    b.seconds(1);
    allowed(b.center.answer(b.at(call, '2001')));
    b.seconds(300);
    const made = allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 1 }));
    b.seconds(5);
    allowed(b.center.transfer({ active: made.connection, held: b.at(call, '2001') }));
    b.seconds(5);
    assert.equal(b.stateOf('1002'), 'talking');
    allowed(b.center.hold(b.at(call, '2002')));
    b.seconds(300);
    assert.equal(b.stateOf('1002'), 'hold');
    allowed(b.center.retrieve(b.at(call, '2002')));
    b.seconds(120);
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    b.consistent();
  });

  it('supports the largest deployment: 24,000 agents, 90 calls a second', () => {
    const { clock, center, traffic } = running({ agents: 24_000, pace: 'rush' });
    let answered = 0;
    center.listen((event) => {
      if (event.kind === 'rtpStarted' && event.direction === 0) answered++;
    });
    traffic.start();
    clock.advance(20_000);
    assert.ok(traffic.placed > 1600, `${traffic.placed} calls`);
    assert.ok(answered > 1300, `${answered} answered`);
    assert.equal([...center.agents()].length, 25_200);
  });
});

describe('distributions', () => {
  const mean = (distribution: DurationDistribution, count = 20_000) => {
    const random = seededRandom(4);
    let sum = 0;
    for (let index = 0; index < count; index++) sum += draw(distribution, random)!;
    return sum / count;
  };
  const about = (measured: number, expected: number) =>
    assert.ok(Math.abs(measured / expected - 1) < 0.03, `${measured} instead of ${expected}`);

  it('have the expected means', () => {
    about(mean({ kind: 'constant', ms: 10 }), 10);
    about(mean({ kind: 'uniform', minMs: 10, maxMs: 30 }), 20);
    about(mean({ kind: 'exponential', meanMs: 500 }), 500);
    about(mean({ kind: 'lognormal', meanMs: 500, spread: 0.6 }), 500);
    assert.equal(draw({ kind: 'never' }, seededRandom(1)), undefined);
  });
});

describe('several peripherals', () => {
  it('have separate agents, devices and calls with the same numbers', () => {
    const here = defaultWorld({ agents: 1 });
    const there = 5001;
    const moved = <T extends { peripheralId: number }>(list: readonly T[]): T[] => [
      ...list,
      ...list.map((each) => ({ ...each, peripheralId: there })),
    ];
    const clock = new VirtualClock();
    const center = new ContactCenter({
      clock,
      config: {
        ...here,
        peripherals: [...here.peripherals, { ...here.peripherals[0]!, id: there, name: 'Other' }],
        skillGroups: moved(here.skillGroups),
        services: moved(here.services),
        agents: moved(here.agents),
        devices: moved(here.devices),
        teams: moved(here.teams),
        dialedNumbers: moved(here.dialedNumbers),
      },
    });
    for (const state of [0, 3] as const)
      allowed(center.setAgentState({ peripheralId: there, agentId: '1001', instrument: '2001', state }));
    allowed(center.placeCall({ peripheralId: there, ani: '1', dialedNumber: '8001' }));
    allowed(center.placeCall({ peripheralId: DEFAULT_PERIPHERAL_ID, ani: '1', dialedNumber: '8001' }));
    clock.advance(5000);
    assert.equal(center.agent(there, '1001')?.state, 8);
    assert.equal(center.agent(DEFAULT_PERIPHERAL_ID, '1001')?.state, 1);
    assert.equal(center.queue(DEFAULT_PERIPHERAL_ID, 10).waiting, 1);
    assert.equal(center.queue(there, 10).waiting, 0);
    assert.equal([...center.calls(there)].length, 1);
    assert.deepEqual(checkInvariants(center), []);
  });
});
