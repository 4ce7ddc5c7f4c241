/**
 * What Session, Agent, Call and SkillGroup have in common: a record of properties under CTI OS keywords, kept up to
 * date from events. Source: CTI OS Developer Guide, "CtiOs Object".
 */
import type { Args } from '../ctios/transport.js';

export class CtiosObject {
  protected record: Args;

  constructor(properties: Args) {
    this.record = properties;
  }

  /**
   * The merged properties: the live record, brought up to date by the session before an event's listeners run. Read
   * it, copy it (`{ ...call.properties() }`) to keep a moment, do not change it.
   */
  properties(): Readonly<Args> {
    return this.record;
  }

  get uniqueObjectID(): string {
    return this.record.UniqueObjectID as string;
  }
}
