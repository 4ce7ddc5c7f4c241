import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { AgentState, ControlFailureCode, EventCause, LocalConnectionState } from '../../../src/ged188/index.js';
import {
  BRIDGE,
  connection,
  type Lab,
  lab,
  login,
  NONE,
  opened,
  PERIPHERAL,
  type RawClient,
  ring,
  S,
} from './raw-client.js';

/** Statements of the guides about single messages that are easy to simplify by mistake. */

/** A customer talks to agent 1001, who consults 1002; both answer. */
function consulting(at: Lab, client: RawClient): { call: number; consultation: number } {
  for (const agentId of ['1001', '1002']) login(client, agentId, agentId === '1001');
  const call = ring(at, client);
  client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
  const made = client.confirmed(
    {
      type: 'CONSULTATION_CALL_REQ',
      PeripheralID: PERIPHERAL,
      ActiveConnectionCallID: call,
      ActiveConnectionDeviceIDType: 0,
      ActiveConnectionDeviceID: '2001',
      DialedNumber: '2002',
      ConsultType: 1,
    },
    'CONSULTATION_CALL_CONF',
  );
  const consultation = made.NewConnectionCallID;
  client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(consultation, '2002') }, 'ANSWER_CALL_CONF');
  client.take();
  return { call, consultation };
}

function both(call: number, consultation: number) {
  return {
    PeripheralID: PERIPHERAL,
    ActiveConnectionCallID: consultation,
    ActiveConnectionDeviceIDType: 0,
    ActiveConnectionDeviceID: '2001',
    HeldConnectionCallID: call,
    HeldConnectionDeviceIDType: 0,
    HeldConnectionDeviceID: '2001',
  };
}

describe('CALL_CONNECTION_CLEARED_EVENT', () => {
  it('names the cleared connection, once for each party that leaves, for a client with all events', async () => {
    const at = await lab();
    const client = opened(at);
    const { call, consultation } = consulting(at, client);
    client.confirmed({ type: 'CONFERENCE_CALL_REQ', ...both(call, consultation) }, 'CONFERENCE_CALL_CONF');
    client.take();
    client.confirmed({ type: 'CLEAR_CONNECTION_REQ', ...connection(call, '2002') }, 'CLEAR_CONNECTION_CONF');
    deepStrictEqual(
      client
        .take('CALL_CONNECTION_CLEARED_EVENT')
        .map((each) => [each.ConnectionDeviceID, each.ReleasingDeviceID, each.LocalConnectionState]),
      [['2002', '2002', LocalConnectionState.LCS_NULL]],
    );
    at.simulator.run('hangUp', { call });
    deepStrictEqual(
      client
        .take('CALL_CONNECTION_CLEARED_EVENT')
        .map((each) => [each.ConnectionDeviceID, each.ReleasingDeviceID, each.LocalConnectionState]),
      [
        ['2065550101', '2065550101', LocalConnectionState.LCS_NULL],
        ['2001', '2001', LocalConnectionState.LCS_NULL],
      ],
    );
  });

  it('has the state of the own connection for the client of another party', async () => {
    const at = await lab();
    const client = opened(at);
    const { call, consultation } = consulting(at, client);
    const own = opened(at, {
      ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS,
      ClientID: 'desktop',
      PeripheralID: PERIPHERAL,
      AgentInstrument: '2001',
    });
    client.confirmed({ type: 'CONFERENCE_CALL_REQ', ...both(call, consultation) }, 'CONFERENCE_CALL_CONF');
    own.take();
    client.confirmed({ type: 'CLEAR_CONNECTION_REQ', ...connection(call, '2002') }, 'CLEAR_CONNECTION_CONF');
    deepStrictEqual(
      own.take('CALL_CONNECTION_CLEARED_EVENT').map((each) => [each.ConnectionDeviceID, each.LocalConnectionState]),
      [['2002', LocalConnectionState.LCS_CONNECT]],
    );
  });

  it('is sent once to the monitor of a call, and once to that of a device', async () => {
    const at = await lab();
    const client = opened(at);
    const monitoring = opened(at, {
      ServicesRequested: S.CTI_SERVICE_PERIPHERAL_MONITOR | S.CTI_SERVICE_CLIENT_CONTROL,
      ClientID: 'monitor',
    });
    const { call, consultation } = consulting(at, client);
    client.confirmed({ type: 'CONFERENCE_CALL_REQ', ...both(call, consultation) }, 'CONFERENCE_CALL_CONF');
    const masks = { CallMsgMask: 0xffffffff, AgentStateMask: 0 };
    const whole = monitoring.confirmed(
      {
        type: 'MONITOR_START_REQ',
        PeripheralID: PERIPHERAL,
        ConnectionCallID: call,
        ConnectionDeviceIDType: 0,
        MonitoredDeviceType: 0xffff,
        ...masks,
      },
      'MONITOR_START_CONF',
    );
    const device = monitoring.confirmed(
      {
        type: 'MONITOR_START_REQ',
        PeripheralID: PERIPHERAL,
        ConnectionCallID: NONE,
        ConnectionDeviceIDType: 0xffff,
        MonitoredDeviceType: 0,
        MonitoredDeviceID: '2001',
        ...masks,
      },
      'MONITOR_START_CONF',
    );
    client.confirmed({ type: 'CLEAR_CONNECTION_REQ', ...connection(call, '2002') }, 'CLEAR_CONNECTION_CONF');
    deepStrictEqual(
      monitoring
        .take('CALL_CONNECTION_CLEARED_EVENT')
        .map((each) => [each.MonitorID, each.ConnectionDeviceID, each.LocalConnectionState])
        .sort(),
      [
        [whole.MonitorID, '2002', LocalConnectionState.LCS_NULL],
        [device.MonitorID, '2002', LocalConnectionState.LCS_CONNECT],
      ].sort(),
    );
  });
});

