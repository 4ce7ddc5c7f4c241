/**
 * Makes each redundant part of a site fail in turn, in the middle of calls, and compares what a reader of the stream
 * and the CRM have with the calls that were actually made.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { World } from './world.js';

export interface HaOptions {
  readonly rounds: number;
  /** Calls of a round. */
  readonly calls: number;
  /** The first kind of failure; the others follow. */
  readonly first?: number;
  /** Only the failures whose name contains this text. */
  readonly only?: string;
  readonly log: (line: string) => void;
}

export interface HaResult {
  readonly rounds: number;
  readonly calls: number;
  /** Calls and pops that are missing without a gap that covers them. */
  readonly lost: number;
  /** Events that came twice or out of order, and contacts that popped under two keys. */
  readonly doubled: number;
  readonly gaps: number;
  /** Pops that were sent again with the same key, which a receiver can recognize. */
  readonly repeated: number;
  /** The longest takeover, in milliseconds. */
  readonly takeoverMs: number;
}

const BETWEEN_CALLS_MS = 500;
/** From the call until the caller hangs up: an announcement of some two seconds, then it rings. */
const CALL_MS = 3_500;

/** A failure and its repair. */
interface Failure {
  readonly name: string;
  /** Number of calls in the round, if it differs from the usual one. */
  readonly calls?: number;
  /** @returns how long it took until another process did the work; 0 if none had to */
  run(world: World): Promise<number>;
}

/** How long both Node-REDs are stopped, in milliseconds. */
const AWAY_MS = 60_000;
/** Calls of the round in which a Node-RED is killed in the middle of them. */
const MANY_CALLS = 100;

export const failures: readonly Failure[] = [
  {
    name: 'kill -9 the leader',
    async run(world) {
      const side = await leaderOf(world);
      side.server.kill('SIGKILL');
      const took = await newLeader(world, side.name);
      await world.restartServer(side);
      return took;
    },
  },
  {
    name: 'stop the leader for 10 s',
    async run(world) {
      const side = await leaderOf(world);
      side.server.kill('SIGSTOP');
      const began = Date.now();
      const took = await newLeader(world, side.name);
      await sleep(Math.max(0, 10_000 - (Date.now() - began)));
      side.server.kill('SIGCONT');
      await world.until('the stopped leader resigns', () => !side.server.leads);
      return took;
    },
  },
  {
    name: 'cut the leader from NATS',
    async run(world) {
      const side = await leaderOf(world);
      side.proxy.cut();
      const took = await newLeader(world, side.name);
      side.proxy.mend();
      return took;
    },
  },
  {
    name: 'restart NATS',
    async run(world) {
      await world.nats.stop();
      await sleep(1_000);
      await world.nats.start();
      await world.until('a server leads again', () => world.leader !== undefined);
      await world.until('a Node-RED works again', async () => (await world.worker()) !== undefined);
      return 0;
    },
  },
  {
    name: 'both Node-REDs away for a minute',
    async run(world) {
      await Promise.all(world.nodeReds.map((nodeRed) => nodeRed.kill()));
      await sleep(AWAY_MS);
      await Promise.all(world.nodeReds.map((_, index) => world.restartNodeRed(index)));
      await world.until('a Node-RED works again', async () => (await world.worker()) !== undefined);
      return 0;
    },
  },
  {
    name: `kill the working Node-RED in the middle of ${MANY_CALLS} calls`,
    calls: MANY_CALLS,
    async run(world) {
      const before = world.placed.length;
      await world.until('half of the calls are placed', () => world.placed.length >= before + MANY_CALLS / 2);
      const index = (await world.worker())!;
      await world.nodeReds[index]!.kill();
      const began = Date.now();
      await world.until('the other Node-RED works', async () => {
        const worker = await world.worker();
        return worker !== undefined && worker !== index;
      });
      const took = Date.now() - began;
      await world.restartNodeRed(index);
      return took;
    },
  },
];

export async function checkHa({ rounds, calls, first = 0, only = '', log }: HaOptions): Promise<HaResult> {
  const chosen = failures.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (chosen.length === 0)
    throw new RangeError(`No failure is named "${only}". There are: ${failures.map(({ name }) => name).join('; ')}.`);
  const world = new World();
  let takeoverMs = 0;
  try {
    await world.start();
    for (let round = 0; round < rounds; round++) {
      const failure = chosen[(first + round) % chosen.length]!;
      let over = false;
      const traffic = keepCalling(world, calls, failure.calls ?? 0, () => over);
      await sleep(BETWEEN_CALLS_MS * 2);
      const took = await failure.run(world).finally(() => {
        over = true;
      });
      takeoverMs = Math.max(takeoverMs, took);
      await traffic;
      await world.settled();
      const { lost, wrong, gaps } = world.story.judge(world.placed);
      for (const each of [...lost, ...wrong]) log(`  ${each}`);
      log(`round ${round + 1}, ${failure.name}: ${world.placed.length} calls, ${gaps} gaps, takeover ${took} ms`);
    }
    for (const [from, keys] of poppedTwice(world)) log(`  ${from} popped as ${keys.join(' and ')}`);
    return { rounds, ...figures(world), takeoverMs };
  } finally {
    await world.stop();
  }
}

/** Places calls until the failure is over, and a few after it; at a higher rate if many are required. */
async function keepCalling(world: World, calls: number, atLeast: number, over: () => boolean): Promise<void> {
  const all: Promise<void>[] = [];
  for (let after = 0; after < calls || all.length < atLeast; after += over() ? 1 : 0) {
    all.push(world.call(CALL_MS));
    await sleep(atLeast > 0 ? BETWEEN_CALLS_MS / 2 : BETWEEN_CALLS_MS);
  }
  await Promise.all(all);
}

/** The result of comparing the stream and the CRM with the calls. */
export function figures(world: World): Omit<HaResult, 'rounds' | 'takeoverMs'> {
  const { lost, wrong, gaps, rang } = world.story.judge(world.placed);
  const { pops } = world.crm;
  const missing = world.placed.filter(({ id, from }) => rang.has(id) && !pops.has(from));
  const keys = [...pops.values()];
  const twice = poppedTwice(world).length;
  return {
    calls: world.placed.length,
    lost: lost.length + missing.length,
    doubled: wrong.length + twice,
    gaps,
    repeated: keys.reduce((sum, each) => sum + each.length - new Set(each).size, 0),
  };
}

/** Callers whose one contact popped under two keys. */
function poppedTwice({ crm }: World): Array<[from: string, keys: string[]]> {
  return [...crm.pops]
    .map(([from, keys]): [string, string[]] => [from, [...new Set(keys)]])
    .filter(([, { length }]) => length > 1);
}

async function leaderOf(world: World) {
  await world.until('a server leads', () => world.leader !== undefined);
  return world.leader!;
}

async function newLeader(world: World, before: string): Promise<number> {
  const began = Date.now();
  await world.until('the other server leads', () =>
    world.sides.some(({ name, server }) => name !== before && server.leads),
  );
  return Date.now() - began;
}
