/** Abuse, accidental or not: invalid messages, listeners that throw, endless deploys. */

import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import type sinon from 'sinon';
import { collected, inNodeRed, load, node, sessionNode, settle, statusOf, tab } from './runtime.js';

const CALL = 'call.5000.1.2001';
const collector = (id: string) => ({ id, z: tab.id, type: 'collector', wires: [] });
const at = (type: string, extra: object = {}) => ({
  id: 'n',
  z: tab.id,
  type,
  session: 's1',
  wires: [['out'], ['other']],
  ...extra,
});
const around = [
  ...['out', 'other', 'failed', 'completed'].map(collector),
  { id: 'k1', z: tab.id, type: 'catch', scope: null, wires: [['failed']] },
  { id: 'k2', z: tab.id, type: 'complete', scope: ['n'], wires: [['completed']] },
];
/** The log message for a message that Node-RED cannot copy for a Catch or Complete node. */
const NO_COPY = /cannot be copied/;
const got = (id: string): NodeMessage[] => collected.get(id) ?? [];

/** Nodes that receive messages, each configured so that it would do something. */
const takers: Readonly<Record<string, object>> = {
  'ctios-call': { request: 'SetCallData' },
  'ctios-agent': { request: 'SetAgentState' },
  'ctios-request': { request: '' },
  'ctios-query': { query: 'object' },
  'ctios-wait': { events: ['OnCallEnd'], timeout: 0.01 },
  'ctios-simulate': { command: '' },
};

function cyclic(): object {
  const payload: Record<string, unknown> = { UniqueObjectID: CALL };
  payload.CallVariable1 = payload;
  payload.Inner = { payload };
  return payload;
}
const throwing = Object.defineProperty({ UniqueObjectID: CALL }, 'ANI', {
  enumerable: true,
  get() {
    throw new Error('this getter throws');
  },
});
const deep = (): object => {
  let payload: object = { UniqueObjectID: CALL };
  for (let depth = 0; depth < 5_000; depth++) payload = { Inner: payload };
  return payload;
};

/** Messages that no flow should send. Each must end exactly once, as a success or as an error. */
const messages: Readonly<Record<string, () => object>> = {
  'no payload, and a topic that is a number': () => ({ topic: 17, payload: undefined }),
  'a payload with prototype keys': () => ({
    topic: 'SetCallData',
    payload: JSON.parse(
      `{"UniqueObjectID":"${CALL}","__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","hasOwnProperty":1}`,
    ),
  }),
  'a payload without a prototype': () => ({
    payload: Object.assign(Object.create(null), { UniqueObjectID: CALL, CallVariable1: 'x' }),
  }),
  'a frozen payload': () => ({ topic: 'Hold', payload: Object.freeze({ UniqueObjectID: CALL, CallVariable1: 'x' }) }),
  'a frozen payload with a secret': () => ({
    topic: 'Login',
    payload: Object.freeze({ AgentID: '1001', AgentPassword: 'planted' }),
  }),
  'a payload that contains itself': () => ({ topic: 'SetCallData', payload: cyclic() }),
  'a payload whose getter throws': () => ({ topic: 'SetCallData', payload: throwing }),
  'a payload nested 5,000 deep': () => ({ topic: 'SetCallData', payload: deep() }),
  'a text of ten megabytes': () => ({
    topic: 'SetCallData',
    payload: { UniqueObjectID: CALL, CallVariable1: 'x'.repeat(10_000_000) },
  }),
  'ten thousand keys': () => ({
    topic: 'SetCallData',
    payload: {
      UniqueObjectID: CALL,
      ...Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`user.Key${index}`, 'x'])),
    },
  }),
  'symbols, functions, dates, big numbers and bytes': () => ({
    payload: {
      UniqueObjectID: CALL,
      CallVariable1: Symbol('x'),
      CallVariable2: () => 1,
      CallVariable3: new Date(0),
      CallVariable4: 10n,
      CallVariable5: Buffer.from('x'),
      AgentState: Number.NaN,
    },
  }),
  'a payload that is an array, a map, a proxy of itself': () => ({ payload: [new Map(), new Proxy({}, {})] }),
  'a msg.call that is no call and a msg.ctios that is no object': () => ({
    payload: {},
    call: 'call',
    agent: null,
    ctios: 'x',
  }),
  'a sequence from another world': () => ({
    payload: { UniqueObjectID: CALL },
    ctios: { sequence: Number.POSITIVE_INFINITY, session: 's1' },
  }),
};

describe('a node', () => {
  const openings = inNodeRed((opened) => {
    opened.simulator = { run: (command) => ({ command }) };
  });

  for (const [type, saved] of Object.entries(takers)) {
    for (const [what, message] of Object.entries(messages)) {
      it(`ends ${what} exactly once, and continues to work: ${type}`, async () => {
        await load([sessionNode, at(type, saved), ...around]);
        // Node-RED's test helper already spies on it.
        const error = node('n').error as unknown as sinon.SinonSpy;
        const given = message();
        const ended = (): number =>
          got('completed').length + got('failed').length + error.args.filter(([line]) => NO_COPY.test(line)).length;
        node('n').receive(given as never);
        while (ended() === 0) await settle();
        // A second message, so that any late effect of the first one can occur.
        node('n').receive({ payload: {}, ctios: { session: 'elsewhere' } } as never);
        while (ended() === 1) await settle();
        assert.equal(ended(), 2);
        assert.notEqual(statusOf('n'), 'blue dot', 'it still works on it');
        assert.equal(({} as { polluted?: string }).polluted, undefined);
        const told = [...got('failed'), ...got('completed'), ...got('out')].map(({ payload }) => payload);
        assert.ok(!told.some((payload) => (payload as { AgentPassword?: unknown } | undefined)?.AgentPassword));
      });
    }
  }

  it('continues to send events after one whose properties could not be copied', async () => {
    // JSONata values contain functions. Node-RED's copy fails on their getters, not on the functions.
    const properties = [{ p: 'extra', v: 'trap', vt: 'global' }];
    const wires = [['out', 'other']];
    await load([sessionNode, at('ctios-call-events', { properties, wires }), ...around]);
    const globals = node('n').context().global;
    globals.set('trap', throwing);
    openings.session.emit('OnCallBegin', { UniqueObjectID: CALL });
    await settle();
    globals.set('trap', 'harmless');
    openings.session.emit('OnCallEnd', { UniqueObjectID: CALL });
    await settle();
    assert.deepEqual(
      got('other').map(({ topic }) => topic),
      ['OnCallEnd'],
    );
  });
});
