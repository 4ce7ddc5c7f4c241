/** Tests the features that every flow test relies on, with small flows. Run by `flows.test.ts`. */
import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { type FlowTest, type FlowTestOptions, openFlow, type SavedNode } from '../../src/testing/index.js';

const at = { z: 'tab', x: 100, y: 100 };
const node = (type: string, name: string, to: string[] = [], more: object = {}): SavedNode => ({
  ...at,
  id: name,
  type,
  name,
  wires: to.length === 0 ? [] : [to],
  ...more,
});
const tab: SavedNode = { id: 'tab', type: 'tab', label: 'test' };
const debug = (name: string): SavedNode => node('debug', name, [], { active: true, complete: 'true' });

describe('a flow test', function () {
  this.timeout(60_000);
  let test: FlowTest;
  const open = async (flow: SavedNode[], options: FlowTestOptions = {}): Promise<FlowTest> => {
    const nodeRed = process.env.NODE_RED;
    test = await openFlow({ flow: [tab, ...flow], ...options, ...(nodeRed !== undefined && { nodeRed }) });
    return test;
  };
  afterEach(() => test?.close());

  it('has one time for inject, delay, trigger, and function nodes', async () => {
    await open([
      node('inject', 'each hour', ['now'], { props: [], repeat: '3600', once: true, onceDelay: '60' }),
      node('function', 'now', ['ten minutes', 'no rest'], {
        func: "msg.payload = new Date().toISOString(); setTimeout(() => node.send({ payload: 'later' }), 1000); return msg;",
        outputs: 1,
      }),
      node('delay', 'ten minutes', ['delayed'], { pauseType: 'delay', timeout: '10', timeoutUnits: 'minutes' }),
      node('trigger', 'no rest', ['silence'], {
        op1type: 'nul',
        op2: 'silent',
        op2type: 'str',
        duration: '30',
        units: 'min',
        extend: true,
      }),
      debug('delayed'),
      debug('silence'),
    ]);
    await test.advance('59 s');
    test.expect.noMessage({ node: 'now' });
    await test.advance('10 min');
    test.expect.noMessage({ node: 'delayed' });
    await test.advance('2 s');
    test.expect.message({ node: 'delayed', match: { payload: '2026-01-05T08:01:00.000Z' } });
    test.expect.message({ node: 'delayed', match: { payload: 'later' } });
    await test.eventually.message({ node: 'silence', match: { payload: 'silent' }, within: '21 min' });
    await test.advance('8 h');
    assert.equal(test.entries.filter((each) => each.node?.name === 'now').length, 9);
  });

  it('runs through a shift of eight hours, with each call popped once', async () => {
    const session = { id: 'session', type: 'ctios-session', connect: 'simulator', traffic: 'off' };
    const pop = { ...node('ctios-screen-pop', 'pop', ['shown']), session: 'session', wires: [['shown'], []] };
    await open([session as unknown as SavedNode, pop, debug('shown')], { world: { agents: 2, available: ['1001'] } });
    for (let call = 0; call < 48; call++) {
      const caller = await test.call({ from: `20655501${String(call).padStart(2, '0')}`, to: '8001' });
      await test.agent('1001').answer();
      await test.advance('6 min');
      await caller.hangUp();
      await test.advance('20 s');
      await test.agent('1001').available();
      await test.advance('220 s');
    }
    const pops = test.entries.filter(({ what, node }) => what === 'message' && node?.name === 'shown');
    assert.equal(pops.length, 48);
  });

  it('lets requests time out, fail, and come late, in virtual time', async () => {
    const url = 'https://crm.example.com/x';
    await open(
      [
        node('inject', 'go', ['request'], { props: [] }),
        node('http request', 'request', ['answer'], { method: 'GET', ret: 'obj', url, senderr: true }),
        node('catch', 'failed', ['error'], { scope: ['request'] }),
        debug('answer'),
        debug('error'),
      ],
      {
        http: {
          [url]: [
            { fails: 'silent' },
            { after: '150 s', body: {} },
            { after: '3 s', body: { ok: 1 } },
            { fails: 'lost' },
          ],
        },
      },
    );
    for (const _ of [1, 2]) {
      await test.inject('go');
      test.expect.http({ method: 'GET', url });
      await test.advance('130 s');
      test.expect.noMessage({ node: 'answer' });
      test.expect.message({ node: 'error', match: { 'error.message': /ETIMEDOUT|no response|Timeout/i } });
    }
    await test.inject('go');
    await test.advance('2.9 s');
    test.expect.noMessage({ node: 'answer' });
    await test.advance('0.2 s');
    test.expect.message({ node: 'answer', match: { statusCode: 200, payload: { ok: 1 } } });
    await test.inject('go');
    test.expect.message({ node: 'error', match: { 'error.message': /ECONNRESET|hang up/i } });
  });

  it('refuses requests that the test has no receiver for, and tells', async () => {
    await open([
      node('inject', 'go', ['request'], { props: [] }),
      node('http request', 'request', ['answer'], { method: 'GET', ret: 'txt', url: 'http://other.example.com' }),
      node('catch', 'failed', [], { scope: ['request'] }),
      debug('answer'),
    ]);
    await test.inject('go');
    test.expect.warning({ message: /no receiver/ });
    assert.throws(() => test.expect.nothingElse({ except: ['failed'] }), /answer/);
  });

  it('says what was expected, what came closest, and what happened', async () => {
    await open([
      node('inject', 'go', ['shown'], { props: [{ p: 'payload' }], payload: '7', payloadType: 'num' }),
      debug('shown'),
    ]);
    await test.inject('go');
    assert.throws(
      () => test.expect.message({ node: 'shown', match: { payload: 8 } }),
      /Expected a message at "shown" by \+0\.000 s\.\nThe closest one:\n.*payload: 7.*\n +payload should be 8, but is 7\n\nWhat happened:\n/,
    );
    assert.throws(() => test.expect.nothingElse(), /Expected nothing else.*\n.*"shown"/);
    test.expect.message({ node: 'shown' });
    test.expect.nothingElse();
    assert.throws(() => test.expect.message({ node: 'nobody' }), /no node "nobody"/);
  });

  it('is over when it is closed: time, network, and what the flow has stored', async () => {
    const remember = node('function', 'remember', ['shown'], {
      func: "msg.payload = (global.get('n') || 0) + 1; global.set('n', msg.payload); return msg;",
      outputs: 1,
    });
    const before = Date.now();
    for (let round = 0; round < 2; round++) {
      await open([node('inject', 'go', ['remember'], { props: [] }), remember, debug('shown')]);
      await test.inject('go');
      test.expect.message({ node: 'shown', match: { payload: 1 } });
      await assert.rejects(openFlow({ flow: [tab] }), /Another flow test is open/);
      await test.close();
      assert.ok(Date.now() - before < 60_000);
    }
  });

  it('begins without what nodes have kept on disk in the test before', async () => {
    const flow = [
      { id: 'session', type: 'ctios-session', name: 'center', connect: 'simulator' },
      node('inject', 'go', ['deliver'], { props: [] }),
      node('ctios-webhook', 'deliver', ['delivered'], { url: 'http://crm.example.com/' }),
      debug('delivered'),
      node('ctios-query', 'list', ['listed'], { session: 'session', query: 'deliveries' }),
      debug('listed'),
      node('ctios-screen-pop', 'rings', ['popped'], { session: 'session' }),
      debug('popped'),
    ];
    for (let round = 0; round < 2; round++) {
      await open(flow, { http: { 'http://crm.example.com': {} }, world: { agents: 1, available: ['1001'] } });
      await test.inject('go', { payload: round });
      test.expect.message({ node: 'delivered' });
      await test.inject('list', { payload: {} });
      test.expect.message({ node: 'listed', match: { payload: (all: unknown[]) => all.length === 1 } });
      await test.call({ from: '2065550101', to: '8001' });
      const { payload } = await test.eventually.message({ node: 'popped' });
      assert.match(String((payload as { key: string }).key), /2001$/, 'not a visit that has come back');
      await test.close();
    }
  });

  it('names types that are not installed, and lets the test stand in for them', async () => {
    const flow = [node('mqtt-of-somebody', 'in', ['shown']), debug('shown')];
    await assert.rejects(open(flow), /not installed: mqtt-of-somebody/);
    await open(flow, { standIns: ['mqtt-of-somebody'] });
    await test.send('in', { payload: 'x' });
    test.expect.message({ node: 'shown', match: { payload: 'x' } });
  });

  it('lets spies watch nodes', async () => {
    const sinon = createRequire(__filename)('sinon') as typeof import('sinon');
    await open([node('inject', 'go', ['shown'], { props: [] }), debug('shown')]);
    const spy = sinon.spy(test.node('shown'), 'receive');
    await test.inject('go', { payload: 1 });
    assert.ok(spy.calledOnce || test.entries.some((each) => each.node?.name === 'shown'));
  });
});
