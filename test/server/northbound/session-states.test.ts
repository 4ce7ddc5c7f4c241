import assert from 'node:assert/strict';
import {
  type ClientSessionActions,
  type ClientSessionSignal,
  type ClientSessionState,
  clientSessionTable,
} from '../../../src/server/northbound/session/session-states.js';
import { tryTable } from '../../common/try-table.js';

/** Records the actions of the table. */
function actions(done: string[]): ClientSessionActions {
  return {
    welcome: () => done.push('welcome'),
    refuse: (data) => done.push(`refuse ${String(data)}`),
    evict: (data) => done.push(`evict ${String(data)}`),
    silent: () => done.push('silent'),
    modeOverdue: () => done.push('mode overdue'),
    tooSlow: () => done.push('too slow'),
    farewell: () => done.push('farewell'),
    stop: () => done.push('stop'),
    gone: (how, end) => done.push(`gone ${how}${end === undefined ? '' : ` (${end})`}`),
  };
}

const MODES = ['ready', 'setting agent', 'agent', 'monitor'] as const;

const ROWS: ReadonlyArray<readonly [ClientSessionState, ClientSessionSignal, ClientSessionState, string]> = [
  ['greeting', 'hello', 'ready', 'welcome'],
  ['greeting', 'hello refused', 'closed', 'refuse why'],
  ['greeting', 'hello overdue', 'closed', 'evict why'],
  ['greeting', 'bye', 'closed', 'farewell'],
  ['greeting', 'closed', 'closed', 'farewell'],
  ['greeting', 'server stops', 'closed', 'stop'],
  ['ready', 'set agent', 'setting agent', ''],
  ['setting agent', 'agent set', 'agent', ''],
  ['setting agent', 'agent refused', 'ready', ''],
  ['ready', 'set filter', 'monitor', ''],
  ...(['ready', 'setting agent'] as const).map(
    (state) => [state, 'mode overdue', 'closed', 'gone closed (no mode), mode overdue'] as const,
  ),
  ...MODES.flatMap((state) => [
    [state, 'bye', 'closed', 'gone closed, farewell'] as const,
    [state, 'closed', 'closed', 'gone lost (why), farewell'] as const,
    [state, 'silent', 'closed', 'gone lost (silent), silent'] as const,
    [state, 'too slow', 'closed', 'gone lost (too slow), too slow'] as const,
    [state, 'server stops', 'closed', 'gone closed (server stops), stop'] as const,
  ]),
];

describe('the states of a client session', () => {
  for (const [from, signal, to, expected] of ROWS) {
    it(`goes from ${from} on "${signal}" to ${to}`, () => {
      const done: string[] = [];
      const machine = tryTable<ClientSessionState, ClientSessionActions>(clientSessionTable, from, actions(done));
      assert.equal(machine.signal(signal, 'why'), true);
      assert.equal(machine.state, to);
      assert.equal(done.join(', '), expected);
    });
  }

  it('has no other transition', () => {
    const states: ClientSessionState[] = ['greeting', ...MODES, 'closed'];
    const signals: ClientSessionSignal[] = [...new Set(ROWS.map(([, signal]) => signal))];
    for (const from of states) {
      for (const signal of signals) {
        if (ROWS.some((row) => row[0] === from && row[1] === signal)) continue;
        const done: string[] = [];
        const machine = tryTable<ClientSessionState, ClientSessionActions>(clientSessionTable, from, actions(done));
        assert.equal(machine.signal(signal), false, `${from} on "${signal}"`);
        assert.deepEqual([machine.state, done], [from, []]);
      }
    }
  });
});
