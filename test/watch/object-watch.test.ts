import { deepEqual, equal } from 'node:assert/strict';
import type { Args } from '../../src/ctios/index.js';
import { ObjectWatch, type WatchedRecord, type WatchReport, type WatchRule } from '../../src/watch/index.js';
import { SessionHarness } from '../cil/helpers.js';

const AGENT = 'agent.5000.1001';
const WHO = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
const CALL = 'call.5000.17.2001';
const GROUP = { PeripheralID: 5000, SkillGroupNumber: 3 };
const AVAILABLE = 3;
const WRAP_UP = 5;

const stateRule = (kind: 'agent' | 'call', key: string, wanted: number): WatchRule => ({
  kind,
  holds: (record) => record[key] === wanted,
  ends: (record) => record[key] !== wanted,
  forMs: 90_000,
  endMs: 0,
  keywords: [key],
});
const WRAPPING_UP = stateRule('agent', 'AgentState', WRAP_UP);
const ON_HOLD = stateRule('call', 'CallStatus', 4);
const queued = ({ CallsQNow }: WatchedRecord): number => Number(CallsQNow);
/** More than ten for 30 s, until there are fewer than five. */
const QUEUE: WatchRule = {
  kind: 'skillgroup',
  holds: (record) => queued(record) > 10,
  ends: (record) => queued(record) < 5,
  forMs: 30_000,
  endMs: 0,
  keywords: ['CallsQNow'],
};

class Watched {
  readonly reports: WatchReport[] = [];
  readonly watch: ObjectWatch;
  end: () => void;

  constructor(
    readonly harness: SessionHarness,
    rule: WatchRule,
  ) {
    this.watch = new ObjectWatch(harness.session, rule, harness.clock);
    this.end = this.listen();
  }

  static async open(rule: WatchRule, sides: 1 | 2 = 1): Promise<Watched> {
    return new Watched(await new SessionHarness(sides).monitoring(), rule);
  }

  listen(): () => void {
    return this.watch.attach((report) => this.reports.push(report));
  }

  state(AgentState: number, more: Args = {}): Promise<void> {
    return this.harness.event('OnAgentStateChange', { ...WHO, AgentState, ...more });
  }

  waiting(CallsQNow: number): Promise<void> {
    return this.harness.event('OnSkillGroupStatisticsUpdated', { ...GROUP, Statistics: { CallsQNow } });
  }

  /** Loses the link to side A; side B then reports the agent in this state. */
  async failOver(AgentState: number): Promise<void> {
    const { harness } = this;
    harness.b.establishModes([{ event: 'OnQueryAgentStateConf', args: { ...WHO, AgentState } }]);
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.settle();
  }

  /** The reports, with their durations in seconds. */
  get said(): (string | number)[][] {
    return this.reports.map(({ what, seconds, atLeast }) => [what, seconds, ...(atLeast ? ['at least'] : [])]);
  }
}

describe('A condition that lasts', () => {
  it('is reported after its duration and when it ends, once each', async () => {
    const watched = await Watched.open(WRAPPING_UP);
    await watched.state(WRAP_UP);
    const began = watched.harness.clock.now();
    await watched.harness.advance(50_000);
    await watched.state(WRAP_UP, { EventReasonCode: 7 });
    await watched.harness.advance(39_999);
    deepEqual(watched.said, []);
    deepEqual(watched.watch.view, { active: 0, pending: 1, known: true });
    await watched.harness.advance(1);
    const { record, ...report } = watched.reports.at(0)!;
    equal(record.AgentID, '1001');
    deepEqual(report, {
      what: 'began',
      kind: 'agent',
      id: AGENT,
      time: began + 90_000,
      since: began,
      seconds: 90,
      values: { AgentState: WRAP_UP },
    });
    deepEqual(watched.watch.view, { active: 1, pending: 0, known: true });
    await watched.harness.advance(10_000);
    await watched.state(WRAP_UP, { EventReasonCode: 8 });
    await watched.state(AVAILABLE);
    await watched.state(AVAILABLE, { EventReasonCode: 1 });
    deepEqual(watched.said, [
      ['began', 90],
      ['ended', 100],
    ]);
    equal(watched.reports.at(1)?.reason, 'condition');
    deepEqual(watched.watch.view, { active: 0, pending: 0, known: true });
  });

  it('is not reported if it ends early, and starts again', async () => {
    const watched = await Watched.open(WRAPPING_UP);
    await watched.state(WRAP_UP);
    await watched.harness.advance(60_000);
    await watched.state(AVAILABLE);
    await watched.harness.advance(10_000);
    await watched.state(WRAP_UP);
    await watched.harness.advance(89_999);
    deepEqual(watched.said, []);
    await watched.harness.advance(1);
    deepEqual(watched.said, [['began', 90]]);
  });

  it('counts from the time reported by the switch, even if it is reported later', async () => {
    const watched = await Watched.open(WRAPPING_UP);
    await watched.state(WRAP_UP, { StateDuration: 80 });
    await watched.harness.advance(10_000);
    await watched.state(AVAILABLE);
    await watched.state(WRAP_UP);
    await watched.harness.advance(10_000);
    await watched.state(WRAP_UP, { StateDuration: 85 });
    await watched.harness.advance(5_000);
    deepEqual(watched.said, [
      ['began', 90],
      ['ended', 90],
      ['began', 90],
    ]);
  });

  it('counts immediately if it holds when the watch starts', async () => {
    const harness = await new SessionHarness(1).monitoring();
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: WRAP_UP, StateDuration: 200 });
    const watched = new Watched(harness, WRAPPING_UP);
    deepEqual(watched.said, [['began', 200]]);
  });

  it('of a call ends with the call', async () => {
    const watched = await Watched.open(ON_HOLD);
    const { harness } = watched;
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 3 });
    await harness.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    await harness.advance(95_000);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL, CallStatus: 0 });
    deepEqual(watched.said, [
      ['began', 90],
      ['ended', 95],
    ]);
    equal(watched.reports.at(1)?.reason, 'gone');
    equal(watched.watch.view.active, 0);
  });

  it('of a call that ends early is not reported', async () => {
    const watched = await Watched.open(ON_HOLD);
    await watched.harness.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    await watched.harness.event('OnCallEnd', { UniqueObjectID: CALL, CallStatus: 0 });
    await watched.harness.advance(200_000);
    deepEqual(watched.said, []);
    equal(watched.watch.view.pending, 0);
  });

  it('of a skill group uses its statistics, and does not end between the two limits', async () => {
    const watched = await Watched.open(QUEUE);
    await watched.waiting(4);
    await watched.waiting(12);
    await watched.harness.advance(30_000);
    await watched.waiting(8);
    await watched.waiting(11);
    await watched.harness.advance(30_000);
    await watched.waiting(4);
    deepEqual(watched.said, [
      ['began', 30],
      ['ended', 60],
    ]);
    deepEqual(
      watched.reports.map(({ id, values }) => [id, values]),
      [
        ['skillgroup.5000.3', { CallsQNow: 12 }],
        ['skillgroup.5000.3', { CallsQNow: 4 }],
      ],
    );
  });

  it('ends only when the end condition has lasted, if required', async () => {
    const watched = await Watched.open({ ...QUEUE, endMs: 20_000 });
    await watched.waiting(1);
    await watched.waiting(12);
    await watched.harness.advance(30_000);
    await watched.waiting(4);
    await watched.harness.advance(15_000);
    await watched.waiting(6);
    await watched.harness.advance(60_000);
    await watched.waiting(3);
    await watched.harness.advance(19_999);
    deepEqual(watched.said, [['began', 30]]);
    await watched.harness.advance(1);
    deepEqual(watched.said, [
      ['began', 30],
      ['ended', 125],
    ]);
  });

  it('waits for a listener, and is not reported twice', async () => {
    const watched = await Watched.open(WRAPPING_UP);
    watched.end();
    await watched.state(WRAP_UP);
    await watched.harness.advance(100_000);
    deepEqual(watched.said, []);
    watched.end = watched.listen();
    deepEqual(watched.said, [['began', 90]]);
    watched.end();
    watched.listen();
    equal(watched.reports.length, 1);
  });

  it('is not reported after the watch has ended', async () => {
    const watched = await Watched.open(WRAPPING_UP);
    await watched.state(WRAP_UP);
    watched.watch.dispose();
    await watched.harness.advance(100_000);
    await watched.state(AVAILABLE);
    deepEqual(watched.said, []);
  });
});

