import assert from 'node:assert/strict';
import { memoryPipe } from '../../src/common/network/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { encode, messageName } from '../../src/ged188/index.js';
import {
  FlightRecorder,
  type FlightRecorderOptions,
  pcapngOf,
  type RecordedFrame,
  readCaptureFile,
  versionOf,
} from '../../src/recording/index.js';
import { oneCall, recordedCenter } from './recorded-center.js';

const names = (frames: readonly RecordedFrame[]) =>
  frames.map(({ from, bytes }) => `${from} ${messageName(bytes.readUInt32BE(4))}`);

/** A recorded connection whose two ends a test controls. */
function connected(options: Partial<FlightRecorderOptions> = {}) {
  const clock = new VirtualClock();
  const recorder = new FlightRecorder({ clock, ...options });
  const [far, near] = memoryPipe(clock);
  let client = near;
  let fail = (_: Error) => {};
  recorder.dial((_, opened, failed) => {
    fail = failed;
    opened(near);
    return () => {};
  })(
    { host: 'cti.example', port: 42_027 },
    (stream) => {
      client = stream;
    },
    () => {},
  );
  client.onData = () => {};
  return { clock, recorder, server: far, client, fail: (error: Error) => fail(error) };
}

const open = (password: string) =>
  encode(
    { type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24, ClientID: 'me', ClientPassword: Buffer.from(password) },
    24,
  );
const heartbeat = (id: number) => encode({ type: 'HEARTBEAT_CONF', InvokeID: id }, 24);

describe('the flight recorder', () => {
  it("keeps the frames of both directions of each session with their times, and the session's properties", async () => {
    const { bed, recorder } = await recordedCenter({ charset: 'latin1' });
    await oneCall(bed);
    const { sessions, redacted } = recorder.take();
    assert.equal(redacted, false);
    const [first] = sessions;
    assert.equal(first!.side, 'A');
    assert.equal(first!.peer, 'A:1');
    assert.equal(versionOf(first!), 25);
    assert.deepEqual(names(first!.frames).slice(0, 2), ['client OPEN_REQ', 'server OPEN_CONF']);
    assert.ok(names(first!.frames).includes('server CALL_DELIVERED_EVENT'));
    const times = first!.frames.map(({ at }) => at);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok(
      sessions.some(({ side }) => side === 'B'),
      'the standby session is recorded, too',
    );
  });

  it('never contains a password, not even in memory', async () => {
    const { client, recorder } = connected();
    client.write(open('swordfish'));
    client.write(
      encode(
        { type: 'SET_AGENT_STATE_REQ', InvokeID: 2, AgentID: '1001', AgentPassword: 'hunter2', AgentState: 0 },
        24,
      ),
    );
    const [session] = recorder.take().sessions;
    const bytes = Buffer.concat(session!.frames.map((frame) => frame.bytes));
    assert.ok(!bytes.includes('swordfish') && !bytes.includes('hunter2'));
    assert.equal(session!.frames[0]!.bytes.length, open('swordfish').length);
    assert.ok(bytes.includes('1001'), 'the rest of the message is there');
  });

  it('records frames that arrive in pieces as one, and invalid bytes unchanged', () => {
    const { client, server, clock, recorder } = connected();
    client.write(open('x'));
    const frame = heartbeat(7);
    server.write(frame.subarray(0, 5));
    clock.advance(1);
    server.write(frame.subarray(5));
    clock.advance(1);
    server.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    clock.advance(1);
    const { frames } = recorder.take().sessions[0]!;
    assert.deepEqual(frames[1]!.bytes, frame);
    assert.equal(frames[2]!.broken, true);
    assert.equal(frames[2]!.bytes.toString(), 'HTTP/1.1 400 Bad Request\r\n\r\n');
  });

  it('is limited in bytes: the oldest frames are dropped, except those that opened the session', () => {
    const { client, server, clock, recorder } = connected({ maxBytes: 2_000 });
    client.write(open('x'));
    for (let id = 1; id <= 100; id++) {
      server.write(heartbeat(id));
      clock.advance(10);
    }
    const { frames, bytes } = recorder.status;
    assert.ok(bytes <= 2_000);
    const [session] = recorder.take().sessions;
    assert.equal(messageName(session!.frames[0]!.bytes.readUInt32BE(4)), 'OPEN_REQ');
    assert.deepEqual(session!.frames.at(-1)!.bytes, heartbeat(100));
    assert.equal(session!.frames.length, frames + 1);
    assert.equal(session!.dropped, 101 - session!.frames.length);
  });

  it('is limited in time', () => {
    const { client, server, clock, recorder } = connected({ maxMs: 1_000 });
    client.write(open('x'));
    server.write(heartbeat(1));
    clock.advance(900);
    server.write(heartbeat(2));
    clock.advance(900);
    const [session] = recorder.take().sessions;
    assert.deepEqual(
      session!.frames.slice(1).map(({ bytes }) => bytes),
      [heartbeat(2)],
    );
    clock.advance(5_000);
    assert.equal(recorder.status.frames, 0);
  });

  it('drops the attempts to reach an unreachable server one by one', () => {
    const { clock, fail, recorder } = connected();
    for (let attempt = 0; attempt < 5_000; attempt++) fail(new Error('refused'));
    clock.advance(1);
    const { sessions } = recorder.take();
    assert.equal(sessions.length, 1_000);
    assert.equal(sessions.at(-1)!.end, 'not connected');
  });

  it('with on-fault keeps a copy when a fault occurs', () => {
    const told: string[] = [];
    const { client, server, clock, recorder } = connected({
      mode: 'on-fault',
      maxBytes: 2_000,
      onFault: (reason) => told.push(reason),
    });
    client.write(open('x'));
    server.write(encode({ type: 'FAILURE_EVENT', Status: 13 }, 24));
    clock.advance(1);
    for (let id = 1; id <= 100; id++) {
      server.write(heartbeat(id));
      clock.advance(1);
    }
    assert.deepEqual(told, ['FAILURE_EVENT']);
    assert.deepEqual(names(recorder.take().sessions[0]!.frames), ['client OPEN_REQ', 'server FAILURE_EVENT']);
    assert.equal(recorder.status.fault?.reason, 'FAILURE_EVENT');
    // A minute later another fault replaces it.
    clock.advance(60_000);
    server.destroy();
    clock.advance(1);
    assert.deepEqual(told, ['FAILURE_EVENT', 'connection lost']);
    assert.equal(recorder.take().sessions[0]!.frames.length > 2, true);
  });

  it('does not treat a regular close as a fault', () => {
    const told: string[] = [];
    const { client, recorder, clock } = connected({ mode: 'on-fault', onFault: (reason) => told.push(reason) });
    client.end();
    clock.advance(1);
    assert.deepEqual(told, []);
    assert.equal(recorder.take().sessions[0]!.end, 'closed by client');
  });

  it('does not wrap the dial function when it is off', () => {
    const recorder = new FlightRecorder({ clock: new VirtualClock(), mode: 'off' });
    const dial = () => () => {};
    assert.equal(recorder.dial(dial), dial);
  });

  it('writes a file that is read back unchanged', async () => {
    const { bed, recorder } = await recordedCenter({ charset: 'windows-1252' });
    await oneCall(bed);
    bed.streams.A[0]!.destroy();
    await bed.run(1_000);
    const recording = recorder.take();
    const { problems, others, ...read } = readCaptureFile(pcapngOf(recording, 'test'));
    assert.deepEqual(problems, []);
    assert.equal(others, 0);
    assert.deepEqual(read, recording);
  });
});
