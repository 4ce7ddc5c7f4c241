/**
 * One call, whose events and those of its agent arrive in any order: agent events may be up to half a second late, and
 * those of a call may overtake each other.
 */
import assert from 'node:assert/strict';
import type { MessageInit } from '../../src/ged188/index.js';
import { ROUTED, Site, STATE, tells } from './site.js';

const { state, begins, rings, answers, ends, diverts, updates, announces, holds, dials } = tells;
const { logout, notReady, available, talking, reserved } = STATE;
const POP = 'pop 1001 +12065550101 inbound';

type Row = readonly [what: string, steps: readonly (MessageInit | number)[], story: readonly string[]];

const ROWS: readonly Row[] = [
  ['the agent is known first', [state('1001', '2001', available), begins(7, '2001'), rings(7, '2001')], [POP]],
  [
    'the agent is known after the ring',
    [begins(7, '2001'), rings(7, '2001'), 300, state('1001', '2001', reserved)],
    [POP],
  ],
  [
    'the agent is known after the end of the ring',
    [begins(7, '2001'), rings(7, '2001'), 200, ends(7, '2001'), 100, state('1001', '2001', available)],
    [],
  ],
  [
    'the ring overtakes the beginning',
    [state('1001', '2001', available), rings(7, '2001', { CallingDeviceID: '2065550101' }), begins(7, '2001'), 100],
    [POP],
  ],
  [
    'the ring overtakes the beginning, and the agent is late',
    [rings(7, '2001'), begins(7, '2001'), 100, state('1001', '2001', reserved)],
    [POP],
  ],
  [
    'the answer overtakes the ring',
    [
      ...[state('1001', '2001', available), begins(7, '2001'), answers(7, '2001'), rings(7, '2001'), 1_000],
      ...[ends(7, '2001')],
    ],
    [POP, 'ended 1001 ended'],
  ],
  [
    'an automatic answer, and the agent is late',
    [
      ...[begins(7, '2001'), rings(7, '2001'), answers(7, '2001'), 400, state('1001', '2001', talking), 9_000],
      ...[ends(7, '2001')],
    ],
    [POP, 'ended 1001 ended'],
  ],
  [
    'an update overtakes the beginning',
    [
      ...[state('1001', '2001', available), updates(7, '2001', { CallVariable1: 'B-2' }), begins(7, '2001')],
      ...[rings(7, '2001'), 100],
    ],
    [POP],
  ],
  [
    'the call rings at the next phone before it leaves the first',
    [
      ...[state('1001', '2001', available), state('1002', '2002', available), begins(7, '2001'), rings(7, '2001')],
      ...[12_000, begins(7, '2002'), rings(7, '2002'), diverts(7, '2001', '2002'), ends(7, '2001'), 500],
      ...[ends(7, '2002')],
    ],
    [POP, 'pop 1002 +12065550101 inbound', 'ended 1001 redirected', 'ended 1002 abandoned'],
  ],
  [
    'the log-out of the previous agent at a shared desk is late',
    [
      ...[state('1002', '2001', available), begins(7, '2001'), rings(7, '2001'), 200, state('1002', '2001', logout)],
      ...[50, state('1001', '2001', reserved), 300, ends(7, '2001')],
    ],
    ['pop 1002 +12065550101 inbound', 'ended 1002 redirected', POP, 'ended 1001 abandoned'],
  ],
  [
    'the log-out of the previous agent arrives after the log-in of the next one',
    [
      ...[state('1002', '2001', available), begins(7, '2001'), rings(7, '2001'), 200, state('1001', '2001', reserved)],
      ...[50, state('1002', '2001', logout), 300, ends(7, '2001')],
    ],
    ['pop 1002 +12065550101 inbound', 'ended 1002 redirected', POP, 'ended 1001 abandoned'],
  ],
  [
    'the agent has moved from another phone',
    [state('1001', '2005', available), begins(7, '2001'), rings(7, '2001'), 300, state('1001', '2001', reserved)],
    [POP],
  ],
  [
    'the agent logs out before the call ends',
    [
      ...[state('1001', '2001', available), begins(7, '2001'), rings(7, '2001'), answers(7, '2001'), 5_000],
      ...[state('1001', '2001', logout), 200, ends(7, '2001')],
    ],
    [POP, 'ended 1001 ended'],
  ],
  [
    'the agent logs out while the phone rings',
    [
      ...[state('1001', '2001', available), begins(7, '2001'), rings(7, '2001'), 200, state('1001', '2001', logout)],
      ...[200, diverts(7, '2001', '2002'), ends(7, '2001')],
    ],
    [POP, 'ended 1001 redirected'],
  ],
  [
    'every event of the call arrives twice',
    [
      ...[state('1001', '2001', available), begins(7, '2001'), begins(7, '2001'), rings(7, '2001'), rings(7, '2001')],
      ...[3_000, ends(7, '2001'), ends(7, '2001')],
    ],
    [POP, 'ended 1001 abandoned'],
  ],
  [
    'only the extension is that of the call',
    [
      ...[begins(7, '2001'), rings(7, '2001'), 300, state('1001', 'SEP001', reserved, { AgentExtension: '2001' })],
      ...[300, ends(7, '2001')],
    ],
    [POP, 'ended 1001 abandoned'],
  ],
  [
    'a consult call rings before it was dialed, at an agent whose state is late',
    [
      ...[state('1001', '2001', available), begins(7, '2001'), rings(7, '2001'), answers(7, '2001'), 2_000],
      ...[holds(7, '2001'), begins(8, '2002', { CallType: 12, ANI: '2001' })],
      ...[rings(8, '2002', { CallingDeviceID: '2001' }), 300, state('1002', '2002', reserved), 300],
      ...[begins(8, '2001', { CallType: 12, ANI: '2001' }), ...dials(8, '2001', '2002'), 500],
    ],
    [POP, 'pop 1002 +12065550101 inbound'],
  ],
];

