/** The list of a filter's rows: keyword, operator and value. */

import { rowsWithOperators } from '../../shared/message/filter/filter-migration.js';
import { type CheckedRow, filterComplaints } from '../fields/filter-check.js';
import { EVENT_OPERATORS, OBJECT_OPERATORS } from '../fields/operator-field.js';
import { whenPatternsCome } from '../fields/pattern-check.js';
import { chosenSession } from '../fields/session-choice.js';
import { text } from '../text.js';
import { type Rows, type RowValue, rowsEditor } from './rows.js';

/** Types of values where no message arrives; a message adds its own. */
const WITHOUT_MESSAGE = ['num', 'env', 'flow', 'global', 'jsonata'] as const;
/** Types of values that never change. */
const FIXED = ['num', 'env'] as const;

export interface FilterOptions {
  /** Id of the `<ol>`. */
  readonly list: string;
  /** What the list contains. */
  readonly label: string;
  /** The filter is for events, which change something; or for the objects of the session. */
  readonly events: boolean;
  /** The node receives messages, which can contain values. */
  readonly messages: boolean;
  /** The values are read once. */
  readonly fixed?: boolean;
}

export function filterEditor({ list, label, events, messages, fixed = false }: FilterOptions, saved: unknown): Rows {
  const rows = rowsEditor(
    {
      list,
      label,
      keyLabel: text('rows.keyword'),
      valueLabel: text('rows.value'),
      context: { session: chosenSession },
      typed: true,
      ...(messages ? {} : { types: fixed ? FIXED : WITHOUT_MESSAGE }),
      operators: events ? EVENT_OPERATORS : OBJECT_OPERATORS,
      check: (values) => filterComplaints(values as readonly CheckedRow[]),
    },
    rowsWithOperators(saved) as RowValue[],
  );
  const element = document.getElementById(list);
  whenPatternsCome(() => {
    // The dialog may be closed by then.
    if (document.contains(element)) rows.check();
  });
  return rows;
}
