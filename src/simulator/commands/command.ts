import type { CommandContext } from './context.js';
import type { ArgumentDefinitions, ArgumentsOf, Command, CommandGroup } from './definition.js';

/** States a command; `run` gets its arguments in the types that their definitions give them. */
export function command<const D extends ArgumentDefinitions, R extends object>(
  group: CommandGroup,
  about: string,
  args: D,
  run: (context: CommandContext, args: ArgumentsOf<D>) => R,
): Command<CommandContext, D, R> {
  return { group, about, args, run };
}
