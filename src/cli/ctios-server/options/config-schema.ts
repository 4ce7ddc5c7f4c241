import type { OptionDefinition, OptionType } from '../../option-definition.js';
import { options } from './options.js';

const ADDRESS = '^((\\[[^\\]]+\\]|[^:]+):)?\\d+$';

const TYPES: Readonly<Record<OptionType, object>> = {
  choice: { type: 'string' },
  text: { type: 'string', minLength: 1 },
  file: { type: 'string', minLength: 1 },
  number: { type: 'integer' },
  flag: { type: 'boolean' },
  list: { type: 'array', items: { type: 'string' } },
  urls: { type: 'array', items: { type: 'string', pattern: '^wss?://' }, minItems: 1, uniqueItems: true },
  endpoint: { type: 'string', pattern: ADDRESS },
  endpoints: { type: 'array', items: { type: 'string', pattern: ADDRESS }, minItems: 1, maxItems: 2 },
};

/** JSON Schema of the file named by `--config`, derived from the option table. */
export function configSchema(): {
  properties: Record<string, object>;
  required: string[];
  [keyword: string]: unknown;
} {
  const properties = Object.fromEntries(
    Object.entries<OptionDefinition>(options).map(([name, { type, about, choices, schemes, min, max, fallback }]) => [
      name,
      {
        ...TYPES[type],
        ...(schemes === undefined ? {} : { items: { type: 'string', pattern: `^(${schemes.join('|')})://` } }),
        ...(choices === undefined ? {} : { enum: choices }),
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
        ...(fallback === undefined ? {} : { default: fallback }),
        description: about,
      },
    ]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of ctios-server',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...properties },
    required: ['cti-server'],
    additionalProperties: false,
  };
}
