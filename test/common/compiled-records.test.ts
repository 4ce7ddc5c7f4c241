import assert from 'node:assert/strict';
import {
  Budget,
  compileMaker,
  PerShape,
  PerShapes,
  read,
  recordFactory,
  Shape,
  Shapes,
} from '../../src/common/records/compiled-records.js';

/** Not those of the process: other tests may have used them up. */
const shapes = () => new Shapes(10);
const budget = () => new Budget(10);

describe('the shape of a record', () => {
  it('is the same object for equal keys in the same order, whatever the values', () => {
    const known = shapes();
    assert.equal(known.of({ a: 1, b: 'x' }), known.of({ a: 2, b: {} }));
    assert.notEqual(known.of({ a: 1, b: 2 }), known.of({ b: 2, a: 1 }));
  });

  it('differs for keys with a common beginning', () => {
    const known = shapes();
    const found = [{ a: 1 }, { a: 1, b: 1 }, { a: 1, c: 1 }, { a: 1, d: 1 }, {}].map((each) => known.of(each));
    assert.equal(new Set(found).size, 5);
    assert.deepEqual(
      found.map((shape) => shape?.keys),
      [['a'], ['a', 'b'], ['a', 'c'], ['a', 'd'], []],
    );
  });

  it('is not kept beyond a limit, because a site may have any number of variables', () => {
    const known = new Shapes(2);
    const [one, other] = [known.of({ one: 1 }), known.of({ other: 1 })];
    assert.equal(known.of({ third: 1 }), undefined);
    assert.deepEqual([known.of({ one: 2 }), known.of({ other: 2 })], [one, other]);
  });
});

describe('code compiled per shape', () => {
  it('is compiled once, and only after the shape has occurred often', () => {
    let made = 0;
    const code = new PerShape(() => ++made, budget());
    const shape = new Shape(['often']);
    const got = Array.from({ length: 30 }, () => code.get(shape));
    assert.equal(got[0], undefined);
    assert.equal(got.at(-1), 1);
    assert.equal(made, 1);
  });

  it('is requested only once if none can be compiled', () => {
    let asked = 0;
    const code = new PerShape(() => {
      asked++;
      return undefined;
    }, budget());
    const shape = new Shape(['never']);
    for (let n = 0; n < 30; n++) assert.equal(code.get(shape), undefined);
    assert.equal(asked, 1);
  });

  it('is limited in number', () => {
    const code = new PerShape(() => 'made', new Budget(2));
    const made = ['one', 'two', 'three'].map((key) => new Shape([key]));
    for (let n = 0; n < 30; n++) for (const shape of made) code.get(shape);
    assert.deepEqual(
      made.map((shape) => code.get(shape)),
      ['made', 'made', undefined],
    );
  });

  it('belongs to an ordered pair of shapes if two records are processed', () => {
    const code = new PerShapes((one, other) => `${one.keys} + ${other.keys}`, budget());
    const [one, other] = [new Shape(['one']), new Shape(['other'])];
    let got: unknown[] = [];
    for (let n = 0; n < 30; n++) got = [code.get(one, other), code.get(other, one)];
    assert.deepEqual(got, ['one + other', 'other + one']);
  });
});

describe('a compiled constructor', () => {
  it('creates plain objects', () => {
    const made = recordFactory<(a: number, b: string) => object>('a', 'any key "at all"')(1, 'x');
    assert.deepEqual(made, { a: 1, 'any key "at all"': 'x' });
    assert.equal(Object.getPrototypeOf(made), Object.prototype);
    assert.equal(made.constructor, Object);
  });

  it('uses the later of two values of a key, at the position of the first', () => {
    const make = compileMaker<(from: object) => object>(
      ['from'],
      [
        ['a', '1'],
        ['b', '2'],
        ['a', read('from', 'x')],
      ],
    );
    assert.deepEqual(Object.entries(make!({ x: 3 })), [
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('is not created for a key named like a prototype', () => {
    assert.equal(compileMaker([], [['__proto__', '1']]), undefined);
  });
});
