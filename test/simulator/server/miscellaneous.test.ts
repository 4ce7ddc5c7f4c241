import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { encode, type MessageInit, StatusCode } from '../../../src/ged188/index.js';
import { defaultWorld } from '../../../src/simulator/index.js';
import { BRIDGE, connection, lab, login, NONE, opened, PERIPHERAL, ring, S } from './raw-client.js';

const P = { PeripheralID: PERIPHERAL } as const;
const seat = (AgentID: string, more: object = {}) => ({
  ...P,
  ClientID: `desk ${AgentID}`,
  AgentID,
  ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS,
  ...more,
});

describe('User messages', () => {
  it('reach a client, an agent, a supervisor, a team, or all clients', async () => {
    const at = await lab();
    const one = opened(at, seat('1001'));
    const two = opened(at, seat('1002'));
    const boss = opened(
      at,
      seat('90001', { ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_SUPERVISOR }),
    );
    const bridge = opened(at);
    const all = { one, two, boss, bridge };
    const reached = (from: typeof one, message: object): string[] => {
      from.confirmed({ type: 'USER_MESSAGE_REQ', ...P, Text: 'hello', ...message }, 'USER_MESSAGE_CONF');
      return Object.entries(all).flatMap(([name, client]) => {
        const [event] = client.take('USER_MESSAGE_EVENT');
        return event?.Text === 'hello' && event.ClientID !== undefined ? [name] : [];
      });
    };
    deepStrictEqual(reached(one, { Distribution: 0, ClientID: 'test' }), ['bridge']);
    deepStrictEqual(reached(one, { Distribution: 0, AgentID: '1002' }), ['two']);
    deepStrictEqual(reached(one, { Distribution: 1 }), ['boss']);
    deepStrictEqual(reached(one, { Distribution: 2 }), ['one', 'two', 'boss']);
    deepStrictEqual(reached(bridge, { Distribution: 3 }), ['one', 'two', 'boss', 'bridge']);
    const refused = (message: object) => bridge.refused({ type: 'USER_MESSAGE_REQ', ...P, Text: 'x', ...message });
    equal(refused({ Distribution: 0, ClientID: 'nobody' }), `status ${StatusCode.E_CTI_CLIENT_NOT_FOUND}`);
    equal(refused({ Distribution: 2 }), `status ${StatusCode.E_CTI_TEAM_NOT_FOUND}`);
    equal(refused({ Distribution: 9 }), `status ${StatusCode.E_CTI_INVALID_DISTRIBUTION_TYPE}`);
    equal(refused({ Distribution: 3, Text: undefined }), `status ${StatusCode.E_CTI_REQUIRED_DATA_MISSING}`);
  });
});

describe('Registered variables', () => {
  it('are the only ones that a session receives', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    client.confirmed(
      {
        type: 'REGISTER_VARIABLES_REQ',
        CallVariableMask: 0b10,
        NamedVariables: [{ VariableName: 'user.Wanted', VariableValue: '' }],
      },
      'REGISTER_VARIABLES_CONF',
    );
    ring(at, client, { CallVariable1: 'a', CallVariable2: 'b', 'user.Wanted': 'c', 'user.Other': 'd' });
    const begin = client.next('BEGIN_CALL_EVENT');
    deepStrictEqual([begin.CallVariable1, begin.CallVariable2], [undefined, 'b']);
    deepStrictEqual(
      begin.NamedVariables.map((each) => each.VariableName),
      ['user.Wanted'],
    );
    equal(begin.ANI, '2065550101');
  });
});

describe('Unsupported variables', () => {
  it('cannot be registered, nor can a scalar be registered as an array', async () => {
    const world = { ...defaultWorld(), eccVariables: [{ name: 'user.One' }, { name: 'user.Many', size: 5 }] };
    const client = opened(await lab({ world }));
    const register = (NamedVariables: string[], NamedArrays: string[]): MessageInit => ({
      type: 'REGISTER_VARIABLES_REQ',
      NamedVariables: NamedVariables.map((VariableName) => ({ VariableName, VariableValue: '' })),
      NamedArrays: NamedArrays.map((VariableName) => ({ VariableIndex: 0, VariableName, VariableValue: '' })),
    });
    client.confirmed(register(['user.One'], ['user.Many']), 'REGISTER_VARIABLES_CONF');
    equal(client.refused(register(['user.Two'], [])), `status ${StatusCode.E_CTI_NAMED_VARIABLE_NOT_CONFIGURED}`);
    equal(client.refused(register(['user.Many'], [])), `status ${StatusCode.E_CTI_NAMED_VARIABLE_NOT_CONFIGURED}`);
    equal(client.refused(register([], ['user.One'])), `status ${StatusCode.E_CTI_NAMED_ARRAY_NOT_CONFIGURED}`);
  });
});

