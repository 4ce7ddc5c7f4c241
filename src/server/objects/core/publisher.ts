import { recordFactory } from '../../../common/records/compiled-records.js';
import type { Args } from '../../../ctios/transport.js';
import type { Audience, Publication } from '../../object-server.js';

/** No specific client: monitor sessions whose filter matches. */
export const UNADDRESSED: Audience = Object.freeze({});

/**
 * Most events: they are queued, which is why they are not made by an object literal (see `common/compiled-records.ts`).
 */
const seen = recordFactory<(kind: 'event', event: string, args: Args, to: Audience) => Publication>(
  'kind',
  'event',
  'args',
  'to',
);

/** Publishes to the client sessions. One publication is one object, shared by all recipients. */
export class Publisher {
  readonly #listeners = new Set<(publication: Publication) => void>();
  /** While true, publications were learned from a snapshot and not observed. */
  #recovering = false;

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Marks everything published while `run` runs as recovered, and nothing after it, even if a listener throws. */
  recovered(publish: () => void): void {
    const before = this.#recovering;
    this.#recovering = true;
    try {
      publish();
    } finally {
      this.#recovering = before;
    }
  }

  publish(event: string, args: Args, to: Audience = UNADDRESSED): void {
    if (this.#listeners.size === 0) return;
    const publication: Publication = this.#recovering
      ? { kind: 'event', event, args, recovered: true, to }
      : seen('event', event, args, to);
    for (const listener of this.#listeners) listener(publication);
  }
}
