/**
 * Code compiled for records of a certain shape. Objects that grow key by key cost the engine a transition and sometimes
 * a copy per key, and reading keys by variable names defeats its caches: copying twenty keywords takes 8 µs in a loop
 * and
 * 0.1 µs with code that names them. The records of this project have few shapes, so the code for each operation is
 * compiled once per shape, like the codec's decoders once per message. Figures: `npm run bench`.
 */

/** Plain data under string keys. */
export type Flat = Record<string, unknown>;

/** A set of keys in order. Records with equal keys in the same order share one shape. */
export class Shape {
  constructor(readonly keys: readonly string[]) {}
}

/** A key and the keys before it; following a record's keys leads to its shape. */
class Step {
  #key: string | undefined;
  #next: Step | undefined;
  #others: Map<string, Step> | undefined;
  shape: Shape | undefined;

  /** Most steps have one successor: comparing a key is ten times as fast as looking it up. */
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

/** Maximum number of shapes to remember, because the contact center chooses the names of ECC variables. */
const MAX_SHAPES = 5000;

/** The shapes of records that share a limit. */
export class Shapes {
  readonly #root = new Step();
  #count = 0;

  constructor(private readonly limit: number) {}

  /** @returns undefined beyond the limit, in which case the caller uses the generic code */
  of(record: Readonly<Flat>): Shape | undefined {
    let step = this.#root;
    for (const key in record) {
      const next = step.to(key);
      if (next === undefined) return this.#add(record);
      step = next;
    }
    return step.shape ?? this.#add(record);
  }

  #add(record: Readonly<Flat>): Shape | undefined {
    if (this.#count >= this.limit) return undefined;
    this.#count++;
    const keys = Object.keys(record);
    let step = this.#root;
    for (const key of keys) step = step.to(key) ?? step.add(key);
    step.shape = new Shape(keys);
    return step.shape;
  }
}

const everyShape = new Shapes(MAX_SHAPES);

/** The shape of a record, of those of the whole process. */
export const shapeOf = (record: Readonly<Flat>): Shape | undefined => everyShape.of(record);

/** Compiling costs as much as processing about ten records generically, so rare shapes are not compiled. */
const OFTEN = 10;

/**
 * How many may still be compiled: each takes some kilobytes, and pairs of records have an unlimited number of shapes.
 */
export class Budget {
  constructor(public left: number) {}
}

const everybodys = new Budget(3000);
/** Number of rare shapes counted per kind of code before counting starts over. */
const MAX_COUNTED = 1000;

/** One kind of code, compiled for each shape that is seen often. */
export class PerShape<Made> {
  readonly #made = new Map<Shape, Made | undefined>();
  readonly #met = new Map<Shape, number>();

  /** @param make returns undefined if nothing can be compiled for a shape */
  constructor(
    private readonly make: (shape: Shape) => Made | undefined,
    private readonly budget = everybodys,
  ) {}

  /** Undefined for a rare shape, or one for which nothing can be compiled: use the generic code. */
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

/** The same for two records that are processed together. */
export class PerShapes<Made> {
  readonly #bySecond = new Map<Shape, PerShape<Made>>();

  constructor(
    private readonly make: (first: Shape, second: Shape) => Made | undefined,
    private readonly budget = everybodys,
  ) {}

  get(first: Shape, second: Shape): Made | undefined {
    let made = this.#bySecond.get(first);
    if (made === undefined) {
      made = new PerShape((shape) => this.make(first, shape), this.budget);
      this.#bySecond.set(first, made);
    }
    return made.get(second);
  }
}

/**
 * Compiles a function that makes a plain object, by a constructor instead of a literal: V8 keeps statistics per
 * literal. During start-up or a burst most objects outlive a collection, and V8 would then allocate all later ones in
 * the old generation for good, where collecting them costs twice as much.
 * @param parameters names that the expressions refer to
 * @param properties keys and the expressions for their values; if a key is given twice, the later value wins
 * @param before statements that run first
 * @returns undefined for a key that would set the prototype
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

/** Makes plain objects with these keys from as many values, in order. See {@link compileMaker} for the reason. */
export function recordFactory<Maker>(...keys: readonly string[]): Maker {
  const parameters = keys.map((_, index) => `value${index}`);
  const properties = keys.map((key, index) => [key, `value${index}`] as const);
  return compileMaker<Maker>(parameters, properties)!;
}

/** The source of reading a key. */
export const read = (record: string, key: string): string => `${record}[${JSON.stringify(key)}]`;
