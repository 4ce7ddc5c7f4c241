import assert from 'node:assert/strict';
import { changeData, joinData, noData } from '../../../src/simulator/model/state/call-data.js';
import type { CallDataPatch } from '../../../src/simulator/model/state/types.js';
import { allowed, Bench, PERIPHERAL, refused } from './support.js';

const set = (patch: CallDataPatch) => allowed(changeData(noData, patch)).data;

describe('call data', () => {
  it('keep what is not mentioned, and clear what is set to nothing', () => {
    const data = set({ variables: ['one', 'two'], ani: '1', named: [['user.A', 'x']] });
    const { data: next, changed } = allowed(changeData(data, { variables: [undefined, ''], wrapupData: 'w' }));
    assert.deepEqual(next.variables.slice(0, 2), ['one', '']);
    assert.equal(next.ani, '1');
    assert.equal(next.named.get('user.A'), 'x');
    assert.deepEqual(changed.sort(), ['CallVariable2', 'CallWrapupData']);
    assert.equal(data.variables[1], 'two', 'the old data is a snapshot');
  });

  it('are the same object if nothing changes', () => {
    const data = set({ variables: ['one'], named: [['user.A', 'x']] });
    const { data: next, changed } = allowed(changeData(data, { variables: ['one'], named: [['user.A', 'x']] }));
    assert.equal(next, data);
    assert.deepEqual(changed, []);
  });

  it('merge ECC by name and by array element, or replace all of it', () => {
    const data = set({ named: [['user.A', '1']], arrays: [['user.List', 1, 'b']] });
    const merged = allowed(changeData(data, { named: [['user.B', '2']], arrays: [['user.List', 0, 'a']] })).data;
    assert.deepEqual(
      [...merged.named],
      [
        ['user.A', '1'],
        ['user.B', '2'],
      ],
    );
    assert.deepEqual([...merged.arrays], [['user.List', ['a', 'b']]]);
    const replaced = allowed(changeData(merged, { named: [['user.C', '3']], replaceEcc: true }));
    assert.deepEqual([...replaced.data.named], [['user.C', '3']]);
    assert.equal(replaced.data.arrays.size, 0);
  });

  it('observe the limits of the protocol', () => {
    const bad: [CallDataPatch, number][] = [
      [{ variables: ['x'.repeat(41)] }, 74],
      [{ wrapupData: 'x'.repeat(41) }, 74],
      [{ ani: 'x'.repeat(41) }, 74],
      [{ userToUserInfo: Buffer.alloc(132) }, 74],
      [{ named: [['user.x', 'x'.repeat(211)]] }, 74],
      [{ named: [['u'.repeat(33), 'x']] }, 74],
      [{ named: Array.from({ length: 10 }, (_, index) => [`user.${index}`, 'x'.repeat(210)] as const) }, 73],
    ];
    for (const [patch, status] of bad) {
      const outcome = changeData(noData, patch);
      assert.equal(outcome.ok, false);
      assert.equal(!outcome.ok && outcome.status, status);
    }
    allowed(changeData(noData, { variables: ['x'.repeat(40)], userToUserInfo: Buffer.alloc(131) }));
  });

  it('support the ECC variables of the deployment and protect read-only data', () => {
    const rules = {
      ecc: new Map([
        ['user.One', { name: 'user.One' }],
        ['user.Many', { name: 'user.Many', size: 3 }],
      ]),
      protected: new Set(['CallVariable1', 'user.One']),
    };
    const statusOf = (patch: CallDataPatch) => {
      const outcome = changeData(noData, patch, rules);
      return outcome.ok ? 0 : outcome.status;
    };
    assert.equal(statusOf({ named: [['user.Other', 'x']] }), 67);
    assert.equal(statusOf({ named: [['user.Many', 'x']] }), 67, 'an array is no scalar');
    assert.equal(statusOf({ arrays: [['user.Many', 3, 'x']] }), 61);
    assert.equal(statusOf({ arrays: [['user.Many', 2, 'x']] }), 0);
    assert.equal(statusOf({ named: [['user.One', 'x']] }), 14);
    assert.equal(statusOf({ variables: ['x'] }), 14);
    assert.equal(statusOf({ variables: [undefined, 'x'] }), 0);
  });

  it('of two joined calls: the primary call takes precedence, gaps are filled, and both parties receive what is new to them', () => {
    const primary = set({ variables: ['p1', undefined, 'p3'], named: [['user.A', 'p']] });
    const secondary = set({
      variables: ['s1', 's2'],
      named: [
        ['user.A', 's'],
        ['user.B', 's'],
      ],
      wrapupData: 'w',
    });
    const joined = joinData(primary, secondary);
    assert.deepEqual(joined.data.variables.slice(0, 3), ['p1', 's2', 'p3']);
    assert.deepEqual(
      [...joined.data.named],
      [
        ['user.A', 'p'],
        ['user.B', 's'],
      ],
    );
    assert.equal(joined.data.wrapupData, 'w');
    assert.deepEqual(joined.changedForPrimary.sort(), ['CallVariable2', 'CallWrapupData', 'user.B']);
    assert.deepEqual(joined.changedForSecondary.sort(), ['CallVariable1', 'CallVariable3', 'user.A']);
  });

  it('set by one party are reported to all', () => {
    const b = new Bench();
    const call = b.talking();
    allowed(b.center.setCallData(b.at(call, '2001'), { variables: ['70010001'] }));
    const event = b.events.at(-1);
    assert.ok(event?.kind === 'callDataUpdate');
    assert.deepEqual(event.changed, ['CallVariable1']);
    assert.deepEqual(event.views.map((each) => each.deviceId).sort(), ['2001', '2065550101']);
    assert.equal(event.call.data.variables[0], '70010001');
    assert.deepEqual(refused(b.center.setCallData(b.at(call, '2002'), {})), [268, 0]);
    assert.deepEqual(refused(b.center.setCallData(b.at(1, '2001'), {})), [13, 13044]);
  });

  it('of a caller are collected in the VRU and known before the agent is notified', () => {
    const b = new Bench({
      world: (config) => ({
        ...config,
        dialedNumbers: config.dialedNumbers.map((each) => ({
          ...each,
          treatment: { minMs: 500, maxMs: 500, digits: 4 },
        })),
      }),
    });
    b.ready('1001');
    b.arrives('8001', {
      callerEnteredDigits: '1234',
      data: { variables: ['70010001'], named: [['user.Tier', 'gold']] },
    });
    b.seconds(1);
    assert.ok(b.told('7001').includes('callDataUpdate 3 type 2 of 2065550101'), 'those who monitor the VRU are told');
    const begin = b.events.find((each) => each.kind === 'callBegin' && each.connection.deviceId === '2001');
    assert.ok(begin?.kind === 'callBegin');
    assert.equal(begin.call.data.callerEnteredDigits, '1234');
    assert.equal(begin.call.data.variables[0], '70010001');
    assert.equal(begin.call.data.named.get('user.Tier'), 'gold');
    const announced = b.events.find((each) => each.kind === 'agentPreCall');
    assert.equal(announced?.kind === 'agentPreCall' && announced.call.data.ani, '2065550101');
  });

  it('DTMF is sent while talking, with valid digits', () => {
    const b = new Bench();
    const call = b.talking();
    allowed(b.center.sendDtmf(b.at(call, '2001'), '12*#A'));
    assert.deepEqual(refused(b.center.sendDtmf(b.at(call, '2001'), 'hello')), [3, 0]);
    assert.deepEqual(refused(b.center.sendDtmf(b.at(call, '2001'), '1'.repeat(33))), [3, 0]);
    allowed(b.center.hold(b.at(call, '2001')));
    assert.deepEqual(refused(b.center.sendDtmf(b.at(call, '2001'), '1')), [24, 0]);
  });

  it('a recording is started once, stopped once, and only if there is a recorder', () => {
    const b = new Bench();
    const call = b.talking();
    allowed(b.center.startRecording(b.at(call, '2001')));
    assert.equal(b.center.call(PERIPHERAL, call)?.recording, true);
    assert.deepEqual(refused(b.center.startRecording(b.at(call, '2001'))), [21, 0]);
    allowed(b.center.stopRecording(b.at(call, '2001')));
    assert.deepEqual(refused(b.center.stopRecording(b.at(call, '2001'))), [21, 0]);
    const without = new Bench({ switch: { recordingServer: false } });
    assert.deepEqual(refused(without.center.startRecording(without.at(without.talking(), '2001'))), [272, 0]);
  });
});
