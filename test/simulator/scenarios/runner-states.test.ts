import { deepStrictEqual, equal } from 'node:assert/strict';
import {
  type RunnerActions,
  type RunnerSignal,
  type RunnerState,
  runnerTable,
} from '../../../src/simulator/scenarios/runner-states.js';
import { tryTable } from '../../common/try-table.js';

describe('The table of a running scenario', () => {
  const transitions: [RunnerState, RunnerSignal, RunnerState, string[]][] = [
    ['idle', 'start', 'pausing', ['begin']],
    ['finished', 'start', 'pausing', ['begin']],
    ['failed', 'start', 'pausing', ['begin']],
    ['pausing', 'due', 'pausing', ['perform']],
    ['pausing', 'wait', 'waiting', ['watch']],
    ['waiting', 'happened', 'pausing', ['advance']],
    ['waiting', 'tooLate', 'failed', ['giveUp']],
    ['pausing', 'next', 'pausing', ['advance']],
    ['pausing', 'done', 'finished', ['end']],
    ['pausing', 'fail', 'failed', ['end']],
    ['pausing', 'stop', 'idle', ['end']],
    ['waiting', 'stop', 'idle', ['end']],
    ['idle', 'due', 'idle', []],
    ['finished', 'stop', 'finished', []],
  ];
  const notes = (isSo: boolean): { done: string[]; actions: RunnerActions } => {
    const done: string[] = [];
    const note = (what: string) => () => void done.push(what);
    const actions = {
      begin: note('begin'),
      perform: note('perform'),
      watch: note('watch'),
      isSo: () => isSo,
      advance: note('advance'),
      giveUp: note('giveUp'),
      end: note('end'),
    };
    return { done, actions };
  };
  for (const [from, signal, to, expected] of transitions) {
    it(`goes from ${from} on ${signal} to ${to}`, () => {
      const { done, actions } = notes(true);
      const machine = tryTable<RunnerState, RunnerActions>(runnerTable, from, actions);
      machine.signal(signal);
      equal(machine.state, to);
      deepStrictEqual(done, expected);
    });
  }

  it('keeps waiting until its condition is met', () => {
    const { done, actions } = notes(false);
    const machine = tryTable<RunnerState, RunnerActions>(runnerTable, 'waiting', actions);
    machine.signal('happened');
    equal(machine.state, 'waiting');
    deepStrictEqual(done, []);
  });
});
