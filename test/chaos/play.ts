/** A chaos run: random steps from a seed, executed in order, with a check of the state from time to time. */

import type { SiteProfileName } from '../../src/simulator/index.js';
import type { TestBedObserver } from '../support/test-bed.js';
import { ChaosWorld } from './chaos-world.js';
import { deskAsks, filterChanges } from './desks.js';
import { Dice } from './dice.js';
import { agentMovesOn, callerHangsUp, callerRings, monkey, phoneIsUsed } from './people.js';
import { compare, examine } from './state-checker.js';
import { troubles } from './troubles.js';

export interface Step {
  /** A name of {@link acts}. */
  readonly act: string;
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
export type Weather = 'calm' | 'rough';

type Act = (town: ChaosWorld, dice: Dice) => void | Promise<void>;

const acts: Readonly<Record<string, Act>> = {
  callerRings,
  callerHangsUp,
  agentMovesOn,
  phoneIsUsed,
  monkey,
  deskAsks,
  filterChanges,
  ...troubles,
};

const LIFE = [
  { act: 'callerRings', weight: 12 },
  { act: 'callerHangsUp', weight: 3 },
  { act: 'agentMovesOn', weight: 15 },
  { act: 'phoneIsUsed', weight: 25 },
  { act: 'deskAsks', weight: 30 },
  { act: 'filterChanges', weight: 1 },
  { act: 'monkey', weight: 3 },
] as const;

const EVERY_SO_MANY = 40;
/** Longer than the longest reconnect delay, and than any request or ringing phone lasts. */
const QUIET_MS = 300_000;

export function plan(seed: number, count: number, weather: Weather, profile: SiteProfileName = 'standard'): Plan {
  const dice = new Dice(seed);
  const names = Object.keys(troubles);
  const mine = LIFE.filter(({ act }) => weather === 'rough' || act !== 'monkey');
  const steps: Step[] = [];
  for (let n = 1; n <= count; n++) {
    const act = weather === 'rough' && dice.chance(0.06) ? dice.pick(names) : dice.weighted(mine).act;
    const wait = dice.pick([0, 0, 1, 5, 50, 200, 1_000, 1_000, 5_000, 20_000]);
    steps.push({ act: n % EVERY_SO_MANY === 0 ? 'look' : act, seed: dice.below(1e9), wait });
  }
  steps.push({ act: 'evening', seed: 0, wait: 0 });
  return { seed, protocolVersion: dice.chance(0.6) ? 23 : 25, steps, profile };
}

export interface Outcome {
  /** The steps up to and including the one after which a check failed; all steps if none failed. */
  readonly played: number;
  readonly problems: readonly string[];
  readonly town: ChaosWorld;
}

/** @param observer receives the messages below and above the first object server */
export async function play(
  { seed, protocolVersion, steps, profile }: Plan,
  observer?: TestBedObserver,
): Promise<Outcome> {
  const town = new ChaosWorld(seed, protocolVersion, profile, observer);
  await town.open();
  let played = 0;
  let problems: string[] = [];
  try {
    for (const step of steps) {
      played++;
      if (step.act === 'look') problems = await look(town);
      else if (step.act === 'evening') problems = await evening(town);
      else await acts[step.act]!(town, new Dice(step.seed));
      if (problems.length > 0) break;
      if (step.wait > 0) await town.bed.run(step.wait);
    }
  } catch (error) {
    problems.push(`thrown: ${error instanceof Error ? error.stack : String(error)}`);
  }
  if (problems.length === 0) await town.close();
  return { played, problems, town };
}

/** Ends all faults. Once everything is idle, every session must have the actual state, including a new session. */
async function look(town: ChaosWorld): Promise<string[]> {
  await town.heal();
  await town.bed.run(QUIET_MS);
  const problems = examine(town);
  if (problems.length > 0) return problems;
  for (const old of town.actors.filter(({ role }) => role === 'everything' || role === 'agent')) {
    await town.enter({ ...old, name: 'newcomer', access: 'in process' });
    const fresh = town.actors.pop()!;
    problems.push(...compare(old, fresh));
    await town.bed.settle(fresh.session.disconnect(), 100);
  }
  return problems;
}

/** Ends all calls and logs all agents out: no object may remain. */
async function evening(town: ChaosWorld): Promise<string[]> {
  const { bed } = town;
  await town.heal();
  await bed.run(QUIET_MS);
  bed.hangUpAll();
  await bed.run(QUIET_MS);
  for (const agent of bed.simulator.center.agents()) {
    if (agent.loggedIn) bed.simulator.run('logoutAgent', { agent: agent.agentId });
  }
  await bed.run(QUIET_MS);
  const problems = examine(town);
  for (const { name, session } of town.actors) {
    if (session.calls.size > 0) problems.push(`${name} still has ${[...session.calls.keys()]}`);
  }
  if (town.openPops > 0) problems.push(`${town.openPops} screens are still open`);
  await town.everybodyLeaves();
  if (bed.clock.pending > town.morning) problems.push(`${bed.clock.pending} timers, ${town.morning} in the morning`);
  return problems;
}
