/** The common parts of the schemas of bodies sent to a CRM: those of the screen pop and of the contact records. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const time: Schema = { type: 'integer', description: 'Milliseconds since the epoch' };
export const seconds: Schema = { type: 'number', minimum: 0, description: 'Seconds' };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** An object with these properties and no others. */
export function record(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

export const agent: Schema = record({ id: text }, { peripheral: { type: 'integer' }, instrument: text, name: text });

export const caller: Schema = record(
  { received: text, kind: { enum: ['public', 'internal', 'withheld', 'absent', 'unknown'] } },
  { from: text, e164: text, national: text, country: text, extension: text },
);

export const fields: Schema = { type: 'object', additionalProperties: text };
export const isoTime: Schema = { type: 'string', format: 'date-time' };
/** How the visit of a call at an agent ended. */
export const direction: Schema = { enum: ['inbound', 'outbound', 'internal'] };
export const endReason: Schema = { enum: ['abandoned', 'redirected', 'transferred', 'ended'] };
