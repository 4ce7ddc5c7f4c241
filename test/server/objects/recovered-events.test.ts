import assert from 'node:assert/strict';
import { agentState, begin, Center, delivered } from './center.js';
import { settled } from './scripted-link.js';

/** A subscriber that fails at the first event of this name. */
function failOnceAt(center: Center, event: string): void {
  let failed = false;
  center.server.subscribe((publication) => {
    if (failed || publication.event !== event) return;
    failed = true;
    throw new Error('the subscriber failed');
  });
}

/** What happens next was seen to happen. */
function assertSeen(center: Center): void {
  const [state] = center.hear(agentState('1002', '2002', 3));
  assert.equal(state!.event, 'OnAgentStateChange');
  assert.equal(state!.recovered, undefined);
}

describe('A subscriber that throws while recovered events are published', () => {
  it('does not mark what follows an unknown call as recovered', async () => {
    const center = await Center.withAgent();
    failOnceAt(center, 'OnSnapshotCallConf');
    center.tell(delivered(7, '2001'));
    assert.equal(center.last('OnSnapshotCallConf').recovered, true);
    assertSeen(center);
  });

  it('does not mark what follows a snapshot as recovered', async () => {
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

  it('does not mark what follows the calls that a new desktop is shown as recovered', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'));
    center.link.answer('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    failOnceAt(center, 'OnSnapshotDeviceConf');
    await center.server.request({ clientId: 'desk', mode: 'none' }, 'SetAgent', undefined, { AgentID: '1001' }, 15_000);
    await settled();
    assert.equal(center.last('OnSnapshotDeviceConf').recovered, true);
    assertSeen(center);
  });

  it('does not mark what follows the calls that a supervisor is shown as recovered', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'));
    failOnceAt(center, 'OnMonitoredCallBegin');
    await center.server.request(
      { clientId: 'sup', mode: 'monitor' },
      'StartMonitoringAgent',
      'agent.5000.90001',
      { AgentReference: 'agent.5000.1001' },
      15_000,
    );
    assert.equal(center.last('OnMonitoredCallBegin').recovered, true);
    assertSeen(center);
  });
});
