import { recordFactory } from '../../../common/compiled-records.js';
import type { Args } from '../../../ctios/transport.js';
import type { Audience, Publication } from '../../object-server.js';

/** Nobody in particular: monitor sessions whose filter matches. */
export const UNADDRESSED: Audience = Object.freeze({});

/** Most events: they wait in queues, which an object literal would not be made for (see `common/compiled-records.ts`). */
const seen = recordFactory<(kind: 'event', event: string, args: Args, to: Audience) => Publication>(
  'kind',
  'event',
  'args',
  'to',
);

/** Tells the client sessions. One publication is one object, shared by all who get it. */
export class Publisher {
  readonly #listeners = new Set<(publication: Publication) => void>();
  /** While true, what is published was learned from a snapshot and was not seen to happen. */
  #recovering = false;

  subscribe(listener: (publication: Publication) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Marks everything that is published while this runs as recovered; also when a listener throws, only that. */
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
