import { deepEqual, equal } from 'node:assert/strict';
import { describeOverEachTransport } from '../support/wire.js';
import { Stage } from './helpers.js';

const TARGET = 'agent.5000.1002';

describeOverEachTransport('A SilentMonitorManager', () => {
  async function managing() {
    const stage = await new Stage().working();
    for (const name of ['StartSMMonitoringMode', 'StopSilentMonitorMode', 'StartSilentMonitorRequest']) {
      stage.a.answers.set(name, (request, connection) => connection.confirm(request));
    }
    const manager = stage.session.createSilentMonitorManager({ HeartbeatInterval: 5 });
    stage.session.setCurrentSilentMonitor(manager);
    return { stage, manager };
  }

  it('takes a mode when the server has confirmed it, and gives it up', async () => {
    const { stage, manager } = await managing();
    equal(manager.getValueInt('SMManagerMode'), -1);
    await Promise.all([manager.startSMMonitoringMode({ MediaTerminationPort: 4000 }), stage.settle()]);
    equal(manager.getValueInt('SMManagerMode'), 1);
    await Promise.all([manager.stopSilentMonitorMode(), stage.settle()]);
    equal(manager.getValueInt('SMManagerMode'), -1);
    deepEqual(stage.a.connection.requestNames, ['StartSMMonitoringMode', 'StopSilentMonitorMode']);
  });

  it('keeps the session from its start to its end', async () => {
    const { stage, manager } = await managing();
    const session = { SMSessionKey: 3, MonitoredUniqueObjectID: TARGET, PeripheralID: 5000 };
    await stage.event('OnStartSilentMonitorConf', session);
    equal(manager.isMonitoredTarget(TARGET), true);
    equal(manager.isMonitoredTarget('agent.5000.1003'), false);
    deepEqual(manager.getSessionInfo({ SMSessionKey: 3 })?.toArgs(), session);
    equal(manager.getSessionInfo({ MonitoredUniqueObjectID: 'agent.5000.1003' }), undefined);
    equal(manager.getSMSessionList().numElements, 1);
    await stage.event('OnSilentMonitorSessionDisconnected', { SMSessionKey: 3 });
    equal(manager.getSMSessionList().numElements, 0);
  });

  it('learns the telephone’s media from RTP events, or is told them', async () => {
    const { stage, manager } = await managing();
    await stage.event('OnCallRTPStarted', {
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

  it('hears nothing more once it is no longer the current one', async () => {
    const { stage, manager } = await managing();
    const { listenerCount } = stage.session;
    equal(stage.session.getCurrentSilentMonitor(), manager);
    stage.session.destroySilentMonitorManager(manager);
    equal(stage.session.listenerCount, listenerCount - 1);
    equal(stage.session.getCurrentSilentMonitor(), undefined);
    await stage.event('OnStartSilentMonitorConf', { SMSessionKey: 3, MonitoredUniqueObjectID: TARGET });
    equal(manager.isMonitoredTarget(TARGET), false);
  });
});

describeOverEachTransport('A session', () => {
  it('knows from the desktop settings how silent monitoring is done', async () => {
    const stage = await new Stage().working();
    equal(stage.session.isCCMSilentMonitor(), false);
    stage.a.answers.set('RequestDesktopSettings', (request, connection) =>
      connection.confirm(request, 'OnGlobalSettingsDownloadConf', {
        IPCCSilentMonitor: { settings: { CCMBasedSilentMonitor: true } },
      }),
    );
    await Promise.all([stage.session.requestDesktopSettings({ DesktopType: 0 }), stage.settle()]);
    equal(stage.session.isCCMSilentMonitor(), true);
  });

  it('tells a supervisor from an agent, and whom the supervisor monitors', async () => {
    const stage = await new Stage().working();
    equal(stage.session.isAgent(), true);
    stage.session.currentAgent!.setValue('IsSupervisor', 1);
    equal(stage.session.isSupervisor(), true);
    await stage.event('OnMonitoredAgentStateChange', { UniqueObjectID: TARGET, AgentState: 4, Monitored: true });
    await stage.event('OnStartMonitoringAgent', { AgentReference: TARGET });
    equal(stage.session.currentAgent!.getMonitoredAgent()?.uniqueObjectID, TARGET);
    const watched = 'call.5000.17.2002';
    await stage.event('OnMonitoredCallBegin', { UniqueObjectID: watched, Monitored: true });
    equal(stage.session.calls.has(watched), true);
    await stage.event('OnStopMonitoringAgent', { AgentReference: TARGET });
    equal(stage.session.currentAgent!.getMonitoredAgent(), undefined);
    equal(stage.session.calls.has(watched), false, 'nobody will tell of its end');
  });
});
