/** What a follower of visits is told, and whom it tells. */
import type { Clock } from '../common/clock.js';
import type { FindAgent } from './agents.js';
import type { ContactEvent, EndReason } from './types.js';
import type { Connection, Visit } from './visit.js';

/** Whose calls are visits. */
export interface VisitSettings {
  /** CallTypes that are wanted; default {@link DEFAULT_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /** Only these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the session sees. */
  readonly agents?: readonly string[];
}

export interface VisitListener {
  /** A visit has begun with this connection. */
  opened?(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** The phone rings. */
  rang(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** @param here the agent has taken the call; otherwise the other end of a call that the agent made has */
  answered(visit: Visit, connection: Connection, event: ContactEvent, here: boolean): void;
  /** A snapshot shows that the phone rings. */
  foundRinging(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** @param event absent where no event but time ended it */
  closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined, connection: Connection | undefined): void;
}

export interface VisitFollowerOptions {
  readonly clock: Clock;
  readonly findAgent?: FindAgent | undefined;
  readonly listener: VisitListener;
  readonly settings: () => VisitSettings;
  /**
   * Calls that agents make, and calls that are found in progress, are visits, too. A consult call belongs to the visit
   * that it is about.
   */
  readonly everyCall?: true;
}