describe('Recording', () => {
  const record = (call: number): MessageInit => ({ type: 'START_RECORDING_REQ', ...connection(call, '2001') });

  it('is handled by the center itself if no client has registered', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const call = ring(at, client);
    at.simulator.run('answer', { agent: '1001' });
    client.confirmed(record(call), 'START_RECORDING_CONF');
    client.confirmed({ type: 'STOP_RECORDING_REQ', ...connection(call, '2001') }, 'STOP_RECORDING_CONF');
  });

  it('is passed to the registered client, and its response is returned', async () => {
    const at = await lab();
    const client = opened(at);
    const recorder = opened(at, { ClientID: 'recorder', ServicesRequested: S.CTI_SERVICE_SERVER });
    login(client, '1001');
    const call = ring(at, client);
    at.simulator.run('answer', { agent: '1001' });
    const register = { type: 'REGISTER_SERVICE_REQ', ServiceName: 'Cisco:CallRecording' } as const;
    const { RegisteredServiceID } = recorder.confirmed({ ...register, ServerMode: 0 }, 'REGISTER_SERVICE_CONF');
    equal(recorder.refused({ ...register, ServerMode: 0 }), `status ${StatusCode.E_CTI_SERVICE_CONFLICT}`);
    equal(recorder.refused({ ...register, ServiceName: 'Other' }), `status ${StatusCode.E_CTI_INVALID_SERVICE}`);
    client.send({ ...record(call), InvokeID: 4711 } as MessageInit);
    const passed = recorder.next('START_RECORDING_REQ');
    deepStrictEqual([passed.ConnectionCallID, passed.ClientID], [call, 'test']);
    recorder.send({ type: 'START_RECORDING_CONF', InvokeID: passed.InvokeID, SessionID: 5, ServerData: 6 });
    const answer = client.next('START_RECORDING_CONF');
    deepStrictEqual([answer.InvokeID, answer.SessionID, answer.ServerData, answer.ClientID], [4711, 5, 6, 'recorder']);
    equal(
      opened(at, { ClientID: 'thief', ServicesRequested: S.CTI_SERVICE_SERVER }).refused({
        type: 'UNREGISTER_SERVICE_REQ',
        RegisteredServiceID,
      }),
      `status ${StatusCode.E_CTI_INVALID_SERVICE}`,
    );
    recorder.confirmed({ type: 'UNREGISTER_SERVICE_REQ', RegisteredServiceID }, 'UNREGISTER_SERVICE_CONF');
    equal(
      recorder.refused({ type: 'UNREGISTER_SERVICE_REQ', RegisteredServiceID }),
      `status ${StatusCode.E_CTI_INVALID_SERVICE}`,
    );
  });
});

