/** The remarks behind single values in the tables of the protocol: `MEDIA_TYPE_TAG: 312, // since 25`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = resolve(__dirname, '..', '..', '..', '..', 'src', 'ged188');

/** By table and name, such as `Tag` and `MEDIA_TYPE_TAG`. */
export class Remarks {
  readonly #remarks = new Map<string, string>();

  constructor() {
    const constants = readdirSync(join(SOURCES, 'constants')).map((file) => join('constants', file));
    for (const file of [...constants, join('definition', 'tags.ts')]) this.#read(join(SOURCES, file));
  }

  of(table: string, name: string): string {
    return this.#remarks.get(`${table}.${name}`) ?? '';
  }

  /** The versions that have a value, if the tables specify them. */
  versionsOf(table: string, name: string): { since: number; until: number } {
    const [since, until] = ['since', 'until'].map(
      (word) => new RegExp(`${word} (\\d+)`).exec(this.of(table, name))?.[1],
    );
    return { since: Number(since ?? 0), until: Number(until ?? Number.POSITIVE_INFINITY) };
  }

  #read(file: string): void {
    let table = '';
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      table = /^export const (\w+) = /.exec(line)?.[1] ?? table;
      const [, name, remark] = /^ {2}(\w+): [^/]*, \/\/ (.+)$/.exec(line) ?? [];
      if (name !== undefined) this.#remarks.set(`${table}.${name}`, remark!);
    }
  }
}
