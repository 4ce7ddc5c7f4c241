/**
 * Copies of flat records, fast. Objects that grew key by key are hash tables to the engine, and copying them key by key
 * makes more of these: a screenful of keywords costs 8 µs, and every node behind pays again. So for each set of keys that
 * occurs (there are few) a literal is compiled once, which the engine builds in one go. Measured: `npm run bench`.
 */

type Flat = Record<string, unknown>;
type Copier = (from: Flat, nested: (value: object) => unknown) => Flat;

/** A key after the keys before it; the path of a record's keys ends at its copier. */
interface Step {
  readonly next: Map<string, Step>;
  copier?: Copier;
}

/** Beyond so many sets of keys records are copied key by key: names of ECC variables are the contact center's to choose. */
const MOST_SHAPES = 5000;

const root: Step = { next: new Map() };
let shapes = 0;

/**
 * @param leaveOut keys that shall not be in the copy; always the same for a caller
 * @param nested copies a value that is an object
 */
export function shapeCopy(
  from: Readonly<Flat>,
  nested: (value: object) => unknown,
  leaveOut: ReadonlySet<string>,
): Flat {
  const keys = Object.keys(from);
  let step = root;
  for (let index = 0; index < keys.length; index++) {
    let next = step.next.get(keys[index]!);
    if (next === undefined) {
      if (shapes >= MOST_SHAPES) return keyByKey(from, keys, nested, leaveOut);
      next = { next: new Map() };
      step.next.set(keys[index]!, next);
    }
    step = next;
  }
  step.copier ??= compile(keys, leaveOut);
  return step.copier(from, nested);
}

function compile(keys: readonly string[], leaveOut: ReadonlySet<string>): Copier {
  shapes++;
  const wanted = keys.filter((key) => !leaveOut.has(key));
  // In a literal this key would set the prototype.
  if (wanted.includes('__proto__')) return (from, nested) => keyByKey(from, wanted, nested, leaveOut);
  const literal = wanted.map((key) => {
    const name = JSON.stringify(key);
    return `${name}: typeof (value = from[${name}]) === 'object' ? nested(value) : value`;
  });
  return new Function('from', 'nested', `let value; return { ${literal.join(', ')} };`) as Copier;
}

function keyByKey(
  from: Readonly<Flat>,
  keys: readonly string[],
  nested: (value: object) => unknown,
  leaveOut: ReadonlySet<string>,
): Flat {
  const out: Flat = {};
  for (const key of keys) {
    if (leaveOut.has(key)) continue;
    const value = from[key];
    Object.defineProperty(out, key, {
      value: typeof value === 'object' && value !== null ? nested(value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return out;
}
