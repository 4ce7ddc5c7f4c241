/**
 * When an object entered its state: an agent its AgentState, a call its CallStatus. Most events only report a change;
 * if the switch reports how long the state has lasted, its time counts.
 */

export interface StateSince {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The actual start may be earlier: the first report of the object did not include it. */
  readonly atLeast?: true;
  /**
   * The state has certainly lasted since then: later than `since` if the link was lost in between, because events
   * during that time were not observed.
   */
  readonly certainSince: number;
  /** The same on the monotonic clock, for intervals. */
  readonly certainAt: number;
  /** When an event last reported the start, in milliseconds since the epoch. */
  readonly reportedAt: number;
}

/** When an event was received. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** On the monotonic clock. */
  readonly at: number;
  /** Whether the event occurred at that time, and is not from a snapshot, a query or a stream. */
  readonly live: boolean;
}

/** A switch reports whole seconds. */
const TOLERANCE_MS = 2_000;

/**
 * @param changed whether the state differs from the previous one
 * @param durationS how long the state has lasted, as reported by the switch
 */
export function stateSinceAfter(
  before: StateSince | undefined,
  changed: boolean,
  moment: Moment,
  durationS: number | undefined,
): StateSince {
  const reported = durationS !== undefined && durationS > 0 ? beginning(moment, durationS * 1000) : undefined;
  if (before === undefined || changed) {
    if (reported !== undefined) return reported;
    return moment.live ? beginning(moment, 0) : { ...beginning(moment, 0), atLeast: true };
  }
  if (reported === undefined) return before;
  // The same state, unless it was left and entered again unobserved.
  const same = !before.atLeast && Math.abs(reported.since - before.since) <= TOLERANCE_MS;
  if (!same) return reported;
  // The first report is the more accurate one.
  const earlier = reported.since - before.since;
  return { ...reported, since: before.since, certainSince: before.since, certainAt: reported.certainAt - earlier };
}

/** The link was lost until `moment`, and no report since has included the duration of the state. */
export function stateSinceUnseen(before: StateSince, { time, at }: Moment): StateSince {
  return { ...before, certainSince: time, certainAt: at };
}

function beginning({ time, at }: Moment, agoMs: number): StateSince {
  return { since: time - agoMs, certainSince: time - agoMs, certainAt: at - agoMs, reportedAt: time };
}
