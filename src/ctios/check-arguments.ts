import { Arguments } from './arguments.js';
import { CtiosError } from './ctios-error.js';
import { enumKind, enumValue, enumValues } from './enums/index.js';
import type { ParamDefinition } from './events/index.js';
import { keywordByName } from './keyword-lookup.js';
import { type RequestDefinition, requestByName } from './requests/index.js';
import type { Args, ArgValue } from './transport.js';
import { isPlainObject, RANGES, toBoolean, toInteger, toText } from './values.js';

export interface CheckOptions {
  /** How to handle a key that the request does not define. @default 'pass' */
  unknown?: 'pass' | 'ignore';
}

/** Limits of expanded call context at the CTI Server. */
const ECC_NAME_MAX = 32;
const ECC_VALUE_MAX = 210;
const ECC_TOTAL_MAX = 2000;

/**
 * Converts the arguments of a request to the form of the vocabulary: its spelling of the keywords, its types, numbers
 * for enumeration names. Null and undefined count as absent. ECC variables can be given next to the other arguments
 * ("user.Name") or under ECC.
 * @param request its name or definition
 * @throws CtiosError `CTIOS_UNKNOWN_REQUEST`, `CTIOS_MISSING_ARGUMENT`, `CTIOS_INVALID_ARGUMENT`,
 *   `CTIOS_DUPLICATE_ARGUMENT`; its message names the field and the limit, never the value
 */
export function checkArguments(
  request: RequestDefinition | string,
  given: Arguments | Readonly<Record<string, unknown>>,
  options: CheckOptions = {},
): Args {
  const definition = typeof request === 'string' ? requestByName(request) : request;
  if (definition === undefined) {
    throw new CtiosError('CTIOS_UNKNOWN_REQUEST', `There is no request "${String(request)}".`, {
      request: String(request),
    });
  }
  const args: Args = {};
  const seen = new Map<string, string>();
  const source = given instanceof Arguments ? given.toArgs() : given;
  for (const [key, value] of Object.entries(source)) {
    if (value === undefined || value === null) continue;
    const keyword = keywordByName(key);
    const name = keyword?.keyword ?? key.trim();
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined) {
      throw refuse(
        definition,
        'CTIOS_DUPLICATE_ARGUMENT',
        `"${twin}" and "${key}" are the same keyword; give one of them.`,
      );
    }
    seen.set(name.toLowerCase(), key);
    const param = keyword && paramOf(definition, keyword.keyword);
    if (param !== undefined) {
      if (name === 'ECC') Object.assign(eccOf(args), eccArguments(definition, value));
      else put(args, name, convert(definition, { ...param, keyword: name }, value));
    } else if (isEcc(key) && paramOf(definition, 'ECC') !== undefined) {
      eccOf(args)[key.trim()] = eccValue(definition, key, value);
    } else if (options.unknown !== 'ignore') {
      put(args, name, plain(definition, name, value, 0));
    }
  }
  checkPresence(definition, args);
  checkEcc(definition, args);
  return args;
}

function paramOf(definition: RequestDefinition, keyword: string): ParamDefinition | undefined {
  const family = keyword.replace(/\[\d+\]$/, '[n]');
  return definition.args.find((param) => param.keyword === keyword || param.keyword === family);
}

function checkPresence(definition: RequestDefinition, args: Args): void {
  for (const param of definition.args) {
    if (!param.optional && args[param.keyword] === undefined) {
      throw refuse(definition, 'CTIOS_MISSING_ARGUMENT', `${param.keyword} is missing (${lowerFirst(param.meaning)}).`);
    }
  }
  for (const choice of definition.oneOf) {
    if (!choice.some((keyword) => args[keyword] !== undefined)) {
      throw refuse(definition, 'CTIOS_MISSING_ARGUMENT', `one of ${choice.join(', ')} is required.`);
    }
  }
}

