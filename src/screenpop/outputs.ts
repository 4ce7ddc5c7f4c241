/** Hands the outputs on, in order: at once, or as soon as somebody listens, or when it is settled who shows the contact. */
import { HeldOutputs } from '../common/held-outputs.js';
import type { Args } from '../ctios/transport.js';
import type { Ended, Pop, Update } from './types.js';
import type { Visit } from './visit.js';

/** A body and what it was made from. */
export interface PopOutput {
  readonly body: Pop | Update | Ended;
  /** The call's merged properties at that moment, where there was a call. */
  readonly call?: Args;
  /** The agent's. */
  readonly agent?: Args;
  /** The event that it follows from was read later than it happened. */
  readonly replayed?: true;
}

/**
 * Claims a contact where several processes see the same calls.
 * @param key the visit's key, the same in each of them
 * @returns whether this process shows it. Where it rejects, the contact pops: the key lets a receiver drop a second one
 */
export type Claim = (key: string) => Promise<boolean>;

/** Outputs kept while no node listens (it is being redeployed). */
const MAX_HELD = 1_000;

export class Outputs {
  readonly #delivered = new HeldOutputs<PopOutput>(MAX_HELD);
  readonly #waiting = new Map<Visit, PopOutput[]>();

  constructor(private readonly claim: Claim | undefined) {}

  attach(listener: (output: PopOutput) => void): () => void {
    return this.#delivered.attach(listener);
  }

  /** What concerns a visit goes out in order; nothing if another process has it. */
  send(visit: Visit, output: PopOutput): void {
    if (visit.claim === 'lost') return;
    const waiting = this.#waiting.get(visit);
    if (waiting !== undefined) waiting.push(output);
    else if (output.body.event === 'pop' && this.claim !== undefined) this.#settle(visit, output, this.claim);
    else this.#delivered.send(output);
  }

  clear(): void {
    this.#delivered.clear();
    this.#waiting.clear();
  }

  #settle(visit: Visit, pop: PopOutput, claim: Claim): void {
    const waiting = [pop];
    this.#waiting.set(visit, waiting);
    visit.claim = 'pending';
    const settled = (won: boolean) => {
      // Cleared in the meantime: nobody wants it any more.
      if (!this.#waiting.delete(visit)) return;
      if (won) delete visit.claim;
      else visit.claim = 'lost';
      if (won) for (const output of waiting) this.#delivered.send(output);
    };
    claim(visit.key).then(settled, () => settled(true));
  }
}
