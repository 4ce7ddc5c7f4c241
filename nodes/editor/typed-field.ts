/**
 * A typed input of Node-RED that says what it is: the widget puts a new field and buttons in the place of the labelled
 * one, and they have no names of their own.
 */
import { opensAtOnce, whileFocused } from './completion.js';
import type { Search } from './pickers.js';
import { text } from './text.js';

/** Types that a dynamic value may have, besides a text. */
export type FieldType = 'num' | 'bool' | 'json' | 'msg' | 'flow' | 'global' | 'env' | 'jsonata';

export interface TypedFieldOptions {
  /** What the value is, for those who do not see where the field stands. */
  readonly label: () => string;
  /** Offered while a text is typed. */
  readonly search: Search;
  readonly types: readonly FieldType[];
  /** The hidden field that keeps the type. */
  readonly typeField?: string;
}

export function typedField(field: JQuery, { label, search, types, typeField }: TypedFieldOptions): void {
  let input = $();
  const string = {
    value: 'str',
    label: text('types.text'),
    icon: 'red/images/typedInput/az.svg',
    autoComplete: whileFocused(() => input, search),
  };
  field.typedInput({ types: [string, ...types], default: 'str', ...(typeField === undefined ? {} : { typeField }) });
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

const kindWord = (kind: string): string => (kind === 'str' ? text('types.text') : kind);
