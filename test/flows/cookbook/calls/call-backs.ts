/** Recipe 2: callers who gave up are on a list until somebody has talked to them. */
import { strict as assert } from 'node:assert';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest } from '../../example-test.js';

const ADA = '+12065550150';
const listOf = async (test: FlowTest) => (await test.fetch('/cookbook/call-backs')).body as object[];

/** Rings at 1001, and the caller gives up. */
async function givesUp(test: FlowTest, from: string | undefined) {
  const caller = await test.call({ ...(from !== undefined && { from }), to: '8001' });
  await test.advance('1 s');
  await caller.hangUp();
  // The record of the contact comes two seconds later.
  await test.advance('2.5 s');
}

async function talks(test: FlowTest, from: string) {
  const caller = await test.call({ from, to: '8001' });
  await test.agent('1001').answer();
  await test.advance('10 s');
  await caller.hangUp();
  await test.agent('1001').available();
  await test.advance('2.5 s');
}

export const callBacks: ExampleTest = {
  example: 'cookbook/02 call-back list',
  does: {
    'has the caller of the simulation, until the second call is answered': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await test.eventually.message({ node: 'changed', match: { topic: 'added', waiting: 1 }, within: '10 s' });
      await test.advance('25 s');
      await test.agent('1001').answer('10 s');
      await test.advance('9 s');
      test.expect.noMessage({ node: 'changed' });
      await test.agent('1001').hangUp();
      await test.eventually.message({
        node: 'changed',
        match: { topic: 'done', payload: '+12065550140', waiting: 0 },
        within: '3 s',
      });
      test.expect.nothingElse({ except: ['is patient'] });
      // And again a minute later.
      await test.agent('1001').available();
      await test.eventually.message({ node: 'changed', match: { topic: 'added' }, within: '60 s' });
    },

    'has each caller once, and those only who gave up': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      assert.deepEqual(await listOf(test), []);
      await givesUp(test, '2065550150');
      test.expect.message({ node: 'changed', match: { topic: 'added', payload: ADA, waiting: 1 } });
      // The caller of the simulation comes meanwhile.
      await givesUp(test, '2065550150');
      test.expect.message({ node: 'changed', match: { topic: 'again', payload: ADA } });
      assert.deepEqual((await listOf(test))[0], {
        ...{ number: ADA, digits: '2065550150', dialed: '8001', calls: 2 },
        last: Date.parse('2026-01-05T08:00:04.500Z'),
      });
      const { headers } = await test.fetch('/cookbook/call-backs');
      assert.equal(headers['cache-control'], 'no-store');
      await talks(test, '2065550151');
      await talks(test, '2065550150');
      test.expect.message({ node: 'changed', match: { topic: 'done', payload: ADA } });
      assert.equal((await listOf(test)).filter((each) => (each as { number: string }).number === ADA).length, 0);
      test.expect.noMessage({ node: 'changed', match: { payload: '+12065550151' } });
    },

    'leaves a caller on the list who has not been reached, and one without a number out': async (open) => {
      const test = await open({ world: { agents: 1, available: ['1001'] } });
      await givesUp(test, undefined);
      test.expect.noMessage({ node: 'changed' });
      await givesUp(test, '2065550150');
      test.expect.message({ node: 'changed', match: { topic: 'added' } });
      await test.agent('1001').notReady();
      await test.advance('3 s');
      await test.agent('1001').dial('2065550150');
      await test.advance('1 s');
      await test.agent('1001').hangUp();
      await test.advance('3 s');
      assert.ok((await listOf(test)).some((each) => (each as { number: string }).number === ADA));
      // Nor does a deploy forget it.
      await test.deploy();
      assert.ok((await listOf(test)).some((each) => (each as { number: string }).number === ADA));
      // With a prefix that is no setting of the node.
      await test.agent('1001').dial('92065550150');
      await test.advance('10 s');
      await test.agent('1001').hangUp();
      await test.advance('3 s');
      assert.ok(!(await listOf(test)).some((each) => (each as { number: string }).number === ADA));
    },
  },
};
