/** Options and listeners of a visit follower. */
import type { Clock } from '../../common/clock.js';
import type { FindAgent, TeamsOf } from '../agents.js';
import type { ContactEvent, EndReason } from '../types.js';
import type { Connection, Visit } from './visit.js';
import type { VisitLedger } from './visit-ledger.js';

/** Which calls count as visits. */
export interface VisitSettings {
  /** Wanted CallTypes; default {@link DEFAULT_CALL_TYPES}. */
  readonly callTypes?: readonly number[];
  /**
   * Restricts the visits to these agents: "1001", or "5000.1001" with the peripheral; empty or absent: every agent the
   * session sees.
   */
  readonly agents?: readonly string[];
  /**
   * Restricts the visits to the agents of these teams (TeamIDs); empty or absent: all agents, with or without a team.
   */
  readonly teams?: readonly string[];
}

export interface VisitListener {
  /** A visit has begun with this connection. */
  opened?(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** The phone is ringing. */
  rang(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** @param here whether the agent has answered the call; otherwise the other party of a call made by the agent has */
  answered(visit: Visit, connection: Connection, event: ContactEvent, here: boolean): void;
  /** A snapshot shows that the phone is ringing. */
  foundRinging(visit: Visit, connection: Connection, event: ContactEvent): void;
  /** @param event absent if it ended by a timeout instead of an event */
  closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined, connection: Connection | undefined): void;
}

export interface VisitFollowerOptions {
  readonly clock: Clock;
  readonly findAgent?: FindAgent | undefined;
  readonly teamsOf?: TeamsOf | undefined;
  readonly listener: VisitListener;
  readonly settings: () => VisitSettings;
  /** Shared by all followers of the same session; default: one in memory. */
  readonly ledger?: VisitLedger | undefined;
  /** Events come from a stream, and those before a restart perhaps again. */
  readonly rereads?: boolean | undefined;
  /**
   * Calls made by agents and calls found in progress are visits, too. A consult call belongs to the visit that it is
   * about.
   */
  readonly everyCall?: true;
}
