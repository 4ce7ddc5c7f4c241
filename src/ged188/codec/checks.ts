/**
 * What a decoded message says against its own table: counts that are not the number of a list's elements, numbers that
 * an enumeration does not name. Looked at only when somebody wants a report; the message stands as it is.
 */
import type { FieldFacts, Group } from '../definition/field.js';
import type { Layout, ListSlot, Slot } from './layout.js';
import type { DecodeReport } from './report.js';

type Values = Readonly<Record<string, unknown>>;
type Check = (values: Values, report: DecodeReport) => void;

/** All ones: "none" in every enumeration, whether its table says so or not. */
const NULLS: Partial<Record<FieldFacts['wire'], number>> = { UCHAR: 0xff, USHORT: 0xffff, UINT: 0xffffffff, INT: -1 };

const enumerationCheck = (message: string, path: string, name: string, facts: FieldFacts): Check => {
  const groups: Group[] = [facts.enumeration, facts.alternative].filter((group) => group !== undefined);
  const named = new Set(groups.flatMap((group) => Object.values(group)));
  const none = NULLS[facts.wire];
  if (none !== undefined) named.add(none);
  return (values, report) => {
    const value = values[name];
    if (value === undefined || typeof value === 'boolean' || named.has(value as number)) return;
    report.note('outside-enumeration', message, path + name, value as number);
  };
};

const countCheck = (message: string, path: string, name: string, list: string): Check => {
  return (values, report) => {
    const count = values[name];
    if (typeof count !== 'number' || count === (values[list] as readonly unknown[]).length) return;
    report.note('count-mismatch', message, path + name, count);
  };
};

const fieldChecks = (message: string, path: string, name: string, facts: FieldFacts): Check[] => {
  const checks: Check[] = [];
  if (facts.enumeration !== undefined) checks.push(enumerationCheck(message, path, name, facts));
  if (facts.counts !== undefined) checks.push(countCheck(message, path, name, facts.counts));
  return checks;
};

const listCheck = (message: string, path: string, slot: ListSlot): Check[] => {
  const { name } = slot;
  const checks = slot.items.flatMap((item) => slotChecks(message, `${path}${name}.`, item));
  if (checks.length === 0) return [];
  return [
    (values, report) => {
      for (const element of values[name] as readonly Values[]) for (const check of checks) check(element, report);
    },
  ];
};

const slotChecks = (message: string, path: string, slot: Slot): Check[] =>
  slot.kind === 'list' ? listCheck(message, path, slot) : fieldChecks(message, path, slot.name, slot.facts);

/** All checks of a message as one. */
export const checksOf = (layout: Layout): Check => {
  const checks = [
    ...layout.fixed.flatMap(({ name, facts }) => fieldChecks(layout.name, '', name, facts)),
    ...layout.floating.flatMap((slot) => slotChecks(layout.name, '', slot)),
  ];
  return (values, report) => {
    for (const check of checks) check(values, report);
  };
};
