/**
 * Contacts claimed among groups of readers that work at the same time: the first group to create the key holds it for a
 * day. Within a group one process works at a time; a claim also counts for its successor, so that a contact whose
 * message was lost with a process is shown by the next one.
 */
import type { KeyValue } from './engine.js';
import { key } from './subjects.js';

export class Claims {
  constructor(
    private readonly store: KeyValue,
    private readonly group: string,
  ) {}

  /** @returns whether this group holds the claim. Rejects while the engine is unreachable */
  async claim(name: string): Promise<boolean> {
    const id = key(name);
    if ((await this.store.create(id, this.group)) !== undefined) return true;
    return (await this.store.get(id))?.value === this.group;
  }
}
