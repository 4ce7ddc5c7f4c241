import assert from 'node:assert/strict';
import { seededRandom } from '../../src/common/random.js';
import { CommandError } from '../../src/simulator/index.js';
import { TestBed } from '../support/test-bed.js';
import { AGENT_NAMES, agree, GROUP_NAMES } from './agree.js';
import { StatisticsOracle } from './statistics-oracle.js';

const AGENTS = ['1001', '1002', '1003', '1004', '1005', '1006'];
const SUPERVISOR = '90001';

/** Kinds of events that the hours must include. */
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

/** An hour in which agents serve callers, with a random action every few seconds. */
async function hour(seed: number) {
  const bed = new TestBed({ agents: AGENTS.length, automatic: true, seed });
  const books = new StatisticsOracle();
  bed.simulator.center.listen(books.listen);
  await bed.simulator.start();
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!;
  const supervise = (agent: string, action: string) =>
    ['supervise', { supervisor: SUPERVISOR, agent, action }] as const;
  type Doing = readonly [command: string, args: Record<string, unknown>];
  /** A random action of an agent or the supervisor: one step, or two in a row. */
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
  bed.simulator.run('startTraffic', { level: 'gentle' });
  for (let passed = 0; passed < 3_600_000; ) {
    const pause = 200 + Math.floor(random.next() * 6_000);
    bed.clock.advance(pause);
    passed += pause;
    for (const [command, args] of pick(ideas)(pick(AGENTS))) {
      try {
        bed.simulator.run(command as 'hold', args as never);
      } catch (error) {
        // Most actions are not possible at the moment.
        if (!(error instanceof CommandError)) throw error;
      }
    }
  }
  return { bed, books };
}

describe('statistics, after an hour of a contact center', function () {
  this.timeout(60_000);
  const seen = new Set<string>();

  for (const seed of [1, 2, 3]) {
    it(`are as expected for all 84 of each agent and all 145 of each group (seed ${seed})`, async () => {
      const { bed, books } = await hour(seed);
      for (const agent of [...AGENTS, SUPERVISOR]) {
        if (bed.simulator.center.agent(5000, agent)?.loggedIn === false) bed.simulator.run('loginAgent', { agent });
      }
      // A new session requests statistics and receives the current ones.
      await bed.open();
      await bed.settle(bed.session.setMessageFilter(''), 1_777);
      const told = new Map<string, Record<string, number>>();
      bed.session.subscribe('AllInOne', ({ event, args, objectId }) => {
        if (event === 'OnAgentStatistics' || event === 'OnSkillGroupStatisticsUpdated') {
          told.set(objectId!, args.Statistics as Record<string, number>);
        }
      });
      for (const agent of bed.session.agents.values()) await bed.settle(agent.enableAgentStatistics(), 0);
      await bed.settle(bed.session.enableSkillGroupStatistics(), 0);
      await bed.run(0);
      const now = bed.clock.now();
      for (const agent of [...AGENTS, SUPERVISOR]) {
        agree(AGENT_NAMES, told.get(`agent.5000.${agent}`)!, books.ofAgent(agent, now), `agent ${agent}`);
      }
      for (const group of [10, 20, 30]) {
        agree(GROUP_NAMES, told.get(`skillgroup.5000.${group}`)!, books.ofGroup(group, now), `group ${group}`);
      }
      assert.equal(AGENT_NAMES.length + GROUP_NAMES.length, 84 + 145);
      for (const kind of books.seen) seen.add(kind);
      await bed.close();
    });
  }

  it('cover calls of every kind', () => {
    assert.deepEqual(
      KINDS.filter((kind) => !seen.has(kind)),
      [],
    );
  });
});
