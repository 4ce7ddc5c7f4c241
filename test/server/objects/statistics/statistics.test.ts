import assert from 'node:assert/strict';
import type { Args } from '../../../../src/ctios/index.js';
import type { MessageOf } from '../../../../src/ged188/index.js';
import type { ObjectServerRequester } from '../../../../src/server/index.js';
import { agentState, begin, Center, end, P } from '../center.js';
import { settled } from '../scripted-link.js';

const WALLBOARD: ObjectServerRequester = { clientId: 'wallboard', mode: 'monitor' };

async function withStatistics(settings = {}): Promise<Center> {
  const center = await Center.withAgent(settings);
  center.link.answer('QUERY_AGENT_STATISTICS_REQ', (m: MessageOf<'QUERY_AGENT_STATISTICS_REQ'>) => ({
    type: 'QUERY_AGENT_STATISTICS_CONF',
    PeripheralID: P,
    AgentID: m.AgentID,
    HandledCallsToday: 4,
    HandledCallsTalkTimeToday: 100,
    HandledCallsTimeToday: 120,
    AgentOutCallsToday: 1,
    AgentOutCallsTalkTimeToday: 25,
    AgentOutCallsTimeToday: 0xffffffff,
  }));
  center.link.answer('QUERY_SKILL_GROUP_STATISTICS_REQ', (m: MessageOf<'QUERY_SKILL_GROUP_STATISTICS_REQ'>) => ({
    type: 'QUERY_SKILL_GROUP_STATISTICS_CONF',
    PeripheralID: P,
    SkillGroupNumber: m.SkillGroupNumber,
    SkillGroupID: m.SkillGroupID,
    RouterCallsQNow: 3,
    CallsQNow: 2,
    CallsQTimeNow: 9,
    LongestCallQNow: 0xffffffff,
  }));
  return center;
}

async function pass(center: Center, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    center.clock.advance(1_000);
    await settled();
  }
}

const count = (center: Center, event: string) => center.names().filter((name) => name === event).length;

describe('agent statistics', () => {
  it('are sent immediately, and then when a call ends', async () => {
    const center = await withStatistics();
    assert.equal((await center.request('EnableAgentStatistics', 'agent.5000.1001')).outcome, 'confirmed');
    await settled();
    assert.equal(count(center, 'OnAgentStatistics'), 1);
    await pass(center, 60);
    assert.equal(count(center, 'OnAgentStatistics'), 1);
    center.tell(begin(7, '2001'), end(7, '2001'));
    await settled();
    assert.equal(count(center, 'OnAgentStatistics'), 2);
  });

  it('are sent when wrap-up has ended, because its time counts only then', async () => {
    const center = await withStatistics();
    await center.request('EnableAgentStatistics', 'agent.5000.1001');
    center.tell(agentState('1001', '2001', 6));
    await settled();
    const before = count(center, 'OnAgentStatistics');
    center.tell(agentState('1001', '2001', 3));
    await settled();
    assert.equal(count(center, 'OnAgentStatistics'), before + 1);
  });

  it('are nested, without unknown values, with averages added', async () => {
    const center = await withStatistics();
    await center.request('EnableAgentStatistics', 'agent.5000.1001');
    await settled();
    const { args } = center.last('OnAgentStatistics');
    const statistics = args.Statistics as Args;
    assert.equal(args.AgentID, '1001');
    assert.equal(statistics.HandledCallsToday, 4);
    assert.equal(statistics.AgentOutCallsTimeToday, undefined, 'unknown');
    assert.equal(statistics.CallsHandledToday, 5);
    assert.equal(statistics.AvgTalkTimeToday, 25);
    assert.equal(statistics.AvgHandleTimeToday, undefined, 'a part of it is unknown');
  });

  it('contain only the columns configured by the site', async () => {
    const center = await withStatistics({ agentStatisticsColumns: ['AvgTalkTimeToday', 'Nonsense'] });
    await center.request('EnableAgentStatistics', 'agent.5000.1001');
    await settled();
    assert.deepEqual(center.last('OnAgentStatistics').args.Statistics, { AvgTalkTimeToday: 25 });
  });

  it('are sent periodically if the site is configured so, until they are disabled', async () => {
    const center = await withStatistics({ pollForAgentStatsAtEndCall: false, agentPollingIntervalSec: 15 });
    await center.request('EnableAgentStatistics', 'agent.5000.1001');
    await pass(center, 45);
    assert.equal(count(center, 'OnAgentStatistics'), 4);
    await center.request('DisableAgentStatistics', 'agent.5000.1001');
    await pass(center, 60);
    assert.equal(count(center, 'OnAgentStatistics'), 4);
    assert.equal(center.clock.pending, 0, 'no timer is left');
  });

  it('are rejected for an agent who is not logged in', async () => {
    const center = await withStatistics();
    const { failure } = await center.request('EnableAgentStatistics', undefined, { AgentID: '1002' });
    assert.equal(failure?.code, 'CTIOS_AGENT_NOT_LOGGED_IN');
  });
});

