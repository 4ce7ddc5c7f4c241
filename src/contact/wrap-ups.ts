/**
 * Determines when an agent has finished a call: follows the states of agents and reports, for each ended call, how long
 * its wrap-up took. A state event may arrive before or after the end of its call.
 */
import type { Clock, Timer } from '../common/clock.js';
import { type ContactSettings, DEFAULT_MAX_WRAPUP_MS } from './types.js';

/** Enumeration AgentState. */
const STATE = { talking: 4, workNotReady: 5, workReady: 6, busyOther: 7, reserved: 8, hold: 10 } as const;
const WORK: ReadonlySet<number> = new Set([STATE.workNotReady, STATE.workReady]);
/** States of a call that has just ended: another state follows. */
const ON_A_CALL: ReadonlySet<number> = new Set([STATE.talking, STATE.busyOther, STATE.reserved, STATE.hold]);
/** Maximum time until the state after a call arrives. */
const SETTLE_MS = 2_000;

/** @param ms absent if unknown */
type Done = (ms: number | undefined) => void;

interface Waiting {
  readonly answeredAt: number | undefined;
  readonly done: Done;
  /** When its wrap-up began; absent before that. */
  began?: number;
  timer?: Timer;
}

class AgentWork {
  state: number | undefined;
  since = 0;
  readonly waiting = new Set<Waiting>();
}

export class WrapUps {
  readonly #agents = new Map<string, AgentWork>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: () => ContactSettings,
    /** Whether the agent still has a call, on another line or for another contact. */
    private readonly isOnCall: (agent: string) => boolean,
  ) {}

  /** @param seen false if a snapshot only shows the result */
  state(agent: string, state: number, time: number, seen: boolean): void {
    const work = this.#of(agent);
    if (work.state === state) return;
    work.state = state;
    work.since = time;
    for (const each of [...work.waiting]) {
      if (each.began !== undefined) {
        if (!WORK.has(state)) this.#done(work, each, seen ? time - each.began : undefined);
      } else if (!ON_A_CALL.has(state)) this.#settle(work, each, seen);
    }
  }

  /** A call of the agent has ended. @param done called once, possibly immediately */
  ended(agent: string, answeredAt: number | undefined, done: Done): void {
    const work = this.#of(agent);
    const waiting: Waiting = { answeredAt, done };
    // A wrap-up belongs to only one call, the last one.
    for (const each of [...work.waiting]) if (each.began === undefined) this.#done(work, each, 0);
    work.waiting.add(waiting);
    if (this.settings().when === 'ended') this.#done(work, waiting, undefined);
    else if (work.state === undefined || ON_A_CALL.has(work.state)) {
      waiting.timer = this.clock.after(SETTLE_MS, () => {
        this.#done(work, waiting, work.state !== undefined && this.isOnCall(agent) ? 0 : undefined);
      });
    } else this.#settle(work, waiting, true);
  }

  /** Stops waiting; pending calls are reported with the rest unknown. */
  flush(): void {
    for (const work of this.#agents.values()) for (const each of [...work.waiting]) this.#done(work, each, undefined);
  }

  dispose(): void {
    for (const { waiting } of this.#agents.values()) for (const { timer } of waiting) timer?.cancel();
    this.#agents.clear();
  }

  /** The state after the call has arrived. */
  #settle(work: AgentWork, waiting: Waiting, seen: boolean): void {
    const { answeredAt } = waiting;
    const works = work.state !== undefined && WORK.has(work.state);
    // Work that began before this call belongs to another call.
    if (!works || answeredAt === undefined || work.since < answeredAt) {
      this.#done(work, waiting, seen ? 0 : undefined);
      return;
    }
    if (!seen) {
      this.#done(work, waiting, undefined);
      return;
    }
    waiting.timer?.cancel();
    waiting.began = work.since;
    const limit = this.settings().maxWrapupMs ?? DEFAULT_MAX_WRAPUP_MS;
    waiting.timer = this.clock.after(limit, () => this.#done(work, waiting, undefined));
  }

  #done(work: AgentWork, waiting: Waiting, ms: number | undefined): void {
    waiting.timer?.cancel();
    if (work.waiting.delete(waiting)) waiting.done(ms);
  }

  #of(agent: string): AgentWork {
    let work = this.#agents.get(agent);
    if (work === undefined) {
      work = new AgentWork();
      this.#agents.set(agent, work);
    }
    return work;
  }
}
