/**
 * Kills a real Node-RED with kill -9 while it accepts and makes deliveries: no accepted delivery is lost, duplicated or
 * out of order.
 */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDelivery, endsOf } from '../../scripts/delivery-check/check.js';
import { needsNatsServer } from '../stream/needs-nats-server.js';

const once = { rounds: 1, deliveries: 200, seed: 3, log: () => {} };
const STORES = [
  { store: 'file', where: 'on disk', file: 'store/sqlite-store.js', type: 'SqliteStore' },
  { store: 'stream', where: 'in NATS', file: 'jetstream/jetstream-store.js', type: 'JetStreamStore' },
] as const;

describe('the deliveries of a Node-RED that is killed', function () {
  this.timeout(240_000);

  for (const { store, where } of STORES)
    it(`are each made or given up, only once if the receiver checks the key, and in order: ${where}`, async function () {
      if (store === 'stream') needsNatsServer(this);
      const { accepted, delivered, givenUp, lost, doubled, outOfOrder } = await checkDelivery({ ...once, store });
      assert.ok(accepted > 0, 'nothing was accepted before the kill');
      assert.equal(delivered + givenUp, accepted, 'each ends exactly once');
      assert.deepEqual({ lost, doubled, outOfOrder }, { lost: 0, doubled: 0, outOfOrder: 0 });
    });

  it('are counted once, and only where they were accepted', () => {
    const keys = (text: string) => new Set(text.split(''));
    // x was given up, but the process was killed before the response; b has ended both ways, d in neither.
    assert.deepEqual(endsOf(keys('abcd'), keys('ab'), keys('bcx'), 1), {
      accepted: 4,
      delivered: 2,
      givenUp: 2,
      lost: 1,
      doubled: 2,
    });
  });

  for (const { store, where, file, type } of STORES)
    it(`are lost if a message is completed before it is ${where}, which the check detects`, async function () {
      if (store === 'stream') needsNatsServer(this);
      const folder = mkdtempSync(join(tmpdir(), 'ctios-mutant-'));
      const mutant = join(folder, 'mutant.cjs');
      // An accepted delivery is written a second later, as in a store without a commit.
      writeFileSync(
        mutant,
        `const { ${type} } = require(${JSON.stringify(require.resolve(`../../src/delivery/${file}`))});
const { accept } = ${type}.prototype;
${type}.prototype.accept = function (...args) {
  setTimeout(() => accept.apply(this, args).catch(() => {}), 1000);
  return Promise.resolve(0);
};`,
      );
      const before = process.env.NODE_OPTIONS;
      process.env.NODE_OPTIONS = `${before ?? ''} --require ${mutant}`.trim();
      try {
        const { lost } = await checkDelivery({ ...once, store });
        assert.ok(lost > 0, 'a lost delivery is not noticed');
      } finally {
        if (before === undefined) delete process.env.NODE_OPTIONS;
        else process.env.NODE_OPTIONS = before;
        rmSync(folder, { recursive: true, force: true });
      }
    });
});
