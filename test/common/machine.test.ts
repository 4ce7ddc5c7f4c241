import assert from 'node:assert/strict';
import { type Row, runTable } from '../../src/common/machine.js';

type State = 'idle' | 'busy';
type Signals = Record<'go' | 'done' | 'odd', undefined>;

describe('a state table runner', () => {
  it('uses the first row that matches state, signal and condition', () => {
    const table: Row<State, Signals, { allowed: boolean }>[] = [
      { in: 'idle', on: 'go', when: (context) => context.allowed, to: 'busy' },
      { in: '*', on: 'odd' },
    ];
    const context = { allowed: false };
    const machine = runTable(table, 'idle', context);
    assert.equal(machine.signal('go'), false);
    assert.equal(machine.state, 'idle');
    context.allowed = true;
    assert.equal(machine.signal('go'), true);
    assert.equal(machine.state, 'busy');
    assert.equal(machine.signal('odd'), true);
  });

  it('processes a signal raised by an action after the row is complete', () => {
    const seen: string[] = [];
    const table: Row<State, Signals, { raise: () => void }>[] = [
      { in: 'idle', on: 'go', to: 'busy', do: (context) => context.raise() },
      { in: 'busy', on: 'done', to: 'idle' },
    ];
    const machine = runTable(
      table,
      'idle',
      {
        raise: () => {
          machine.signal('done');
          seen.push(machine.state);
        },
      },
      (to) => seen.push(to),
    );
    machine.signal('go');
    assert.deepEqual(seen, ['idle', 'busy', 'idle']);
  });

  it('keeps the signals raised by an action even if the action throws', () => {
    const table: Row<State, Signals, { fail: () => void }>[] = [
      { in: 'idle', on: 'go', do: (context) => context.fail() },
      { in: 'idle', on: 'done', to: 'busy' },
    ];
    const machine = runTable(table, 'idle', {
      fail: () => {
        machine.signal('done');
        throw new Error('thrown by an action');
      },
    });
    assert.throws(() => machine.signal('go'), /thrown by an action/);
    assert.equal(machine.state, 'busy');
  });

  it('passes the payload of the signal to condition and action, and checks its type', () => {
    interface DoorSignals {
      open: { key: string };
      close: undefined;
    }
    const opened: string[] = [];
    const table: Row<'open' | 'closed', DoorSignals, string[]>[] = [
      {
        in: 'closed',
        on: 'open',
        when: (_, { key }) => key === 'brass',
        do: (doors, { key }) => doors.push(key),
        to: 'open',
      },
      { in: 'open', on: 'close', to: 'closed' },
    ];
    const machine = runTable<'open' | 'closed', DoorSignals, string[]>(table, 'closed', opened);
    assert.equal(machine.signal('open', { key: 'tin' }), false);
    assert.equal(machine.signal('open', { key: 'brass' }), true);
    assert.equal(machine.signal('close'), true);
    assert.deepEqual(opened, ['brass']);
    const mistakes = () => {
      // @ts-expect-error a key is missing
      machine.signal('open');
      // @ts-expect-error nothing comes with it
      machine.signal('close', { key: 'brass' });
    };
    assert.equal(typeof mistakes, 'function');
  });
});
