import assert from 'node:assert/strict';
import type { Args } from '../../../../src/ctios/index.js';
import type { MessageInit, MessageOf } from '../../../../src/ged188/index.js';
import type { ObjectServerSettings } from '../../../../src/server/index.js';
import { LinkRequestError } from '../../../../src/server/southbound/link-api.js';
import { agentState, at, begin, Center, delivered, end, established, P } from '../center.js';
import { settled } from '../scripted-link.js';

interface CallNow {
  callId: number;
  device: string;
  state: number;
  data?: Args;
  parties?: number;
  /** Further devices in the call. */
  others?: string[];
}

/** ENABLE_TRANSFER_INIT: not in a conference. */
const TRANSFER_INIT = 0x20;

interface World {
  /** AgentID -> state and instrument. */
  agents: Record<string, { state: number; instrument?: string }>;
  calls: CallNow[];
}

/** Responds to every query of a snapshot from the state of the contact center. */
function answerFrom(center: Center, world: World): void {
  const { link } = center;
  link.answer('QUERY_AGENT_STATE_REQ', (m: MessageOf<'QUERY_AGENT_STATE_REQ'>): MessageInit => {
    const agent = world.agents[m.AgentID ?? ''];
    if (agent === undefined) return { type: 'CONTROL_FAILURE_CONF', FailureCode: 4, PeripheralErrorCode: 0 };
    return {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: agent.state,
      AgentID: m.AgentID,
      AgentInstrument: agent.instrument,
      AgentExtension: agent.instrument,
    };
  });
  link.answer(
    'SNAPSHOT_DEVICE_REQ',
    (m: MessageOf<'SNAPSHOT_DEVICE_REQ'>): MessageInit => ({
      type: 'SNAPSHOT_DEVICE_CONF',
      Calls: world.calls
        .filter(({ device }) => device === m.AgentInstrument)
        .map(({ callId, device, state }) => ({
          CallConnectionCallID: callId,
          CallConnectionDeviceIDType: 0,
          CallConnectionDeviceID: device,
          CallState: state,
        })),
    }),
  );
  link.answer('SNAPSHOT_CALL_REQ', (m: MessageOf<'SNAPSHOT_CALL_REQ'>): MessageInit => {
    const call = world.calls.find((each) => each.callId === m.ConnectionCallID && each.device === m.ConnectionDeviceID);
    if (call === undefined) return { type: 'CONTROL_FAILURE_CONF', FailureCode: 11, PeripheralErrorCode: 0 };
    return {
      type: 'SNAPSHOT_CALL_CONF',
      CallType: 2,
      ...call.data,
      CallDevices: [
        {
          CallConnectionCallID: call.callId,
          CallConnectionDeviceID: call.device,
          CallDeviceConnectionState: call.state,
        },
        ...(call.others ?? []).map((CallConnectionDeviceID) => ({
          CallConnectionCallID: call.callId,
          CallConnectionDeviceID,
          CallDeviceConnectionState: 3,
        })),
      ],
    } as MessageInit;
  });
}

/** Agents 1001 (talking on call 7 at 2001) and 1002 (available at 2002), both known; then the link is lost. */
async function broken(settings: Partial<ObjectServerSettings> = {}): Promise<{ center: Center; world: World }> {
  const center = await Center.up(settings);
  center.tell(
    agentState('1001', '2001', 2),
    agentState('1002', '2002', 3),
    begin(7, '2001', { ANI: '2065550101', CallVariable1: 'a' } as never),
    delivered(7, '2001'),
    established(7, '2001'),
    agentState('1001', '2001', 4),
  );
  const world: World = {
    agents: { '1001': { state: 4, instrument: '2001' }, '1002': { state: 3, instrument: '2002' } },
    calls: [{ callId: 7, device: '2001', state: 3, data: { ANI: '2065550101', CallVariable1: 'a' } }],
  };
  answerFrom(center, world);
  center.published.length = 0;
  center.link.disconnect('reset by peer');
  center.clock.advance(7_000);
  return { center, world };
}

async function back(center: Center, side: 'A' | 'B' = 'B'): Promise<void> {
  center.link.connect(side);
  await settled();
}

/** Everything except the system status, as event and UniqueObjectID. */
function told(center: Center): [string, unknown][] {
  return center.published
    .filter(({ event }) => event !== 'OnCTIOSFailure')
    .map(({ event, args }) => [event, args.UniqueObjectID]);
}

