/** One call through the nodes, at a simulated contact center, is one trace; and nothing of it is there while traces are off. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { NodeMessage } from 'node-red';
import { CtiosError } from '../../src/ctios/index.js';
import { Simulator } from '../../src/simulator/index.js';
import { traceOfJourney } from '../../src/tracing/index.js';
import { Receiver } from '../delivery/helpers.js';
import { type ReadableSpan, SpanMemory } from '../tracing/spans.js';
import {
  collectedBy,
  deploy,
  helper,
  inNodeRed,
  load,
  node,
  sessionNode,
  statusOf,
  tab,
  useSettings,
} from './runtime.js';

const PASSWORD = 'planted-client-password';
const at = (id: string, type: string, extra: object, wires: string[][] = [[`${id}-out`]]) => ({
  id,
  z: tab.id,
  type,
  session: 's1',
  wires,
  ...extra,
});
const collector = (id: string) => ({ id, z: tab.id, type: 'collector', wires: [] });
const HEADER = { key: 'traceparent', value: 'their-own', type: 'str' };
const ctiosOf = (message: NodeMessage | undefined) => (message as { ctios?: Record<string, unknown> }).ctios ?? {};

/** One for all: the nodes keep the tracer that they have found first. */
const memory = new SpanMemory();

describe('the trace of a call in a Node-RED', function () {
  this.timeout(60_000);
  let center: Simulator;
  let receiver: Receiver;
  before(() => {
    memory.register();
    return new Promise<void>((started) => void helper.startServer(() => started()));
  });
  after((done) => {
    memory.unregister();
    helper.stopServer(done);
  });
  beforeEach(async () => {
    memory.reset();
    receiver = await Receiver.start();
    center = new Simulator({
      ...{ agents: 2, traffic: 'off', automatic: false },
      credentials: { clientId: 'nodes', clientPassword: PASSWORD },
    });
  });
  afterEach(async () => {
    await helper.unload();
    useSettings();
    await center.stop();
    await receiver.stop();
  });

  async function open(flow: object[]): Promise<void> {
    const { host, portA } = await center.start();
    const session = {
      ...{ ...sessionNode, name: 'Lab', connect: 'ctiserver', hostA: host, portA, clientId: 'nodes' },
      ...{ peripheralId: 5000, allowControl: true },
    };
    await load([session, ...flow] as never, { s1: { clientPassword: PASSWORD } });
    while (statusOf('rings') !== 'green dot') await new Promise((resolve) => setImmediate(resolve));
  }

  const flow = () => [
    at('rings', 'ctios-call-events', { name: 'rings', events: ['OnCallDelivered'] }, [['answer']]),
    at('answer', 'ctios-call', { request: 'Answer', complete: 'OnCallEstablished' }, [['wait', 'answer-out']]),
    at('wait', 'ctios-wait', { events: ['OnCallEnd'], match: [], same: 'call', timeout: 30 }, [['wait-out'], []]),
    at('pop', 'ctios-screen-pop', { region: 'US', fields: [] }, [['crm'], []]),
    at('crm', 'ctios-webhook', { url: `${receiver.url}/x?phone=2065550101`, urlType: 'str', firstDelay: 0.01 }, [
      ['crm-out'],
      [],
    ]),
    at('record', 'ctios-contact', { when: 'ended' }, [['record-out'], ['contact-out']]),
    at('login', 'ctios-agent', { request: 'Login', complete: 'OnAgentStateChange' }),
    at('state', 'ctios-agent', { request: 'SetAgentState', complete: 'OnAgentStateChange' }),
    at('clear', 'ctios-call', { request: 'ClearConnection' }),
    ...['answer', 'wait', 'crm', 'record', 'contact', 'login', 'state', 'clear'].map((id) => collector(`${id}-out`)),
  ];

  async function call(): Promise<NodeMessage> {
    node('login').receive({ payload: { AgentID: '1001', AgentInstrument: '2001', AgentPassword: 'planted' } } as never);
    await collectedBy('login-out');
    node('state').receive({ payload: { AgentID: '1001', AgentState: 'Available' } } as never);
    await collectedBy('state-out');
    center.run('placeCall', {
      from: '2065550101',
      to: '8001',
      data: { CallVariable1: 'planted-account', 'user.CustomerTier': 'planted-tier' },
    });
    const [answered] = await collectedBy('answer-out');
    await collectedBy('crm-out');
    return answered!;
  }

  it('has the ring, the answer, the wait, the pop, the webhook and the records', async () => {
    useSettings({ ctios: { traces: true } });
    let attempts = 0;
    receiver.behavior = (_, response) => void response.writeHead(++attempts === 1 ? 503 : 200).end('{"id":"r1"}');
    await open(flow());
    const answered = await call();
    node('clear').receive(structuredClone(answered) as never);
    const [waited, delivered, record, contact] = await Promise.all(
      ['wait-out', 'crm-out', 'record-out', 'contact-out'].map(async (id) => (await collectedBy(id))[0]),
    );
    await collectedBy('clear-out');

    const { journey } = (delivered as unknown as { sent: { journey: string } }).sent;
    const { traceId, spanId } = traceOfJourney(journey);
    const spans = memory.spans;
    for (const span of spans) assert.equal(span.spanContext().traceId, traceId, span.name);
    const parentOf = (span: ReadableSpan): string => {
      const { parentSpanContext } = span;
      if (parentSpanContext?.spanId === spanId) return 'the journey';
      return spans.find((each) => each.spanContext().spanId === parentSpanContext?.spanId)?.name ?? 'unknown';
    };
    const tree = spans.map((span) => `${parentOf(span)} > ${span.name}`).sort();
    assert.deepEqual(tree, [
      'call > ctios-call-events OnCallDelivered',
      'call > ctios-contact contact',
      'call > ctios-contact segment',
      'call > ctios-screen-pop ended',
      'call > ctios-screen-pop pop',
      'ctios-call Answer > ctios-call ClearConnection',
      'ctios-call Answer > ctios-wait',
      'ctios-call-events OnCallDelivered > ctios-call Answer',
      'ctios-screen-pop pop > ctios-webhook POST',
      'ctios-screen-pop pop > ctios-webhook POST',
      'the journey > call',
    ]);

    // The receiver can continue the trace, at the attempt that it saw.
    const attemptSpans = spans.filter(({ name }) => name === 'ctios-webhook POST');
    assert.deepEqual(
      receiver.requests.map(({ headers }) => headers.traceparent),
      attemptSpans.map((span) => `00-${traceId}-${span.spanContext().spanId}-01`),
    );
    assert.deepEqual(
      attemptSpans.map(({ attributes }) => [
        attributes['http.response.status_code'],
        attributes['http.request.resend_count'],
        attributes['error.type'],
      ]),
      [
        [503, undefined, 'CTIOS_DELIVERY_FAILED'],
        [200, 1, undefined],
      ],
    );
    // So can the flow.
    const last = (message: NodeMessage | undefined, name: string) => {
      const span = spans.filter((each) => each.name === name).at(-1)!;
      assert.equal(ctiosOf(message).traceparent, `00-${traceId}-${span.spanContext().spanId}-01`, name);
    };
    last(delivered, 'ctios-webhook POST');
    last(waited, 'ctios-wait');
    last(record, 'ctios-contact segment');
    last(contact, 'ctios-contact contact');

    const rings = memory.named('ctios-call-events OnCallDelivered').attributes;
    assert.equal(rings['ctios.agent.id'], '1001');
    assert.equal(rings['nodered.node.id'], 'rings');
    assert.equal(rings['nodered.node.name'], 'rings');
    assert.equal(memory.named('ctios-call Answer').attributes['ctios.request'], 'Answer');
    const whole = memory.named('call');
    assert.deepEqual(whole.attributes['ctios.agent.ids'], ['1001']);
    assert.ok((whole.attributes['ctios.skill_group.numbers'] as number[]).length > 0);
    assert.ok(whole.events.some(({ name }) => name === 'OnCallEstablished'));
    assert.doesNotMatch(memory.text, /planted|2065550101|\b8001\b|"2001"|\.2001|user\./);
  });
});

