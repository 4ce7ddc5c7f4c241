/**
 * Agents prove themselves: whoever says that it is an agent (SetAgent, SendIdentifyClientRequest, Login) is asked for the
 * agent's password, and guessing is stopped. What a password is compared with is the site's business (`AgentCheck`).
 *
 * How guessing is stopped, and why so. One counter alone fails: by agent it lets anybody lock an agent out from afar;
 * by address it locks out a whole Node-RED, or a floor behind one router, for one agent's typing; by both together it
 * lets one address try "1234" with every agent. Hence three counters of wrong passwords, of a time:
 *
 * - of an agent *at an address*: 3, as for monitor mode. Holds for everybody, and hurts nobody elsewhere;
 * - of an address, over all agents, and of an agent, over all addresses: 10 each. These hold only for an agent who has
 *   not proved itself at that address before. So whoever works from where they worked before cannot be locked out by
 *   others, from near or from afar; what a guesser can do to an agent is to keep it from a *new* place for a while.
 *
 * A right password clears the first counter only: with an account of one's own one could else clear the other two.
 * Attempts under way count as wrong ones until they are known, or thousands sent at once would all be tried.
 */
import type { Clock } from '../../../common/clock.js';
import type { RequestFailure } from '../../../ctios/transport.js';
import type { AgentClaim, ProofOutcome } from '../../object-server.js';
import { networkOf } from './client-network.js';
import { LockOut } from './lockout.js';

/**
 * Says whether the password is the agent's.
 * @returns whether it is; rejects, with the reason for the server's log, where that cannot be found out
 */
export type AgentCheck = (claim: AgentClaim) => boolean | Promise<boolean>;

export interface Proof {
  readonly outcome: ProofOutcome;
  /** What the client is told; absent: proven. */
  readonly failure?: RequestFailure;
  /** For the server's log alone: why it could not be checked. */
  readonly reason?: string;
}

/** Wrong passwords of one address, or for one agent, before those are locked out who never proved themselves there. */
const UNKNOWN_FAILURES = 10;
/** Agents at addresses that are remembered as proven; more than any contact center has seats. */
const MAX_REMEMBERED = 100_000;

/** Attempts of one address that wait at a time; more than agents of one site log in at once. */
export const MAX_WAITING = 5_000;

export class AgentAuthenticator {
  readonly #atAddress: LockOut;
  readonly #ofAddress: LockOut;
  readonly #ofAgent: LockOut;
  /** Agents at addresses where they have proved themselves. */
  readonly #proven = new Set<string>();
  /** The last attempt on an agent at an address: the next one waits for it. */
  readonly #attempts = new Map<string, Promise<Proof>>();
  readonly #doors = new Map<string, Door>();

  constructor(
    clock: Clock,
    private readonly check: AgentCheck,
    lockOut: { failures: number; ms: number },
  ) {
    this.#atAddress = new LockOut(clock, lockOut);
    const unknown = { failures: Math.max(UNKNOWN_FAILURES, lockOut.failures), ms: lockOut.ms };
    this.#ofAddress = new LockOut(clock, unknown);
    this.#ofAgent = new LockOut(clock, unknown);
  }

