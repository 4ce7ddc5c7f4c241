import type { ChildProcess } from 'node:child_process';

/** A process that a signal has ended has no exit code. */
export function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}
