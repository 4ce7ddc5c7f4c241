/**
 * Counters and gauges in the text form that Prometheus reads (exposition format 0.0.4). Nothing here is specific to
 * this server; what is measured, `server-metrics.ts` says.
 */
export type Labels = Readonly<Record<string, string>>;

export interface Family {
  readonly name: string;
  readonly about: string;
  readonly kind: 'counter' | 'gauge';
  samples(): Iterable<readonly [Labels, number]>;
}

/** More sets of labels than this are counted together: whoever finds a way to make labels up must not fill the memory. */
export const MAX_SERIES = 1_000;
const OTHER = 'other';

/** A number that only grows, one for each set of labels. Labels come from tables, never from what somebody has sent. */
export class Counter implements Family {
  readonly kind = 'counter';
  readonly #values = new Map<string, { labels: Labels; value: number }>();

  constructor(
    readonly name: string,
    readonly about: string,
  ) {}

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

/** A number that is read when somebody asks. */
export class Gauge implements Family {
  readonly kind = 'gauge';

  constructor(
    readonly name: string,
    readonly about: string,
    private readonly read: () => Iterable<readonly [Labels, number]>,
  ) {}

  samples(): Iterable<readonly [Labels, number]> {
    return this.read();
  }
}

/** The page that Prometheus fetches. */
export function exposition(families: readonly Family[]): string {
  const lines: string[] = [];
  for (const family of families) {
    lines.push(`# HELP ${family.name} ${family.about}`, `# TYPE ${family.name} ${family.kind}`);
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