describe('skill group statistics', () => {
  it('are sent every ten seconds, as long as a client has subscribed', async () => {
    const center = await withStatistics();
    const about = { SkillGroupNumber: 10, PeripheralID: P };
    await center.request('EnableSkillGroupStatistics', undefined, about, WALLBOARD);
    await center.request('EnableSkillGroupStatistics', undefined, about, { clientId: 'second', mode: 'monitor' });
    await pass(center, 31);
    assert.equal(count(center, 'OnSkillGroupStatisticsUpdated'), 4, 'once each time, whoever many want it');
    const { args, to } = center.last('OnSkillGroupStatisticsUpdated');
    assert.deepEqual(to, {});
    assert.equal(args.FilterTarget, 'SkillGroupStats');
    const statistics = args.Statistics as Args;
    assert.equal(statistics.RouterCallsQNow, 3);
    assert.equal(statistics.AvgCallsQTimeNow, 4.5);
    assert.equal(statistics.LongestCallQNow, undefined);
    center.server.release('wallboard');
    await pass(center, 10);
    assert.equal(count(center, 'OnSkillGroupStatisticsUpdated'), 5);
    center.server.release('second');
    await pass(center, 60);
    assert.equal(count(center, 'OnSkillGroupStatisticsUpdated'), 5);
    assert.equal(center.clock.pending, 0);
  });

  it('include every known group if none is named', async () => {
    const center = await withStatistics();
    center.tell({
      type: 'CONFIG_SKILL_GROUP_EVENT',
      Records: [10, 20].map((PeripheralNumber) => ({
        RecordType: 0,
        FltPeripheralID: P,
        PeripheralNumber,
        PeripheralName: `Group ${PeripheralNumber}`,
      })),
    });
    await center.request('EnableSkillGroupStatistics', undefined, {}, WALLBOARD);
    await pass(center, 1);
    const groups = center.published
      .filter(({ event }) => event === 'OnSkillGroupStatisticsUpdated')
      .map(({ args }) => args.SkillGroupNumber);
    assert.deepEqual(groups, [10, 20]);
    assert.equal(center.last('OnSkillInfoEvent').args.SkillGroupName, 'Group 20');
  });

  it('never start a cycle before the last one has ended, however slow the responses and many the groups', async () => {
    const center = await withStatistics();
    center.link.answer('QUERY_SKILL_GROUP_STATISTICS_REQ', undefined);
    const numbers = Array.from({ length: 600 }, (_, index) => index + 1);
    for (const SkillGroupNumber of numbers) {
      await center.request('EnableSkillGroupStatistics', undefined, { SkillGroupNumber }, WALLBOARD);
    }
    const asked = () => center.link.sentOf('QUERY_SKILL_GROUP_STATISTICS_REQ').length;
    const answer = () =>
      center.link.settle('QUERY_SKILL_GROUP_STATISTICS_REQ', {
        type: 'QUERY_SKILL_GROUP_STATISTICS_CONF',
        PeripheralID: P,
        SkillGroupNumber: 1,
      });
    await pass(center, 30);
    const first = asked();
    assert.ok(first > 0 && first <= 16, `${first} on their way`);
    let answered = 0;
    while (asked() > answered) {
      answer();
      answered++;
      await settled();
    }
    // A cycle has queried each group once or twice (a cycle may have been in progress while groups were added).
    assert.ok(answered >= 600 && answered <= 1200, String(answered));
    const before = asked();
    await pass(center, 5);
    assert.equal(asked(), before, 'it rests as long as the turn has taken');
  });

  for (const disableMonitorModeStatsMinimization of [false, true]) {
    it(`are the columns of the site on desktops, ${disableMonitorModeStatsMinimization ? 'but complete' : 'and'} in monitor mode`, async () => {
      const center = await withStatistics({
        skillGroupStatisticsColumns: ['RouterCallsQNow', 'Nonsense'],
        disableMonitorModeStatsMinimization,
      });
      await center.request('EnableSkillGroupStatistics', undefined, { SkillGroupNumber: 10 }, WALLBOARD);
      await pass(center, 1);
      const told = center.published.filter(({ event }) => event === 'OnSkillGroupStatisticsUpdated');
      const forMonitors = told.filter(({ to }) => to.agentModeOnly !== true);
      assert.equal(forMonitors.length, 1);
      const { CallsQNow, RouterCallsQNow } = forMonitors[0]!.args.Statistics as Args;
      assert.deepEqual([RouterCallsQNow, CallsQNow], [3, disableMonitorModeStatsMinimization ? 2 : undefined]);
      for (const { to, args } of told) if (to.agentModeOnly) assert.deepEqual(args.Statistics, { RouterCallsQNow: 3 });
    });
  }

  it('pause with the link and continue with it', async () => {
    const center = await withStatistics();
    await center.request('EnableSkillGroupStatistics', undefined, { SkillGroupNumber: 10 }, WALLBOARD);
    await pass(center, 1);
    center.link.disconnect();
    await pass(center, 60);
    assert.equal(count(center, 'OnSkillGroupStatisticsUpdated'), 1);
    center.link.connect();
    await pass(center, 1);
    assert.equal(count(center, 'OnSkillGroupStatisticsUpdated'), 2);
  });
});
