/**
 * The schema of the messages between a CIL and a server, in both directions. Either end may be untrusted, so each side
 * validates received messages with this schema before it uses them. The limits far exceed what either side sends.
 */
import type { ClientMessage, ServerMessage } from './transport.js';
import { isPlainObject } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** Describes the problem with a value, to follow its name; undefined if it is valid. */
type Rule = (value: unknown) => string | undefined;

interface Field {
  readonly rule: Rule;
  readonly optional?: true;
}

type Schema<Kind extends string> = Readonly<Record<Kind, Readonly<Record<string, Field>>>>;

/** The maximum nesting depth: an event has two levels. */
const MAX_DEPTH = 8;
/** The maximum number of values in one message, over all levels: an event has a few hundred at most. */
const MAX_VALUES = 10_000;
const MAX_NAME = 300;
/** A server's sentences, which are logged and displayed. */
const MAX_WORDS = 10_000;

const text: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const words: Rule = (value) =>
  typeof value === 'string' && value.length <= MAX_WORDS
    ? undefined
    : `must be text of at most ${MAX_WORDS} characters`;
const name: Rule = (value) =>
  typeof value === 'string' && value !== '' && value.length <= MAX_NAME
    ? undefined
    : `must be text of 1 to ${MAX_NAME} characters`;
const number: Rule = (value) => (Number.isFinite(value) ? undefined : 'must be a number');
const id: Rule = (value) => (Number.isSafeInteger(value) ? undefined : 'must be a whole number');
const truth: Rule = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const oneOf =
  (...values: readonly unknown[]): Rule =>
  (value) =>
    values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;

const object: Rule = (value) => (isPlainObject(value) ? undefined : 'must be an object');

const texts: Rule = (value) =>
  Array.isArray(value) && value.length <= 1_000 && value.every((each) => name(each) === undefined)
    ? undefined
    : 'must be a list of texts';

/** Text, numbers, booleans and nested values of these, within the limits of depth and number. */
const args: Rule = (value) => {
  if (!isPlainObject(value)) return 'must be an object';
  let left = MAX_VALUES;
  const look = (values: object, depth: number): string | undefined => {
    if (depth > MAX_DEPTH) return `goes deeper than ${MAX_DEPTH} levels`;
    for (const key in values) {
      if (--left < 0) return `has more than ${MAX_VALUES} values`;
      const each = (values as Fields)[key];
      if (typeof each === 'string' || typeof each === 'boolean' || Number.isFinite(each)) continue;
      if (typeof each !== 'object' || each === null)
        return `"${key.slice(0, 50)}" must be text, number, truth or object`;
      const wrong = look(each, depth + 1);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  return look(value, 1);
};

const fields =
  (members: Readonly<Record<string, Field>>): Rule =>
  (value) =>
    isPlainObject(value) ? whatIsWrong(members, value) : 'must be an object';

const must = (rule: Rule): Field => ({ rule });
const may = (rule: Rule): Field => ({ rule, optional: true });

const event = {
  kind: must(oneOf('event')),
  event: must(name),
  args: must(args),
  recovered: may(oneOf(true)),
};

export const failureFields: Readonly<Record<string, Field>> = {
  code: must(name),
  message: must(words),
  failureCode: may(number),
  peripheralErrorCode: may(number),
};

export const linkFields: Readonly<Record<string, Field>> = {
  state: must(name),
  side: may(oneOf('A', 'B')),
  reason: may(words),
  code: may(name),
  protocolVersion: may(number),
  roundTripMs: may(number),
  standby: must(truth),
  services: may(texts),
  certificate: may(fields({ subject: must(words), validTo: must(number) })),
};

export const clientMessages: Schema<ClientMessage['kind']> = {
  hello: { version: must(number), client: must(text), heartbeatMs: may(number) },
  request: {
    id: must(id),
    request: must(text),
    target: may(text),
    // `checkArguments` checks its content, so that an error concerns only the request.
    args: may(object),
    answerMs: may(number),
  },
  heartbeat: { id: must(id) },
  bye: {},
};

export const serverMessages: Schema<ServerMessage['kind']> = {
  welcome: { version: must(number), server: must(words), connectionId: must(name), heartbeatMs: must(number) },
  refused: { code: must(name), message: must(words) },
  event,
  done: {
    id: must(id),
    outcome: must(oneOf('confirmed', 'failed', 'expired', 'unknown')),
    conf: may(fields(event)),
    failure: may(fields(failureFields)),
    newObject: may(name),
  },
  link: { link: must(fields(linkFields)) },
  heartbeat: { id: must(id) },
  closing: { code: must(name), message: must(words) },
};

/**
 * @param schema the schema of the known kinds
 * @returns the kind of the message; or a description of the problem; or neither, for a kind of a later version
 */
export function readKind<Kind extends string>(
  schema: Schema<Kind>,
  data: unknown,
): { readonly kind?: Kind; readonly wrong?: string } {
  if (!isPlainObject(data)) return { wrong: 'a message must be a JSON object' };
  const { kind } = data;
  if (typeof kind !== 'string') return { wrong: '"kind" must be a string' };
  if (!Object.hasOwn(schema, kind)) return {};
  const wrong = whatIsWrong(schema[kind as Kind], data);
  return wrong === undefined ? { kind: kind as Kind } : { wrong: `${kind}: ${wrong}` };
}

function whatIsWrong(members: Readonly<Record<string, Field>>, data: Fields): string | undefined {
  for (const member in members) {
    const { rule, optional } = members[member]!;
    const value = data[member];
    if (value === undefined && optional) continue;
    const wrong = rule(value);
    if (wrong !== undefined) return `"${member}" ${wrong}`;
  }
  return undefined;
}
