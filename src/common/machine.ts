/**
 * State machines, written as tables. The table is the machine: it can be read, printed (`docs/reference/state-tables.md` is made
 * from the tables) and tested row by row; this file runs any of them and never changes when one of them does.
 *
 * ## How to read a table
 *
 *     { in: 'opening', on: 'opened', to: 'open', do: (session, conf) => session.becomeOpen(conf) },
 *     { in: ['opening', 'open'], on: 'closed', when: (session) => session.wanted, to: 'pausing' },
 *     { in: '*', on: 'stop', to: 'stopped', do: (session) => session.shutDown() },
 *
 * Read each row as a sentence: *in* this state, *on* this signal, *when* this holds, *do* that and go *to* there.
 *
 * - The rows are tried from top to bottom and the first one that fits is taken. Of two rows for the same state and
 *   signal the upper one has the condition, and the lower one applies otherwise.
 * - A signal without a matching row is ignored, and `signal` returns false. By leaving a row out, a table says that a
 *   message came at the wrong time.
 * - A row without `to` stays in its state; a row without `do` only changes the state.
 * - `do` runs in the old state. Anything that must happen in the new state belongs in `changed`, or is raised by `do` as
 *   another signal, which waits until the row that raised it is done. So each row sees one settled state.
 * - An action that throws does not change the state; the signals behind it are still handled, then the error is thrown.
 *
 * The payload of a signal is part of its type. A machine declares its signals in one interface, each with the type of
 * its payload (`undefined`: none), and every row and every call of `signal` is checked against it:
 *
 *     interface DoorSignals { open: { key: string }; close: undefined }
 *     machine.signal('open', { key: 'brass' });
 *
 * `Context` is an interface with the conditions (`when`) and actions (`do`) of the table. The class that owns the
 * machine implements it; tests implement it to record the actions.
 */

/** One row, for the signal `Name`. */
interface RowOn<State extends string, Name extends string, Data, Context> {
  /** The state the row is for; an array for several; '*' for every state. */
  in: State | readonly State[] | '*';
  on: Name;
  /** Taken only if this holds; the first row that fits is taken. */
  when?: (context: Context, data: Data) => boolean;
  /** Runs before the state changes to `to`. */
  do?: (context: Context, data: Data) => void;
  /** The next state; absent: it stays. */
  to?: State;
}

/** @typeParam Signals the signals by name, with the data of each; `undefined` for none */
export type Row<State extends string, Signals, Context> = {
  [Name in keyof Signals & string]: RowOn<State, Name, Signals[Name], Context>;
}[keyof Signals & string];

/** What is passed with a signal: nothing, or its payload, optional if it may be undefined. */
type Passed<Data> = [Data] extends [undefined] ? [] : undefined extends Data ? [data?: Data] : [data: Data];

export interface Machine<State extends string, Signals> {
  readonly state: State;
  /** Handles a signal; false if no row of the table fits (the signal is then ignored). */
  signal<Name extends keyof Signals & string>(signal: Name, ...data: Passed<Signals[Name]>): boolean;
}

/**
 * @param table the rows, first match wins
 * @param context what `when` and `do` act upon
 * @param changed called after each change of state
 */
export function runTable<State extends string, Signals, Context>(
  table: readonly Row<State, Signals, Context>[],
  initial: State,
  context: Context,
  changed?: (to: State, from: State, signal: keyof Signals & string) => void,
): Machine<State, Signals> {
  type Name = keyof Signals & string;
  // The pairing of signals and payloads is checked where signals are raised; here all payloads are treated alike.
  const rows = table as unknown as readonly RowOn<State, Name, unknown, Context>[];
  let state = initial;
  const queue: Array<[Name, unknown]> = [];
  let running = false;

  const handle = (signal: Name, data: unknown): boolean => {
    const row = rows.find(
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
    signal(signal, ...[data]) {
      // A signal raised by an action waits until the row that raised it is done, so each row sees one settled state.
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
          // An action that throws must not discard the signals behind it: the machine would stop forever.
          thrown ??= { error };
        }
      }
      running = false;
      if (thrown) throw thrown.error;
      return taken ?? false;
    },
  };
}
