import type { CommandContext } from './context.js';
import type { ArgumentDefinitions, ArgumentsOf, Command, CommandGroup } from './definition.js';

/** Defines a command; `run` receives its arguments with the types from their definitions. */
export function command<const D extends ArgumentDefinitions, R extends object>(
  group: CommandGroup,
  about: string,
  args: D,
  run: (context: CommandContext, args: ArgumentsOf<D>) => R,
): Command<CommandContext, D, R> {
  return { group, about, args, run };
}
