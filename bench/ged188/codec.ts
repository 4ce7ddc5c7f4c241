/**
 * The codec against what one would write by hand for one message, and against the plain loop over a table. Each figure
 * is the best of several rounds, taken in turns, so that all suffer alike from the machine.
 */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decode, encode } from '../../src/ged188/index.js';
import type { BenchCase } from '../run/bench-case.js';
import type { BenchRow } from '../run/row.js';
import { DECODERS_BY_HAND } from './decoders-by-hand.js';
import { decodeByDynamicKeys } from './dynamic-keys.js';
import { encodeByHand } from './encoders-by-hand.js';
import { TRAFFIC, type Traffic, VERSION } from './traffic.js';

const ROUNDS = 5;
const ROUND_MS = 120;
const RETAINED = 10_000;

/** Calls per second of `work`, which does all of the traffic once. */
const rate = (calls: number, work: () => void): number => {
  const start = process.hrtime.bigint();
  let done = 0;
  let elapsed = 0;
  do {
    work();
    done += calls;
    elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  } while (elapsed < ROUND_MS);
  return (done / elapsed) * 1000;
};

/** The best rate of each contender. */
const race = (calls: number, contenders: readonly (() => void)[]): number[] => {
  const best = contenders.map(() => 0);
  for (let round = 0; round <= ROUNDS; round++) {
    contenders.forEach((work, index) => {
      const measured = rate(calls, work);
      // The first round warms up.
      if (round > 0) best[index] = Math.max(best[index] ?? 0, measured);
    });
  }
  return best;
};

let sink: unknown;

const byHand = (frame: Buffer): object => DECODERS_BY_HAND[frame.readUInt32BE(4)]!(frame);

/** The candidates must do the same work, or the comparison is meaningless. */
const checkFair = ({ frames, messages }: Traffic): void => {
  frames.forEach((frame, index) => {
    const { unknown: _, ...decoded } = decode(frame, VERSION) as { unknown?: unknown };
    assert.deepEqual({ ...byHand(frame) }, decoded);
    assert.deepEqual(encodeByHand(messages[index]!), frame);
  });
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes that the decoded messages take. */
const memory = (frames: readonly Buffer[], read: (frame: Buffer) => object): number => {
  const retained: object[] = new Array(RETAINED);
  sink = undefined;
  // Twice: what the first pass frees of buffers is swept beside the program.
  collect();
  collect();
  const before = process.memoryUsage();
  for (let index = 0; index < RETAINED; index++) retained[index] = read(frames[index % frames.length]!);
  collect();
  collect();
  const after = process.memoryUsage();
  sink = retained;
  return (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
};

const rowsOf = (traffic: Traffic): BenchRow[] => {
  checkFair(traffic);
  const { what, frames, messages } = traffic;
  const [decoded, literal, dynamic] = race(frames.length, [
    () => {
      for (const frame of frames) sink = decode(frame, VERSION);
    },
    () => {
      for (const frame of frames) sink = byHand(frame);
    },
    () => {
      for (const frame of frames) sink = decodeByDynamicKeys(frame);
    },
  ]) as [number, number, number];
  const [encoded, written] = race(messages.length, [
    () => {
      for (const message of messages) sink = encode(message, VERSION);
    },
    () => {
      for (const message of messages) sink = encodeByHand(message);
    },
  ]) as [number, number];
  const own = memory(frames, (frame) => decode(frame, VERSION));
  const theirs = memory(frames, byHand);
  return [
    { what: `decode ${what}`, perSecond: decoded, ratio: { to: 'by hand', value: decoded / literal } },
    { what: 'the same', ratio: { to: 'm[key] = loop', value: decoded / dynamic } },
    { what: `encode ${what}`, perSecond: encoded, ratio: { to: 'by hand', value: encoded / written } },
    {
      what: `${RETAINED.toLocaleString('en-US')} kept`,
      figure: `${own.toFixed(1)} MB`,
      ratio: { to: 'by hand', value: own / theirs },
    },
  ];
};

/** The rows of the codec. Aims: decode at least 0.7 by hand and 3 loops, encode 0.7 by hand, memory at most 1.3. */
export const codec: BenchCase = {
  name: 'codec',
  about: 'decode and encode of the CTI Server protocol, against decoders written by hand',
  run: () => {
    const result = TRAFFIC.flatMap(rowsOf);
    assert.ok(sink);
    return result;
  },
};
