import assert from 'node:assert/strict';
import { type Args, requests } from '../../../../src/ctios/index.js';
import type { Message, MessageInit, MessageName } from '../../../../src/ged188/index.js';
import type { RequestResult } from '../../../../src/server/index.js';
import { LinkRequestError } from '../../../../src/server/southbound/link-api.js';
import { AGENT, agentState, at, begin, Center, established, MONITOR } from '../center.js';
import { settled } from '../scripted-link.js';

const CALL = 'call.5000.7.2001';
const HELD = 'call.5000.8.2001';
const KEY = { RouterCallKeyDay: 1, RouterCallKeyCallID: 2, RouterCallKeySequenceNumber: 3 };
const WITH_AGENT = { AgentInstrument: '2001' };

/** Agent 1001 is talking on call 7 and has call 8 on hold. */
async function twoCalls(): Promise<Center> {
  const center = await Center.withAgent();
  center.tell(begin(8, '2001'), established(8, '2001'), begin(7, '2001'), established(7, '2001'), {
    type: 'CALL_HELD_EVENT',
    ...at(8, '2001'),
    LocalConnectionState: 4,
    EventCause: 0xffff,
  });
  center.published.length = 0;
  return center;
}

/** The fields of the resulting message that the row names. */
function assertSent(message: Message | undefined, expected: MessageInit): void {
  assert.ok(message !== undefined, `${expected.type} was not sent`);
  for (const [field, value] of Object.entries(expected)) {
    assert.deepEqual((message as Record<string, unknown>)[field], value, field);
  }
}

