/** Names a variable that is not set, and the field of the dialog that has it: in English, as every error. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The labels of the dialog. */
const CATALOG = join(__dirname, '..', '..', '..', 'ctios-session', 'locales', 'en-US', 'ctios-session.json');

/** @param field the setting: "hostA" */
export function missingVariableIn(field: string, variable: string): string {
  const { session } = JSON.parse(readFileSync(CATALOG, 'utf8')) as { session: Record<string, string> };
  return `${session[field] ?? field}: the environment variable ${variable} is not set.`;
}
