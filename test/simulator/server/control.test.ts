import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { ControlFailureCode as CF, encode, type MessageInit, StatusCode } from '../../../src/ged188/index.js';
import { callControl } from '../../../src/simulator/server/requests/call-control.js';
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

/** A bridge, agents 1001 and 1002 logged in, and a customer talking to 1001. */
async function talking(): Promise<{ at: Lab; client: RawClient; call: number }> {
  const at = await lab();
  const client = opened(at);
  login(client, '1001');
  login(client, '1002', false);
  const call = ring(at, client, { CallVariable1: '4711', 'user.CustomerTier': 'gold' });
  client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
  client.take();
  return { at, client, call };
}

const active = (call: number, device: string) => ({
  PeripheralID: PERIPHERAL,
  ActiveConnectionCallID: call,
  ActiveConnectionDeviceIDType: 0,
  ActiveConnectionDeviceID: device,
});
const held = (call: number, device: string) => ({
  HeldConnectionCallID: call,
  HeldConnectionDeviceIDType: 0,
  HeldConnectionDeviceID: device,
});

describe('Call control', () => {
  it('confirms a request before it reports its effects', async () => {
    const { client, call } = await talking();
    client.send({ type: 'HOLD_CALL_REQ', InvokeID: 77, ...connection(call, '2001') });
    deepStrictEqual(
      client.story().filter((each) => !each.startsWith('RTP')),
      ['HOLD_CALL_CONF', 'CALL_HELD_EVENT 2001 4', 'AGENT_STATE_EVENT 1001 10'],
    );
  });

  it('holds and retrieves a call', async () => {
    const { client, call } = await talking();
    client.confirmed({ type: 'HOLD_CALL_REQ', ...connection(call, '2001') }, 'HOLD_CALL_CONF');
    equal(client.next('CALL_HELD_EVENT').HoldingDeviceID, '2001');
    client.confirmed(
      { type: 'RETRIEVE_CALL_REQ', PeripheralID: PERIPHERAL, ...held(call, '2001') },
      'RETRIEVE_CALL_CONF',
    );
    equal(client.next('CALL_RETRIEVED_EVENT').LocalConnectionState, 3);
  });

  it('makes an internal call, and reports it to both ends', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001', false);
    login(client, '1002', false);
    client.take();
    const made = client.confirmed(
      { type: 'MAKE_CALL_REQ', PeripheralID: PERIPHERAL, AgentInstrument: '2001', DialedNumber: '2002' },
      'MAKE_CALL_CONF',
    );
    equal(made.NewConnectionDeviceID, '2001');
    at.pass(2);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(made.NewConnectionCallID, '2002') }, 'ANSWER_CALL_CONF');
    const story = client.story().filter((each) => !/^(RTP|AGENT)/.test(each));
    deepStrictEqual(
      story.filter((each) => / 2001/.test(each)),
      [
        'BEGIN_CALL_EVENT 2001',
        'CALL_SERVICE_INITIATED_EVENT 2001 1',
        'CALL_ORIGINATED_EVENT 2001 1',
        'CALL_DELIVERED_EVENT 2001 1',
        'CALL_ESTABLISHED_EVENT 2001 3',
      ],
    );
    deepStrictEqual(
      story.filter((each) => / 2002/.test(each)),
      ['BEGIN_CALL_EVENT 2002', 'CALL_DELIVERED_EVENT 2002 2', 'CALL_ESTABLISHED_EVENT 2002 3'],
    );
  });

  it('consults and transfers; the confirmation is last, and the call has its first id', async () => {
    const { at, client, call } = await talking();
    const consult = client.confirmed(
      { type: 'CONSULTATION_CALL_REQ', ...active(call, '2001'), DialedNumber: '2002', ConsultType: 1 },
      'CONSULTATION_CALL_CONF',
    );
    at.pass(2);
    const second = consult.NewConnectionCallID;
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(second, '2002') }, 'ANSWER_CALL_CONF');
    client.take();
    client.send({ type: 'TRANSFER_CALL_REQ', InvokeID: 9, ...active(second, '2001'), ...held(call, '2001') });
    const messages = client.take();
    const confirmation = messages.at(-1);
    ok(confirmation?.type === 'TRANSFER_CALL_CONF');
    equal(confirmation.NewConnectionCallID, call);
    const transferred = messages.filter((each) => each.type === 'CALL_TRANSFERRED_EVENT');
    ok(transferred.length >= 2);
    for (const each of transferred) {
      deepStrictEqual([each.PrimaryCallID, each.SecondaryCallID, each.TransferringDeviceID], [call, second, '2001']);
      ok(each.ConnectedParties.some((party) => party.ConnectedPartyDeviceID === '2002'));
    }
    const ended = messages.filter((each) => each.type === 'END_CALL_EVENT' && each.ConnectionDeviceID === '2001');
    equal(ended.length, 2);
    deepStrictEqual(at.simulator.run('check').violations, []);
  });

  it('transfers in a single step if no held call is named', async () => {
    const { at, client, call } = await talking();
    client.confirmed(
      {
        type: 'TRANSFER_CALL_REQ',
        ...active(call, '2001'),
        HeldConnectionCallID: NONE,
        HeldConnectionDeviceIDType: 0xffff,
        DialedNumber: '2002',
      },
      'TRANSFER_CALL_CONF',
    );
    at.pass(2);
    equal(client.take('CALL_DELIVERED_EVENT').at(-1)?.ConnectionDeviceID, '2002');
  });

  it('makes a conference with consistent parties in all messages', async () => {
    const { at, client, call } = await talking();
    const { NewConnectionCallID: second } = client.confirmed(
      { type: 'CONSULTATION_CALL_REQ', ...active(call, '2001'), DialedNumber: '2002', ConsultType: 2 },
      'CONSULTATION_CALL_CONF',
    );
    at.pass(2);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(second, '2002') }, 'ANSWER_CALL_CONF');
    client.take();
    const made = client.confirmed(
      { type: 'CONFERENCE_CALL_REQ', ...active(second, '2001'), ...held(call, '2001') },
      'CONFERENCE_CALL_CONF',
    );
    equal(made.NumParties, 3);
    for (const event of client.take('CALL_CONFERENCED_EVENT')) {
      equal(event.NumParties, 3);
      equal(event.ControllerDeviceID, '2001');
    }
    const snapshot = client.confirmed({ type: 'SNAPSHOT_CALL_REQ', ...connection(call, '2001') }, 'SNAPSHOT_CALL_CONF');
    equal(snapshot.NumCallDevices, 3);
  });

  it('alternates and reconnects', async () => {
    const { at, client, call } = await talking();
    const { NewConnectionCallID: second } = client.confirmed(
      { type: 'CONSULTATION_CALL_REQ', ...active(call, '2001'), DialedNumber: '2002', ConsultType: 1 },
      'CONSULTATION_CALL_CONF',
    );
    at.pass(2);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(second, '2002') }, 'ANSWER_CALL_CONF');
    client.take();
    const alternate = (from: number, to: number): MessageInit => ({
      type: 'ALTERNATE_CALL_REQ',
      ...active(from, '2001'),
      OtherConnectionCallID: to,
      OtherConnectionDeviceIDType: 0,
      OtherConnectionDeviceID: '2001',
    });
    client.confirmed(alternate(second, call), 'ALTERNATE_CALL_CONF');
    equal(client.next('CALL_HELD_EVENT').ConnectionCallID, second);
    equal(client.next('CALL_RETRIEVED_EVENT').ConnectionCallID, call);
    client.confirmed(alternate(call, second), 'ALTERNATE_CALL_CONF');
    client.take();
    client.confirmed(
      { type: 'RECONNECT_CALL_REQ', ...active(second, '2001'), ...held(call, '2001') },
      'RECONNECT_CALL_CONF',
    );
    equal(client.next('CALL_RETRIEVED_EVENT').ConnectionCallID, call);
    equal(client.take('END_CALL_EVENT').filter((each) => each.ConnectionDeviceID === '2001').length, 1);
  });

  it('clears a connection, and names the party who left in each message', async () => {
    const { client, call } = await talking();
    client.confirmed({ type: 'CLEAR_CONNECTION_REQ', ...connection(call, '2001') }, 'CLEAR_CONNECTION_CONF');
    ok(client.take('CALL_CONNECTION_CLEARED_EVENT').some((each) => each.ReleasingDeviceID === '2001'));
    equal(client.next('END_CALL_EVENT').ConnectionCallID, call);
  });

  it('deflects a ringing call, and sends digits in an active one', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    login(client, '1002', false);
    const call = ring(at, client);
    client.confirmed(
      { type: 'DEFLECT_CALL_REQ', ...connection(call, '2001'), CalledDeviceID: '2002' },
      'DEFLECT_CALL_CONF',
    );
    at.pass(2);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2002') }, 'ANSWER_CALL_CONF');
    const dtmf = { type: 'SEND_DTMF_SIGNAL_REQ', ...connection(call, '2002') } as const;
    client.confirmed({ ...dtmf, DTMFString: '12#' }, 'SEND_DTMF_SIGNAL_CONF');
    equal(client.refused({ ...dtmf, DTMFString: 'hello' }), `status ${StatusCode.E_CTI_INVALID_DIGITS}`);
  });

  it('sets call data, and reports the changed items and all of ECC', async () => {
    const { client, call } = await talking();
    client.confirmed(
      {
        type: 'SET_CALL_DATA_REQ',
        ...connection(call, '2001'),
        CallVariable3: 'case 7',
        NamedVariables: [{ VariableName: 'user.Subject', VariableValue: 'late' }],
      },
      'SET_CALL_DATA_CONF',
    );
    const update = client.next('CALL_DATA_UPDATE_EVENT');
    deepStrictEqual([update.CallVariable1, update.CallVariable3], [undefined, 'case 7']);
    deepStrictEqual(update.NamedVariables.map((each) => each.VariableName).sort(), [
      'user.CustomerTier',
      'user.Subject',
    ]);
    deepStrictEqual([update.NewConnectionCallID, update.NewConnectionDeviceID], [call, '2001']);
  });

  it('sets each kind of call data', async () => {
    const { client, call } = await talking();
    const data = {
      ANI: '2065550111',
      CallerEnteredDigits: '42',
      CallWrapupData: 'sold',
      CustomerPhoneNumber: '5551234',
      CustomerAccountNumber: 'A-1',
    };
    const UserToUserInfo = Buffer.from('uui');
    const elements = [{ VariableIndex: 2, VariableName: 'user.List', VariableValue: 'third' }];
    client.confirmed(
      {
        type: 'SET_CALL_DATA_REQ',
        ...connection(call, '2001'),
        ...data,
        UserToUserInfo,
        NamedArrays: elements,
        CampaignID: 5,
      },
      'SET_CALL_DATA_CONF',
    );
    const update = client.next('CALL_DATA_UPDATE_EVENT');
    for (const [field, value] of Object.entries(data)) equal(update[field as keyof typeof data], value, field);
    deepStrictEqual([update.UserToUserInfo?.toString(), update.NamedArrays, update.CampaignID], ['uui', elements, 5]);
  });

  it('names the original call of a consultation in its events and snapshot', async () => {
    const { client, call } = await talking();
    const { NewConnectionCallID: second } = client.confirmed(
      { type: 'CONSULTATION_CALL_REQ', ...active(call, '2001'), DialedNumber: '2002', ConsultType: 1 },
      'CONSULTATION_CALL_CONF',
    );
    equal(client.next('CALL_SERVICE_INITIATED_EVENT').COCConnectionCallID, call);
    const snapshot = client.confirmed(
      { type: 'SNAPSHOT_CALL_REQ', ...connection(second, '2001') },
      'SNAPSHOT_CALL_CONF',
    );
    deepStrictEqual([snapshot.COCConnectionCallID, snapshot.COCCallConnectionDeviceID], [call, '2001']);
    equal(snapshot.CallType, 12);
  });

  it('records a network recording for clients of version 23 and later', async () => {
    const { client, call } = await talking();
    client.confirmed(
      { type: 'START_NETWORK_RECORDING_REQ', ...connection(call, '2001') },
      'START_NETWORK_RECORDING_CONF',
    );
    equal(client.take('NETWORK_RECORDING_STARTED_EVENT')[0]?.ConnectionCallID, call);
    const target = client.take('NETWORK_RECORDING_TARGET_INFO_EVENT')[0]!;
    deepStrictEqual([target.ConnectionCallID, target.RecorderURI], [call, 'sip:recorder@192.0.2.20']);
    equal(target.ProtocolReferenceGUID!.length, 24, 'the recorder knows it by a reference');
    client.confirmed(
      { type: 'STOP_NETWORK_RECORDING_REQ', ...connection(call, '2001') },
      'STOP_NETWORK_RECORDING_CONF',
    );
    equal(client.take('NETWORK_RECORDING_ENDED_EVENT')[0]?.ConnectionCallID, call);
  });

  it('refuses ECC data that exceed the limit, without any effect', async () => {
    const { client, call } = await talking();
    const value = (letter: string) => ({ VariableName: `user.${letter}`, VariableValue: letter.repeat(200) });
    const NamedVariables = [...'abcdefghi'].map(value);
    const request = encode({ type: 'SET_CALL_DATA_REQ', InvokeID: 5, ...connection(call, '2001'), NamedVariables }, 24);
    // One more than the codec allows, copied from its last one.
    const last = request.subarray(request.length - 212);
    const frame = Buffer.concat([request, last]);
    frame.writeUInt32BE(frame.length - 8, 0);
    client.stream.write(frame);
    equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_TOO_MUCH_DATA);
    deepStrictEqual(client.story(), []);
  });

  const refusals: [string, (call: number) => MessageInit, RegExp][] = [
    [
      'an answer when nothing rings',
      (call) => ({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }),
      /^control 28\//,
    ],
    [
      'a retrieve when nothing is held',
      (call) => ({ type: 'RETRIEVE_CALL_REQ', PeripheralID: PERIPHERAL, ...held(call, '2001') }),
      /^control 25\//,
    ],
    ['a call that does not exist', () => ({ type: 'HOLD_CALL_REQ', ...connection(1, '2001') }), /^control 13\/13044$/],
    ['a device that is no party', (call) => ({ type: 'HOLD_CALL_REQ', ...connection(call, '2003') }), /^control /],
    [
      'a snapshot of a call that does not exist',
      () => ({ type: 'SNAPSHOT_CALL_REQ', ...connection(1, '2001') }),
      /^control 11\/0$/,
    ],
    ['predictive dialing', () => ({ type: 'MAKE_PREDICTIVE_CALL_REQ', PeripheralID: PERIPHERAL }), /^control 272\/0$/],
    [
      'a call without a number',
      () => ({ type: 'MAKE_CALL_REQ', PeripheralID: PERIPHERAL, AgentInstrument: '2001' }),
      /^status 6$/,
    ],
    [
      'an unknown peripheral',
      (call) => ({ type: 'HOLD_CALL_REQ', ...connection(call, '2001'), PeripheralID: 1 }),
      /^status 7$/,
    ],
  ];
  for (const [what, request, expected] of refusals) {
    it(`refuses ${what}, without any effect`, async () => {
      const { at, client, call } = await talking();
      const answer = client.refused(request(call));
      ok(expected.test(answer), answer);
      deepStrictEqual(client.story(), []);
      deepStrictEqual(at.simulator.run('check').violations, []);
    });
  }
});

