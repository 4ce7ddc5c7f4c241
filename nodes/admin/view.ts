/**
 * The answers of the admin routes (`admin-routes.ts`), as the editor (`nodes/editor/api.ts`) reads them. Plain data, no
 * secrets.
 */
import type { SessionView } from '../sidebar/view.js';

/** A session in brief, for pickers. */
export interface SessionSummary
  extends Pick<SessionView, 'id' | 'name' | 'phase' | 'reason' | 'simulated' | 'mode' | 'server' | 'side'>,
    Pick<SessionView, 'protocol' | 'standby' | 'roundTripMs' | 'calls' | 'agents' | 'skillGroups'> {
  /** Nodes that use it. */
  readonly users: number;
  readonly online?: boolean;
  readonly sequence?: number;
}

/** Some of an object's properties, by keyword. */
export type ObjectProperties = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ObjectPage {
  /** The state of the session: without a connection there is nothing to list. */
  readonly phase: string;
  /** Total number; `rows` may contain fewer. */
  readonly total: number;
  readonly rows: readonly ObjectProperties[];
}

export type ReasonFor = 'NotReady' | 'Logout';

/** An EventReasonCode, and its state change. `text` is absent for a code that was only observed. */
export interface Reason {
  readonly code: number;
  readonly state: ReasonFor;
  readonly text?: string;
}

/** The site's lists. */
export interface SiteChoices {
  readonly reasons: readonly Reason[];
  readonly wrapups: readonly string[];
  readonly dialedNumbers: readonly { readonly number: string; readonly name: string }[];
  /** Teams that agents are known to be in, and of how many. */
  readonly teams: readonly { readonly id: string; readonly agents: number }[];
}
