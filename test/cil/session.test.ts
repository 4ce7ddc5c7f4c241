import { deepEqual, equal } from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, Stage } from './helpers.js';

describeOverEachTransport('A session', () => {
  it('connects, takes a mode and makes Call objects from events', async () => {
    const stage = await new Stage().connected();
    deepEqual(stage.names(), ['OnConnection']);
    equal(stage.session.status.state, 'ready');
    const mode = stage.session.setMessageFilter('');
    await stage.settle();
    await mode;
    deepEqual(stage.names(), ['OnMonitorModeEstablished']);
    equal(stage.session.status.mode, 'monitor');
    equal(stage.session.status.online, true);
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, ANI: '2065550101', CallStatus: 0 });
    equal(stage.session.calls.get(CALL)?.getValueString('ani'), '2065550101');
    await stage.event('OnCallEnd', { UniqueObjectID: CALL });
    equal(stage.session.calls.size, 0);
    deepEqual(stage.errors, []);
  });

  it('numbers a gap that its application reports like any other event, keeps it and tells whoever listens', async () => {
    const stage = await new Stage().monitoring();
    const heard: string[] = [];
    stage.session.subscribe('ISessionEvents', ({ event }) => heard.push(event));
    const before = stage.session.sequence;
    stage.session.reportGap({ From: 'a', To: 'b', Reason: 'deploy', EventsLost: 3 });
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    deepEqual(heard, ['OnConnectionGap']);
    deepEqual(
      [...stage.session.history.after(before)].map(({ event, sequence }) => [event, sequence]),
      [
        ['OnConnectionGap', before + 1],
        ['OnCallBegin', before + 2],
      ],
    );
    equal(stage.last('OnConnectionGap').args.EventsLost, 3);
  });

  it('tells a gap that is reported in the middle of an event after that event, to everybody', async () => {
    const stage = await new Stage().monitoring();
    const order: string[] = [];
    stage.session.subscribe('AllInOne', ({ event }) => {
      if (event === 'OnCallBegin') stage.session.reportGap({ From: 'a', To: 'b', Reason: 'deploy' });
    });
    stage.session.subscribe('AllInOne', ({ event, sequence }) => order.push(`${event} ${sequence}`));
    const at = stage.session.sequence;
    await stage.event('OnCallBegin', { UniqueObjectID: CALL });
    deepEqual(order, [`OnCallBegin ${at + 1}`, `OnConnectionGap ${at + 2}`]);
  });
});
