import { charsetOf } from '../../ged188/index.js';
import { type ArgumentDefinition, type ArgumentDefinitions, CommandError } from './definition.js';

/**
 * Converts the arguments of a command according to its definitions: numeric text becomes numbers, choices are
 * case-insensitive, blank arguments are omitted.
 * @throws CommandError `SIM_BAD_ARGUMENT`, naming the argument and what it should be
 */
export function checkCommandArguments(
  command: string,
  definitions: ArgumentDefinitions,
  given: Readonly<Record<string, unknown>>,
  charset = 'latin1',
): Record<string, unknown> {
  const fail = (message: string): never => {
    throw new CommandError('SIM_BAD_ARGUMENT', `${command}: ${message}`);
  };
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(definitions, name)) {
      const known = Object.keys(definitions);
      fail(`there is no argument "${name}"${known.length > 0 ? `; it takes ${known.join(', ')}` : ''}`);
    }
  }
  const checked: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const value = given[name];
    if (value === undefined || value === null || value === '') {
      if (definition.required) fail(`"${name}" is missing: ${definition.about}`);
      continue;
    }
    checked[name] = checkValue(definition, value, charset) ?? fail(`"${name}" must be ${wanted(definition, charset)}`);
  }
  return checked;
}

/** @returns the converted value; undefined if that is not possible */
function checkValue(definition: ArgumentDefinition, value: unknown, charset: string): unknown {
  switch (definition.type) {
    case 'text':
      return checkText(definition, value, charset);
    case 'number':
      return checkNumber(definition, value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true') return true;
      return value === 'false' ? false : undefined;
    case 'choice': {
      const text = String(value).toLowerCase();
      return definition.choices?.find((each) => each.toLowerCase() === text);
    }
    case 'list': {
      const items = typeof value === 'string' ? value.split(',').map((each) => each.trim()) : value;
      return Array.isArray(items) && items.every((each) => typeof each === 'string') ? items : undefined;
    }
    case 'data':
      return checkData(value, charset);
    case 'object':
      return isPlain(value) ? value : undefined;
  }
}

/** Texts without control characters, that the site's charset can express. */
function isText(text: string, charset: string): boolean {
  return /^[ -\u{10ffff}]*$/u.test(text) && charsetOf(charset).encode(text) !== undefined;
}

function checkText({ max }: ArgumentDefinition, value: unknown, charset: string): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return isText(text, charset) && (max === undefined || text.length <= max) ? text : undefined;
}

function checkNumber({ min, max }: ArgumentDefinition, value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if ((min !== undefined && number < min) || (max !== undefined && number > max)) return undefined;
  return number;
}

function checkData(value: unknown, charset: string): Record<string, string> | undefined {
  if (!isPlain(value)) return undefined;
  const data: Record<string, string> = {};
  for (const [key, each] of Object.entries(value)) {
    const text = checkText({ type: 'text', about: '' }, each, charset);
    if (text === undefined) return undefined;
    data[key] = text;
  }
  return data;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wanted(definition: ArgumentDefinition, charset: string): string {
  const name = charset === 'latin1' ? 'Latin-1' : charset;
  const { min, max } = definition;
  switch (definition.type) {
    case 'number':
      if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
      return min === undefined ? 'a number' : `a number of at least ${min}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${definition.choices?.join(', ')}`;
    case 'data':
      return `an object of texts in ${name}, such as { "CallVariable1": "4711", "user.CustomerTier": "gold" }`;
    case 'list':
      return 'a list of texts';
    case 'object':
      return 'an object';
    case 'text':
      return max === undefined ? `a text in ${name}` : `a text of at most ${max} characters in ${name}`;
  }
}
