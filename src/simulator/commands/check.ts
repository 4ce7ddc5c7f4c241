import { type ArgumentDefinition, type ArgumentDefinitions, CommandError } from './definition.js';

/**
 * The arguments of a command as its definitions want them: numbers given as text become numbers, choices are found in
 * any case, what is left blank is left out.
 * @throws CommandError `SIM_BAD_ARGUMENT`, naming the argument and what it should be
 */
export function checkCommandArguments(
  command: string,
  definitions: ArgumentDefinitions,
  given: Readonly<Record<string, unknown>>,
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
    checked[name] = checkValue(definition, value) ?? fail(`"${name}" must be ${wanted(definition)}`);
  }
  return checked;
}

/** @returns the value as the definition wants it; undefined if it cannot be */
function checkValue(definition: ArgumentDefinition, value: unknown): unknown {
  switch (definition.type) {
    case 'text':
      return checkText(definition, value);
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
      return checkData(value);
    case 'object':
      return isPlain(value) ? value : undefined;
  }
}

/** The protocol's texts are of single bytes. */
const SINGLE_BYTES = /^[\x20-\xff]*$/;

function checkText({ max }: ArgumentDefinition, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return SINGLE_BYTES.test(text) && (max === undefined || text.length <= max) ? text : undefined;
}

function checkNumber({ min, max }: ArgumentDefinition, value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if ((min !== undefined && number < min) || (max !== undefined && number > max)) return undefined;
  return number;
}

function checkData(value: unknown): Record<string, string> | undefined {
  if (!isPlain(value)) return undefined;
  const data: Record<string, string> = {};
  for (const [key, each] of Object.entries(value)) {
    const text = checkText({ type: 'text', about: '' }, each);
    if (text === undefined) return undefined;
    data[key] = text;
  }
  return data;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wanted(definition: ArgumentDefinition): string {
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
      return 'an object of texts in Latin-1, such as { "CallVariable1": "4711", "user.CustomerTier": "gold" }';
    case 'list':
      return 'a list of texts';
    case 'object':
      return 'an object';
    case 'text':
      return max === undefined ? 'a text in Latin-1' : `a text of at most ${max} characters in Latin-1`;
  }
}
