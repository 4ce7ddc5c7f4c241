/** Texts of the sidebar: in the catalog of its own set. */
const CATALOG = '@openctios/node-red-ctios/sidebar:';

export function text(key: string, values?: Record<string, unknown>): string {
  return RED._(CATALOG + key, values);
}
