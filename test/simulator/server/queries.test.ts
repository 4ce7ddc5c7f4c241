import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import {
  ConfigMsgMask,
  type Message,
  type MessageInit,
  type MessageOf,
  StatusCode,
} from '../../../src/ged188/index.js';
import { defaultWorld } from '../../../src/simulator/index.js';
import { connection, lab, login, NONE, opened, PERIPHERAL, ring } from './raw-client.js';

const P = { PeripheralID: PERIPHERAL } as const;

describe('Agent queries and settings', () => {
  it('are found by id, extension, instrument and ICMAgentID', async () => {
    const client = opened(await lab());
    login(client, '1002');
    for (const named of [
      { AgentID: '1002' },
      { AgentExtension: '2002' },
      { AgentInstrument: '2002' },
      { ICMAgentID: 10002 },
    ]) {
      const answer = client.confirmed({ type: 'QUERY_AGENT_STATE_REQ', ...P, ...named }, 'QUERY_AGENT_STATE_CONF');
      deepStrictEqual([answer.AgentID, answer.AgentState, answer.AgentInstrument], ['1002', 3, '2002']);
      deepStrictEqual(
        answer.SkillGroups.map((each) => each.SkillGroupNumber),
        [20, 30],
      );
    }
  });

  it('are logged out before they log in, and unknown ones are refused', async () => {
    const client = opened(await lab());
    equal(
      client.confirmed({ type: 'QUERY_AGENT_STATE_REQ', ...P, AgentID: '1001' }, 'QUERY_AGENT_STATE_CONF').AgentState,
      1,
    );
    equal(client.refused({ type: 'QUERY_AGENT_STATE_REQ', ...P, AgentID: '7' }), 'control 256/0');
  });

  const state = (AgentState: number, more: object = {}): MessageInit => ({
    type: 'SET_AGENT_STATE_REQ',
    ...P,
    AgentID: '1001',
    AgentInstrument: '2001',
    AgentState,
    ...more,
  });

  it('report each change with state, reason and skill groups', async () => {
    const client = opened(await lab());
    login(client, '1001');
    client.take();
    client.confirmed(state(2, { EventReasonCode: 7 }), 'SET_AGENT_STATE_CONF');
    const event = client.next('AGENT_STATE_EVENT');
    deepStrictEqual([event.AgentID, event.AgentState, event.EventReasonCode, event.ICMAgentID], ['1001', 2, 7, 10001]);
    deepStrictEqual(
      event.FltSkillGroups.map((each) => [each.FltSkillGroupNumber, each.FltSkillGroupState]),
      [
        [10, 2],
        [20, 2],
      ],
    );
  });

  const refusals: [string, MessageInit, RegExp][] = [
    ['a second login', state(0), /^control 259\/10102$/],
    ['a logout while available', state(1), /^control \d+\/10112$/],
    ['a login on a phone in use', state(0, { AgentID: '1003' }), /^control 283\//],
    ['an unknown agent', state(0, { AgentID: '1999', AgentInstrument: '2003' }), /^control 256\//],
    ['an unknown phone', state(0, { AgentID: '1003', AgentInstrument: '2999' }), /^control \d+\//],
  ];
  for (const [what, request, expected] of refusals) {
    it(`refuse ${what}`, async () => {
      const client = opened(await lab());
      login(client, '1001');
      const answer = client.refused(request);
      ok(expected.test(answer), answer);
    });
  }

  it('have desk settings', async () => {
    const client = opened(await lab());
    const settings = client.confirmed(
      { type: 'AGENT_DESK_SETTINGS_REQ', ...P, AgentID: '1001' },
      'AGENT_DESK_SETTINGS_CONF',
    );
    deepStrictEqual([settings.WrapupDataIncomingMode, settings.RingNoAnswerTime, settings.WorkModeTimer], [0, 20, 30]);
    equal(
      client.refused({ type: 'AGENT_DESK_SETTINGS_REQ', ...P, AgentID: '7' }),
      `status ${StatusCode.E_CTI_INVALID_AGENT_DATA}`,
    );
  });

  it('have statistics that match the events', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const call = ring(at, client);
    at.simulator.run('answer', { agent: '1001' });
    at.pass(30);
    at.simulator.run('hangUp', { call });
    at.pass(10);
    at.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
    const own = client.confirmed(
      { type: 'QUERY_AGENT_STATISTICS_REQ', ...P, AgentID: '1001' },
      'QUERY_AGENT_STATISTICS_CONF',
    );
    deepStrictEqual(
      [own.HandledCallsSession, own.HandledCallsTalkTimeSession, own.HandledCallsAfterCallTimeSession],
      [1, 30, 10],
    );
    const group = client.confirmed(
      { type: 'QUERY_SKILL_GROUP_STATISTICS_REQ', ...P, SkillGroupNumber: 10, SkillGroupID: NONE },
      'QUERY_SKILL_GROUP_STATISTICS_CONF',
    );
    deepStrictEqual([group.AgentsLoggedOn, group.AgentsAvail, group.HandledCallsToday], [1, 1, 1]);
    const byId = client.confirmed(
      { type: 'QUERY_SKILL_GROUP_STATISTICS_REQ', ...P, SkillGroupNumber: NONE, SkillGroupID: 5010 },
      'QUERY_SKILL_GROUP_STATISTICS_CONF',
    );
    equal(byId.SkillGroupNumber, 10);
    equal(
      client.refused({ type: 'QUERY_SKILL_GROUP_STATISTICS_REQ', ...P, SkillGroupNumber: 99, SkillGroupID: NONE }),
      `status ${StatusCode.E_CTI_INVALID_SKILL_GROUP}`,
    );
    equal(
      client.refused({ type: 'QUERY_AGENT_STATISTICS_REQ', ...P, AgentID: '1002' }),
      `status ${StatusCode.E_CTI_AGENT_NOT_LOGGED_ON}`,
    );
  });
});

describe('Snapshots', () => {
  it('return a device and its calls, and a call with its data and parties', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const call = ring(at, client, { CallVariable2: 'late', 'user.Name': 'x' });
    const device = client.confirmed(
      { type: 'SNAPSHOT_DEVICE_REQ', ...P, AgentInstrument: '2001' },
      'SNAPSHOT_DEVICE_CONF',
    );
    deepStrictEqual(
      device.Calls.map((each) => [each.CallConnectionCallID, each.CallConnectionDeviceID, each.CallState]),
      [[call, '2001', 2]],
    );
    const snapshot = client.confirmed({ type: 'SNAPSHOT_CALL_REQ', ...connection(call, '2001') }, 'SNAPSHOT_CALL_CONF');
    deepStrictEqual([snapshot.ANI, snapshot.CallVariable2, snapshot.CallType], ['2065550101', 'late', 2]);
    deepStrictEqual(snapshot.NamedVariables, [{ VariableName: 'user.Name', VariableValue: 'x' }]);
    deepStrictEqual(
      snapshot.CallDevices.map((each) => each.CallDeviceConnectionState),
      [3, 2],
    );
    const nothing = client.confirmed(
      { type: 'SNAPSHOT_DEVICE_REQ', ...P, AgentInstrument: '2002' },
      'SNAPSHOT_DEVICE_CONF',
    );
    equal(nothing.NumCalls, 0);
    equal(client.refused({ type: 'SNAPSHOT_DEVICE_REQ', ...P, AgentInstrument: '9' }), 'control 12/0');
  });

  it('return the capabilities of a device', async () => {
    const client = opened(await lab());
    const info = client.confirmed(
      { type: 'QUERY_DEVICE_INFO_REQ', ...P, AgentInstrument: '2001' },
      'QUERY_DEVICE_INFO_CONF',
    );
    deepStrictEqual([info.PeripheralType, info.TypeOfDevice, info.MaxDevicesInConference], [17, 0, 16]);
  });
});

describe('Configuration', () => {
  const EVERYTHING = Object.values(ConfigMsgMask).reduce((bits, bit) => bits | bit, 0);

  it('is sent item by item, each between its begin and end', async () => {
    const client = opened(await lab({ agents: 25 }));
    client.take();
    client.send({ type: 'CONFIG_REQUEST_KEY_EVENT', PeripheralID: NONE });
    equal(client.next('CONFIG_KEY_EVENT').ConfigkeyStatus, 0);
    client.send({ type: 'CONFIG_REQUEST_EVENT', PeripheralID: NONE, ConfigInformation: EVERYTHING });
    const told = client.take();
    const shape = told.map((each) => each.type).filter((type, index, all) => type !== all[index - 1]);
    deepStrictEqual(
      shape.filter((type) => !/BEGIN|END/.test(type)),
      [
        'CONFIG_SERVICE_EVENT',
        'CONFIG_SKILL_GROUP_EVENT',
        'CONFIG_AGENT_EVENT',
        'CONFIG_DEVICE_EVENT',
        'CONFIG_CALL_TYPE_EVENT',
        'CONFIG_MRD_EVENT',
        'CONFIG_PERIPHERAL_EVENT',
        'CONFIG_AGENT_DESK_SETTINGS_EVENT',
        'CONFIG_TERMINAL_EVENT',
      ],
    );
    equal(told.filter((each) => each.type === 'CONFIG_BEGIN_EVENT').length, 10);
    equal(told.filter((each) => each.type === 'CONFIG_END_EVENT').length, 10);
    const agents = told.flatMap((each) => (each.type === 'CONFIG_AGENT_EVENT' ? each.Records : []));
    equal(agents.length, 27);
    deepStrictEqual(
      [agents[0]?.LoginID, agents[0]?.Extension, agents[0]?.Skills.map((each) => each.FltSkillGroupNumber)],
      ['1001', '2001', [10, 20]],
    );
    ok(told.every((each) => !('NumRecords' in each) || each.NumRecords <= 10));
  });

  it('omits what an older version does not have, and reports if there is nothing', async () => {
    const client = opened(await lab(), { VersionNumber: 19 });
    client.take();
    client.send({
      type: 'CONFIG_REQUEST_EVENT',
      PeripheralID: NONE,
      ConfigInformation: ConfigMsgMask.CONFIG_MSG_MRD_MASK,
    });
    deepStrictEqual(client.take(), []);
    client.send({ type: 'CONFIG_REQUEST_EVENT', PeripheralID: 77, ConfigInformation: EVERYTHING });
    equal(client.take().length, 1);
  });

  it('reports if an item is empty', async () => {
    const client = opened(await lab({ world: { ...defaultWorld(), services: [] } }));
    client.take();
    client.send({
      type: 'CONFIG_REQUEST_EVENT',
      PeripheralID: NONE,
      ConfigInformation: ConfigMsgMask.CONFIG_MSG_SERVICE_MASK,
    });
    equal(client.next('CONFIG_END_EVENT').ConfigEndStatus, 4);
    client.send({
      type: 'CONFIG_REQUEST_EVENT',
      PeripheralID: NONE,
      ConfigInformation: ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK,
    });
    equal(client.next('CONFIG_END_EVENT').ConfigEndStatus, 0);
  });

  it('is refused in versions that do not support it', async () => {
    const client = opened(await lab(), { VersionNumber: 18 });
    client.take();
    client.send({ type: 'CONFIG_REQUEST_EVENT', PeripheralID: NONE, ConfigInformation: 1 });
    equal(client.next('FAILURE_CONF').Status, StatusCode.E_CTI_INVALID_MSG_TYPE_FOR_VERSION);
  });

  it('reports later changes to clients that requested them', async () => {
    const at = await lab();
    const client = opened(at, { ClientID: 'one' });
    const other = opened(at, { ClientID: 'other' });
    client.send({
      type: 'CONFIG_REQUEST_EVENT',
      PeripheralID: NONE,
      ConfigMsgMask: ConfigMsgMask.CONFIG_MSG_AGENT_MASK,
    });
    client.take();
    at.simulator.run('reskill', { agent: '1001', skillGroups: ['30'] });
    const names = (messages: Message[]) =>
      messages.map((each) => each.type).filter((type) => type.startsWith('CONFIG'));
    const told = client.take();
    deepStrictEqual(names(told), ['CONFIG_BEGIN_EVENT', 'CONFIG_AGENT_EVENT', 'CONFIG_END_EVENT']);
    const record = told.find((each) => each.type === 'CONFIG_AGENT_EVENT')?.Records[0];
    deepStrictEqual([record?.RecordType, record?.LoginID, record?.Skills[0]?.FltSkillGroupNumber], [1, '1001', 30]);
    deepStrictEqual(names(other.take()), []);
  });

  it('reports the agents with assistance services, and changes', async () => {
    const at = await lab();
    const client = opened(at);
    const item = ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK;
    at.simulator.run('setAgentServices', { agent: '1001', answers: true });
    const ask = () =>
      client.send({ type: 'CONFIG_REQUEST_EVENT', PeripheralID: NONE, ConfigInformation: item, ConfigMsgMask: item });
    ask();
    const record = (message: MessageOf<'CONFIG_AGENT_SERVICE_EVENT'>) =>
      message.Records.map((each) => [
        each.AgentSkillTargetID,
        each.EnabledServices.map(({ FltEnabledServices: service }) => service),
      ]);
    deepStrictEqual(record(client.next('CONFIG_AGENT_SERVICE_EVENT')), [[10_001, [1]]]);
    client.take();
    at.simulator.run('setAgentServices', { agent: '1001', answers: true, transcription: true });
    deepStrictEqual(record(client.next('CONFIG_AGENT_SERVICE_EVENT')), [[10_001, [1, 2]]]);
    const data = { RouterCallKeyDay: 1, RouterCallKeyCallID: 2, RouterCallKeySequenceNumber: 3 };
    const report = (AgentSkillTargetID: number) =>
      client.confirmed(
        { type: 'SET_AGENT_SERVICE_DATA_REQ', ...data, AgentSkillTargetID },
        'SET_AGENT_SERVICE_DATA_CONF',
      ).Status;
    deepStrictEqual([report(10_001), report(7)], [0, StatusCode.E_CTI_INVALID_AGENT_DATA]);
  });
});
