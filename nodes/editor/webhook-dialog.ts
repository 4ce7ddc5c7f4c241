/** The dialog of the webhook node. */
import { prepare } from './dialogs.js';
import { type Rows, type RowValue, rowsEditor } from './rows.js';
import { text } from './text.js';
import { type FieldType, typedField } from './typed-field.js';

const TYPES: readonly FieldType[] = ['msg', 'flow', 'global', 'env', 'jsonata'];
const FIELDS = ['url', 'body', 'key', 'ordering'] as const;
/** Offered where the name of a header is typed. */
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
    $('.ctios-if-user').toggle(kind === 'oauth2' || kind === 'basic');
    $('.ctios-if-secret').toggle(kind !== 'none');
    $('.ctios-if-signed').toggle($('#node-input-signed').prop('checked') === true);
  };
  $('#node-input-authentication, #node-input-signed').on('change', show);
  show();
}

export function saveWebhook(node: EditorNode): void {
  if (headers !== undefined) node.headers = headers.values();
  headers = undefined;
}