describe('requests become messages, and confirmations events', () => {
  const connection = { PeripheralID: 5000, ConnectionCallID: 7, ConnectionDeviceID: '2001' };
  const active = { ActiveConnectionCallID: 7, ActiveConnectionDeviceID: '2001' };
  const held = { HeldConnectionCallID: 8, HeldConnectionDeviceID: '2001' };
  const rows: [
    request: string,
    target: string | undefined,
    args: Args,
    sent: MessageInit,
    conf: MessageInit,
    event: string | undefined,
  ][] = [
    [
      'Answer',
      CALL,
      {},
      { type: 'ANSWER_CALL_REQ', ...connection, ...WITH_AGENT },
      { type: 'ANSWER_CALL_CONF' },
      'OnAnswerCallConf',
    ],
    [
      'Hold',
      CALL,
      {},
      { type: 'HOLD_CALL_REQ', ...connection, ...WITH_AGENT },
      { type: 'HOLD_CALL_CONF' },
      'OnHoldCallConf',
    ],
    [
      'Retrieve',
      HELD,
      {},
      { type: 'RETRIEVE_CALL_REQ', ...held, ...WITH_AGENT },
      { type: 'RETRIEVE_CALL_CONF' },
      'OnRetrieveCallConf',
    ],
    ['Clear', CALL, {}, { type: 'CLEAR_CALL_REQ', ...connection }, { type: 'CLEAR_CALL_CONF' }, 'OnClearCallConf'],
    [
      'ClearConnection',
      CALL,
      {},
      { type: 'CLEAR_CONNECTION_REQ', ...connection },
      { type: 'CLEAR_CONNECTION_CONF' },
      'OnClearConnectionConf',
    ],
    [
      'Alternate',
      CALL,
      {},
      { type: 'ALTERNATE_CALL_REQ', ...active, OtherConnectionCallID: 8 },
      { type: 'ALTERNATE_CALL_CONF' },
      'OnAlternateCallConf',
    ],
    [
      'Alternate',
      HELD,
      {},
      { type: 'ALTERNATE_CALL_REQ', ...active, OtherConnectionCallID: 8 },
      { type: 'ALTERNATE_CALL_CONF' },
      'OnAlternateCallConf',
    ],
    [
      'Reconnect',
      CALL,
      {},
      { type: 'RECONNECT_CALL_REQ', ...active, ...held },
      { type: 'RECONNECT_CALL_CONF' },
      'OnReconnectCallConf',
    ],
    [
      'Transfer',
      CALL,
      {},
      { type: 'TRANSFER_CALL_REQ', ...active, ...held },
      { type: 'TRANSFER_CALL_CONF' },
      'OnTransferCallConf',
    ],
    [
      'Conference',
      HELD,
      { CallReferenceObjectID: CALL },
      { type: 'CONFERENCE_CALL_REQ', ...active, ...held },
      { type: 'CONFERENCE_CALL_CONF' },
      'OnConferenceCallConf',
    ],
    [
      'SingleStepTransfer',
      CALL,
      { DialedNumber: '2002' },
      {
        type: 'TRANSFER_CALL_REQ',
        ...active,
        DialedNumber: '2002',
        HeldConnectionCallID: 0xffffffff,
        HeldConnectionDeviceIDType: 0xffff,
      },
      { type: 'TRANSFER_CALL_CONF' },
      'OnTransferCallConf',
    ],
    [
      'SingleStepConference',
      CALL,
      { DialedNumber: '2002', CallVariable1: 'x' },
      { type: 'CONFERENCE_CALL_REQ', ...active, DialedNumber: '2002', CallVariable1: 'x' },
      { type: 'CONFERENCE_CALL_CONF' },
      'OnConferenceCallConf',
    ],
    [
      'MakeConsultCall',
      CALL,
      { DialedNumber: '2002', ConsultType: 1 },
      { type: 'CONSULTATION_CALL_REQ', ...active, DialedNumber: '2002', ConsultType: 1 },
      { type: 'CONSULTATION_CALL_CONF', NewConnectionCallID: 9, NewConnectionDeviceID: '2001' },
      'OnConsultationCallConf',
    ],
    [
      'SendDTMFSignal',
      CALL,
      { DTMFString: '12#', ToneDuration: 100 },
      { type: 'SEND_DTMF_SIGNAL_REQ', ...connection, DTMFString: '12#', ToneDuration: 100 },
      { type: 'SEND_DTMF_SIGNAL_CONF' },
      'OnSendDTMFConf',
    ],
    [
      'SetCallData',
      CALL,
      { CallVariable2: 'b', CallWrapupData: 'done', ECC: { 'user.A': '1', 'user.B[2]': 'z' } },
      {
        type: 'SET_CALL_DATA_REQ',
        ...connection,
        CallVariable2: 'b',
        CallWrapupData: 'done',
        CallType: 0xffff,
        NamedVariables: [{ VariableName: 'user.A', VariableValue: '1' }],
        NamedArrays: [{ VariableName: 'user.B', VariableIndex: 2, VariableValue: 'z' }],
      },
      { type: 'SET_CALL_DATA_CONF' },
      'OnSetCallDataConf',
    ],
    [
      'StartRecord',
      CALL,
      {},
      { type: 'START_RECORDING_REQ', ...connection, AgentID: '1001' },
      { type: 'START_RECORDING_CONF', SessionID: 3, ServerData: 4 },
      'OnCallStartRecordingConf',
    ],
    [
      'StartNetworkRecording',
      CALL,
      { InvocationType: 2, PlayToneDirection: 3 },
      { type: 'START_NETWORK_RECORDING_REQ', ...connection, InvocationType: 2, PlayToneDirection: 3 },
      { type: 'START_NETWORK_RECORDING_CONF' },
      'OnStartNetworkRecordingConf',
    ],
    [
      'StopNetworkRecording',
      CALL,
      {},
      { type: 'STOP_NETWORK_RECORDING_REQ', ...connection, ...WITH_AGENT },
      { type: 'STOP_NETWORK_RECORDING_CONF' },
      'OnStopNetworkRecordingConf',
    ],
    [
      'Deflect',
      CALL,
      { DialedNumber: '2002' },
      { type: 'DEFLECT_CALL_REQ', ...connection, CalledDeviceType: 0, CalledDeviceID: '2002' },
      { type: 'DEFLECT_CALL_CONF' },
      'OnDeflectCallConf',
    ],
    [
      'MakeCall',
      'agent.5000.1001',
      { DialedNumber: '2002' },
      { type: 'MAKE_CALL_REQ', PeripheralID: 5000, ...WITH_AGENT, DialedNumber: '2002' },
      { type: 'MAKE_CALL_CONF', NewConnectionCallID: 9, NewConnectionDeviceID: '2001' },
      'OnMakeCallConf',
    ],
    [
      'SetAgentState',
      undefined,
      { AgentID: '1001', AgentState: 3 },
      { type: 'SET_AGENT_STATE_REQ', PeripheralID: 5000, ...WITH_AGENT, AgentID: '1001', AgentState: 3 },
      { type: 'SET_AGENT_STATE_CONF' },
      'OnSetAgentStateConf',
    ],
    [
      'SetAgentState',
      'agent.5000.1001',
      { AgentState: 1, EventReasonCode: 999, SupervisorID: '90001' },
      { type: 'SET_AGENT_STATE_REQ', AgentState: 1, EventReasonCode: 999, SupervisorID: '90001' },
      { type: 'SET_AGENT_STATE_CONF' },
      'OnSetAgentStateConf',
    ],
    [
      'Logout',
      'agent.5000.1001',
      { EventReasonCode: 5 },
      { type: 'SET_AGENT_STATE_REQ', AgentState: 1, EventReasonCode: 5 },
      { type: 'SET_AGENT_STATE_CONF' },
      'OnSetAgentStateConf',
    ],
    [
      'Login',
      undefined,
      {
        AgentID: '1009',
        AgentInstrument: '2009',
        AgentPassword: 'p',
        AgentRemoteNumber: '5551',
        AgentCallMode: 3,
        SkillGroupNumber: 10,
      },
      {
        type: 'SET_AGENT_STATE_REQ',
        AgentState: 0,
        AgentID: '1009',
        AgentInstrument: '2009;5551',
        AgentWorkMode: 3,
        AgentPassword: 'p',
        SkillGroups: [{ SkillGroupNumber: 10, SkillGroupPriority: 0 }],
      },
      { type: 'SET_AGENT_STATE_CONF' },
      'OnSetAgentStateConf',
    ],
    [
      'SetAgentGreetingAction',
      'agent.5000.1001',
      { AgentAction: 1 },
      { type: 'AGENT_GREETING_CONTROL_REQ', AgentID: '1001', AgentAction: 1 },
      { type: 'AGENT_GREETING_CONTROL_CONF' },
      'OnAgentGreetingControlConf',
    ],
    [
      'ReportBadCallLine',
      'agent.5000.1001',
      {},
      { type: 'BAD_CALL_REQ', ...connection, AgentID: '1001' },
      { type: 'BAD_CALL_CONF' },
      undefined,
    ],
    [
      'RequestSupervisorAssist',
      'agent.5000.1001',
      {},
      { type: 'SUPERVISOR_ASSIST_REQ', ...connection, AgentID: '1001', ...WITH_AGENT },
      { type: 'SUPERVISOR_ASSIST_CONF', ConnectionCallID: 9, ConnectionDeviceID: '2001' },
      undefined,
    ],
    [
      'MakeEmergencyCall',
      'agent.5000.1001',
      {},
      { type: 'EMERGENCY_CALL_REQ', ...connection, AgentID: '1001' },
      { type: 'EMERGENCY_CALL_CONF', ConnectionCallID: 9, ConnectionDeviceID: '2001' },
      undefined,
    ],
  ];
  const makesCall = new Set(['MakeCall', 'MakeConsultCall', 'RequestSupervisorAssist', 'MakeEmergencyCall']);

  for (const [request, target, args, sent, conf, event] of rows) {
    it(`${request} for ${target ?? 'whom its arguments name'} -> ${sent.type} -> ${event ?? 'no event'}`, async () => {
      const center = await twoCalls();
      center.link.version = 24;
      center.link.answer(sent.type as MessageName, conf);
      const result = await center.request(request, target, args);
      assertSent(center.link.sentOf(sent.type as MessageName)[0], sent);
      assert.equal(result.outcome, 'confirmed');
      assert.equal(result.conf?.event, event);
      assert.equal(result.newObject, makesCall.has(request) ? 'call.5000.9.2001' : undefined);
      if (target !== undefined && event !== undefined) assert.equal(result.conf!.args.UniqueObjectID, target);
    });
  }

  it('StopRecord uses the session returned for StartRecord', async () => {
    const center = await twoCalls();
    center.link.answer('START_RECORDING_REQ', { type: 'START_RECORDING_CONF', SessionID: 3, ServerData: 4 });
    center.link.answer('STOP_RECORDING_REQ', { type: 'STOP_RECORDING_CONF' });
    await center.request('StartRecord', CALL);
    const result = await center.request('StopRecord', CALL);
    assertSent(center.link.sentOf('STOP_RECORDING_REQ')[0], {
      type: 'STOP_RECORDING_REQ',
      SessionID: 3,
      ServerData: 4,
    });
    assert.equal(result.conf?.event, 'OnCallStopRecordingConf');
  });

  it('SetAgentServiceData identifies agent and call by their enterprise-wide numbers, and fails with the status', async () => {
    const center = await twoCalls();
    center.link.version = 24;
    const about = { 'EnabledService[1]': 1, 'EnabledService[2]': 2, NumPositiveAnswersSuggestions: 3 };
    const unknown = await center.request('SetAgentServiceData', 'agent.5000.1001', about);
    assert.equal(unknown.failure?.code, 'CTIOS_NO_OBJECT');
    center.tell(agentState('1001', '2001', 4, { ICMAgentID: 5100 } as never));
    center.tell({
      type: 'CALL_DATA_UPDATE_EVENT',
      ...at(7, '2001'),
      NewConnectionCallID: 7,
      NewConnectionDeviceID: '2001',
      ...KEY,
    });
    center.link.answer('SET_AGENT_SERVICE_DATA_REQ', { type: 'SET_AGENT_SERVICE_DATA_CONF', Status: 0 });
    const result = await center.request('SetAgentServiceData', 'agent.5000.1001', { ...about, CallReference: CALL });
    assert.equal(result.conf?.event, 'OnSetAgentServiceDataConf');
    assertSent(center.link.sentOf('SET_AGENT_SERVICE_DATA_REQ')[0], {
      type: 'SET_AGENT_SERVICE_DATA_REQ',
      ...KEY,
      AgentSkillTargetID: 5100,
      EnabledServices: [{ FltEnabledServices: 1 }, { FltEnabledServices: 2 }],
      NumPositiveAnswersSuggestions: 3,
    });
    center.link.answer('SET_AGENT_SERVICE_DATA_REQ', { type: 'SET_AGENT_SERVICE_DATA_CONF', Status: 8 });
    const refused = await center.request('SetAgentServiceData', 'agent.5000.1001', about);
    assert.deepEqual([refused.outcome, refused.failure?.code], ['failed', 'E_CTI_INVALID_AGENT_DATA']);
  });

  it('Snapshot returns the current call, then its data', async () => {
    const center = await twoCalls();
    center.link.answer('SNAPSHOT_CALL_REQ', {
      type: 'SNAPSHOT_CALL_CONF',
      CallType: 2,
      CallVariable1: 'news',
      CallDevices: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallDeviceConnectionState: 3 }],
    });
    const result = await center.request('Snapshot', CALL);
    assert.equal(result.conf?.event, 'OnSnapshotCallConf');
    assert.equal(result.conf.args.CallVariable1, 'news');
    assert.equal(result.conf.args.CallStatus, 3);
    assert.equal(center.last('OnCallDataUpdate').args.CallVariable1, 'news');
    assert.equal(center.last('OnCallDataUpdate').to.device, 'device.5000.2001', 'news are for all');
    await center.request('Snapshot', CALL);
    assert.deepEqual(center.last('OnCallDataUpdate').to, { client: 'monitor' }, 'no news are for who asked');
  });

  it('Snapshot does not restore a call that ended before the response', async () => {
    const center = await twoCalls();
    const asked = center.request('Snapshot', CALL);
    center.tell({ type: 'END_CALL_EVENT', ...at(7, '2001') });
    center.published.length = 0;
    center.link.settle('SNAPSHOT_CALL_REQ', { type: 'SNAPSHOT_CALL_CONF', CallType: 2, CallVariable1: 'news' });
    const result = await asked;
    assert.equal(result.outcome, 'failed');
    assert.equal(result.failure?.code, 'CTIOS_NO_OBJECT');
    assert.equal(result.conf?.event, 'OnControlFailureConf');
    assert.deepEqual(center.names(), []);
  });

  it('QueryAgentState returns the current agent, and updates the object', async () => {
    const center = await Center.up();
    center.link.answer('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1005',
      AgentInstrument: '2005',
      AgentExtension: '2005',
      SkillGroups: [{ SkillGroupNumber: 10, SkillGroupID: 5010, SkillGroupPriority: 1, SkillGroupState: 3 }],
    });
    const { conf } = await center.request('QueryAgentState', 'agent.5000.1005');
    assert.equal(conf?.event, 'OnQueryAgentStateConf');
    assert.equal(conf.args.AgentState, 3);
    assert.deepEqual(conf.args['SkillGroup[1]'], {
      SkillGroupNumber: 10,
      SkillGroupID: 5010,
      SkillGroupPriority: 1,
      SkillGroupState: 3,
    });
  });

  it('finds an agent by login name', async () => {
    const center = await twoCalls();
    center.tell({
      type: 'CONFIG_AGENT_EVENT',
      Records: [{ RecordType: 0, FltPeripheralID: 5000, LoginID: '1001', LoginName: 'Ada' }],
    });
    center.link.answer('SET_AGENT_STATE_REQ', { type: 'SET_AGENT_STATE_CONF' });
    await center.request('Logout', undefined, { LoginName: 'ada' });
    assert.equal(center.link.sentOf('SET_AGENT_STATE_REQ')[0]?.AgentID, '1001');
    assert.equal((await center.request('Logout', undefined, { LoginName: 'nobody' })).failure?.code, 'CTIOS_NO_OBJECT');
  });

  it('uses the current call in agent mode if no call is named', async () => {
    const center = await twoCalls();
    center.link.answer('HOLD_CALL_REQ', { type: 'HOLD_CALL_CONF' });
    const result = await center.request('Hold', undefined, {}, AGENT);
    assert.equal(result.outcome, 'confirmed');
    assert.equal(center.link.sentOf('HOLD_CALL_REQ')[0]?.ConnectionCallID, 7);
  });
});

