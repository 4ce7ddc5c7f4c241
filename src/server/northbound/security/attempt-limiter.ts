/** Maximum number of attempts queued for one address or agent; more than agents of one site log in at once. */
export const MAX_WAITING_ATTEMPTS = 5_000;

interface Waiting<Refusal> {
  readonly allowed: () => number;
  readonly enter: (refused?: Refusal) => void;
}

/** The attempts for one address or one agent: at most as many at a time as may still fail. */
export interface AttemptGate<Refusal> {
  /** The queue is full. */
  readonly full: boolean;
  /**
   * @param allowed how many may be pending at the moment; one always may, to learn that it is locked out
   * @returns undefined when this attempt may begin, or the result that was determined while it waited
   */
  enter(allowed: () => number): Promise<Refusal | undefined>;
  /** @param refused the result for all that wait, if they need not be checked themselves */
  leave(refused?: Refusal): void;
}

/** One gate per key, while attempts for it are pending. */
export class AttemptLimiter<Refusal> {
  readonly #gates = new Map<string, Gate<Refusal>>();

  of(key: string): AttemptGate<Refusal> {
    let gate = this.#gates.get(key);
    if (gate === undefined) {
      gate = new Gate(() => this.#gates.delete(key));
      this.#gates.set(key, gate);
    }
    return gate;
  }
}

class Gate<Refusal> implements AttemptGate<Refusal> {
  #underWay = 0;
  readonly #waiting: Waiting<Refusal>[] = [];

  constructor(private readonly emptied: () => void) {}

  get full(): boolean {
    return this.#waiting.length >= MAX_WAITING_ATTEMPTS;
  }

  async enter(allowed: () => number): Promise<Refusal | undefined> {
    if (this.#underWay < Math.max(allowed(), 1)) {
      this.#underWay++;
      return undefined;
    }
    return await new Promise((enter) => this.#waiting.push({ allowed, enter }));
  }

  leave(refused?: Refusal): void {
    this.#underWay--;
    if (refused !== undefined) for (const each of this.#waiting.splice(0)) each.enter(refused);
    while (this.#waiting.length > 0 && this.#underWay < Math.max(this.#waiting[0]!.allowed(), 1)) {
      this.#underWay++;
      this.#waiting.shift()!.enter();
    }
    if (this.#underWay === 0 && this.#waiting.length === 0) this.emptied();
  }
}
