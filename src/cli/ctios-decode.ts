#!/usr/bin/env node
/** `ctios-decode`: prints the CTI Server messages in a file, with warnings for each. */
import { readFileSync } from 'node:fs';
import {
  decodeSession,
  finesseJson,
  finesseText,
  frameJson,
  frameText,
  type MessageFile,
  type ReadRecording,
  readMessageFile,
  sessionLine,
} from '../recording/index.js';
import { packageVersion, runCommandLine } from './command-line.js';
import { type DecodeCommandOptions, decodeHelp, readDecodeCommand } from './ctios-decode/options.js';
import { UsageError } from './usage-error.js';

/** Exit code if there were warnings. */
const ODD = 1;

function main(): void {
  const command = readDecodeCommand(process.argv.slice(2));
  if (command === 'help') process.stdout.write(decodeHelp);
  else if (command === 'version') process.stdout.write(`${packageVersion()}\n`);
  else process.exitCode = print(readFile(command.file), command.options) ? ODD : 0;
}

function readFile(file: string): MessageFile {
  try {
    return readMessageFile(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

/** @returns whether there were warnings */
function print(file: MessageFile, wanted: DecodeCommandOptions): boolean {
  return file.kind === 'recording' ? printRecording(file.recording, wanted) : printFinesse(file, wanted);
}

function printRecording({ sessions, problems, redacted }: ReadRecording, wanted: DecodeCommandOptions): boolean {
  let odd = problems.length > 0;
  if (redacted) process.stderr.write('numbers, names and call data in this recording are pseudonyms\n');
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  for (const session of sessions) {
    if (wanted.session !== undefined && wanted.session !== session.id) continue;
    const decoded = decodeSession(session, wanted);
    if (!wanted.json) writeLine(sessionLine(decoded));
    for (const frame of decoded.frames) {
      odd ||= frame.oddities.length > 0;
      if (isWanted(frame, wanted)) writeLine(wanted.json ? JSON.stringify(frameJson(frame)) : frameText(frame));
    }
  }
  return odd;
}

function printFinesse(
  { messages, problems }: MessageFile & { kind: 'finesse log' },
  wanted: DecodeCommandOptions,
): boolean {
  let odd = problems.length > 0;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  for (const message of messages) {
    odd ||= message.oddities.length > 0;
    if (isWanted(message, wanted)) writeLine(wanted.json ? JSON.stringify(finesseJson(message)) : finesseText(message));
  }
  return odd;
}

function isWanted(
  { type, oddities }: { type: string; oddities: readonly string[] },
  { odd, messages }: DecodeCommandOptions,
): boolean {
  return (messages.length === 0 || messages.includes(type)) && (!odd || oddities.length > 0);
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

runCommandLine('ctios-decode', main);
