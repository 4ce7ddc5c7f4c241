/** The dialog of the webhook node. */

import { type FieldType, typedField } from '../fields/typed-field.js';
import { text } from '../text.js';
import { prepare } from './dialogs.js';
import { type Rows, type RowValue, rowsEditor } from './rows.js';

const TYPES: readonly FieldType[] = ['msg', 'flow', 'global', 'env', 'jsonata'];
const FIELDS = ['url', 'body', 'key', 'ordering'] as const;
/** Suggested names of headers. */
const HEADERS = ['Accept', 'Content-Type', 'OData-Version', 'Prefer', 'Telephony-Provider-Name'];

let headers: Rows | undefined;

export function prepareWebhook(node: EditorNode): void {
  prepare(node);
  for (const name of FIELDS) {
    typedField($(`#node-input-${name}`), {
      label: () => text(`webhook.${name}`),
      search: () => [],
      types: name === 'body' ? [...TYPES, 'json'] : TYPES,
      typeField: `#node-input-${name}Type`,
      optional: name === 'key' || name === 'ordering',
    });
  }
  headers = rowsEditor(
    {
      list: 'ctios-headers',
      label: text('webhook.header'),
      keyLabel: text('webhook.headerName'),
      valueLabel: text('rows.value'),
      keys: () => HEADERS.map((name) => [name, ''] as const),
      choices: () => [],
      context: { session: () => '' },
      typed: true,
    },
    (node.headers as RowValue[] | undefined) ?? [],
  );
  const show = (): void => {
    const kind = String($('#node-input-authentication').val());
    $('.ctios-if-oauth2').toggle(kind === 'oauth2');
    $('.ctios-if-scope').toggle(kind === 'oauth2' || kind === 'jwt');
    $('.ctios-if-user').toggle(kind === 'oauth2' || kind === 'basic' || kind === 'jwt');
    $('.ctios-if-secret').toggle(kind !== 'none');
    $('.ctios-if-stream').toggle($('#node-input-store').val() === 'stream');
    $('.ctios-if-signed').toggle($('#node-input-signed').prop('checked') === true);
  };
  $('#node-input-authentication, #node-input-signed, #node-input-store').on('change', show);
  show();
}

export function saveWebhook(node: EditorNode): void {
  if (headers !== undefined) node.headers = headers.values();
  headers = undefined;
}
