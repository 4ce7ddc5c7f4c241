/** Formats findings as readable lines. */

import type { Examination } from './examine.js';
import { CHECKS, type Finding } from './findings.js';

const MARKS: Readonly<Record<Finding['severity'], string>> = {
  ok: 'ok     ',
  note: 'note   ',
  warning: 'WARNING',
  error: 'ERROR  ',
};

/** "A ERROR   TCP connection: …", followed by a line with what to do. */
export function findingLine({ side, check, severity, message, todo }: Finding): string {
  const line = `${side} ${MARKS[severity]} ${CHECKS[check]}: ${message}`;
  return todo === undefined ? line : `${line}\n            Action: ${todo}.`;
}

export function summaryLine({ errors, warnings }: Examination): string {
  if (errors + warnings === 0) return 'No problems found.';
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}
