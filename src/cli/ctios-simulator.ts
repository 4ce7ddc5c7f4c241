#!/usr/bin/env node
/** `ctios-simulator`: a simulated contact center as a separate process. */
import { CommandError, ScenarioError, Simulator, type SimulatorOptions, scenarioSchema } from '../simulator/index.js';
import { packageVersion, runCommandLine } from './command-line.js';
import { commandList, simulatorHelp } from './ctios-simulator/help.js';
import { readCommandLine, simulatorOptions } from './ctios-simulator/options.js';
import { UsageError } from './usage-error.js';

async function main(): Promise<void> {
  const values = readCommandLine(process.argv.slice(2));
  if (values.help) process.stdout.write(simulatorHelp());
  else if (values.version) process.stdout.write(`${packageVersion()}\n`);
  else if (values['list-commands']) process.stdout.write(commandList());
  else if (values['scenario-schema']) process.stdout.write(`${JSON.stringify(scenarioSchema(), undefined, 2)}\n`);
  else await serve(simulatorOptions(values));
}

async function serve(options: SimulatorOptions): Promise<void> {
  const simulator = create(options);
  simulator.onScenarioEnd = ({ name, error }) => {
    process.stderr.write(error === undefined ? `scenario ${name}: done\n` : `scenario ${name}: ${error}\n`);
    if (error !== undefined) process.exitCode = 1;
  };
  const stop = () => {
    void simulator.stop().then(() => process.exit());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { host, portA, portB } = await simulator.start().catch((error: Error) => {
    throw new Error(`cannot listen: ${error.message}`);
  });
  process.stdout.write(`${JSON.stringify({ listening: { host, port: portA, portB } })}\n`);
}

/** @throws UsageError for a scenario with mistakes, listing all of them */
function create(options: SimulatorOptions): Simulator {
  try {
    return new Simulator(options);
  } catch (error) {
    if (error instanceof ScenarioError)
      throw new UsageError(`the scenario cannot be run:\n  ${error.problems.join('\n  ')}`);
    if (error instanceof CommandError || error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

runCommandLine('ctios-simulator', main);
