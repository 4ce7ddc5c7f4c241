#!/usr/bin/env node
/** `ctios-doctor`: diagnoses problems between this machine and a CTI Server, and names who can fix them. */
import { examine, findingLine, summaryLine } from '../doctor/index.js';
import { packageVersion, runCommandLine } from './command-line.js';
import { doctorHelp, readDoctorCommand } from './ctios-doctor/options.js';

/** Exit codes. */
const WRONG = 1;
const WARNINGS = 3;

async function main(): Promise<void> {
  const command = readDoctorCommand(process.argv.slice(2), process.env);
  if (command === 'help') process.stdout.write(doctorHelp());
  else if (command === 'version') process.stdout.write(`${packageVersion()}\n`);
  else {
    const { json, options } = command;
    const result = await examine({
      ...options,
      tell: (found) => {
        if (!json) process.stdout.write(`${findingLine(found)}\n`);
      },
    });
    process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${summaryLine(result)}\n`);
    if (result.errors > 0) process.exitCode = WRONG;
    else if (result.warnings > 0) process.exitCode = WARNINGS;
  }
}

runCommandLine('ctios-doctor', main);