describe('A strict server', () => {
  const cases: [string, MessageInit, number][] = [
    [
      'a required field that is missing',
      { type: 'USER_MESSAGE_REQ', ...P, Distribution: 3 },
      StatusCode.E_CTI_REQUIRED_DATA_MISSING,
    ],
    [
      'a tag that nobody knows',
      { type: 'HOLD_CALL_REQ', ...connection(1, '2001'), unknown: [{ tag: 240, data: Buffer.from('x') }] },
      StatusCode.E_CTI_INVALID_FIELD_TAG,
    ],
    [
      'a tag of another message',
      { type: 'HOLD_CALL_REQ', ...connection(1, '2001'), unknown: [{ tag: 48, data: Buffer.from('x\0') }] },
      StatusCode.E_CTI_INVALID_TAG_FOR_MSG_TYPE,
    ],
    [
      'a device type that is none',
      { type: 'DEFLECT_CALL_REQ', ...connection(1, '2001'), CalledDeviceID: '2002', CalledDeviceType: 33 },
      StatusCode.E_CTI_INVALID_DEVICE_ID_TYPE,
    ],
    [
      'a work mode that is none',
      { type: 'SET_AGENT_STATE_REQ', ...P, AgentInstrument: '2001', AgentWorkMode: 99 },
      StatusCode.E_CTI_INVALID_AGENT_WORK_MODE,
    ],
    [
      'a consultation type that is none',
      {
        type: 'CONSULTATION_CALL_REQ',
        ...P,
        ActiveConnectionDeviceID: '2001',
        ActiveConnectionDeviceIDType: 0,
        DialedNumber: '1',
        ConsultType: 9,
      },
      StatusCode.E_CTI_INVALID_CONSULT_TYPE,
    ],
  ];
  for (const [what, request, status] of cases) {
    it(`rejects ${what}`, async () => {
      const client = opened(await lab({ strict: true }));
      equal(client.refused(request), `status ${status}`);
    });
  }

  it('rejects a tag that the version no longer has', async () => {
    const client = opened(await lab({ strict: true }), { VersionNumber: 25 });
    const unknown = [{ tag: 217, data: Buffer.from('x\0') }];
    const request: MessageInit = { type: 'CLEAR_CONNECTION_REQ', ...connection(1, '2001'), unknown };
    equal(client.refused(request), `status ${StatusCode.E_CTI_INVALID_TAG_FOR_VERSION}`);
  });

  it('rejects wrong counts, which a lenient server corrects', async () => {
    for (const strict of [true, false]) {
      const at = await lab({ strict });
      const client = opened(at);
      login(client, '1001');
      const call = ring(at, client);
      const NamedVariables = [{ VariableName: 'user.A', VariableValue: 'b' }];
      const frame = encode({ type: 'SET_CALL_DATA_REQ', InvokeID: 3, ...connection(call, '2001'), NamedVariables }, 24);
      frame.writeUInt16BE(0, 8 + 14);
      client.stream.write(frame);
      if (strict) equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_INVALID_NUM_NAMED_VARIABLES);
      else ok(client.next('SET_CALL_DATA_CONF'));
    }
  });

  it('rejects a truncated message, of which a lenient server uses the rest', async () => {
    const client = opened(await lab({ strict: true }));
    const frame = encode({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 3, ...P, AgentID: '1001' }, 24).subarray(0, 14);
    frame.writeUInt32BE(6, 0);
    client.stream.write(frame);
    equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_BAD_MESSAGE_FORMAT);
    client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
  });

  it('serves a conforming client through a whole call', async () => {
    const at = await lab({ strict: true });
    const client = opened(at, { ServicesRequested: BRIDGE, PeripheralID: NONE });
    login(client, '1001');
    const call = ring(at, client);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    client.confirmed({ type: 'CLEAR_CONNECTION_REQ', ...connection(call, '2001') }, 'CLEAR_CONNECTION_CONF');
  });
});

describe('Texts over the limit', () => {
  /** A request with a floating text that the codec would reject. */
  const withText = (message: MessageInit, tag: number, text: string): Buffer => {
    const value = Buffer.from(`${text}\0`, 'latin1');
    const head = Buffer.alloc(4);
    head.writeUInt16BE(tag, 0);
    head.writeUInt16BE(value.length, 2);
    const frame = Buffer.concat([encode(message, 24), head, value]);
    frame.writeUInt32BE(frame.length - 8, 0);
    return frame;
  };
  const long = 'x'.repeat(300);
  const cases: [string, MessageInit, number, number][] = [
    [
      'DialedNumber',
      { type: 'MAKE_CALL_REQ', InvokeID: 3, ...P, AgentInstrument: '2001' },
      11,
      StatusCode.E_CTI_INVALID_FIELD_LENGTH,
    ],
    [
      'CallVariable1',
      { type: 'SET_CALL_DATA_REQ', InvokeID: 3, ...connection(1, '2001') },
      13,
      StatusCode.E_CTI_INVALID_FIELD_LENGTH,
    ],
    [
      'Text',
      { type: 'USER_MESSAGE_REQ', InvokeID: 3, ...P, Distribution: 3 },
      7,
      StatusCode.E_CTI_INVALID_FIELD_LENGTH,
    ],
    ['AgentID', { type: 'QUERY_AGENT_STATE_REQ', InvokeID: 3, ...P }, 5, StatusCode.E_CTI_INVALID_FIELD_LENGTH],
  ];
  for (const [field, request, tag, status] of cases) {
    it(`are rejected even by a lenient server: ${field}`, async () => {
      const client = opened(await lab());
      client.stream.write(withText(request, tag, long));
      equal(client.next('FAILURE_CONF').Status, status);
      client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
    });
  }

  it('do not register a client whose name could not be sent', async () => {
    const client = (await lab()).connect();
    const open = { type: 'OPEN_REQ', InvokeID: 3, VersionNumber: 24, IdleTimeout: NONE, PeripheralID: NONE } as const;
    client.stream.write(withText(open, 1, long));
    equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_INVALID_FIELD_LENGTH);
  });
});
