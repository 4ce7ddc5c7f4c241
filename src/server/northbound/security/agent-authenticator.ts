/**
 * Agent authentication: a client that claims to be an agent (SetAgent, SendIdentifyClientRequest, Login) must provide
 * the agent's password, and guessing is limited. How a password is checked depends on the site (`AgentCheck`).
 *
 * How guessing is limited, and why. One counter is not enough: per agent, anyone could lock out an agent remotely; per
 * address, one agent's typing errors would lock out a whole Node-RED, or a floor behind one router; per combination of
 * both, one address could try "1234" with every agent. So there are three counters of wrong passwords, each for a
 * limited time:
 *
 * - of an agent *at an address*: 3, as for monitor mode. Applies to every client, and affects no other address;
 * - of an address, over all agents, and of an agent, over all addresses: 10 each. These apply only to an agent who has
 * not authenticated at that address before. So agents who work where they worked before cannot be locked out by others,
 *   nearby or remote; all a guesser can do is keep an agent from a *new* place for a while.
 *
 * A correct password resets the first counter only; otherwise an attacker with an account could reset the other two.
 * Pending attempts count as wrong ones until their outcome is known, for an address and for an agent alike; otherwise
 * all attempts sent at once would be tried. The servers of a pair share where agents have authenticated
 * (`authenticated-places.ts`), so that guessing at one of them cannot prevent a failover to it.
 */
import type { Clock } from '../../../common/clock.js';
import { networkOf } from '../../../common/network/network.js';
import type { RequestFailure } from '../../../ctios/transport.js';
import type { AgentClaim, ProofOutcome } from '../../object-server.js';
import { type AttemptGate, AttemptLimiter, MAX_WAITING_ATTEMPTS } from './attempt-limiter.js';
import type { AuthenticatedPlaces } from './authenticated-places.js';
import { type CheckPriority, CheckQueue } from './check-queue.js';
import { LockOut } from './lockout.js';

/**
 * Checks whether the password is the agent's.
 * @returns whether it is; rejects, with a reason for the server's log, if that cannot be determined
 */
export type AgentCheck = (claim: AgentClaim) => boolean | Promise<boolean>;

export interface Proof {
  readonly outcome: ProofOutcome;
  /** What the client receives; absent: authenticated. */
  readonly failure?: RequestFailure;
  /** For the server's log only: why the check failed. */
  readonly reason?: string;
}

export interface AgentAuthenticatorOptions {
  readonly check: AgentCheck;
  /** Wrong passwords of an agent at an address, and how long they count. */
  readonly lockOut: { readonly failures: number; readonly ms: number };
  /** Maximum number of concurrent checks. */
  readonly parallelChecks: number;
  readonly places: AuthenticatedPlaces;
}

/** Wrong passwords of one address, or for one agent, before a lockout where it has not authenticated before. */
const UNKNOWN_FAILURES = 10;

/** One attempt, and the keys under which it is counted. */
interface Attempt {
  readonly claim: AgentClaim;
  readonly network: string;
  readonly agent: string;
  readonly place: string;
}

export class AgentAuthenticator {
  readonly #atAddress: LockOut;
  readonly #ofAddress: LockOut;
  readonly #ofAgent: LockOut;
  readonly #checks: CheckQueue;
  /** The last attempt on an agent at an address: the next one waits for it. */
  readonly #attempts = new Map<string, Promise<Proof>>();
  readonly #byAddress = new AttemptLimiter<Proof>();
  readonly #byAgent = new AttemptLimiter<Proof>();

  constructor(
    clock: Clock,
    private readonly options: AgentAuthenticatorOptions,
  ) {
    const { lockOut, parallelChecks } = options;
    this.#atAddress = new LockOut(clock, lockOut);
    const unknown = { failures: Math.max(UNKNOWN_FAILURES, lockOut.failures), ms: lockOut.ms };
    this.#ofAddress = new LockOut(clock, unknown);
    this.#ofAgent = new LockOut(clock, unknown);
    this.#checks = new CheckQueue(parallelChecks);
  }

