/**
 * The counts of one queue, updated with each change: they are requested much more often than all deliveries could be
 * counted.
 */
import type { DeliveryCounts } from '../delivery.js';
import type { DeliveryHead } from './delivery-row.js';
import { ascending, insert, remove } from './sorted.js';

interface Accepted {
  readonly acceptedAt: number;
  readonly id: number;
}

const byAge = (a: Accepted, b: Accepted): number => a.acceptedAt - b.acceptedAt || a.id - b.id;

export class QueueFigures {
  readonly #ended = { sent: 0, givenUp: 0 };
  /** By age, which differs from the order of acceptance if the clocks of the processes of a group differ. */
  readonly #waiting: Accepted[] = [];
  /** Ids of deliveries whose last attempt failed. */
  readonly #failed: number[] = [];

  get empty(): boolean {
    return this.#waiting.length + this.#ended.sent + this.#ended.givenUp === 0;
  }

  add({ id, state, acceptedAt, error }: DeliveryHead): void {
    if (state === 'waiting') insert(this.#waiting, { acceptedAt, id }, byAge);
    else this.#ended[state]++;
    if (error !== undefined) insert(this.#failed, id, ascending);
  }

  subtract({ id, state, acceptedAt, error }: DeliveryHead): void {
    if (state === 'waiting') remove(this.#waiting, { acceptedAt, id }, byAge);
    else this.#ended[state]--;
    if (error !== undefined) remove(this.#failed, id, ascending);
  }

  /** @param errorOf returns the error of a delivery's last attempt */
  counts(errorOf: (id: number) => string | undefined): DeliveryCounts {
    const oldest = this.#waiting[0]?.acceptedAt;
    const failed = this.#failed.at(-1);
    const lastError = failed === undefined ? undefined : errorOf(failed);
    return {
      waiting: this.#waiting.length,
      ...this.#ended,
      ...(oldest === undefined ? {} : { oldest }),
      ...(lastError === undefined ? {} : { lastError }),
    };
  }
}
