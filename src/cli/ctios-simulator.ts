#!/usr/bin/env node
/** `ctios-simulator`: a simulated contact center as a separate process. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  CommandError,
  Replay,
  type ReplayOptions,
  ScenarioError,
  Simulator,
  type SimulatorOptions,
  scenarioSchema,
} from '../simulator/index.js';
import { packageVersion, runCommandLine } from './command-line.js';
import { commandList, simulatorHelp } from './ctios-simulator/help.js';
import { readCommandLine, replayOf, simulatorOptions } from './ctios-simulator/options.js';
import { UsageError } from './usage-error.js';

async function main(): Promise<void> {
  const values = readCommandLine(process.argv.slice(2));
  if (values.help) process.stdout.write(simulatorHelp());
  else if (values.version) process.stdout.write(`${packageVersion()}\n`);
  else if (values['list-commands']) process.stdout.write(commandList());
  else if (values['scenario-schema']) process.stdout.write(`${JSON.stringify(scenarioSchema(), undefined, 2)}\n`);
  else {
    const replay = replayOf(values);
    if (replay === undefined) await serve(simulatorOptions(values));
    else await play(replay.file, replay.options);
  }
}

async function play(file: string, options: ReplayOptions): Promise<void> {
  const replay = load(file, options);
  stopOnSignals(replay);
  await listen(replay);
  if (options.speed !== 'stepped') return;
  createInterface({ input: process.stdin }).on('line', (line) => {
    const count = /^\d{1,5}$/.test(line.trim()) ? Math.max(1, Number(line)) : 1;
    process.stdout.write(`${JSON.stringify(replay.run('replayStep', { count }))}\n`);
  });
}

/** @throws UsageError for a file that cannot be played */
function load(file: string, options: ReplayOptions): Replay {
  try {
    return Replay.of(readFileSync(file), options);
  } catch (error) {
    throw new UsageError(`--replay ${file}: ${(error as Error).message}`);
  }
}

async function serve(options: SimulatorOptions): Promise<void> {
  const simulator = create(options);
  simulator.onScenarioEnd = ({ name, error }) => {
    process.stderr.write(error === undefined ? `scenario ${name}: done\n` : `scenario ${name}: ${error}\n`);
    if (error !== undefined) process.exitCode = 1;
  };
  stopOnSignals(simulator);
  await listen(simulator);
}

type Served = Pick<Simulator, 'start' | 'stop'>;

function stopOnSignals(served: Served): void {
  const stop = () => {
    void served.stop().then(() => process.exit());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function listen(served: Served): Promise<void> {
  const { host, portA, portB } = await served.start().catch((error: Error) => {
    throw new Error(`cannot listen: ${error.message}`);
  });
  process.stdout.write(`${JSON.stringify({ listening: { host, port: portA, portB } })}\n`);
}

/** @throws UsageError for an invalid scenario, listing all errors */
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
