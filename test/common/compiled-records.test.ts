import assert from 'node:assert/strict';
import {
  Budget,
  compileMaker,
  PerShape,
  PerShapes,
  read,
  recordFactory,
  shapeOf,
} from '../../src/common/records/compiled-records.js';

describe('the shape of a record', () => {
  it('is the same object for equal keys in the same order, whatever the values', () => {
    assert.equal(shapeOf({ a: 1, b: 'x' }), shapeOf({ a: 2, b: {} }));
    assert.notEqual(shapeOf({ a: 1, b: 2 }), shapeOf({ b: 2, a: 1 }));
  });

  it('differs for keys with a common beginning', () => {
    const shapes = [{ a: 1 }, { a: 1, b: 1 }, { a: 1, c: 1 }, { a: 1, d: 1 }, {}].map(shapeOf);
    assert.equal(new Set(shapes).size, 5);
    assert.deepEqual(
      shapes.map((shape) => shape?.keys),
      [['a'], ['a', 'b'], ['a', 'c'], ['a', 'd'], []],
    );
  });
});

describe('code compiled per shape', () => {
  it('is compiled once, and only after the shape has occurred often', () => {
    let made = 0;
    const code = new PerShape(() => ++made);
    const shape = shapeOf({ often: 1 })!;
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
    });
    const shape = shapeOf({ never: 1 })!;
    for (let n = 0; n < 30; n++) assert.equal(code.get(shape), undefined);
    assert.equal(asked, 1);
  });

  it('is limited in number', () => {
    const code = new PerShape(() => 'made', new Budget(2));
    const shapes = ['one', 'two', 'three'].map((key) => shapeOf({ [key]: 1, room: 1 })!);
    for (let n = 0; n < 30; n++) for (const shape of shapes) code.get(shape);
    assert.deepEqual(
      shapes.map((shape) => code.get(shape)),
      ['made', 'made', undefined],
    );
  });

  it('belongs to an ordered pair of shapes if two records are processed', () => {
    const code = new PerShapes((one, other) => `${one.keys} + ${other.keys}`);
    const [one, other] = [shapeOf({ one: 1 })!, shapeOf({ other: 1 })!];
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
