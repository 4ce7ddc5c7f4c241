/** The calls of a session as spans. */
import assert from 'node:assert/strict';
import type { Call } from '../../src/cil/index.js';
import type { EventName } from '../../src/ctios/index.js';
import { Mask } from '../../src/ctios/mask.js';
import type { Args } from '../../src/ctios/transport.js';
import { CallTraces, formatTraceparent, parseTraceparent, Tracing, traceOfJourney } from '../../src/tracing/index.js';
import { JourneyIds } from '../../src/tracing/journey-ids.js';
import { FakeSession } from '../nodes/fake-session.js';
import { api, SpanMemory } from './spans.js';

const CALL = 'call.5000.100.2001';
const JOURNEY = 'icm.153.7';
/** Planted: none of it may be in a span. */
const PERSONAL = {
  ANI: '2065550101',
  DNIS: '8001',
  DialedNumber: '8001',
  CallingDeviceID: '2065550101',
  CallVariable1: 'planted-account',
  CallerEnteredDigits: '998877',
  UserToUserInfo: 'planted-info',
  CallWrapupData: 'planted-wrapup',
  CustomerPhoneNumber: '2065550101',
  ECC: { 'user.Secret': 'planted-ecc' },
  'user.Secret': 'planted-ecc',
};
const PLANTED = /planted|2065550101|998877|8001|Ada|Lovelace|2001/;

class Desk {
  readonly session = new FakeSession();
  readonly memory: SpanMemory;
  readonly traces: CallTraces;

  readonly tracing: Tracing;

  constructor(settings: { callData?: string[]; ratio?: number; mask?: string; idGenerator?: object } = {}) {
    const { callData = [], ratio = 1, mask, idGenerator } = settings;
    this.memory = new SpanMemory(idGenerator === undefined ? {} : { idGenerator });
    const ownApi = {
      context: api.context,
      ROOT_CONTEXT: api.ROOT_CONTEXT,
      trace: Object.assign(Object.create(api.trace) as typeof api.trace, {
        getTracer: (name: string) => this.memory.provider.getTracer(name),
      }),
    };
    this.tracing = new Tracing(ownApi, { callData, ratio }, '1.2.3');
    this.traces = new CallTraces(this.session, this.tracing, {
      session: 's1',
      now: () => 1_700_000_000_000,
      mask: (properties) => new Mask(mask).apply(properties),
    });
  }

  call(id = CALL, properties: Args = {}): Call {
    return this.session.addCall(id, { ...PERSONAL, ICMEnterpriseUniqueID: JOURNEY, CallType: 2, ...properties });
  }

  say(event: EventName, id = CALL, args: Args = {}): void {
    const agent = this.session.agents.get('agent.5000.1001');
    const call = this.session.calls.get(id)!;
    this.session.emit(event, { UniqueObjectID: id, ...args }, { call, ...(agent === undefined ? {} : { agent }) });
    if (event === 'OnCallEnd') this.session.calls.delete(id);
  }
}

