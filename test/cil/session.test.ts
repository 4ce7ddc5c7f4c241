import { deepEqual, equal } from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, SessionHarness } from './helpers.js';

describeOverEachTransport('A session', () => {
  it('connects, sets a mode and creates Call objects from events', async () => {
    const harness = await new SessionHarness().connected();
    deepEqual(harness.names(), ['OnConnection']);
    equal(harness.session.status.state, 'ready');
    const mode = harness.session.setMessageFilter('');
    await harness.settle();
    await mode;
    deepEqual(harness.names(), ['OnMonitorModeEstablished']);
    equal(harness.session.status.mode, 'monitor');
    equal(harness.session.status.online, true);
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, ANI: '2065550101', CallStatus: 0 });
    equal(harness.session.calls.get(CALL)?.getValueString('ani'), '2065550101');
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(harness.session.calls.size, 0);
    deepEqual(harness.errors, []);
  });

  it('numbers a gap reported by its application like any other event, keeps it and emits it to listeners', async () => {
    const harness = await new SessionHarness().monitoring();
    const heard: string[] = [];
    harness.session.subscribe('ISessionEvents', ({ event }) => heard.push(event));
    const before = harness.session.sequence;
    harness.session.reportGap({ From: 'a', To: 'b', Reason: 'deploy', EventsLost: 3 });
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    deepEqual(heard, ['OnConnectionGap']);
    deepEqual(
      [...harness.session.history.after(before)].map(({ event, sequence }) => [event, sequence]),
      [
        ['OnConnectionGap', before + 1],
        ['OnCallBegin', before + 2],
      ],
    );
    equal(harness.last('OnConnectionGap').args.EventsLost, 3);
  });

  it('dates events on the monotonic clock, too, which does not jump when the clock is set', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    const begin = harness.last('OnCallBegin');
    harness.clock.setWallClock(harness.clock.now() - 3_600_000);
    await harness.event('OnCallEnd', { UniqueObjectID: CALL });
    const end = harness.last('OnCallEnd');
    equal(end.time - begin.time, -3_600_000);
    equal(end.at! - begin.at!, 0);
  });

  it('emits a gap reported during an event after that event, to all listeners', async () => {
    const harness = await new SessionHarness().monitoring();
    const order: string[] = [];
    harness.session.subscribe('AllInOne', ({ event }) => {
      if (event === 'OnCallBegin') harness.session.reportGap({ From: 'a', To: 'b', Reason: 'deploy' });
    });
    harness.session.subscribe('AllInOne', ({ event, sequence }) => order.push(`${event} ${sequence}`));
    const at = harness.session.sequence;
    await harness.event('OnCallBegin', { UniqueObjectID: CALL });
    deepEqual(order, [`OnCallBegin ${at + 1}`, `OnConnectionGap ${at + 2}`]);
  });
});
