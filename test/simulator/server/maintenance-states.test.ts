import { deepStrictEqual, equal } from 'node:assert/strict';
import {
  type MaintenanceActions,
  type MaintenanceSignal,
  type MaintenanceState,
  maintenanceTable,
} from '../../../src/simulator/server/maintenance-states.js';
import { tryTable } from '../../common/try-table.js';

function notes(nobodyToAsk: boolean, nobodyOutstanding: boolean): { done: string[]; actions: MaintenanceActions } {
  const done: string[] = [];
  const note = (what: string) => () => void done.push(what);
  const actions = {
    nobodyToAsk,
    nobodyOutstanding,
    ask: note('ask'),
    callOff: note('callOff'),
    handOver: note('handOver'),
    leave: note('leave'),
    forgetAll: note('forgetAll'),
  };
  return { done, actions };
}

describe('The table of maintenance', () => {
  const ALONE = [true, true] as const;
  const OUTSTANDING = [false, false] as const;
  const SETTLED = [false, true] as const;
  const transitions: [MaintenanceState, MaintenanceSignal, readonly [boolean, boolean], MaintenanceState, string[]][] =
    [
      ['none', 'begin', ALONE, 'handingOver', ['handOver']],
      ['none', 'begin', OUTSTANDING, 'asking', ['ask']],
      ['asking', 'accepted', OUTSTANDING, 'asking', []],
      ['asking', 'accepted', SETTLED, 'handingOver', ['handOver']],
      ['asking', 'rejected', OUTSTANDING, 'none', ['callOff']],
      ['asking', 'unanswered', OUTSTANDING, 'none', ['callOff']],
      ['asking', 'end', OUTSTANDING, 'none', ['callOff']],
      ['handingOver', 'moved', OUTSTANDING, 'handingOver', []],
      ['handingOver', 'moved', SETTLED, 'away', ['leave']],
      ['handingOver', 'overdue', OUTSTANDING, 'away', ['leave']],
      ['away', 'end', SETTLED, 'none', []],
      ['away', 'begin', SETTLED, 'away', []],
      ['asking', 'stopped', OUTSTANDING, 'none', ['forgetAll']],
      ['handingOver', 'stopped', OUTSTANDING, 'none', ['forgetAll']],
      ['away', 'stopped', SETTLED, 'none', ['forgetAll']],
    ];
  for (const [from, signal, [nobody, settled], to, expected] of transitions) {
    it(`goes from ${from} on ${signal}${settled ? ', nobody outstanding,' : ''} to ${to}`, () => {
      const { done, actions } = notes(nobody, settled);
      const machine = tryTable<MaintenanceState, MaintenanceActions>(maintenanceTable, from, actions);
      machine.signal(signal);
      equal(machine.state, to);
      deepStrictEqual(done, expected);
    });
  }
});