describe('the vocabulary', () => {
  it('has no request without a handler, except the one that a client session handles itself', async () => {
    const center = await Center.withAgent();
    const unknown: string[] = [];
    for (const name of Object.keys(requests)) {
      center.server.request(MONITOR, name, undefined, {}, 15_000, ({ failure }) => {
        if (failure?.code === 'CTIOS_UNKNOWN_REQUEST') unknown.push(name);
      });
    }
    await settled();
    assert.deepEqual(unknown, ['SetMessageFilter']);
  });
});

describe('a request that is not confirmed', () => {
  it('reports the code of the switch and the error of the peripheral', async () => {
    const center = await twoCalls();
    center.link.answer('HOLD_CALL_REQ', { type: 'CONTROL_FAILURE_CONF', FailureCode: 22, PeripheralErrorCode: 13045 });
    const result = await center.request('Hold', CALL);
    assert.equal(result.outcome, 'failed');
    assert.equal(result.failure?.code, 'CF_INVALID_OBJECT_STATE');
    assert.equal(result.failure.failureCode, 22);
    assert.equal(result.failure.peripheralErrorCode, 13045);
    assert.match(result.failure.message, /peripheral error 13045 \w+/, 'by its name, where it has one');
    assert.equal(result.conf?.event, 'OnControlFailureConf');
    assert.deepEqual(
      { ...result.conf.args, ErrorMessage: undefined },
      {
        FailureCode: 22,
        PeripheralErrorCode: 13045,
        MessageType: 54,
        UniqueObjectID: CALL,
        AgentID: '1001',
        PeripheralID: 5000,
        ErrorMessage: undefined,
      },
    );
  });

  it('reports the status of the CTI Server', async () => {
    const center = await twoCalls();
    center.link.answer('SET_CALL_DATA_REQ', { type: 'FAILURE_CONF', Status: 14 });
    const result = await center.request('SetCallData', CALL, { CallVariable1: 'x' });
    assert.equal(result.failure?.code, 'E_CTI_PROTECTED_VARIABLE');
    assert.equal(result.conf?.args.FailureCode, 14);
  });

  it('fails immediately while there is no link', async () => {
    const center = await twoCalls();
    center.link.disconnect();
    const result = await center.request('Hold', CALL);
    assert.equal(result.outcome, 'failed');
    assert.equal(result.failure?.code, 'CTIOS_OFFLINE');
    assert.equal(result.conf?.event, 'OnControlFailureConf');
  });

  it('is unknown if the link is lost during the request, even if a failure event follows', async () => {
    const center = await twoCalls();
    const pending = center.request('Hold', CALL);
    await settled();
    center.link.disconnect();
    const result = await pending;
    assert.equal(result.outcome, 'unknown');
    assert.equal(result.failure?.code, 'CTIOS_OUTCOME_UNKNOWN');
    assert.equal(result.conf, undefined);
  });

  it('reports that it has timed out', async () => {
    const center = await twoCalls();
    center.link.answer('HOLD_CALL_REQ', new LinkRequestError('unknown', 'CTIOS_ANSWER_TIMEOUT', 'no answer'));
    assert.equal((await center.request('Hold', CALL)).failure?.code, 'CTIOS_ANSWER_TIMEOUT');
  });

  const refusals: [string, string, string | undefined, Args, string][] = [
    ['a call that is not there', 'Hold', 'call.5000.99.2001', {}, 'CTIOS_NO_OBJECT'],
    ['no call named', 'Hold', undefined, {}, 'CTIOS_NO_OBJECT'],
    ['no agent named', 'SetAgentState', undefined, { AgentState: 3 }, 'CTIOS_NO_OBJECT'],
    ['a reference to no call', 'Transfer', CALL, { CallReferenceObjectID: 'call.1.1.1' }, 'CTIOS_NO_OBJECT'],
    ['an unknown request', 'Teleport', undefined, {}, 'CTIOS_UNKNOWN_REQUEST'],
    [
      'intercept without barge-in',
      'SuperviseCall',
      'agent.5000.1001',
      { AgentReference: '1001', SupervisoryAction: 4 },
      'CF_INVALID_OBJECT_STATE',
    ],
  ];
  for (const [what, request, target, args, code] of refusals) {
    it(`rejects ${what} with ${code}, and sends nothing`, async () => {
      const center = await twoCalls();
      const before = center.link.sent.length;
      const result = await center.request(request, target, args);
      assert.equal(result.outcome, 'failed');
      assert.equal(result.failure?.code, code);
      assert.equal(center.link.sent.length, before);
    });
  }

  it("rejects a transfer without a held call with the switch's text", async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'));
    assert.equal((await center.request('Transfer', CALL)).failure?.code, 'CF_NO_HELD_CALL');
  });

  it('reports a refused logout with OnLogoutFailed first', async () => {
    const center = await Center.withAgent();
    center.link.answer('SET_AGENT_STATE_REQ', {
      type: 'CONTROL_FAILURE_CONF',
      FailureCode: 33,
      PeripheralErrorCode: 10112,
    });
    const result = await center.request('Logout', 'agent.5000.1001', {});
    assert.equal(result.conf?.event, 'OnControlFailureConf');
    const told = center.last('OnLogoutFailed');
    assert.deepEqual(told.to, { client: 'monitor' });
    assert.equal(told.args.PeripheralErrorCode, 10112);
  });

  it('never reveals a password', async () => {
    const center = await Center.withAgent();
    center.link.answer('SET_AGENT_STATE_REQ', {
      type: 'CONTROL_FAILURE_CONF',
      FailureCode: 257,
      PeripheralErrorCode: 0,
    });
    const result = await center.request('Login', undefined, {
      AgentID: '1001',
      AgentInstrument: '2001',
      AgentPassword: 'hunter2',
    });
    assert.equal(result.failure?.code, 'CF_INVALID_PASSWORD_SPECIFIED');
    assert.ok(!JSON.stringify([result, center.published]).includes('hunter2'));
  });
});

