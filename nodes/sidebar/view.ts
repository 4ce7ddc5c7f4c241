/**
 * What a sidebar is shown: every session in brief, one window of one list, and one object or event in full. The shape
 * is what the browser reads (`nodes/editor/sidebar/`). Plain data, no secrets, and never more than a window, however
 * many agents there are.
 */

/** What the bell is published under: it rings when there is something new to see. */
export const BELL = 'ctios/sidebar';
/** How long a sidebar is believed to be open after it was last heard of, in milliseconds; it renews four times as often. */
export const INTEREST_MS = 60_000;

export const LISTS = ['agents', 'calls', 'skillgroups', 'events'] as const;
export type ListName = (typeof LISTS)[number];

export interface ViewQuery {
  /** Id of the session whose list is shown; absent: none is. */
  readonly session?: string;
  readonly list: ListName;
  /** Words that a row has to contain, all of them; `a|b` for one of several. */
  readonly filter: string;
  /** Index of the first row among those that match. */
  readonly offset: number;
  /** How many rows; at most {@link MAX_ROWS} are given. */
  readonly limit: number;
  /** The row to be told in full: a UniqueObjectID, or the sequence of an event. */
  readonly chosen?: string;
}

/** More than any sidebar has room for. */
export const MAX_ROWS = 100;

export interface View {
  /** The runtime's clock: durations are counted from it, not from the browser's. */
  readonly now: number;
  readonly sessions: readonly SessionView[];
  readonly list?: ListView;
  readonly details?: Details;
}

export interface SessionView {
  readonly id: string;
  readonly name: string;
  readonly phase: string;
  readonly reason?: string;
  readonly simulated: boolean;
  /** Nodes that use it. */
  readonly nodes: number;
  readonly mode?: string;
  readonly server?: string;
  /** Side of the CTI Server; of the `ctios-server` until that has told. */
  readonly side?: string;
  /** Version of GED-188 in force. */
  readonly protocol?: number;
  /** A session stands by on the other side. */
  readonly standby?: boolean;
  /** Milliseconds that the last heartbeat took, to the CTI Server and back. */
  readonly roundTripMs?: number;
  /** Frames of the link that are kept for a recording. */
  readonly recordedFrames?: number;
  /** A certificate that is about to end: whose, and days left. */
  readonly expiring?: { readonly holder: string; readonly subject: string; readonly days: number };
  readonly events?: number;
  readonly calls?: number;
  readonly agents?: number;
  readonly skillGroups?: number;
}

export interface ListView {
  readonly session: string;
  readonly name: ListName;
  /** How many match. */
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly Row[];
}

export type Row = AgentRow | CallRow | SkillGroupRow | EventRow;

/** How long something has been as it is. */
export interface Since {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** It has been so for longer, nobody saw how long. */
  readonly atLeast?: true;
}

export interface AgentRow extends Partial<Since> {
  readonly kind: 'agent';
  readonly id: string;
  readonly agentId: string;
  readonly name: string;
  readonly extension: string;
  /** In words: "Available". */
  readonly state: string;
  /** The reason for it, as the agent gave it. */
  readonly reasonCode?: number;
}
export interface CallRow extends Partial<Since> {
  readonly kind: 'call';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly device: string;
  readonly status: string;
  readonly type: string;
}
export interface SkillGroupRow {
  readonly kind: 'skillgroup';
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Of its agents known to the session. */
  readonly agents: number;
  readonly available: number;
  readonly talking: number;
  /** Where its statistics are asked for. */
  readonly waiting?: number;
}
export interface EventRow {
  readonly kind: 'event';
  /** Its sequence. */
  readonly id: string;
  readonly time: number;
  readonly event: string;
  readonly about: string;
  readonly recovered?: true;
}

export interface Details {
  readonly id: string;
  readonly properties: ReadonlyArray<{ readonly key: string; readonly value: string; readonly word?: string }>;
}
