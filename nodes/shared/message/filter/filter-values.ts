/**
 * The meaning of a value in a filter row. Only a trailing `*` after some text is a pattern; anywhere else it is data,
 * because it can be dialed: `*67`, `20*01`. Pure: the dialogs use it for validation, too.
 */

/** The values of a row: separated by commas, blank ones left out. */
export function valuesOfRow(text: string): string[] {
  return text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}

/** The required beginning of a matching text; undefined for a value that is matched literally. */
export function beginningOf(value: string): string | undefined {
  return value.endsWith('*') ? value.slice(0, -1) : undefined;
}

/** Whether a value consists of `*` only: it would match everything, like no row at all. */
export function withoutBeginning(value: string): boolean {
  return /^\*+$/.test(value);
}
