/** Copies of arguments and properties for messages: down to the leaves, without secrets, ECC variables flat. */
import { compileMaker, type Flat, PerShape, PerShapes, read, shapeOf } from '../../../src/common/compiled-records.js';
import { type Args, type KeywordSpec, keywords } from '../../../src/ctios/index.js';

/** Keywords whose values are secrets are in no message; ECC variables are there by their own names. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'ECC',
  ...Object.entries<KeywordSpec>(keywords)
    .filter(([, spec]) => spec.secret)
    .map(([name]) => name),
]);

type Copier = (from: Readonly<Flat>, ecc: Readonly<Flat> | undefined, nested: (value: object) => unknown) => Args;

const copiers = new PerShape<Copier>(({ keys }) => compile(keys, []));
const eccCopiers = new PerShapes<Copier>(({ keys }, ecc) => compile(keys, ecc.keys));

/** A copy down to the leaves, without secrets, and with the ECC variables flat: "user.Name". */
export function copyArgs(args: Readonly<Args>): Args {
  const shape = shapeOf(args);
  if (shape !== undefined) {
    const { ECC } = args;
    if (typeof ECC !== 'object') {
      const copier = copiers.get(shape);
      if (copier !== undefined) return copier(args, undefined, copyNested);
    } else {
      const eccShape = shapeOf(ECC);
      const copier = eccShape && eccCopiers.get(shape, eccShape);
      if (copier !== undefined) return copier(args, ECC, copyNested);
    }
  }
  return keyByKey(args);
}

const copyNested = (value: object): Args => copyArgs(value as Args);

/** All keys in one go: every node behind reads such an object faster, too. */
function compile(keys: readonly string[], eccKeys: readonly string[]): Copier | undefined {
  // ECC within ECC is nothing a contact center has, and nothing to be fast at.
  if (eccKeys.includes('ECC')) return undefined;
  const property = (record: string) => (key: string) =>
    [key, `typeof (value = ${read(record, key)}) === 'object' ? nested(value) : value`] as const;
  const wanted = (key: string) => !LEFT_OUT.has(key);
  return compileMaker<Copier>(
    ['from', 'ecc', 'nested'],
    [...keys.filter(wanted).map(property('from')), ...eccKeys.filter(wanted).map(property('ecc'))],
    'let value;',
  );
}

function keyByKey(args: Readonly<Args>): Args {
  const out: Args = {};
  for (const key of Object.keys(args)) {
    if (LEFT_OUT.has(key)) continue;
    const value = args[key]!;
    // Not `out[key] =`: a key "__proto__" would vanish into the prototype.
    Object.defineProperty(out, key, {
      value: typeof value === 'object' ? copyNested(value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  const { ECC } = args;
  return typeof ECC === 'object' ? Object.assign(out, copyArgs(ECC)) : out;
}
