import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyArgs } from '../../../nodes/shared/message/copy-args.js';
import type { Args } from '../../../src/ctios/index.js';

/** Enough repetitions for a shape to be compiled, so that the slow and the fast path can be compared. */
const OFTEN = 15;

describe('the copy of a record', () => {
  it('equals the record, in the same order, whatever its keys and however often such a record occurred', () => {
    const record = fc.dictionary(
      fc.string().filter((key) => key !== 'ECC' && !/password/i.test(key)),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3 })),
    );
    fc.assert(
      fc.property(record, (from) => {
        for (let time = 0; time < OFTEN; time++) {
          const copy = copyArgs(from as Args);
          assert.deepEqual(JSON.stringify(copy), JSON.stringify(from));
          assert.deepEqual(Object.keys(copy), Object.keys(from));
        }
      }),
    );
  });

  it('treats a key named like a prototype as an ordinary key', () => {
    for (let time = 0; time < OFTEN; time++) {
      const copy = copyArgs(JSON.parse('{"a":1,"__proto__":"x"}') as Args);
      assert.equal(Object.getPrototypeOf(copy), Object.prototype);
      assert.equal(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value, 'x');
    }
  });

  it('includes every ECC variable, whatever its name', () => {
    for (let time = 0; time < OFTEN; time++) {
      const from = JSON.parse(
        '{"UniqueObjectID":"call.5000.1.2001","ANI":"1","ECC":{"ANI":"2","UniqueObjectID":"x","__proto__":"y","constructor":"z"}}',
      ) as Args;
      assert.deepEqual(Object.entries(copyArgs(from)), [
        ['UniqueObjectID', 'call.5000.1.2001'],
        ['ANI', '1'],
        ['ECC.ANI', '2'],
        ['ECC.UniqueObjectID', 'x'],
        ['__proto__', 'y'],
        ['constructor', 'z'],
      ]);
    }
  });

  it('is correct for more sets of keys than are cached', () => {
    for (let n = 0; n < 6000; n++) assert.deepEqual(copyArgs({ [`key${n}`]: n }), { [`key${n}`]: n });
  });

  it('shares nothing with the record, omits secrets, and has flat ECC variables', () => {
    for (let time = 0; time < OFTEN; time++) {
      const record = {
        AgentID: '1001',
        AgentPassword: 'planted',
        MonitorModePassword: 'planted',
        ECC: { 'user.Tier': 'gold', 'user.List[0]': 'a', AgentID: '1002' },
        'SkillGroup[1]': { SkillGroupNumber: 10, AgentPassword: 'planted' },
      };
      const copy = copyArgs(record);
      assert.deepEqual(Object.entries(copy), [
        ['AgentID', '1001'],
        ['SkillGroup[1]', { SkillGroupNumber: 10 }],
        ['user.Tier', 'gold'],
        ['user.List[0]', 'a'],
        ['ECC.AgentID', '1002'],
      ]);
      (copy['SkillGroup[1]'] as Record<string, unknown>).SkillGroupNumber = 99;
      assert.equal(record['SkillGroup[1]'].SkillGroupNumber, 10);
    }
  });
});
