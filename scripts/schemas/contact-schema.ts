/**
 * JSON Schema of the records that ctios-contact sends. Records contain nothing else, so a test can validate each of
 * them.
 */
import {
  agent,
  caller,
  count,
  direction,
  endReason,
  fields,
  isoTime,
  listOf,
  record,
  ref,
  type Schema,
  seconds,
  text,
  time,
} from './schema-parts.js';

const DURATIONS: Record<string, Schema> = {
  queueSeconds: seconds,
  ringSeconds: seconds,
  talkSeconds: seconds,
  holdSeconds: seconds,
  consultSeconds: seconds,
  wrapupSeconds: seconds,
};
const TIMES: Record<string, Schema> = { began: time, answered: time, ended: time };
const UNKNOWN = [...Object.keys(TIMES), ...Object.keys(DURATIONS), 'holds', 'reason', 'customer', 'direction'];

const DEFINITIONS: Record<string, Schema> = {
  agent,
  caller,
  party: record({ time }, { device: text, agent: ref('agent') }),
  gap: record({ from: time, to: time }),
};

const SHARED: Record<string, Schema> = {
  key: text,
  journey: text,
  time: isoTime,
  caller: ref('caller'),
  fields,
  unknown: { ...listOf({ enum: UNKNOWN }), description: 'Values that the session did not see; they are absent' },
};
const OPTIONAL: Record<string, Schema> = {
  ...TIMES,
  ...DURATIONS,
  dialed: text,
  direction,
  customer: { ...ref('caller'), description: 'Whoever called: the caller, or the number that was called' },
  recovered: { const: true },
  gaps: listOf(ref('gap')),
};

/** By the topic of the message. */
export function contactSchema(): Schema {
  const segment = record(
    {
      event: { const: 'segment' },
      ...SHARED,
      visit: { type: 'integer', minimum: 1 },
      agent: ref('agent'),
      call: record({ id: text }, { type: { type: 'integer' }, skillGroup: { type: 'integer' } }),
      transfers: listOf(ref('party')),
      conferences: listOf(ref('party')),
      consults: listOf(ref('party')),
      reasonCodes: listOf(record({ time, state: { type: 'integer' }, code: { type: 'integer' } }, { text })),
      recordings: listOf(record({ began: time }, { ended: time, recorder: text, reference: text })),
    },
    { ...OPTIONAL, holds: count, reason: endReason, wrapupData: text },
  );
  const contact = record(
    {
      event: { const: 'contact' },
      ...SHARED,
      outcome: { enum: ['answered', 'abandoned'] },
      segments: listOf(record({ key: text, agent: ref('agent') }, { reason: endReason })),
      transfers: count,
      conferences: count,
    },
    OPTIONAL,
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Records of ctios-contact, by their topic',
    $defs: { ...DEFINITIONS, segment, contact },
    oneOf: [ref('segment'), ref('contact')],
  };
}
