import assert from 'node:assert/strict';
import { runTable } from '../../../src/common/machine.js';
import {
  DIALLER_TABLE,
  type DiallerActions,
  type DiallerSignal,
  type DiallerState,
} from '../../../src/server/peers/peer-connector-states.js';

function actions(done: string[], isCovered: boolean): DiallerActions {
  const note = (name: string) => () => void done.push(name);
  return {
    isCovered,
    dial: note('dial'),
    greet: note('greet'),
    reached: note('reached'),
    pause: note('pause'),
    pauseAfterLoss: note('pauseAfterLoss'),
    cover: note('cover'),
    giveUp: note('giveUp'),
  };
}

const ROWS: ReadonlyArray<readonly [DiallerState, DiallerSignal, DiallerState, string, 'covered'?]> = [
  ['stopped', 'start', 'dialling', 'dial'],
  ['dialling', 'opened', 'greeting', 'greet'],
  ['dialling', 'failed', 'pausing', 'pause'],
  ['greeting', 'linked', 'linked', 'reached'],
  ['greeting', 'ended', 'covered', 'cover', 'covered'],
  ['greeting', 'ended', 'pausing', 'pause'],
  ['linked', 'ended', 'pausing', 'pauseAfterLoss'],
  ['covered', 'uncovered', 'pausing', 'pauseAfterLoss'],
  ['pausing', 'news', 'covered', 'cover', 'covered'],
  ['pausing', 'news', 'dialling', 'dial'],
  ['pausing', 'retry', 'dialling', 'dial'],
  ...(['dialling', 'greeting', 'linked', 'covered', 'pausing'] as const).map(
    (state) => [state, 'stop', 'stopped', 'giveUp'] as const,
  ),
];

const STATES = ['stopped', 'dialling', 'greeting', 'linked', 'covered', 'pausing'] as const;

describe('the states of a configured peer', () => {
  const machineIn = (state: DiallerState, done: string[], covered: boolean) =>
    runTable<DiallerState, DiallerSignal, DiallerActions>(DIALLER_TABLE, state, actions(done, covered));

  for (const [from, signal, to, expected, covered] of ROWS) {
    it(`goes from ${from} on "${signal}"${covered ? ', linked otherwise,' : ''} to ${to}`, () => {
      const done: string[] = [];
      const machine = machineIn(from, done, covered !== undefined);
      assert.equal(machine.signal(signal), true);
      assert.deepEqual([machine.state, done], [to, [expected]]);
    });
  }

  it('knows no other way from one to another', () => {
    for (const state of STATES) {
      for (const signal of new Set(DIALLER_TABLE.map(({ on }) => on))) {
        if (ROWS.some(([from, on]) => from === state && on === signal)) continue;
        assert.equal(machineIn(state, [], false).signal(signal), false, `${state}, ${signal}`);
      }
    }
  });
});