describe('A condition that lasts, when the link is lost', () => {
  it('is not reported while the state is unknown, and then counts from the end of the gap', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    await watched.state(WRAP_UP);
    await watched.harness.advance(80_000);
    await watched.failOver(WRAP_UP);
    await watched.harness.advance(89_999);
    deepEqual(watched.said, []);
    await watched.harness.advance(1);
    deepEqual(watched.said, [['began', 90, 'at least']]);
  });

  it('counts from the time reported by the switch after the gap', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    await watched.state(WRAP_UP);
    await watched.harness.advance(60_000);
    await watched.failOver(WRAP_UP);
    await watched.harness.advance(10_000);
    watched.harness.b.connection.event('OnAgentStateChange', { ...WHO, AgentState: WRAP_UP, StateDuration: 70 });
    await watched.harness.settle();
    await watched.harness.advance(20_000);
    deepEqual(watched.said, [['began', 90]]);
  });

  it('is dropped if the agent is found in another state', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    await watched.state(WRAP_UP);
    await watched.harness.advance(80_000);
    await watched.failOver(AVAILABLE);
    await watched.harness.advance(200_000);
    deepEqual(watched.said, []);
    deepEqual(watched.watch.view, { active: 0, pending: 0, known: true });
  });

  it('ends if it was reported and the agent is found in another state', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    await watched.state(WRAP_UP);
    await watched.harness.advance(90_000);
    await watched.failOver(AVAILABLE);
    deepEqual(
      watched.reports.map(({ what }) => what),
      ['began', 'ended'],
    );
  });

  it('is not reported again if it was reported and still holds', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    await watched.state(WRAP_UP);
    await watched.harness.advance(90_000);
    await watched.failOver(WRAP_UP);
    await watched.harness.advance(200_000);
    deepEqual(watched.said, [['began', 90]]);
    equal(watched.watch.view.active, 1);
  });

  it('waits for the link, however long it takes', async () => {
    const watched = await Watched.open(WRAPPING_UP, 2);
    const { harness } = watched;
    await watched.state(WRAP_UP);
    await harness.advance(80_000);
    harness.a.behaviour = 'refuse';
    harness.b.behaviour = 'refuse';
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.advance(100_000);
    deepEqual(watched.said, []);
    deepEqual(watched.watch.view, { active: 0, pending: 1, known: false });
  });

  it('of a skill group waits for the next statistics', async () => {
    const watched = await Watched.open(QUEUE, 2);
    await watched.waiting(12);
    await watched.harness.advance(20_000);
    await watched.failOver(AVAILABLE);
    await watched.harness.advance(60_000);
    deepEqual(watched.said, []);
    equal(watched.watch.view.pending, 0);
    const Statistics = { CallsQNow: 12 };
    watched.harness.b.connection.event('OnSkillGroupStatisticsUpdated', { ...GROUP, Statistics });
    await watched.harness.settle();
    await watched.harness.advance(30_000);
    deepEqual(watched.said, [['began', 30, 'at least']]);
  });
});