describe('a request ends', () => {
  it('once, in its place among the events', async () => {
    const center = await twoCalls();
    const order: string[] = [];
    center.server.subscribe(({ event }) => order.push(event));
    const ends: RequestResult[] = [];
    center.server.request(AGENT, 'Hold', CALL, {}, 15_000, (result) => {
      ends.push(result);
      order.push(result.conf!.event);
    });
    await settled();
    center.link.settle('HOLD_CALL_REQ', { type: 'HOLD_CALL_CONF' });
    // In the turn in which the confirmation arrives, as the next message of the same packet.
    center.tell({ type: 'CALL_HELD_EVENT', ...at(7, '2001'), LocalConnectionState: 4, EventCause: 0xffff });
    assert.deepEqual(order, ['OnHoldCallConf', 'OnCallHeld']);
    assert.equal(ends.length, 1);
  });

  it('and a requested consultation is known as one from its first event', async () => {
    const center = await Center.withAgent();
    center.tell(begin(7, '2001'), established(7, '2001'));
    void center.request('MakeConsultCall', CALL, { DialedNumber: '2002', ConsultType: 2 });
    await settled();
    center.tell(begin(9, '2001', { CallType: 12 } as never), {
      type: 'CALL_SERVICE_INITIATED_EVENT',
      ...at(9, '2001'),
      CallingDeviceID: '2001',
      LocalConnectionState: 1,
      EventCause: 0xffff,
    });
    center.link.settle('CONSULTATION_CALL_REQ', {
      type: 'CONSULTATION_CALL_CONF',
      NewConnectionCallID: 9,
      NewConnectionDeviceID: '2001',
    });
    center.tell(
      { type: 'CALL_HELD_EVENT', ...at(7, '2001'), LocalConnectionState: 4, EventCause: 0xffff },
      established(9, '2001'),
    );
    const CONFERENCE_COMPLETE = 0x200;
    const TRANSFER_COMPLETE = 0x40;
    const mask = center.last('OnCallEstablished').args.EnablementMask as number;
    assert.ok(mask & CONFERENCE_COMPLETE);
    assert.ok(!(mask & TRANSFER_COMPLETE));
  });
});

