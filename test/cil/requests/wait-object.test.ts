import { deepEqual, equal, throws } from 'node:assert/strict';
import { describeOverEachTransport } from '../../support/wire.js';
import { CALL, CALL2, SessionHarness } from '../helpers.js';

describeOverEachTransport('A WaitObject', () => {
  it('ends with the first event of its mask and names it', async () => {
    const harness = await new SessionHarness().monitoring();
    const wait = harness.session.createWaitObject(['OnCallDelivered', 10]);
    deepEqual(wait.getMask(), ['OnCallDelivered', 'OnCallEstablished']);
    equal(wait.dumpEventMask(), 'OnCallDelivered, OnCallEstablished');
    equal(wait.inMask('OnCallBegin'), false);
    equal(wait.inMask(9), true);
    const result = wait.waitOnMultipleEvents(60_000);
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    await harness.event('OnCallEstablished', { UniqueObjectID: CALL });
    equal(await result, 'EVENT_SIGNALED');
    equal(wait.getTriggerEvent()?.event, 'OnCallEstablished');
  });

  it('times out, and leaves no listener or timer behind', async () => {
    const harness = await new SessionHarness(1, { heartbeatMs: 0 }).monitoring();
    const before = harness.session.listenerCount;
    const wait = harness.session.createWaitObject(['OnCallEnd']);
    const results = [wait.waitOnMultipleEvents(1_000), wait.waitOnMultipleEvents(2_000)];
    equal(harness.session.listenerCount, before + 2);
    await harness.advance(1_000);
    equal(await results[0], 'EVENT_WAIT_TIMEDOUT');
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(await results[1], 'EVENT_SIGNALED');
    equal(harness.session.listenerCount, before);
    equal(harness.clock.pending, 0);
  });

  it('can be restricted to events that match', async () => {
    const harness = await new SessionHarness().monitoring();
    const wait = harness.session.createWaitObject(['OnCallEnd']);
    const result = wait.waitOnMultipleEvents(undefined, { match: (event) => event.objectId === CALL2 });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    await harness.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(await result, 'EVENT_SIGNALED');
    equal(wait.getTriggerEvent()?.objectId, CALL2);
  });

  it('does not miss events between a request and the wait', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    const { sequence } = harness.session;
    const wait = harness.session.createWaitObject(['OnCallEnd']);
    equal(await wait.waitOnMultipleEvents(1, { afterSequence: sequence - 1 }), 'EVENT_SIGNALED');
    const later = wait.waitOnMultipleEvents(1_000, { afterSequence: sequence });
    await harness.advance(1_000);
    equal(await later, 'EVENT_WAIT_TIMEDOUT');
  });

  it('survives a failover, and fails when the session is disconnected or it is destroyed', async () => {
    const harness = await new SessionHarness(2).monitoring();
    const wait = harness.session.createWaitObject(['OnCallEnd']);
    const destroyed = harness.session.createWaitObject(['OnCallEnd']);
    const results = [wait.waitOnMultipleEvents(), destroyed.waitOnMultipleEvents()];
    harness.session.destroyWaitObject(destroyed);
    equal(await results[1], 'WAIT_FAILED');
    harness.a.connection.break();
    await harness.settle();
    await Promise.all([harness.session.disconnect(), harness.settle()]);
    equal(await results[0], 'WAIT_FAILED');
  });

  it('rejects an unknown event', async () => {
    const harness = new SessionHarness();
    throws(() => harness.session.createWaitObject(['OnCallBegun']), { code: 'E_CTIOS_INVALID_EVENTID' });
    const wait = harness.session.createWaitObject();
    throws(() => wait.setMask([99_999]), { code: 'E_CTIOS_INVALID_EVENTID' });
  });
});
