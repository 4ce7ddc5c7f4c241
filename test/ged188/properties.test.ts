import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DecodeReport, decode, EncodeError, encode, type Message, type MessageInit } from '../../src/ged188/index.js';
import { type GuideField, type GuideItem, type GuideList, type GuideMessage, guide } from './guide-parser.js';

/** Properties of all messages, tested with many random ones, from a seed that is printed on failure. */

const RUNS = 1500;
const version = fc.integer({ min: 10, max: 26 });
type Values = Record<string, unknown>;

const RANGES: Record<string, [min: number, max: number]> = {
  UCHAR: [0, 0xff],
  USHORT: [0, 0xffff],
  UINT: [0, 0xffffffff],
  TIME: [0, 0xffffffff],
  INT: [-(2 ** 31), 2 ** 31 - 1],
};

/** Latin 1 characters except the null, which terminates a text. */
const text = (max: number) =>
  fc.array(fc.integer({ min: 1, max: 0xff }), { maxLength: max }).map((codes) => String.fromCharCode(...codes));
const bytes = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((array) => Buffer.from(array));

const fieldValue = ({ type, size, before, floating }: GuideField): fc.Arbitrary<unknown> => {
  if (type === 'BOOL') return fc.boolean();
  if (type === 'STRING') return text((before?.max ?? size) - 1);
  if (type === 'UNSPEC') return bytes(floating ? 0 : size, size);
  const [min, max] = RANGES[type] ?? [0, 0];
  return fc.integer({ min, max });
};

const NAMED: Record<string, fc.Arbitrary<unknown>> = {
  NAMEDVAR: fc.record({ VariableName: text(32), VariableValue: text(210) }, { noNullPrototype: true }),
  NAMEDARRAY: fc.record(
    { VariableIndex: fc.nat(255), VariableName: text(32), VariableValue: text(210) },
    { noNullPrototype: true },
  ),
};

const listOf = (list: GuideList): fc.Arbitrary<Values[]> => {
  const [first] = list.fields;
  const required = first?.kind === 'field' ? [first.name] : [];
  return fc.array(valuesOf(list.fields, required), { maxLength: Math.min(list.max, 4) });
};

/** Any of the fields, each present or not; lists without an element are omitted, because they equal absent ones. */
const valuesOf = (items: GuideItem[], requiredKeys: string[]): fc.Arbitrary<Values> => {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  for (const item of items) {
    if (item.kind === 'list') model[item.name] = listOf(item);
    else if (item.counts !== undefined || (item.floating && item.tags.length === 0)) continue;
    else if (item.type.startsWith('NAMED')) model[item.name] = fc.array(NAMED[item.type]!, { maxLength: 3 });
    else model[item.name] = fieldValue(item);
  }
  return fc.record(model, { requiredKeys }) as fc.Arbitrary<Values>;
};

const arbitraryMessage = fc
  .constantFrom(...guide)
  .chain((message) =>
    fc.record(
      { message: fc.constant(message), values: valuesOf(message.items, []), version },
      { noNullPrototype: true },
    ),
  );

/** The expected result: the input, as far as the version supports it. */
const expected = (items: GuideItem[], given: Values, decoded: Values, at: number): void => {
  for (const item of items) {
    const value = given[item.name];
    const actual = decoded[item.name];
    if (item.kind === 'list') {
      const sendable = item.fields.some((field) => field.kind === 'field' && inVersion(field, at));
      const elements = sendable ? ((value ?? []) as Values[]) : [];
      assert.equal((actual as Values[]).length, elements.length, item.name);
      elements.forEach((element, index) => {
        expected(item.fields, element, (actual as Values[])[index]!, at);
      });
    } else if (item.type.startsWith('NAMED')) {
      assert.deepEqual(actual, value ?? [], item.name);
    } else if (!inVersion(item, at)) {
      assert.equal(actual, undefined, item.name);
    } else if (value !== undefined) {
      assert.deepEqual(actual, value, item.name);
    } else if (item.floating && item.counts === undefined) {
      assert.equal(actual, undefined, item.name);
    }
  }
};

const inVersion = ({ since, until, tags, floating }: GuideField, at: number): boolean =>
  since <= Math.min(at, 25) && Math.min(at, 25) <= until && (!floating || at >= 20 || (tags[0] ?? 0) < 256);

/** Approximate memory usage of a decoded message. */
const weight = (value: unknown): number => {
  if (Buffer.isBuffer(value)) return 100 + value.length;
  if (typeof value === 'string') return 20 + value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, element) => sum + 8 + weight(element), 16);
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).reduce((sum: number, part) => sum + 8 + weight(part), 16);
  }
  return 0;
};

