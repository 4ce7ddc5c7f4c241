import assert from 'node:assert/strict';
import { allowed, Bench, CUSTOMER, PERIPHERAL, refused } from './support.js';

/** Consultation, transfer and conference: the exact events for each party. */
describe('joined calls', () => {
  /** A customer talks to 1001; 1002 is available for a consultation. */
  function bench(options?: ConstructorParameters<typeof Bench>[0]) {
    const b = new Bench(options);
    b.ready('1002');
    return { b, call: b.talking() };
  }

  it('consult: the original is held without a cause, the target is reserved before it rings', () => {
    const { b, call } = bench();
    const made = allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 1 }));
    allowed(b.center.answer(b.at(made.connection.callId, '2002')));
    assert.deepEqual(b.told('2001'), [
      'callHeld 4',
      'agent hold',
      'callBegin 1 type 12 call 2',
      'callServiceInitiated 1 call 2',
      'callOriginated 1 call 2',
      'callDelivered 1 of 2002 call 2',
      'callEstablished 3 of 2002 call 2',
      'agent talking',
    ]);
    assert.deepEqual(b.told('2002'), [
      'callBegin 2 type 12 call 2',
      'agent reserved',
      'callDelivered 2 call 2',
      'callEstablished 3 call 2',
      'agent talking',
    ]);
    assert.deepEqual(b.told(CUSTOMER), ['callHeld 3 of 2001']);
    b.consistent();
  });

  it('consult: the new call belongs to the same contact and inherits its data', () => {
    const { b, call } = bench();
    allowed(
      b.center.setCallData(b.at(call, '2001'), { variables: ['70010001', 'old'], named: [['user.Tier', 'gold']] }),
    );
    const made = allowed(
      b.center.consult({
        active: b.at(call, '2001'),
        dialedNumber: '2002',
        consultType: 1,
        data: { variables: [undefined, 'new'] },
      }),
    );
    const original = b.center.call(PERIPHERAL, call)!;
    const consult = b.center.call(PERIPHERAL, made.connection.callId)!;
    assert.deepEqual(consult.facts.routerCallKey, original.facts.routerCallKey);
    assert.equal(consult.consultOf, call);
    assert.deepEqual(consult.data.variables.slice(0, 2), ['70010001', 'new']);
    assert.equal(consult.data.named.get('user.Tier'), 'gold');
    assert.equal(consult.data.ani, CUSTOMER);
    assert.equal(original.data.variables[1], 'old');
  });

  it('alternate: the active call is held, the held one retrieved, both with cause 2', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002');
    allowed(b.center.alternate(b.at(consult, '2001'), b.at(call, '2001')));
    assert.deepEqual(b.told('2001'), [
      'callHeld 4 cause 2 call 2',
      'agent hold',
      'callRetrieved 3 cause 2',
      'agent talking',
    ]);
    assert.deepEqual(
      refused(b.center.transfer({ active: b.at(call, '2001'), held: b.at(consult, '2001') })),
      [29, 13125],
      'transfer completes only while the consulted party talks',
    );
    b.consistent();
  });

  it('reconnect: the consultation ends, the original is retrieved', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002');
    allowed(b.center.reconnect(b.at(consult, '2001'), b.at(call, '2001')));
    assert.deepEqual(b.told('2001'), [
      'callConnectionCleared 0 call 2',
      'callConnectionCleared 0 of 2002 call 2',
      'callCleared 0 call 2',
      'callEnd 0 call 2',
      'agent hold',
      'callRetrieved 3',
      'agent talking',
    ]);
    assert.deepEqual(b.told('2002').at(-1), 'agent available');
    b.consistent();
  });

  it('consult transfer: the primary id survives; the consulted party is notified in one update', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002');
    const joined = allowed(b.center.transfer({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    assert.deepEqual(b.told('2001'), [
      'callTransferred 0 cause 32',
      'callEnd 0',
      'callEnd 0 call 2',
      'agent work ready',
    ]);
    assert.deepEqual(b.told('2002'), ['callTransferred 3 cause 32 of 2001 call 2', 'callDataUpdate 3 type 13 was 2']);
    assert.deepEqual(b.told(CUSTOMER), ['callTransferred 3 cause 32 of 2001']);
    assert.deepEqual(
      joined.parties.map((each) => each.deviceId),
      [CUSTOMER, '2002'],
    );
    assert.equal(b.center.call(PERIPHERAL, consult), undefined);
    b.forget();
    allowed(b.center.clearConnection(b.at(call, '2002')));
    assert.deepEqual(b.told('2002'), [
      'callConnectionCleared 0',
      `callConnectionCleared 0 of ${CUSTOMER}`,
      'callCleared 0',
      'callEnd 0',
      'agent work ready',
    ]);
    b.consistent();
  });

  it('consult transfer: the primary call takes precedence if both have a value', () => {
    const { b, call } = bench();
    allowed(b.center.setCallData(b.at(call, '2001'), { variables: ['primary'] }));
    const consult = b.consulting(call, '2001', '2002');
    allowed(
      b.center.setCallData(b.at(consult, '2002'), { variables: ['consult', 'added'], named: [['user.Note', 'x']] }),
    );
    b.forget();
    allowed(b.center.transfer({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    const { data, facts } = b.center.call(PERIPHERAL, call)!;
    assert.equal(facts.disposition, 0, 'the call goes on');
    assert.deepEqual(data.variables.slice(0, 2), ['primary', 'added']);
    assert.equal(data.named.get('user.Note'), 'x');
    const update = b.events.findLast((each) => each.kind === 'callDataUpdate' && each.connection.callId === consult);
    assert.deepEqual(update?.kind === 'callDataUpdate' && update.changed.filter((each) => each !== 'DialedNumber'), [
      'CallVariable1',
    ]);
  });

  it('blind transfer: the initiator leaves immediately, the new party is called', () => {
    const { b, call } = bench();
    allowed(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '2002' }));
    assert.deepEqual(b.told('2001'), ['callTransferred 0 cause 32', 'callEnd 0', 'agent work ready']);
    assert.deepEqual(b.told('2002'), ['callBegin 2 type 11', 'agent reserved', 'callDelivered 2 cause 32']);
    assert.deepEqual(b.told(CUSTOMER), ['callTransferred 3 cause 32 of 2001', 'callDelivered 3 cause 32 of 2002']);
    b.consistent();
  });

  it('blind transfer to a busy or unknown destination is refused and does not affect the call', () => {
    const { b, call } = bench();
    b.talking('1003', '8003');
    assert.deepEqual(refused(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '2003' })), [33, 0]);
    assert.deepEqual(refused(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: 'nowhere' })), [14, 0]);
    assert.deepEqual(b.told('2001'), []);
    assert.equal(b.center.connection(b.at(call, '2001'))?.state, 3);
  });

  it('blind transfer to a dialed number is routed, as a transferred call', () => {
    const { b, call } = bench();
    allowed(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '8002' }));
    b.seconds(1);
    assert.deepEqual(b.told('2002'), ['agentPreCall', 'callBegin 2 type 4', 'agent reserved', 'callDelivered 2']);
    b.consistent();
  });

  it('a phone that rings when its caller transfers the call to an outside number cannot redirect it', () => {
    const b = new Bench();
    b.logIn('1001');
    b.ready('1002', '1003');
    const call = b.dials('2001', '2002');
    allowed(b.center.answer(b.at(call, '2002')));
    allowed(b.center.transfer({ active: b.at(call, '2002'), dialedNumber: '2003' }));
    allowed(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '9997123' }));
    refused(b.center.deflect(b.at(call, '2003'), '8001'));
    b.consistent();
    b.seconds(120);
    b.consistent();
  });

  it('a consultation that waits in a queue can be transferred, and the customer takes its place', () => {
    const b = new Bench();
    b.logIn('1002');
    const call = b.talking();
    const made = allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '8002', consultType: 1 }));
    b.seconds(10);
    allowed(b.center.transfer({ active: made.connection, held: b.at(call, '2001') }));
    assert.equal(b.center.queue(PERIPHERAL, 20).waiting, 1);
    b.forget();
    allowed(b.state('1002', 3));
    b.seconds(1);
    assert.deepEqual(b.told('2002'), [
      'agent available',
      'agentPreCall',
      'callBegin 2 type 4',
      'agent reserved',
      'callDelivered 2',
    ]);
    b.consistent();
  });

  it('a consultation that was queued is still about its call, even if that waits in a queue, too', () => {
    const b = new Bench();
    b.logIn('1001', '1003');
    const call = b.dials('2001', '8002');
    b.seconds(1);
    const made = allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '8003', consultType: 2 }));
    const consult = made.connection.callId;
    b.seconds(1);
    allowed(b.state('1003', 3));
    b.seconds(1);
    assert.equal(b.center.connection(b.at(consult, '2003'))?.state, 2);
    assert.equal(b.center.call(PERIPHERAL, consult)?.consultOf, call);
    allowed(b.center.answer(b.at(consult, '2003')));
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    b.consistent();
  });

  it('a call that waits in a queue continues to wait, once, if another party of it does not answer', () => {
    for (const ringNoAnswerTarget of [undefined, '8003']) {
      const b = new Bench({ desk: ringNoAnswerTarget === undefined ? {} : { ringNoAnswerTarget } });
      b.logIn('1001', '1002');
      b.ready('1003');
      const call = b.dials('2001', '8002');
      const consult = b.consulting(call, '2001', '2002', 2);
      allowed(b.center.transfer({ active: b.at(consult, '2002'), dialedNumber: '2003' }));
      allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
      b.seconds(20);
      assert.deepEqual(b.told('2003').slice(-2), ['callEnd 0', 'agent not ready reason 32767']);
      assert.equal(b.center.queue(PERIPHERAL, 20).waiting, 1);
      assert.equal(b.center.queue(PERIPHERAL, 30).waiting, 0);
      assert.equal(b.center.call(PERIPHERAL, call)?.connections.length, 2);
      b.consistent();
    }
  });

  it('a call that waits in a queue ends if the last called party does not answer', () => {
    const b = new Bench();
    b.logIn('1001', '1002');
    b.ready('1003');
    const call = b.dials('2001', '8002');
    const consult = b.consulting(call, '2001', '2002', 2);
    allowed(b.center.transfer({ active: b.at(consult, '2002'), dialedNumber: '2003' }));
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    allowed(b.center.clearConnection(b.at(call, '2001')));
    assert.equal(b.center.queue(PERIPHERAL, 20).waiting, 1);
    b.seconds(20);
    assert.equal(b.center.queue(PERIPHERAL, 20).waiting, 0);
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    b.consistent();
  });

  it('conference: the others are notified of type and id before the conference event', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002', 2);
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    // No event for the controller has a call type, so its own stays unchanged.
    assert.deepEqual(b.told('2001'), ['callConferenced 3 type 2 cause 17', 'callEnd 0 call 2']);
    assert.deepEqual(b.told('2002'), ['callDataUpdate 3 type 15 was 2', 'callConferenced 3 type 15 cause 17 of 2001']);
    assert.deepEqual(b.told(CUSTOMER), ['callDataUpdate 3 type 15', 'callConferenced 3 type 15 cause 17 of 2001']);
    assert.equal(b.center.call(PERIPHERAL, call)?.conference, true);
    b.consistent();
  });

  it('a party leaves a conference: the others keep their state; two remaining parties are a normal call; the last one ends it', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002', 2);
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    b.forget();
    allowed(b.center.clearConnection(b.at(call, '2001')));
    assert.deepEqual(b.told('2001'), ['callConnectionCleared 0', 'callEnd 0', 'agent work ready']);
    assert.deepEqual(b.told('2002'), ['callConnectionCleared 3 of 2001']);
    assert.equal(b.center.call(PERIPHERAL, call)?.conference, false);
    b.forget();
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.deepEqual(b.told('2002'), [
      `callConnectionCleared 3 of ${CUSTOMER}`,
      'callConnectionCleared 0',
      'callCleared 0',
      'callEnd 0',
      'agent work ready',
    ]);
    b.consistent();
  });

  it('the controller of a conference drops another party; if configured, only the controller may', () => {
    const { b, call } = bench({ switch: { multipleControllers: false } });
    const consult = b.consulting(call, '2001', '2002', 2);
    allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    assert.deepEqual(refused(b.center.clearConnection(b.at(call, '2001'), '2002')), [8, 0]);
    b.forget();
    allowed(b.center.clearConnection(b.at(call, '2002'), '2001'));
    assert.deepEqual(b.told('2002'), ['callConnectionCleared 0', 'callEnd 0', 'agent work ready']);
    assert.deepEqual(b.told('2001'), ['callConnectionCleared 3 of 2002']);
    b.consistent();
  });

  it('a conference is limited to 16 parties', () => {
    const b = new Bench({ agents: 20, desk: { wrapupIncoming: 'notAllowed' } });
    const call = b.talking();
    for (let index = 2; index <= 15; index++) {
      const phone = String(2000 + index);
      b.logIn(String(1000 + index));
      const consult = b.consulting(call, '2001', phone, 2);
      allowed(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') }));
    }
    assert.equal(b.center.call(PERIPHERAL, call)?.connections.length, 16);
    b.logIn('1016');
    const consult = b.consulting(call, '2001', '2016', 2);
    assert.deepEqual(
      refused(b.center.conference({ active: b.at(consult, '2001'), held: b.at(call, '2001') })),
      [38, 0],
    );
    b.consistent();
  });

  it('single-step conference: refused by Unified CCE, supported elsewhere', () => {
    const { b, call } = bench();
    assert.deepEqual(refused(b.center.conference({ active: b.at(call, '2001'), dialedNumber: '2002' })), [15, 0]);

    const other = bench({
      world: (config) => ({ ...config, peripherals: config.peripherals.map((each) => ({ ...each, type: 5 })) }),
    });
    allowed(other.b.center.conference({ active: other.b.at(other.call, '2001'), dialedNumber: '2002' }));
    assert.deepEqual(other.b.told('2001'), [
      'callHeld 4',
      'agent hold',
      'callBegin 1 type 12 call 2',
      'callServiceInitiated 1 call 2',
      'callOriginated 1 call 2',
      'callDelivered 1 of 2002 call 2',
      'callConferenced 3 type 2 cause 17',
      'callEnd 0 call 2',
      'agent talking',
    ]);
    other.b.consistent();
  });

  it('calls that must not be joined are refused, with the codes of the peripheral', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002', 2);
    allowed(b.center.hold(b.at(consult, '2002')));
    b.forget();
    const legs = { active: b.at(consult, '2001'), held: b.at(call, '2001') };
    assert.deepEqual(refused(b.center.transfer(legs)), [29, 13121], 'the consulted party has the call on hold');
    assert.deepEqual(refused(b.center.conference(legs)), [29, 13045]);
    assert.deepEqual(b.told('2001'), []);
    allowed(b.center.retrieve(b.at(consult, '2002')));
    b.forget();
    assert.deepEqual(refused(b.center.conference({ active: legs.held, held: legs.active })), [29, 13056]);
    assert.deepEqual(
      refused(b.center.consult({ active: b.at(consult, '2001'), dialedNumber: '2003', consultType: 1 })),
      [21, 0],
      'one consultation at a time',
    );
    assert.deepEqual(b.told('2001'), []);
  });

  it('the customer hangs up during a consultation: the consultation continues', () => {
    const { b, call } = bench();
    const consult = b.consulting(call, '2001', '2002');
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.deepEqual(b.told('2001'), [
      `callConnectionCleared 4 of ${CUSTOMER}`,
      'callConnectionCleared 0',
      'callCleared 0',
      'callEnd 0',
    ]);
    assert.equal(b.stateOf('1001'), 'talking');
    assert.equal(b.center.call(PERIPHERAL, consult)?.consultOf, undefined);
    b.consistent();
  });

  it('a consultation without an answer fails with cause 10, and the original can be retrieved', () => {
    const { b, call } = bench();
    allowed(b.center.consult({ active: b.at(call, '2001'), dialedNumber: '2002', consultType: 1 }));
    b.seconds(20);
    assert.deepEqual(b.told('2001').at(-1), 'callFailed 6 cause 10 call 2');
    assert.deepEqual(b.told('2002').slice(-2), ['callEnd 0 call 2', 'agent not ready reason 32767']);
    b.seconds(10);
    assert.deepEqual(b.told('2001').at(-1), 'callEnd 0 call 2');
    allowed(b.center.retrieve(b.at(call, '2001')));
    assert.equal(b.stateOf('1001'), 'talking');
    b.consistent();
  });

  it('two external parties connected by a transfer remain connected, and end after some time', () => {
    const { b, call } = bench();
    allowed(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '912065550123' }));
    b.seconds(60);
    assert.deepEqual(
      b.center.call(PERIPHERAL, call)?.connections.map((each) => each.state),
      [3, 3],
    );
    b.seconds(300);
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    b.consistent();
  });

  it('a consultation that its initiator transfers away is no longer one', () => {
    const { b, call } = bench();
    b.ready('1003');
    const consult = b.consulting(call, '2001', '2002');
    allowed(b.center.transfer({ active: b.at(consult, '2001'), dialedNumber: '2003' }));
    assert.equal(b.center.call(PERIPHERAL, consult)?.consultOf, undefined);
    allowed(b.center.retrieve(b.at(call, '2001')));
    b.consistent();
  });

  it('a call with a ringing phone is not joined to another', () => {
    const b = new Bench();
    b.logIn('1001', '1002', '1003');
    const call = b.dials('2001', '2002');
    allowed(b.center.answer(b.at(call, '2002')));
    allowed(b.center.transfer({ active: b.at(call, '2001'), dialedNumber: '2003' }));
    const made = allowed(b.center.consult({ active: b.at(call, '2002'), dialedNumber: '8001', consultType: 1 }));
    const legs = { active: made.connection, held: b.at(call, '2002') };
    assert.deepEqual(refused(b.center.transfer(legs)), [29, 13125]);
    allowed(b.center.answer(b.at(call, '2003')));
    allowed(b.center.transfer(legs));
    assert.equal(b.center.queue(PERIPHERAL, 10).waiting, 1);
    b.consistent();
  });
});
