/**
 * Checks a decoded message against its table: list counts that do not match the number of elements, numbers that an
 * enumeration does not name. Compiled like the decoder, and run only if a report is wanted; the message itself is not
 * changed.
 */
import type { FieldFacts } from '../definition/field.js';
import type { Layout, Slot } from './layout.js';
import type { DecodeReport } from './report.js';

/** Records the oddities of a message. */
export type Checks = (message: object, report: DecodeReport) => void;

/** All bits set: means "none" in every enumeration, whether or not its table lists it. */
const NONE: Partial<Record<FieldFacts['wire'], number>> = { UCHAR: 0xff, USHORT: 0xffff, UINT: 0xffffffff, INT: -1 };

/** The numbers as runs without a gap: 1, 2, 3, 7 are 1 to 3 and 7 to 7. */
const runsOf = (numbers: Iterable<number>): [first: number, last: number][] => {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
};

/** A condition that holds for the numbers of a field's enumerations. */
const isNamed = (value: string, { wire, enumeration, alternative }: FieldFacts): string => {
  const none = NONE[wire];
  const numbers = [...Object.values({ ...enumeration, ...alternative }), ...(none === undefined ? [] : [none])];
  return runsOf(numbers)
    .map(([first, last]) =>
      first === last ? `${value} === ${first}` : `(${value} >= ${first} && ${value} <= ${last})`,
    )
    .join(' || ');
};

/**
 * Statements that check a field.
 * @param owner the object that has it
 * @param path what precedes its name in a report
 */
const fieldChecks = (message: string, owner: string, path: string, name: string, facts: FieldFacts): string => {
  const value = `${owner}.${name}`;
  const note = (kind: string): string => `report.note('${kind}', '${message}', '${path}${name}', ${value});`;
  if (facts.counts !== undefined) {
    return `if (${value} !== undefined && ${value} !== ${owner}.${facts.counts}.length) ${note('count-mismatch')}`;
  }
  if (facts.enumeration === undefined || facts.wire === 'BOOL') return '';
  return `if (!(${isNamed(value, facts)} || ${value} === undefined)) ${note('outside-enumeration')}`;
};

const slotChecks = (message: string, owner: string, path: string, slot: Slot): string => {
  if (slot.kind === 'field') return fieldChecks(message, owner, path, slot.name, slot.facts);
  const element = `${slot.name}_`;
  const body = slot.items.map((item) => slotChecks(message, element, `${path}${slot.name}.`, item)).filter(Boolean);
  return body.length === 0 ? '' : `for (const ${element} of ${owner}.${slot.name}) { ${body.join(' ')} }`;
};

/** Source of the checks of a message. */
export const checksSource = ({ name, fixed, floating }: Layout): string => {
  const statements = [
    ...fixed.map((slot) => fieldChecks(name, 'm', '', slot.name, slot.facts)),
    ...floating.map((slot) => slotChecks(name, 'm', '', slot)),
  ].filter(Boolean);
  return `'use strict';\nreturn function ${name}(m, report) {\n  ${statements.join('\n  ')}\n};`;
};

export const compileChecks = (layout: Layout): Checks => new Function(checksSource(layout))() as Checks;