describe('the trace of a call', () => {
  it('is one span from its first event to its last, with what happened', () => {
    const desk = new Desk();
    desk.session.addAgent('agent.5000.1001', {
      AgentID: '1001',
      AgentFirstName: 'Ada',
      AgentLastName: 'Lovelace',
      AgentInstrument: '2001',
    });
    desk.call(CALL, { SkillGroupNumber: 12 });
    for (const event of ['OnCallBegin', 'OnCallDelivered', 'OnCallEstablished', 'OnCallEnd'] as const) desk.say(event);
    const [span, ...others] = desk.memory.spans;
    assert.deepEqual(others, []);
    assert.equal(span!.name, 'call');
    assert.equal(span!.spanContext().traceId, traceOfJourney(JOURNEY).traceId);
    assert.deepEqual(span!.attributes, {
      'ctios.session': 's1',
      'ctios.call.id': '5000.100',
      'ctios.journey': JOURNEY,
      'ctios.call.type': span!.attributes['ctios.call.type'],
      'ctios.agent.ids': ['1001'],
      'ctios.skill_group.numbers': [12],
    });
    assert.deepEqual(
      span!.events.map(({ name }) => name),
      ['OnCallBegin', 'OnCallDelivered', 'OnCallEstablished', 'OnCallEnd'],
    );
    assert.deepEqual(span!.events[1]!.attributes, { 'ctios.agent.id': '1001' });
    // The times of the events, not those of this process.
    const toMs = ([s, ns]: readonly [number, number]) => s * 1000 + ns / 1e6;
    assert.equal(toMs(span!.startTime), 1_700_000_000_001);
    assert.equal(toMs(span!.endTime), 1_700_000_000_004);
    assert.doesNotMatch(desk.memory.text, PLANTED);
  });

  it('goes on over all calls of a journey, until the last one has ended', () => {
    const desk = new Desk();
    desk.call('call.5000.100.8001');
    desk.say('OnCallBegin', 'call.5000.100.8001');
    desk.call('call.5000.100.2001');
    desk.say('OnCallBegin', 'call.5000.100.2001');
    desk.say('OnCallEnd', 'call.5000.100.8001');
    assert.equal(desk.memory.spans.length, 0);
    desk.say('OnCallEnd', 'call.5000.100.2001');
    assert.equal(desk.memory.spans.length, 1);
    // A call that comes later in the same journey is in the same trace, as a span of its own.
    desk.call('call.5000.101.2002');
    desk.say('OnCallBegin', 'call.5000.101.2002');
    desk.say('OnCallEnd', 'call.5000.101.2002');
    const traces = desk.memory.spans.map((span) => span.spanContext().traceId);
    assert.deepEqual(traces, [traces[0], traces[0]]);
  });

  it('waits for the id of the journey, and then begins with the call', () => {
    const desk = new Desk();
    const call = desk.session.addCall(CALL, {});
    desk.say('OnCallBegin');
    call.merge({ ICMEnterpriseUniqueID: JOURNEY });
    desk.say('OnCallDataUpdate');
    desk.say('OnCallEnd');
    const [span] = desk.memory.spans;
    assert.equal(span!.spanContext().traceId, traceOfJourney(JOURNEY).traceId);
    assert.equal(span!.startTime[1], 1e6);
  });

  it('is found by the journey of a call without an id, whose key has a digest of the number', () => {
    const desk = new Desk();
    desk.session.addCall(CALL, { ANI: '2065550101' });
    desk.say('OnCallDelivered');
    const day = new Date(1_700_000_000_001).toISOString().slice(0, 10).replaceAll('-', '');
    const place = desk.traces.ofJourney(`call.5000.100.${day}.3f9a1c`);
    assert.deepEqual(place, desk.traces.ofCall(CALL));
    assert.equal(place.traceId, traceOfJourney(`call.5000.100.${day}`).traceId);
  });

  it('has an event for each gap of the session, in the calls that live', () => {
    const desk = new Desk();
    desk.call();
    desk.say('OnCallDelivered');
    const gap = { From: '2026-11-29T10:00:00.000Z', To: '2026-11-29T10:00:05.000Z', EventsLost: 4 };
    desk.session.emit('OnConnectionGap', { ...gap, Reason: 'The peer 2065550101 hung up' });
    desk.session.emit('OnConnectionGap', { ...gap, Reason: 'overflow' });
    desk.say('OnCallEnd');
    desk.session.emit('OnConnectionGap', { ...gap, Reason: 'deploy' });
    const gaps = desk.memory.named('call').events.filter(({ name }) => name === 'gap');
    assert.deepEqual(
      gaps.map(({ attributes }) => attributes),
      ['link', 'overflow'].map((reason) => ({
        'ctios.gap.reason': reason,
        'ctios.gap.from': gap.From,
        'ctios.gap.to': gap.To,
        'ctios.gap.events_lost': 4,
      })),
    );
    assert.doesNotMatch(desk.memory.text, PLANTED);
  });

  it('shows the data that the settings name, masked where the session masks it', () => {
    const desk = new Desk({ callData: ['CallVariable1', 'user.Secret', 'ANI'], mask: 'user.*' });
    const call = desk.call();
    desk.say('OnCallDelivered');
    call.merge({ CallVariable1: 'changed' });
    desk.say('OnCallDataUpdate');
    desk.say('OnCallEnd');
    const { attributes } = desk.memory.named('call');
    assert.equal(attributes['ctios.call.CallVariable1'], 'changed');
    assert.equal(attributes['ctios.call.ANI'], '2065550101');
    assert.equal(attributes['ctios.call.user.Secret'], '***');
    assert.doesNotMatch(desk.memory.text, /planted/);
  });

  it('ends when the session does, and says that its end was not observed', () => {
    const desk = new Desk();
    desk.call();
    desk.say('OnCallDelivered');
    desk.traces.dispose();
    assert.equal(desk.session.listeners, 0);
    assert.equal(desk.memory.named('call').attributes['ctios.call.not_observed'], 'the session was closed');
  });

  it('says of a call that was found in a snapshot that its beginning was not observed', () => {
    const desk = new Desk();
    const call = desk.call();
    desk.session.emit('OnSnapshotCallConf', { UniqueObjectID: CALL }, { call, recovered: true });
    desk.say('OnCallEnd');
    assert.equal(desk.memory.named('call').attributes['ctios.recovered'], true);
  });

  it('is recorded for the share of journeys that is asked for, the same ones everywhere', () => {
    const sampled = (ratio: number) =>
      Array.from({ length: 1_000 }, (_, n) => traceOfJourney(`icm.153.${n}`, ratio).sampled);
    const tenth = sampled(0.1);
    const count = tenth.filter(Boolean).length;
    assert.ok(count > 60 && count < 140, String(count));
    const half = sampled(0.5);
    tenth.forEach((each, n) => {
      if (each) assert.ok(half[n]);
    });
    assert.ok(sampled(1).every(Boolean) && !sampled(0).some(Boolean));
    const desk = new Desk({ ratio: 0 });
    desk.call();
    desk.say('OnCallDelivered');
    desk.say('OnCallEnd');
    assert.equal(desk.memory.spans.length, 0);
    assert.match(formatTraceparent(desk.traces.ofJourney(JOURNEY)), /-00$/);
  });
});

