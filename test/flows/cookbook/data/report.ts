/** Recipe 8: a row for each agent, in a file. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest } from '../../example-test.js';

/** With a folder that is removed afterwards. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ctios-report-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function talks(test: FlowTest, agent: string, seconds: number): Promise<void> {
  const caller = await test.call({ from: '2065550101', to: '8001' });
  await test.agent(agent).answer();
  await test.advance(`${seconds - 4} s`);
  await test.agent(agent).hold();
  await test.advance('4 s');
  await test.agent(agent).retrieve();
  await caller.hangUp();
  await test.advance('3 s');
  await test.agent(agent).notReady();
}

export const report: ExampleTest = {
  example: 'cookbook/08 daily report as CSV',
  does: {
    'sums up the day of each agent, at once and in the evening': (open) =>
      inFolder(async (folder) => {
        const test = await open({
          startAt: new Date(2026, 0, 5, 23, 40),
          world: { agents: 4, available: ['1001'] },
          env: { REPORT_FOLDER: folder },
        });
        await talks(test, '1001', 10);
        await test.agent('1001').available();
        await talks(test, '1001', 12);
        await test.agent('1004').available();
        // Nobody answers this one.
        const caller = await test.call({ from: '2065550102', to: '8001' });
        await test.advance('2 s');
        await caller.hangUp();
        test.expect.message({ node: 'kept', match: { topic: 'segment' } });
        const { filename } = await test.eventually.message({ node: 'written', within: '60 s' });
        const file = join(folder, 'report-2026-01-05.csv');
        assert.equal(filename, file);
        const lines = [
          'agent,name,calls,answered,talk,hold,wrapup,incomplete',
          '1001,Alex Andersen,2,2,14,8,6,0',
          '1004,Dana Dubois,1,0,0,0,0,0',
          '',
        ];
        assert.equal(readFileSync(file, 'utf8'), lines.join('\r\n'));
        test.expect.nothingElse({ except: ['kept'] });

        // The evening's report replaces it; the next day has its own.
        await talks(test, '1004', 20);
        await test.advance('10 min');
        assert.match(readFileSync(file, 'utf8'), /1004,Dana Dubois,1,0,/);
        await test.eventually.message({ node: 'written', match: { filename: file }, within: '5 min' });
        assert.match(readFileSync(file, 'utf8'), /1004,Dana Dubois,2,1,16,4,3,0/);
        await test.advance('6 min');
        await test.inject('now');
        assert.deepEqual(readdirSync(folder), ['report-2026-01-05.csv', 'report-2026-01-06.csv']);
        assert.doesNotMatch(readFileSync(join(folder, 'report-2026-01-06.csv'), 'utf8'), /1001/);
      }),

    'counts records that an outage has made incomplete': (open) =>
      inFolder(async (folder) => {
        const test = await open({ world: { agents: 1, available: ['1001'] }, env: { REPORT_FOLDER: folder } });
        const caller = await test.call({ from: '2065550101', to: '8001' });
        await test.agent('1001').answer();
        await test.advance('3 s');
        await test.link.goesDown();
        await test.advance('3 s');
        await caller.hangUp();
        await test.link.comesBack();
        await test.advance('20 s');
        await test.agent('1001').available();
        await test.eventually.message({ node: 'written' });
        const [file] = readdirSync(folder);
        assert.match(readFileSync(join(folder, file!), 'utf8'), /^1001,Alex Andersen,1,1,.*,1\r$/m);
      }),

    'writes to a folder of its own until one is set': async (open) => {
      const test = await open({ world: { agents: 1 } });
      const { filename } = await test.eventually.message({ node: 'written' });
      assert.match(String(filename), /ctios-report-\w+.report-\d{4}-\d\d-\d\d\.csv$/);
      assert.ok(existsSync(String(filename)));
      assert.equal(statSync(dirname(String(filename))).mode & 0o777, 0o700);
      rmSync(dirname(String(filename)), { recursive: true });
    },

    'says that the folder is not there': (open) =>
      inFolder(async (folder) => {
        const test = await open({ world: { agents: 1 }, env: { REPORT_FOLDER: join(folder, 'none') } });
        await test.eventually.message({ node: 'why', match: { 'error.message': /ENOENT/ } });
        assert.ok(!existsSync(join(folder, 'none')));
      }),
  },
};
