/** Lists of rows in dialogs: arguments of a request, rows of a filter, properties to set, fields to map. */
import { keywords } from '../../../src/ctios/keywords.js';
import type { OperatorName } from '../../shared/message/filter/operators.js';
import type { Complaint } from '../fields/argument-check.js';
import { focusQuietly, offer } from '../fields/completion.js';
import { operatorField, valuesFor } from '../fields/operator-field.js';
import { type Search, type ValueContext, valuesOf } from '../fields/pickers.js';
import { type FieldType, typedField } from '../fields/typed-field.js';
import { text } from '../text.js';
import { meaningOf } from '../words.js';

/** Types of a dynamic value, besides text. */
const TYPES = ['num', 'bool', 'json', 'msg', 'flow', 'global', 'env', 'jsonata'] as const;

export interface RowsOptions {
  /** Id of the `<ol>`. */
  readonly list: string;
  /** What the list contains. */
  readonly label: string;
  /** The name of the key, for users who cannot see the column. */
  readonly keyLabel: string;
  readonly valueLabel: string;
  /** Keys to offer: name and explanation. */
  readonly keys?: () => readonly (readonly [key: string, about: string])[];
  /** Suggested values for a key; if there are none, those of the live session and the vocabulary. */
  readonly choices?: (key: string) => readonly string[];
  /** Where suggested values come from. */
  readonly context: ValueContext;
  /** The keyword that a key represents, if keys are not keywords: its values are suggested. */
  readonly keywordOf?: (key: string) => string | undefined;
  /** Without it, values are plain text. */
  readonly typed: boolean;
  /** Types besides text; default: all. */
  readonly types?: readonly FieldType[];
  /** Each row has one of these; only for typed values. */
  readonly operators?: readonly OperatorName[];
  readonly height?: number;
  /** The errors of the rows, checked whenever one changes. */
  readonly check?: (rows: readonly RowValue[]) => readonly (Complaint | undefined)[];
}

export interface RowValue {
  key: string;
  value: string;
  type: string;
  /** Only in a list with operators. */
  op?: string;
  /** The second value, of an operator that has two. */
  to?: string;
  toType?: string;
}

export interface Rows {
  values(): RowValue[];
  add(row: RowValue): void;
  clear(): void;
  /** Marks errors; what they depend on may have changed. */
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
  const row: RowValue = {
    key: String(item.find('.ctios-row-key').val()).trim(),
    value: typed ? field.typedInput('value') : String(field.val()),
    type: typed ? field.typedInput('type') : 'str',
  };
  if (options.operators === undefined) return row;
  const op = String(item.find('.ctios-row-operator').val());
  const count = valuesFor(op);
  const second = item.find('.ctios-row-to');
  if (count < 2 || !typed) return count === 0 ? { ...row, op, value: '', type: 'str' } : { ...row, op };
  return { ...row, op, to: second.typedInput('value'), toType: second.typedInput('type') };
}

/** The error is the field's description, so that it can be both seen and heard. */
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

/** The keyboard equivalent of dragging. */
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
  container.addClass('ctios-row').append(key);
  const operator = options.operators && operatorField(options.operators, data.op ?? 'is').appendTo(container);
  container.append(value);
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
  // A row without data was just added: focus it.
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
  if (!options.typed) {
    offer(value, search);
    return;
  }
  addTypes(value, { key, search, valueLabel: options.valueLabel, type: data.type, value: data.value }, options);
  if (operator === undefined) return;
  container.addClass('ctios-row-with-operator');
  const to = $('<input type="text" class="ctios-row-to">').appendTo(container);
  addTypes(to, { key, search, valueLabel: text('rows.upTo'), type: data.toType, value: data.to }, options);
  const show = (): void => {
    const count = valuesFor(String(operator.val()));
    for (const [index, field] of [value, to].entries()) {
      field
        .nextAll('.red-ui-typedInput-container')
        .first()
        .toggle(index < count);
    }
  };
  operator.on('change', show);
  show();
}

interface TypedRowValue {
  readonly key: JQuery;
  readonly search: Search;
  readonly valueLabel: string;
  readonly type: string | undefined;
  readonly value: string | undefined;
}

function addTypes(field: JQuery, row: TypedRowValue, options: RowsOptions): void {
  const label = (): string => `${String(row.key.val())} ${row.valueLabel}`.trim();
  typedField(field, { label, search: row.search, types: options.types ?? TYPES });
  row.key.on('change', () => void field.trigger('change'));
  field.typedInput('type', row.type || 'str');
  field.typedInput('value', row.value ?? '');
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