function convert(definition: RequestDefinition, param: ParamDefinition, value: unknown): ArgValue {
  const { keyword, type, max } = param;
  const invalid = (problem: string) => refuse(definition, 'CTIOS_INVALID_ARGUMENT', `${keyword} ${problem}`);

  if (param.enum !== undefined && enumKind(param.enum) !== undefined && type !== 'ARGUMENTS') {
    const number = typeof value === 'number' || typeof value === 'string' ? enumValue(param.enum, value) : undefined;
    if (
      number !== undefined &&
      (type === 'STRING' || toInteger(number, type === 'BOOL' ? 'INT' : type) !== undefined)
    ) {
      return number;
    }
    throw invalid(`must be a number or one of ${wordsOf(param.enum)}.`);
  }
  switch (type) {
    case 'STRING': {
      const text = toText(value);
      if (text === undefined) throw invalid('must be a string.');
      if (max !== undefined && text.length > max)
        throw invalid(`may have at most ${max} characters, not ${text.length}.`);
      return text;
    }
    case 'BOOL': {
      const truth = toBoolean(value);
      if (truth === undefined) throw invalid('must be true or false.');
      return truth;
    }
    case 'ARGUMENTS': {
      if (!Array.isArray(value) && !(value instanceof Arguments) && !isPlainObject(value)) {
        throw invalid('must be an object of keywords and values.');
      }
      return plain(definition, keyword, value, 0);
    }
    default: {
      const integer = toInteger(value, type);
      const [least, most] = RANGES[type];
      if (integer === undefined) throw invalid(`must be a whole number from ${least} to ${most}.`);
      return integer;
    }
  }
}

function wordsOf(name: string): string {
  return enumValues(name)
    .map((each) => each.word)
    .slice(0, 20)
    .join(', ');
}

/** Sufficient for every structure of the guide, and a limit for JSON input. */
const DEEPEST = 8;

/** Converts a value to transferable data: scalars and plain objects of them. */
function plain(definition: RequestDefinition, name: string, value: unknown, depth: number): ArgValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const nested = value instanceof Arguments ? value.toArgs() : value;
  if (depth < DEEPEST && (Array.isArray(nested) || isPlainObject(nested))) {
    const args: Args = {};
    const entries = Array.isArray(nested)
      ? nested.map((each, index): [string, unknown] => [String(index + 1), each])
      : Object.entries(nested);
    for (const [key, each] of entries) {
      if (each !== undefined && each !== null) put(args, key, plain(definition, `${name}.${key}`, each, depth + 1));
    }
    return args;
  }
  throw refuse(
    definition,
    'CTIOS_INVALID_ARGUMENT',
    `${name} must be text, a number, true or false, or an object of these.`,
  );
}

function isEcc(key: string): boolean {
  return /^(user\.|ba)/i.test(key.trim());
}

function eccOf(args: Args): Args {
  const present = args.ECC;
  if (typeof present === 'object') return present;
  const ecc: Args = {};
  args.ECC = ecc;
  return ecc;
}

function eccArguments(definition: RequestDefinition, value: unknown): Args {
  const nested = value instanceof Arguments ? value.toArgs() : value;
  if (!isPlainObject(nested)) {
    throw refuse(definition, 'CTIOS_INVALID_ARGUMENT', 'ECC must be an object of variables: {"user.Name": "value"}.');
  }
  const ecc: Args = {};
  for (const [key, each] of Object.entries(nested)) {
    if (each !== undefined && each !== null) put(ecc, key.trim(), eccValue(definition, key, each));
  }
  return ecc;
}

function eccValue(definition: RequestDefinition, key: string, value: unknown): string {
  const name = key.trim();
  const invalid = (problem: string) => refuse(definition, 'CTIOS_INVALID_ARGUMENT', `ECC variable ${name} ${problem}`);
  const stem = name.replace(/\[\d+\]$/, '');
  if (stem.length > ECC_NAME_MAX) throw invalid(`has a name of more than ${ECC_NAME_MAX} characters.`);
  const text = toText(value);
  if (text === undefined) throw invalid('must be a string.');
  if (text.length > ECC_VALUE_MAX) throw invalid(`may have at most ${ECC_VALUE_MAX} characters, not ${text.length}.`);
  return text;
}

function checkEcc(definition: RequestDefinition, args: Args): void {
  if (typeof args.ECC !== 'object') return;
  let bytes = 0;
  for (const [name, value] of Object.entries(args.ECC)) bytes += name.length + String(value).length + 2;
  if (bytes > ECC_TOTAL_MAX) {
    throw refuse(
      definition,
      'CTIOS_INVALID_ARGUMENT',
      `ECC variables may have ${ECC_TOTAL_MAX} bytes in all, not ${bytes}.`,
    );
  }
}

/** Not `args[key] =`: with the key "__proto__" from JSON, that would set the prototype. */
function put(args: Args, key: string, value: ArgValue): void {
  Object.defineProperty(args, key, { value, enumerable: true, configurable: true, writable: true });
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function refuse(definition: RequestDefinition, code: string, problem: string): CtiosError {
  return new CtiosError(code, `${definition.name}: ${problem}`, { request: definition.name, outcome: 'failed' });
}
