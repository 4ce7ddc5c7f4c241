/** The dialogs of the helper nodes: query, wait, screen pop, contact record, watch, simulate. */
import { events as vocabulary } from '../../../src/ctios/events/index.js';
import { keywords } from '../../../src/ctios/keywords.js';
import { type CommandDefinition, commands } from '../api.js';
import { offer } from '../fields/completion.js';
import { type EventList, eventList } from '../fields/event-list.js';
import { OBJECT_TYPES, objectsOf, valuesOf } from '../fields/pickers.js';
import { chosenSession, followSession } from '../fields/session-choice.js';
import { typedField } from '../fields/typed-field.js';
import { text, textOr } from '../text.js';
import { aboutArgument, aboutCommand, meaningOf, whenWordsCome } from '../words.js';
import { prepare } from './dialogs.js';
import { filterEditor } from './filter-rows.js';
import { type Rows, type RowValue, rowsEditor } from './rows.js';

interface Open {
  events?: EventList;
  rows?: Rows;
  ends?: Rows;
}
let open: Open = {};

export function prepareQuery(node: EditorNode): void {
  prepare(node);
  typedField($('#node-input-object'), {
    label: () => text('objects.any'),
    search: objectsOf(() => 'Call', chosenSession),
    types: OBJECT_TYPES,
    typeField: '#node-input-objectType',
  });
  const show = (): void => {
    const query = String($('#node-input-query').val());
    $('#ctios-object-row').toggle(query === 'object');
    $('#ctios-filter-row').toggle(!['object', 'status', 'recording'].includes(query));
    $('#ctios-period-note').toggle(query === 'contacts' || query === 'deliveries');
  };
  $('#node-input-query').on('change', show);
  show();
  open = {
    rows: filterEditor(
      { list: 'ctios-filter', label: text('rows.of.filter'), events: false, messages: true },
      node.filter,
    ),
  };
}

export function saveQuery(node: EditorNode): void {
  if (open.rows !== undefined) node.filter = open.rows.values();
  open = {};
}

export function prepareWait(node: EditorNode): void {
  prepare(node);
  open = {
    events: eventList(
      $('#ctios-events'),
      Object.values(vocabulary),
      (node.events as string[]) ?? [],
      () => {},
      text('events.choose'),
    ),
    rows: filterEditor({ list: 'ctios-match', label: text('rows.of.match'), events: true, messages: true }, node.match),
  };
}

export function saveWait(node: EditorNode): void {
  if (open.events !== undefined) node.events = open.events.chosen();
  if (open.rows !== undefined) node.match = open.rows.values();
  open = {};
}

/** Keywords of a call that describe its caller. */
const CALL_DATA = Object.keys(keywords).filter((key) =>
  /^(CallVariable\d+|ANI|DNIS|DialedNumber|CallerEnteredDigits|UserToUserInfo|CallWrapupData|Customer\w+|CallType|ICM\w+)$/.test(
    key,
  ),
);

export function prepareScreenPop(node: EditorNode): void {
  prepare(node);
  offer(
    $('#node-input-agents'),
    valuesOf(() => 'AgentID', { session: chosenSession }),
  );
  offer(
    $('#node-input-teams'),
    valuesOf(() => 'TeamID', { session: chosenSession }),
  );
  open = {
    rows: rowsEditor(
      {
        list: 'ctios-fields',
        label: text('rows.of.fields'),
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

export function prepareContact(node: EditorNode): void {
  prepareScreenPop(node);
  const show = (): void => {
    $('#ctios-max-wrapup-row').toggle($('#node-input-when').val() === 'wrapup');
  };
  $('#node-input-when').on('change', show);
  show();
}

export function prepareWatch(node: EditorNode): void {
  prepare(node);
  const show = (): void => {
    $('#ctios-statistics-note').toggle($('#node-input-kind').val() === 'skillgroup');
  };
  $('#node-input-kind').on('change', show);
  show();
  const options = { events: false, messages: false, fixed: true } as const;
  open = {
    rows: filterEditor({ list: 'ctios-filter', label: text('rows.of.match'), ...options }, node.filter),
    ends: filterEditor({ list: 'ctios-ends', label: text('rows.of.ends'), ...options }, node.ends),
  };
}

export function saveWatch(node: EditorNode): void {
  if (open.rows !== undefined) node.filter = open.rows.values();
  if (open.ends !== undefined) node.ends = open.ends.values();
  open = {};
}

/** The keywords whose live values are offered for arguments of commands. */
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

/** The state change that a reason is for. */
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
      label: text('rows.of.args'),
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
  /** A row for each argument of the command: they are few, and a blank one is not saved. */
  const offerArguments = (): void => {
    const given = rows.values().map(({ key }) => key);
    for (const key of Object.keys(current()?.args ?? {})) {
      if (!given.includes(key)) rows.add({ key, value: '', type: 'str' });
    }
  };
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
      offerArguments();
    })
    .catch(() => undefined);
  select.on('change', () => {
    describe();
    const kept = rows.values().filter(({ value }) => value !== '');
    rows.clear();
    for (const row of kept) rows.add(row);
    offerArguments();
  });
  followSession((state) => $('#ctios-not-simulated').toggle(state !== undefined && state.simulated !== true));
}

export function saveSimulate(node: EditorNode): void {
  if (open.rows !== undefined) node.args = open.rows.values().filter(({ value }) => value !== '');
  open = {};
}
