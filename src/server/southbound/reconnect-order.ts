/**
 * In which order the sides are tried after a link was lost, and how long to pause: the guide's recipe for CTI clients.
 * The side of the last good connection, the opposite side, a random pause of up to clients/10 seconds, both sides, then
 * pauses of 15, 30, 60, 120, 120, ... seconds before each further round of both sides.
 */
import type { Random } from '../../common/random.js';

export type Side = 'A' | 'B';
export type ReconnectStep = { connect: Side } | { waitMs: number };

const PAUSES_S = [15, 30, 60, 120];
/** Later pauses vary by a fifth either way, lest all clients of a failed server come back in the same second. */
const JITTER = 0.2;

/** Endless: the caller stops asking once connected. */
export function* reconnectOrder(
  last: Side,
  both: boolean,
  clients: number,
  random: Random,
): Generator<ReconnectStep, never, undefined> {
  const round: ReconnectStep[] = both ? [{ connect: last }, { connect: opposite(last) }] : [{ connect: last }];
  yield* round;
  yield { waitMs: Math.round(random.next() * (clients / 10) * 1_000) };
  yield* round;
  for (let n = 0; ; n++) {
    const seconds = PAUSES_S[Math.min(n, PAUSES_S.length - 1)]!;
    yield { waitMs: Math.round(seconds * 1_000 * (1 + JITTER * (2 * random.next() - 1))) };
    yield* round;
  }
}

export function opposite(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