/** Decodes in every possible way; no exception may be thrown. */
const decodeAll = (frame: Buffer, at: number): Message => {
  decode(frame, at, { charset: 'utf8', report: new DecodeReport() });
  decode(frame, at, { charset: 'windows-1252' });
  return decode(frame, at);
};

const withHeader = (number: number, body: Uint8Array): Buffer => {
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(number, 4);
  frame.set(body, 8);
  return frame;
};

/** Many tags of the message, so that arbitrary bytes get past the first one. */
const tagSoup = (message: GuideMessage, wide: boolean): fc.Arbitrary<Buffer> => {
  const tags: number[] = [82, 83];
  const collect = (items: GuideItem[]): void => {
    for (const item of items) {
      if (item.kind === 'list') collect(item.fields);
      else tags.push(...item.tags.filter((tag) => wide || tag < 256));
    }
  };
  collect(message.items);
  const field = fc.tuple(fc.constantFrom(...tags), bytes(0, 24)).map(([tag, data]) => {
    const head = Buffer.alloc(wide ? 4 : 2);
    if (wide) head.writeUInt32BE(tag * 0x10000 + data.length);
    else head.set([tag, data.length]);
    return Buffer.concat([head, data]);
  });
  return fc
    .tuple(bytes(0, 80), fc.array(field, { maxLength: 60 }))
    .map(([fixed, fields]) => Buffer.concat([fixed, ...fields]));
};

describe('GED-188 properties', () => {
  it('what is encoded is decoded unchanged, in every message and version', () => {
    fc.assert(
      fc.property(arbitraryMessage, ({ message, values, version: at }) => {
        const init = { type: message.name, ...values } as MessageInit;
        const frame = encode(init, at);
        const decoded = decode(frame, at);
        expected(message.items, values, decoded as unknown as Values, at);
        assert.equal((decoded as { unknown?: unknown }).unknown, undefined);
        assert.ok(encode(decoded, at).equals(frame), 'encodes to the same bytes again');
      }),
      { numRuns: RUNS },
    );
  });

  it('text is preserved in UTF-8, or rejected for its length, never truncated', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (CallVariable1) => {
        fc.pre(!CallVariable1.includes('\0'));
        const size = Buffer.byteLength(CallVariable1) + 1;
        try {
          const frame = encode({ type: 'SET_CALL_DATA_REQ', CallVariable1 }, 20, { charset: 'utf8' });
          assert.equal(
            (decode(frame, 20, { charset: 'utf8' }) as { CallVariable1?: string }).CallVariable1,
            CallVariable1,
          );
          assert.ok(size <= 41);
        } catch (error) {
          assert.ok(error instanceof EncodeError, String(error));
          assert.deepEqual([error.limit, error.length], [41, size]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('no frame makes the decoder throw, or use much more memory than the frame', () => {
    const numbers = fc.oneof(fc.constantFrom(...guide.map(({ number }) => number)), fc.nat(300));
    fc.assert(
      fc.property(numbers, fc.uint8Array({ maxLength: 600 }), version, (number, body, at) => {
        const frame = withHeader(number, body);
        const message = decodeAll(frame, at);
        assert.ok(weight(message) < 60 * frame.length + 4000, `${weight(message)} for ${frame.length}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('no random sequence of the message’s tags makes it throw, or use much more memory than the frame', () => {
    const soup = fc
      .tuple(fc.constantFrom(...guide), version)
      .chain(([message, at]) => fc.tuple(fc.constant(message), fc.constant(at), tagSoup(message, at >= 20)));
    fc.assert(
      fc.property(soup, ([message, at, body]) => {
        const frame = withHeader(message.number, body);
        const decoded = decodeAll(frame, at);
        assert.equal(decoded.type, message.name);
        assert.ok(weight(decoded) < 60 * frame.length + 4000, `${weight(decoded)} for ${frame.length}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('no damage to a valid frame makes it throw; the result is encoded, or rejected with a reason', () => {
    const damage = fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(
        arbitraryMessage,
        damage,
        fc.integer({ min: -20, max: 20 }),
        ({ message, values, version: at }, hits, cut) => {
          const body = encode({ type: message.name, ...values } as MessageInit, at).subarray(8);
          const resized = cut < 0 ? body.subarray(0, cut) : Buffer.concat([body, Buffer.alloc(cut, 0x5a)]);
          const damaged = Buffer.from(resized);
          for (const [offset, value] of hits) if (damaged.length > 0) damaged[offset % damaged.length] = value;
          const decoded = decodeAll(withHeader(message.number, damaged), at);
          assert.equal(decoded.type, message.name);
          try {
            encode(decoded, at);
          } catch (error) {
            assert.ok(error instanceof EncodeError, String(error));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
