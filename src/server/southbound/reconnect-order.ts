/**
 * In which order to try the sides after a link was lost, and how long to pause: the guide's procedure for CTI clients.
 * The side of the last good connection, the opposite side, a random pause of up to clients/10 seconds, both sides, then
 * pauses of 15, 30, 60, 120, 120, ... seconds before each further round of both sides.
 *
 * The random pause follows one of MIN_PAUSE_MS. It only spreads the clients: without the minimum, a client with a short
 * pause tries a server that needs a second to restart too early, and then waits 15 seconds.
 */
import { jittered, type Random } from '../../common/random.js';

export type Side = 'A' | 'B';
export type ReconnectStep = { connect: Side } | { waitMs: number };

/** In milliseconds. */
const MIN_PAUSE_MS = 2_000;
const PAUSES_S = [15, 30, 60, 120];

/** Infinite: the caller stops once connected. */
export function* reconnectOrder(
  last: Side,
  both: boolean,
  clients: number,
  random: Random,
): Generator<ReconnectStep, never, undefined> {
  const round: ReconnectStep[] = both ? [{ connect: last }, { connect: opposite(last) }] : [{ connect: last }];
  yield* round;
  yield { waitMs: MIN_PAUSE_MS + Math.round(random.next() * (clients / 10) * 1_000) };
  yield* round;
  for (let n = 0; ; n++) {
    const seconds = PAUSES_S[Math.min(n, PAUSES_S.length - 1)]!;
    yield { waitMs: jittered(seconds * 1_000, random) };
    yield* round;
  }
}

export function opposite(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
