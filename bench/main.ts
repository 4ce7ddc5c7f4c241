/**
 * `npm run bench`: every bench of the project, one after the other, as one table. Compare by ratios within a run.
 *
 *   npm run bench -- [--only NAME] [--quick] [--json FILE] [--update]
 *
 * --only runs the cases whose names contain NAME (several times allowed), --quick takes a tenth of the events, --json
 * writes the rows to FILE, --update puts the table into docs/explanation/performance.md. A case that fails is named, the others are
 * run, and the command exits with 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../scripts/node-red-process.js';
import { clientLibrary } from './client-library/client-library.js';
import { recorder } from './client-library/recorder.js';
import { sessionCases } from './ctios-server/sessions.js';
import { stormCases } from './ctios-server/storms.js';
import { eventStream } from './event-stream.js';
import { actionCase } from './flow/action.js';
import { flowEvents } from './flow/flow-events.js';
import { manyAgents } from './flow/many-agents.js';
import { manyNodes } from './flow/many-nodes.js';
import { startCases } from './flow/start.js';
import { codec } from './ged188/codec.js';
import { recoveryCases } from './recovery.js';
import type { BenchCase } from './run/bench-case.js';
import { formatTable } from './run/row.js';
import { runCases } from './run/run-cases.js';

const CASES: readonly BenchCase[] = [
  codec,
  flowEvents,
  manyNodes,
  manyAgents,
  actionCase,
  clientLibrary,
  recorder,
  ...sessionCases,
  eventStream,
  ...stormCases,
  ...recoveryCases,
  ...startCases,
];
const PAGE = join(ROOT, 'docs', 'explanation', 'performance.md');
const TABLE = /(<!-- table -->\n)[\s\S]*(<!-- \/table -->)/;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      update: { type: 'boolean', default: false },
    },
  });
  const { only, quick, json, update } = values;
  const chosen = CASES.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  if (chosen.length === 0) {
    throw new Error(`No case is named ${only.join(', ')}. There are: ${CASES.map(({ name }) => name).join(', ')}.`);
  }
  const results = await runCases(chosen, { quick, say: (line) => console.log(line) });
  const machine = `Node.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
  const run = `${machine}, ${new Date().toISOString().slice(0, 10)}${quick ? ', --quick' : ''}`;
  const table = formatTable(results.flatMap(({ rows }) => rows));
  console.log(`\n${run}\n\n${table}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ run, results }, undefined, 2)}\n`);
  const failed = results.filter(({ problem }) => problem !== undefined);
  if (update && failed.length === 0) {
    const page = readFileSync(PAGE, 'utf8');
    writeFileSync(
      PAGE,
      page.replace(TABLE, (_, begin, end) => `${begin}${run}\n\n${table}\n${end}`),
    );
  }
  for (const { name, problem } of failed) console.error(`${name}: ${problem}`);
  // Nothing that a failed case left open may keep the command from ending.
  process.exit(failed.length > 0 ? 1 : 0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