  /** @param peer address of who claims to be the agent. Never rejects */
  authenticate(peer: string, claim: AgentClaim): Promise<Proof> {
    const network = networkOf(peer);
    const agent = `${claim.peripheralId}.${claim.agentId}`;
    const place = `${network} ${agent}`;
    const attempt: Promise<Proof> = (this.#attempts.get(place) ?? Promise.resolve())
      .then(() => this.#attempt(claim, network, agent, place))
      .finally(() => {
        if (this.#attempts.get(place) === attempt) this.#attempts.delete(place);
      });
    this.#attempts.set(place, attempt);
    return attempt;
  }

  async #attempt(claim: AgentClaim, network: string, agent: string, place: string): Promise<Proof> {
    if (this.#proven.has(place)) return this.#compare(claim, place, [[this.#atAddress, place]]);
    const door = this.#doorOf(network);
    if (door.crowded) return crowded(claim);
    const turnedAway = await door.enter(() => UNKNOWN_FAILURES - this.#ofAddress.failures(network));
    if (turnedAway !== undefined) return turnedAway;
    let proof: Proof | undefined;
    try {
      proof = await this.#compare(claim, place, [
        [this.#atAddress, place],
        [this.#ofAddress, network],
        [this.#ofAgent, agent],
      ]);
      return proof;
    } finally {
      // Whatever keeps one from being checked keeps the others that wait here too.
      door.leave(proof?.outcome === 'not checked' ? proof : undefined);
      if (door.empty) this.#doors.delete(network);
    }
  }

  async #compare(claim: AgentClaim, place: string, counters: readonly (readonly [LockOut, string])[]): Promise<Proof> {
    const remaining = Math.max(...counters.map(([counter, key]) => counter.remaining(key)));
    if (remaining > 0) return lockedOut(claim, remaining);
    let right: boolean;
    try {
      right = await this.check(claim);
    } catch (error) {
      return notChecked(claim, error);
    }
    if (right) {
      this.#atAddress.succeeded(place);
      this.#remember(place);
      return { outcome: 'proven' };
    }
    for (const [counter, key] of counters) counter.failed(key);
    return wrong(claim);
  }

  #doorOf(network: string): Door {
    let door = this.#doors.get(network);
    if (door === undefined) {
      door = new Door();
      this.#doors.set(network, door);
    }
    return door;
  }

  #remember(place: string): void {
    // Those of late are kept: a set keeps the order in which it was filled.
    this.#proven.delete(place);
    this.#proven.add(place);
    if (this.#proven.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#proven) {
      this.#proven.delete(oldest);
      break;
    }
  }
}

/** Lets no more attempts of one address through at a time than it may fail. */
class Door {
  #inside = 0;
  readonly #waiting: Array<{ places: () => number; let: (turnedAway?: Proof) => void }> = [];

  get crowded(): boolean {
    return this.#waiting.length >= MAX_WAITING;
  }

  get empty(): boolean {
    return this.#inside === 0 && this.#waiting.length === 0;
  }

  /** @param places how many may be inside at the moment; one always may, to be told that it is locked out */
  async enter(places: () => number): Promise<Proof | undefined> {
    if (this.#inside < Math.max(places(), 1)) {
      this.#inside++;
      return undefined;
    }
    return await new Promise((resolve) => this.#waiting.push({ places, let: resolve }));
  }

  /** @param answer for all who wait, where they need not try for themselves */
  leave(answer?: Proof): void {
    this.#inside--;
    if (answer !== undefined) for (const each of this.#waiting.splice(0)) each.let(answer);
    while (this.#waiting.length > 0 && this.#inside < Math.max(this.#waiting[0]!.places(), 1)) {
      this.#inside++;
      this.#waiting.shift()!.let();
    }
  }
}

function wrong({ agentId }: AgentClaim): Proof {
  return {
    outcome: 'wrong password',
    failure: { code: 'CTIOS_AUTHENTICATION_FAILED', message: `agent ID or password is wrong (agent ${agentId}).` },
  };
}

function lockedOut({ agentId }: AgentClaim, ms: number): Proof {
  const minutes = Math.ceil(ms / 60_000);
  return {
    outcome: 'locked out',
    failure: {
      code: 'CTIOS_LOCKED_OUT',
      message: `too many wrong passwords; agent ${agentId} is not let in from this address for another ${minutes} min.`,
    },
  };
}

function crowded({ agentId }: AgentClaim): Proof {
  return {
    outcome: 'not checked',
    reason: `${MAX_WAITING} passwords of this address wait to be checked`,
    failure: {
      code: 'CTIOS_AUTHENTICATION_UNAVAILABLE',
      message: `the password of agent ${agentId} cannot be checked at the moment: too many of this address wait already.`,
    },
  };
}

function notChecked({ agentId }: AgentClaim, error: unknown): Proof {
  return {
    outcome: 'not checked',
    reason: error instanceof Error ? error.message : String(error),
    failure: {
      code: 'CTIOS_AUTHENTICATION_UNAVAILABLE',
      message: `the password of agent ${agentId} cannot be checked at the moment; the log of the server says why.`,
    },
  };
}
