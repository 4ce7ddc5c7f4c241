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

export interface CheckOptions {
  readonly rounds: number;
  readonly deliveries: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface CheckResult {
  readonly accepted: number;
  readonly delivered: number;
  readonly givenUp: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

interface Listed {
  readonly queues: readonly { readonly waiting: number }[];
  readonly deliveries: readonly { readonly key: string; readonly state: string }[];
}

/** Journeys that are given to at the same time. */
const JOURNEYS = 20;
const KILL_WITHIN_MS = 30;
const DRAIN_MS = 180_000;

export async function checkDelivery({ rounds, deliveries, seed, log }: CheckOptions): Promise<CheckResult> {
  const random = seededRandom(seed);
  const receiver = new HostileReceiver(random);
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-delivery-check-'));
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flowTo(await receiver.start())));
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
      // At any point: after so many were accepted, and a random moment later.
      const enough = 1 + Math.floor(random.next() * deliveries * 0.9);
      while (!over && accepted.size - before < enough) await sleep(1);
      await sleep(random.next() * KILL_WITHIN_MS);
      await nodeRed.kill();
      await giving;
      nodeRed = await NodeRedProcess.start({ userDir });
      log(`round ${round}: ${accepted.size} accepted, ${receiver.records.size} recorded`);
    }
    await drained(nodeRed, givenUp);
  } finally {
    await nodeRed.kill();
    await receiver.stop();
    rmSync(userDir, { recursive: true, force: true });
  }
  const recorded = new Set([...receiver.records.values()].map(({ key }) => key));
  const lost = [...accepted].filter((key) => !recorded.has(key) && !givenUp.has(key)).length;
  const delivered = [...accepted].filter((key) => recorded.has(key)).length;
  const { doubled, outOfOrder } = receiver;
  return { accepted: accepted.size, delivered, givenUp: givenUp.size, lost, doubled, outOfOrder };
}

/** Each journey gives one after the other; one that gets no answer was perhaps accepted, so it is not counted. */
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

async function give(nodeRed: NodeRedProcess, payload: CheckedPayload): Promise<boolean> {
  try {
    const response = await fetch(nodeRed.at('give'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    if (response.status === 404) throw new NotDeployed('The flow of the check is not deployed.');
    return response.ok;
  } catch (error) {
    if (error instanceof NotDeployed) throw error;
    return false;
  }
}

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

/** A request is answered when the webhook node has completed the message: when it is on disk. */
function flowTo(url: string): object[] {
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
      wires: [[], []],
    }),
    node('complete', 'complete', { scope: ['webhook'], wires: [['out']] }),
    node('out', 'http response', { statusCode: '200' }),
    node('session', 'ctios-session', { z: undefined }),
  ];
}
