import { deepEqual, equal } from 'node:assert/strict';
import { CALL, Stage } from './helpers.js';

describe('A session', () => {
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
});
