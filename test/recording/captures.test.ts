import assert from 'node:assert/strict';
import { encode, type MessageInit, messageName } from '../../src/ged188/index.js';
import { type ReadRecording, readCaptureFile } from '../../src/recording/index.js';
import { ethernet, type Link, pcapFile, type SentSegment, tcpSegment } from './packets.js';

const OPEN = encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24, ClientID: 'me' }, 24);
const CONF = encode({ type: 'OPEN_CONF', InvokeID: 1 }, 24);
const beat = (id: number) => encode({ type: 'HEARTBEAT_CONF', InvokeID: id }, 24);
const held = (id: number): MessageInit => ({
  type: 'CALL_HELD_EVENT',
  ConnectionCallID: id,
  ConnectionDeviceID: '2001',
});
const EVENTS = [1, 2, 3, 4].map((id) => encode(held(id), 24));
const STREAM = Buffer.concat([CONF, ...EVENTS]);
const LINK: Link = { clientPort: 50_001, serverPort: 42_027 };

const opening: SentSegment[] = [
  { from: 'client', at: 0, flags: 'syn' },
  { from: 'server', at: 0, flags: 'syn' },
  { from: 'client', at: 0, data: OPEN },
];
const server = (at: number, to: number): SentSegment => ({ from: 'server', at, data: STREAM.subarray(at, to) });

function read(segments: readonly SentSegment[], link = LINK): ReadRecording {
  return readCaptureFile(
    pcapFile(
      segments.map((segment) => tcpSegment(segment, link)),
      { link: 101 },
    ),
  );
}
const serverBytes = ({ sessions }: ReadRecording, index = 0) =>
  Buffer.concat(sessions[index]!.frames.filter(({ from }) => from === 'server').map(({ bytes }) => bytes));
const names = ({ sessions }: ReadRecording) =>
  sessions[0]!.frames.map(({ bytes, broken }) => (broken ? 'broken' : messageName(bytes.readUInt32BE(4))));