describe('the trace of a call, with ids from its journey', () => {
  it('has the call as its root, which others derive as their parent', () => {
    const derived = traceOfJourney(JOURNEY);
    const desk = new Desk({ idGenerator: new JourneyIds() });
    desk.call();
    desk.say('OnCallDelivered');
    assert.deepEqual(desk.traces.ofCall(CALL), derived);
    desk.say('OnCallEnd');
    // The journey goes on: what follows is no second root.
    desk.call('call.5000.101.2002');
    desk.say('OnCallDelivered', 'call.5000.101.2002');
    desk.say('OnCallEnd', 'call.5000.101.2002');
    const [root, later] = desk.memory.spans;
    assert.equal(root!.parentSpanContext, undefined);
    assert.deepEqual([root!.spanContext().traceId, root!.spanContext().spanId], [derived.traceId, derived.spanId]);
    assert.equal(later!.parentSpanContext?.spanId, derived.spanId);
    assert.equal(later!.spanContext().traceId, derived.traceId);
    assert.notEqual(later!.spanContext().spanId, derived.spanId);
    // Other spans of the process have ids of their own.
    const tracer = desk.memory.provider.getTracer('another');
    const ids = [1, 2].map(() => {
      const { traceId, spanId } = tracer.startSpan('another', { kind: 0, root: true }, api.ROOT_CONTEXT).spanContext();
      return `${traceId}${spanId}`;
    });
    assert.equal(new Set([...ids, `${derived.traceId}${derived.spanId}`]).size, 3);
    for (const id of ids) assert.match(id, /^[0-9a-f]{48}$/);
  });

  it('is no second root where its beginning was not observed: another process may have recorded it', () => {
    const desk = new Desk({ idGenerator: new JourneyIds() });
    const call = desk.call();
    desk.session.emit('OnSnapshotCallConf', { UniqueObjectID: CALL }, { call, recovered: true });
    desk.say('OnCallEnd');
    assert.equal(desk.memory.named('call').parentSpanContext?.spanId, traceOfJourney(JOURNEY).spanId);
  });

  it('has one root where two sessions see the call', () => {
    const desk = new Desk({ idGenerator: new JourneyIds() });
    const mask = (properties: Readonly<Args>) => properties;
    const second = new CallTraces(desk.session, desk.tracing, { session: 's2', now: () => 0, mask });
    desk.call();
    desk.say('OnCallDelivered');
    desk.say('OnCallEnd');
    second.dispose();
    const { spanId } = traceOfJourney(JOURNEY);
    const parents = desk.memory.spans.map((span) => [span.attributes['ctios.session'], span.parentSpanContext?.spanId]);
    assert.deepEqual(parents.sort(), [
      ['s1', undefined],
      ['s2', spanId],
    ]);
  });

  it('is in the trace of its journey also if another SDK than that is registered', () => {
    const other = new JourneyIds();
    assert.match(other.generateSpanId(), /^[0-9a-f]{16}$/);
    const desk = new Desk();
    desk.call();
    desk.say('OnCallDelivered');
    desk.say('OnCallEnd');
    const derived = traceOfJourney(JOURNEY);
    assert.deepEqual(
      desk.memory.spans.map((span) => [span.spanContext().traceId, span.parentSpanContext?.spanId]),
      [[derived.traceId, derived.spanId]],
    );
  });

  it('is not recorded if it does not belong to the share that is asked for', () => {
    const desk = new Desk({ idGenerator: new JourneyIds(), ratio: 0 });
    desk.call();
    desk.say('OnCallDelivered');
    desk.say('OnCallEnd');
    assert.deepEqual(desk.memory.spans, []);
  });
});

describe('a traceparent', () => {
  it('is read as W3C Trace Context has it, or not at all', () => {
    const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const read = (text: unknown) => parseTraceparent(text);
    assert.deepEqual(read(`00-${trace}-${span}-01`), { traceId: trace, spanId: span, sampled: true });
    assert.equal(read(`00-${trace}-${span}-00`)!.sampled, false);
    assert.equal(read(`01-${trace}-${span}-01-more`)!.traceId, trace);
    const wrong = [
      ...[`00-${trace}-${span}-01-more`, `ff-${trace}-${span}-01`, `00-${'0'.repeat(32)}-${span}-01`],
      ...[`00-${trace}-${'0'.repeat(16)}-01`, `00-${trace.toUpperCase()}-${span}-01`, `00-${trace}-${span}`],
      ...['', undefined, 7, {}],
    ];
    for (const text of wrong) assert.equal(read(text), undefined, String(text));
    const place = traceOfJourney('icm.1.2');
    assert.deepEqual(read(formatTraceparent(place)), place);
  });
});
