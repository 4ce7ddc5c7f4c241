/**
 * Code made to measure for records of a certain shape. Objects that grow key by key cost the engine a transition and at
 * times a copy per key, and reading keys by variable names defeats its caches: a screenful of keywords takes 8 µs to copy
 * in a loop and 0.1 µs by code that names them. The records of this project come in few shapes, so what is done
 * to each of them is compiled once per shape, as the codec's decoders are once per message. Figures: `npm run bench`.
 */

/** Plain data under string keys. */
export type Flat = Record<string, unknown>;

/** A set of keys in their order. Records with equal keys in the same order have one and the same shape. */
export class Shape {
  constructor(readonly keys: readonly string[]) {}
}

/** A key after the keys before it; the path of a record's keys ends at its shape. */
class Step {
  #key: string | undefined;
  #next: Step | undefined;
  #others: Map<string, Step> | undefined;
  shape: Shape | undefined;

  /** Most steps lead to one other: comparing a key is ten times as fast as looking it up. */
  to(key: string): Step | undefined {
    return key === this.#key ? this.#next : this.#others?.get(key);
  }

  add(key: string): Step {
    const step = new Step();
    if (this.#key === undefined) {
      this.#key = key;
      this.#next = step;
    } else {
      this.#others ??= new Map();
      this.#others.set(key, step);
    }
    return step;
  }
}

/** More are not remembered: names of ECC variables are the contact center's to choose. */
const MAX_SHAPES = 5000;

const root = new Step();
let shapes = 0;

/** The shape of a record; undefined for the ones too many: whoever asks has to do without. */
export function shapeOf(record: Readonly<Flat>): Shape | undefined {
  let step: Step = root;
  for (const key in record) {
    const next = step.to(key);
    if (next === undefined) return newShape(record);
    step = next;
  }
  return step.shape ?? newShape(record);
}

function newShape(record: Readonly<Flat>): Shape | undefined {
  if (shapes >= MAX_SHAPES) return undefined;
  shapes++;
  const keys = Object.keys(record);
  let step: Step = root;
  for (const key of keys) step = step.to(key) ?? step.add(key);
  step.shape = new Shape(keys);
  return step.shape;
}

/** Compiling costs as much as some ten records done the slow way: not done for what is rarely met. */
const OFTEN = 10;

/** How much may still be compiled: some kilobytes each, and two records together have as many shapes as they like. */
export class Budget {
  constructor(public left: number) {}
}

const everybodys = new Budget(3000);
/** Rare shapes that are counted per kind of code; then the counting begins anew. */
const MAX_COUNTED = 1000;

/** One kind of code, made for each shape that is met often. */
export class PerShape<Made> {
  readonly #made = new Map<Shape, Made | undefined>();
  readonly #met = new Map<Shape, number>();

  /** @param make returns undefined where nothing can be made for a shape */
  constructor(
    private readonly make: (shape: Shape) => Made | undefined,
    private readonly budget = everybodys,
  ) {}

  /** Undefined for a shape that is not met often, or for which nothing can be made: the slow way has to do. */
  get(shape: Shape): Made | undefined {
    const made = this.#made.get(shape);
    if (made !== undefined || this.#made.has(shape)) return made;
    if (this.budget.left === 0) return undefined;
    const met = (this.#met.get(shape) ?? 0) + 1;
    if (met < OFTEN) {
      if (this.#met.size >= MAX_COUNTED) this.#met.clear();
      this.#met.set(shape, met);
      return undefined;
    }
    this.#met.delete(shape);
    this.budget.left--;
    const fresh = this.make(shape);
    this.#made.set(shape, fresh);
    return fresh;
  }
}

/** The same for two records that are dealt with together. */
export class PerShapes<Made> {
  readonly #bySecond = new Map<Shape, PerShape<Made>>();

  constructor(private readonly make: (first: Shape, second: Shape) => Made | undefined) {}

  get(first: Shape, second: Shape): Made | undefined {
    let made = this.#bySecond.get(first);
    if (made === undefined) {
      made = new PerShape((shape) => this.make(first, shape));
      this.#bySecond.set(first, made);
    }
    return made.get(second);
  }
}

/**
 * Compiles a function that makes a plain object. It is made by a constructor and not by a literal: the engine keeps
 * statistics of literals, and while it starts, or under a flood, most of them outlive a collection, so that it would put
 * all later ones among the old objects for good, which doubles the cost of collecting them.
 * @param parameters names that the expressions refer to
 * @param properties keys and the expressions for their values; of a key given twice, the later value is taken
 * @param before statements that come first
 * @returns undefined for a key that would be taken for the prototype
 */
export function compileMaker<Maker>(
  parameters: readonly string[],
  properties: readonly (readonly [key: string, expression: string])[],
  before = '',
): Maker | undefined {
  if (properties.some(([key]) => key === '__proto__')) return undefined;
  const values = new Map(properties);
  const body = [...values].map(([key, expression]) => `this[${JSON.stringify(key)}] = ${expression};`);
  const list = parameters.join(', ');
  const source = `
    function Record(${list}) { ${before} ${body.join('\n')} }
    Record.prototype = Object.prototype;
    return (${list}) => new Record(${list});`;
  return new Function(source)() as Maker;
}

/** Makes plain objects with these keys, of as many values in their order. See {@link compileMaker} for why. */
export function recordFactory<Maker>(...keys: readonly string[]): Maker {
  const parameters = keys.map((_, index) => `value${index}`);
  const properties = keys.map((key, index) => [key, `value${index}`] as const);
  return compileMaker<Maker>(parameters, properties)!;
}

/** The source of reading a key. */
export const read = (record: string, key: string): string => `${record}[${JSON.stringify(key)}]`;
