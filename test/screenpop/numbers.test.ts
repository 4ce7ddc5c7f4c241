import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { isInternalPattern, readNumber } from '../../src/screenpop/index.js';
import { inShort, MADE_GROUP, NUMBER_GROUPS, rulesOf } from './number-cases.js';

describe('a number received from the switch', () => {
  for (const { source, rules, cases } of [...NUMBER_GROUPS, MADE_GROUP])
    it(`is read correctly: ${source}`, () => {
      const wrong = cases
        .map(([received, expected, own]) => ({ received, expected, rules: rulesOf(own ?? rules) }))
        .map((row) => ({ ...row, read: inShort(readNumber(row.received, row.rules)) }))
        .filter(({ expected, read }) => expected !== read);
      assert.deepEqual(wrong, []);
    });

  it('keeps the received text, and has a country and a national format', () => {
    assert.deepEqual(readNumber('92065550101', { region: 'US', prefixes: ['9'] }), {
      received: '92065550101',
      kind: 'public',
      e164: '+12065550101',
      national: '(206) 555-0101',
      country: 'US',
    });
    const uri = '"Ana" <sip:+12065550101@10.1.1.1>';
    assert.equal(readNumber(uri).received, uri);
    assert.deepEqual(readNumber(undefined), { received: '', kind: 'absent' });
  });

  it('never throws, and has an E.164 number only if it is public, whatever the text', () => {
    const characters = fc.constantFrom(...'+0123456789*#;:@<>"()[]xX%=., sipteanoymu-/\\\u0661\uff0b'.split(''));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(characters, { maxLength: 40 }).map((each) => each.join('')),
    );
    const rules = fc.constantFrom(
      {},
      { region: 'US', prefixes: ['9'] },
      { region: 'DE', prefixes: ['0'], internalPatterns: ['(', '2xx', '7[4-0]xx', '^2\\d{3}$'] },
    );
    fc.assert(
      fc.property(text, rules, (received, site) => {
        const { kind, e164 } = readNumber(received, site);
        assert.equal(e164 !== undefined, kind === 'public');
        if (e164 !== undefined) assert.match(e164, /^\+[1-9]\d{4,14}$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read in a time that does not grow exponentially with its length', () => {
    for (const part of ['1 ', '(0)', 'x1', '*31#', '<sip:', '"\\"', ';ext=1', ',,1 '])
      assert.equal(readNumber(part.repeat(5_000), { region: 'US' }).kind === 'public', false);
  });
});

describe('a pattern of extensions', () => {
  it('has no effect if it is not valid', () => {
    for (const pattern of ['7[4-0]xx', '^7\\d{5}$', '(', '799999-700000']) {
      const rules = { region: 'US', internalPatterns: [pattern, '74xxxx'] };
      assert.equal(readNumber('740123', rules).kind, 'internal', pattern);
      assert.equal(readNumber('7401', { ...rules, internalDigits: 3 }).kind, 'unknown', pattern);
    }
  });

  it('supports digits, x, sets and ranges', () => {
    for (const good of ['2xxx', '2XXX', '+1206555xxxx', '7[0-4]xx', '2000-2999', '[279]xxx'])
      assert.ok(isInternalPattern(good), good);
    for (const bad of [
      '',
      '2***',
      '(2',
      '2.',
      '[a]xx',
      '2x{3}',
      'x-x',
      '^2\\d{3}$',
      '7[4-0]xx',
      '2999-2000',
      '200-2999',
    ])
      assert.equal(isInternalPattern(bad), false, bad);
  });
});
