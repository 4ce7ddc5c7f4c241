import { strict as assert } from 'node:assert';
import { readNumber } from '../../src/screenpop/index.js';

describe('a number as the switch gives it', () => {
  const us = { region: 'US', prefixes: ['9', '91'] };

  it('becomes E.164 by the rules of the site', () => {
    const rows: Array<[received: string, rules: object, e164: string]> = [
      ['2065550101', us, '+12065550101'],
      ['12065550101', us, '+12065550101'],
      ['92065550101', us, '+12065550101'],
      ['912065550101', us, '+12065550101'],
      ['+49 30 901820', us, '+4930901820'],
      ['030 901820', { region: 'de' }, '+4930901820'],
      ['0030901820', { region: 'DE', prefixes: ['0'] }, '+4930901820'],
      ['(206) 555-0101', us, '+12065550101'],
      ['sip:+12065550101', {}, '+12065550101'],
    ];
    for (const [received, rules, e164] of rows)
      assert.deepEqual([received, readNumber(received, rules).e164], [received, e164]);
  });

  it('keeps what was received, and tells country and national form', () => {
    assert.deepEqual(readNumber('92065550101', us), {
      received: '92065550101',
      kind: 'public',
      e164: '+12065550101',
      national: '(206) 555-0101',
      country: 'US',
    });
  });

  it('is withheld when it is empty, or says so in any of the usual ways', () => {
    for (const received of [
      undefined,
      '',
      '  ',
      'anonymous',
      'Anonymous',
      'RESTRICTED',
      'Private Number',
      'unavailable',
      'Unknown',
      'P',
      '266696687',
      '+266696687',
    ])
      assert.equal(readNumber(received, us).kind, 'withheld', String(received));
  });

  it('is an extension when it is short', () => {
    assert.deepEqual(readNumber('2001', us), { received: '2001', kind: 'internal' });
    assert.equal(readNumber('200123', us).kind, 'unknown');
    assert.equal(readNumber('200123', { ...us, internalDigits: 6 }).kind, 'internal');
  });

  it('is unknown when nothing can be made of it', () => {
    for (const received of ['agent-7', '0000000000000000000', '*31*'])
      assert.deepEqual(readNumber(received, us), { received, kind: 'unknown' });
    assert.deepEqual(readNumber('2065550101', {}), { received: '2065550101', kind: 'unknown' });
    assert.equal(readNumber('2065550101', { region: 'nowhere' }).kind, 'unknown');
  });
});
