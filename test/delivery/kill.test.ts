/** kill -9 of a real Node-RED while it takes and makes deliveries: nothing accepted is lost, doubled or out of order. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDelivery } from '../../scripts/delivery-check/check.js';

const once = { rounds: 1, deliveries: 200, seed: 3, log: () => {} };

describe('deliveries of a Node-RED that is killed', function () {
  this.timeout(240_000);

  it('are each made or given up, once where the receiver looks at the key, and in order', async () => {
    const { accepted, lost, doubled, outOfOrder } = await checkDelivery(once);
    assert.ok(accepted > 0, 'nothing was accepted before the kill');
    assert.deepEqual({ lost, doubled, outOfOrder }, { lost: 0, doubled: 0, outOfOrder: 0 });
  });

  it('are lost when a message is completed before it is on disk: the check notices', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctios-mutant-'));
    const mutant = join(folder, 'mutant.cjs');
    // What is accepted is written a second later, as a store without a commit would.
    writeFileSync(
      mutant,
      `const { SqliteStore } = require(${JSON.stringify(require.resolve('../../src/delivery/sqlite-store.js'))});
const { accept } = SqliteStore.prototype;
SqliteStore.prototype.accept = function (...args) {
  setTimeout(() => accept.apply(this, args).catch(() => {}), 1000);
  return Promise.resolve(0);
};`,
    );
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = `${before ?? ''} --require ${mutant}`.trim();
    try {
      const { lost } = await checkDelivery(once);
      assert.ok(lost > 0, 'a lost delivery is not noticed');
    } finally {
      if (before === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = before;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
