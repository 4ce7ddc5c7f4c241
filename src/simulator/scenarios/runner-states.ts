/** The state machine of a running scenario, as a table. */
import type { Row } from '../../common/machine.js';

export type RunnerState = 'idle' | 'pausing' | 'waiting' | 'finished' | 'failed';
export type RunnerSignal = 'start' | 'due' | 'happened' | 'tooLate' | 'stop' | 'next' | 'wait' | 'done' | 'fail';

/** The actions of the table. */
export interface RunnerActions {
  /** Starts with the first step. */
  begin(): void;
  /** Runs the current step: `next`, `fail`, or `wait` follows; `done` after the last. */
  perform(): void;
  /** Watches for what the current step waits for. */
  watch(): void;
  isSo(): boolean;
  /** Continues with the next step, when its time has come. */
  advance(): void;
  /** Records what was not reached in time. */
  giveUp(): void;
  end(): void;
}

export const runnerTable: readonly Row<RunnerState, Record<RunnerSignal, undefined>, RunnerActions>[] = [
  { in: ['idle', 'finished', 'failed'], on: 'start', do: (it) => it.begin(), to: 'pausing' },
  { in: 'pausing', on: 'due', do: (it) => it.perform() },
  { in: 'pausing', on: 'wait', do: (it) => it.watch(), to: 'waiting' },
  { in: 'waiting', on: 'happened', when: (it) => it.isSo(), do: (it) => it.advance(), to: 'pausing' },
  { in: 'waiting', on: 'tooLate', do: (it) => it.giveUp(), to: 'failed' },
  { in: 'pausing', on: 'next', do: (it) => it.advance() },
  { in: 'pausing', on: 'done', do: (it) => it.end(), to: 'finished' },
  { in: 'pausing', on: 'fail', do: (it) => it.end(), to: 'failed' },
  { in: ['pausing', 'waiting'], on: 'stop', do: (it) => it.end(), to: 'idle' },
];
