/**
 * Gives deliveries to a real Node-RED, kills it with SIGKILL at a random moment of each round, starts it again, and then
 * compares what was accepted with what a hostile receiver has.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/common/random.js';
import { NodeRedProcess } from '../node-red-process.js';
import { type CheckedPayload, HostileReceiver } from './hostile-receiver.js';
import { type CheckedStore, openCheckedStore, type StoreKind } from './stores.js';

export interface CheckOptions {
  readonly rounds: number;
  readonly deliveries: number;
  readonly seed: number;
  readonly store: StoreKind;
  readonly log: (line: string) => void;
}

/**
 * Of the accepted deliveries. `delivered` and `givenUp` add up to their number unless one was lost or has ended both
 * ways.
 */
export interface CheckResult {
  readonly accepted: number;
  readonly delivered: number;
  readonly givenUp: number;
  readonly lost: number;
  /** Contacts with two records, and deliveries that were both recorded and failed. */
  readonly doubled: number;
  readonly outOfOrder: number;
}

interface Listed {
  readonly queues: readonly { readonly waiting: number }[];
  readonly deliveries: readonly { readonly key: string; readonly state: string }[];
}

/** Journeys with deliveries at the same time. */
const JOURNEYS = 20;
const KILL_WITHIN_MS = 30;
const DRAIN_MS = 180_000;
/** The pause before a delivery is repeated that was refused because the queue cannot be reached yet. */
const AGAIN_MS = 50;
const REFUSED_MS = 60_000;

export async function checkDelivery({ rounds, deliveries, seed, store, log }: CheckOptions): Promise<CheckResult> {
  const random = seededRandom(seed);
  const receiver = new HostileReceiver(random);
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-delivery-check-'));
  const kept = await openCheckedStore(store);
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flowTo(await receiver.start(), kept)));
  const accepted = new Set<string>();
  const givenUp = new Set<string>();
  let nodeRed = await NodeRedProcess.start({ userDir });
  try {
    for (let round = 1; round <= rounds; round++) {
      const before = accepted.size;
      let over = false;
      const giving = giveRound(nodeRed, round, deliveries, accepted).finally(() => {
        over = true;
      });
      // At any point: a random time after this many were accepted.
      const enough = 1 + Math.floor(random.next() * deliveries * 0.9);
      while (!over && accepted.size - before < enough) await sleep(1);
      await sleep(random.next() * KILL_WITHIN_MS);
      await nodeRed.kill();
      await giving;
      nodeRed = await NodeRedProcess.start({ userDir });
      log(`round ${round}: ${accepted.size} accepted, ${receiver.records.size} recorded`);
    }
    // If the last one is known, all before it are known, regardless of which process has accepted them.
    if (await give(nodeRed, { key: 'last', journey: 'last', n: 0 })) accepted.add('last');
    await drained(nodeRed, givenUp);
  } finally {
    await nodeRed.kill();
    await receiver.stop();
    await kept.remove();
    rmSync(userDir, { recursive: true, force: true });
  }
  const recorded = new Set([...receiver.records.values()].map(({ key }) => key));
  return { ...endsOf(accepted, recorded, givenUp, receiver.doubled), outOfOrder: receiver.outOfOrder };
}

/**
 * How the accepted deliveries have ended. A delivery may be on disk although Node-RED was killed before its response:
 * it is delivered or given up, too, but counted in neither sum.
 * @param contacts recorded under two keys
 */
export function endsOf(
  accepted: ReadonlySet<string>,
  recorded: ReadonlySet<string>,
  givenUp: ReadonlySet<string>,
  contacts: number,
): Omit<CheckResult, 'outOfOrder'> {
  const ends = { accepted: accepted.size, delivered: 0, givenUp: 0, lost: 0, doubled: contacts };
  for (const key of accepted) {
    if (recorded.has(key)) ends.delivered++;
    if (givenUp.has(key)) ends.givenUp++;
    if (recorded.has(key) && givenUp.has(key)) ends.doubled++;
    if (!recorded.has(key) && !givenUp.has(key)) ends.lost++;
  }
  return ends;
}

/**
 * Each journey sends its deliveries one after the other; one without a response may have been accepted, so it is not
 * counted.
 */
async function giveRound(
  nodeRed: NodeRedProcess,
  round: number,
  deliveries: number,
  accepted: Set<string>,
): Promise<void> {
  const perJourney = Math.ceil(deliveries / JOURNEYS);
  await Promise.all(
    Array.from({ length: JOURNEYS }, async (_, index) => {
      const journey = `r${round}.j${index}`;
      for (let each = 0; each < perJourney; each++) {
        const n = index + each * JOURNEYS;
        const payload: CheckedPayload = { key: `${journey}.${n}`, journey, n };
        if (!(await give(nodeRed, payload))) return;
        accepted.add(payload.key);
      }
    }),
  );
}

/** Repeated if it is refused because the queue cannot be reached yet. */
async function give(nodeRed: NodeRedProcess, payload: CheckedPayload): Promise<boolean> {
  try {
    for (const end = Date.now() + REFUSED_MS; Date.now() < end; await sleep(AGAIN_MS)) {
      const response = await fetch(nodeRed.at('give'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      });
      if (response.status === 404) throw new NotDeployed('The flow of the check is not deployed.');
      if (response.status !== REFUSED) return response.ok;
    }
    throw new NotDeployed(`The queue has refused deliveries for ${REFUSED_MS / 1000} s.`);
  } catch (error) {
    if (error instanceof NotDeployed) throw error;
    return false;
  }
}

const REFUSED = 503;

class NotDeployed extends Error {}

/** Until nothing waits any more. */
async function drained(nodeRed: NodeRedProcess, givenUp: Set<string>): Promise<void> {
  for (const end = Date.now() + DRAIN_MS; Date.now() < end; await sleep(200)) {
    const { queues } = await nodeRed.json<Listed>('ctios/deliveries');
    if (queues.length === 0 || queues.some(({ waiting }) => waiting > 0)) continue;
    const { deliveries } = await nodeRed.json<Listed>('ctios/deliveries?state=givenUp');
    for (const { key } of deliveries) givenUp.add(key);
    return;
  }
  throw new Error(`Deliveries still wait after ${DRAIN_MS / 1000} s.`);
}

/** A request is answered when the webhook node has completed the message: when it is stored. */
function flowTo(url: string, { webhook, session }: CheckedStore): object[] {
  const node = (id: string, type: string, more: object) => ({ id, z: 'tab', type, x: 0, y: 0, wires: [], ...more });
  return [
    { id: 'tab', type: 'tab', label: 'delivery check' },
    node('in', 'http in', { url: '/give', method: 'post', wires: [['webhook']] }),
    node('webhook', 'ctios-webhook', {
      url,
      urlType: 'str',
      key: 'payload.key',
      keyType: 'msg',
      firstDelay: 0.05,
      maxDelay: 0.5,
      timeout: 5,
      ...webhook,
      wires: [[], []],
    }),
    node('complete', 'complete', { scope: ['webhook'], wires: [['out']] }),
    node('out', 'http response', { statusCode: '200' }),
    node('failed', 'catch', { scope: ['webhook'], wires: [['refused']] }),
    node('refused', 'http response', { statusCode: String(REFUSED) }),
    { id: 'session', type: 'ctios-session', ...session },
  ];
}
