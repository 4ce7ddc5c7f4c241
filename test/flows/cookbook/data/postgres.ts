/** Recipe 11: the SQL that psql is given. Against a real database: test/examples/postgresql.test.ts. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FlowTest } from '../../../../src/testing/index.js';
import type { ExampleTest, OpenExample } from '../../example-test.js';

const world = { agents: 1, available: ['1001'] };
const DATABASE = 'postgresql://nodered@db.example.com/contacts';

async function talks(test: FlowTest, data: Record<string, string> = {}): Promise<void> {
  const caller = await test.call({ from: '2065550101', to: '8001', data });
  await test.agent('1001').answer();
  await test.advance('5 s');
  await caller.hangUp();
  await test.advance('1 s');
  await test.agent('1001').available();
  await test.advance('1 s');
}

const withDatabase = (open: OpenExample) => open({ world, env: { DATABASE_URL: DATABASE }, standIns: ['exec'] });

interface Run {
  psql: string;
  filename: string;
  until: number;
  topic: string;
}

/** What psql is given next, and the rows in it. */
async function nextRun(test: FlowTest): Promise<Run & { rows: string[][] }> {
  const run = (await test.eventually.message({ node: 'run psql' })) as unknown as Run;
  const lines = readFileSync(run.filename, 'utf8').split('\n');
  const rows = lines.slice(lines.findIndex((line) => line.startsWith('COPY arrived')) + 1, lines.indexOf('\\.'));
  return { ...run, rows: rows.map((each) => each.split('\t')) };
}

const ends = (test: FlowTest, run: Run, code: number) => test.send('run psql', { ...run, payload: { code } }, 3);

export const postgres: ExampleTest = {
  example: 'cookbook/11 contact rows into PostgreSQL',
  does: {
    'shows the SQL until a database is set': async (open) => {
      const test = await open({ world });
      await test.advance('31 s');
      test.expect.nothingElse();
      await talks(test);
      const { payload } = await test.eventually.message({ node: 'no database set', match: { topic: '1 rows' } });
      assert.match(
        String(payload),
        /INSERT INTO contact_segments \((.+)\) SELECT \1 FROM arrived ON CONFLICT \(key\) DO NOTHING;\n$/,
      );
      test.expect.message({ node: 'kept', match: { topic: 'segment' }, inOrder: false });
      test.expect.nothingElse();
    },

    'gives psql a script that only this user can read, and the database': async (open) => {
      const test = await withDatabase(open);
      await talks(test, { CallVariable1: 'A\\B' });
      const run = await nextRun(test);
      assert.equal(run.psql, `-f "${run.filename}" -d ${DATABASE}`);
      assert.equal(statSync(dirname(run.filename)).mode & 0o777, 0o700);
      const [row] = run.rows;
      assert.equal(row!.length, 17);
      const [key, journey, agent, direction, caller, dialed, customer, began, answered, ended] = row!;
      assert.match(`${key} ${journey}`, /^icm\.\S+\/5000\.1001\/\S+ icm\.\S+$/);
      assert.deepEqual([agent, direction, caller, dialed], ['1001', 'inbound', '+12065550101', '8001']);
      assert.equal(customer, '+12065550101');
      for (const time of [began, answered, ended]) assert.match(time!, /^2026-01-05T08:00:\d\d\.\d\d\dZ$/);
      assert.deepEqual(row!.slice(10, 16), ['0', '5', '0', '1', 'ended', '\\N']);
      // As JSON in the text format of COPY.
      assert.match(row![16]!, /"CallVariable1":"A\\\\\\\\B"/);
      await test.close();
      assert.ok(!existsSync(dirname(run.filename)));
    },

    'goes on from the last success, and begins again from there after a failure': async (open) => {
      const test = await withDatabase(open);
      await talks(test);
      const first = await nextRun(test);
      await ends(test, first, 0);
      test.expect.message({ node: 'written', match: { topic: '1 rows' } });
      await test.advance('2 min');
      test.expect.noMessage({ node: 'run psql' });
      await talks(test);
      const second = await nextRun(test);
      assert.deepEqual([second.rows.length, second.rows[0]![0] === first.rows[0]![0]], [1, false]);
      await test.send('run psql', { ...second, payload: 'could not connect' }, 2);
      test.expect.message({ node: 'psql says', match: { payload: 'could not connect' } });
      await ends(test, second, 2);
      test.expect.message({ node: 'next time again', match: { topic: 'psql ended with 2' } });
      await talks(test);
      const third = await nextRun(test);
      assert.deepEqual([third.rows.length, third.rows[0]![0]], [2, second.rows[0]![0]]);
    },

    'reads the last week at the start, and says that it cannot': async (open) => {
      const test = await withDatabase(open);
      await test.eventually.message({
        node: 'records',
        match: { payload: { from: (ms: number) => ms === Date.parse('2025-12-29T08:00:30Z'), limit: 10000 } },
      });
      await test.inject('records', { payload: { from: 'nonsense' } });
      test.expect.message({ node: 'why', match: { 'error.code': 'CTIOS_BAD_PERIOD' } });
    },
  },
};
