/** Names for the enumerations among an event's arguments: `{ AgentState: 'Available' }`. */
import { compileMaker, PerShape, read, type Shape, shapeOf } from '../../../../src/common/records/compiled-records.js';
import { type Args, enumNamer, eventByName } from '../../../../src/ctios/index.js';

type Words = Record<string, string>;
type Namer = (value: unknown) => string | undefined;

interface Compiled {
  make(args: Readonly<Args>, namers: readonly Namer[], missing: () => string): Words;
  readonly namers: readonly Namer[];
}

class NamesOfEvent {
  /** Which keywords of the event are enumerations: looked up once per event, not once per message. */
  readonly #namers = new Map<string, Namer>();
  readonly #compiled: PerShape<Compiled>;
  /** A value without a name: its key is left out, which the generic code does. */
  #missing = false;
  readonly #miss = (): string => {
    this.#missing = true;
    return '';
  };

  constructor(event: string) {
    for (const { keyword, enum: name } of eventByName(event)?.params ?? []) {
      if (name !== undefined) this.#namers.set(keyword, enumNamer(name));
    }
    this.#compiled = new PerShape((shape) => this.#compile(shape));
  }

  of(args: Readonly<Args>, shape: Shape | undefined): Words {
    const compiled = shape && this.#compiled.get(shape);
    if (compiled === undefined) return this.#oneByOne(args);
    this.#missing = false;
    const words = compiled.make(args, compiled.namers, this.#miss);
    return this.#missing ? this.#oneByOne(args) : words;
  }

  #compile({ keys }: Shape): Compiled | undefined {
    const named = [...this.#namers].filter(([keyword]) => keys.includes(keyword));
    const make = compileMaker<Compiled['make']>(
      ['args', 'namers', 'missing'],
      named.map(([keyword], index) => [keyword, `namers[${index}](${read('args', keyword)}) ?? missing()`]),
    );
    return make && { make, namers: named.map(([, namer]) => namer) };
  }

  #oneByOne(args: Readonly<Args>): Words {
    const names: Words = {};
    for (const [keyword, namer] of this.#namers) {
      const word = namer(args[keyword]);
      if (word !== undefined) names[keyword] = word;
    }
    return names;
  }
}

const events = new Map<string, NamesOfEvent>();

/** @param shape of the arguments, where it is known */
export function namesOf(event: string, args: Readonly<Args>, shape: Shape | undefined = shapeOf(args)): Words {
  let names = events.get(event);
  if (names === undefined) {
    names = new NamesOfEvent(event);
    events.set(event, names);
  }
  return names.of(args, shape);
}
