/**
 * Runs a state machine that is written as a table. The table is the machine: one row says in which state, on which
 * signal, under which condition, what is done and where it leads. This file never changes when a machine does.
 */

export interface Row<State extends string, Signal extends string, Context> {
  /** The state the row is for; an array for several; '*' for every state. */
  in: State | readonly State[] | '*';
  on: Signal;
  /** Taken only if this holds; the first row that fits is taken. */
  when?: (context: Context, data: unknown) => boolean;
  /** Runs before the state changes to `to`. */
  do?: (context: Context, data: unknown) => void;
  /** The next state; absent: it stays. */
  to?: State;
}

export interface Machine<State extends string, Signal extends string> {
  readonly state: State;
  /** Handles a signal; false if no row of the table fits (the signal is then ignored). */
  signal(signal: Signal, data?: unknown): boolean;
}

/**
 * @param table the rows, first match wins
 * @param context what `when` and `do` act upon
 * @param changed told after each change of state
 */
export function runTable<State extends string, Signal extends string, Context>(
  table: readonly Row<State, Signal, Context>[],
  initial: State,
  context: Context,
  changed?: (to: State, from: State, signal: Signal) => void,
): Machine<State, Signal> {
  let state = initial;
  const queue: Array<[Signal, unknown]> = [];
  let running = false;

  const handle = (signal: Signal, data: unknown): boolean => {
    const row = table.find(
      (each) =>
        each.on === signal &&
        (each.in === '*' || each.in === state || (Array.isArray(each.in) && each.in.includes(state))) &&
        (each.when === undefined || each.when(context, data)),
    );
    if (row === undefined) return false;
    row.do?.(context, data);
    if (row.to !== undefined && row.to !== state) {
      const from = state;
      state = row.to;
      changed?.(state, from, signal);
    }
    return true;
  };

  return {
    get state() {
      return state;
    },
    signal(signal, data) {
      // A signal raised by an action waits until the row that raised it is done: each row sees one settled state.
      queue.push([signal, data]);
      if (running) return true;
      running = true;
      let taken: boolean | undefined;
      let thrown: { error: unknown } | undefined;
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        try {
          const result = handle(next[0], next[1]);
          taken ??= result;
        } catch (error) {
          // A thrown action must not swallow the signals behind it: the machine would stand still for ever.
          thrown ??= { error };
        }
      }
      running = false;
      if (thrown) throw thrown.error;
      return taken ?? false;
    },
  };
}
