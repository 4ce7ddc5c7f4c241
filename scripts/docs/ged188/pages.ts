/**
 * The reference of the CTI Server protocol, made from the tables that the codec is compiled from: a page per service
 * with every message and field, one of the named numbers, one of the tags. A test keeps the files equal to this.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Layout, layoutOf, type Slot } from '../../../src/ged188/codec/layout.js';
import * as constants from '../../../src/ged188/constants/index.js';
import type { Group } from '../../../src/ged188/definition/field.js';
import type { MessageDefinition } from '../../../src/ged188/definition/message.js';
import { Tag } from '../../../src/ged188/definition/tags.js';
import { MAX_VERSION, messages, NAME_ONLY, services } from '../../../src/ged188/index.js';
import { Remarks } from './remarks.js';
import { fixedTable, floatingTable, groupNames, row } from './tables.js';
import { versionRows } from './versions.js';

const MADE = '<!-- Made by `npm run docs`; change its source instead. -->\n';

const TITLES: Record<keyof typeof services, readonly [title: string, about: string]> = {
  session: ['Session management', 'Opening, keeping and closing a session; failures; standby and maintenance.'],
  'client-events': ['Client events', 'Calls and agents, as they happen.'],
  'all-events': ['All events', 'Sent to all-events sessions only.'],
  'call-data-update': ['Call data update', 'Changing the data of a call.'],
  'client-control': [
    'Client control',
    'Third-party requests: placing, treating and observing calls, setting agent states.',
  ],
  miscellaneous: ['Miscellaneous', 'Requests and events that every session may use.'],
  'peripheral-monitor': ['Peripheral monitor', 'Monitors on single calls and devices.'],
  'client-monitor': ['Client monitor', 'Watching the sessions of other clients.'],
  supervisor: ['Supervisor', 'Assistance, supervision of calls, teams.'],
  server: ['Server', 'Services that a client offers to the CTI Server, such as recording.'],
  config: ['Configuration', 'The configuration of the contact center, as blocks of records and as updates.'],
};

const DIRECTIONS = { client: 'client to server', server: 'server to client', both: 'both ways' } as const;

const messageSection = (definition: MessageDefinition, serviceOf: Map<string, string>): string => {
  const { name, number, facts } = definition;
  const layout: Layout = layoutOf(definition, MAX_VERSION);
  const reply = facts.reply === undefined ? undefined : link(facts.reply, serviceOf);
  const lines = [
    `## ${name}`,
    '',
    [
      `Number ${number}`,
      DIRECTIONS[facts.from],
      reply === undefined ? '' : `answered by ${reply}`,
      facts.since === undefined ? '' : `from version ${facts.since}`,
      facts.source === undefined ? '' : facts.source,
    ]
      .filter(Boolean)
      .join(' · '),
  ];
  if (facts.note !== undefined) lines.push('', facts.note);
  if (layout.fixed.length > 0) lines.push('', `Fixed part, ${layout.fixedEnd - 8} bytes:`, ...fixedTable(layout.fixed));
  if (facts.orFixed !== undefined) {
    const other = layoutOf(definition, MAX_VERSION, 'orFixed');
    lines.push('', `Or, ${other.fixedEnd - 8} bytes:`, ...fixedTable(other.fixed));
  }
  const own = new Set(Object.keys(facts.floating ?? {}));
  const floating = layout.floating.filter((slot) => own.has(slot.name));
  const extra = layout.floating.filter((slot) => !own.has(slot.name));
  if (floating.length > 0) lines.push('', 'Floating part:', ...floatingTable(floating));
  if (extra.length > 0) lines.push('', 'By the table of tags, also:', ...floatingTable(extra));
  return lines.join('\n');
};

const link = (name: string, serviceOf: Map<string, string>): string => {
  const service = serviceOf.get(name);
  return service === undefined ? name : `[${name}](${service}.md#${name.toLowerCase()})`;
};

const byNumber = (a: { number: number }, b: { number: number }): number => a.number - b.number;

const servicePage = (service: keyof typeof services, serviceOf: Map<string, string>): string => {
  const definitions: MessageDefinition[] = Object.values<MessageDefinition>(services[service]).sort(byNumber);
  const [title, about] = TITLES[service];
  const contents = definitions.map(({ name, number }) => `${number} ${link(name, serviceOf)}`).join(' · ');
  const sections = definitions.map((definition) => messageSection(definition, serviceOf));
  return `${MADE}# ${title}\n\n${about} Offsets count from the end of the header, in version ${MAX_VERSION}.\n\n${contents}\n\n${sections.join('\n\n')}\n`;
};

const remarks = new Remarks();

const constantsPage = (): string => {
  const sections = [...groupNames]
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([group, name]) => {
      const entries = Object.entries(group as Group);
      const withRemark = entries.some(([constant]) => remarks.of(name, constant) !== '');
      const values = entries.map(([constant, value]) => {
        const cells = [value, `0x${value.toString(16)}`, `\`${constant}\``];
        return row(...cells, ...(withRemark ? [remarks.of(name, constant)] : []));
      });
      const head = ['number', 'hex', 'name', ...(withRemark ? ['remark'] : [])];
      return [`## ${name}`, '', row(...head), `|${head.map(() => '---').join('|')}|`, ...values].join('\n');
    });
  const nulls = Object.entries(constants).flatMap(([name, value]) =>
    typeof value === 'number' ? [row(`\`${name}\``, `0x${value.toString(16)}`)] : [],
  );
  return `${MADE}# Named numbers\n\n| null value | |\n|---|---|\n${nulls.join('\n')}\n\n${sections.join('\n\n')}\n`;
};

const tagsPage = (): string => {
  const users = new Map<number, { field: string; message: string; since: number; until: number }[]>();
  const collect = (name: string, slots: readonly Slot[]): void => {
    for (const slot of slots) {
      const tags = slot.kind === 'list' ? [slot.facts.within] : [slot.facts.tag, ...(slot.facts.acceptTags ?? [])];
      for (const tag of tags)
        if (typeof tag === 'number') {
          const { since = 0, until = Number.POSITIVE_INFINITY } = slot.facts as { since?: number; until?: number };
          users.set(tag, [...(users.get(tag) ?? []), { field: slot.name, message: name, since, until }]);
        }
      if (slot.kind === 'list' && slot.facts.within === undefined) collect(name, slot.items);
    }
  };
  for (const definition of Object.values<MessageDefinition>(messages)) {
    collect(definition.name, layoutOf(definition, MAX_VERSION).floating);
  }
  const rows = Object.entries(Tag).map(([name, tag]) => {
    // A number that a later version uses for another tag belongs to the fields of its own time.
    const time = remarks.versionsOf('Tag', name);
    const uses = (users.get(tag) ?? []).filter(({ since, until }) => since <= time.until && until >= time.since);
    const fields = [...new Set(uses.map(({ field }) => field))].join(', ');
    return row(tag, `\`${name}\``, fields, uses.length || '', remarks.of('Tag', name));
  });
  return `${MADE}# Tags of the floating fields

A tag without a field belongs to messages whose layout the guide does not print.

| tag | name | field | messages | versions |
|---|---|---|---|---|
${rows.join('\n')}
`;
};

const indexPage = (serviceOf: Map<string, string>): string => {
  const known = Object.values<MessageDefinition>(messages).map(({ name, number, facts }) => ({
    number,
    line: row(
      number,
      link(name, serviceOf),
      DIRECTIONS[facts.from],
      `[${serviceOf.get(name)}](${serviceOf.get(name)}.md)`,
      facts.since ?? '',
    ),
  }));
  const named = NAME_ONLY.map(({ name, number, from, service, since }) => ({
    number,
    line: row(number, name, DIRECTIONS[from], `${service}; name and number only`, since ?? ''),
  }));
  const rows = [...known, ...named].sort(byNumber).map(({ line }) => line);
  return `${MADE}# The CTI Server protocol (GED-188)

What \`src/ged188/\` speaks: versions 10 to 25, ${known.length} messages with their layouts, ${named.length} by name and number.
[Named numbers](constants.md) · [tags](tags.md)

## On the wire

* TCP. Every message is a header of 8 bytes and a body: the length of the body and the number of the message, four bytes
  each. A message has at most 12,500 bytes, header included.
* Numbers are big-endian, nothing is aligned. UCHAR has one byte, USHORT and BOOL two, INT, UINT and TIME (seconds since
  1970, UTC) four.
* The *fixed part* comes first, its fields in the order of the table. The *floating part* is a run of fields, each with a
  tag, a length and its data; the length counts the data only. Up to version 19 tag and length have one byte each, from
  version 20 on two.
* STRING is text that ends in a null; its limit counts the null. UNSPEC is bytes.
* A list is counted by a field of its own. Its elements follow each other in the floating part; an element begins when a
  field that it already has comes again. A named variable (ECC) is one field: name and value, each ended by a null; an
  array element has an index of one byte before them. All of them together hold at most 2,000 bytes.
* Where the guide prints an array without an array type, elements are sent one by one, and are understood packed into
  one field too.

## How the codec treats it

* \`decode(frame, version)\` never fails on what a server may send. Messages without a layout are
  \`{ type: 'UNKNOWN', number, raw }\`; unknown tags are kept in \`unknown\` and encoded again behind all others; missing
  fields of the fixed part hold their null values. A \`DecodeReport\` counts what was odd, and tells each kind once.
* A server newer than version 25 is read by the layouts of version 25.
* \`encode(message, version)\` computes counts, fills in null values, leaves out what the version does not have, and
  refuses what does not fit with an \`EncodeError\` that names field, limit and length. Nothing is ever cut.
* Text outside ASCII stands in a charset of your choice, \`latin1\` if you name none.
* \`FAILURE_CONF\` is published in two layouts. Both are understood; the one with the peripheral's error code is sent if the
  message has such a code.

## What the versions changed

| version | new |
|---|---|
${versionRows().join('\n')}

## Unified CCX

The Unified CCX family speaks versions 10 to 18 of the same protocol on a port of its own. Its messages have the same
numbers and layouts as far as both guides print them; the team configuration messages (242 to 244) and
\`SUPERVISOR_ASSIST_EVENT\` (120) are known from its guide only. What its guide adds beyond these is not part of the tables:
such messages are decoded as unknown, such fields kept by their tags.

## All messages

| number | name | direction | service | from version |
|---|---|---|---|---|
${rows.join('\n')}
`;
};

/** Every page: path under the repository, and content. */
export const ged188Pages = (): Map<string, string> => {
  const names = Object.keys(services) as (keyof typeof services)[];
  const serviceOf = new Map(
    names.flatMap((service) => Object.keys(services[service]).map((name) => [name, service] as const)),
  );
  return new Map([
    ['docs/reference/ged188/README.md', indexPage(serviceOf)],
    ['docs/reference/ged188/constants.md', constantsPage()],
    ['docs/reference/ged188/tags.md', tagsPage()],
    ...names.map((service) => [`docs/reference/ged188/${service}.md`, servicePage(service, serviceOf)] as const),
  ]);
};

if (require.main === module) {
  const root = resolve(__dirname, '..', '..', '..', '..');
  for (const [path, text] of ged188Pages()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
