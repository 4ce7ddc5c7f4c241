/** A chaos run: random steps from a seed, executed in order, with a check of the state from time to time. */

import type { SiteProfileName } from '../../src/simulator/index.js';
import type { TestBedObserver } from '../support/test-bed.js';
import { ChaosWorld } from './chaos-world.js';
import { deskAsks, filterChanges } from './desks.js';
import { Dice } from './dice.js';
import { faults } from './faults.js';
import { agentMovesOn, callerHangsUp, callerRings, monkey, phoneIsUsed } from './people.js';
import { compare, examine } from './state-checker.js';

export interface Step {
  /** A name of {@link actions}, `check` or `shutdown`. */
  readonly action: string;
  /** Seed for the random choices within the step. */
  readonly seed: number;
  /** Milliseconds that pass after the step; with 0, the next step follows before any part has reacted. */
  readonly wait: number;
}

export interface Plan {
  readonly seed: number;
  /** Version 23 has no standby session. */
  readonly protocolVersion: 23 | 25;
  readonly steps: readonly Step[];
  /** How the site behaves. */
  readonly profile?: SiteProfileName;
}

/** Without faults, no event may be lost. With faults, each loss must be reported. */
export type FaultLevel = 'calm' | 'rough';

type Action = (world: ChaosWorld, dice: Dice) => void | Promise<void>;

const actions: Readonly<Record<string, Action>> = {
  callerRings,
  callerHangsUp,
  agentMovesOn,
  phoneIsUsed,
  monkey,
  deskAsks,
  filterChanges,
  ...faults,
};

/** Actions of callers, agents and desktops, and their frequencies. */
const WEIGHTED_ACTIONS = [
  { action: 'callerRings', weight: 12 },
  { action: 'callerHangsUp', weight: 3 },
  { action: 'agentMovesOn', weight: 15 },
  { action: 'phoneIsUsed', weight: 25 },
  { action: 'deskAsks', weight: 30 },
  { action: 'filterChanges', weight: 1 },
  { action: 'monkey', weight: 3 },
] as const;

const STEPS_PER_CHECK = 40;
/** Longer than the longest reconnect delay, and than any request or ringing phone lasts. */
const QUIET_MS = 300_000;

export function plan(seed: number, count: number, faultLevel: FaultLevel, profile: SiteProfileName = 'standard'): Plan {
  const dice = new Dice(seed);
  const names = Object.keys(faults);
  const candidates = WEIGHTED_ACTIONS.filter(({ action }) => faultLevel === 'rough' || action !== 'monkey');
  const steps: Step[] = [];
  for (let n = 1; n <= count; n++) {
    const action = faultLevel === 'rough' && dice.chance(0.06) ? dice.pick(names) : dice.weighted(candidates).action;
    const wait = dice.pick([0, 0, 1, 5, 50, 200, 1_000, 1_000, 5_000, 20_000]);
    steps.push({ action: n % STEPS_PER_CHECK === 0 ? 'check' : action, seed: dice.below(1e9), wait });
  }
  steps.push({ action: 'shutdown', seed: 0, wait: 0 });
  return { seed, protocolVersion: dice.chance(0.6) ? 23 : 25, steps, profile };
}

export interface Outcome {
  /** The steps up to and including the one after which a check failed; all steps if none failed. */
  readonly played: number;
  readonly problems: readonly string[];
  readonly world: ChaosWorld;
}

/** @param observer receives the messages below and above the first object server */
export async function play(
  { seed, protocolVersion, steps, profile }: Plan,
  observer?: TestBedObserver,
): Promise<Outcome> {
  const world = new ChaosWorld(seed, protocolVersion, profile, observer);
  await world.open();
  let played = 0;
  let problems: string[] = [];
  try {
    for (const step of steps) {
      played++;
      if (step.action === 'check') problems = await check(world);
      else if (step.action === 'shutdown') problems = await shutdown(world);
      else await actions[step.action]!(world, new Dice(step.seed));
      if (problems.length > 0) break;
      if (step.wait > 0) await world.bed.run(step.wait);
    }
  } catch (error) {
    problems.push(`thrown: ${error instanceof Error ? error.stack : String(error)}`);
  }
  if (problems.length === 0) await world.close();
  return { played, problems, world };
}

/** Ends all faults. Once everything is idle, every session must have the actual state, including a new session. */
async function check(world: ChaosWorld): Promise<string[]> {
  await world.repair();
  await world.bed.run(QUIET_MS);
  const problems = examine(world);
  if (problems.length > 0) return problems;
  for (const old of world.actors.filter(({ role }) => role === 'everything' || role === 'agent')) {
    await world.enter({ ...old, name: 'newcomer', access: 'in process' });
    const fresh = world.actors.pop()!;
    problems.push(...compare(old, fresh));
    await world.bed.settle(fresh.session.disconnect(), 100);
  }
  return problems;
}

/** Ends all calls and logs all agents out: no object may remain. */
async function shutdown(world: ChaosWorld): Promise<string[]> {
  const { bed } = world;
  await world.repair();
  await bed.run(QUIET_MS);
  bed.hangUpAll();
  await bed.run(QUIET_MS);
  for (const agent of bed.simulator.center.agents()) {
    if (agent.loggedIn) bed.simulator.run('logoutAgent', { agent: agent.agentId });
  }
  await bed.run(QUIET_MS);
  const problems = examine(world);
  for (const { name, session } of world.actors) {
    if (session.calls.size > 0) problems.push(`${name} still has ${[...session.calls.keys()]}`);
  }
  if (world.openPops > 0) problems.push(`${world.openPops} screens are still open`);
  await world.disconnectAll();
  if (bed.clock.pending > world.initialTimers)
    problems.push(`${bed.clock.pending} timers, ${world.initialTimers} at the start`);
  return problems;
}
