import { strict as assert } from 'node:assert';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { messageSchema } from '../../scripts/schemas/message-schema.js';
import { eventSchema, requestSchema } from '../../scripts/schemas.js';

interface Schema {
  $defs: Record<
    string,
    { properties: Record<string, Record<string, unknown>>; required?: string[]; patternProperties?: object }
  >;
}

describe('the JSON Schemas of the package', () => {
  it('describe the payload of each event without required keys, because absent keys are omitted', () => {
    const { $defs } = eventSchema() as unknown as Schema;
    assert.equal($defs.OnCallBegin?.properties.ANI?.type, 'string');
    assert.equal($defs.OnCallBegin?.properties.CallType?.type, 'integer');
    for (const [name, definition] of Object.entries($defs)) assert.equal(definition.required, undefined, name);
  });

  it('list the values of enumerations, without rejecting those of newer servers', () => {
    for (const schema of [eventSchema(), requestSchema()] as unknown as {
      definitions: Record<string, { anyOf: unknown[] }>;
    }[]) {
      const states = schema.definitions.AgentState!.anyOf;
      assert.deepEqual(states[3], { const: 3, title: 'Available', description: 'ready for a call' });
      assert.equal(states.at(-1), true);
    }
    const { $defs } = eventSchema() as unknown as Schema;
    assert.equal($defs.OnAgentStateChange?.properties.AgentState?.$ref, '#/definitions/AgentState');
  });

  it('describe the arguments of each request: required keys, lengths, enumerations by number or name', () => {
    const { $defs } = requestSchema() as unknown as Schema;
    const state = $defs.SetAgentState!;
    assert.ok(state.required?.includes('AgentState'));
    assert.deepEqual(state.properties.AgentState?.type, ['integer', 'string']);
    assert.ok((state.properties.AgentState!.examples as string[]).includes('NotReady'));
    assert.equal($defs.SetCallData?.properties.CallVariable1?.maxLength, 40);
  });

  it('describe the previous values of an event', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(messageSchema(), 'messages');
    const valid = ajv.getSchema('messages#/$defs/ctios')!;
    const ctios = {
      session: 's1',
      interface: 'IAgentEvents',
      event: 'OnAgentStateChange',
      time: 1,
      sequence: 1,
      names: {},
    };
    assert.equal(
      valid({ ...ctios, previous: { AgentState: 3, since: 1, CallVariable1: null, 'user.Tier': 'gold' } }),
      true,
    );
    assert.equal(valid({ ...ctios, previous: { AgentState: {} } }), false);
    assert.equal(valid({ ...ctios, previous: { since: 'yesterday' } }), false);
  });
});