describe('The end of a request', () => {
  it('is reported once, even if its handler throws', async () => {
    const center = await Center.withAgent();
    center.link.request = () => {
      throw new Error('the link is broken');
    };
    const ends: RequestResult[] = [];
    const args = { DialedNumber: '2002' };
    center.server.request(MONITOR, 'MakeCall', 'agent.5000.1001', args, 15_000, (end) => ends.push(end));
    assert.equal(ends.length, 1);
    assert.deepEqual([ends[0]!.outcome, ends[0]!.failure?.code], ['failed', 'CTIOS_INTERNAL']);
    assert.match(ends[0]!.failure!.message, /MakeCall: the link is broken/);
  });

  it('is reported once, even if its confirmation cannot be processed; the link stays open', async () => {
    const center = await twoCalls();
    const ends: RequestResult[] = [];
    center.server.request(MONITOR, 'Snapshot', CALL, {}, 15_000, (end) => ends.push(end));
    center.server.subscribe(({ event }) => {
      if (event === 'OnCallDataUpdate') throw new Error('the listener is broken');
    });
    center.link.settle('SNAPSHOT_CALL_REQ', { type: 'SNAPSHOT_CALL_CONF' });
    assert.deepEqual(
      ends.map(({ outcome }) => outcome),
      ['confirmed'],
    );
  });

  it('is reported once for a confirmed, a refused and an unknown request', async () => {
    const center = await Center.withAgent();
    center.link.answer('MAKE_CALL_REQ', {
      type: 'MAKE_CALL_CONF',
      NewConnectionCallID: 9,
      NewConnectionDeviceID: '2001',
    });
    for (const [name, target, expected] of [
      ['MakeCall', 'agent.5000.1001', 'confirmed'],
      ['Answer', 'call.5000.1.2001', 'failed'],
      ['NoSuchRequest', undefined, 'failed'],
    ] as const) {
      const ends: string[] = [];
      const args: Args = name === 'MakeCall' ? { DialedNumber: '2002' } : {};
      center.server.request(MONITOR, name, target, args, 15_000, ({ outcome }) => ends.push(outcome));
      assert.deepEqual(ends, [expected], name);
    }
  });
});
