/** One line of the table that `npm run bench` prints. Every figure of a table is from one run on one machine. */
export interface BenchRow {
  readonly what: string;
  /** Events, frames or messages per second. */
  readonly perSecond?: number;
  /** Latency in milliseconds, median and 99th percentile. */
  readonly p50?: number;
  readonly p99?: number;
  /** Anything else, with its unit: "1.8 s", "312 MB". */
  readonly figure?: string;
  /** How this compares with another row: `value` times the row named `to`. */
  readonly ratio?: { readonly to: string; readonly value: number };
}

/** A bench of one room: `bench/<room>.ts` exports a function of this type as `rows`. */
export type Bench = () => readonly BenchRow[] | Promise<readonly BenchRow[]>;

/** The rows as a table for people, columns aligned, ratios in the last one. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.perSecond === undefined ? (row.figure ?? '') : Math.round(row.perSecond).toLocaleString('en-US'),
    milliseconds(row.p50),
    milliseconds(row.p99),
    row.ratio === undefined ? '' : `${row.ratio.value.toFixed(2)} x ${row.ratio.to}`,
  ]);
  const table = [['', 'per second', 'p50 ms', 'p99 ms', 'ratio'], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map((line) =>
      line
        .map((cell, column) =>
          column > 0 && column < 4 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(value < 10 ? 2 : 1);
}
