import { deepEqual, equal } from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { SessionHarness } from './helpers.js';

const TARGET = 'agent.5000.1002';

describeOverEachTransport('A SilentMonitorManager', () => {
  async function managing() {
    const harness = await new SessionHarness().working();
    for (const name of ['StartSMMonitoringMode', 'StopSilentMonitorMode', 'StartSilentMonitorRequest']) {
      harness.a.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const manager = harness.session.createSilentMonitorManager({ HeartbeatInterval: 5 });
    harness.session.setCurrentSilentMonitor(manager);
    return { harness, manager };
  }

  it('enters a mode after the server has confirmed it, and leaves it', async () => {
    const { harness, manager } = await managing();
    equal(manager.getValueInt('SMManagerMode'), -1);
    await Promise.all([manager.startSMMonitoringMode({ MediaTerminationPort: 4000 }), harness.settle()]);
    equal(manager.getValueInt('SMManagerMode'), 1);
    await Promise.all([manager.stopSilentMonitorMode(), harness.settle()]);
    equal(manager.getValueInt('SMManagerMode'), -1);
    deepEqual(harness.a.connection.requestNames, ['StartSMMonitoringMode', 'StopSilentMonitorMode']);
  });

  it('keeps the session from its start to its end', async () => {
    const { harness, manager } = await managing();
    const session = { SMSessionKey: 3, MonitoredUniqueObjectID: TARGET, PeripheralID: 5000 };
    await harness.event('OnStartSilentMonitorConf', session);
    equal(manager.isMonitoredTarget(TARGET), true);
    equal(manager.isMonitoredTarget('agent.5000.1003'), false);
    deepEqual(manager.getSessionInfo({ SMSessionKey: 3 })?.toArgs(), session);
    equal(manager.getSessionInfo({ MonitoredUniqueObjectID: 'agent.5000.1003' }), undefined);
    equal(manager.getSMSessionList().numElements, 1);
    await harness.event('OnSilentMonitorSessionDisconnected', { SMSessionKey: 3 });
    equal(manager.getSMSessionList().numElements, 0);
  });

  it('learns the telephone’s media from RTP events, or from the application', async () => {
    const { harness, manager } = await managing();
    await harness.event('OnCallRTPStarted', {
      ClientAddress: '10.0.0.7',
      BitRate: 64,
      EchoCancellation: 1,
      PayloadType: 4,
    });
    deepEqual(manager.getIPPhoneInfo().toArgs(), {
      ClientAddress: '10.0.0.7',
      BitRate: 64,
      EchoCancelation: 1,
      PayLoadType: 4,
    });
    manager.setIPPhoneInfo({ ClientAddress: '10.0.0.8' });
    deepEqual(manager.getIPPhoneInfo().toArgs(), { ClientAddress: '10.0.0.8' });
  });

  it('receives nothing after it is no longer the current one', async () => {
    const { harness, manager } = await managing();
    const { listenerCount } = harness.session;
    equal(harness.session.getCurrentSilentMonitor(), manager);
    harness.session.destroySilentMonitorManager(manager);
    equal(harness.session.listenerCount, listenerCount - 1);
    equal(harness.session.getCurrentSilentMonitor(), undefined);
    await harness.event('OnStartSilentMonitorConf', { SMSessionKey: 3, MonitoredUniqueObjectID: TARGET });
    equal(manager.isMonitoredTarget(TARGET), false);
  });
});

describeOverEachTransport('A session', () => {
  it('reads from the desktop settings how silent monitoring works', async () => {
    const harness = await new SessionHarness().working();
    equal(harness.session.isCCMSilentMonitor(), false);
    harness.a.answers.set('RequestDesktopSettings', (request, connection) =>
      connection.confirm(request, 'OnGlobalSettingsDownloadConf', {
        IPCCSilentMonitor: { settings: { CCMBasedSilentMonitor: true } },
      }),
    );
    await Promise.all([harness.session.requestDesktopSettings({ DesktopType: 0 }), harness.settle()]);
    equal(harness.session.isCCMSilentMonitor(), true);
  });

  it('distinguishes a supervisor from an agent, and knows whom the supervisor monitors', async () => {
    const harness = await new SessionHarness().working();
    equal(harness.session.isAgent(), true);
    harness.session.currentAgent!.setValue('IsSupervisor', 1);
    equal(harness.session.isSupervisor(), true);
    await harness.event('OnMonitoredAgentStateChange', { UniqueObjectID: TARGET, AgentState: 4, Monitored: true });
    await harness.event('OnStartMonitoringAgent', { AgentReference: TARGET });
    equal(harness.session.currentAgent!.getMonitoredAgent()?.uniqueObjectID, TARGET);
    const watched = 'call.5000.17.2002';
    await harness.event('OnMonitoredCallBegin', { UniqueObjectID: watched, Monitored: true });
    equal(harness.session.calls.has(watched), true);
    await harness.event('OnStopMonitoringAgent', { AgentReference: TARGET });
    equal(harness.session.currentAgent!.getMonitoredAgent(), undefined);
    equal(harness.session.calls.has(watched), false, 'nobody will tell of its end');
  });
});
