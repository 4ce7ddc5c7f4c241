/** JSON Schema of the bodies that ctios-screen-pop sends: pop and update on the first output, ended on the second. */
import {
  agent,
  caller,
  direction,
  endReason,
  fields,
  isoTime,
  record,
  ref,
  type Schema,
  seconds,
  text,
} from './schema-parts.js';

const CONTACT: Record<string, Schema> = {
  key: text,
  journey: text,
  visit: { type: 'integer', minimum: 1 },
  time: isoTime,
  agent: ref('agent'),
};

const pop = (event: 'pop' | 'update'): Schema =>
  record(
    {
      event: { const: event },
      ...CONTACT,
      trigger: { enum: ['precall', 'delivered', 'established'] },
      caller: ref('caller'),
      customer: ref('caller'),
      direction,
      call: record(
        {},
        { id: text, type: { type: 'integer' }, status: { type: 'integer' }, skillGroup: { type: 'integer' } },
      ),
      fields,
    },
    { dialed: text, url: text },
  );

/** By `event`. */
export function popSchema(): Schema {
  const ended = record(
    { event: { const: 'ended' }, ...CONTACT, reason: endReason, call: record({}, { id: text }) },
    { ringSeconds: seconds, talkSeconds: seconds },
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Bodies of ctios-screen-pop, by their event',
    $defs: { agent, caller, pop: pop('pop'), update: pop('update'), ended },
    oneOf: [ref('pop'), ref('update'), ref('ended')],
  };
}
