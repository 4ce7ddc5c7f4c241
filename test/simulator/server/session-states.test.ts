import { deepStrictEqual, equal } from 'node:assert/strict';
import {
  type SimulatorSessionActions,
  type SimulatorSessionSignal,
  type SimulatorSessionState,
  simulatorSessionTable,
} from '../../../src/simulator/server/session/session-states.js';
import { tryTable } from '../../common/try-table.js';

/** Records the actions of the table. */
function notes(): { done: string[]; session: SimulatorSessionActions } {
  const done: string[] = [];
  return {
    done,
    session: {
      begin: () => void done.push('begin'),
      takeOver: () => void done.push('takeOver'),
      retire: (why, dismissal) =>
        void done.push(dismissal === undefined ? `retire ${why}` : `retire ${why} ${dismissal}`),
      sayGoodbye: (invokeId) => void done.push(`sayGoodbye ${invokeId}`),
      dismiss: (status) => void done.push(`dismiss ${status}`),
      cut: () => void done.push('cut'),
    },
  };
}

describe('The table of session states', () => {
  const transitions: [SimulatorSessionState, SimulatorSessionSignal, SimulatorSessionState, string[], unknown?][] = [
    ['connected', 'granted', 'open', ['begin']],
    ['connected', 'grantedStandby', 'standby', []],
    ['standby', 'activated', 'open', ['takeOver']],
    ['connected', 'closeRequested', 'leaving', ['sayGoodbye 7'], 7],
    ['open', 'closeRequested', 'leaving', ['retire closed', 'sayGoodbye 7'], 7],
    ['standby', 'closeRequested', 'leaving', ['retire closed', 'sayGoodbye 7'], 7],
    ['open', 'dismissed', 'dismissed', ['retire dismissed 11', 'dismiss 11'], 11],
    ['standby', 'dismissed', 'dismissed', ['retire dismissed 15', 'dismiss 15'], 15],
    ['connected', 'dismissed', 'closed', ['cut'], 15],
    ['open', 'idle', 'closed', ['retire timeout', 'cut']],
    ['standby', 'idle', 'closed', ['retire timeout', 'cut']],
    ['open', 'stalled', 'closed', ['retire stalled', 'cut']],
    ['open', 'garbled', 'closed', ['retire garbled', 'cut']],
    ['standby', 'garbled', 'closed', ['retire garbled', 'cut']],
    ['open', 'gone', 'closed', ['retire gone']],
    ['standby', 'gone', 'closed', ['retire gone']],
    ['connected', 'garbled', 'closed', ['cut']],
    ['connected', 'overdue', 'closed', ['cut']],
    ['connected', 'gone', 'closed', []],
    ['dismissed', 'closeRequested', 'leaving', ['sayGoodbye 7'], 7],
    ['dismissed', 'overdue', 'closed', ['cut']],
    ['dismissed', 'gone', 'closed', []],
    ['leaving', 'overdue', 'closed', ['cut']],
    ['leaving', 'stalled', 'closed', ['cut']],
    ['leaving', 'garbled', 'closed', ['cut']],
    ['leaving', 'gone', 'closed', []],
  ];
  for (const [from, signal, to, actions, data] of transitions) {
    it(`goes from ${from} on ${signal} to ${to}`, () => {
      const { done, session } = notes();
      const machine = tryTable<SimulatorSessionState, SimulatorSessionActions>(simulatorSessionTable, from, session);
      equal(machine.signal(signal, data), true);
      equal(machine.state, to);
      deepStrictEqual(done, actions);
    });
  }

  it('has no transitions after the end', () => {
    const { done, session } = notes();
    const machine = tryTable<SimulatorSessionState, SimulatorSessionActions>(simulatorSessionTable, 'closed', session);
    for (const [, signal] of transitions) machine.signal(signal);
    equal(machine.state, 'closed');
    deepStrictEqual(done, []);
  });
});
