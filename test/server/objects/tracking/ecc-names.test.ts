import assert from 'node:assert/strict';
import { RecordMerger, RecordSnapshot } from '../../../../src/common/records/record-merger.js';
import type { Args } from '../../../../src/ctios/index.js';
import { putEcc } from '../../../../src/server/translation/call-data.js';

describe('ECC variables', () => {
  it('may have any name: each is kept as data', () => {
    const args: Args = {};
    const names = ['__proto__', 'constructor', 'UniqueObjectID', 'ANI', 'user.Tier'];
    putEcc(args, {
      NamedVariables: names.map((VariableName) => ({ VariableName, VariableValue: `of ${VariableName}` })),
    });
    assert.deepEqual(
      Object.entries(args.ECC as Args),
      names.map((name) => [name, `of ${name}`]),
    );
    assert.equal(Object.getPrototypeOf(args.ECC), Object.prototype);
  });

  it('remain data when records are merged', () => {
    const merger = new RecordMerger();
    const news = JSON.parse('{"__proto__":"x","a":"1"}') as Record<string, string>;
    for (let time = 0; time < 20; time++) {
      const { record } = merger.merged(new RecordSnapshot<string>({ b: '2' }), news);
      assert.deepEqual(Object.entries(record).sort(), [
        ['__proto__', 'x'],
        ['a', '1'],
        ['b', '2'],
      ]);
    }
  });
});