describe('after a gap', () => {
  it('reports only the gap if nothing has changed', async () => {
    const { center } = await broken();
    await back(center);
    assert.deepEqual(told(center), [['OnConnectionGap', undefined]]);
    assert.deepEqual(center.last('OnConnectionGap').args, {
      From: '2026-01-05T08:00:00.000Z',
      To: '2026-01-05T08:00:07.000Z',
      Reason: 'reset by peer',
      FromSide: 'A',
      ToSide: 'B',
      CallsNew: 0,
      CallsChanged: 0,
      CallsEnded: 0,
      AgentsChanged: 0,
      Changed: {},
    });
    assert.deepEqual(center.last('OnConnectionGap').to, { everyone: true });
  });

  it('counts it from the last message of the side if it fell silent', async () => {
    const { center } = await broken();
    await back(center);
    const heardAt = center.clock.now();
    center.clock.advance(20_000);
    center.link.disconnect('B has been silent for 20 s', heardAt);
    await back(center, 'A');
    assert.equal(Date.parse(center.last('OnConnectionGap').args.From as string), heardAt);
  });

  it('ends a call that no longer exists, once', async () => {
    const { center, world } = await broken();
    world.calls = [];
    world.agents['1001']!.state = 6;
    await back(center);
    assert.deepEqual(told(center), [
      ['OnCallEnd', 'call.5000.7.2001'],
      ['OnSnapshotDeviceConf', 'device.5000.2001'],
      ['OnAgentStateChange', 'agent.5000.1001'],
      ['OnConnectionGap', undefined],
    ]);
    assert.ok(
      center.published
        .filter(({ event }) => event.startsWith('OnC') && event.endsWith('End'))
        .every((each) => each.recovered),
    );
    assert.equal(center.last('OnAgentStateChange').recovered, true);
    assert.equal(center.last('OnAgentStateChange').args.AgentState, 6);
    const { Changed, CallsEnded, AgentsChanged } = center.last('OnConnectionGap').args;
    assert.deepEqual(Changed, { 'call.5000.7.2001': true, 'agent.5000.1001': true });
    assert.deepEqual([CallsEnded, AgentsChanged], [1, 1]);
    center.tell(end(7, '2001'));
    assert.equal(center.names().filter((event) => event === 'OnCallEnd').length, 1);
  });

  it('reports a new call with OnSnapshotCallConf, never with events that were not observed', async () => {
    const { center, world } = await broken();
    world.calls.push({ callId: 8, device: '2002', state: 2, data: { ANI: '2065550102', CallVariable3: 'c' } });
    await back(center);
    assert.deepEqual(told(center), [
      ['OnSnapshotDeviceConf', 'device.5000.2002'],
      ['OnSnapshotCallConf', 'call.5000.8.2002'],
      ['OnConnectionGap', undefined],
    ]);
    const { args, recovered, to } = center.last('OnSnapshotCallConf');
    assert.equal(recovered, true);
    assert.equal(args.CallStatus, 2);
    assert.equal(args.CallVariable3, 'c');
    assert.deepEqual(to, { agent: 'agent.5000.1002', device: 'device.5000.2002' });
    assert.deepEqual(center.last('OnSnapshotDeviceConf').args.ValidCalls, { 'call.5000.8.2002': true });
  });

  it('reports a changed call with OnSnapshotCallConf, and its data only if they changed', async () => {
    const { center, world } = await broken();
    world.calls[0]!.state = 4;
    await back(center);
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnSnapshotDeviceConf', 'OnSnapshotCallConf', 'OnConnectionGap'],
    );
    center.link.disconnect();
    center.published.length = 0;
    world.calls[0]!.data = { ANI: '2065550101', CallVariable1: 'b' };
    await back(center, 'A');
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnSnapshotDeviceConf', 'OnSnapshotCallConf', 'OnCallDataUpdate', 'OnConnectionGap'],
    );
    const { args } = center.last('OnCallDataUpdate');
    assert.equal(args.CallVariable1, 'b');
    assert.equal(args.ANI, undefined, 'only what changed');
  });

  it('reports a call that became a conference, or no longer is one, with its current buttons', async () => {
    const { center, world } = await broken();
    const snapshotWith = async (others: string[], side: 'A' | 'B') => {
      world.calls[0]!.others = others;
      await back(center, side);
      const [snapshot] = center.published.filter(({ event }) => event === 'OnSnapshotCallConf');
      center.link.disconnect();
      center.published.length = 0;
      return snapshot?.args;
    };
    const conference = await snapshotWith(['2065550101', '2002'], 'B');
    assert.equal(conference?.NumCallDevices, 3);
    const mask = Number(conference?.EnablementMask);
    assert.equal(mask & TRANSFER_INIT, 0);
    assert.equal(await snapshotWith(['2065550101', '2002'], 'A'), undefined, 'no news');
    const plain = await snapshotWith(['2065550101'], 'B');
    assert.equal(Number(plain?.EnablementMask) & TRANSFER_INIT, TRANSFER_INIT);
  });

  it('applies messages that arrive during the snapshot in order after it', async () => {
    const { center, world } = await broken();
    center.link.answer('SNAPSHOT_CALL_REQ', undefined);
    await back(center);
    center.tell(
      { type: 'CALL_HELD_EVENT', ...at(7, '2001'), LocalConnectionState: 4, EventCause: 0xffff },
      end(7, '2001'),
    );
    assert.deepEqual(told(center), [], 'nothing before the snapshot');
    answerFrom(center, world);
    center.link.settle('SNAPSHOT_CALL_REQ', {
      type: 'SNAPSHOT_CALL_CONF',
      CallType: 2,
      ANI: '2065550101',
      CallVariable1: 'a',
      CallDevices: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallDeviceConnectionState: 3 }],
    });
    await settled();
    assert.deepEqual(told(center), [
      ['OnConnectionGap', undefined],
      ['OnCallHeld', 'call.5000.7.2001'],
      ['OnCallEnd', 'call.5000.7.2001'],
    ]);
    assert.ok(
      center.published.filter(({ event }) => event === 'OnCallHeld').every((each) => each.recovered === undefined),
    );
  });

  it('reports the beginning of a call that was observed meanwhile, although it is in the snapshot, too', async () => {
    const { center, world } = await broken();
    center.link.answer('SNAPSHOT_DEVICE_REQ', undefined);
    await back(center);
    center.tell(begin(9, '2002', { ANI: '2065550109' } as never), delivered(9, '2002'));
    world.calls.push({ callId: 9, device: '2002', state: 2, data: { ANI: '2065550109' } });
    answerFrom(center, world);
    for (const device of ['2001', '2002']) {
      center.link.settle('SNAPSHOT_DEVICE_REQ', {
        type: 'SNAPSHOT_DEVICE_CONF',
        Calls: world.calls
          .filter((call) => call.device === device)
          .map((call) => ({
            CallConnectionCallID: call.callId,
            CallConnectionDeviceID: device,
            CallState: call.state,
          })),
      });
    }
    await settled();
    assert.deepEqual(told(center), [
      ['OnConnectionGap', undefined],
      ['OnCallBegin', 'call.5000.9.2002'],
      ['OnCallDelivered', 'call.5000.9.2002'],
    ]);
  });

  it('does not repeat an agent state that the snapshot has reported', async () => {
    const { center, world } = await broken();
    center.link.answer('QUERY_AGENT_STATE_REQ', undefined);
    await back(center);
    center.tell(agentState('1002', '2002', 2));
    world.agents['1002']!.state = 2;
    answerFrom(center, world);
    for (const agentId of ['1001', '1002']) {
      const { state, instrument } = world.agents[agentId]!;
      center.link.settle('QUERY_AGENT_STATE_REQ', {
        type: 'QUERY_AGENT_STATE_CONF',
        AgentState: state,
        AgentID: agentId,
        AgentInstrument: instrument,
      });
    }
    await settled();
    assert.equal(center.names().filter((event) => event === 'OnAgentStateChange').length, 1);
    center.tell(agentState('1002', '2002', 3));
    assert.equal(center.last('OnAgentStateChange').args.AgentState, 3);
  });

  it('follows a call that got another id meanwhile: it did not end', async () => {
    const { center, world } = await broken();
    center.link.answer('SNAPSHOT_DEVICE_REQ', undefined);
    await back(center);
    center.tell({
      type: 'CALL_DATA_UPDATE_EVENT',
      ...at(7, '2001'),
      CallType: 2,
      NewConnectionCallID: 5,
      NewConnectionDeviceID: '2001',
      NewConnectionDeviceIDType: 0,
    });
    world.calls = [{ callId: 5, device: '2001', state: 3, data: { ANI: '2065550101', CallVariable1: 'a' } }];
    answerFrom(center, world);
    for (const device of ['2001', '2002']) {
      center.link.settle('SNAPSHOT_DEVICE_REQ', {
        type: 'SNAPSHOT_DEVICE_CONF',
        Calls: device === '2001' ? [{ CallConnectionCallID: 5, CallConnectionDeviceID: '2001', CallState: 3 }] : [],
      });
    }
    await settled();
    assert.deepEqual(told(center), [
      ['OnCallDataUpdate', 'call.5000.5.2001'],
      ['OnConnectionGap', undefined],
    ]);
    assert.equal(center.last('OnCallDataUpdate').args.OldUniqueObjectID, 'call.5000.7.2001');
  });

  it('names what the CTI Server did not report, and keeps it unchanged', async () => {
    const { center } = await broken();
    center.link.answer('SNAPSHOT_CALL_REQ', new LinkRequestError('unknown', 'CTIOS_ANSWER_TIMEOUT', 'no answer'));
    center.link.answer('SNAPSHOT_DEVICE_REQ', new LinkRequestError('unknown', 'CTIOS_ANSWER_TIMEOUT', 'no answer'));
    await back(center);
    assert.deepEqual(told(center), [['OnConnectionGap', undefined]]);
    assert.deepEqual(center.last('OnConnectionGap').args.NotEnumerated, {
      'device.5000.2001': true,
      'device.5000.2002': true,
      'call.5000.7.2001': true,
    });
    assert.ok([...center.server.snapshot()].some((each) => each.args.UniqueObjectID === 'call.5000.7.2001'));
  });

  it('reports one gap for a link that was lost again during the snapshot', async () => {
    const { center, world } = await broken();
    world.calls = [];
    center.link.answer('QUERY_AGENT_STATE_REQ', undefined);
    await back(center);
    center.link.disconnect('again');
    await settled();
    answerFrom(center, world);
    await back(center);
    assert.equal(center.names().filter((event) => event === 'OnConnectionGap').length, 1);
    assert.equal(center.names().filter((event) => event === 'OnCallEnd').length, 1);
    assert.equal(center.last('OnConnectionGap').args.Reason, 'reset by peer');
  });

  it('reports nothing if the session continued without a gap', async () => {
    const { center } = await broken();
    await back(center, 'A');
    center.published.length = 0;
    const asked = center.link.sentOf('QUERY_AGENT_STATE_REQ').length;
    center.link.connect('B', {}, true);
    await settled();
    assert.deepEqual(told(center), []);
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, asked);
  });

  it('asks the session that continues for changes of the configuration, which it does not get otherwise', async () => {
    const { center } = await broken();
    center.link.version = 24;
    await back(center, 'A');
    const before = center.link.sentOf('CONFIG_REQUEST_EVENT').length;
    center.link.connect('B', {}, true);
    const asked = center.link.sentOf('CONFIG_REQUEST_EVENT').slice(before);
    assert.deepEqual(
      asked.map((each) => [each.ConfigInformation, each.ConfigMsgMask > 0]),
      [[0, true]],
    );
  });

  it('still reports the gap before it if the session continued on the other side during the snapshot', async () => {
    const { center, world } = await broken();
    world.calls = [];
    center.link.answer('QUERY_AGENT_STATE_REQ', undefined);
    await back(center, 'A');
    center.link.connect('B', {}, true);
    const answer = (state: number, instrument: string): MessageInit => ({
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: state,
      AgentInstrument: instrument,
    });
    center.link.settle('QUERY_AGENT_STATE_REQ', answer(4, '2001'));
    center.link.settle('QUERY_AGENT_STATE_REQ', answer(3, '2002'));
    await settled();
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnCallEnd', 'OnSnapshotDeviceConf', 'OnConnectionGap'],
    );
    assert.equal(center.last('OnConnectionGap').args.ToSide, 'B');
  });

  const system = (SystemEventID: number): MessageInit => ({
    type: 'SYSTEM_EVENT',
    SystemEventID,
    SystemEventArg1: P,
  });

  it('takes another snapshot when a peripheral is back that was away when the standby took over', async () => {
    const { center, world } = await broken();
    await back(center, 'A');
    center.tell(system(4));
    center.published.length = 0;
    // As old as the standby session: the peripheral was available at that time.
    const openConf = { NumPeripherals: 1, Peripherals: [{ FltPeripheralID: P, MultilineAgentControl: 0 }] };
    center.link.connect('B', openConf as never, true);
    assert.equal(center.server.status().online, false);
    world.calls = [];
    center.tell(system(3));
    await settled();
    assert.equal(center.server.status().online, true);
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnCallEnd', 'OnSnapshotDeviceConf', 'OnConnectionGap'],
    );
  });

  it('takes another snapshot when a peripheral is back that was away when the active side was lost to the standby', async () => {
    const { center, world } = await broken();
    await back(center, 'A');
    center.tell(system(4));
    center.clock.advance(3_000);
    center.link.disconnect('power cut');
    const openConf = { NumPeripherals: 1, Peripherals: [{ FltPeripheralID: P, MultilineAgentControl: 0 }] };
    center.link.connect('B', openConf as never, false, true);
    await settled();
    // It may have come back meanwhile without a notification, so the switch is queried and reports it.
    assert.equal(center.server.status().online, true);
    center.published.length = 0;
    world.calls = [];
    center.tell(system(3));
    await settled();
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnCallEnd', 'OnSnapshotDeviceConf', 'OnConnectionGap'],
    );
    assert.equal(center.last('OnConnectionGap').args.From, '2026-01-05T08:00:07.000Z');
  });

  it('reports a state sent to a desktop during the snapshot to all clients', async () => {
    const { center, world } = await broken();
    world.agents['1001']!.state = 2;
    center.link.answer('QUERY_AGENT_STATE_REQ', undefined);
    await back(center);
    const answer: MessageInit = {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 2,
      AgentID: '1001',
      AgentInstrument: '2001',
    };
    const asked = center.link.sentOf('QUERY_AGENT_STATE_REQ').length;
    answerFrom(center, world);
    const desktop = { clientId: 'late', mode: 'none' } as const;
    void center.request('SetAgent', undefined, { AgentID: '1001', PeripheralID: P }, desktop);
    await settled();
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, asked + 1);
    center.link.settle('QUERY_AGENT_STATE_REQ', answer);
    center.link.settle('QUERY_AGENT_STATE_REQ', { ...answer, AgentState: 3, AgentID: '1002', AgentInstrument: '2002' });
    await settled();
    const { args, to } = center.last('OnAgentStateChange');
    assert.deepEqual([args.AgentID, args.AgentState, to.agent], ['1001', 2, 'agent.5000.1001']);
    assert.equal(center.last('OnConnectionGap').args.AgentsChanged, 1);
  });

  it('takes another snapshot when a peripheral that was away is back', async () => {
    const { center, world } = await broken();
    await back(center);
    center.published.length = 0;
    center.tell(system(4));
    assert.equal(center.server.status().online, false);
    center.clock.advance(3_000);
    world.calls = [];
    center.tell(system(3));
    await settled();
    assert.equal(center.server.status().online, true);
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnCallEnd', 'OnSnapshotDeviceConf', 'OnConnectionGap'],
    );
    assert.match(center.last('OnConnectionGap').args.Reason as string, /peripheral 5000/);
  });
});

