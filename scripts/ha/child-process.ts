import type { ChildProcess } from 'node:child_process';

/** A process that was ended by a signal has no exit code. */
export function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}
