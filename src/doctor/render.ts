/** Findings as lines for people. */

import type { Examination } from './examine.js';
import { CHECKS, type Finding } from './findings.js';

const MARKS: Readonly<Record<Finding['severity'], string>> = {
  ok: 'ok     ',
  note: 'note   ',
  warning: 'WARNING',
  error: 'ERROR  ',
};

/** "A ERROR   TCP connection: …", and below it what to do. */
export function findingLine({ side, check, severity, message, todo }: Finding): string {
  const line = `${side} ${MARKS[severity]} ${CHECKS[check]}: ${message}`;
  return todo === undefined ? line : `${line}\n            To do: ${todo}.`;
}

export function summaryLine({ errors, warnings }: Examination): string {
  if (errors + warnings === 0) return 'Nothing is wrong.';
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}
