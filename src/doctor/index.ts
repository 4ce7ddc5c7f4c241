/** The doctor: diagnoses problems between this machine and a CTI Server, and shows what to do or whom to ask. */
export { type DoctorOptions, type Examination, examine } from './examine.js';
export { CHECKS, type Check, FINDINGS, type Finding, type FindingCode, inDialog, type Severity } from './findings.js';
export { findingLine, summaryLine } from './render.js';
