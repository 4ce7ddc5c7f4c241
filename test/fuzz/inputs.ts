/** Untrusted inputs: usually what is expected, with an error in it. */
import fc from 'fast-check';
import { events, keywords, requests } from '../../src/ctios/index.js';
import { guide } from '../ged188/guide-parser.js';
import { sampleOf } from '../ged188/samples.js';

/** Names with a special meaning in JavaScript, logs, shells or web pages. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '\u0000',
  '\n[error] forged',
  '\ud83d',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '*'.repeat(50),
  '9'.repeat(400),
  '-1',
  'NaN',
  '1e999',
] as const;

export const hostileText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...HOSTILE),
);

const keyword = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(keywords)), weight: 5 },
  { arbitrary: hostileText, weight: 1 },
);

const scalar = fc.oneof(
  hostileText,
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(4294967295, -1, 2 ** 53, 1.5, Number.MAX_VALUE),
);

/** Arguments; with `anything`, including values of any type. */
export const args = fc.dictionary(
  keyword,
  fc.oneof(
    { arbitrary: scalar, weight: 8 },
    { arbitrary: fc.dictionary(hostileText, scalar, { maxKeys: 4 }), weight: 1 },
    { arbitrary: fc.anything({ maxDepth: 2 }), weight: 1 },
  ),
  { maxKeys: 8 },
);

const oneOf = (table: object) =>
  fc.oneof({ arbitrary: fc.constantFrom(...Object.keys(table)), weight: 5 }, { arbitrary: hostileText, weight: 1 });
const id = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 6 }), weight: 5 }, { arbitrary: scalar, weight: 1 });
const objectId = fc.oneof(
  fc.constantFrom('call.5000.1.2001', 'agent.5000.1001', 'skillgroup.5000.10', 'device.5000.2001'),
  hostileText,
);

export const clientMessage = fc.oneof(
  fc.record({ kind: fc.constant('hello'), version: scalar, client: hostileText }, { requiredKeys: ['kind'] }),
  fc.record(
    { kind: fc.constant('request'), id, request: oneOf(requests), target: objectId, args, answerMs: scalar },
    { requiredKeys: ['kind'] },
  ),
  fc.record({ kind: fc.constant('heartbeat'), id }, { requiredKeys: ['kind'] }),
  fc.record({ kind: oneOf({ hello: 0, request: 0, heartbeat: 0, bye: 0 }) }),
  fc.anything(),
);

const event = fc.record({
  kind: fc.constant('event'),
  event: oneOf(events),
  args: fc.tuple(args, objectId).map(([given, UniqueObjectID]) => ({ ...given, UniqueObjectID })),
});

export const serverMessage = fc.oneof(
  { arbitrary: event, weight: 6 },
  {
    arbitrary: fc.record(
      { kind: fc.constant('done'), id, outcome: oneOf({ confirmed: 0, failed: 0, unknown: 0 }), conf: event },
      { requiredKeys: ['kind', 'id', 'outcome'] },
    ),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('heartbeat'), id }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('link'), link: fc.anything({ maxDepth: 2 }) }), weight: 1 },
  { arbitrary: fc.anything({ maxDepth: 2 }), weight: 1 },
);

const encoded = guide.flatMap((message) => [sampleOf(message, 24).frame, sampleOf(message, 24, { bare: true }).frame]);

/** A valid frame with some bytes changed, removed or repeated. */
export const frame = fc
  .tuple(
    fc.constantFrom(...encoded),
    fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat(400)),
  )
  .map(([bytes, changes, cut]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return cut === null ? copy : copy.subarray(0, cut);
  });

/** Text similar to a message filter. */
export const filterText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'MessageID',
        'AgentID',
        'FilterTarget',
        'UniqueObjectID',
        '=',
        ';',
        ',',
        ' ',
        '*',
        'SkillGroupStats',
        'OnCallBegin',
      ),
      hostileText,
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Text similar to a number as sent by gateways. */
export const numberText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '+',
        '00',
        'sip:',
        'tel:',
        '@',
        ';',
        'ext=',
        'user=phone',
        '(0)',
        '<',
        '>',
        '"',
        '*67',
        '#31#',
        '%',
        ' ',
        '-',
        '.',
        'anonymous',
        'unavailable',
        '206',
        '5550101',
        '49',
        '.invalid',
      ),
      hostileText,
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
