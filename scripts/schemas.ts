/**
 * JSON Schema (2020-12) of what travels in messages: the payload of every event, the payload that each request takes,
 * the records of contacts.
 * Written to dist/schemas/ by the build and shipped, so that a flow, a webhook or another program can check them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type EnumName,
  type EventDefinition,
  enumKind,
  enums,
  enumValues,
  events,
  type ParamDefinition,
  type RequestDefinition,
  requests,
  type ValueType,
} from '../src/ctios/index.js';
import { RANGES } from '../src/ctios/values.js';
import { contactSchema } from './schemas/contact-schema.js';
import { messageSchema } from './schemas/message-schema.js';
import { popSchema } from './schemas/pop-schema.js';

type Schema = Record<string, unknown>;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const TYPES: Record<ValueType, Schema> = {
  STRING: { type: 'string' },
  INT: { type: 'integer' },
  UINT: { type: 'integer' },
  SHORT: { type: 'integer' },
  USHORT: { type: 'integer' },
  BOOL: { type: 'boolean' },
  ARGUMENTS: { type: 'object' },
};

/** How ECC variables are called in a message: those of a site, and those of outbound dialing. */
const ECC_NAMES = '^([uU][sS][eE][rR]\\.|BA)';
/** A declared variable that has no value yet is an empty object in the settings that a server sends. */
const ECC_VALUE: Schema = { type: ['string', 'integer', 'object'] };

/** The payload of each event, by its name. Absent keys are omitted from a payload, although the guide prints them. */
export function eventSchema(): Schema {
  const definitions: Record<string, Schema> = {};
  for (const event of Object.values<EventDefinition>(events as unknown as Record<string, EventDefinition>))
    definitions[event.name] = { title: event.name, description: event.when, ...objectOf(event.params, false, []) };
  return { $schema: DRAFT, title: 'Payloads of CTI OS events', $defs: definitions, definitions: enumerations(false) };
}

/** The arguments of each request, by its name. Enumerations are accepted by number and by name. */
export function requestSchema(): Schema {
  const definitions: Record<string, Schema> = {};
  for (const request of Object.values<RequestDefinition>(requests as unknown as Record<string, RequestDefinition>))
    definitions[request.name] = {
      title: request.name,
      description: request.does,
      ...objectOf(
        request.args,
        true,
        request.args.filter((arg) => !arg.optional).map((arg) => arg.keyword),
      ),
      ...(request.oneOf.length > 0 && { allOf: request.oneOf.map(someOf) }),
    };
  return { $schema: DRAFT, title: 'Arguments of CTI OS requests', $defs: definitions, definitions: enumerations(true) };
}

/** One at least of these has to be given. */
const someOf = (keywords: readonly string[]): Schema => ({
  anyOf: [
    ...keywords.map((keyword) => ({ required: [keyword] })),
    // A single ECC variable: at least one name is one.
    ...(keywords.includes('ECC') ? [{ not: { propertyNames: { not: { pattern: ECC_NAMES } } } }] : []),
  ],
});

function objectOf(params: readonly ParamDefinition[], asked: boolean, required: readonly string[]): Schema {
  const properties: Record<string, Schema> = {};
  const patterns: Record<string, Schema> = {};
  for (const param of params) {
    const schema = valueSchema(param, asked);
    if (param.keyword === 'ECC') patterns[ECC_NAMES] = { ...ECC_VALUE, description: param.meaning };
    // In a message ECC variables are flat; a request also accepts them as separate arguments.
    if (param.keyword === 'ECC' && !asked) continue;
    if (param.keyword.includes('[n]')) patterns[`^${param.keyword.replace('[n]', '\\[\\d+\\]')}$`] = schema;
    else properties[param.keyword] = schema;
  }
  return {
    type: 'object',
    properties,
    ...(Object.keys(patterns).length > 0 && { patternProperties: patterns }),
    ...(required.length > 0 && { required }),
  };
}

function valueSchema(param: ParamDefinition, asked: boolean): Schema {
  const base: Schema = { ...TYPES[param.type], description: param.meaning };
  if (asked && param.max !== undefined) base.maxLength = param.max;
  if (asked && param.type in RANGES) [base.minimum, base.maximum] = RANGES[param.type as keyof typeof RANGES];
  if (param.secret) base.writeOnly = true;
  if (param.enum === undefined || !isListed(param.enum)) return base;
  base.$ref = `#/definitions/${param.enum}`;
  if (!asked) return base;
  const names = enumValues(param.enum).map((each) => each.word);
  return { ...base, type: ['integer', 'string'], examples: names.slice(0, 12) };
}

const isListed = (name: string): boolean => enumValues(name).some(({ value }) => value !== undefined);

/**
 * The values of each enumeration, with their names. They are listed, not enforced: newer servers have more values, masks
 * add up, and a request accepts a name in any spelling.
 */
function enumerations(asked: boolean): Record<string, Schema> {
  const names = (Object.keys(enums) as EnumName[]).filter(isListed);
  return Object.fromEntries(names.map((name) => [name, enumeration(name, asked)]));
}

function enumeration(name: EnumName, asked: boolean): Schema {
  const numbers = enumValues(name)
    .filter(({ value }) => value !== undefined)
    .map(({ value, word, meaning }) => ({
      const: value,
      title: word,
      ...(meaning !== '' && { description: meaning }),
    }));
  const words = asked ? [{ enum: [...new Set(enumValues(name).map(({ word }) => word))] }] : [];
  return {
    title: name,
    ...(enumKind(name) === 'mask' && { description: 'Bits that add up' }),
    anyOf: [...numbers, ...words, true],
  };
}

if (require.main === module) {
  const folder = join(resolve(__dirname, '..', '..'), 'dist', 'schemas');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'events.json'), `${JSON.stringify(eventSchema(), null, 1)}\n`);
  writeFileSync(join(folder, 'contacts.json'), `${JSON.stringify(contactSchema(), null, 1)}\n`);
  writeFileSync(join(folder, 'messages.json'), `${JSON.stringify(messageSchema(), null, 1)}\n`);
  writeFileSync(join(folder, 'pops.json'), `${JSON.stringify(popSchema(), null, 1)}\n`);
  writeFileSync(join(folder, 'requests.json'), `${JSON.stringify(requestSchema(), null, 1)}\n`);
}
