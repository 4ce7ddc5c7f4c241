import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/common/random.js';
import {
  QUERY_AGENT_STATISTICS_CONF,
  QUERY_SKILL_GROUP_STATISTICS_CONF,
} from '../../../src/ged188/messages/miscellaneous.js';
import { AutomaticAgents } from '../../../src/simulator/model/site/automatic-agents.js';
import { Traffic, trafficOf } from '../../../src/simulator/model/site/traffic.js';
import { IntervalCounters } from '../../../src/simulator/model/statistics/interval-counters.js';
import { allowed, Bench, PERIPHERAL } from './support.js';

/** The fields of a message that are statistics. */
function valuesOf(definition: { facts: { fixed: object } }): string[] {
  const keys = ['InvokeID', 'PeripheralID', 'SkillGroupNumber', 'SkillGroupID'];
  return Object.keys(definition.facts.fixed)
    .filter((each) => !keys.includes(each))
    .sort();
}

describe('statistics', () => {
  it('have the names of the protocol: 84 for an agent, 145 for a skill group', () => {
    const b = new Bench();
    const agent = Object.keys(b.center.agentStatistics(PERIPHERAL, '1001')!);
    const group = Object.keys(b.center.skillGroupStatistics(PERIPHERAL, 10)!);
    assert.deepEqual(agent.sort(), valuesOf(QUERY_AGENT_STATISTICS_CONF));
    assert.deepEqual(group.sort(), valuesOf(QUERY_SKILL_GROUP_STATISTICS_CONF));
    assert.equal(agent.length, 84);
    assert.equal(group.length, 145);
  });

  it('count a handled call when its wrap-up has ended', () => {
    const b = new Bench();
    const call = b.talking();
    b.seconds(40);
    allowed(b.center.hold(b.at(call, '2001')));
    b.seconds(10);
    allowed(b.center.retrieve(b.at(call, '2001')));
    b.seconds(20);
    allowed(b.center.hangUp(PERIPHERAL, call));
    b.seconds(15);
    const before = b.center.agentStatistics(PERIPHERAL, '1001')!;
    assert.equal(before.HandledCallsSession, 0);
    allowed(b.state('1001', 3));
    const after = b.center.agentStatistics(PERIPHERAL, '1001')!;
    for (const suffix of ['Session', 'Today']) {
      assert.equal(after[`HandledCalls${suffix}`], 1);
      assert.equal(after[`HandledCallsTalkTime${suffix}`], 60);
      assert.equal(after[`HandledCallsAfterCallTime${suffix}`], 15);
      assert.equal(after[`HandledCallsTime${suffix}`], 85);
      assert.equal(after[`IncomingCallsHeld${suffix}`], 1);
      assert.equal(after[`IncomingCallsHeldTime${suffix}`], 10);
    }
    assert.equal(b.center.skillGroupStatistics(PERIPHERAL, 10)!.HandledCallsToday, 1);
    assert.equal(b.center.skillGroupStatistics(PERIPHERAL, 20)!.HandledCallsToday, 0);
  });

  it('count outgoing, internal and supervised calls separately', () => {
    const b = new Bench();
    b.logIn('1001', '1002', '90001');
    const out = b.dials('2001', '912065550123');
    b.seconds(13.4);
    allowed(b.center.clearConnection(b.at(out, '2001')));
    const inside = b.dials('2001', '2002');
    allowed(b.center.answer(b.at(inside, '2002')));
    b.seconds(5);
    const barged = allowed(
      b.center.supervise({ peripheralId: PERIPHERAL, agentId: '1001', supervisorInstrument: '95001', action: 3 }),
    );
    b.seconds(5);
    for (const { deviceId } of b.center.call(PERIPHERAL, barged.connection.callId)!.connections.slice(1))
      allowed(b.center.clearConnection(b.at(barged.connection.callId, deviceId)));
    const caller = b.center.agentStatistics(PERIPHERAL, '1001')!;
    assert.equal(caller.AgentOutCallsSession, 1);
    assert.equal(caller.AgentOutCallsTalkTimeSession, 10);
    assert.equal(caller.InternalCallsSession, 1);
    assert.equal(caller.BargeInCallsSession, 0);
    assert.equal(b.center.agentStatistics(PERIPHERAL, '1002')!.InternalCallsRcvdSession, 1);
    assert.equal(b.center.agentStatistics(PERIPHERAL, '90001')!.BargeInCallsSession, 1);
  });

  it('show the current state of agents and queue', () => {
    const b = new Bench();
    b.talking('1001', '8001');
    b.ready('1002');
    b.logIn('1004');
    b.arrives('8001');
    b.seconds(12);
    const group = b.center.skillGroupStatistics(PERIPHERAL, 10)!;
    assert.equal(group.AgentsLoggedOn, 2);
    assert.equal(group.AgentsTalkingIn, 1);
    assert.equal(group.AgentsNotReady, 1);
    assert.equal(group.AgentsReady, 1);
    assert.equal(group.RouterCallsQNow, 1);
    assert.equal(group.LongestRouterCallQNow, 12);
    const other = b.center.skillGroupStatistics(PERIPHERAL, 20)!;
    assert.equal(other.AgentsAvail, 1);
    assert.deepEqual(
      [other.AgentsTalkingIn, other.AgentsBusyOther],
      [0, 1],
      'talking for one group, busy for the other',
    );
  });

  it('measure the time in states, including the current one', () => {
    const b = new Bench();
    b.logIn('1001');
    b.seconds(100);
    allowed(b.state('1001', 3));
    b.seconds(50);
    const agent = b.center.agentStatistics(PERIPHERAL, '1001')!;
    assert.equal(agent.LoggedOnTimeSession, 150);
    assert.equal(agent.NotReadyTimeSession, 100);
    assert.equal(agent.AvailTimeSession, 50);
    assert.equal(b.center.skillGroupStatistics(PERIPHERAL, 10)!.AvailTimeTo5, 50);
    allowed(b.state('1001', 2));
    allowed(b.state('1001', 1));
    b.seconds(100);
    b.logIn('1001');
    assert.equal(b.center.agentStatistics(PERIPHERAL, '1001')!.LoggedOnTimeSession, 0, 'a new session');
    assert.equal(b.center.agentStatistics(PERIPHERAL, '1001')!.LoggedOnTimeToday, 150);
  });

  it('are reset every five minutes, half hour and day', () => {
    const start = Date.UTC(2026, 0, 5, 8, 0, 0);
    const counters = new IntervalCounters(5 * 60_000, start);
    counters.add('HandledCalls', 1, start + 1000);
    counters.addSpan('AvailTime', start, start + 200_000);
    assert.equal(counters.read('HandledCalls', start + 299_999), 1);
    assert.equal(counters.read('AvailTime', start + 299_999), 200);
    assert.equal(counters.read('HandledCalls', start + 300_000), 0);
    counters.addSpan('AvailTime', start + 200_000, start + 310_000);
    assert.equal(counters.read('AvailTime', start + 310_000), 10, 'only what lies in this period');
  });

  it('match the calls of a day', () => {
    const b = new Bench({ agents: 6 });
    new AutomaticAgents(b.center, b.clock, seededRandom(2)).start();
    const traffic = new Traffic(b.center, b.clock, seededRandom(3), trafficOf('gentle'));
    let answered = 0;
    let queued = 0;
    let talkMs = 0;
    const since = new Map<string, number>();
    b.center.listen((event) => {
      if (event.kind === 'callDequeued') queued++;
      if (event.kind === 'callEstablished' && event.connection.deviceId !== '7001') {
        answered++;
        since.set(`${event.callId}/${event.connection.deviceId}`, event.time);
      }
      if (event.kind === 'callEnd') {
        const at = since.get(`${event.callId}/${event.connection.deviceId}`);
        if (at !== undefined) talkMs += event.time - at;
      }
    });
    traffic.start();
    b.clock.advance(4 * 3_600_000);
    traffic.stop();
    b.clock.advance(600_000);
    assert.ok(answered > 500 && queued > 50, `${answered} answered, ${queued} queued`);
    const agents = [...b.center.agents()].map((each) => b.center.agentStatistics(PERIPHERAL, each.agentId)!);
    const groups = [10, 20, 30].map((number) => b.center.skillGroupStatistics(PERIPHERAL, number)!);
    const total = (list: typeof agents, name: string) => list.reduce((sum, each) => sum + each[name]!, 0);
    assert.equal(total(agents, 'HandledCallsToday'), answered);
    assert.equal(total(groups, 'HandledCallsToday'), answered);
    assert.equal(total(groups, 'CallsQToday'), queued);
    assert.ok(Math.abs(total(agents, 'HandledCallsTalkTimeToday') - talkMs / 1000) <= agents.length);
    for (const each of agents) {
      const shares = each.AvailTimeToday! + each.NotReadyTimeToday! + each.HandledCallsTimeToday!;
      assert.ok(shares <= each.LoggedOnTimeToday! + 1, 'no second is counted twice');
    }
    b.consistent();
  });

  it('keep the longest wait in a queue', () => {
    const b = new Bench();
    for (const seconds of [5, 40, 10]) {
      b.arrives('8001', { patienceMs: seconds * 1000 });
      b.seconds(60);
    }
    const group = b.center.skillGroupStatistics(PERIPHERAL, 10)!;
    assert.equal(group.CallsQToday, 3);
    assert.equal(group.CallsQTimeToday, 55);
    assert.equal(group.LongestCallQToday, 40);
  });
});
