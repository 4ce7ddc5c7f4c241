import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { seededRandom } from '../../../src/common/random.js';
import { checkInvariants, EventAuditor } from '../../../src/simulator/model/invariants.js';
import { AutomaticAgents, gentleAgents } from '../../../src/simulator/model/site/automatic-agents.js';
import { lineOf, Monkey } from './random-actions.js';
import { Bench, type BenchOptions, PERIPHERAL } from './support.js';

interface Frolic {
  seed: number;
  actions: number;
  /** Mean time between two actions, in seconds. */
  pace?: number;
  /** The number of actions between checks of the invariants. */
  checkEvery?: number;
  bench?: BenchOptions;
}

/** Runs random actions on a contact center in which half of the agents act automatically. */
function frolic({ seed, actions, pace = 2, checkEvery = 1, bench: options = {} }: Frolic) {
  const bench = new Bench({ agents: 8, ...options });
  const { center, clock } = bench;
  const auditor = new EventAuditor();
  const digest = createHash('sha256');
  center.listen((event) => {
    auditor.hear(event);
    digest.update(lineOf(event));
    bench.events.length = 0;
  });
  const random = seededRandom(seed);
  const leaveAlone = (_: number, agentId: string) => Number(agentId) % 2 === 1;
  const automatic = new AutomaticAgents(center, clock, seededRandom(seed + 1), { ...gentleAgents, leaveAlone });
  automatic.start();
  const monkey = new Monkey(center, clock, random);
  const check = (when: string) => {
    const problems = [...checkInvariants(center), ...auditor.problems, ...auditor.untold(center)];
    if (problems.length > 0) assert.fail(`${when}, seed ${seed}: ${problems.join('; ')}`);
  };
  for (let count = 1; count <= actions; count++) {
    monkey.act();
    clock.advance(random.next() * 2000 * pace);
    if (count % checkEvery === 0) check(`after ${count} actions`);
  }
  automatic.stop();
  // Ends all calls and logs all agents out.
  for (const call of [...center.calls()])
    for (const { deviceId } of call.connections) center.hangUp(PERIPHERAL, call.callId, deviceId);
  clock.advance(600_000);
  check('at the end');
  return { digest: digest.digest('hex'), auditor, monkey, center };
}

describe('a contact center with random actions', () => {
  const worlds: Record<string, BenchOptions> = {
    'as it is shipped': {},
    'with wrap-up data, automatic answer and blind conferences': {
      desk: {
        wrapupIncoming: 'requiredWithData',
        wrapupOutgoing: 'required',
        autoAnswer: true,
        logoutNonActivityTime: 200,
        assistCallMethod: 'blindConference',
      },
    },
    'on another ACD': {
      world: (config) => ({ ...config, peripherals: config.peripherals.map((each) => ({ ...each, type: 5 })) }),
      switch: { multipleControllers: false, stateAskedWhileTalking: 'refused' },
    },
  };
  for (const [name, bench] of Object.entries(worlds))
    it(`keeps its invariants ${name}`, () => {
      const { monkey, auditor } = frolic({ seed: 5, actions: 1200, bench });
      assert.ok(
        monkey.accepted > 200 && monkey.refused > 200,
        `${monkey.accepted} accepted, ${monkey.refused} refused`,
      );
      assert.ok(auditor.begun > 100, `${auditor.begun} connections`);
    });

  it('keeps its invariants for a week, and ends every connection it began', () => {
    const { monkey, auditor, center } = frolic({ seed: 11, actions: 6000, pace: 101, checkEvery: 25 });
    assert.equal(auditor.open, 0);
    assert.equal(auditor.ended, auditor.begun);
    assert.equal(center.callsInProgress(PERIPHERAL), 0);
    assert.ok(monkey.acceptedActions.size >= 30, `only ${[...monkey.acceptedActions].join(', ')}`);
  });

  it('emits the same events for the same seed, and others for another seed', () => {
    const once = frolic({ seed: 21, actions: 400, checkEvery: 400 });
    const again = frolic({ seed: 21, actions: 400, checkEvery: 400 });
    const other = frolic({ seed: 22, actions: 400, checkEvery: 400 });
    assert.equal(again.digest, once.digest);
    assert.notEqual(other.digest, once.digest);
  });
});
