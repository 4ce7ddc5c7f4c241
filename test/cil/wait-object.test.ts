import { deepEqual, equal, throws } from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, CALL2, Stage } from './helpers.js';

describeOverEachTransport('A WaitObject', () => {
  it('ends with the first event of its mask and names it', async () => {
    const stage = await new Stage().monitoring();
    const wait = stage.session.createWaitObject(['OnCallDelivered', 10]);
    deepEqual(wait.getMask(), ['OnCallDelivered', 'OnCallEstablished']);
    equal(wait.dumpEventMask(), 'OnCallDelivered, OnCallEstablished');
    equal(wait.inMask('OnCallBegin'), false);
    equal(wait.inMask(9), true);
    const result = wait.waitOnMultipleEvents(60_000);
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    await stage.event('OnCallEstablished', { UniqueObjectID: CALL });
    equal(await result, 'EVENT_SIGNALED');
    equal(wait.getTriggerEvent()?.event, 'OnCallEstablished');
  });

  it('times out, and leaves neither listener nor timer', async () => {
    const stage = await new Stage(1, { heartbeatMs: 0 }).monitoring();
    const before = stage.session.listenerCount;
    const wait = stage.session.createWaitObject(['OnCallEnd']);
    const results = [wait.waitOnMultipleEvents(1_000), wait.waitOnMultipleEvents(2_000)];
    equal(stage.session.listenerCount, before + 2);
    await stage.advance(1_000);
    equal(await results[0], 'EVENT_WAIT_TIMEDOUT');
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(await results[1], 'EVENT_SIGNALED');
    equal(stage.session.listenerCount, before);
    equal(stage.clock.pending, 0);
  });

  it('may be narrowed to events that match', async () => {
    const stage = await new Stage().monitoring();
    const wait = stage.session.createWaitObject(['OnCallEnd']);
    const result = wait.waitOnMultipleEvents(undefined, { match: (event) => event.objectId === CALL2 });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    await stage.event('OnCallEnd', { UniqueObjectID: CALL2 });
    equal(await result, 'EVENT_SIGNALED');
    equal(wait.getTriggerEvent()?.objectId, CALL2);
  });

  it('does not miss what came between a request and the wait', async () => {
    const stage = await new Stage().monitoring();
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    const { sequence } = stage.session;
    const wait = stage.session.createWaitObject(['OnCallEnd']);
    equal(await wait.waitOnMultipleEvents(1, { afterSequence: sequence - 1 }), 'EVENT_SIGNALED');
    const later = wait.waitOnMultipleEvents(1_000, { afterSequence: sequence });
    await stage.advance(1_000);
    equal(await later, 'EVENT_WAIT_TIMEDOUT');
  });

  it('survives a failover, and fails when the session is disconnected or it is destroyed', async () => {
    const stage = await new Stage(2).monitoring();
    const wait = stage.session.createWaitObject(['OnCallEnd']);
    const destroyed = stage.session.createWaitObject(['OnCallEnd']);
    const results = [wait.waitOnMultipleEvents(), destroyed.waitOnMultipleEvents()];
    stage.session.destroyWaitObject(destroyed);
    equal(await results[1], 'WAIT_FAILED');
    stage.a.connection.break();
    await stage.settle();
    await Promise.all([stage.session.disconnect(), stage.settle()]);
    equal(await results[0], 'WAIT_FAILED');
  });

  it('refuses an event that there is not', async () => {
    const stage = new Stage();
    throws(() => stage.session.createWaitObject(['OnCallBegun']), { code: 'E_CTIOS_INVALID_EVENTID' });
    const wait = stage.session.createWaitObject();
    throws(() => wait.setMask([99_999]), { code: 'E_CTIOS_INVALID_EVENTID' });
  });
});
