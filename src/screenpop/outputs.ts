/**
 * Passes outputs on in order: immediately, when a listener is attached, or when it is known which process shows the
 * contact.
 */
import { HeldOutputs } from '../common/held-outputs.js';
import type { Args } from '../ctios/transport.js';
import type { Ended, Pop, Update } from './types.js';
import type { Visit } from './visits/visit.js';

/** A body and its sources. */
export interface PopOutput {
  readonly body: Pop | Update | Ended;
  /** The call's merged properties at that time, if there was a call. */
  readonly call?: Args;
  /** The agent's properties. */
  readonly agent?: Args;
  /** The underlying event was read later than it occurred. */
  readonly replayed?: true;
}

/**
 * Claims a contact if several processes see the same calls.
 * @param key the visit's key, the same in each of them
 * @returns whether this process shows it. If it rejects, the contact pops: the key lets a receiver drop a duplicate
 */
export type Claim = (key: string) => Promise<boolean>;

/** Maximum number of outputs kept while there is no listener (the node is being redeployed). */
const MAX_HELD = 1_000;

export class Outputs {
  readonly #delivered = new HeldOutputs<PopOutput>(MAX_HELD);
  readonly #waiting = new Map<Visit, PopOutput[]>();

  constructor(private readonly claim: Claim | undefined) {}

  attach(listener: (output: PopOutput) => void): () => void {
    return this.#delivered.attach(listener);
  }

  /** Passes on the outputs of a visit in order, or drops them if another process has claimed it. */
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
      // Cleared in the meantime.
      if (!this.#waiting.delete(visit)) return;
      if (won) delete visit.claim;
      else visit.claim = 'lost';
      if (won) for (const output of waiting) this.#delivered.send(output);
    };
    claim(visit.key).then(settled, () => settled(true));
  }
}
