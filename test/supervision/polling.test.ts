import assert from 'node:assert/strict';
import type { Session } from '../../src/cil/index.js';
import { defaultWorld } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';

const GROUPS = 600;

/** A contact center with 600 skill groups, and a wallboard that requests the statistics of all of them. */
class Wallboard {
  readonly bed: TestBed;
  session!: Session;
  /** The times of each group's reports, in seconds since `from`. */
  readonly told = new Map<number, number[]>();
  from = 0;
  /** Pending statistics queries, currently and at most. */
  onTheirWay = 0;
  most = 0;

  constructor() {
    const world = defaultWorld({ agents: 4 });
    const [first] = world.skillGroups;
    const skillGroups = Array.from({ length: GROUPS }, (_, index) => ({
      ...first!,
      number: 10 * (index + 1),
      id: 5_000 + 10 * (index + 1),
      name: `Group ${index + 1}`,
    }));
    this.bed = new TestBed({ world: { ...world, skillGroups } });
    this.#count();
  }

  #count(): void {
    const { link } = this.bed;
    const request = link.request.bind(link);
    link.request = (message, answerMs, ended) => {
      if (message.type !== 'QUERY_SKILL_GROUP_STATISTICS_REQ') return request(message, answerMs, ended);
      this.onTheirWay++;
      this.most = Math.max(this.most, this.onTheirWay);
      request(message, answerMs, (answer) => {
        this.onTheirWay--;
        ended(answer);
      });
    };
  }

  async open(): Promise<void> {
    await this.bed.open();
    this.session = this.bed.another();
    await this.bed.run(100);
    await this.bed.settle(this.session.setMessageFilter('FilterTarget=SkillGroupStats'), 1_000);
    this.session.subscribe('ISkillGroupEvents', ({ event, args }) => {
      if (event !== 'OnSkillGroupStatisticsUpdated') return;
      const times = this.told.get(args.SkillGroupNumber as number) ?? [];
      times.push((this.bed.clock.now() - this.from) / 1_000);
      this.told.set(args.SkillGroupNumber as number, times);
    });
    await this.bed.settle(this.session.enableSkillGroupStatistics(), 1_000);
  }

  /** Observes for this long. @returns the minimum and maximum number of reports per group, and the longest interval */
  async watch(seconds: number): Promise<{ fewest: number; most: number; longestWait: number }> {
    this.told.clear();
    this.most = this.onTheirWay;
    this.from = this.bed.clock.now();
    await this.bed.run(seconds * 1_000);
    assert.equal(this.told.size, GROUPS, 'every group is told of');
    const all = [...this.told.values()];
    const waits = all.flatMap((times) => times.slice(1).map((time, index) => time - times[index]!));
    return {
      fewest: Math.min(...all.map((times) => times.length)),
      most: Math.max(...all.map((times) => times.length)),
      longestWait: Math.max(...waits),
    };
  }

  async close(): Promise<void> {
    this.bed.simulator.run('slowConfirmations', { ms: 0 });
    await this.bed.settle(this.session.disconnect(), 3_000);
    await this.bed.close();
  }
}

describe('600 skill groups polled across all tiers', function () {
  this.timeout(60_000);
  let board: Wallboard;
  beforeEach(async () => {
    board = new Wallboard();
    await board.open();
  });
  afterEach(() => board.close());

  const slow = (ms: number) => board.bed.simulator.run('slowConfirmations', { ms });

  for (const [roundTripMs, atMost] of [
    [0, 8],
    [50, 8],
    [200, 26],
  ] as const) {
    it(`are reported every ten seconds at a round trip of ${roundTripMs} ms, with at most ${atMost} pending queries`, async () => {
      slow(roundTripMs);
      await board.bed.run(20_000);
      const { fewest, most, longestWait } = await board.watch(45);
      assert.ok(fewest >= 4 && most <= 5, `told of ${fewest} to ${most} times in 45 s`);
      assert.ok(longestWait <= 10.5, `${longestWait} s between two`);
      assert.ok(board.most <= atMost, `${board.most} on their way`);
    });
  }

  it('are reported evenly less often if the server takes two seconds for a response, without a backlog', async () => {
    slow(2_000);
    await board.bed.run(100_000);
    const { fewest, most, longestWait } = await board.watch(240);
    // 600 queries, 32 at a time, two seconds each: 38 s; followed by an equally long pause.
    assert.ok(fewest >= 3 && most - fewest <= 1, `told of ${fewest} to ${most} times in four minutes`);
    assert.ok(longestWait <= 80, `${longestWait} s between two`);
    assert.ok(board.most <= 32, `${board.most} on their way`);
  });

  it('are reported every ten seconds again as soon as the server recovers', async () => {
    slow(2_000);
    await board.bed.run(60_000);
    slow(0);
    await board.bed.run(60_000);
    const { fewest, longestWait } = await board.watch(31);
    assert.ok(fewest >= 3 && longestWait <= 10.5, `${fewest} times in 31 s, ${longestWait} s between two`);
  });

  it('do not delay others: a log-in during a cycle takes one round trip', async () => {
    slow(200);
    await board.bed.run(20_000);
    while (board.onTheirWay === 0) await board.bed.run(100);
    const began = board.bed.clock.now();
    let took: number | undefined;
    const asked = board.session.request('Login', {
      args: { AgentID: '1001', AgentInstrument: '2001', PeripheralID: 5000 },
      target: 'agent.5000.1001',
    });
    void asked.then(() => {
      took = board.bed.clock.now() - began;
    });
    await board.bed.settle(asked, 3_000);
    assert.ok(took !== undefined && took <= 250, `${took} ms`);
  });

  it('are no longer polled after the session that requested them has ended', async () => {
    await board.bed.settle(board.session.disableSkillGroupStatistics(), 1_000);
    board.told.clear();
    await board.bed.run(15_000);
    assert.equal(board.told.size, 0);
    assert.equal(board.onTheirWay, 0);
  });
});
