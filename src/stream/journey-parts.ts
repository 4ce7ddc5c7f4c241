/**
 * The part of the stream that each active call belongs to: the part of its journey, constant for the duration of the
 * call.
 */
import type { Args, EventMessage } from '../ctios/transport.js';
import { partOf } from './subjects.js';

export class JourneyParts {
  readonly #calls = new Map<string, number>();

  /** The part of an event. */
  of({ event, args }: Pick<EventMessage, 'event' | 'args'>): number {
    const { UniqueObjectID: id, OldUniqueObjectID: old } = args;
    if (typeof id !== 'string' || !id.startsWith('call.')) return partOf(journeyIn(args) ?? String(id));
    let part = this.#calls.get(id);
    if (part === undefined) {
      part = (typeof old === 'string' ? this.#calls.get(old) : undefined) ?? partOf(journeyIn(args) ?? id);
      this.#calls.set(id, part);
    }
    if (typeof old === 'string' && old !== id) this.#calls.delete(old);
    if (event === 'OnCallEnd') this.#calls.delete(id);
    return part;
  }

  /** Registers a call that began before this process started to publish. */
  learn(id: string, part: number): void {
    this.#calls.set(id, part);
  }

  clear(): void {
    this.#calls.clear();
  }
}

/** Identical for all calls of one customer contact. */
function journeyIn({ ICMEnterpriseUniqueID: icm }: Args): string | undefined {
  return typeof icm === 'string' && icm !== '' ? icm : undefined;
}