describe('A client that controls its own device', () => {
  const desktop = {
    ClientID: 'desktop',
    PeripheralID: PERIPHERAL,
    AgentInstrument: '2001',
    ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_CLIENT_CONTROL,
  };

  it('controls only that device', async () => {
    const at = await lab();
    const bridge = opened(at);
    login(bridge, '1001');
    login(bridge, '1002', false);
    const call = ring(at, bridge);
    const client = opened(at, desktop);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    const other: MessageInit = {
      type: 'MAKE_CALL_REQ',
      PeripheralID: PERIPHERAL,
      AgentInstrument: '2002',
      DialedNumber: '2003',
    };
    equal(client.refused(other), `control ${CF.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE}/0`);
  });

  it('receives only the events of its own device and agent', async () => {
    const at = await lab();
    const client = opened(at, desktop);
    const bridge = opened(at);
    login(bridge, '1001');
    login(bridge, '1002');
    login(bridge, '1003', false);
    at.simulator.run('makeCall', { agent: '1003', to: '2002' });
    ring(at, bridge);
    const heard = client.take();
    ok(heard.length > 0);
    for (const each of heard) {
      if (each.type === 'AGENT_STATE_EVENT') equal(each.AgentID, '1001');
      else if ('ConnectionDeviceID' in each) equal(each.ConnectionDeviceID, '2001');
    }
  });

  it('receives a pre-call, but not its abort', async () => {
    const at = await lab();
    const bridge = opened(at);
    const client = opened(at, desktop);
    login(bridge, '1001');
    const { call } = at.simulator.run('placeCall', { to: '8001' });
    for (let ms = 0; ms < 3000 && client.inbox.every((each) => each.type !== 'AGENT_PRE_CALL_EVENT'); ms += 20)
      at.clock.advance(20);
    at.simulator.run('withdrawRoute', { call });
    ok(client.take('AGENT_PRE_CALL_EVENT').length > 0);
    equal(bridge.take('AGENT_PRE_CALL_ABORT_EVENT').length, 1);
    equal(client.take('AGENT_PRE_CALL_ABORT_EVENT').length, 0);
  });
});

