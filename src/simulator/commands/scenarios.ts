/** Commands of traffic and of scenarios. */
import type { Scenario } from '../scenarios/format.js';
import { shippedScenarios } from '../scenarios/shipped.js';
import { command } from './command.js';
import { CommandError } from './definition.js';

export const trafficCommands = {
  startTraffic: command(
    'traffic',
    'Calls arrive automatically.',
    {
      level: {
        type: 'choice',
        choices: ['gentle', 'steady', 'waves', 'rush'],
        about: 'how many: 10 or 60 calls a minute, busy and quiet times in turn, or 90 calls a second',
        fallback: 'gentle',
      },
    },
    (context, args) => {
      context.startTraffic(args.level ?? 'gentle');
      return {};
    },
  ),
  stopTraffic: command('traffic', 'Automatic calls stop arriving.', {}, (context) => {
    context.stopTraffic();
    return {};
  }),
};

export const scenarioCommands = {
  runScenario: command(
    'scenario',
    'Runs a scenario; a running one is stopped first.',
    {
      name: {
        type: 'choice',
        choices: Object.keys(shippedScenarios),
        about: 'a scenario that comes with the simulator',
      },
      scenario: { type: 'object', about: 'or a scenario of your own' },
    },
    (context, args) => {
      const wanted = args.scenario ?? args.name;
      if (wanted === undefined) throw new CommandError('SIM_BAD_ARGUMENT', 'runScenario: name a scenario or give one');
      const { name, title, steps } = context.runScenario(wanted as string | Scenario);
      return { scenario: name, title, steps: steps.length };
    },
  ),
  stopScenario: command('scenario', 'Stops the running scenario.', {}, (context) => ({
    stopped: context.stopScenario(),
  })),
};
