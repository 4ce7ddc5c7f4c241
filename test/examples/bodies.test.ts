/**
 * Compares the requests of the CRM examples with the vendors' references (test/fixtures/crm, with their addresses):
 * names, types, units, enumerations, required properties. The functions of the examples run unchanged, with all kinds
 * of records.
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { SegmentRecord } from '../../src/contact/index.js';
import type { Pop } from '../../src/screenpop/index.js';
import { type FlowNode, ROOT } from '../support/node-red-process.js';
import { flowsOf } from './promises.js';

const BEGAN = Date.parse('2026-11-28T12:00:00.000Z');
const KEY = 'icm.46354.1/5000.1002/16777217.2002';
const CALLER = {
  received: '2065550101',
  kind: 'public',
  e164: '+12065550101',
  national: '(206) 555-0101',
  country: 'US',
} as const;
const shared = {
  key: KEY,
  journey: 'icm.46354.1',
  visit: 1,
  time: '2026-11-28T12:03:00.000Z',
  agent: { id: '1002', peripheral: 5000, name: 'Ada Ash' },
  caller: CALLER,
  customer: CALLER,
  dialed: '8001',
  fields: { CallVariable1: 'A-17', CallVariable2: "O'Hara^x" },
} as const;
const pop = (changes: Partial<Pop> = {}): Pop => ({
  ...shared,
  event: 'pop',
  trigger: 'delivered',
  direction: 'inbound',
  call: { id: 'call.5000.16777217.2002', type: 1, status: 2 },
  ...changes,
});
const segment = (changes: Partial<SegmentRecord> = {}): SegmentRecord => ({
  ...shared,
  event: 'segment',
  call: { id: 'call.5000.16777217.2002', type: 1 },
  direction: 'inbound',
  began: BEGAN,
  answered: BEGAN + 4_000,
  ended: BEGAN + 65_500,
  queueSeconds: 12.25,
  ringSeconds: 4,
  talkSeconds: 50.75,
  holdSeconds: 10.75,
  wrapupSeconds: 20,
  holds: 1,
  reason: 'ended',
  transfers: [],
  conferences: [],
  consults: [],
  wrapupData: 'Wrong number',
  reasonCodes: [],
  recordings: [{ began: BEGAN + 5_000, ended: BEGAN + 60_000, recorder: 'sip:r@192.0.2.20', reference: 'ABC' }],
  unknown: [],
  ...changes,
});

const withheld = { received: 'Anonymous', kind: 'withheld' } as const;
/** All kinds of ends. */
const SEGMENTS: Readonly<Record<string, SegmentRecord>> = {
  'a call with everything': segment(),
  'a call that nobody answered': segment({
    answered: undefined,
    talkSeconds: undefined,
    holdSeconds: undefined,
    wrapupData: undefined,
    reason: 'abandoned',
    recordings: [],
    unknown: [],
  }),
  'a call that the agent made': segment({ direction: 'outbound' }),
  'a call from a withheld number': segment({ caller: withheld, customer: withheld, dialed: undefined }),
  'a call of which the link saw little': segment({
    began: undefined,
    answered: undefined,
    ended: undefined,
    talkSeconds: undefined,
    holdSeconds: undefined,
    holds: undefined,
    recordings: [{ began: BEGAN }],
    unknown: ['began', 'answered', 'ended', 'talkSeconds', 'holdSeconds', 'holds'],
  }),
};
const POPS: Readonly<Record<string, Pop>> = {
  'a pop': pop(),
  'an answer': pop({ trigger: 'established' }),
  'a pop of a withheld number': pop({ caller: withheld, customer: withheld, dialed: undefined }),
};

type Message = Record<string, unknown>;
const RECORDINGS = 'https://recorder.example.com/{reference}.wav';

/** Runs function nodes of an example. Undefined properties are removed, as in the request. */
class Example {
  readonly #nodes: readonly FlowNode[];
  /** The context of the example's functions. */
  readonly #kept = { known: new Map(), ended: new Map() };

  constructor(label: string) {
    this.#nodes = flowsOf(label);
  }

