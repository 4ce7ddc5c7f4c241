import { getOrMake } from './maps.js';

/** A skill group as far as messages have described it. */
export class ServerSkillGroup {
  /** `skillgroup.<PeripheralID>.<SkillGroupNumber>` */
  readonly id: string;
  /** SkillGroupID, the enterprise-wide identifier. */
  skillGroupId: number | undefined;
  name: string | undefined;

  constructor(
    readonly peripheralId: number,
    readonly number: number,
  ) {
    this.id = `skillgroup.${peripheralId}.${number}`;
  }
}

export class SkillGroups {
  readonly #byId = new Map<string, ServerSkillGroup>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<ServerSkillGroup> {
    return this.#byId.values();
  }

  byId(id: string): ServerSkillGroup | undefined {
    return this.#byId.get(id);
  }

  find(peripheralId: number, number: number): ServerSkillGroup | undefined {
    return this.#byId.get(`skillgroup.${peripheralId}.${number}`);
  }

  at(peripheralId: number, number: number): ServerSkillGroup {
    return getOrMake(
      this.#byId,
      `skillgroup.${peripheralId}.${number}`,
      () => new ServerSkillGroup(peripheralId, number),
    );
  }

  delete(peripheralId: number, number: number): void {
    this.#byId.delete(`skillgroup.${peripheralId}.${number}`);
  }
}
