import { strict as assert } from 'node:assert';
import { wireKey } from '../../src/delivery/delivery-key.js';
import { parseStatusRanges, retryAfter, retryDelay } from '../../src/delivery/index.js';
import { within } from '../../src/delivery/retry-policy.js';

const NOW = Date.UTC(2026, 10, 29, 2, 0, 0);

describe('the retry policy', () => {
  it('parses Retry-After in seconds and as a date, in the forms that servers send, and nothing else', () => {
    const cases: [string | undefined, number | undefined][] = [
      ['120', 120_000],
      [' 0 ', 0],
      ['Sun, 29 Nov 2026 02:00:30 GMT', 30_000],
      ['Sunday, 29-Nov-26 02:00:30 GMT', 30_000],
      ['Sun, 29 Nov 2026 01:00:00 GMT', 0],
      ['999999999', 86_400_000],
      ['1.5', 1_500],
      ['30s', 30_000],
      ['30, 120', 120_000],
      ['sun, 29 nov 2026 02:00:30 gmt', 30_000],
      ['2026-11-29T02:00:30Z', 30_000],
      ['2026-11-29T03:00:30.000+01:00', 30_000],
      [String(NOW / 1000 + 30), 30_000],
      [String(NOW / 1000 - 30), 0],
      ['2026-11-29 02:00:30', undefined],
      ['120, soon', undefined],
      [undefined, undefined],
      ['', undefined],
      ['soon', undefined],
      ['-5', undefined],
      ['1e3', undefined],
    ];
    for (const [header, ms] of cases) assert.equal(retryAfter(header, NOW), ms, String(header));
  });

  it('parses every HTTP date in GMT, whatever the local time zone', () => {
    const before = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      for (const date of [
        'Sun, 29 Nov 2026 02:00:30 GMT',
        'Sunday, 29-Nov-26 02:00:30 GMT',
        'Sun Nov 29 02:00:30 2026',
        'Sun, 29 Nov 2026 02:00:30',
        'Sun, 29 Nov 2026 02:00:30 UTC',
        'Sun, 29 Nov 2026 04:00:30 +0200',
      ])
        assert.equal(retryAfter(date, NOW), 30_000, date);
      assert.equal(retryAfter('Tue Dec  1 02:00:00 2026', Date.UTC(2026, 11, 1, 1, 59, 0)), 60_000);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('compares a date with the clock of the receiver if the response includes it', () => {
    const at = 'Sun, 29 Nov 2026 02:10:30 GMT';
    assert.equal(retryAfter(at, NOW, 'Sun, 29 Nov 2026 02:10:00 GMT'), 30_000, 'ten minutes fast');
    assert.equal(retryAfter(at, NOW, 'Sun, 29 Nov 2026 03:10:00 GMT'), 0);
    assert.equal(retryAfter(at, NOW, 'today'), 630_000);
    assert.equal(retryAfter('30', NOW, 'Sun, 29 Nov 2026 02:10:00 GMT'), 30_000);
  });

  it('doubles the delay up to its limit, with jitter in the upper half, never below the requested delay', () => {
    const settings = { firstDelayMs: 1000, maxDelayMs: 10_000 };
    const least = { next: () => 0 };
    const most = { next: () => 0.999999 };
    assert.deepEqual(
      [1, 2, 3, 4, 5, 1000].map((attempts) => retryDelay(settings, attempts, undefined, least)),
      [500, 1000, 2000, 4000, 5000, 5000],
    );
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((attempts) => retryDelay(settings, attempts, undefined, most)),
      [1000, 2000, 4000, 8000, 10_000],
    );
    assert.equal(retryDelay(settings, 1, 30_000, most), 30_000);
  });

  it('parses lists of status codes, and names the part that cannot be parsed', () => {
    const ranges = parseStatusRanges('408, 425;429 500-599');
    assert.deepEqual(
      [400, 408, 425, 429, 499, 500, 599].map((status) => within(ranges, status)),
      [false, true, true, true, false, true, true],
    );
    assert.deepEqual(parseStatusRanges(' '), []);
    for (const wrong of ['4xx', '600', '99', '500-400', '200-']) {
      assert.throws(() => parseStatusRanges(`200, ${wrong}`), new RegExp(`"${wrong}"`));
    }
  });

  it('creates keys that are valid in every header and signature, and remain distinct', () => {
    assert.equal(wireKey('call-5000_1'), 'call-5000_1');
    assert.equal(wireKey('a.b'), 'a~2eb');
    assert.equal(wireKey('a~2eb'), 'a~7e2eb');
    assert.match(wireKey('ünïcode/📞.'), /^[A-Za-z0-9~_-]+$/);
    assert.match(wireKey('x'.repeat(101)), /^sha256-[0-9a-f]{64}$/);
    assert.notEqual(wireKey('x'.repeat(101)), wireKey('x'.repeat(102)));
  });
});
