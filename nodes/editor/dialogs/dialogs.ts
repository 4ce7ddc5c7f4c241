/** What all dialogs do, and those of the event nodes. */

import type { InterfaceName } from '../../../src/ctios/definition.js';
import { type EventDefinition, eventByName, eventsOf, events as vocabulary } from '../../../src/ctios/events/index.js';
import { outputMap, portsOf } from '../../shared/kinds/output-map.js';
import { currentVersion, migrated } from '../../shared/migrations.js';
import { offer } from '../fields/completion.js';
import { type EventList, eventList } from '../fields/event-list.js';
import { valuesOf } from '../fields/pickers.js';
import { beginDialog, chosenSession, followSession } from '../fields/session-choice.js';
import { text } from '../text.js';
import { filterEditor } from './filter-rows.js';
import { type Rows, rowsEditor } from './rows.js';

/** Node-RED shows an old node as it was saved: migrates it, and updates the filled fields. */
export function prepare(node: EditorNode): void {
  nameConfigButtons();
  beginDialog(node);
  if (Number(node.version ?? 0) >= currentVersion(node.type)) return;
  const now: Record<string, unknown> = migrated(node.type, node);
  for (const key of Object.keys(node._def.defaults)) {
    if (now[key] === undefined) continue;
    node[key] = now[key];
    const field = $(`#node-input-${key}, #node-config-input-${key}`);
    if (field.attr('type') === 'checkbox') field.prop('checked', now[key] === true);
    else if (typeof now[key] !== 'object') field.val(String(now[key]));
  }
}

/** The buttons next to a list of config nodes are links with an icon: the editor gives them neither a name nor a role. */
function nameConfigButtons(): void {
  for (const [field, edit, add] of [
    ['node-input-session', text('form.editSession'), text('form.addSession')],
    ['node-config-input-tls', text('form.editTls'), text('form.addTls')],
  ] as const) {
    const buttons = $(`#${field}`).closest('.form-row').find('a, button');
    buttons.has('.fa-pencil').attr({ 'aria-label': edit, role: 'button' });
    buttons.has('.fa-plus').attr({ 'aria-label': add, role: 'button' });
  }
}

const AGENT_MODE_ONLY = ['IButtonEnablementEvents', 'IMonitoredAgentEvents', 'IMonitoredCallEvents'];

interface EventDialog {
  list: EventList;
  filter: Rows;
  properties: Rows;
}
let open: EventDialog | undefined;

const definitionsOf = (through: string): readonly EventDefinition[] =>
  through === 'AllInOne' ? Object.values(vocabulary) : eventsOf(through as InterfaceName);

/** @param through the interface of the node, or undefined if it is selected in the dialog */
export function prepareEvents(node: EditorNode, through?: string): void {
  prepare(node);
  const chosenInterface = (): string => through ?? String($('#node-input-interface').val());
  const before = portsOf(String(node.split), namesOf(node));
  const saved = Number(node.outputs ?? before.length);
  const outputs = (chosen: readonly string[]): void => {
    const after = portsOf(String($('#node-input-split').val()), chosen);
    $('#node-input-outputs').val(JSON.stringify(outputMap(before, after, saved)));
  };
  const list = eventList($('#ctios-events'), definitionsOf(chosenInterface()), namesOf(node), outputs);
  $('#node-input-split').on('change', () => outputs(list.chosen()));
  const note = (): void => {
    const only = AGENT_MODE_ONLY.includes(chosenInterface()) && mode === 'monitor';
    $('#ctios-agent-mode-only').toggle(only);
  };
  let mode: string | undefined;
  followSession((state) => {
    mode = state?.mode;
    note();
  });
  $('#node-input-interface').on('change', () => {
    list.offer(definitionsOf(chosenInterface()));
    note();
  });
  offer(
    $('#node-input-teams'),
    valuesOf(() => 'TeamID', { session: chosenSession }),
  );
  open = {
    list,
    filter: filterEditor(
      { list: 'ctios-filter', label: text('rows.of.filter'), events: true, messages: false },
      node.filter,
    ),
    properties: rowsEditor(
      {
        list: 'ctios-properties',
        label: text('rows.of.properties'),
        keyLabel: text('rows.property'),
        valueLabel: text('rows.value'),
        keys: () => [],
        context: { session: chosenSession },
        typed: true,
      },
      ((node.properties as { p: string; v: string; vt: string }[]) ?? []).map(({ p, v, vt }) => ({
        key: p,
        value: v,
        type: vt,
      })),
    ),
  };
}

export function saveEvents(node: EditorNode): void {
  if (open === undefined) return;
  node.events = open.list.chosen();
  node.filter = open.filter.values();
  node.properties = open.properties.values().map(({ key, value, type }) => ({ p: key, v: value, vt: type }));
  open = undefined;
}

/** The selected events under their current names: a flow may contain an alias. */
const namesOf = (node: EditorNode): string[] =>
  ((node.events as string[] | undefined) ?? []).map((name) => eventByName(name)?.name ?? name);

/** Labels of an event node's outputs: the events, if each has its own. */
export function eventOutputLabel(node: EditorNode, index: number): string {
  const chosen = (node.events as string[] | undefined) ?? [];
  if (node.split === 'each') return chosen[index] ?? '';
  return chosen.length === 1 ? chosen[0]! : text('events.output');
}

/** The label of an event node without a name. */
export function eventLabel(node: EditorNode, fallback: string): string {
  const chosen = (node.events as string[] | undefined) ?? [];
  if (node.name) return node.name;
  const [first] = chosen;
  if (first === undefined) return fallback;
  return chosen.length === 1 ? first : `${first} +${chosen.length - 1}`;
}
