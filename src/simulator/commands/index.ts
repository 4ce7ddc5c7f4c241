/** All commands of a simulated contact center, in one table. */
import { agentCommands } from './agents.js';
import { callCommands } from './calls.js';
import { checkCommandArguments } from './check.js';
import type { CommandContext } from './context.js';
import { type ArgumentsOf, type Command, CommandError } from './definition.js';
import { faultCommands, statusCommands } from './faults.js';
import { replayCommands } from './replay.js';
import { scenarioCommands, trafficCommands } from './scenarios.js';

export const commands = {
  ...callCommands,
  ...agentCommands,
  ...trafficCommands,
  ...scenarioCommands,
  ...faultCommands,
  ...statusCommands,
  ...replayCommands,
} as const;

export type CommandName = keyof typeof commands;
/** The arguments of a command: `CommandArguments<'placeCall'>`. */
export type CommandArguments<N extends CommandName> = ArgumentsOf<(typeof commands)[N]['args']>;
/** What a command returns. */
export type CommandResult<N extends CommandName> = ReturnType<(typeof commands)[N]['run']>;

/** The command of that name, case-insensitive. */
export function commandByName(name: string): Command<CommandContext> | undefined {
  const exact = Object.hasOwn(commands, name) ? name : undefined;
  const found = exact ?? Object.keys(commands).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : (commands[found as CommandName] as unknown as Command<CommandContext>);
}

/** @throws CommandError for an unknown name, with the closest known name */
export function knownCommand(name: string): Command<CommandContext> {
  const found = commandByName(name);
  if (found) return found;
  const meant = closest(name, Object.keys(commands));
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  throw new CommandError('SIM_UNKNOWN_COMMAND', `there is no command "${name}"${hint}`);
}

/**
 * Checks the arguments and runs the command.
 * @throws CommandError
 */
export function runCommand(context: CommandContext, name: string, args: Readonly<Record<string, unknown>>): object {
  const command = knownCommand(name);
  return command.run(
    context,
    checkCommandArguments(name, command.args, args, context.center.config.switch.site?.charset) as never,
  );
}

/** The known name closest to the given one, if any is close. */
export function closest(typed: string, names: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best && best.distance <= Math.max(2, typed.length / 3) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[b.length]!;
}