describe('the nodes, while traces are on', () => {
  const openings = inNodeRed();
  const [TRACE, SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const INCOMING = `00-${TRACE}-${SPAN}-01`;
  const CALL = 'call.5000.100.2001';
  before(() => memory.register());
  after(() => memory.unregister());
  beforeEach(() => {
    memory.reset();
    useSettings({ ctios: { traces: true } });
  });
  afterEach(() => useSettings());
  const flow = (request: string, type = 'ctios-call') => [
    sessionNode,
    at('n', type, { request }),
    collector('n-out'),
    { id: 'catch', z: tab.id, type: 'catch', scope: null, wires: [['failed']] },
    collector('failed'),
  ];
  const give = (message: object) => node('n').receive(message as never);
  const parentsOf = (name: string) => memory.spans.filter((span) => span.name === name).map((s) => s.parentSpanContext);

  it('put a request into the trace of the call that it names, or makes', async () => {
    await load(flow('MakeCall'));
    const { session } = openings;
    session.addCall(CALL, { ICMEnterpriseUniqueID: 'icm.153.8' });
    session.answer = () => ({ event: 'OnMakeCallConf', args: {}, newObject: CALL }) as never;
    give({ payload: { AgentID: '1001', PeripheralID: 5000, DialedNumber: '2065550101' } });
    await collectedBy('n-out');
    const { traceId } = traceOfJourney('icm.153.8');
    assert.deepEqual(
      parentsOf('ctios-call MakeCall').map((parent) => parent?.traceId),
      [traceId],
    );
    assert.doesNotMatch(memory.text, /2065550101/);
    await deploy(flow('Hold'), 'full');
    give({ payload: { UniqueObjectID: CALL } });
    const [, held] = await collectedBy('n-out', 2);
    assert.equal(parentsOf('ctios-call Hold')[0]?.traceId, traceId);
    assert.match(String((held as { traceparent?: string }).traceparent ?? ctiosOf(held).traceparent), RegExp(traceId));
  });

  it('do not trace a request that is about no call', async () => {
    await load(flow('SetAgentState', 'ctios-agent'));
    give({ payload: { AgentID: '1001', PeripheralID: 5000, AgentState: 'Available' } });
    const [message] = await collectedBy('n-out');
    assert.deepEqual(memory.spans, []);
    assert.equal(ctiosOf(message).traceparent, undefined);
  });

  it('continue the trace that a message brings, and say why a request failed by its code only', async () => {
    await load(flow('SetAgentState', 'ctios-agent'));
    openings.session.answer = () => {
      throw new CtiosError('CF_INVALID_AGENT', 'Agent 2065550101 is not known', {
        request: 'SetAgentState',
        outcome: 'failed',
      });
    };
    give({
      traceparent: INCOMING,
      payload: { AgentID: '1001', PeripheralID: 5000, AgentState: 'Available' },
    });
    await collectedBy('failed');
    const span = memory.named('ctios-agent SetAgentState');
    assert.deepEqual([span.parentSpanContext?.traceId, span.parentSpanContext?.spanId], [TRACE, SPAN]);
    assert.equal(span.attributes['error.type'], 'CF_INVALID_AGENT');
    assert.deepEqual(span.status, { code: 2, message: 'CF_INVALID_AGENT' });
    assert.doesNotMatch(memory.text, /2065550101/);
  });

  it('take no text for a trace that is none', async () => {
    await load(flow('SetAgentState', 'ctios-agent'));
    give({
      traceparent: `00-${'0'.repeat(32)}-${SPAN}-01`,
      payload: { AgentID: '1001', PeripheralID: 5000, AgentState: 'Available' },
    });
    await collectedBy('n-out');
    assert.deepEqual(memory.spans, []);
  });

  it('end a wait by its time-out, in the trace of its message', async () => {
    await load([
      sessionNode,
      at('n', 'ctios-wait', { events: ['OnCallEnd'], same: 'any', timeout: 0.01 }, [[], ['n-out']]),
      collector('n-out'),
    ]);
    give({ traceparent: INCOMING });
    const [message] = await collectedBy('n-out');
    const span = memory.named('ctios-wait');
    assert.equal(span.attributes['ctios.outcome'], 'time-out');
    assert.equal((message as { traceparent?: string }).traceparent, `00-${TRACE}-${span.spanContext().spanId}-01`);
  });

  it('report what they watch of a call in its trace, and nothing of an agent', async () => {
    const watch = (id: string, kind: string, key: string, value: string) =>
      at(id, 'ctios-watch', { kind, filter: [{ key, op: 'is', value, type: 'str' }], lasts: 0 }, [[`${id}-out`], []]);
    await load([
      sessionNode,
      watch('calls', 'call', 'CallStatus', '4'),
      watch('agents', 'agent', 'AgentState', '5'),
      ...['calls-out', 'agents-out'].map(collector),
    ]);
    const { session } = openings;
    const call = session.addCall(CALL, { ICMEnterpriseUniqueID: 'icm.153.10', CallStatus: 4 });
    session.emit('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 }, { call });
    const agent = session.addAgent('agent.5000.1001', { AgentID: '1001', AgentState: 5 });
    session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001', AgentState: 5 }, { agent });
    const [[held], [tired]] = [await collectedBy('calls-out'), await collectedBy('agents-out')];
    const { traceId } = traceOfJourney('icm.153.10');
    const span = memory.named('ctios-watch began');
    assert.equal(span.spanContext().traceId, traceId);
    assert.equal(ctiosOf(held).traceparent, `00-${traceId}-${span.spanContext().spanId}-01`);
    assert.equal(ctiosOf(tired).traceparent, undefined);
    assert.equal(memory.spans.filter(({ name }) => name.startsWith('ctios-watch')).length, 1);
  });

  it('deliver a body that names its journey in the trace of that journey', async () => {
    const receiver = await Receiver.start();
    try {
      await load([
        at('n', 'ctios-webhook', { url: receiver.url, urlType: 'str' }, [['n-out'], []]),
        collector('n-out'),
      ]);
      // In whatever form: it is the ordering key, too.
      for (const journey of ['icm.153.9', 'of another system']) give({ payload: { journey, key: journey } });
      await collectedBy('n-out', 2);
      const traces = receiver.requests.map(({ headers }) => String(headers.traceparent).slice(3, 35));
      assert.deepEqual(
        traces.sort(),
        ['icm.153.9', 'of another system'].map((journey) => traceOfJourney(journey).traceId).sort(),
      );
    } finally {
      await receiver.stop();
    }
  });

  it('deliver a message whose ordering key is a journey in the trace of that journey, and no other', async () => {
    const receiver = await Receiver.start();
    try {
      await load([
        at('n', 'ctios-webhook', { url: receiver.url, urlType: 'str', ordering: 'journey', orderingType: 'msg' }, [
          ['n-out'],
          [],
        ]),
        collector('n-out'),
      ]);
      const [routed, unrouted] = ['icm.153.9', 'call.5000.100.20261128.3f9a1c'];
      const others = ['account-7', 'icm.153.9/5000.1001/100.2001'];
      // As in the examples, where a function makes the body for the CRM.
      for (const journey of [routed, unrouted, ...others]) give({ payload: { journey_id: journey }, journey });
      await collectedBy('n-out', 4);
      const headerOf = (journey: string) =>
        receiver.requests.find(({ body }) => body.includes(`"${journey}"`))!.headers.traceparent;
      for (const journey of [routed, unrouted])
        assert.match(String(headerOf(journey!)), RegExp(traceOfJourney(journey!).traceId));
      for (const other of others) assert.equal(headerOf(other), undefined);
    } finally {
      await receiver.stop();
    }
  });
});

describe('the nodes, while traces are off', function () {
  this.timeout(60_000);
  const openings = inNodeRed();
  const INCOMING = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('pass on where a message belongs, to the receiver of a webhook too', async () => {
    const receiver = await Receiver.start();
    try {
      await load([
        sessionNode,
        at('hold', 'ctios-call', { request: 'Hold' }, [['crm', 'own']]),
        at('crm', 'ctios-webhook', { url: receiver.url, urlType: 'str' }, [['done'], []]),
        at('own', 'ctios-webhook', { ...{ url: receiver.url, urlType: 'str' }, headers: [HEADER] }, [['done'], []]),
        collector('done'),
      ]);
      openings.session.addCall('call.5000.100.2001');
      const ctios = { session: 's1', sequence: 0, traceparent: INCOMING };
      node('hold').receive({ ctios, payload: { UniqueObjectID: 'call.5000.100.2001' } } as never);
      await collectedBy('done', 2);
      const sent = receiver.requests.map(({ headers }) => headers.traceparent).sort();
      assert.deepEqual(sent, [INCOMING, 'their-own'].sort());
    } finally {
      await receiver.stop();
    }
  });

  it('load nothing of it: neither the API nor our own part', () => {
    // A process of its own: this one has loaded it.
    const program = `
      const { Module } = require('node:module');
      const load = Module._load;
      const asked = [];
      Module._load = function (request, ...rest) {
        if (/opentelemetry|src.tracing/.test(request)) asked.push(request);
        return load.call(this, request, ...rest);
      };
      const { load: run, collectedBy, node, tab, inNodeRed, Openings, helper, sessionNode, settle } = require('./runtime.js');
      const openings = new Openings();
      helper.startServer(async () => {
        openings.begin();
        await run([
          sessionNode,
          { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', events: [], filter: [], wires: [['c1']] },
          { id: 'c', z: tab.id, type: 'ctios-call', session: 's1', request: 'Answer', wires: [['c2']] },
          { id: 'p', z: tab.id, type: 'ctios-screen-pop', session: 's1', trigger: 'delivered', wires: [[], []] },
          { id: 'w', z: tab.id, type: 'ctios-webhook', url: 'http://127.0.0.1:1', urlType: 'str', wires: [[], []] },
          { id: 'c1', z: tab.id, type: 'collector', wires: [] },
          { id: 'c2', z: tab.id, type: 'collector', wires: [] },
        ]);
        openings.session.addCall('call.5000.1.2001', { ANI: '1' });
        openings.session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001' });
        const [message] = await collectedBy('c1');
        node('c').receive({ ...message });
        await collectedBy('c2');
        console.log(JSON.stringify({ asked, ctios: Object.keys(message.ctios) }));
        process.exit(0);
      });`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
      cwd: join(__dirname),
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: __dirname },
    });
    const said = JSON.parse(stdout.trim().split('\n').at(-1) || stderr) as { asked: string[]; ctios: string[] };
    assert.deepEqual(said.asked, []);
    assert.ok(!said.ctios.includes('traceparent'));
  });
});
