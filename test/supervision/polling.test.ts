import assert from 'node:assert/strict';
import type { Session } from '../../src/cil/index.js';
import { defaultWorld } from '../../src/simulator/index.js';
import { Stage } from '../recovery/stage.js';

const GROUPS = 600;

/** A center of 600 skill groups, and a wallboard that wants the statistics of all of them. */
class Wallboard {
  readonly stage: Stage;
  session!: Session;
  /** When each group was told of, in seconds since `from`. */
  readonly told = new Map<number, number[]>();
  from = 0;
  /** Questions for statistics without an answer, now and at most. */
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
    this.stage = new Stage({ world: { ...world, skillGroups } });
    this.#count();
  }

  #count(): void {
    const { link } = this.stage;
    const request = link.request.bind(link);
    link.request = (message, ...more) => {
      if (message.type !== 'QUERY_SKILL_GROUP_STATISTICS_REQ') return request(message, ...more);
      this.onTheirWay++;
      this.most = Math.max(this.most, this.onTheirWay);
      const ended = () => {
        this.onTheirWay--;
      };
      const answer = request(message, ...more);
      answer.then(ended, ended);
      return answer;
    };
  }

  async open(): Promise<void> {
    await this.stage.open();
    this.session = this.stage.another();
    await this.stage.run(100);
    await this.stage.settle(this.session.setMessageFilter('FilterTarget=SkillGroupStats'), 1_000);
    this.session.subscribe('ISkillGroupEvents', ({ event, args }) => {
      if (event !== 'OnSkillGroupStatisticsUpdated') return;
      const times = this.told.get(args.SkillGroupNumber as number) ?? [];
      times.push((this.stage.clock.now() - this.from) / 1_000);
      this.told.set(args.SkillGroupNumber as number, times);
    });
    await this.stage.settle(this.session.enableSkillGroupStatistics(), 1_000);
  }

  /** Watches for so long, from now on. @returns how often each group was told of, fewest and most, and the longest wait */
  async watch(seconds: number): Promise<{ fewest: number; most: number; longestWait: number }> {
    this.told.clear();
    this.most = this.onTheirWay;
    this.from = this.stage.clock.now();
    await this.stage.run(seconds * 1_000);
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
    this.stage.simulator.run('slowConfirmations', { ms: 0 });
    await this.stage.settle(this.session.disconnect(), 3_000);
    await this.stage.close();
  }
}

describe('600 skill groups polled through all tiers', function () {
  this.timeout(60_000);
  let board: Wallboard;
  beforeEach(async () => {
    board = new Wallboard();
    await board.open();
  });
  afterEach(() => board.close());

  const slow = (ms: number) => board.stage.simulator.run('slowConfirmations', { ms });

  for (const [roundTripMs, atMost] of [
    [0, 8],
    [50, 8],
    [200, 26],
  ] as const) {
    it(`keep their ten seconds at a round trip of ${roundTripMs} ms, with ${atMost} questions on their way at most`, async () => {
      slow(roundTripMs);
      await board.stage.run(20_000);
      const { fewest, most, longestWait } = await board.watch(45);
      assert.ok(fewest >= 4 && most <= 5, `told of ${fewest} to ${most} times in 45 s`);
      assert.ok(longestWait <= 10.5, `${longestWait} s between two`);
      assert.ok(board.most <= atMost, `${board.most} on their way`);
    });
  }

  it('slow down, evenly, at a server that takes two seconds for an answer, and never queue up', async () => {
    slow(2_000);
    await board.stage.run(100_000);
    const { fewest, most, longestWait } = await board.watch(240);
    // 600 questions, 32 at a time, two seconds each: 38 s; and as long a rest after it.
    assert.ok(fewest >= 3 && most - fewest <= 1, `told of ${fewest} to ${most} times in four minutes`);
    assert.ok(longestWait <= 80, `${longestWait} s between two`);
    assert.ok(board.most <= 32, `${board.most} on their way`);
  });

  it('are back at their ten seconds as soon as the server is', async () => {
    slow(2_000);
    await board.stage.run(60_000);
    slow(0);
    await board.stage.run(60_000);
    const { fewest, longestWait } = await board.watch(31);
    assert.ok(fewest >= 3 && longestWait <= 10.5, `${fewest} times in 31 s, ${longestWait} s between two`);
  });

  it('keep nobody else waiting: a log-in in the midst of a turn takes one round trip', async () => {
    slow(200);
    await board.stage.run(20_000);
    while (board.onTheirWay === 0) await board.stage.run(100);
    const began = board.stage.clock.now();
    let took: number | undefined;
    const asked = board.session.request('Login', {
      args: { AgentID: '1001', AgentInstrument: '2001', PeripheralID: 5000 },
      target: 'agent.5000.1001',
    });
    void asked.then(() => {
      took = board.stage.clock.now() - began;
    });
    await board.stage.settle(asked, 3_000);
    assert.ok(took !== undefined && took <= 250, `${took} ms`);
  });

  it('end with the session that wanted them', async () => {
    await board.stage.settle(board.session.disableSkillGroupStatistics(), 1_000);
    board.told.clear();
    await board.stage.run(15_000);
    assert.equal(board.told.size, 0);
    assert.equal(board.onTheirWay, 0);
  });
});
