import assert from 'node:assert/strict';
import { seededRandom } from '../../src/common/random.js';
import { CommandError } from '../../src/simulator/index.js';
import { Stage } from '../recovery/stage.js';
import { AGENT_NAMES, agree, GROUP_NAMES } from './agree.js';
import { StatisticsOracle } from './statistics-oracle.js';

const AGENTS = ['1001', '1002', '1003', '1004', '1005', '1006'];
const SUPERVISOR = '90001';

/** What the hours have some of. */
const KINDS = [
  'HandledCalls',
  'AgentOutCalls',
  'PreviewCalls',
  'InternalCalls',
  'InternalCallsRcvd',
  'IncomingCallsHeld',
  'EmergencyCalls',
  'MonitorCalls',
  'BargeInCalls',
  'InterceptCalls',
];

/** An hour in which agents serve callers, and somebody does something else every few seconds. */
async function hour(seed: number) {
  const stage = new Stage({ agents: AGENTS.length, automatic: true, seed });
  const books = new StatisticsOracle();
  stage.simulator.center.listen(books.listen);
  await stage.simulator.start();
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!;
  const supervise = (agent: string, action: string) =>
    ['supervise', { supervisor: SUPERVISOR, agent, action }] as const;
  type Doing = readonly [command: string, args: Record<string, unknown>];
  /** What comes to an agent's mind, or the supervisor's: one thing, or two in a row. */
  const ideas: ((agent: string) => readonly Doing[])[] = [
    (agent) => [['hold', { agent }]],
    (agent) => [['retrieve', { agent }]],
    (agent) => [
      ['setAgentState', { agent, state: 'NotReady' }],
      ['makeCall', { agent, to: pick(['912065550123', '912065550123', '2001', '2004', '9998000']) }],
    ],
    (agent) => [['consult', { agent, to: pick(['2002', '2005', '8002']), for: 'transfer' }]],
    (agent) => [['reconnect', { agent }]],
    (agent) => [['transfer', { agent }]],
    (agent) => [['conference', { agent }]],
    () => [['answer', { agent: pick([...AGENTS, SUPERVISOR]) }]],
    () => [['hangUp', { agent: pick([...AGENTS, SUPERVISOR, SUPERVISOR]) }]],
    (agent) => [supervise(agent, pick(['monitor', 'bargeIn']))],
    (agent) => [supervise(agent, 'bargeIn'), supervise(agent, 'intercept')],
    (agent) => [supervise(agent, 'clear')],
    (agent) => [['assist', { agent }]],
    (agent) => [['emergency', { agent }]],
    (agent) => [['setAgentState', { agent, state: pick(['NotReady', 'Available', 'Available']) }]],
    (agent) => [
      ['offerPreview', { agent, to: '912065550177' }],
      ['setCallData', { agent, data: { BAResponse: 'Accept' } }],
    ],
    (agent) => [['logoutAgent', { agent, reason: 3 }]],
    (agent) => [['loginAgent', { agent }]],
  ];
  stage.simulator.run('startTraffic', { level: 'gentle' });
  for (let passed = 0; passed < 3_600_000; ) {
    const pause = 200 + Math.floor(random.next() * 6_000);
    stage.clock.advance(pause);
    passed += pause;
    for (const [command, args] of pick(ideas)(pick(AGENTS))) {
      try {
        stage.simulator.run(command as 'hold', args as never);
      } catch (error) {
        // Most of it is not possible at the moment.
        if (!(error instanceof CommandError)) throw error;
      }
    }
  }
  return { stage, books };
}

describe('statistics, after an hour of a contact center', function () {
  this.timeout(60_000);
  const seen = new Set<string>();

  for (const seed of [1, 2, 3]) {
    it(`are all 84 of each agent and all 145 of each group what the books say (seed ${seed})`, async () => {
      const { stage, books } = await hour(seed);
      for (const agent of [...AGENTS, SUPERVISOR]) {
        if (stage.simulator.center.agent(5000, agent)?.loggedIn === false) stage.simulator.run('loginAgent', { agent });
      }
      // A session comes and asks: what it is told is of this very moment.
      await stage.open();
      await stage.settle(stage.session.setMessageFilter(''), 1_777);
      const told = new Map<string, Record<string, number>>();
      stage.session.subscribe('AllInOne', ({ event, args, objectId }) => {
        if (event === 'OnAgentStatistics' || event === 'OnSkillGroupStatisticsUpdated') {
          told.set(objectId!, args.Statistics as Record<string, number>);
        }
      });
      for (const agent of stage.session.agents.values()) await stage.settle(agent.enableAgentStatistics(), 0);
      await stage.settle(stage.session.enableSkillGroupStatistics(), 0);
      await stage.run(0);
      const now = stage.clock.now();
      for (const agent of [...AGENTS, SUPERVISOR]) {
        agree(AGENT_NAMES, told.get(`agent.5000.${agent}`)!, books.ofAgent(agent, now), `agent ${agent}`);
      }
      for (const group of [10, 20, 30]) {
        agree(GROUP_NAMES, told.get(`skillgroup.5000.${group}`)!, books.ofGroup(group, now), `group ${group}`);
      }
      assert.equal(AGENT_NAMES.length + GROUP_NAMES.length, 84 + 145);
      for (const kind of books.seen) seen.add(kind);
      await stage.close();
    });
  }

  it('are about calls of every kind', () => {
    assert.deepEqual(
      KINDS.filter((kind) => !seen.has(kind)),
      [],
    );
  });
});