  /** @returns all messages of all outputs */
  run(name: string, msg: Message, people: readonly (readonly [string, unknown])[] = []): Message[] {
    const node = this.#nodes.find((each) => each.type === 'function' && each.name === name);
    assert.ok(node, `no function "${name}"`);
    const tab = this.#nodes.find((each) => each.type === 'tab')!;
    const settings = new Map((tab.env as { name: string; value: string }[]).map(({ name, value }) => [name, value]));
    if (settings.has('RECORDING_URL')) settings.set('RECORDING_URL', RECORDINGS);
    const scope = {
      msg: structuredClone(msg),
      env: { get: (key: string) => settings.get(key) ?? '' },
      flow: { set: () => {} },
      node: { warn: assert.fail, error: assert.fail, status: () => {} },
      people: new Map(people),
      crypto: { createHash },
      ...this.#kept,
    };
    const result: unknown = new Function(...Object.keys(scope), `{ ${String(node.func)} }`)(...Object.values(scope));
    return [result].flat().filter((each) => each !== null && each !== undefined) as Message[];
  }
}

function checker(vendor: string): (definition: string, body: unknown) => void {
  const file = join(ROOT, 'test', 'fixtures', 'crm', `${vendor}.json`);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as { $defs: object };
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  ajv.addSchema(schema, vendor);
  return (definition, body) => {
    const validate = ajv.getSchema(`${vendor}#/$defs/${definition}`) as ValidateFunction;
    assert.ok(validate, `${vendor} describes no ${definition}`);
    const sent: unknown = JSON.parse(JSON.stringify(body));
    assert.ok(validate(sent), `${ajv.errorsText(validate.errors)} in ${JSON.stringify(sent)}`);
  };
}

const propertiesOf = ({ payload }: Message): Record<string, string> =>
  (payload as { inputs: { properties: Record<string, string> }[] }).inputs[0]!.properties;

