/**
 * The scenario format: a day in the contact center, as data. A scenario is a list of steps; a step runs a command of
 * the command table, or waits for a condition. Times are in seconds, on the simulator's clock.
 */

export interface Scenario {
  /** Short, for the command line: "transfer-with-context". */
  readonly name: string;
  /** For display. */
  readonly title: string;
  readonly about?: string;
  /** Options of the center, unless the user overrides them. */
  readonly center?: {
    readonly agents?: number;
    readonly seed?: number;
    /** Agents are logged in and handle calls automatically. Default false. */
    readonly automatic?: boolean;
    readonly traffic?: 'off' | 'gentle' | 'steady' | 'waves' | 'rush';
  };
  readonly steps: readonly ScenarioStep[];
  /** Restarts this many seconds after the last step; absent: runs once. */
  readonly repeatAfter?: number;
}

export type ScenarioStep = DoStep | UntilStep;

interface Timed {
  /** Seconds after the previous step. Default 0. */
  readonly after?: number;
  /** Or: seconds after the scenario's start. */
  readonly at?: number;
  /** A comment. */
  readonly note?: string;
}

/**
 * Runs a command. A text argument "$customer.call" is replaced by the result of the earlier step with `as` "customer".
 */
export interface DoStep extends Timed {
  readonly do: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** Stores the result under this name. */
  readonly as?: string;
  /** The switch is expected to refuse the step; otherwise the scenario fails. */
  readonly refused?: true;
}

/** Waits until an agent or a call is in a state; the scenario fails if that takes too long. */
export interface UntilStep extends Timed {
  readonly until: { readonly agent: string; readonly is: string } | { readonly call: string; readonly is: CallPhase };
  /** Seconds; default 60. */
  readonly atMost?: number;
}

/** The state of a call, from a caller's point of view. */
export type CallPhase = 'queued' | 'ringing' | 'talking' | 'held' | 'ended';
