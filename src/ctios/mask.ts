/**
 * Masks the values of keywords in the sidebar, in the editor's lists and in logs. Messages to flows are not masked;
 * flows are responsible for their data. Secrets are handled separately: they are never shown. Pure: the editor's dialog
 * uses it to check a list, too.
 */
import { setOwn } from '../common/records/own-key.js';
import type { Args } from './transport.js';

/** The text shown in place of a masked value. */
export const MASKED = '***';

/** The size of the cache: the contact center defines the names of ECC variables, so there may be any number. */
const MAX_KNOWN = 5000;

export class Mask {
  /** Caches whether a keyword is masked, which is checked for every row of a list, twice a second. */
  #known = new Map<string, boolean>();
  #names = new Set<string>();
  #prefixes: string[] = [];

  /**
   * @param list keywords, separated by commas, semicolons or blanks, case-insensitive; a trailing `*` matches any rest:
   *   `CallVariable3, user.Card*`. An array is masked by its name: `user.Card` also hides `user.Card[0]`; `ECC` hides
   *   every ECC variable.
   * @throws Error naming the invalid entry
   */
  constructor(list = '') {
    for (const entry of list.split(/[\s,;]+/).filter((each) => each !== '')) {
      const star = entry.indexOf('*');
      if (star >= 0 && star < entry.length - 1) throw new Error(`"${entry}": * can stand at the end only.`);
      const name = entry.toLowerCase();
      if (star < 0) this.#names.add(name);
      else this.#prefixes.push(name.slice(0, -1));
    }
  }

  hides(keyword: string): boolean {
    let hidden = this.#known.get(keyword);
    if (hidden === undefined) {
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      const name = keyword.toLowerCase();
      hidden =
        this.#names.has(name) ||
        this.#names.has(name.replace(/\[\d+\]$/, '')) ||
        this.#prefixes.some((prefix) => name.startsWith(prefix));
      this.#known.set(keyword, hidden);
    }
    return hidden;
  }

  /** The arguments with masked values replaced, including nested ones; the same object if nothing is masked. */
  apply(args: Readonly<Args>): Readonly<Args> {
    if (this.#names.size === 0 && this.#prefixes.length === 0) return args;
    let masked: Args | undefined;
    for (const key in args) {
      const value = args[key]!;
      const whole = typeof value === 'object' ? this.apply(value) : value;
      const shown = this.hides(key) ? veiled(value) : whole;
      if (shown === value) continue;
      masked ??= { ...args };
      setOwn(masked, key, shown);
    }
    return masked ?? args;
  }
}

/** Masks all nested values; their names are kept. */
function veiled(value: Args[string]): Args[string] {
  if (typeof value !== 'object') return MASKED;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, veiled(inner)]));
}

/** Masks nothing. */
export const NO_MASK = new Mask();
