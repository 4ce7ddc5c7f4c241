/** JSON Schema of the records that ctios-contact sends. Nothing else is in a record, so a test can hold each against it. */
type Schema = Record<string, unknown>;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const time: Schema = { type: 'integer', description: 'Milliseconds since the epoch' };
const seconds: Schema = { type: 'number', minimum: 0, description: 'Seconds' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

function record(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const DURATIONS: Record<string, Schema> = {
  queueSeconds: seconds,
  ringSeconds: seconds,
  talkSeconds: seconds,
  holdSeconds: seconds,
  consultSeconds: seconds,
  wrapupSeconds: seconds,
};
const TIMES: Record<string, Schema> = { began: time, answered: time, ended: time };
const REASON: Schema = { enum: ['abandoned', 'redirected', 'transferred', 'ended'] };
const UNKNOWN = [...Object.keys(TIMES), ...Object.keys(DURATIONS), 'holds', 'reason'];

const DEFINITIONS: Record<string, Schema> = {
  agent: record({ id: text }, { peripheral: { type: 'integer' }, instrument: text, name: text }),
  caller: record(
    { received: text, kind: { enum: ['public', 'internal', 'withheld', 'absent', 'unknown'] } },
    { from: text, e164: text, national: text, country: text, extension: text },
  ),
  party: record({ time }, { device: text, agent: ref('agent') }),
  gap: record({ from: time, to: time }),
};

const SHARED: Record<string, Schema> = {
  key: text,
  journey: text,
  time: { type: 'string', format: 'date-time' },
  caller: ref('caller'),
  direction: { enum: ['inbound', 'outbound', 'internal'] },
  fields: { type: 'object', additionalProperties: text },
  unknown: { ...listOf({ enum: UNKNOWN }), description: 'Values that the session did not see; they are absent' },
};
const OPTIONAL: Record<string, Schema> = {
  ...TIMES,
  ...DURATIONS,
  dialed: text,
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
      recordings: listOf(record({ began: time }, { ended: time })),
    },
    { ...OPTIONAL, holds: count, reason: REASON, wrapupData: text },
  );
  const contact = record(
    {
      event: { const: 'contact' },
      ...SHARED,
      outcome: { enum: ['answered', 'abandoned'] },
      segments: listOf(record({ key: text, agent: ref('agent') }, { reason: REASON })),
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