describe('a call pops for its agent, and ends, although', () => {
  for (const [what, steps, story] of ROWS)
    it(what, async () => {
      const site = await Site.open();
      await site.tell(...steps, 5_000);
      assert.deepEqual(site.story, story);
    });
});

const ANNOUNCED: readonly Row[] = [
  ['at the phone', [state('1001', '2001', available), announces('2001', '1001')], [POP]],
  ['at the phone, without a name', [state('1001', '2001', available), announces('2001', undefined)], [POP]],
  [
    'whom the server does not know yet: the pop waits for the state',
    [announces('2001', '1001'), 100, begins(7, '2001', ROUTED), rings(7, '2001'), 300, state('1001', '2001', reserved)],
    [POP],
  ],
  [
    'although the previous agent at the phone has not been reported as logged out',
    [
      ...[state('1002', '2001', available), state('1001', '2005', notReady), announces('2001', '1001'), 100],
      ...[state('1002', '2001', logout), state('1001', '2001', reserved), begins(7, '2001', ROUTED)],
      ...[rings(7, '2001'), 300, ends(7, '2001')],
    ],
    [POP, 'ended 1001 abandoned'],
  ],
  [
    'whom the server does not know yet, although the previous agent is still there',
    [
      ...[state('1002', '2001', available), announces('2001', '1001'), 100, state('1002', '2001', logout)],
      ...[state('1001', '2001', reserved), begins(7, '2001', ROUTED), rings(7, '2001'), 300, ends(7, '2001')],
    ],
    [POP, 'ended 1001 abandoned'],
  ],
  [
    'at the phone, not the one of the same name on another peripheral',
    [
      ...[state('1001', '2001', available), state('1001', '3001', available, { PeripheralID: 5001 })],
      announces('2001', '1001'),
    ],
    [POP],
  ],
  [
    'with the name, not another one at a phone of the same name',
    [
      ...[state('1001', '2001', available), state('1009', '2001', available, { PeripheralID: 5001 })],
      announces('2001', '1001'),
    ],
    [POP],
  ],
  [
    'if it is certain: not with the same name and phone on two peripherals',
    [
      ...[state('1001', '2001', available), state('1001', '2001', available, { PeripheralID: 5001 })],
      announces('2001', '1001'),
    ],
    [],
  ],
  [
    'of a call: a chat does not reach the phone',
    [state('1001', '2001', available), announces('2001', '1001', { MRDID: 5001 }), 40_000],
    [],
  ],
];

describe('an announced call pops before it rings, for the agent', () => {
  for (const [what, steps, story] of ANNOUNCED)
    it(what, async () => {
      const site = await Site.open({ trigger: 'precall' });
      await site.tell(...steps, 100);
      assert.deepEqual(site.story, story);
    });
});
