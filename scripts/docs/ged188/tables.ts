/** The cells and rows of the pages of the protocol. */
import type { FixedSlot, Slot } from '../../../src/ged188/codec/layout.js';
import * as constants from '../../../src/ged188/constants/index.js';
import type { FieldFacts, Group } from '../../../src/ged188/definition/field.js';
import { WIDE_TAGS_SINCE } from '../../../src/ged188/versions.js';

export const groupNames = new Map<unknown, string>(
  Object.entries(constants).flatMap(([name, value]) => (typeof value === 'object' ? [[value, name] as const] : [])),
);

const groupLink = (group: Group): string => {
  const name = groupNames.get(group) ?? '';
  return `[${name}](constants.md#${name.toLowerCase()})`;
};

/** What the values of a field mean. */
const meaning = (facts: FieldFacts): string => {
  const parts: string[] = [];
  if (facts.enumeration !== undefined) parts.push(groupLink(facts.enumeration));
  if (facts.alternative !== undefined) parts.push(`or ${groupLink(facts.alternative)}`);
  if (facts.mask !== undefined) parts.push(`bits of ${groupLink(facts.mask)}`);
  if (facts.counts !== undefined) parts.push(`number of \`${facts.counts}\``);
  if (facts.absent !== undefined) parts.push(`none: 0x${facts.absent.toString(16)}`);
  if (facts.required) parts.push('required');
  return parts.join(', ');
};

/** A tag of more than one byte cannot be sent before tags have two. */
const firstVersion = ({ since, tag }: FieldFacts): number | undefined =>
  typeof tag === 'number' && tag > 0xff ? Math.max(since ?? 0, WIDE_TAGS_SINCE) : since;

const versions = (facts: FieldFacts): string => {
  const since = firstVersion(facts);
  const { until } = facts;
  if (since !== undefined && until !== undefined) return `${since} to ${until}`;
  if (since !== undefined) return `from ${since}`;
  return until === undefined ? '' : `to ${until}`;
};

const limit = ({ size, max, maxBefore }: FieldFacts): string => {
  if (size !== undefined) return String(size);
  return `≤ ${max}${maxBefore === undefined ? '' : `; before ${maxBefore.version} ≤ ${maxBefore.max}`}`;
};

export const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const fixedTable = (slots: readonly FixedSlot[]): string[] => [
  '',
  row('offset', 'field', 'type', 'bytes', 'values', 'versions'),
  '|---|---|---|---|---|---|',
  ...slots.map(({ name, facts, offset }) =>
    row(
      offset === undefined ? '' : offset - 8,
      `\`${name}\``,
      facts.wire,
      limit(facts),
      meaning(facts),
      versions(facts),
    ),
  ),
];

const floatingRows = (slots: readonly Slot[], path: string): string[] =>
  slots.flatMap((slot) => {
    const name = `\`${path}${slot.name}${slot.kind === 'list' ? '[]' : ''}\``;
    if (slot.kind === 'field') {
      const { facts } = slot;
      const tags = facts.tag === null ? 'none' : [facts.tag, ...(facts.acceptTags ?? [])].filter(Boolean).join(', ');
      return [row(tags, name, facts.wire, limit(facts), meaning(facts), versions(facts))];
    }
    const { max, within, packable, records } = slot.facts;
    const remarks = [
      records ? 'records' : 'list',
      max === undefined ? '' : `at most ${max}`,
      packable ? 'also understood packed into one field' : '',
      within === undefined ? '' : 'each element one field',
    ].filter(Boolean);
    const items =
      within === undefined
        ? floatingRows(slot.items, `${path}${slot.name}[].`)
        : structRows(slot.items, `${path}${slot.name}[].`);
    return [row(within ?? '', name, '', '', remarks.join(', '), ''), ...items];
  });

/** The parts of a field that contains a whole element: they have no tags of their own. */
const structRows = (slots: readonly Slot[], path: string): string[] =>
  slots.flatMap((slot) =>
    slot.kind === 'field' ? [row('', `\`${path}${slot.name}\``, slot.facts.wire, limit(slot.facts), '', '')] : [],
  );

export const floatingTable = (slots: readonly Slot[]): string[] => [
  '',
  row('tag', 'field', 'type', 'bytes', 'values', 'versions'),
  '|---|---|---|---|---|---|',
  ...floatingRows(slots, ''),
];
