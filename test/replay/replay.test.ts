import assert from 'node:assert/strict';
import { memoryPipe } from '../../src/common/network/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { decode, encode, FrameReader, type Message, type MessageInit } from '../../src/ged188/index.js';
import { type RecordedFrame, type Recording, readCaptureFile, saveRecording } from '../../src/recording/index.js';
import { Replay, type ReplayOptions } from '../../src/simulator/index.js';
import { oneCall, recordedCenter } from '../recording/recorded-center.js';
import { recordAndReplay } from './record-and-replay.js';

const VERSION = 24;
type Line = readonly [at: number, from: 'client' | 'server', message: MessageInit];

/** A session of 10 seconds: a call rings and ends, an agent changes state, an agent is queried. */
const SESSION: readonly Line[] = [
  [0, 'client', { type: 'OPEN_REQ', InvokeID: 1, VersionNumber: VERSION, ClientID: 'was' }],
  [5, 'server', { type: 'OPEN_CONF', InvokeID: 1 }],
  [100, 'client', { type: 'QUERY_AGENT_STATE_REQ', InvokeID: 2, PeripheralID: 5000, AgentID: '1001' }],
  [120, 'server', { type: 'QUERY_AGENT_STATE_CONF', InvokeID: 2, AgentState: 2, AgentID: '1001' }],
  [
    1_000,
    'server',
    { type: 'AGENT_STATE_EVENT', PeripheralID: 5000, AgentState: 3, AgentID: '1002', AgentInstrument: '2002' },
  ],
  [
    2_000,
    'server',
    {
      type: 'CALL_DELIVERED_EVENT',
      PeripheralID: 5000,
      ConnectionCallID: 7,
      ConnectionDeviceID: '2002',
      ANI: '0301234567',
    },
  ],
  [
    9_000,
    'server',
    { type: 'AGENT_STATE_EVENT', PeripheralID: 5000, AgentState: 4, AgentID: '1002', AgentInstrument: '2002' },
  ],
];

function recordingOf(lines: readonly Line[], end?: { at: number; end: 'closed by server' }): Recording {
  const frames = lines.map(([at, from, message]): RecordedFrame => ({ at, from, bytes: encode(message, VERSION) }));
  const ended = end === undefined ? {} : { end: end.end, endedAt: end.at };
  return { redacted: false, sessions: [{ id: 1, side: 'A', openedAt: 0, dropped: 0, frames, ...ended }] };
}

/** A client controlled by a test. */
function play(recording: Recording, options: ReplayOptions = {}) {
  const clock = new VirtualClock();
  const replay = new Replay(recording, { clock, listen: false, ...options });
  const arrived: string[] = [];
  const client = (side: 'A' | 'B' = 'A') => {
    const [near, far] = memoryPipe(clock);
    const received: { at: number; message: Message }[] = [];
    let closed = false;
    const start = clock.now();
    const reader = new FrameReader({
      onFrame: (frame) => {
        const message = decode(frame, VERSION);
        received.push({ at: clock.now() - start, message });
        arrived.push(`${side} ${message.type}`);
      },
    });
    near.onData = (bytes) => reader.push(bytes);
    near.onClose = () => {
      closed = true;
      arrived.push(`${side} ends`);
    };
    replay.accept(far, side);
    return {
      send: (message: MessageInit, version = VERSION) => {
        near.write(encode(message, version));
        clock.advance(0);
        clock.advance(0);
      },
      open: (version = VERSION) => {
        near.write(encode({ type: 'OPEN_REQ', InvokeID: 50, VersionNumber: version, ClientID: 'is' }, version));
        for (let turn = 0; turn < 4; turn++) clock.advance(0);
      },
      received,
      of: (type: Message['type']) => received.filter(({ message }) => message.type === type),
      get closed() {
        return closed;
      },
    };
  };
  return { clock, replay, client, arrived };
}

