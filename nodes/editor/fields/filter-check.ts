/** Validates the rows of a filter: those that can never match, or do not mean what they say, are marked. */
import { enumKind, enumValue } from '../../../src/ctios/enums/index.js';
import { keywordByName } from '../../../src/ctios/keyword-lookup.js';
import { isTracked } from '../../../src/ctios/keywords.js';
import { valuesOfRow, withoutBeginning } from '../../shared/message/filter/filter-values.js';
import { type FilterRow, type Operator, operatorNamed } from '../../shared/message/filter/operators.js';
import { text } from '../text.js';
import { type Complaint, enumProblem } from './argument-check.js';
import { patternProblem } from './pattern-check.js';

/** A row as it is entered, or as it was saved by an earlier version. */
export type CheckedRow = Partial<FilterRow>;

export function filterComplaints(rows: readonly CheckedRow[]): (Complaint | undefined)[] {
  return rows.map(complaintOf);
}

function complaintOf(row: CheckedRow): Complaint | undefined {
  const key = (row.key ?? '').trim();
  if (key === '' || key.includes('${')) return undefined;
  const keyword = keywordByName(key);
  if (row.op === undefined) return atValue(starProblem(entered(row.value, row.type)));
  const operator = operatorNamed(row.op);
  if (operator === undefined) return { at: 'value', reason: text('invalid.noOperator', { value: row.op }) };
  if (operator.aboutChange && keyword !== undefined && !isTracked(keyword.keyword)) {
    return { at: 'key', reason: text('invalid.notTracked', { keyword: keyword.keyword }) };
  }
  const values = [entered(row.value, row.type), entered(row.to, row.toType)].slice(0, operator.values);
  if (values.some((each) => each?.trim() === '')) return { at: 'value', reason: text('invalid.missing') };
  return atValue(valuesProblem(row.op, operator, values, keyword?.enum));
}

const atValue = (reason: string | undefined): Complaint | undefined =>
  reason === undefined ? undefined : { at: 'value', reason };

/** Undefined for a value that is known only when an event arrives. */
function entered(value: string | undefined, type = 'str'): string | undefined {
  const known = (type === 'str' || type === '' || type === 'num') && !String(value ?? '').includes('${');
  return known ? String(value ?? '') : undefined;
}

function valuesProblem(
  op: string,
  { comparand }: Operator,
  values: readonly (string | undefined)[],
  enumeration: string | undefined,
): string | undefined {
  const [value] = values;
  if (comparand === 'number') return numbersProblem(values, enumeration);
  if (value === undefined) return undefined;
  if (comparand === 'pattern') {
    const reason = patternProblem(value);
    return reason && text('invalid.regex', { reason });
  }
  if (op === 'like') return starProblem(value);
  if (!['is', 'isNot', 'oneOf', 'changedFrom', 'changedTo'].includes(op)) return undefined;
  return (op === 'oneOf' ? valuesOfRow(value) : [value])
    .map((each) => enumProblem(each, enumeration))
    .find((each) => each !== undefined);
}

function numbersProblem(values: readonly (string | undefined)[], enumeration: string | undefined): string | undefined {
  const numbers = values.map((value) => (value === undefined ? undefined : numberOf(value, enumeration)));
  const wrong = numbers.findIndex((number) => Number.isNaN(number));
  if (wrong >= 0) return text('invalid.notNumber', { value: values[wrong] });
  const [from, to] = numbers;
  if (from === undefined || to === undefined || from <= to) return undefined;
  return text('invalid.reversed', { from, to });
}

function numberOf(value: string, enumeration: string | undefined): number {
  const named = enumeration !== undefined && enumKind(enumeration) !== undefined && enumValue(enumeration, value);
  return typeof named === 'number' ? named : Number(value);
}

function starProblem(value: string | undefined): string | undefined {
  const bare = value === undefined ? undefined : valuesOfRow(value).find(withoutBeginning);
  return bare && text('invalid.star', { value: bare });
}