describe('Services', () => {
  const needs: [string, MessageInit, number][] = [
    ['Client Control', { type: 'ANSWER_CALL_REQ', ...connection(1, '2001') }, BRIDGE & ~S.CTI_SERVICE_CLIENT_CONTROL],
    ['Call Data Update', { type: 'SET_CALL_DATA_REQ', ...connection(1, '2001') }, S.CTI_SERVICE_ALL_EVENTS],
    ['Peripheral Monitor', { type: 'MONITOR_START_REQ', PeripheralID: PERIPHERAL, MonitoredDeviceID: '2001' }, BRIDGE],
    ['Client Monitor', { type: 'SESSION_MONITOR_START_REQ', SessionID: 1 }, BRIDGE],
    ['Supervisor', { type: 'LIST_AGENT_TEAM_REQ' }, BRIDGE],
    ['Server', { type: 'REGISTER_SERVICE_REQ', ServiceName: 'Cisco:CallRecording' }, BRIDGE],
  ];
  for (const [service, request, ServicesRequested] of needs) {
    it(`are required: ${service}`, async () => {
      const client = opened(await lab(), { ServicesRequested });
      equal(client.refused(request), `status ${StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE}`);
    });
  }

  it('allow a client to control only agent states', async () => {
    const client = opened(await lab(), { ServicesRequested: S.CTI_AGENT_STATE_CONTROL_ONLY });
    login(client, '1001');
    equal(
      client.refused({ type: 'HOLD_CALL_REQ', ...connection(1, '2001') }),
      `status ${StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE}`,
    );
  });

  it('allow a client to omit confirmations of its control requests', async () => {
    const client = opened(await lab(), { ServicesRequested: BRIDGE | S.CTI_SERVICE_IGNORE_CONF });
    const request = {
      type: 'SET_AGENT_STATE_REQ',
      PeripheralID: PERIPHERAL,
      AgentID: '1001',
      AgentInstrument: '2001',
    } as const;
    client.take();
    client.send({ ...request, InvokeID: 1, AgentState: 0 });
    ok(client.take().every((each) => each.type === 'AGENT_STATE_EVENT'));
    ok(/^control/.test(client.refused({ ...request, AgentState: 10 })));
    client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
  });

  it('treat every call control request as one', () => {
    for (const [name, row] of Object.entries(callControl)) equal(row.control, true, name);
  });

  it('refuse unknown messages, those without a service in this center, and those sent only by servers', async () => {
    const client = opened(await lab(), { VersionNumber: 18 });
    client.send({ type: 'AGENT_STATE_EVENT', MonitorID: 1 });
    equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_INVALID_REQUEST_TYPE);
    const raw = Buffer.alloc(4);
    for (const [number, status] of [
      [5000, StatusCode.E_CTI_INVALID_REQUEST_TYPE],
      [151, StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE],
      [283, StatusCode.E_CTI_INVALID_MSG_TYPE_FOR_VERSION],
    ] as const) {
      client.send({ type: 'UNKNOWN', number, raw });
      equal(client.next('FAILURE_CONF').Status, status);
    }
  });
});
