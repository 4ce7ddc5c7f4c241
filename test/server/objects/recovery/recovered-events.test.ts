import assert from 'node:assert/strict';
import { agentState, begin, Center, delivered } from '../center.js';
import { settled } from '../scripted-link.js';

/** A subscriber that throws at the first event with this name. */
function failOnceAt(center: Center, event: string): void {
  let failed = false;
  center.server.subscribe((publication) => {
    if (failed || publication.event !== event) return;
    failed = true;
    throw new Error('the subscriber failed');
  });
}

/** The next event is reported as observed. */
function assertSeen(center: Center): void {
  const [state] = center.hear(agentState('1002', '2002', 3));
  assert.equal(state!.event, 'OnAgentStateChange');
  assert.equal(state!.recovered, undefined);
}

describe('A subscriber that throws while recovered events are published', () => {
  it('does not mark events after an unknown call as recovered', async () => {
    const center = await Center.withAgent();
    failOnceAt(center, 'OnSnapshotCallConf');
    center.tell(delivered(7, '2001'));
    assert.equal(center.last('OnSnapshotCallConf').recovered, true);
    assertSeen(center);
  });

  it('does not mark events after a snapshot as recovered', async () => {
    const center = await Center.withAgent();
    failOnceAt(center, 'OnCallEnd');
    center.tell(begin(7, '2001'));
    center.link.answer('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    center.link.answer('SNAPSHOT_DEVICE_REQ', { type: 'SNAPSHOT_DEVICE_CONF', Calls: [] });
    center.link.disconnect();
    center.link.connect();
    await settled();
    assertSeen(center);
  });

  it('does not mark events after the calls shown to a new desktop as recovered', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'));
    center.link.answer('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    failOnceAt(center, 'OnSnapshotDeviceConf');
    await center.request('SetAgent', undefined, { AgentID: '1001' }, { clientId: 'desk', mode: 'none' });
    await settled();
    assert.equal(center.last('OnSnapshotDeviceConf').recovered, true);
    assertSeen(center);
  });

  it('does not mark events after the calls shown to a supervisor as recovered', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'));
    failOnceAt(center, 'OnMonitoredCallBegin');
    await center.request(
      'StartMonitoringAgent',
      'agent.5000.90001',
      { AgentReference: 'agent.5000.1001' },
      { clientId: 'sup', mode: 'monitor' },
    );
    assert.equal(center.last('OnMonitoredCallBegin').recovered, true);
    assertSeen(center);
  });
});
