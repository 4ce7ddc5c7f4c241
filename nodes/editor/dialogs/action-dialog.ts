/** The dialogs of the nodes that send requests: which request, for which object, with which arguments and time-outs. */
import { enumName, enumValue } from '../../../src/ctios/enums/index.js';
import { type RequestDefinition, requestByName, requests } from '../../../src/ctios/requests/index.js';
import { argumentComplaints } from '../fields/argument-check.js';
import { OBJECT_TYPES, objectsOf } from '../fields/pickers.js';
import { chosenSession } from '../fields/session-choice.js';
import { typedField } from '../fields/typed-field.js';
import { text, textOr } from '../text.js';
import { explained, meaningOf, whenWordsCome } from '../words.js';
import { prepare } from './dialogs.js';
import { allKeywords, type Rows, type RowValue, rowsEditor } from './rows.js';

/** Methods of the session that are not requests of the vocabulary. */
const SESSION_METHODS = ['Connect', 'Disconnect', 'SetCurrentCall', 'SetOwnLists'];

let args: Rows | undefined;

/** @param type the node's type: each request's definition names the node that offers it; `ctios-request` offers all */
export function prepareAction(node: EditorNode, type: string): void {
  prepare(node);
  fillRequests(type, String(node.request ?? ''));
  const request = (): RequestDefinition | undefined => requestByName(String($('#node-input-request').val() ?? ''));
  const kind = (): 'Call' | 'Agent' | 'SkillGroup' => {
    const object = request()?.object;
    return object === 'Agent' || object === 'SkillGroup' ? object : 'Call';
  };
  typedField($('#node-input-object'), {
    label: () => $('#ctios-object-label').text(),
    search: objectsOf(kind, chosenSession),
    types: OBJECT_TYPES,
    typeField: '#node-input-objectType',
  });
  args = rowsEditor(
    {
      list: 'ctios-args',
      label: text('rows.of.args'),
      keyLabel: text('rows.keyword'),
      valueLabel: text('rows.fromMessage'),
      keys: () => request()?.args.map(({ keyword }) => [keyword, meaningOf(keyword)] as const) ?? allKeywords(),
      context: { session: chosenSession, reasonFor: () => reasonFor(request()?.name) },
      check: (rows) => argumentComplaints(rows, String($('#node-input-request').val() ?? '')),
      typed: true,
    },
    (node.args as RowValue[] | undefined) ?? [],
  );
  const show = (): void => {
    const definition = request();
    describe(definition);
    $('#ctios-object-row').toggle(
      definition === undefined || ['Call', 'Agent', 'SkillGroup'].includes(definition.object),
    );
    $('#ctios-object-label').text(textOr(`objects.${definition?.object ?? 'any'}`, text('objects.any')));
    $('#node-input-object').trigger('change');
    $('#ctios-password-row').toggle(
      definition === undefined || definition.args.some(({ keyword }) => keyword === 'AgentPassword'),
    );
    fillFollowOns(definition, String($('#node-input-complete').val() ?? node.complete ?? ''));
  };
  $('#node-input-request').on('change', () => {
    show();
    offerRequired(request());
    args?.check();
  });
  $('#node-input-complete').on('change', () => {
    $('#ctios-follow-on-row').toggle($('#node-input-complete').val() !== '');
  });
  fillFollowOns(request(), String(node.complete ?? ''));
  show();
  whenWordsCome(() => describe(request()));
}

export function saveAction(node: EditorNode): void {
  if (args === undefined) return;
  // A blank row only showed what can be given: the value comes from the message, as if there were no row.
  node.args = args.values().filter(({ value }) => value !== '');
  args = undefined;
}

/** The state change that a reason is for: from the request, or from the state in the other row. */
function reasonFor(request: string | undefined): string | undefined {
  if (request === 'Logout') return request;
  const { value } = args?.values().find(({ key }) => key.toLowerCase() === 'agentstate') ?? {};
  const number = value === undefined || value === '' ? undefined : enumValue('AgentState', value);
  return number === undefined ? undefined : enumName('AgentState', number);
}

/** The label of an action node without a name. */
export function actionLabel(node: EditorNode, fallback: string): string {
  return node.name || String(node.request ?? '') || fallback;
}

function fillRequests(type: string, chosen: string): void {
  const select = $('#node-input-request').empty();
  if (type === 'ctios-request') select.append($('<option value="">').text(text('request.fromTopic')));
  const groups = new Map<string, RequestDefinition[]>();
  for (const definition of Object.values(requests)) {
    if (definition.node !== type && type !== 'ctios-request') continue;
    groups.set(definition.group, [...(groups.get(definition.group) ?? []), definition]);
  }
  for (const [group, members] of groups) {
    const part = $('<optgroup>').attr('label', textOr(`groups.${group.replace(/ /g, '-')}`, group));
    for (const { name } of members) part.append($('<option>').val(name).text(name));
    if (type === 'ctios-request' && group === 'session') {
      for (const name of SESSION_METHODS) part.append($('<option>').val(name).text(name));
    }
    select.append(part);
  }
  select.val(chosen);
}

function describe(definition: RequestDefinition | undefined): void {
  const about = $('#ctios-request-about').empty();
  if (definition === undefined) return;
  for (const sentence of explained(definition)) about.append($('<span>').text(sentence), ' ');
}

/** A row for each required argument: if it is left blank, the value comes from the message. */
function offerRequired(definition: RequestDefinition | undefined): void {
  if (args === undefined || definition === undefined) return;
  const kept = args.values().filter(({ value }) => value !== '');
  args.clear();
  for (const row of kept) args.add(row);
  for (const { keyword, optional } of definition.args) {
    if (!optional && !kept.some(({ key }) => key === keyword)) args.add({ key: keyword, value: '', type: 'str' });
  }
}

function fillFollowOns(definition: RequestDefinition | undefined, chosen: string): void {
  const select = $('#node-input-complete').empty();
  select.append($('<option value="">').text(text('complete.confirmation')));
  for (const event of definition?.followOn ?? []) select.append($('<option>').val(event).text(event));
  select.val(definition?.followOn.some((event) => event === chosen) ? chosen : '').trigger('change');
}
