import { strict as assert } from 'node:assert';
import { wireKey } from '../../src/delivery/delivery-key.js';
import { parseStatusRanges, retryAfter, retryDelay } from '../../src/delivery/index.js';
import { within } from '../../src/delivery/retry-policy.js';

const NOW = Date.UTC(2026, 10, 29, 2, 0, 0);

describe('the retry policy', () => {
  it('reads Retry-After in seconds and as a date, and nothing else', () => {
    const cases: [string | undefined, number | undefined][] = [
      ['120', 120_000],
      [' 0 ', 0],
      ['Sun, 29 Nov 2026 02:00:30 GMT', 30_000],
      ['Sunday, 29-Nov-26 02:00:30 GMT', 30_000],
      ['Sun, 29 Nov 2026 01:00:00 GMT', 0],
      ['999999999', 86_400_000],
      [undefined, undefined],
      ['', undefined],
      ['soon', undefined],
      ['-5', undefined],
      ['1e3', undefined],
    ];
    for (const [header, ms] of cases) assert.equal(retryAfter(header, NOW), ms, String(header));
  });

  it('doubles the wait up to its limit, with jitter over the upper half, never below what the receiver asks for', () => {
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

  it('reads lists of status codes, and names what it cannot read', () => {
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

  it('makes keys that every header and signature takes, and never one of two', () => {
    assert.equal(wireKey('call-5000_1'), 'call-5000_1');
    assert.equal(wireKey('a.b'), 'a~2eb');
    assert.equal(wireKey('a~2eb'), 'a~7e2eb');
    assert.match(wireKey('ünïcode/📞.'), /^[A-Za-z0-9~_-]+$/);
    assert.match(wireKey('x'.repeat(101)), /^sha256-[0-9a-f]{64}$/);
    assert.notEqual(wireKey('x'.repeat(101)), wireKey('x'.repeat(102)));
  });
});
