/**
 * The content of a sidebar: every session in brief, one page of one list, and one object or event in full. The shape is
 * what the browser reads (`nodes/editor/sidebar/`). Plain data, no secrets, and never more than a page, however many
 * agents there are.
 */

/** The topic of change notifications, published when there is something new to see. */
export const BELL = 'ctios/sidebar';
/** How long a sidebar counts as open after its last renewal, in milliseconds; it renews four times as often. */
export const INTEREST_MS = 60_000;

export const LISTS = ['agents', 'calls', 'skillgroups', 'events'] as const;
export type ListName = (typeof LISTS)[number];

export interface ViewQuery {
  /** The id of the session whose list is shown; absent if none is. */
  readonly session?: string;
  readonly list: ListName;
  /** Words that a row must contain, all of them; `a|b` for one of several. */
  readonly filter: string;
  /** Index of the first row among those that match. */
  readonly offset: number;
  /** Number of rows, at most {@link MAX_ROWS}. */
  readonly limit: number;
  /** The row to be shown in full: a UniqueObjectID, or the sequence of an event. */
  readonly chosen?: string;
}

/** More than fit into any sidebar. */
export const MAX_ROWS = 100;

export interface View {
  /** The runtime's clock, from which durations are calculated instead of the browser's. */
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
  /** Side of the CTI Server; that of the `ctios-server` until the former is known. */
  readonly side?: string;
  /** Negotiated version of GED-188. */
  readonly protocol?: number;
  /** Whether there is a standby session on the other side. */
  readonly standby?: boolean;
  /** Round-trip time of the last heartbeat to the CTI Server, in milliseconds. */
  readonly roundTripMs?: number;
  /** Frames of the link that are kept for a recording. */
  readonly recordedFrames?: number;
  /** A certificate that is about to expire: its holder, and the days left. */
  readonly expiring?: { readonly holder: string; readonly subject: string; readonly days: number };
  readonly events?: number;
  readonly calls?: number;
  readonly agents?: number;
  readonly skillGroups?: number;
}

export interface ListView {
  readonly session: string;
  readonly name: ListName;
  /** Number of matching rows. */
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly Row[];
}

export type Row = AgentRow | CallRow | SkillGroupRow | EventRow;

/** How long the current state has lasted. */
export interface Since {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** It has lasted longer; its beginning was not observed. */
  readonly atLeast?: true;
}

export interface AgentRow extends Partial<Since> {
  readonly kind: 'agent';
  readonly id: string;
  readonly agentId: string;
  readonly name: string;
  readonly extension: string;
  /** Its name: "Available". */
  readonly state: string;
  /** The reason given by the agent. */
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
  /** Number of its agents known to the session. */
  readonly agents: number;
  readonly available: number;
  readonly talking: number;
  /** If its statistics are enabled. */
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
