/**
 * Contacts claimed among groups of readers that all work: the first group to create the key has it, for a day. Within a
 * group one process works at a time; what it claimed is claimed for its successor, too, so that a contact whose message was
 * lost with a process is shown by the next one.
 */
import type { KeyValue } from './engine.js';
import { key } from './subjects.js';

export class Claims {
  constructor(
    private readonly store: KeyValue,
    private readonly group: string,
  ) {}

  /** @returns whether this group has it. Rejects while the engine cannot be reached */
  async claim(name: string): Promise<boolean> {
    const id = key(name);
    if ((await this.store.create(id, this.group)) !== undefined) return true;
    return (await this.store.get(id))?.value === this.group;
  }
}