describe('Voice streams', () => {
  for (const [what, request, confirmation] of [
    ['the agent who gets a transferred call', 'TRANSFER_CALL_REQ', 'TRANSFER_CALL_CONF'],
    ['the party who is added to a conference', 'CONFERENCE_CALL_REQ', 'CONFERENCE_CALL_CONF'],
  ] as const) {
    it(`end with the consultation and start again in the call: ${what}`, async () => {
      const at = await lab();
      const client = opened(at);
      const { call, consultation } = consulting(at, client);
      client.confirmed({ type: request, ...both(call, consultation) }, confirmation);
      deepStrictEqual(
        client
          .take('RTP_STARTED_EVENT', 'RTP_STOPPED_EVENT')
          .filter((each) => each.ConnectionDeviceID === '2002')
          .map((each) => [each.type, each.ConnectionCallID, each.Direction]),
        [
          ['RTP_STOPPED_EVENT', consultation, 0],
          ['RTP_STOPPED_EVENT', consultation, 1],
          ['RTP_STARTED_EVENT', call, 0],
          ['RTP_STARTED_EVENT', call, 1],
        ],
      );
    });
  }
});

describe('CALL_TRANSFERRED_EVENT', () => {
  it('names the device to which the call was transferred after a consultation', async () => {
    const at = await lab();
    const client = opened(at);
    const { call, consultation } = consulting(at, client);
    client.confirmed({ type: 'TRANSFER_CALL_REQ', ...both(call, consultation) }, 'TRANSFER_CALL_CONF');
    const told = client.next('CALL_TRANSFERRED_EVENT');
    deepStrictEqual([told.TransferringDeviceID, told.TransferredDeviceID], ['2001', '2002']);
  });

  it('names it after a single-step transfer', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1002', false);
    login(client, '1001');
    const call = ring(at, client);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    client.confirmed(
      {
        type: 'TRANSFER_CALL_REQ',
        PeripheralID: PERIPHERAL,
        ActiveConnectionCallID: call,
        ActiveConnectionDeviceIDType: 0,
        ActiveConnectionDeviceID: '2001',
        HeldConnectionCallID: NONE,
        HeldConnectionDeviceIDType: 0xffff,
        DialedNumber: '2002',
      },
      'TRANSFER_CALL_CONF',
    );
    equal(client.next('CALL_TRANSFERRED_EVENT').TransferredDeviceID, '2002');
  });
});

describe('MonitorID', () => {
  it('is 0 in the messages of a session with all events, as in its OPEN_CONF', async () => {
    const at = await lab();
    const client = at.connect();
    const answer = client.open();
    ok(answer.type === 'OPEN_CONF');
    equal(answer.MonitorID, 0);
    login(client, '1001');
    ring(at, client);
    const ids = client.take().flatMap((each) => ('MonitorID' in each ? [each.MonitorID] : []));
    ok(ids.length > 4);
    deepStrictEqual([...new Set(ids)], [0]);
  });
});

describe('CLEAR_CALL_REQ', () => {
  it('is refused by Unified CCE, which only clears connections', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const call = ring(at, client);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    const answer = client.ask({ type: 'CLEAR_CALL_REQ', ...connection(call, '2001') });
    ok(answer.type === 'CONTROL_FAILURE_CONF');
    equal(answer.FailureCode, ControlFailureCode.CF_INVALID_FEATURE);
    equal(at.simulator.run('calls').calls.length, 1);
  });
});

describe('A peripheral that goes offline', () => {
  it('ends its calls, and they are not restored with it', async () => {
    const at = await lab();
    const client = opened(at);
    const { call, consultation } = consulting(at, client);
    at.simulator.run('peripheralOffline');
    deepStrictEqual(
      client
        .take('END_CALL_EVENT')
        .map((each) => `${each.ConnectionCallID} ${each.ConnectionDeviceID}`)
        .sort(),
      [`${call} 2001`, `${consultation} 2001`, `${consultation} 2002`].sort(),
    );
    at.simulator.run('peripheralOnline');
    deepStrictEqual(at.simulator.run('calls').calls, []);
    deepStrictEqual(at.simulator.run('check').violations, []);
    const state = client.confirmed(
      { type: 'QUERY_AGENT_STATE_REQ', PeripheralID: PERIPHERAL, AgentID: '1001' },
      'QUERY_AGENT_STATE_CONF',
    );
    equal(state.AgentState, AgentState.AGENT_STATE_WORK_READY);
  });
});

describe('A side change', () => {
  it('reports the parties of each call to waiting clients, with a special cause', async () => {
    const at = await lab();
    const client = opened(at);
    const waiting = opened(at, { ServicesRequested: BRIDGE | S.CTI_SERVICE_ACTIVE_STANDBY, ClientID: 'other' }, 'B');
    const { call, consultation } = consulting(at, client);
    at.simulator.run('switchSides');
    deepStrictEqual(
      waiting
        .take('CALL_ESTABLISHED_EVENT', 'CALL_DELIVERED_EVENT')
        .map((each) => [each.ConnectionCallID, each.ConnectionDeviceID, each.EventCause]),
      [
        [consultation, '2001', EventCause.CEC_CALL_PARTY_UPDATE_IND],
        [consultation, '2002', EventCause.CEC_CALL_PARTY_UPDATE_IND],
      ],
    );
    ok(call !== consultation);
  });
});
