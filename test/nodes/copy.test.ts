import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyArgs } from '../../nodes/shared/event-message.js';
import { shapeCopy } from '../../nodes/shared/shape-copy.js';

describe('the copy of a record', () => {
  const none = new Set<string>();
  const nested = (value: object): unknown => ({ ...value });

  it('is equal to the record, in its order, whatever its keys', () => {
    const record = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()));
    fc.assert(
      fc.property(record, (from) => {
        const copy = shapeCopy(from, nested, none);
        assert.deepEqual({ ...copy }, { ...from });
        assert.deepEqual(Object.keys(copy), Object.keys(from));
      }),
    );
  });

  it('takes a key that would be a prototype for what it is', () => {
    const copy = shapeCopy(JSON.parse('{"a":1,"__proto__":"x"}'), nested, none);
    assert.equal(Object.getPrototypeOf(copy), Object.prototype);
    assert.equal(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value, 'x');
  });

  it('is right for more sets of keys than are remembered', () => {
    for (let n = 0; n < 6000; n++) assert.deepEqual(shapeCopy({ [`key${n}`]: n }, nested, none), { [`key${n}`]: n });
  });

  it('shares nothing with the record, leaves secrets out, and has ECC variables flat', () => {
    const record = {
      AgentID: '1001',
      AgentPassword: 'planted',
      MonitorModePassword: 'planted',
      ECC: { 'user.Tier': 'gold', 'user.List[0]': 'a' },
      'SkillGroup[1]': { SkillGroupNumber: 10, AgentPassword: 'planted' },
    };
    const copy = copyArgs(record);
    assert.deepEqual(copy, {
      AgentID: '1001',
      'SkillGroup[1]': { SkillGroupNumber: 10 },
      'user.Tier': 'gold',
      'user.List[0]': 'a',
    });
    (copy['SkillGroup[1]'] as Record<string, unknown>).SkillGroupNumber = 99;
    assert.equal(record['SkillGroup[1]'].SkillGroupNumber, 10);
  });
});
