/**
 * What the messages between a CIL and a server look like, in both directions: anybody may be at the other end of a
 * network, so that each side reads what it gets by this schema before it looks at it. Bounds are far beyond what either
 * side sends.
 */
import type { ClientMessage, ServerMessage } from './transport.js';
import { isPlainObject } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** Says what is wrong with a value, in words that follow its name; undefined: nothing. */
type Rule = (value: unknown) => string | undefined;

interface Field {
  readonly rule: Rule;
  readonly optional?: true;
}

type Schema<Kind extends string> = Readonly<Record<Kind, Readonly<Record<string, Field>>>>;

/** Values within values: an event has two. */
const MAX_DEPTH = 8;
/** Of one message, over all depths: an event has some hundred at most. */
const MAX_VALUES = 10_000;
const MAX_NAME = 300;

const text: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a string');
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
  Array.isArray(value) && value.length <= 1_000 && value.every((each) => typeof each === 'string')
    ? undefined
    : 'must be a list of texts';

/** Text, numbers, truth values and such in them, neither too deep nor too many. */
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
  message: must(text),
  failureCode: may(number),
  peripheralErrorCode: may(number),
};

export const linkFields: Readonly<Record<string, Field>> = {
  state: must(name),
  side: may(oneOf('A', 'B')),
  reason: may(text),
  code: may(name),
  protocolVersion: may(number),
  roundTripMs: may(number),
  standby: must(truth),
  services: may(texts),
  certificate: may(fields({ subject: must(text), validTo: must(number) })),
};

export const clientMessages: Schema<ClientMessage['kind']> = {
  hello: { version: must(number), client: must(text), heartbeatMs: may(number) },
  request: {
    id: must(id),
    request: must(text),
    target: may(text),
    // What is in it, `checkArguments` looks at, and says so of the request alone.
    args: may(object),
    answerMs: may(number),
  },
  heartbeat: { id: must(id) },
  bye: {},
};

export const serverMessages: Schema<ServerMessage['kind']> = {
  welcome: { version: must(number), server: must(text), connectionId: must(name), heartbeatMs: must(number) },
  refused: { code: must(name), message: must(text) },
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
  closing: { code: must(name), message: must(text) },
};

/**
 * @param schema of the kinds that are known
 * @returns the kind of the message; what is wrong with it, in words; or neither, for a kind of a later version
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
