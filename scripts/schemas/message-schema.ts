/** `msg.ctios` of the messages of event nodes, as JSON Schema. */
import { TRACKED_KEYWORDS } from '../../src/ctios/index.js';

type Schema = Record<string, unknown>;

const MILLISECONDS: Schema = { type: 'integer', description: 'Milliseconds since the epoch' };

/** null: the property had no value before the event. */
const FORMER: Schema = { type: ['string', 'number', 'boolean', 'null'] };

const previous: Schema = {
  type: 'object',
  description: 'The values that the event has replaced',
  properties: {
    ...Object.fromEntries(TRACKED_KEYWORDS.map((keyword) => [keyword, FORMER])),
    since: { ...MILLISECONDS, description: 'When the former AgentState or CallStatus began' },
    atLeast: { const: true, description: 'It may have begun earlier' },
  },
  patternProperties: { '^([uU][sS][eE][rR]\\.|BA)': FORMER },
};

export function messageSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Messages of event nodes',
    $defs: {
      ctios: {
        type: 'object',
        required: ['session', 'interface', 'event', 'time', 'sequence', 'names'],
        properties: {
          session: { type: 'string', description: 'Id of the config node' },
          interface: { type: 'string' },
          event: { type: 'string' },
          objectId: { type: 'string' },
          agentId: { type: 'string' },
          time: { ...MILLISECONDS, description: 'When the event was received, in milliseconds since the epoch' },
          sequence: { type: 'integer', minimum: 1 },
          lag: { type: 'number', description: 'Milliseconds that the event had to wait for the flows' },
          recovered: { const: true, description: 'Learned from a snapshot' },
          replayed: { const: true, description: 'Happened before it was read from the event stream' },
          previous,
          lasted: {
            type: 'object',
            description: 'For how long the state has lasted, where the node requires it to',
            required: ['since', 'seconds'],
            properties: {
              since: MILLISECONDS,
              seconds: { type: 'number', minimum: 0 },
              atLeast: { const: true, description: 'It may have begun earlier' },
            },
          },
          traceparent: {
            type: 'string',
            description: 'Place in the trace of the call (W3C Trace Context), if traces are on',
          },
          names: {
            type: 'object',
            description: 'Names of the enumeration values in the payload',
            additionalProperties: { type: 'string' },
          },
        },
      },
    },
  };
}
