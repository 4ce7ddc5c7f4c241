import assert from 'node:assert/strict';
import {
  PEER_CONNECTOR_TABLE,
  type PeerConnectorActions,
  type PeerConnectorSignal,
  type PeerConnectorState,
} from '../../../src/server/peers/connection/peer-connector-states.js';
import { tryTable } from '../../common/try-table.js';

function actions(done: string[], isCovered: boolean): PeerConnectorActions {
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

const ROWS: ReadonlyArray<readonly [PeerConnectorState, PeerConnectorSignal, PeerConnectorState, string, 'covered'?]> =
  [
    ['stopped', 'start', 'dialing', 'dial'],
    ['dialing', 'opened', 'greeting', 'greet'],
    ['dialing', 'failed', 'pausing', 'pause'],
    ['greeting', 'linked', 'linked', 'reached'],
    ['greeting', 'ended', 'covered', 'cover', 'covered'],
    ['greeting', 'ended', 'pausing', 'pause'],
    ['linked', 'ended', 'pausing', 'pauseAfterLoss'],
    ['covered', 'uncovered', 'pausing', 'pauseAfterLoss'],
    ['pausing', 'news', 'covered', 'cover', 'covered'],
    ['pausing', 'news', 'dialing', 'dial'],
    ['pausing', 'retry', 'dialing', 'dial'],
    ...(['dialing', 'greeting', 'linked', 'covered', 'pausing'] as const).map(
      (state) => [state, 'stop', 'stopped', 'giveUp'] as const,
    ),
  ];

const STATES = ['stopped', 'dialing', 'greeting', 'linked', 'covered', 'pausing'] as const;

describe('the states of a configured peer', () => {
  const machineIn = (state: PeerConnectorState, done: string[], covered: boolean) =>
    tryTable<PeerConnectorState, PeerConnectorActions>(PEER_CONNECTOR_TABLE, state, actions(done, covered));

  for (const [from, signal, to, expected, covered] of ROWS) {
    it(`goes from ${from} on "${signal}"${covered ? ', linked otherwise,' : ''} to ${to}`, () => {
      const done: string[] = [];
      const machine = machineIn(from, done, covered !== undefined);
      assert.equal(machine.signal(signal), true);
      assert.deepEqual([machine.state, done], [to, [expected]]);
    });
  }

  it('has no other transitions', () => {
    for (const state of STATES) {
      for (const signal of new Set(PEER_CONNECTOR_TABLE.map(({ on }) => on))) {
        if (ROWS.some(([from, on]) => from === state && on === signal)) continue;
        assert.equal(machineIn(state, [], false).signal(signal), false, `${state}, ${signal}`);
      }
    }
  });
});
