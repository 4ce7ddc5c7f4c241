/** Validates the messages that are sent with the published JSON Schemas. */
import { strict as assert } from 'node:assert';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import { eventMessage } from '../../nodes/shared/message/events/event-message.js';
import { viewsOf } from '../../nodes/shared/message/events/held-events.js';
import { exampleFiles, readExample } from '../../scripts/examples/files.js';
import { eventSchema, requestSchema } from '../../scripts/schemas.js';
import {
  type Args,
  checkArguments,
  enumValues,
  type ParamDefinition,
  type RequestDefinition,
  requestByName,
  requests,
} from '../../src/ctios/index.js';
import { shippedScenarios } from '../../src/simulator/index.js';
import { busyDay } from './busy-day.js';

interface Definition {
  properties: Record<string, object>;
  patternProperties?: Record<string, object>;
}
type Definitions = Record<string, Definition>;

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const definitions = (schema: object): Definitions => (schema as { $defs: Definitions }).$defs;
const events = definitions(eventSchema());
const asked = definitions(requestSchema());
ajv.addSchema(eventSchema(), 'events');
ajv.addSchema(requestSchema(), 'requests');

const validator = (kind: 'events' | 'requests', name: string): ValidateFunction | undefined =>
  ajv.getSchema(`${kind}#/$defs/${name}`) as ValidateFunction | undefined;

/** The problems of a payload; the schema itself is open, for newer servers. */
function complaints(name: string, payload: Args): string[] {
  const definition = events[name];
  const validate = validator('events', name);
  if (definition === undefined || validate === undefined) return [`${name} has no schema`];
  const patterns = Object.keys(definition.patternProperties ?? {}).map((pattern) => new RegExp(pattern));
  const unknown = Object.keys(payload)
    .filter((key) => definition.properties[key] === undefined && !patterns.some((pattern) => pattern.test(key)))
    .map((key) => `${name}: ${key} is not in the schema`);
  // As sent by a webhook.
  if (validate(JSON.parse(JSON.stringify(payload)))) return unknown;
  return [...unknown, ...validate.errors!.map((error) => `${name}${error.instancePath} ${error.message}`)];
}

describe('the schema of an event', function () {
  this.timeout(60_000);
  const seen = new Map<string, number>();

  for (const scenario of Object.keys(shippedScenarios)) {
    it(`describes every message of a busy day: ${scenario}`, async () => {
      const wrong = new Set<string>();
      await busyDay(scenario, (event) => {
        const { topic, payload } = eventMessage(event, viewsOf(event), 's1', 'AllInOne');
        seen.set(topic, (seen.get(topic) ?? 0) + 1);
        for (const complaint of complaints(topic, payload)) wrong.add(complaint);
      });
      assert.deepEqual([...wrong], []);
    });
  }

  it('was tested with most of the existing events', () => {
    assert.ok(seen.size >= 70, `${seen.size} different events were seen`);
  });

  it('detects errors', () => {
    assert.deepEqual(complaints('OnCallBegin', { ANI: 5, Nonsense: 1, 'user.Tier': 'gold' } as Args), [
      'OnCallBegin: Nonsense is not in the schema',
      'OnCallBegin/ANI must be string',
    ]);
    assert.deepEqual(complaints('OnNothing', {}), ['OnNothing has no schema']);
  });
});

describe('the schema of a request', () => {
  const SAMPLES = { STRING: '1', BOOL: true, ARGUMENTS: {}, INT: 1, UINT: 1, SHORT: 1, USHORT: 1 } as const;
  const all = Object.values<RequestDefinition>(requests as unknown as Record<string, RequestDefinition>);
  const someValue = ({ enum: enumeration, type }: ParamDefinition): Args[string] =>
    enumeration === undefined ? SAMPLES[type] : enumValues(enumeration)[0]!.word;
  /** The required arguments, and the first of each choice. */
  const sampleOf = ({ args, oneOf }: RequestDefinition): Args =>
    Object.fromEntries(
      args
        .filter(({ optional, keyword }) => !optional || oneOf.some(([first]) => first === keyword))
        .map((arg) => [arg.keyword, someValue(arg)]),
    );
  const accepted = (request: RequestDefinition, args: Args): { bySchema: boolean; byLibrary: boolean } => {
    let byLibrary = true;
    try {
      checkArguments(request, args);
    } catch {
      byLibrary = false;
    }
    return { bySchema: validator('requests', request.name)!(args), byLibrary };
  };

  for (const request of all) {
    it(`accepts and rejects the same as the library: ${request.name}`, () => {
      const sample = sampleOf(request);
      assert.deepEqual(accepted(request, sample), { bySchema: true, byLibrary: true });
      for (const { keyword, max, type } of request.args) {
        if (sample[keyword] !== undefined) {
          const { [keyword]: _, ...without } = sample;
          assert.deepEqual(accepted(request, without), { bySchema: false, byLibrary: false }, `without ${keyword}`);
        }
        if (type === 'USHORT' || type === 'UINT') {
          const negative = { ...sample, [keyword.replace('[n]', '[1]')]: -2 };
          assert.deepEqual(accepted(request, negative), { bySchema: false, byLibrary: false }, `a negative ${keyword}`);
        }
        if (max === undefined || type !== 'STRING' || keyword.includes('[n]')) continue;
        const long = { ...sample, [keyword]: 'x'.repeat(max + 1) };
        assert.deepEqual(accepted(request, long), { bySchema: false, byLibrary: false }, `a long ${keyword}`);
      }
    });
  }

  it('describes the requests of the examples', () => {
    const nodes = exampleFiles().flatMap(readExample) as Record<string, unknown>[];
    let tried = 0;
    for (const { type, request, args, topic, payload, payloadType } of nodes) {
      const name = requestByName(String(request || topic || '').replace(/^.*\//, ''))?.name;
      if (name === undefined) continue;
      const fixed = type === 'inject' ? injected(payload, payloadType) : constants(args);
      if (fixed === undefined) continue;
      const validate = validator('requests', name)!;
      validate(fixed);
      // Arguments missing here are taken from the message.
      const open = ['required', 'not', 'anyOf'];
      const errors = (validate.errors ?? []).filter(({ keyword }) => !open.includes(keyword) || type === 'inject');
      assert.deepEqual(errors, [], `${name} ${JSON.stringify(fixed)}`);
      for (const key of Object.keys(fixed)) {
        const { properties, patternProperties = {} } = asked[name]!;
        const named = properties[key] !== undefined || ['AgentID', 'UniqueObjectID'].includes(key);
        const known = named || Object.keys(patternProperties).some((pattern) => new RegExp(pattern).test(key));
        assert.ok(known, `${name} has no ${key}`);
      }
      tried++;
    }
    assert.ok(tried >= 8, `${tried} requests`);
  });

  function injected(payload: unknown, type: unknown): Args | undefined {
    return type === 'json' ? (JSON.parse(String(payload)) as Args) : undefined;
  }
  function constants(rows: unknown): Args | undefined {
    if (!Array.isArray(rows)) return undefined;
    const fixed = (rows as { key: string; value: string; type: string }[]).filter(({ type }) => type === 'str');
    return Object.fromEntries(fixed.map(({ key, value }) => [key, value]));
  }
});