describe('a cold start', () => {
  it('queries the agents that were reported, and reports what it finds, all of it as recovered', async () => {
    const center = new Center({ agents: ['1001', '1002'] });
    answerFrom(center, {
      agents: { '1001': { state: 4, instrument: '2001' }, '1002': { state: 1 } },
      calls: [{ callId: 7, device: '2001', state: 3 }],
    });
    center.link.connect();
    await settled();
    assert.deepEqual(told(center), [
      ['OnQueryAgentStateConf', 'agent.5000.1001'],
      ['OnQueryAgentStateConf', 'agent.5000.1002'],
      ['OnSnapshotDeviceConf', 'device.5000.2001'],
      ['OnSnapshotCallConf', 'call.5000.7.2001'],
    ]);
    assert.ok(center.published.filter(({ event }) => event !== 'OnCTIOSFailure').every((each) => each.recovered));
    assert.deepEqual(
      [...center.server.snapshot()].map(({ event, recovered }) => [event, recovered]),
      [
        ['OnQueryAgentStateConf', true],
        ['OnSnapshotDeviceConf', true],
        ['OnSnapshotCallConf', true],
      ],
    );
  });

  it('reads the agents from the configuration if the version supports it', async () => {
    const center = new Center();
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    center.link.connect();
    const asked = () => center.link.sentOf('CONFIG_REQUEST_EVENT');
    assert.equal(asked().length, 1);
    center.tell(
      { type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 2 },
      {
        type: 'CONFIG_SKILL_GROUP_EVENT',
        Records: [
          {
            RecordType: 0,
            FltPeripheralID: P,
            PeripheralNumber: 10,
            SkillGroupSkillTargetID: 5010,
            PeripheralName: 'Sales',
          },
        ],
      },
      { type: 'CONFIG_END_EVENT', ConfigEndStatus: 0 },
    );
    await settled();
    assert.equal(asked().length, 2, 'one item at a time');
    center.tell(
      { type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 4 },
      {
        type: 'CONFIG_AGENT_EVENT',
        Records: [
          { RecordType: 0, FltPeripheralID: P, LoginID: '1001', FirstName: 'Ada', LastName: 'Ash', LoginName: 'ada' },
        ],
      },
      { type: 'CONFIG_END_EVENT', ConfigEndStatus: 5 },
      { type: 'CONFIG_END_EVENT', ConfigEndStatus: 0 },
    );
    await settled();
    assert.deepEqual(center.last('OnSkillInfoEvent').args, {
      UniqueObjectID: 'skillgroup.5000.10',
      PeripheralID: P,
      SkillGroupNumber: 10,
      SkillGroupName: 'Sales',
      SkillGroupID: 5010,
    });
    assert.equal(center.last('OnAgentInfoEvent').args.AgentFirstName, 'Ada');
    assert.equal(center.last('OnQueryAgentStateConf').args.AgentState, 3);
  });

  it('continues without a configuration that does not arrive', async () => {
    const center = new Center({ agents: ['1001'] });
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    center.link.connect();
    center.clock.advance(5_000);
    await settled();
    assert.equal(center.last('OnQueryAgentStateConf').args.AgentID, '1001');
    assert.equal(center.server.status().incomplete, undefined, 'this CTI Server has none');
  });

  it('continues without a configuration that never ends', async () => {
    const center = new Center({ agents: ['1001'] });
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    center.link.connect();
    center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 2 });
    for (let second = 0; second < 59; second++) {
      center.tell({ type: 'CONFIG_SKILL_GROUP_EVENT', Records: [] });
      center.clock.advance(1_000);
      await settled();
    }
    assert.ok(!told(center).some(([event]) => event === 'OnQueryAgentStateConf'));
    center.clock.advance(1_000);
    await settled();
    assert.equal(center.last('OnQueryAgentStateConf').args.AgentID, '1001');
    const incomplete =
      'The configuration of skill groups and agents is incomplete: its upload did not end within 60 s.';
    assert.equal(center.server.status().incomplete, incomplete);
    const { ErrorMessage, StatusSystem } = center.last('OnCTIOSFailure').args;
    assert.equal(ErrorMessage, `The system is online. ${incomplete}`);
    assert.equal((StatusSystem as Args).StatusIncomplete, incomplete, 'Node-RED warns of it');
    center.link.disconnect();
    assert.equal(center.server.status().incomplete, undefined);
  });

  it('reports that a configuration is incomplete that stops in the middle, until the next one is complete', async () => {
    const center = new Center({ agents: ['1001'] });
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    center.link.connect();
    const end: MessageInit = { type: 'CONFIG_END_EVENT', ConfigEndStatus: 0 };
    center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 2 }, end);
    await settled();
    center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 4 });
    center.clock.advance(5_000);
    await settled();
    assert.equal(
      center.server.status().incomplete,
      'The configuration of agents is incomplete: its upload paused for 5 s.',
    );
    center.link.disconnect();
    center.link.connect();
    for (const ConfigInformation of [2, 4]) {
      center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation }, end);
      await settled();
    }
    assert.equal(center.server.status().incomplete, undefined);
    assert.equal(center.server.status().statusSystem.StatusObjects, true);
  });

  it('requests a configuration again that stopped in the middle, after a pause, and then asks for its agents', async () => {
    const center = new Center({ agents: [] });
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    center.link.connect();
    const end: MessageInit = { type: 'CONFIG_END_EVENT', ConfigEndStatus: 0 };
    const begin = (ConfigInformation: number): MessageInit => ({
      type: 'CONFIG_BEGIN_EVENT',
      ConfigType: 1,
      ConfigInformation,
    });
    const asked = () => center.link.sent.filter(({ type }) => type === 'CONFIG_REQUEST_EVENT').length;
    center.tell(begin(2), end);
    await settled();
    center.tell(begin(4));
    center.clock.advance(5_000);
    await settled();
    const before = asked();
    center.clock.advance(29_000);
    await settled();
    assert.equal(asked(), before, 'not before the pause is over');
    center.clock.advance(1_000);
    await settled();
    assert.equal(asked(), before + 1);
    assert.ok(center.server.status().incomplete, 'reported until the configuration is there');
    center.tell(begin(2), end);
    await settled();
    const Records = [{ RecordType: 0, FltPeripheralID: P, LoginID: '1001', LoginName: 'ada' }];
    center.tell(begin(4), { type: 'CONFIG_AGENT_EVENT', Records } as unknown as MessageInit, end);
    await settled();
    assert.equal(center.server.status().incomplete, undefined);
    assert.equal(center.last('OnCTIOSFailure').args.ErrorMessage, 'The system is online.');
    assert.equal(center.last('OnQueryAgentStateConf').args.AgentID, '1001');
    const complete = asked();
    center.clock.advance(3_600_000);
    await settled();
    assert.equal(asked(), complete);
  });

  it('requests such a configuration a limited number of times, and not without a link', async () => {
    const center = new Center({ agents: ['1001'] });
    center.link.version = 24;
    answerFrom(center, { agents: { '1001': { state: 3, instrument: '2001' } }, calls: [] });
    const asked = () => center.link.sent.filter(({ type }) => type === 'CONFIG_REQUEST_EVENT').length;
    center.link.connect();
    center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 2 });
    for (let minute = 0; minute < 120; minute++) {
      center.clock.advance(60_000);
      await settled();
    }
    assert.equal(asked(), 6);
    center.link.disconnect();
    center.link.connect();
    center.tell({ type: 'CONFIG_BEGIN_EVENT', ConfigType: 1, ConfigInformation: 2 });
    center.clock.advance(5_000);
    await settled();
    center.link.disconnect();
    const before = asked();
    for (let minute = 0; minute < 120; minute++) {
      center.clock.advance(60_000);
      await settled();
    }
    assert.equal(asked(), before);
  });

  it('has no more concurrent requests than its limit', async () => {
    const center = new Center({
      agents: Array.from({ length: 40 }, (_, index) => String(1000 + index)),
      snapshotWindow: 5,
    });
    center.link.connect();
    await settled();
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, 5);
    center.link.settle('QUERY_AGENT_STATE_REQ', { type: 'QUERY_AGENT_STATE_CONF', AgentState: 1 });
    await settled();
    assert.equal(center.link.sentOf('QUERY_AGENT_STATE_REQ').length, 6);
  });

  it('reports a call whose beginning was not reported, and queries its data', async () => {
    const center = await Center.withAgent();
    answerFrom(center, { agents: {}, calls: [{ callId: 7, device: '2001', state: 3, data: { ANI: '2065550101' } }] });
    center.tell(established(7, '2001'));
    await settled();
    assert.deepEqual(
      told(center).map(([event]) => event),
      ['OnSnapshotCallConf', 'OnCallEstablished', 'OnSnapshotDeviceConf', 'OnSnapshotCallConf', 'OnCallDataUpdate'],
    );
    assert.equal(center.published[0]!.recovered, true);
    assert.equal(center.last('OnCallDataUpdate').args.ANI, '2065550101');
  });

  it('queries a call whose beginning was not reported under the id that the message gives it', async () => {
    for (const knownAlready of [false, true]) {
      const center = await Center.withAgent();
      const call = { callId: 5, device: '2001', state: 3, data: { ANI: '2065550101' } };
      answerFrom(center, { agents: {}, calls: [call] });
      if (knownAlready) center.tell(begin(5, '2001'), established(5, '2001'));
      center.tell({
        ...{ type: 'CALL_DATA_UPDATE_EVENT', ...at(7, '2001'), CallType: 15 },
        ...{ NewConnectionCallID: 5, NewConnectionDeviceID: '2001' },
      });
      await settled();
      const asked = center.link.sentOf('SNAPSHOT_CALL_REQ').map(({ ConnectionCallID }) => ConnectionCallID);
      assert.deepEqual(asked, knownAlready ? [] : [5]);
      const now = [...center.server.snapshot()].filter(({ event }) => event === 'OnSnapshotCallConf');
      assert.deepEqual(
        now.map(({ args }) => [args.UniqueObjectID, args.CallStatus, args.CallType]),
        [['call.5000.5.2001', 3, knownAlready ? 15 : 2]],
      );
      assert.ok(!center.names().includes('OnCallEnd'));
    }
  });

  it('does not let an older response override a newer event', async () => {
    const center = await Center.withAgent();
    center.tell({ type: 'CALL_HELD_EVENT', ...at(7, '2001'), LocalConnectionState: 4, EventCause: 0xffff });
    // In one turn: the response about the unknown call, then events of that call and of another one at its phone.
    center.link.settle('SNAPSHOT_CALL_REQ', {
      type: 'SNAPSHOT_CALL_CONF',
      CallType: 2,
      CallDevices: [{ CallConnectionCallID: 7, CallConnectionDeviceID: '2001', CallDeviceConnectionState: 4 }],
    });
    center.tell(
      { type: 'CALL_RETRIEVED_EVENT', ...at(7, '2001'), LocalConnectionState: 3, EventCause: 0xffff },
      begin(8, '2001'),
    );
    await settled();
    const now = [...center.server.snapshot()].filter(({ event }) => event === 'OnSnapshotCallConf');
    assert.deepEqual(
      now.map(({ args }) => [args.UniqueObjectID, args.CallStatus]),
      [
        ['call.5000.7.2001', 3],
        ['call.5000.8.2001', undefined],
      ],
    );
    assert.ok(!center.names().includes('OnCallEnd'));
  });

  it('also queries agents that a team names during the snapshot', async () => {
    const center = new Center({ agents: ['1001'] });
    const world: World = {
      agents: { '1001': { state: 3, instrument: '2001' }, '1002': { state: 2, instrument: '2002' } },
      calls: [],
    };
    center.link.connect();
    await settled();
    center.tell({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: P,
      TeamID: 1,
      ConfigOperation: 1,
      TeamMembers: [{ AtcAgentID: '1002', AgentFlags: 0, AtcAgentState: 2, AtcStateDuration: 0 }],
    });
    answerFrom(center, world);
    center.link.settle('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    await settled();
    assert.deepEqual(
      center.published
        .filter(({ event }) => event === 'OnQueryAgentStateConf')
        .map(({ args }) => [args.AgentID, args.AgentInstrument]),
      [
        ['1001', '2001'],
        ['1002', '2002'],
      ],
    );
  });

  it('survives a listener that throws, and reports it', async () => {
    const center = await Center.withAgent();
    const stop = center.server.subscribe(({ event }) => {
      if (event === 'OnCallBegin') throw new Error('no');
    });
    center.tell(begin(7, '2001'));
    stop();
    assert.match(center.last('OnCTIOSFailure').args.ErrorMessage as string, /no/);
    center.tell(established(7, '2001'));
    assert.equal(center.last('OnCallEstablished').args.CallStatus, 3);
  });
});

