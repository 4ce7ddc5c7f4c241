/** Copies of arguments and properties for messages: deep, without secrets, ECC variables flat. */
import {
  compileMaker,
  type Flat,
  PerShape,
  PerShapes,
  read,
  type Shape,
  shapeOf,
} from '../../../src/common/records/compiled-records.js';
import { setOwn } from '../../../src/common/records/own-key.js';
import { type Args, type KeywordSpec, keywords } from '../../../src/ctios/index.js';

/** Keywords whose values are secrets are never in a message; ECC variables are under their own names. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'ECC',
  ...Object.entries<KeywordSpec>(keywords)
    .filter(([, spec]) => spec.secret)
    .map(([name]) => name),
]);

type Copier = (from: Readonly<Flat>, ecc: Readonly<Flat> | undefined, nested: (value: object) => unknown) => Args;

const copiers = new PerShape<Copier>(({ keys }) => compile(keys, []));
const eccCopiers = new PerShapes<Copier>(({ keys }, ecc) => compile(keys, ecc.keys));

/**
 * A deep copy without secrets, with flat ECC variables: "user.Name". One whose name is a keyword of the record is under
 * "ECC." and its name: an ECC variable "ANI" must not be taken for the caller's number.
 * @param shape of the record, where it is known
 */
export function copyArgs(args: Readonly<Args>, shape: Shape | undefined = shapeOf(args)): Args {
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

/** All keys in one step, which also makes the object faster to read for all nodes behind. */
function compile(keys: readonly string[], eccKeys: readonly string[]): Copier | undefined {
  // ECC within ECC does not occur in a contact center, so it need not be fast.
  if (eccKeys.includes('ECC')) return undefined;
  const property = (record: string) => (key: string) =>
    [key, `typeof (value = ${read(record, key)}) === 'object' ? nested(value) : value`] as const;
  const wanted = (key: string) => !LEFT_OUT.has(key);
  const own = keys.filter(wanted);
  const taken = new Set(own);
  const ofEcc = eccKeys.filter(wanted).map((key) => [eccName(key, taken), property('ecc')(key)[1]] as const);
  return compileMaker<Copier>(['from', 'ecc', 'nested'], [...own.map(property('from')), ...ofEcc], 'let value;');
}

/** The name of an ECC variable next to existing keywords. */
const eccName = (name: string, taken: ReadonlySet<string>): string => (taken.has(name) ? `ECC.${name}` : name);

function keyByKey(args: Readonly<Args>): Args {
  const out: Args = {};
  for (const key of Object.keys(args)) {
    if (LEFT_OUT.has(key)) continue;
    const value = args[key]!;
    setOwn(out, key, typeof value === 'object' ? copyNested(value) : value);
  }
  const { ECC } = args;
  if (typeof ECC !== 'object') return out;
  const variables = copyArgs(ECC);
  const taken = new Set(Object.keys(out));
  for (const name of Object.keys(variables)) setOwn(out, eccName(name, taken), variables[name]!);
  return out;
}
