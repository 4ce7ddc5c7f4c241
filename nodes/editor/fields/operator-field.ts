/** The choice of an operator in a row of a filter. */
import { type OperatorName, operatorNamed, operators } from '../../shared/message/filter/operators.js';
import { text } from '../text.js';

/** All of them. */
export const EVENT_OPERATORS = Object.keys(operators) as OperatorName[];
/** Those for objects of which only the present is known. */
export const OBJECT_OPERATORS = EVENT_OPERATORS.filter((name) => !operators[name].aboutChange);

/** @returns the select; an operator of a newer version stays as it is */
export function operatorField(names: readonly OperatorName[], chosen: string): JQuery {
  const select = $('<select class="ctios-row-operator">').attr('aria-label', text('rows.operator'));
  for (const name of names)
    select.append(
      $('<option>')
        .val(name)
        .text(text(`operators.${name}`)),
    );
  if (!names.some((name) => name === chosen)) select.append($('<option>').val(chosen).text(chosen));
  return select.val(chosen);
}

/** How many values a row with this operator has. */
export const valuesFor = (name: string): number => operatorNamed(name)?.values ?? 1;
