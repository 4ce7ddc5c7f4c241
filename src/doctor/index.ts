/** The doctor: what is wrong between this machine and a CTI Server, and whom to ask for what. */
export { type DoctorOptions, type Examination, examine } from './examine.js';
export { CHECKS, type Check, FINDINGS, type Finding, type FindingCode, type Severity } from './findings.js';
export { findingLine, summaryLine } from './render.js';
