import assert from 'node:assert/strict';
import type { WorldConfig } from '../../../src/simulator/model/state/types.js';
import { allowed, Bench, CUSTOMER, PERIPHERAL, refused } from './support.js';

/** All agents serve Sales, with the given priorities. */
function skilled(priorities: Record<string, number>) {
  return (config: WorldConfig): WorldConfig => ({
    ...config,
    agents: config.agents.map((each) => ({
      ...each,
      skills: each.supervisor ? [] : [{ skillGroupNumber: 10, priority: priorities[each.agentId] ?? 1 }],
    })),
  });
}

/** The device at which a call rings. */
function ringsAt(b: Bench, callId: number): string | undefined {
  return b.center.call(PERIPHERAL, callId)?.connections.find((each) => each.state === 2)?.deviceId;
}

describe('the router', () => {
  it('sends a call to the agent who has been available longest', () => {
    const b = new Bench({ world: skilled({}) });
    b.ready('1003');
    b.seconds(1);
    b.ready('1001');
    b.seconds(1);
    b.ready('1002');
    const calls = [b.arrives(), b.arrives(), b.arrives()];
    b.seconds(1);
    assert.deepEqual(
      calls.map((each) => ringsAt(b, each)),
      ['2003', '2001', '2002'],
    );
  });

  it('prefers skill to time', () => {
    const b = new Bench({ world: skilled({ '1001': 2, '1002': 1 }) });
    b.ready('1001');
    b.seconds(60);
    b.ready('1002');
    const call = b.arrives();
    b.seconds(1);
    assert.equal(ringsAt(b, call), '2002');
  });

  it('keeps the position of an agent whose caller hung up before the phone rang', () => {
    const b = new Bench({ world: skilled({}) });
    b.ready('1001');
    b.seconds(1);
    b.ready('1002');
    allowed(b.center.hangUp(PERIPHERAL, b.arrives()));
    const call = b.arrives();
    b.seconds(1);
    assert.equal(ringsAt(b, call), '2001');
  });

  it('serves the queue by priority, then by arrival', () => {
    const b = new Bench({
      world: (config) => {
        const base = skilled({})(config);
        return {
          ...base,
          dialedNumbers: base.dialedNumbers.map((each) => ({
            ...each,
            route: { skillGroupNumber: 10, queuePriority: each.number === '8003' ? 1 : 5 },
          })),
        };
      },
    });
    const first = b.arrives('8001');
    b.seconds(1);
    const second = b.arrives('8002');
    b.seconds(1);
    const important = b.arrives('8003');
    b.seconds(1);
    assert.equal(b.center.queue(PERIPHERAL, 10).waiting, 3);
    assert.equal(b.center.queue(PERIPHERAL, 10).longestSeconds, 3);
    b.ready('1001', '1002');
    b.seconds(1);
    assert.deepEqual([ringsAt(b, important), ringsAt(b, first), ringsAt(b, second)], ['2001', '2002', undefined]);
    b.consistent();
  });

  it('sends an agent of several groups the call that has waited longest', () => {
    const b = new Bench();
    const support = b.arrives('8002');
    b.seconds(1);
    const sales = b.arrives('8001');
    b.ready('1001');
    b.seconds(1);
    assert.equal(ringsAt(b, support), '2001');
    assert.equal(ringsAt(b, sales), undefined);
  });

  it('lets a call that has waited too long overflow to another number', () => {
    const b = new Bench({
      world: (config) => ({
        ...config,
        dialedNumbers: config.dialedNumbers.map((each) =>
          each.number === '8001'
            ? { ...each, route: { ...each.route, overflowAfterSeconds: 30, overflowTo: '8003' } }
            : each,
        ),
      }),
    });
    b.ready('1003');
    allowed(b.state('1003', 2));
    const call = b.arrives('8001');
    b.seconds(31);
    assert.equal(b.center.queue(PERIPHERAL, 30).waiting, 1);
    allowed(b.state('1003', 3));
    b.seconds(1);
    assert.equal(ringsAt(b, call), '2003');
    b.consistent();
  });

  it('ends calls of impatient callers in the queue and while ringing, but never while talking', () => {
    const b = new Bench();
    b.arrives('8001', { patienceMs: 10_000 });
    b.seconds(11);
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    b.ready('1001');
    b.arrives('8001', { patienceMs: 10_000 });
    b.seconds(11);
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    assert.equal(b.stateOf('1001'), 'available');
    const call = b.arrives('8001', { patienceMs: 10_000 });
    b.seconds(1);
    allowed(b.center.answer(b.at(call, '2001')));
    b.seconds(60);
    assert.equal(b.stateOf('1001'), 'talking');
    b.consistent();
  });

  it('withdraws a call from an agent, and offers it again', () => {
    const b = new Bench({ world: skilled({}) });
    b.ready('1001');
    const call = b.arrives();
    allowed(b.center.withdrawRoute(PERIPHERAL, call));
    assert.deepEqual(b.told('2001').slice(-3), ['agentPreCall', 'agentPreCallAbort', 'agentPreCall']);
    b.seconds(1);
    assert.equal(ringsAt(b, call), '2001');
    assert.deepEqual(refused(b.center.withdrawRoute(PERIPHERAL, call)), [21, 0]);
  });

  it('sends an unanswered call to the target in the desk settings', () => {
    const b = new Bench({ desk: { ringNoAnswerTarget: '8003', ringNoAnswerTime: 5 } });
    b.ready('1001', '1003');
    allowed(b.state('1003', 2));
    const call = b.arrives('8001');
    b.seconds(6);
    assert.equal(b.center.queue(PERIPHERAL, 30).waiting, 1);
    allowed(b.state('1003', 3));
    b.seconds(1);
    assert.equal(ringsAt(b, call), '2003');
    b.consistent();
  });

  it('sends no calls while the peripheral is offline, and none to phones that are out of service', () => {
    const b = new Bench();
    b.ready('1001');
    allowed(b.center.setPeripheralOnline(PERIPHERAL, false));
    assert.deepEqual(refused(b.state('1001', 2)), [1006, 0]);
    assert.deepEqual(
      refused(b.center.placeCall({ peripheralId: PERIPHERAL, ani: CUSTOMER, dialedNumber: '8001' })),
      [1006, 0],
    );
    allowed(b.center.setPeripheralOnline(PERIPHERAL, true));
    const call = b.arrives();
    allowed(b.center.setDeviceInService(PERIPHERAL, '2001', false));
    b.seconds(1);
    assert.equal(ringsAt(b, call), undefined);
    assert.equal(b.center.queue(PERIPHERAL, 10).waiting, 1);
    b.consistent();
  });

  it('accepts only configured numbers, and identifies callers with a withheld number by their trunk', () => {
    const b = new Bench();
    assert.deepEqual(
      refused(b.center.placeCall({ peripheralId: PERIPHERAL, ani: CUSTOMER, dialedNumber: '1234' })),
      [14, 0],
    );
    assert.deepEqual(refused(b.center.placeCall({ peripheralId: 1, dialedNumber: '8001' })), [1004, 0]);
    b.ready('1001');
    const call = b.arrives('8001', { ani: '' });
    b.seconds(1);
    const { facts } = b.center.call(PERIPHERAL, call)!;
    assert.equal(facts.data.ani, '');
    assert.equal(facts.calling.type, 70, 'DEVID_TRUNK_IDENTIFIER');
  });

  it('puts a call that an agent failed to answer first, and names the agent as the last redirection', () => {
    const b = new Bench({ world: skilled({}) });
    b.ready('1001');
    const missed = b.arrives();
    b.seconds(1);
    const other = b.arrives();
    b.seconds(30);
    b.ready('1002');
    b.seconds(1);
    assert.equal(ringsAt(b, missed), '2002');
    assert.equal(ringsAt(b, other), undefined);
    assert.equal(b.center.call(PERIPHERAL, missed)?.facts.lastRedirect.id, '7001', 'it waited at the VRU last');
    const delivered = b.events.find((each) => each.kind === 'callConnectionCleared' && each.releasing.id === '2001');
    assert.equal(delivered?.kind === 'callConnectionCleared' && delivered.cause, 28);
  });
});
