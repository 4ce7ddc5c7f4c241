/** The dialogs of the helpers: query, wait, screen pop, simulate. */
import { events as vocabulary } from '../../src/ctios/events/index.js';
import { keywords } from '../../src/ctios/keywords.js';
import { type CommandDefinition, commands } from './api.js';
import { chosenSession, followSession, prepare } from './dialogs.js';
import { type EventList, eventList } from './event-list.js';
import { objectsOf } from './pickers.js';
import { type Rows, type RowValue, rowsEditor } from './rows.js';
import { text, textOr } from './text.js';
import { aboutArgument, aboutCommand, meaningOf, whenWordsCome } from './words.js';

interface Open {
  events?: EventList;
  rows?: Rows;
}
let open: Open = {};

export function prepareQuery(node: EditorNode): void {
  prepare(node);
  $('#node-input-object').typedInput({
    types: [
      {
        value: 'str',
        label: text('types.text'),
        icon: 'red/images/typedInput/az.svg',
        autoComplete: objectsOf(() => 'Call', chosenSession),
      },
      'msg',
      'flow',
      'global',
      'env',
      'jsonata',
    ],
    default: 'str',
    typeField: '#node-input-objectType',
  });
  const show = (): void => {
    const query = String($('#node-input-query').val());
    $('#ctios-object-row').toggle(query === 'object');
    $('#ctios-filter-row').toggle(query !== 'object' && query !== 'status');
  };
  $('#node-input-query').on('change', show);
  show();
  open = {
    rows: rowsEditor(
      {
        list: 'ctios-filter',
        keyLabel: text('rows.keyword'),
        valueLabel: text('rows.values'),
        context: { session: chosenSession },
        typed: false,
      },
      ((node.filter as RowValue[] | undefined) ?? []).map((row) => ({ ...row, type: 'str' })),
    ),
  };
}

export function saveQuery(node: EditorNode): void {
  if (open.rows !== undefined) node.filter = open.rows.values().map(({ key, value }) => ({ key, value }));
  open = {};
}

export function prepareWait(node: EditorNode): void {
  prepare(node);
  open = {
    events: eventList($('#ctios-events'), Object.values(vocabulary), (node.events as string[]) ?? [], () => {}),
    rows: rowsEditor(
      {
        list: 'ctios-match',
        keyLabel: text('rows.keyword'),
        valueLabel: text('rows.values'),
        context: { session: chosenSession },
        typed: true,
      },
      (node.match as RowValue[] | undefined) ?? [],
    ),
  };
}

export function saveWait(node: EditorNode): void {
  if (open.events !== undefined) node.events = open.events.chosen();
  if (open.rows !== undefined) node.match = open.rows.values();
  open = {};
}

/** Keywords of a call that tell something about its caller. */
const CALL_DATA = Object.keys(keywords).filter((key) =>
  /^(CallVariable\d+|ANI|DNIS|DialedNumber|CallerEnteredDigits|UserToUserInfo|CallWrapupData|Customer\w+|CallType|ICM\w+)$/.test(
    key,
  ),
);

export function prepareScreenPop(node: EditorNode): void {
  prepare(node);
  open = {
    rows: rowsEditor(
      {
        list: 'ctios-fields',
        keyLabel: text('rows.keyword'),
        valueLabel: text('rows.field'),
        keys: () => CALL_DATA.map((key) => [key, meaningOf(key)] as const),
        context: { session: chosenSession },
        typed: false,
      },
      ((node.fields as { from: string; to: string }[] | undefined) ?? []).map(({ from, to }) => ({
        key: from,
        value: to,
        type: 'str',
      })),
    ),
  };
}

export function saveScreenPop(node: EditorNode): void {
  if (open.rows !== undefined) node.fields = open.rows.values().map(({ key, value }) => ({ from: key, to: value }));
  open = {};
}

/** The keywords that arguments of commands stand for: the live session has values of these. */
const ARGUMENT_KEYWORDS: Readonly<Record<string, string>> = {
  agent: 'AgentID',
  agents: 'AgentID',
  supervisor: 'AgentID',
  instrument: 'AgentInstrument',
  call: 'ConnectionCallID',
  from: 'ANI',
  to: 'DialedNumber',
  reason: 'EventReasonCode',
  skillGroups: 'SkillGroupNumber',
};

/** Which change of state a reason is for. */
function reasonFor(command: string, rows: Rows): string | undefined {
  return command === 'logoutAgent' ? 'Logout' : rows.values().find(({ key }) => key === 'state')?.value;
}

export function prepareSimulate(node: EditorNode): void {
  prepare(node);
  let known: Record<string, CommandDefinition> = {};
  const select = $('#node-input-command');
  const current = (): CommandDefinition | undefined => known[String(select.val())];
  const rows = rowsEditor(
    {
      list: 'ctios-args',
      keyLabel: text('rows.argument'),
      valueLabel: text('rows.fromMessage'),
      keys: () =>
        Object.entries(current()?.args ?? {}).map(([key, definition]) => [
          key,
          aboutArgument(String(select.val()), key, definition),
        ]),
      choices: (key) => current()?.args[key]?.choices ?? [],
      context: {
        session: chosenSession,
        reasonFor: () => reasonFor(String(select.val()), rows),
      },
      keywordOf: (key) => ARGUMENT_KEYWORDS[key],
      typed: true,
    },
    (node.args as RowValue[] | undefined) ?? [],
  );
  open = { rows };
  const describe = (): void => {
    const command = current();
    $('#ctios-command-about').text(command === undefined ? '' : aboutCommand(String(select.val()), command));
  };
  whenWordsCome(describe);
  const keepTyped = String(node.command ?? '');
  select.empty().append($('<option>').val(keepTyped).text(keepTyped)).val(keepTyped);
  void commands()
    .then((table) => {
      known = table;
      select.empty();
      const groups = new Map<string, JQuery>();
      for (const [name, { group }] of Object.entries(table)) {
        let part = groups.get(group);
        if (part === undefined) {
          part = $('<optgroup>').attr('label', textOr(`commandGroups.${group}`, group));
          groups.set(group, part);
          select.append(part);
        }
        part.append($('<option>').val(name).text(name));
      }
      select.val(keepTyped);
      describe();
    })
    .catch(() => undefined);
  select.on('change', () => {
    describe();
    const kept = rows.values().filter(({ value }) => value !== '');
    rows.clear();
    for (const row of kept) rows.add(row);
    for (const [key, { required }] of Object.entries(current()?.args ?? {})) {
      if (required && !kept.some((row) => row.key === key)) rows.add({ key, value: '', type: 'str' });
    }
  });
  followSession((state) => $('#ctios-not-simulated').toggle(state !== undefined && state.simulated !== true));
}

export function saveSimulate(node: EditorNode): void {
  if (open.rows !== undefined) node.args = open.rows.values().filter(({ value }) => value !== '');
  open = {};
}
