/** `npm run bench`: every bench of the project, one after the other, as one table. Compare by ratios within a run. */
import { cpus } from 'node:os';
import { rows as clients } from './ctios-server.js';
import { rows as endToEnd } from './end-to-end.js';
import { rows as ged188 } from './ged188.js';
import { rows as recovery } from './recovery.js';
import { type Bench, type BenchRow, formatTable } from './row.js';

const BENCHES: readonly Bench[] = [ged188, endToEnd, clients, recovery];

async function main(): Promise<void> {
  const rows: BenchRow[] = [];
  for (const bench of BENCHES) rows.push(...(await bench()));
  console.log(`\nNode.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  console.log(formatTable(rows));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