describe('a capture of TCP', () => {
  it('is read as the frames that were sent, however they were split into segments', () => {
    const recording = read([...opening, server(0, 10), server(10, 100), server(100, STREAM.length)]);
    assert.deepEqual(names(recording), ['OPEN_REQ', 'OPEN_CONF', ...EVENTS.map(() => 'CALL_HELD_EVENT')]);
    assert.deepEqual(serverBytes(recording), STREAM);
    assert.deepEqual(recording.problems, []);
    assert.equal(recording.sessions[0]!.side, 'A');
    assert.equal(recording.sessions[0]!.peer, '10.0.0.9:42027');
  });

  it('is reordered: segments that arrived early, repeatedly, or overlapping the previous one', () => {
    const middle = server(60, 120);
    const segments = [
      ...opening,
      server(0, 60),
      server(110, 200),
      middle,
      middle,
      server(50, 70),
      server(150, STREAM.length),
    ];
    const recording = read(segments);
    assert.deepEqual(serverBytes(recording), STREAM);
    assert.equal(recording.problems.length, 2);
    assert.match(recording.problems[0]!, /sent again/);
    assert.match(recording.problems[1]!, /came before earlier ones/);
  });

  it('is reordered if sequence numbers wrap around', () => {
    const beats = Array.from({ length: 40 }, (_, id) => encode({ type: 'HEARTBEAT_REQ', InvokeID: id }, 24));
    let at = OPEN.length;
    const segments = beats.map((data) => {
      const segment: SentSegment = { from: 'client', at, data };
      at += data.length;
      return segment;
    });
    [segments[20], segments[25]] = [segments[25]!, segments[20]!];
    const { sessions } = read([...opening, ...segments]);
    const sent = Buffer.concat(sessions[0]!.frames.map(({ bytes }) => bytes));
    assert.deepEqual(sent, Buffer.concat([OPEN, ...beats]));
  });

  it('may contain several sessions, also in succession on the same ports; other connections are ignored', () => {
    const again: SentSegment[] = opening.map((segment) => ({ ...segment, at: segment.at + 77_777 }));
    const other = { clientPort: 50_002, serverPort: 43_027, ipv6: true };
    const web = { clientPort: 50_003, serverPort: 80 };
    const packets = [
      ...[...opening, server(0, STREAM.length), { from: 'server', at: STREAM.length, flags: 'reset' } as const].map(
        (segment) => tcpSegment(segment, LINK),
      ),
      ...[...opening, server(0, STREAM.length), { from: 'client', at: OPEN.length, flags: 'fin' } as const].map(
        (segment) => tcpSegment(segment, other),
      ),
      ...[opening[0]!, { from: 'client', at: 0, data: Buffer.from('GET / HTTP/1.1\r\n\r\n') } as const].map((segment) =>
        tcpSegment(segment, web),
      ),
      ...again.map((segment) => tcpSegment(segment, LINK)),
    ];
    const { sessions, others } = readCaptureFile(pcapFile(packets, { link: 101 }));
    assert.equal(others, 1);
    assert.deepEqual(
      sessions.map(({ side, end, frames }) => [side, end, frames.length]),
      [
        ['A', 'broken', 6],
        ['B', 'closed by client', 6],
        ['A', undefined, 1],
      ],
    );
  });

  it('that starts in the middle of a session is read from the first complete message', () => {
    const late = STREAM.subarray(CONF.length + 5);
    const segments: SentSegment[] = [
      { from: 'server', at: 5_000, data: late },
      { from: 'client', at: 300, data: encode({ type: 'HEARTBEAT_REQ', InvokeID: 9 }, 24) },
      { from: 'server', at: 5_000 + late.length, data: beat(9) },
    ];
    const recording = read(segments);
    const calls = EVENTS.slice(1).map(() => 'CALL_HELD_EVENT');
    assert.deepEqual(names(recording), [...calls, 'HEARTBEAT_REQ', 'HEARTBEAT_CONF']);
    assert.deepEqual(
      recording.sessions[0]!.frames.map(({ from }) => from),
      [...calls.map(() => 'server'), 'client', 'server'],
    );
  });

  it('with missing bytes reports this, and continues with the next complete message', () => {
    const first = CONF.length + EVENTS[0]!.length;
    const second = first + EVENTS[1]!.length;
    const recording = read([...opening, server(0, first + 10), server(second + 4, STREAM.length)]);
    assert.match(recording.problems.join(), /bytes from 10.0.0.9:42027 were not captured/);
    assert.deepEqual(names(recording), ['OPEN_REQ', 'OPEN_CONF', 'CALL_HELD_EVENT', 'broken', 'CALL_HELD_EVENT']);
  });

  for (const little of [true, false])
    for (const nanoseconds of [true, false])
      it(`of Ethernet is read from pcap, ${little ? 'little' : 'big'}-endian, in ${nanoseconds ? 'ns' : 'µs'}`, () => {
        const packets = [...opening, server(0, STREAM.length)].map((segment, index) =>
          ethernet(tcpSegment(segment, LINK), index % 2 === 0),
        );
        const recording = readCaptureFile(pcapFile(packets, { link: 1, little, nanoseconds }));
        assert.deepEqual(serverBytes(recording), STREAM);
        assert.equal(recording.sessions[0]!.openedAt, 1_700_000_000_000);
        assert.equal(recording.sessions[0]!.frames[0]!.at, 1_700_000_000_002);
      });

  it('that is truncated is read as far as possible', () => {
    const file = pcapFile(
      [...opening, server(0, STREAM.length)].map((segment) => tcpSegment(segment, LINK)),
      { link: 101 },
    );
    const { sessions, problems } = readCaptureFile(file.subarray(0, file.length - 7));
    assert.equal(sessions[0]!.frames.length, 1);
    assert.match(problems[0]!, /cut off/);
  });
});