  /** @param peer address of the client that claims to be the agent. Never rejects */
  authenticate(peer: string, claim: AgentClaim): Promise<Proof> {
    const network = networkOf(peer);
    const agent = `${claim.peripheralId}.${claim.agentId}`;
    const place = `${network} ${agent}`;
    const attempt: Promise<Proof> = (this.#attempts.get(place) ?? Promise.resolve())
      .then(() => this.#attempt({ claim, network, agent, place }))
      .finally(() => {
        if (this.#attempts.get(place) === attempt) this.#attempts.delete(place);
      });
    this.#attempts.set(place, attempt);
    return attempt;
  }

  #attempt(attempt: Attempt): Promise<Proof> {
    const { network, agent, place } = attempt;
    if (this.options.places.has(place)) return this.#compare(attempt, [[this.#atAddress, place]]);
    // In the same order for every attempt, to avoid deadlocks.
    return this.#within(attempt, this.#byAddress.of(network), [this.#ofAddress, network], () =>
      this.#within(attempt, this.#byAgent.of(agent), [this.#ofAgent, agent], () =>
        this.#compare(attempt, [
          [this.#atAddress, place],
          [this.#ofAddress, network],
          [this.#ofAgent, agent],
        ]),
      ),
    );
  }

  async #within(
    { claim }: Attempt,
    gate: AttemptGate<Proof>,
    [counter, key]: readonly [LockOut, string],
    compare: () => Promise<Proof>,
  ): Promise<Proof> {
    if (gate.full) return tooMany(claim);
    const answered = await gate.enter(() => UNKNOWN_FAILURES - counter.failures(key));
    if (answered !== undefined) return answered;
    let proof: Proof | undefined;
    try {
      proof = await compare();
      return proof;
    } finally {
      // If this check is not possible, those waiting for it are not possible either.
      gate.leave(proof?.outcome === 'not checked' ? proof : undefined);
    }
  }

  async #compare(attempt: Attempt, counters: readonly (readonly [LockOut, string])[]): Promise<Proof> {
    const { claim, place } = attempt;
    const remaining = Math.max(...counters.map(([counter, key]) => counter.remaining(key)));
    if (remaining > 0) return lockedOut(claim, remaining);
    let right: boolean;
    try {
      right = await this.#checks.run(this.#priority(attempt), () => this.options.check(claim));
    } catch (error) {
      return notChecked(claim, error);
    }
    if (right) {
      this.#atAddress.succeeded(place);
      this.options.places.add(place);
      return { outcome: 'proven' };
    }
    for (const [counter, key] of counters) counter.failed(key);
    return wrong(claim);
  }

  #priority({ network, agent, place }: Attempt): CheckPriority {
    if (this.options.places.has(place)) return 0;
    return this.#ofAddress.failures(network) === 0 && this.#ofAgent.failures(agent) === 0 ? 1 : 2;
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
      message: `too many wrong passwords; agent ${agentId} is locked out at this address for another ${minutes} min.`,
    },
  };
}

function tooMany({ agentId }: AgentClaim): Proof {
  return {
    outcome: 'not checked',
    reason: `${MAX_WAITING_ATTEMPTS} passwords of this address, or for this agent, wait to be checked`,
    failure: {
      code: 'CTIOS_AUTHENTICATION_UNAVAILABLE',
      message: `the password of agent ${agentId} cannot be checked at the moment: too many attempts from this address, or for this agent, are already waiting.`,
    },
  };
}

function notChecked({ agentId }: AgentClaim, error: unknown): Proof {
  return {
    outcome: 'not checked',
    reason: error instanceof Error ? error.message : String(error),
    failure: {
      code: 'CTIOS_AUTHENTICATION_UNAVAILABLE',
      message: `the password of agent ${agentId} cannot be checked at the moment; see the server's log for the reason.`,
    },
  };
}
