/**
 * The definition of a command that can be run on a simulated contact center. The command line, the `ctios-simulate`
 * node, scenarios and tests read the same definitions, so a command is available everywhere.
 */

/** The type of a value. `data` is an object of texts: call variables ("CallVariable1") and ECC ("user.Name"). */
export type ArgumentType = 'text' | 'number' | 'boolean' | 'choice' | 'data' | 'list' | 'object';

export interface ArgumentDefinition {
  readonly type: ArgumentType;
  /** One line, for dialogs and `--help`. */
  readonly about: string;
  readonly required?: true;
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** The default value, for display. */
  readonly fallback?: string;
  /** For `number`: the least and the most. For `text`: `max` is the most characters. */
  readonly min?: number;
  readonly max?: number;
}

export type ArgumentDefinitions = { readonly [name: string]: ArgumentDefinition };

type ValueOf<D extends ArgumentDefinition> = D['type'] extends 'number'
  ? number
  : D['type'] extends 'boolean'
    ? boolean
    : D['type'] extends 'data'
      ? Readonly<Record<string, string>>
      : D['type'] extends 'list'
        ? readonly string[]
        : D['type'] extends 'object'
          ? object
          : D extends { choices: readonly (infer C)[] }
            ? C
            : string;

/** The TypeScript type of a command's arguments, derived from its definitions. */
export type ArgumentsOf<D extends ArgumentDefinitions> = {
  readonly [K in keyof D as D[K] extends { required: true } ? K : never]: ValueOf<D[K]>;
} & { readonly [K in keyof D as D[K] extends { required: true } ? never : K]?: ValueOf<D[K]> };

/** The group of a command in a list for display. */
export type CommandGroup = 'calls' | 'agents' | 'traffic' | 'scenario' | 'faults' | 'status' | 'replay';

export interface Command<
  Context = never,
  D extends ArgumentDefinitions = ArgumentDefinitions,
  Result extends object = object,
> {
  readonly group: CommandGroup;
  /** One line, for display. */
  readonly about: string;
  readonly args: D;
  /** Runs it synchronously. Returns plain JSON-safe data; throws {@link CommandError}. */
  readonly run: (context: Context, args: ArgumentsOf<D>) => Result;
}

/** A command could not be carried out; nothing has changed. The message is a sentence for display. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    /** A stable code: `SIM_UNKNOWN_COMMAND`, `SIM_BAD_ARGUMENT`, `SIM_NOT_FOUND`, `SIM_REFUSED`. */
    readonly code: 'SIM_UNKNOWN_COMMAND' | 'SIM_BAD_ARGUMENT' | 'SIM_NOT_FOUND' | 'SIM_REFUSED',
    message: string,
    /** Set if the switch refused: the failure as a CTI client would see it. */
    readonly failure?: { failureCode: number; peripheralErrorCode: number },
  ) {
    super(message);
  }
}