describe('the requests of the examples to', () => {
  describe('HubSpot', () => {
    const example = new Example('12 HubSpot call log');
    const check = checker('hubspot');

    it('contain a valid search, and none for a withheld number', () => {
      const [search] = example.run('by number', { payload: POPS['a pop'], hubspot: 'https://api.hubapi.com' });
      assert.equal(search!.url, 'https://api.hubapi.com/crm/objects/2026-09/contacts/search');
      check('search', search!.payload);
      const [none] = example.run('by number', { payload: POPS['a pop of a withheld number'] });
      assert.equal(none!.url, undefined);
    });

    it('lead to a list without "null" or "undefined", whatever HubSpot knows of a person', () => {
      const results = [
        { firstname: 'Ada', lastname: 'Lovelace' },
        { firstname: null, lastname: 'One' },
        { firstname: null, lastname: null, phone: '+12065550101' },
        {},
      ].map((properties, id) => ({ id: String(id), properties }));
      const [shown] = example.run('none, one, several', { pop: pop(), payload: { results } });
      const { choose } = shown!.payload as { choose: { name: string }[] };
      assert.deepEqual(
        choose.map(({ name }) => name),
        ['Ada Lovelace', 'One', '+12065550101', 'no name'],
      );
    });

    it('create a call at the answer, not when it rings', () => {
      assert.deepEqual(example.run('the call object', { payload: POPS['a pop'] }), []);
      const [made] = example.run('the call object', { payload: POPS['an answer'] });
      check('upsert', made!.payload);
      assert.equal(propertiesOf(made!).hs_call_status, 'IN_PROGRESS');
    });

    for (const [what, record] of Object.entries(SEGMENTS))
      it(`describe a call correctly: ${what}`, () => {
        const [sent] = example.run('the call object', { payload: record });
        check('upsert', sent!.payload);
      });

    it('contain the duration in milliseconds, the outcome and the recording', () => {
      const [sent] = example.run('the call object', { payload: segment() });
      const { hs_call_duration, hs_call_disposition, hs_call_recording_url, hs_call_status } = propertiesOf(sent!);
      assert.deepEqual(
        [hs_call_duration, hs_call_disposition, hs_call_recording_url, hs_call_status],
        ['61500', '17b47fee-58de-441e-a44c-c6300d46f273', 'https://recorder.example.com/ABC.wav', 'COMPLETED'],
      );
      const [missed] = example.run('the call object', { payload: SEGMENTS['a call that nobody answered'] });
      assert.equal(propertiesOf(missed!).hs_call_status, 'NO_ANSWER');
      assert.equal(propertiesOf(missed!).hs_call_duration, undefined);
    });
  });

  describe('Zendesk', () => {
    const example = new Example('14 Zendesk calls');
    const check = checker('zendesk');
    for (const [what, record] of Object.entries(SEGMENTS))
      it(`describe a call record correctly: ${what}`, () => {
        const [sent] = example.run('the call record', { payload: record }, [['icm.46354.1', 101]]);
        check('calls', sent!.payload);
      });

    it('contain whole seconds, and the user of the pop', () => {
      const [sent] = example.run('the call record', { payload: segment() }, [['icm.46354.1', 101]]);
      const { call } = sent!.payload as { call: Record<string, unknown> };
      assert.deepEqual([call.talk_time, call.queue_time, call.end_user_id], [51, 12, 101]);
    });
  });

  describe('Dynamics 365', () => {
    const example = new Example('13 Dynamics 365 phone calls');
    const check = checker('dataverse');
    const contact = '00000000-0000-0000-0000-000000000101';
    for (const [what, record] of Object.entries(SEGMENTS))
      it(`describe a phone call and its end correctly: ${what}`, () => {
        const [sent] = example.run('the phone call', { payload: record }, [['icm.46354.1', contact]]);
        check('phonecall', sent!.payload);
        check('close', example.run('close it', sent!)[0]!.payload);
      });

    it('contain minutes, rounded up, and one row for each record', () => {
      const [first] = example.run('the phone call', { payload: segment() });
      const [again] = example.run('the phone call', { payload: segment({ wrapupData: 'Order' }) });
      assert.equal((first!.payload as Message).actualdurationminutes, 2);
      assert.equal((first!.payload as Message).directioncode, false, 'false is incoming');
      assert.equal(first!.url, again!.url);
    });
  });

  describe('Salesforce', () => {
    const example = new Example('15 Salesforce calls');
    const check = checker('salesforce');
    const withVoice = (payload: object) => example.run('the voice call', { payload, voice: 'https://x' });
    it('create, accept and route a voice call correctly', () => {
      for (const name of ['a pop', 'a pop of a withheld number']) {
        const [created] = withVoice(POPS[name]!);
        assert.deepEqual([created!.method, created!.url], ['POST', 'https://x/telephony/v1/voiceCalls']);
        check('create', created!.payload);
        JSON.parse(String((created!.payload as Message).callAttributes));
        const [routed] = example.run('its ID', { ...created, payload: { voiceCallId: '0LQ000000000001AAA' } });
        assert.equal(routed!.url, 'https://x/telephony/v1/voiceCalls/0LQ000000000001AAA/omniFlow');
        check('omniFlow', routed!.payload);
      }
      const [accepted] = withVoice(POPS['an answer']!);
      check('update', accepted!.payload);
      assert.equal(accepted!.url, 'https://x/telephony/v1/voiceCalls/icm.46354.1_5000.1002_16777217.2002');
    });

    it('do not take a call that a colleague has dialed for one of the customer', () => {
      const caller = { received: '2001', kind: 'internal' } as const;
      const [created] = withVoice(pop({ direction: 'outbound', caller, dialed: '92065550101' }));
      check('create', created!.payload);
      const { initiationMethod, from, to, participants } = created!.payload as Message;
      assert.deepEqual([initiationMethod, from, to], ['Transfer', '2001', '+12065550101']);
      assert.deepEqual(participants, [{ participantKey: '+12065550101', type: 'END_USER' }]);
      const [updated] = withVoice({ ...pop({ direction: 'outbound', trigger: 'established' }), event: 'update' });
      check('update', updated!.payload);
      assert.equal((updated!.payload as Message).fromNumber, undefined);
    });

    for (const [what, record] of Object.entries(SEGMENTS)) {
      it(`end a voice call correctly: ${what}`, () => {
        const [sent] = withVoice(record);
        check('update', sent!.payload);
        assert.equal((sent!.payload as Message).isActiveCall, false);
      });
      it(`describe a task for an agent without Voice correctly: ${what}`, () => {
        const payload = { ...record, agent: { id: '1001' } };
        assert.deepEqual(withVoice(payload), []);
        const [sent] = example.run('the task', { payload, salesforce: '' }, [['icm.46354.1', '003000000000101AAA']]);
        check('task', sent!.payload);
        assert.equal((sent!.payload as Message).WhoId, '003000000000101AAA');
      });
    }

    it('contain one or the other, in seconds', () => {
      assert.deepEqual(example.run('the task', { payload: segment() }), []);
      const [ended] = withVoice(segment());
      const { agentInteractionDuration, recordingLocation } = ended!.payload as Message;
      assert.deepEqual([agentInteractionDuration, recordingLocation], [51, 'https://recorder.example.com/ABC.wav']);
    });
  });

  describe('ServiceNow', () => {
    const example = new Example('16 ServiceNow interactions');
    const check = checker('servicenow');

    it("match the vendor's sample", () => {
      const file = join(ROOT, 'test', 'fixtures', 'crm', 'servicenow.json');
      check('create', (JSON.parse(readFileSync(file, 'utf8')) as { sample: object }).sample);
    });

    it('describe an interaction correctly, created only if there is none', () => {
      for (const each of [pop(), POPS['a pop of a withheld number']!]) {
        const look = { pop: each, servicenow: 'https://x', related: '62826bf03710200044e0bfc8bcbe5df1' };
        const [sent] = example.run('the interaction', { ...look, payload: { result: [] } });
        assert.equal(sent!.url, 'https://x/api/now/openframe/voice-interaction');
        check('create', sent!.payload);
        const found = [{ call_id: KEY, interaction: { value: 'i1' } }];
        const [known] = example.run('the interaction', { ...look, payload: { result: found } });
        assert.deepEqual([known!.url, known!.sysId], [undefined, 'i1']);
      }
    });

    it('state the direction of a call that a colleague has dialed, and correct it at the end', () => {
      const state = (message: Message | undefined) => {
        const { interaction } = message!.payload as { interaction: { additionalParams: Message } };
        return interaction.additionalParams;
      };
      const look = { servicenow: 'https://x', payload: { result: [] } };
      const [dialed] = example.run('the interaction', { ...look, pop: pop({ direction: 'outbound' }) });
      check('create', dialed!.payload);
      assert.equal(state(dialed).direction, 'outbound');
      assert.match(String(state(dialed).short_description), /^Call to \(206\) 555-0101/);
      for (const [told, direction] of [
        ['outbound', 'outbound'],
        ['inbound', 'inbound'],
        ['internal', 'inbound'],
      ] as const) {
        example.run('the end', { call: KEY, sysId: 'i1', servicenow: 'https://x' });
        const payload = segment({ direction: told, call: { id: 'call.5000.16777218.2002', type: 12 } });
        const [closed] = example.run('the end', { payload, servicenow: 'https://x' });
        check('update', closed!.payload);
        assert.equal(state(closed).direction, direction);
      }
    });

    it('are repeated when the response was lost or ServiceNow was busy, and given up when they were refused', () => {
      const failed = { pop: pop(), servicenow: 'https://x', error: { message: 'socket hang up' } };
      for (const statusCode of [undefined, 429, 503]) {
        const [again] = example.run('retry?', { ...failed, statusCode });
        const [look] = example.run('its phone log', again!);
        assert.match(String(look!.url), /sn_openframe_phone_log\?.*call_id%3Dicm/);
      }
      assert.deepEqual(example.run('retry?', { ...failed, statusCode: 400 })[0]!.statusCode, 400);
    });

    for (const [what, record] of Object.entries(SEGMENTS))
      it(`close it correctly, whichever is known first: ${what}`, () => {
        const id = { call: KEY, sysId: 'i1', servicenow: 'https://x' };
        for (const [first, second] of [
          [{ payload: record }, id],
          [id, { payload: record, servicenow: 'https://x' }],
        ] as const) {
          assert.deepEqual(example.run('the end', first), []);
          const [closed] = example.run('the end', second);
          assert.equal(closed!.url, 'https://x/api/now/openframe/voice-interaction/i1');
          check('update', closed!.payload);
        }
      });

    it('do not allow operators in a query', () => {
      const [sent] = example.run('by number', { payload: pop(), servicenow: 'https://x' });
      const query = new URL(String(sent!.url)).searchParams.get('sysparm_query')!;
      assert.equal(
        query,
        'phone=+12065550101^ORphoneENDSWITH0101^ORmobile_phone=+12065550101^ORmobile_phoneENDSWITH0101',
      );
    });
  });

  it('are rejected by the description if they are wrong', () => {
    const wrong: [string, string, object][] = [
      ['hubspot', 'call', { hs_timestamp: '1', hs_call_duration: '61' }],
      ['hubspot', 'call', { hs_timestamp: String(BEGAN), hs_call_duration: 61_000 }],
      ['zendesk', 'calls', { call: { app_id: 1, from_line: '1', to_line: '2', direction: 'inbound' } }],
      ['dataverse', 'phonecall', { subject: 'x', actualdurationminutes: 1.5 }],
      ['dataverse', 'close', { statecode: 1, statuscode: 3 }],
      ['salesforce', 'create', { vendorCallKey: 'x' }],
      ['salesforce', 'task', { CallType: 'inbound' }],
      ['servicenow', 'create', { interaction: { clientSessionId: 'x' } }],
    ];
    for (const [vendor, definition, body] of wrong)
      assert.throws(() => checker(vendor)(definition, body), `${vendor} ${definition}`);
  });
});
