import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { Args } from '../../../src/ctios/transport.js';
import { ClientSessions } from '../../../src/server/northbound/index.js';
import { FakeObjectServer, snapshotOf } from './fake-object-server.js';
import { TestClient } from './test-client.js';

const CALL = 'call.5000.1.2001';

function setUp() {
  const server = new FakeObjectServer();
  const sessions = new ClientSessions({ server, clock: new VirtualClock() });
  const monitor = (filter?: string, snapshotMode?: number) =>
    new TestClient(sessions).hello().monitor(filter, snapshotMode);
  return { server, sessions, monitor };
}

/** The events of a call from beginning to end, as emitted by the object server. */
function live(server: FakeObjectServer, id: string, begin: Args = {}): void {
  server.publish('OnCallBegin', { UniqueObjectID: id, ANI: '2065550101', ...begin });
  server.publish('OnCallDelivered', { UniqueObjectID: id, CallStatus: 2 });
  server.publish('OnCallDataUpdate', { UniqueObjectID: id, CallVariable1: 'x' });
  server.publish('OnCallEstablished', { UniqueObjectID: id, CallStatus: 3 });
  server.publish('OnCallEnd', { UniqueObjectID: id });
}

describe('a monitor session', () => {
  it('receives all calls with a blank filter', () => {
    const { server, monitor } = setUp();
    const client = monitor();
    live(server, CALL);
    assert.deepEqual(client.names, [
      'OnCallBegin',
      'OnCallDelivered',
      'OnCallDataUpdate',
      'OnCallEstablished',
      'OnCallEnd',
    ]);
  });

  it('receives the same object as other sessions, not a copy', () => {
    const { server, monitor } = setUp();
    const [first, second] = [monitor(), monitor()];
    live(server, CALL);
    assert.equal(first.events[0], second.events[0]);
  });

  it('receives the beginning, data and end of a call whose other events match', () => {
    const { server, monitor } = setUp();
    const client = monitor('MessageID=10');
    live(server, CALL);
    assert.deepEqual(client.names, ['OnSnapshotCallConf', 'OnCallEstablished', 'OnCallEnd']);
    assert.deepEqual(client.events[0], {
      kind: 'event',
      event: 'OnSnapshotCallConf',
      args: { UniqueObjectID: CALL, ANI: '2065550101', CallVariable1: 'x' },
      recovered: true,
    });
  });

  it('receives nothing about calls that do not match', () => {
    const { server, monitor } = setUp();
    const client = monitor('MessageID=10;PeripheralID=5000');
    live(server, CALL);
    assert.deepEqual(client.names, []);
  });

  it('receives the end of every call in its snapshot', () => {
    const { server, monitor } = setUp();
    server.snapshotEvents = [snapshotOf('OnSnapshotCallConf', { UniqueObjectID: CALL })];
    const client = monitor('MessageID=30');
    server.publish('OnCallHeld', { UniqueObjectID: CALL });
    server.publish('OnCallEnd', { UniqueObjectID: CALL });
    server.publish('OnCallEnd', { UniqueObjectID: CALL });
    assert.deepEqual(client.names, ['OnCallEnd']);
  });

  it('follows a call to its new id', () => {
    const { server, monitor } = setUp();
    const client = monitor('MessageID=9');
    server.publish('OnCallBegin', { UniqueObjectID: CALL });
    server.publish('OnCallDelivered', { UniqueObjectID: CALL });
    server.publish('OnCallDataUpdate', { UniqueObjectID: 'call.5000.2.2001', OldUniqueObjectID: CALL });
    server.publish('OnCallEnd', { UniqueObjectID: 'call.5000.2.2001' });
    assert.deepEqual(client.names, ['OnSnapshotCallConf', 'OnCallDelivered', 'OnCallDataUpdate', 'OnCallEnd']);
  });

  it('receives the call under the new id if it joins later', () => {
    const { server, monitor } = setUp();
    server.publish('OnCallBegin', { UniqueObjectID: CALL, ANI: '1' });
    const client = monitor('MessageID=10', 1);
    server.publish('OnCallDataUpdate', { UniqueObjectID: 'call.5000.2.2001', OldUniqueObjectID: CALL });
    server.publish('OnCallEstablished', { UniqueObjectID: 'call.5000.2.2001' });
    assert.equal(client.events[0]?.event, 'OnSnapshotCallConf');
    assert.equal(client.events[0]?.args.UniqueObjectID, 'call.5000.2.2001');
    assert.equal(client.events[0]?.args.ANI, '1');
  });

  it('receives an introduction of each call even without a snapshot', () => {
    const { server, monitor } = setUp();
    server.publish('OnCallBegin', { UniqueObjectID: CALL });
    const client = monitor('', 1);
    server.publish('OnCallHeld', { UniqueObjectID: CALL });
    server.publish('OnCallRetrieved', { UniqueObjectID: CALL });
    assert.deepEqual(client.names, ['OnSnapshotCallConf', 'OnCallHeld', 'OnCallRetrieved']);
  });

  it('does not receive events of agent mode, or events that filters cannot select', () => {
    const { server, monitor } = setUp();
    const client = monitor();
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001' }, { agentModeOnly: true });
    server.publish('OnMonitoredCallHeld', { UniqueObjectID: CALL, Monitored: true }, { agent: 'agent.5000.1900' });
    server.publish('OnButtonEnablementChange', { UniqueObjectID: CALL });
    assert.deepEqual(client.names, []);
  });

  it('receives the system status whatever its filter', () => {
    const { server, monitor } = setUp();
    const client = monitor('AgentID=nobody');
    server.publish('OnCTIOSFailure', { FailureCode: 10 }, { everyone: true });
    assert.deepEqual(client.names, ['OnCTIOSFailure']);
  });

  it('does not receive events addressed to another client', () => {
    const { server, monitor } = setUp();
    const [first, second] = [monitor(), monitor()];
    server.publish('OnSnapshotCallConf', { UniqueObjectID: CALL }, { client: first.accepted.session.clientId });
    assert.deepEqual([first.names, second.names], [['OnSnapshotCallConf'], []]);
  });

  it('hides silent monitor calls if its filter says so', () => {
    const { server, monitor } = setUp();
    const [hiding, open] = [monitor('HideSilentMonitorCalls'), monitor()];
    live(server, CALL, { CallType: 21 });
    assert.deepEqual(hiding.names, []);
    assert.equal(open.names.length, 5);
    live(server, 'call.5000.2.2001', { CallType: 2 });
    assert.equal(hiding.names.length, 5);
  });

  it('receives statistics of skill groups with FilterTarget=SkillGroupStats', () => {
    const { server, monitor } = setUp();
    const client = monitor('FilterTarget=SkillGroupStats;SkillGroupNumber=10');
    server.publish('OnSkillGroupStatisticsUpdated', { UniqueObjectID: 'skillgroup.5000.10', SkillGroupNumber: 10 });
    server.publish('OnSkillGroupStatisticsUpdated', { UniqueObjectID: 'skillgroup.5000.20', SkillGroupNumber: 20 });
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001', SkillGroupNumber: 10 });
    assert.deepEqual(
      client.events.map((event) => event.args.SkillGroupNumber),
      [10],
    );
  });

  it('can change its filter', () => {
    const { server, monitor } = setUp();
    const client = monitor('MessageID=30');
    client.monitor('MessageID=9', 1);
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001' });
    server.publish('OnCallDelivered', { UniqueObjectID: CALL });
    assert.deepEqual(client.names, ['OnCallDelivered']);
  });

  it('receives what was known of a recovered call before', () => {
    const { server, monitor } = setUp();
    server.publish('OnCallBegin', { UniqueObjectID: CALL, ANI: '1', CallVariable1: 'old' });
    server.publish('OnSnapshotCallConf', { UniqueObjectID: CALL, CallVariable1: 'new' });
    const client = monitor('MessageID=10', 1);
    server.publish('OnCallEstablished', { UniqueObjectID: CALL });
    assert.deepEqual(client.events[0]?.args, { UniqueObjectID: CALL, ANI: '1', CallVariable1: 'new' });
  });

  it('keeps nothing about ended calls', () => {
    const { server, sessions, monitor } = setUp();
    monitor('MessageID=10');
    live(server, CALL);
    live(server, 'call.5000.2.2001');
    assert.equal(sessions.router.liveCalls, 0);
  });

  it('leaves nothing behind when it ends', () => {
    const { server, sessions, monitor } = setUp();
    const client = monitor();
    client.say({ kind: 'bye' });
    client.forget();
    live(server, CALL);
    assert.deepEqual(client.sent, []);
    assert.equal(sessions.router.monitors, 0);
  });

  it('knows how old calls are, across renames and ends', () => {
    const clock = new VirtualClock();
    const server = new FakeObjectServer();
    const { router } = new ClientSessions({ server, clock });
    assert.equal(router.oldestCallMs, 0);
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001' });
    clock.advance(3_600_000);
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.2.2002' });
    server.publish('OnCallDataUpdate', { UniqueObjectID: 'call.5000.9.2001', OldUniqueObjectID: 'call.5000.1.2001' });
    clock.advance(1_000);
    assert.equal(router.oldestCallMs, 3_601_000);
    assert.equal(router.callsOlderThan(3_600_000), 1);
    server.publish('OnCallEnd', { UniqueObjectID: 'call.5000.9.2001' });
    assert.equal(router.oldestCallMs, 1_000);
  });
});
