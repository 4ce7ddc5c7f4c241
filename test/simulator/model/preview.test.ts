import assert from 'node:assert/strict';
import { allowed, Bench, PERIPHERAL, refused } from './support.js';

const CUSTOMER_NUMBER = '912065550177';

describe('outbound preview', () => {
  function offered(options?: ConstructorParameters<typeof Bench>[0]) {
    const b = new Bench(options);
    b.ready('1001');
    b.forget();
    const { callId } = allowed(
      b.center.offerPreview({
        peripheralId: PERIPHERAL,
        agentId: '1001',
        customerNumber: CUSTOMER_NUMBER,
        campaign: 'Renewals',
        accountNumber: '70010001',
      }),
    );
    const respond = (response: string) =>
      b.center.setCallData(b.at(callId, '2001'), { named: [['BAResponse', response]] });
    return { b, call: callId, respond };
  }

  it('reserves the agent and shows the customer, without a call that can be answered', () => {
    const { b, call } = offered();
    assert.deepEqual(b.told('2001'), ['callBegin 2 type 27', 'agent reserved', 'callDelivered 2 cause 22']);
    const { data } = b.center.call(PERIPHERAL, call)!;
    assert.equal(data.named.get('BAStatus'), 'DO');
    assert.equal(data.named.get('BACampaign'), 'Renewals');
    assert.equal(data.customerPhoneNumber, CUSTOMER_NUMBER);
    assert.deepEqual(refused(b.center.answer(b.at(call, '2001'))), [28, 0]);
    assert.deepEqual(refused(b.center.deflect(b.at(call, '2001'), '2002')), [28, 0]);
    b.consistent();
  });

  it('accepted: the reservation ends, the customer is dialed from the phone of the agent, who stays reserved', () => {
    const { b, respond } = offered({ desk: { wrapupOutgoing: 'required' } });
    b.arrives('8001');
    b.forget();
    allowed(respond('Accept'));
    b.seconds(4);
    assert.deepEqual(b.told('2001'), [
      'callDataUpdate 2 type 27',
      'callConnectionCleared 0',
      'callCleared 0',
      'callEnd 0',
      'callBegin 1 type 32 call 3',
      'callServiceInitiated 1 call 3',
      'callOriginated 1 call 3',
      'callReachedNetwork 1 call 3',
      `callEstablished 3 of ${CUSTOMER_NUMBER} call 3`,
      'agent talking',
    ]);
    assert.equal(b.center.agent(PERIPHERAL, '1001')?.direction, 6);
    b.consistent();
    const call = b.center.device(PERIPHERAL, '2001')!.connections[0]!.callId;
    b.seconds(30);
    allowed(b.center.clearConnection(b.at(call, '2001')));
    assert.equal(b.stateOf('1001'), 'work not ready');
    allowed(b.state('1001', 2));
    const statistics = b.center.agentStatistics(PERIPHERAL, '1001')!;
    assert.equal(statistics.PreviewCallsSession, 1);
    assert.equal(statistics.AgentOutCallsSession, 0);
  });

  it('rejected, or not decided in time: the agent is available again', () => {
    const { b, respond } = offered();
    b.forget();
    allowed(respond('Reject'));
    assert.deepEqual(b.told('2001'), [
      'callDataUpdate 2 type 27',
      'callConnectionCleared 0',
      'callCleared 0',
      'callEnd 0',
      'agent available',
    ]);
    const late = offered();
    late.b.seconds(61);
    assert.deepEqual(late.b.told('2001').slice(-2), ['callEnd 0', 'agent available']);
    assert.deepEqual(refused(late.respond('Accept')), [13, 13044]);
    late.b.consistent();
  });

  it('leaves the agent available if the customer cannot be reached', () => {
    const b = new Bench();
    b.ready('1001');
    const { callId } = allowed(
      b.center.offerPreview({ peripheralId: PERIPHERAL, agentId: '1001', customerNumber: '9998123', direct: true }),
    );
    allowed(b.center.setCallData(b.at(callId, '2001'), { named: [['BAResponse', 'Accept']] }));
    b.seconds(20);
    assert.ok(b.told('2001').includes('callFailed 6 cause 3 call 2'));
    assert.ok(b.told('2001').includes('callBegin 1 type 33 call 2'));
    assert.equal(b.stateOf('1001'), 'available');
    b.consistent();
  });

  it('requires an available agent and an external number', () => {
    const b = new Bench();
    b.logIn('1001');
    const offer = (customerNumber: string) =>
      b.center.offerPreview({ peripheralId: PERIPHERAL, agentId: '1001', customerNumber });
    assert.deepEqual(refused(offer(CUSTOMER_NUMBER)), [33, 0]);
    allowed(b.state('1001', 3));
    assert.deepEqual(refused(offer('2002')), [14, 0]);
  });
});
