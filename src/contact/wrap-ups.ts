/**
 * When an agent is done with a call: follows the states of agents, and tells of each call that ended how long its
 * wrap-up took. A state event may come before or after the end of the call that it is about.
 */
import type { Clock, Timer } from '../common/clock.js';
import { type ContactSettings, DEFAULT_MAX_WRAPUP_MS } from './types.js';

/** Enumeration AgentState. */
const STATE = { talking: 4, workNotReady: 5, workReady: 6, busyOther: 7, reserved: 8, hold: 10 } as const;
const WORK: ReadonlySet<number> = new Set([STATE.workNotReady, STATE.workReady]);
/** The state of the call that has just ended: another one is about to follow. */
const ON_A_CALL: ReadonlySet<number> = new Set([STATE.talking, STATE.busyOther, STATE.reserved, STATE.hold]);
/** How long the state that follows a call may take to be told. */
const SETTLE_MS = 2_000;

/** @param ms absent where it is not known */
type Done = (ms: number | undefined) => void;

interface Waiting {
  readonly answeredAt: number | undefined;
  readonly done: Done;
  /** When its wrap-up began; absent before. */
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
    /** Whether the agent still has a call, on another line or of another contact. */
    private readonly isOnCall: (agent: string) => boolean,
  ) {}

  /** @param seen false where a snapshot only shows the result */
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

  /** A call of the agent is over. @param done told once, perhaps at once */
  ended(agent: string, answeredAt: number | undefined, done: Done): void {
    const work = this.#of(agent);
    const waiting: Waiting = { answeredAt, done };
    // One wrap-up belongs to one call, the last.
    for (const each of [...work.waiting]) if (each.began === undefined) this.#done(work, each, 0);
    work.waiting.add(waiting);
    if (this.settings().when === 'ended') this.#done(work, waiting, undefined);
    else if (work.state === undefined || ON_A_CALL.has(work.state)) {
      waiting.timer = this.clock.after(SETTLE_MS, () => {
        this.#done(work, waiting, work.state !== undefined && this.isOnCall(agent) ? 0 : undefined);
      });
    } else this.#settle(work, waiting, true);
  }

  /** Stops waiting; what waits is told that the rest is not known. */
  flush(): void {
    for (const work of this.#agents.values()) for (const each of [...work.waiting]) this.#done(work, each, undefined);
  }

  dispose(): void {
    for (const { waiting } of this.#agents.values()) for (const { timer } of waiting) timer?.cancel();
    this.#agents.clear();
  }

  /** The state that follows the call is there. */
  #settle(work: AgentWork, waiting: Waiting, seen: boolean): void {
    const { answeredAt } = waiting;
    const works = work.state !== undefined && WORK.has(work.state);
    // Work that began before this call is another call's.
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
