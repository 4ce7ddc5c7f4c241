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
  /** What it is meant to be: "2.5 ×", "under 3 s". */
  readonly aim?: string;
}

/** The rows as a Markdown table with aligned columns: for people in a terminal, and for `docs/explanation/performance.md`. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [
    row.what.trim(),
    [row.perSecond === undefined ? '' : Math.round(row.perSecond).toLocaleString('en-US'), row.figure ?? '']
      .filter((part) => part !== '')
      .join('; '),
    milliseconds(row.p50),
    milliseconds(row.p99),
    row.ratio === undefined ? '' : `${row.ratio.value.toFixed(2)} × ${row.ratio.to}`,
    row.aim ?? '',
  ]);
  const table = [['figure', 'per second, or as said', 'p50 ms', 'p99 ms', 'ratio', 'aim'], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const lines = table.map(
    (line) => `| ${line.map((cell, column) => pad(cell, widths[column]!, column)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [lines[0]!, rule, ...lines.slice(1)].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
}

function isNumber(column: number): boolean {
  return column > 0 && column < 4;
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(value < 10 ? 2 : 1);
}
