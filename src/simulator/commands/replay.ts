/** Commands about a recording that is replayed instead of a contact center. */
import type { CommandContext } from './context.js';
import { type ArgumentDefinitions, type Command, CommandError } from './definition.js';

const command = <const D extends ArgumentDefinitions>(about: string, args: D): Command<CommandContext, D, object> => ({
  group: 'replay',
  about,
  args,
  run() {
    throw new CommandError(
      'SIM_REFUSED',
      'this contact center is simulated: there is no recording that could be played',
    );
  },
});

export const replayCommands = {
  replayStep: command('Sends the next messages of the recording.', {
    count: { type: 'number', min: 1, max: 100_000, about: 'how many', fallback: '1' },
  }),
  replaySpeed: command('Changes how fast the recording is played.', {
    speed: {
      type: 'number',
      min: 0.01,
      max: 1_000,
      about: 'as many times as fast as it was',
      fallback: '1: as it was',
    },
    stepped: { type: 'boolean', about: 'only message by message, with replayStep', fallback: 'false' },
  }),
} as const;
