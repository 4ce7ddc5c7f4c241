/** Child processes: whether one is running, and ending one. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a process has ended: by itself with a code, or by a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that was ended by a signal has no exit code. */
export function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Sends the process a signal that ends it, unless it has ended already. @returns resolves when it has ended */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<ProcessEnd> {
  if (isRunning(child)) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return { code: child.exitCode, signal: child.signalCode };
}
