/** Texts of the editor: all of them are in the catalog of the set that is loaded first. */
const CATALOG = '@openctios/node-red-ctios/ctios-session:';

export function text(key: string, values?: Record<string, unknown>): string {
  return RED._(CATALOG + key, values);
}

/** The text of a key, or the fallback if the catalog has none: for names that come from the vocabulary. */
export function textOr(key: string, fallback: string): string {
  const found = RED._(CATALOG + key, { defaultValue: fallback });
  return found === CATALOG + key || found === key ? fallback : found;
}