describe('a replay', () => {
  it('sends the messages of the recorded server with their timing, and with the InvokeIDs of this client', () => {
    const { clock, client } = play(recordingOf(SESSION));
    const one = client();
    one.open();
    clock.advance(95);
    one.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 77, PeripheralID: 5000, AgentID: '1001' });
    clock.advance(10_000);
    assert.deepEqual(
      one.received.map(({ message }) => [message.type, (message as { InvokeID?: number }).InvokeID]),
      [
        ['OPEN_CONF', 50],
        ['QUERY_AGENT_STATE_CONF', 77],
        ['AGENT_STATE_EVENT', undefined],
        ['CALL_DELIVERED_EVENT', undefined],
        ['AGENT_STATE_EVENT', undefined],
      ],
    );
    assert.equal(one.of('CALL_DELIVERED_EVENT')[0]!.at, 2_000);
  });

  it('is faster on request, even during playback', () => {
    const { clock, client, replay } = play(recordingOf(SESSION), { speed: 10 });
    const one = client();
    one.open();
    clock.advance(250);
    assert.deepEqual([one.of('CALL_DELIVERED_EVENT').length, one.of('AGENT_STATE_EVENT').length], [1, 1]);
    replay.run('replaySpeed', { speed: 1_000 });
    clock.advance(10);
    assert.equal(one.of('AGENT_STATE_EVENT').length, 2);
  });

  it('proceeds message by message in step mode', () => {
    const { clock, client, replay } = play(recordingOf(SESSION), { speed: 'stepped' });
    const one = client();
    one.open();
    clock.advance(60_000);
    assert.deepEqual(
      one.received.map(({ message }) => message.type),
      ['OPEN_CONF'],
    );
    assert.deepEqual(replay.run('replayStep', {}), { sent: 1 });
    clock.advance(0);
    assert.equal(one.received.at(-1)!.message.type, 'AGENT_STATE_EVENT');
    assert.deepEqual(replay.run('replayStep', { count: 10 }), { sent: 2 });
    clock.advance(0);
    assert.equal(one.received.length, 4);
  });

  it('answers requests that the recorded client did not make, from the messages it has sent', () => {
    const { clock, client } = play(recordingOf(SESSION));
    const one = client();
    one.open();
    one.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 1, PeripheralID: 5000, AgentInstrument: '2002' });
    const [before] = one.of('QUERY_AGENT_STATE_CONF');
    assert.ok(
      before?.message.type === 'QUERY_AGENT_STATE_CONF' && before.message.AgentState === 3,
      'what will be told first',
    );
    clock.advance(3_000);
    one.send({ type: 'SNAPSHOT_DEVICE_REQ', InvokeID: 2, PeripheralID: 5000, AgentInstrument: '2002' });
    const [device] = one.of('SNAPSHOT_DEVICE_CONF');
    assert.ok(device?.message.type === 'SNAPSHOT_DEVICE_CONF');
    assert.deepEqual(
      device.message.Calls.map((call) => [call.CallConnectionCallID, call.CallState]),
      [[7, 2]],
    );
    one.send({
      type: 'SNAPSHOT_CALL_REQ',
      InvokeID: 3,
      PeripheralID: 5000,
      ConnectionCallID: 7,
      ConnectionDeviceID: '2002',
    });
    const [call] = one.of('SNAPSHOT_CALL_CONF');
    assert.ok(call?.message.type === 'SNAPSHOT_CALL_CONF' && call.message.ANI === '0301234567');
    one.send({ type: 'HEARTBEAT_REQ', InvokeID: 4 });
    assert.equal(one.of('HEARTBEAT_CONF').length, 1);
    one.send({ type: 'HOLD_CALL_REQ', InvokeID: 5, PeripheralID: 5000, ConnectionCallID: 7 });
    assert.equal(one.of('CONTROL_FAILURE_CONF').length, 1);
    one.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 6, PeripheralID: 5000, AgentID: 'nobody' });
    one.send({ type: 'QUERY_SKILL_GROUP_STATISTICS_REQ', InvokeID: 7, PeripheralID: 5000, SkillGroupNumber: 1 });
    assert.deepEqual(
      one.of('FAILURE_CONF').map(({ message }) => (message as { InvokeID?: number }).InvokeID),
      [6, 7],
    );
  });

  it('requires the protocol version of the recording, and ends like it', () => {
    const { clock, client } = play(recordingOf(SESSION, { at: 9_500, end: 'closed by server' }));
    const newer = client();
    newer.open(25);
    clock.advance(0);
    assert.equal(newer.received[0]!.message.type, 'FAILURE_CONF');
    assert.equal(newer.closed, true);
    const one = client();
    one.open();
    clock.advance(9_400);
    assert.equal(one.closed, false);
    clock.advance(200);
    assert.equal(one.closed, true);
  });

  it('does not answer what the recorded server left unanswered before it closed', () => {
    const heartbeat: Line = [9_100, 'client', { type: 'HEARTBEAT_REQ', InvokeID: 9 }];
    const { clock, client } = play(recordingOf([...SESSION, heartbeat], { at: 9_500, end: 'closed by server' }));
    const one = client();
    one.open();
    clock.advance(5_000);
    one.send({ type: 'HEARTBEAT_REQ', InvokeID: 8 });
    assert.equal(one.of('HEARTBEAT_CONF').length, 1);
    clock.advance(4_100);
    one.send({ type: 'HEARTBEAT_REQ', InvokeID: 9 });
    assert.equal(one.of('HEARTBEAT_CONF').length, 1);
    clock.advance(500);
    assert.equal(one.closed, true);
  });

  it('preserves the order of messages from both sides within a millisecond', () => {
    const opening = (order: number): RecordedFrame[] => [
      {
        at: 0,
        from: 'client',
        order,
        bytes: encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: VERSION, ClientID: 'was' }, VERSION),
      },
      { at: 0, from: 'server', order: order + 1, bytes: encode({ type: 'OPEN_CONF', InvokeID: 1 }, VERSION) },
    ];
    const frame = (order: number, type: 'STANDBY_ACTIVE_EVENT_MSG' | 'AGENT_STATE_EVENT'): RecordedFrame => ({
      at: 1_000,
      from: 'server',
      order,
      bytes: encode({ type } as MessageInit, VERSION),
    });
    const session = { openedAt: 0, dropped: 0, end: 'closed by server', endedAt: 1_000 } as const;
    const { clock, client, arrived } = play({
      redacted: false,
      sessions: [
        { ...session, id: 1, side: 'A', endOrder: 6, frames: [...opening(1), frame(5, 'AGENT_STATE_EVENT')] },
        {
          ...session,
          id: 2,
          side: 'B',
          endOrder: 9,
          frames: [...opening(3), frame(7, 'STANDBY_ACTIVE_EVENT_MSG'), frame(8, 'AGENT_STATE_EVENT')],
        },
      ],
    });
    // B first: its timers run before those of A.
    client('B').open();
    client('A').open();
    arrived.length = 0;
    clock.advance(2_000);
    assert.deepEqual(arrived, [
      'A AGENT_STATE_EVENT',
      'A ends',
      'B STANDBY_ACTIVE_EVENT_MSG',
      'B AGENT_STATE_EVENT',
      'B ends',
    ]);
  });

  it('skips the pause caused by dropped older messages', () => {
    const late = SESSION.map(([at, ...rest]): Line => [at > 500 ? at + 3_600_000 : at, ...rest]);
    const [session] = recordingOf(late).sessions;
    const frames = session!.frames.filter(({ bytes }) => ![36, 37].includes(bytes.readUInt32BE(4)));
    const { clock, client } = play({ redacted: false, sessions: [{ ...session!, frames, dropped: 1_000 }] });
    const one = client();
    one.open();
    clock.advance(3_000);
    assert.equal(one.of('CALL_DELIVERED_EVENT').length, 1);
  });

  it('rejects commands that require a contact center, and files without a session', () => {
    const { replay } = play(recordingOf(SESSION));
    assert.throws(() => replay.run('placeCall', {}), /needs a simulated contact center/);
    assert.throws(() => replay.run('replayStep', { count: 'x' }), /count/);
    assert.throws(() => new Replay({ redacted: false, sessions: [] }), /no session/);
    assert.throws(() => Replay.of(Buffer.from('nonsense')), /none of these/);
  });

  it('of a redacted recording is played to the end', async () => {
    const { bed, recorder } = await recordedCenter({}, { agents: 3, protocolVersion: VERSION });
    await oneCall(bed);
    const { file } = saveRecording(recorder);
    const { clock, client } = play(readCaptureFile(file));
    const one = client();
    one.open();
    clock.advance(60_000);
    assert.ok(one.of('CALL_ESTABLISHED_EVENT').length > 0);
    assert.ok(!JSON.stringify(one.received).includes('0301234567'));
  });
});

describe('a replayed chaos run', function () {
  this.timeout(120_000);

  for (const [seed, profile, faultLevel, steps, what] of [
    [1, 'standard', 'calm', 120, ''],
    [2, 'standard', 'calm', 120, ''],
    [3, 'real-site', 'calm', 120, ''],
    [11, 'standard', 'rough', 200, 'an event of one side and the take-over by the other in one millisecond'],
    [53, 'standard', 'rough', 200, 'a lost connection and the take-over by the other side in one millisecond'],
    [72, 'standard', 'rough', 200, 'a lost connection and lost clients in one millisecond'],
    [109, 'standard', 'rough', 200, 'a side that goes off-line and the take-over by the other in one millisecond'],
    [39, 'standard', 'rough', 200, 'bytes for a connection that has ended'],
  ] as const)
    it(`results in the same events and objects (seed ${seed}, ${profile}, ${faultLevel}${what && `: ${what}`})`, async () => {
      const { differences, events, objects } = await recordAndReplay(seed, steps, faultLevel, profile);
      assert.ok(events > 100 && objects > 5);
      assert.deepEqual(differences, []);
    });
});
