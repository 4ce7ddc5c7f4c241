import assert from 'node:assert/strict';
import type { MessageInit } from '../../../../src/ged188/index.js';
import { LinkRequestError } from '../../../../src/server/southbound/link-api.js';
import { agentState, begin, Center, end } from '../center.js';
import { settled } from '../scripted-link.js';

const callAt = (callId: number): MessageInit => ({
  type: 'SNAPSHOT_DEVICE_CONF',
  Calls: [
    { CallConnectionCallID: callId, CallConnectionDeviceIDType: 0, CallConnectionDeviceID: '2001', CallState: 3 },
  ],
});

const theCall: MessageInit = {
  type: 'SNAPSHOT_CALL_CONF',
  CallType: 2,
  ANI: '2065550101',
  CallDevices: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallDeviceConnectionState: 3 }],
};

const NO_CALLS: MessageInit = { type: 'SNAPSHOT_DEVICE_CONF', Calls: [] };

describe('An agent who logs in at a phone that was not queried', () => {
  it('sees the existing call, as recovered', async () => {
    const center = await Center.up();
    center.link.answer('SNAPSHOT_DEVICE_REQ', callAt(7)).answer('SNAPSHOT_CALL_REQ', theCall);
    center.tell(agentState('1001', '2001', 2));
    await settled();
    const { args, recovered } = center.last('OnSnapshotCallConf');
    assert.deepEqual([args.UniqueObjectID, args.ANI, args.CallStatus], ['call.5000.7.2001', '2065550101', 3]);
    assert.equal(recovered, true);
    assert.ok(!center.names().includes('OnConnectionGap'));
  });

  it('causes one query while the link is up, and another one after a gap', async () => {
    const center = await Center.up();
    center.link.answer('SNAPSHOT_DEVICE_REQ', NO_CALLS);
    center.link.answer('QUERY_AGENT_STATE_REQ', { type: 'QUERY_AGENT_STATE_CONF', AgentState: 1, AgentID: '1001' });
    const asked = () => center.link.sentOf('SNAPSHOT_DEVICE_REQ').length;
    for (const state of [2, 3, 1, 2]) center.tell(agentState('1001', '2001', state));
    await settled();
    assert.equal(asked(), 1);
    center.link.disconnect();
    center.link.connect();
    await settled();
    center.tell(agentState('1001', '2001', 1), agentState('1001', '2001', 2));
    await settled();
    assert.equal(asked(), 2);
  });

  it('does not see a call that ended while it was queried', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 2));
    center.link.settle('SNAPSHOT_DEVICE_REQ', callAt(7));
    await settled();
    center.link.settle('SNAPSHOT_CALL_REQ', theCall);
    // In the turn of the response, before its requester has continued.
    center.tell(end(7, '2001'));
    await settled();
    assert.ok(!center.names().includes('OnSnapshotCallConf'));
    assert.deepEqual(
      [...center.server.snapshot()].filter(({ event }) => event.includes('Call')),
      [],
    );
  });

  it('does not see a call that left the phone while it was queried and continues elsewhere', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 2));
    center.link.settle('SNAPSHOT_DEVICE_REQ', callAt(7));
    await settled();
    // Transferred: the response about the call arrives later, without this phone.
    center.tell(end(7, '2001'), begin(7, '2004'));
    center.link.settle('SNAPSHOT_CALL_REQ', {
      ...theCall,
      CallDevices: [
        { CallConnectionCallID: 7, CallConnectionDeviceID: '2004', CallDeviceConnectionState: 2 },
        { CallConnectionCallID: 7, CallConnectionDeviceID: '2065550101', CallDeviceConnectionState: 3 },
      ],
    } as MessageInit);
    await settled();
    assert.ok(!center.names().includes('OnSnapshotCallConf'), center.names().join());
    assert.deepEqual(
      [...center.server.snapshot()].flatMap(({ event, args }) => (event.includes('Call') ? [args.UniqueObjectID] : [])),
      ['call.5000.7.2004'],
    );
  });

  it('keeps a call that began after the phone was found empty', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', 2));
    center.link.settle('SNAPSHOT_DEVICE_REQ', NO_CALLS);
    center.tell(begin(7, '2001'));
    await settled();
    assert.deepEqual(
      center.names().filter((name) => name.includes('Call')),
      ['OnCallBegin'],
    );
  });
});

describe('A snapshot query without a response in time', () => {
  const late = new LinkRequestError('unknown', 'CTIOS_ANSWER_TIMEOUT', 'no answer');

  async function gap(): Promise<Center> {
    const center = await Center.up();
    center.link.answer('SNAPSHOT_DEVICE_REQ', NO_CALLS);
    center.tell(agentState('1001', '2001', 2));
    await settled();
    center.link.disconnect();
    center.link.connect();
    await settled();
    center.published.length = 0;
    return center;
  }

  it('is named in the gap and repeated; its result is then reported', async () => {
    const center = await gap();
    center.link.settle('QUERY_AGENT_STATE_REQ', late);
    await settled();
    assert.deepEqual(center.last('OnConnectionGap').args.NotEnumerated, { 'agent.5000.1001': true });
    center.link.settle('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    await settled();
    const { args, recovered } = center.last('OnAgentStateChange');
    assert.deepEqual([args.AgentID, args.AgentState, recovered], ['1001', 3, true]);
  });

  it('is sent four times in total, each time with twice the timeout', async () => {
    const center = await gap();
    const asked = center.link.sentOf('QUERY_AGENT_STATE_REQ').length;
    for (let time = 0; time < 4; time++) {
      center.link.settle('QUERY_AGENT_STATE_REQ', late);
      await settled();
    }
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, asked + 3);
    assert.deepEqual(center.link.patience.slice(-4), [15_000, 30_000, 60_000, 120_000]);
    assert.throws(() => center.link.settle('QUERY_AGENT_STATE_REQ', late));
  });

  it('is not repeated after a refusal', async () => {
    const center = await gap();
    const asked = center.link.sentOf('QUERY_AGENT_STATE_REQ').length;
    center.link.settle('QUERY_AGENT_STATE_REQ', { type: 'CONTROL_FAILURE_CONF', FailureCode: 4 });
    await settled();
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, asked);
  });
});
