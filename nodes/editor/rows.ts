/** Lists of rows in dialogs: arguments of a request, rows of a filter, properties to set, fields to map. */
import { keywords } from '../../src/ctios/keywords.js';
import type { Complaint } from './argument-check.js';
import { focusQuietly, offer } from './completion.js';
import { type ValueContext, valuesOf } from './pickers.js';
import { text } from './text.js';
import { typedField } from './typed-field.js';
import { meaningOf } from './words.js';

/** Types that a dynamic value may have, besides a text. */
const TYPES = ['num', 'bool', 'json', 'msg', 'flow', 'global', 'env', 'jsonata'] as const;

export interface RowsOptions {
  /** Id of the `<ol>`. */
  readonly list: string;
  /** What the list is of. */
  readonly label: string;
  /** What the key is called, for those who cannot see the column. */
  readonly keyLabel: string;
  readonly valueLabel: string;
  /** Keys to offer: name and explanation. */
  readonly keys?: () => readonly (readonly [key: string, about: string])[];
  /** Values to offer for a key; where there are none, the live session's and the vocabulary's are. */
  readonly choices?: (key: string) => readonly string[];
  /** Where offered values come from. */
  readonly context: ValueContext;
  /** The keyword that a key stands for, where keys are no keywords: its values are offered. */
  readonly keywordOf?: (key: string) => string | undefined;
  /** Without it, values are plain texts. */
  readonly typed: boolean;
  readonly height?: number;
  /** What is wrong with each row, looked at whenever one changes. */
  readonly check?: (rows: readonly RowValue[]) => readonly (Complaint | undefined)[];
}

export interface RowValue {
  key: string;
  value: string;
  type: string;
}

export interface Rows {
  values(): RowValue[];
  add(row: RowValue): void;
  clear(): void;
  /** Marks what is wrong; what it depends on may have changed. */
  check(): void;
}

export function rowsEditor(options: RowsOptions, rows: readonly RowValue[]): Rows {
  const list = $(`#${options.list}`);
  list.editableList({
    addItem: (container: JQuery, _: number, data: Partial<RowValue>) => row(container, data, options),
    removable: true,
    sortable: true,
    addButton: text('rows.add', { list: options.label }),
    height: options.height ?? 'auto',
  });
  const add = (value: RowValue): void => {
    list.editableList('addItem', value);
  };
  for (const each of rows) add(each);
  const check = (): void => markRows(list, options);
  if (options.check !== undefined) list.on('input change keyup', check);
  check();
  return {
    add,
    check,
    clear: () => void list.editableList('empty'),
    values() {
      const values: RowValue[] = [];
      list.editableList('items').each((_, item) => {
        const row = rowValue($(item), options);
        if (row.key !== '') values.push(row);
      });
      return values;
    },
  };
}

function rowValue(item: JQuery, options: RowsOptions): RowValue {
  const field = item.find('.ctios-row-value');
  // A row that is being made has no widget yet.
  const typed = options.typed && field.data('nodered-typedInput') !== undefined;
  return {
    key: String(item.find('.ctios-row-key').val()).trim(),
    value: typed ? field.typedInput('value') : String(field.val()),
    type: typed ? field.typedInput('type') : 'str',
  };
}

/** The reason is the field's description: it is seen with the mouse and heard with the field. */
function markRows(list: JQuery, options: RowsOptions): void {
  if (options.check === undefined) return;
  const items = list
    .editableList('items')
    .toArray()
    .map((item) => $(item));
  const complaints = options.check(items.map((item) => rowValue(item, options)));
  for (const [index, item] of items.entries()) {
    const complaint = complaints[index];
    const fields = { key: item.find('.ctios-row-key'), value: item.find('.red-ui-typedInput-input') };
    for (const [at, field] of Object.entries(fields)) {
      const reason = complaint?.at === at ? complaint.reason : undefined;
      field.toggleClass('input-error', reason !== undefined).attr('aria-invalid', String(reason !== undefined));
      if (reason === undefined) field.removeAttr('title');
      else field.attr('title', reason);
    }
    item.find('.red-ui-typedInput-container').toggleClass('input-error', complaint?.at === 'value');
    item.find('.ctios-row-problem').remove();
    if (complaint !== undefined)
      fields.key.closest('.ctios-row').append($('<div class="ctios-row-problem">').text(complaint.reason));
  }
}

/** What a mouse does by dragging. */
const moves: Readonly<Record<string, (item: JQuery) => void>> = {
  ArrowUp: (item) => void item.prev().before(item),
  ArrowDown: (item) => void item.next().after(item),
};

function row(container: JQuery, data: Partial<RowValue>, options: RowsOptions): void {
  const key = $('<input type="text" class="ctios-row-key">')
    .attr({ 'aria-label': options.keyLabel, placeholder: options.keyLabel })
    .val(data.key ?? '');
  const value = $('<input type="text" class="ctios-row-value">')
    .attr({ 'aria-label': options.valueLabel, placeholder: options.valueLabel })
    .val(data.value ?? '');
  container.addClass('ctios-row').append(key, value);
  const item = container.parent();
  item
    .find('.red-ui-editableList-item-remove')
    .attr({ 'aria-label': text('rows.remove', { list: options.label }), role: 'button' });
  container.on('keydown', (pressed) => {
    if (!pressed.altKey || !moves[pressed.key]) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    moves[pressed.key]!(item);
    pressed.target.focus();
  });
  // A row without data is one that was just asked for: go on with it.
  if (data.key === undefined) requestAnimationFrame(() => focusQuietly(key));
  offer(key, keySearch(options.keys ?? allKeywords));
  const keyword = (): string => {
    const typed = String(key.val()).trim();
    return options.keywordOf === undefined ? typed : (options.keywordOf(typed) ?? '');
  };
  const known = valuesOf(keyword, options.context);
  const search = (typed: string, done: (found: Completion[]) => void): void => {
    const choices = options.choices?.(String(key.val()).trim()) ?? [];
    if (choices.length === 0) known(typed, done);
    else done(choices.filter((each) => each.includes(typed.trim())).map((each) => ({ value: each, label: each })));
  };
  if (options.typed) {
    const label = (): string => `${String(key.val())} ${options.valueLabel}`.trim();
    typedField(value, { label, search, types: TYPES });
    key.on('change', () => void value.trigger('change'));
    value.typedInput('type', data.type ?? 'str');
    value.typedInput('value', data.value ?? '');
  } else {
    offer(value, search);
  }
}

function keySearch(keys: () => readonly (readonly [string, string])[]) {
  return (typed: string, done: (found: Completion[]) => void): void => {
    const wanted = typed.trim().toLowerCase();
    const found = keys()
      .filter(([key, about]) => `${key} ${about}`.toLowerCase().includes(wanted))
      .slice(0, 60)
      .map(([key, about]) => ({
        value: key,
        label: $('<span>').append($('<b>').text(key), ' ', $('<span class="ctios-about">').text(about)),
      }));
    done(found);
  };
}

/** Every keyword of the vocabulary. */
export function allKeywords(): readonly (readonly [string, string])[] {
  return Object.keys(keywords).map((key) => [key, meaningOf(key)] as const);
}
