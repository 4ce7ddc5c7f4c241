import assert from 'node:assert/strict';
import { compileFilter } from '../../nodes/shared/message/event-filter.js';

const row = (key: string, value: string) => compileFilter([{ key, value }]);

describe('the filters of many nodes on one session', () => {
  it('see each event for itself, though what one of them looks up the others share', () => {
    const ani = row('ANI', '206*');
    const dialed = row('DialedNumber', '8001,8002');
    const agent = row('AgentID', '1001');
    const objects = { call: { DialedNumber: '8001' }, agent: { AgentID: '1001' } };
    const first = { ANI: '2065550101' };
    // Again and again, in changing order: a value that is not there is remembered, too.
    for (let round = 0; round < 3; round++) {
      assert.deepEqual([ani(first, objects), dialed(first, objects), agent(first, objects)], [true, true, true]);
      assert.equal(row('DNIS', '1')(first, objects), false);
      assert.equal(ani(first, objects), true);
    }
    const other = { call: { DialedNumber: '9001' } };
    assert.deepEqual([dialed(first, other), agent(first, other), ani(first, other)], [false, false, true]);
    assert.deepEqual([ani({ ANI: '425' }, other), ani({}, objects), dialed({}, objects)], [false, false, true]);
  });

  it('need all rows to match', () => {
    const both = compileFilter([
      { key: 'ANI', value: '1' },
      { key: 'DNIS', value: '2' },
    ]);
    assert.equal(both({ ANI: '1', DNIS: '2' }, {}), true);
    assert.equal(both({ ANI: '1', DNIS: '3' }, {}), false);
    assert.equal(compileFilter([])({}, {}), true);
  });
});
