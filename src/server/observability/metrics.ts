/** Counters and gauges in Prometheus' text format (exposition format 0.0.4). `metric-table.ts` lists them. */
import { type MetricName, metricTable } from './metric-table.js';

export type Labels = Readonly<Record<string, string>>;

export interface Family {
  readonly name: MetricName;
  samples(): Iterable<readonly [Labels, number]>;
}

/** Sets of labels beyond this number are counted together, so that invented labels cannot fill the memory. */
export const MAX_SERIES = 1_000;
const OTHER = 'other';

/** A number that only grows, one per set of labels. Labels come from tables, never from received data. */
export class Counter implements Family {
  readonly #values = new Map<string, { labels: Labels; value: number }>();

  constructor(readonly name: MetricName) {}

  add(labels: Labels = {}, by = 1): void {
    const key = Object.values(labels).join('\n');
    const sample = this.#values.get(key);
    if (sample !== undefined) sample.value += by;
    else if (this.#values.size < MAX_SERIES) this.#values.set(key, { labels, value: by });
    else this.#addOther(labels, by);
  }

  #addOther(labels: Labels, by: number): void {
    const sample = this.#values.get(OTHER);
    if (sample !== undefined) sample.value += by;
    else {
      const others = Object.fromEntries(Object.keys(labels).map((name) => [name, OTHER]));
      this.#values.set(OTHER, { labels: others, value: by });
    }
  }

  *samples(): Iterable<readonly [Labels, number]> {
    if (this.#values.size === 0) return;
    for (const { labels, value } of this.#values.values()) yield [labels, value];
  }
}

/** A number that is read on each scrape: a gauge, or a counter maintained elsewhere. */
export class Gauge implements Family {
  constructor(
    readonly name: MetricName,
    private readonly read: () => Iterable<readonly [Labels, number]>,
  ) {}

  samples(): Iterable<readonly [Labels, number]> {
    return this.read();
  }
}

/** The content type of that page. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The page that Prometheus fetches. */
export function exposition(families: readonly Family[]): string {
  const lines: string[] = [];
  for (const family of families) {
    const { about, kind } = metricTable[family.name];
    lines.push(`# HELP ${family.name} ${about}`, `# TYPE ${family.name} ${kind}`);
    for (const [labels, value] of family.samples()) lines.push(`${family.name}${labelText(labels)} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
