/**
 * The scenario format: a day in the contact center, as data. A scenario is a list of steps; a step does a command of
 * the command table, or waits until something is so. Times are seconds, on whatever clock the simulator runs.
 */

export interface Scenario {
  /** Short, for the command line: "transfer-with-context". */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly about?: string;
  /** What the center should be like at the start, where the user did not say otherwise. */
  readonly center?: {
    readonly agents?: number;
    readonly seed?: number;
    /** Agents logged in and serving calls by themselves. Default false. */
    readonly automatic?: boolean;
    readonly traffic?: 'off' | 'gentle' | 'steady' | 'rush';
  };
  readonly steps: readonly ScenarioStep[];
  /** Starts again after the last step, this many seconds later; left out: once. */
  readonly repeatAfter?: number;
}

export type ScenarioStep = DoStep | UntilStep;

interface Timed {
  /** Seconds after the step before it. Default 0. */
  readonly after?: number;
  /** Or: seconds after the scenario's start. */
  readonly at?: number;
  /** For people who read the scenario. */
  readonly note?: string;
}

/** Does a command. A text argument "$customer.call" is replaced by what an earlier step, `as` "customer", returned. */
export interface DoStep extends Timed {
  readonly do: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** Keeps the result under this name. */
  readonly as?: string;
  /** The step is meant to be refused by the switch; if it is not, the scenario fails. */
  readonly refused?: true;
}

/** Waits until an agent or a call is in a state; a scenario that waits in vain fails, and says where. */
export interface UntilStep extends Timed {
  readonly until: { readonly agent: string; readonly is: string } | { readonly call: string; readonly is: CallPhase };
  /** Seconds; default 60. */
  readonly atMost?: number;
}

/** Where a call stands, seen from outside. */
export type CallPhase = 'queued' | 'ringing' | 'talking' | 'held' | 'ended';
