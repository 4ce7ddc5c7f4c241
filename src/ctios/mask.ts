/**
 * Keywords whose values are kept from those who only look: in the sidebar, in the lists of the editor, in logs. What
 * flows receive is not masked; it is the flow's own to handle. Secrets are a different matter: they are nowhere at all.
 * Pure: the editor's dialog checks a list with it, too.
 */
import { setOwn } from '../common/own-key.js';
import type { Args } from './transport.js';

/** What stands for a masked value. */
export const MASKED = '***';

/** Names of ECC variables are the contact center's to choose: beyond so many, they are looked up anew. */
const MAX_KNOWN = 5000;

export class Mask {
  /** Whether each keyword that was asked for is masked: asked for every row of a list, twice a second. */
  #known = new Map<string, boolean>();
  #names = new Set<string>();
  #prefixes: string[] = [];

  /**
   * @param list keywords, separated by commas, semicolons or blanks; case does not matter, `*` at the end stands for any
   *   rest: `CallVariable3, user.Card*`. An array is masked by its name: `user.Card` hides `user.Card[0]` too; `ECC` hides
   *   every ECC variable.
   * @throws Error naming the entry that is none
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

  /** The arguments with what is hidden replaced, down to the leaves; the very same object where nothing is. */
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

/** Everything in it; the names of its parts stay. */
function veiled(value: Args[string]): Args[string] {
  if (typeof value !== 'object') return MASKED;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, veiled(inner)]));
}

/** Hides nothing. */
export const NO_MASK = new Mask();
