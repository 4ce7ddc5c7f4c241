/**
 * A typed input of Node-RED with an accessible name: the widget replaces the labeled field with a new field and
 * buttons, which have no names of their own.
 */

import { text } from '../text.js';
import { opensAtOnce, whileFocused } from './completion.js';
import type { Search } from './pickers.js';

/** Types of a dynamic value, besides text. */
export type FieldType = 'num' | 'bool' | 'json' | 'msg' | 'flow' | 'global' | 'env' | 'jsonata';

export interface TypedFieldOptions {
  /** The accessible name of the value. */
  readonly label: () => string;
  /** Suggestions while entering text. */
  readonly search: Search;
  readonly types: readonly FieldType[];
  /** The hidden field that stores the type. */
  readonly typeField?: string;
  /** A blank property of msg means a default. */
  readonly optional?: boolean;
}

export function typedField(field: JQuery, { label, search, types, typeField, optional }: TypedFieldOptions): void {
  let input = $();
  const string = {
    value: 'str',
    label: text('types.text'),
    icon: 'red/images/typedInput/az.svg',
    autoComplete: whileFocused(() => input, search),
  };
  field.typedInput({ types: [string, ...types], default: 'str', ...(typeField === undefined ? {} : { typeField }) });
  if (optional) allowBlank(field);
  const widget = field.nextAll('.red-ui-typedInput-container').first();
  const container = widget.length > 0 ? widget : field.closest('.red-ui-typedInput-container');
  input = container.find('.red-ui-typedInput-input');
  opensAtOnce(input);
  const name = (): void => {
    const what = label();
    const kind = field.typedInput('type');
    input.attr('aria-label', what);
    container
      .find('.red-ui-typedInput-type-select')
      .attr({ 'aria-label': text('types.kind', { field: what, kind: kindWord(kind) }), 'aria-haspopup': 'menu' });
    container.find('.red-ui-typedInput-option-trigger').attr('aria-label', text('types.options', { field: what }));
  };
  field.on('change', name);
  name();
}

interface Type {
  readonly validate?: (value: string, options: unknown) => unknown;
}

/** Without this, the widget marks the blank name of a property as an error. */
function allowBlank(field: JQuery): void {
  const { typeMap } = (field.data('nodered-typedInput') ?? {}) as { typeMap?: Record<string, Type> };
  const { validate } = typeMap?.msg ?? {};
  if (typeMap === undefined || typeof validate !== 'function') return;
  // A copy, because all fields share the original.
  typeMap.msg = { ...typeMap.msg, validate: (value, options) => value === '' || validate(value, options) };
  field.typedInput('validate');
}

const kindWord = (kind: string): string => (kind === 'str' ? text('types.text') : kind);
