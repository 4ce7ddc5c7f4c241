/**
 * What a value of a filter row means. Only a `*` at the end, behind a beginning, is a pattern; anywhere else it is data,
 * since people dial it: `*67`, `20*01`. Pure: the dialogs check with it, too.
 */

/** The values of a row: separated by commas, blank ones left out. */
export function valuesOfRow(text: string): string[] {
  return text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}

/** What a text has to begin with to match; undefined for a value that is matched as written. */
export function beginningOf(value: string): string | undefined {
  return value.endsWith('*') ? value.slice(0, -1) : undefined;
}

/** Whether a value consists of `*` only: it would match everything, which is what no row at all does. */
export function withoutBeginning(value: string): boolean {
  return /^\*+$/.test(value);
}