describe('if more events arrive than can be held during the snapshot', () => {
  /** Responds to the pending queries about devices. */
  const answerDevices = async (center: Center, calls: World['calls']): Promise<void> => {
    for (const device of ['2001', '2002']) {
      center.link.settle('SNAPSHOT_DEVICE_REQ', {
        type: 'SNAPSHOT_DEVICE_CONF',
        Calls: calls
          .filter((call) => call.device === device)
          .map(({ callId, state }) => ({
            CallConnectionCallID: callId,
            CallConnectionDeviceID: device,
            CallState: state,
          })),
      });
    }
    await settled();
  };

  it('publishes them in order before the snapshot is complete, and reports this with the gap', async () => {
    const { center, world } = await broken({ snapshotHold: 3 });
    center.link.answer('SNAPSHOT_DEVICE_REQ', undefined);
    await back(center);
    center.tell(begin(9, '2002'), delivered(9, '2002'), established(9, '2002'));
    assert.deepEqual(told(center), []);
    center.tell(agentState('1002', '2002', 4), end(9, '2002'), begin(11, '2002'));
    const events = [
      ['OnCallBegin', 'call.5000.9.2002'],
      ['OnCallDelivered', 'call.5000.9.2002'],
      ['OnCallEstablished', 'call.5000.9.2002'],
      ['OnAgentStateChange', 'agent.5000.1002'],
      ['OnCallEnd', 'call.5000.9.2002'],
      ['OnCallBegin', 'call.5000.11.2002'],
    ];
    const orderOf = (names: [string, unknown][]) => names.filter(([, id]) => events.some(([, other]) => other === id));
    assert.deepEqual(orderOf(told(center)), events);
    world.calls = [{ callId: 11, device: '2002', state: 0xffff }];
    answerFrom(center, world);
    await answerDevices(center, world.calls);
    const { args } = center.last('OnConnectionGap');
    assert.deepEqual([args.EventsBeforeSnapshot, args.Reason, args.CallsEnded], [6, 'reset by peer', 1]);
    // The call before the gap has ended; the call of the burst is reported once.
    assert.equal(told(center).filter(([event, id]) => event === 'OnCallEnd' && id === 'call.5000.7.2001').length, 1);
    assert.equal(told(center).filter(([event, id]) => event === 'OnCallBegin' && id === 'call.5000.11.2002').length, 1);
    // The following events are handled normally.
    center.published.length = 0;
    center.tell(delivered(11, '2002'));
    assert.deepEqual(center.names(), ['OnCallDelivered']);
  });

  it('does not restore a call that an old response contains and an event has ended', async () => {
    const { center, world } = await broken({ snapshotHold: 0 });
    center.link.answer('SNAPSHOT_DEVICE_REQ', undefined);
    await back(center);
    world.calls.push({ callId: 9, device: '2001', state: 3 });
    answerFrom(center, world);
    const listed = world.calls.map(({ callId, device, state }) => ({
      CallConnectionCallID: callId,
      CallConnectionDeviceID: device,
      CallState: state,
    }));
    center.link.settle('SNAPSHOT_DEVICE_REQ', { type: 'SNAPSHOT_DEVICE_CONF', Calls: listed });
    await settled();
    center.tell(end(9, '2001'));
    center.link.settle('SNAPSHOT_DEVICE_REQ', { type: 'SNAPSHOT_DEVICE_CONF', Calls: [] });
    await settled();
    assert.equal(center.last('OnConnectionGap').args.CallsNew, 0);
    assert.deepEqual(
      told(center).filter(([, id]) => id === 'call.5000.9.2001'),
      [],
    );
  });

  it('reports it after a cold start, too', async () => {
    const center = new Center({ snapshotHold: 1, agents: ['1001'] });
    center.link.answer('QUERY_AGENT_STATE_REQ', undefined);
    center.link.connect();
    await settled();
    center.tell(begin(9, '2001'), delivered(9, '2001'));
    assert.deepEqual(
      center.published.filter(({ args }) => args.UniqueObjectID === 'call.5000.9.2001').map(({ event }) => event),
      ['OnCallBegin', 'OnCallDelivered'],
    );
    answerFrom(center, { agents: { '1001': { state: 4, instrument: '2001' } }, calls: [] });
    center.link.settle('QUERY_AGENT_STATE_REQ', {
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState: 3,
      AgentID: '1001',
      AgentInstrument: '2001',
    });
    await settled();
    const { args } = center.last('OnConnectionGap');
    assert.equal(args.Reason, 'more than 1 events arrived while the snapshot was taken');
    assert.equal(args.EventsBeforeSnapshot, 2);
  });

  it('counts from zero on the next link', async () => {
    const { center, world } = await broken({ snapshotHold: 1 });
    center.link.answer('SNAPSHOT_DEVICE_REQ', undefined);
    await back(center);
    center.tell(begin(9, '2002'), delivered(9, '2002'));
    center.link.disconnect('again');
    world.calls = [];
    answerFrom(center, world);
    await back(center);
    assert.equal(center.last('OnConnectionGap').args.EventsBeforeSnapshot, undefined);
    assert.equal(told(center).filter(([event, id]) => event === 'OnCallEnd' && id === 'call.5000.9.2002').length, 1);
  });
});
