import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { fillTemplate, readFields, readKeyword } from '../../src/screenpop/index.js';

describe('the fields of a pop', () => {
  const call = {
    ANI: '2065550101',
    CallVariable1: 'A-20417',
    CallVariable2: '',
    CallVariable10: 'late',
    CallType: 2,
    'user.CustomerTier': 'Gold',
    ECC: { 'user.Language': 'en', 'user.Case[0]': 'T-1' },
  };

  it('are selected by keyword in any letter case, ECC variables by their own names', () => {
    assert.equal(readKeyword(call, 'callvariable1'), 'A-20417');
    assert.equal(readKeyword(call, ' USER.customertier '), 'Gold');
    assert.equal(readKeyword(call, 'user.language'), 'en');
    assert.equal(readKeyword(call, 'ECC.user.Language'), 'en');
    assert.equal(readKeyword(call, 'CallType'), '2');
    assert.equal(readKeyword(call, 'ECC'), undefined);
    assert.equal(readKeyword(call, 'nothing'), undefined);
  });

  it('have the names of the mapping; blank ones are omitted', () => {
    const mapping = [
      { from: 'CallVariable1', to: 'account' },
      { from: 'CallVariable2', to: 'reason' },
      { from: 'user.CustomerTier', to: 'tier' },
      { from: 'user.None', to: 'none' },
    ];
    assert.deepEqual(readFields(call, mapping), { account: 'A-20417', tier: 'Gold' });
  });

  it('are all variables that have a value if there is no mapping', () => {
    assert.deepEqual(readFields(call), {
      CallVariable1: 'A-20417',
      CallVariable10: 'late',
      'user.CustomerTier': 'Gold',
      'user.Language': 'en',
      'user.Case[0]': 'T-1',
    });
  });
});

describe('a deep link', () => {
  it('is filled with values, and blank where a value is missing', () => {
    const values: Record<string, string> = { e164: '+12065550101', account: 'A 1&2' };
    assert.equal(
      fillTemplate('https://crm.example.com/{ e164 }?a={account}&b={missing}#x', (name) => values[name]),
      'https://crm.example.com/%2B12065550101?a=A%201%262&b=#x',
    );
  });

  it('encodes text that was truncated in the middle of a character', () => {
    assert.equal(
      fillTemplate('https://crm.example.com/?q={q}', () => 'Ada \ud83d'),
      'https://crm.example.com/?q=Ada%20%EF%BF%BD',
    );
    assert.equal(
      fillTemplate('https://crm.example.com/?q={q}', () => '\ud83d\ude00'),
      'https://crm.example.com/?q=%F0%9F%98%80',
    );
  });

  it('cannot be redirected by data from a caller', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (value) => {
        const url = new URL(fillTemplate('https://crm.example.com/find?q={q}', () => value));
        return url.host === 'crm.example.com' && url.pathname === '/find' && url.searchParams.get('q') === value;
      }),
    );
  });
});
