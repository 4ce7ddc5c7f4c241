import assert from 'node:assert/strict';
import { decode, encode } from '../../src/ged188/index.js';
import { decodeSession, frameJson, readMessageFile } from '../../src/recording/index.js';

/** The only frame printed by Cisco, of Unified CCX: a call that begins, from 2006 to 7000. */
const PRINTED =
  '00000036000000170000000000000001001500000000000000010000010001100000080532303036000b053730303000190539303236000a053730303000';

const FRAMES = [
  encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24, ClientID: 'reader' }, 24),
  encode({ type: 'CALL_HELD_EVENT', ConnectionCallID: 7, ConnectionDeviceID: 'abcd' }, 24),
];
const pairs = (bytes: Buffer) => bytes.toString('hex').match(/../g)!;
const lines = (bytes: Buffer, width: number) =>
  Array.from({ length: Math.ceil(bytes.length / width) }, (_, index) =>
    bytes.subarray(index * width, (index + 1) * width),
  );
const characters = (bytes: Buffer) => bytes.toString('latin1').replace(/[^ -~]/g, '.');
const offset = (index: number, digits: number) => (index * 16).toString(16).padStart(digits, '0');

const octal = (count: number) => count.toString(8).padStart(7, '0');
const hexLength = (bytes: Buffer) => bytes.length.toString(16).padStart(8, '0');

const fourDigits = (word: number) => word.toString(16).padStart(4, '0');

/** Words with the low byte first; zeros fill the last one. */
function words(bytes: Buffer, at: (count: number) => string, write: (word: number) => string): string {
  const filled = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
  const rows = lines(filled, 16).map((line, index) => {
    const row = Array.from({ length: line.length / 2 }, (_, each) => write(line.readUInt16LE(each * 2)));
    return `${at(index * 16)} ${row.join(' ')}`;
  });
  return [...rows, at(bytes.length)].join('\n');
}

/** Lines that equal the one before them are one line with an asterisk. */
function withAsterisks(dump: string): string {
  const content = (line: string | undefined) => line?.replace(/^\S+/, '');
  const rows = dump.split('\n');
  const same = rows.map((row, index) => index > 0 && /\s/.test(row) && content(row) === content(rows[index - 1]));
  return rows
    .flatMap((row, index) => {
      if (!same[index]) return [row];
      return same[index - 1] ? [] : ['*'];
    })
    .join('\n');
}

/** Dumps in the formats of the tools. */
const dumps: Record<string, (bytes: Buffer) => string> = {
  'hexdump -C': (bytes) =>
    lines(bytes, 16)
      .map((line, index) => {
        const hex = `${pairs(line.subarray(0, 8)).join(' ')}  ${line.length > 8 ? pairs(line.subarray(8)).join(' ') : ''}`;
        return `${offset(index, 8)}  ${hex.padEnd(48)}  |${characters(line)}|`;
      })
      .join('\n'),
  xxd: (bytes) =>
    lines(bytes, 16)
      .map((line, index) => {
        const hex = line
          .toString('hex')
          .match(/.{1,4}/g)!
          .join(' ');
        return `${offset(index, 8)}: ${hex.padEnd(40)} ${characters(line)}`;
      })
      .join('\n'),
  'tshark -x': (bytes) =>
    lines(bytes, 16)
      .map((line, index) => `${offset(index, 4)}  ${pairs(line).join(' ').padEnd(47)}   ${characters(line)}`)
      .join('\n'),
  'od -A x -t x1': (bytes) =>
    lines(bytes, 16)
      .map((line, index) => `${offset(index, 6)} ${pairs(line).join(' ')}`)
      .join('\n'),
  'od -A o -t x1, with the line of the length': (bytes) =>
    [
      ...lines(bytes, 16).map((line, index) => `${octal(index * 16)} ${pairs(line).join(' ')}`),
      octal(bytes.length),
    ].join('\n'),
  'hexdump -C, with the line of the length': (bytes) => `${dumps['hexdump -C']!(bytes)}\n${hexLength(bytes)}`,
  od: (bytes) => words(bytes, octal, (word) => word.toString(8).padStart(6, '0')),
  'od -x': (bytes) => words(bytes, octal, fourDigits),
  hexdump: (bytes) => words(bytes, (at) => at.toString(16).padStart(7, '0'), fourDigits),
  'od -b': (bytes) =>
    [
      ...lines(bytes, 16).map((line, index) =>
        [octal(index * 16), ...[...line].map((byte) => byte.toString(8).padStart(3, '0'))].join(' '),
      ),
      octal(bytes.length),
    ].join('\n'),
  'xxd -b': (bytes) =>
    lines(bytes, 6)
      .map((line, index) => {
        const bits = [...line].map((byte) => byte.toString(2).padStart(8, '0')).join(' ');
        return `${(index * 6).toString(16).padStart(8, '0')}: ${bits.padEnd(54)} ${characters(line)}`;
      })
      .join('\n'),
  "PowerShell's Format-Hex": (bytes) =>
    [
      '           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F',
      '',
      ...lines(bytes, 16).map(
        (line, index) => `${offset(index, 8)}   ${pairs(line).join(' ').padEnd(47)}  ${characters(line)}`,
      ),
    ].join('\n'),
  'Node.js, as a Buffer': (bytes) => `<Buffer ${pairs(bytes).join(' ')}>`,
  'Wireshark, as an escaped string': (bytes) =>
    lines(bytes, 16)
      .map((line) => `"\\x${pairs(line).join('\\x')}"`)
      .join(' \\\n'),
  'Wireshark, as a C array': (bytes) =>
    `char packet[] = {\n${lines(bytes, 8)
      .map((line) => `0x${pairs(line).join(', 0x')}`)
      .join(', \n')} };`,
  'digits with colons': (bytes) => pairs(bytes).join(':'),
  'bytes and characters without offsets': (bytes) =>
    lines(bytes, 16)
      .map((line) => `${pairs(line).join(' ').padEnd(48)}  ${characters(line)}`)
      .join('\n'),
  'a log, behind its prefix': (bytes) => dumps['tshark -x']!(bytes).replace(/^/gm, '10:15:01:123 cg1A-ctisvr Trace: '),
  'bare digits': (bytes) => bytes.toString('hex'),
  'digits in groups': (bytes) =>
    bytes
      .toString('hex')
      .match(/.{1,8}/g)!
      .join(' '),
};

function framesIn(text: string | Buffer): Buffer[] {
  const file = readMessageFile(Buffer.from(text as string));
  assert.ok(file.kind === 'recording');
  return file.recording.sessions.flatMap(({ frames }) => frames.map(({ bytes }) => bytes));
}

describe('a file with messages', () => {
  for (const [tool, dump] of Object.entries(dumps))
    it(`is read from a dump of ${tool}`, () => {
      assert.deepEqual(framesIn(dump(FRAMES[1]!)), [FRAMES[1]]);
      assert.deepEqual(framesIn(FRAMES.map(dump).join('\n\n')), FRAMES);
    });

  for (const tool of [
    'hexdump -C, with the line of the length',
    'xxd',
    'od -A o -t x1, with the line of the length',
    'od',
    'hexdump',
  ])
    it(`is read from a dump of ${tool} with lines left out`, () => {
      // An odd number of bytes, most of them zeros.
      const frames = [FRAMES[0]!, encode({ type: 'QUERY_AGENT_STATISTICS_CONF', AgentID: '1001' }, 24), FRAMES[1]!];
      if (Buffer.concat(frames).length % 2 === 0)
        frames.push(encode({ type: 'CALL_HELD_EVENT', ConnectionDeviceID: 'abc' }, 24));
      const dump = withAsterisks(dumps[tool]!(Buffer.concat(frames)));
      assert.match(dump, /^\*$/m);
      assert.deepEqual(framesIn(dump), frames);
    });

  it('does not follow an offset that leads far away', () => {
    const dump = `${dumps.xxd!(FRAMES[0]!)}\n*\nfffffff0: 0000\n`;
    assert.deepEqual(framesIn(dump).slice(0, 1), [FRAMES[0]]);
  });

  it("is read from Wireshark's view of a stream, with the sender of each message", () => {
    const server = encode({ type: 'OPEN_CONF', InvokeID: 1 }, 24);
    const indented = dumps['tshark -x']!(server).replace(/^/gm, '    ');
    const file = readMessageFile(Buffer.from(`${dumps['tshark -x']!(FRAMES[0]!)}\n${indented}\n`));
    assert.ok(file.kind === 'recording');
    assert.deepEqual(
      file.recording.sessions[0]!.frames.map(({ from, bytes }) => [from, bytes]),
      [
        ['client', FRAMES[0]],
        ['server', server],
      ],
    );
  });

  it('is read from raw bytes of messages', () => {
    assert.deepEqual(framesIn(Buffer.concat(FRAMES)), FRAMES);
  });

  it('with the frame printed by Cisco decodes as documented, with the matching version', () => {
    const file = readMessageFile(Buffer.from(PRINTED));
    assert.ok(file.kind === 'recording');
    const { frames, version, versionFrom } = decodeSession(file.recording.sessions[0]!);
    assert.equal(versionFrom, 'guessed');
    assert.ok(version < 20);
    const [{ message, oddities, from } = {} as never] = frames;
    assert.equal(from, 'server');
    assert.deepEqual(oddities, []);
    assert.ok(message?.type === 'BEGIN_CALL_EVENT');
    assert.equal(message.ANI, '2006');
    assert.equal(message.DialedNumber, '7000');
    assert.equal(message.DNIS, '7000');
    assert.equal(message.ConnectionDeviceID, '9026');
    assert.equal(message.ConnectionCallID, 16_777_488);
    assert.equal(message.PeripheralType, 21);
  });

  it('shows the warnings for each message', () => {
    const frame = encode(
      { type: 'AGENT_STATE_EVENT', AgentState: 99, unknown: [{ tag: 299, data: Buffer.from('x') }] },
      24,
    );
    const file = readMessageFile(
      Buffer.concat([FRAMES[0]!, frame, encode({ type: 'HOLD_CALL_REQ', InvokeID: 1 }, 24)]),
    );
    assert.ok(file.kind === 'recording');
    const { frames } = decodeSession(file.recording.sessions[0]!);
    assert.deepEqual(frames[1]!.oddities, [
      'the tables give the message no tag 299 in this version',
      'AgentState is 99, which its enumeration does not have',
    ]);
    const json = JSON.parse(JSON.stringify(frameJson(frames[1]!))) as { fields: Record<string, unknown> };
    assert.equal(json.fields.AgentState, 99);
    assert.deepEqual(decode(frame, 24), frames[1]!.message);
  });

  it('of Finesse contains messages identified by their numbers, with the fields of the tables', () => {
    const line =
      '0000000001: 10.1.2.3: Apr 14 2027 14:01:17.196 -0700: %CCBU_CTIMessageEventExecutor-0-6-DECODED_MESSAGE_FROM_CTI_SERVER: ' +
      '%[cti_message=CTIAgentStateEvent [skillGroupState=7 (BUSY_OTHER), stateDuration=0, skillGroupNumber=100, agentState=8 (RESERVED), ' +
      'agentID=01234, agentID_Long=null, fltSkillGroupNumberList=[], agentMood=fine]CTIMessageBean [invokeID=null, msgID=30, ' +
      'timeTracker={"id":"AgentStateEvent"}, msgName=AgentStateEvent, deploymentType=CCE]][cti_response_time=1]: Decoded Message';
    const file = readMessageFile(Buffer.from(`${line}\nsomething else\n${line.replace('msgID=30', '')}\n`));
    assert.ok(file.kind === 'finesse log');
    assert.deepEqual(file.problems, ['1 lines could not be read']);
    const [{ type, time, fields, oddities } = {} as never] = file.messages;
    assert.equal(type, 'AGENT_STATE_EVENT');
    assert.equal(time, 'Apr 14 2027 14:01:17.196 -0700');
    assert.equal(fields.AgentState, 8);
    assert.equal(fields.AgentID, '01234', 'an ID is a text');
    assert.equal(fields.SkillGroupState, 7);
    assert.ok(oddities.includes('the tables give the message no field agentMood'));
  });

  it('in any other format is rejected', () => {
    assert.throws(() => readMessageFile(Buffer.from('just some words\n')), /none of these.*hexdump -C/);
    assert.throws(() => readMessageFile(Buffer.alloc(0)), /none of these/);
  });
});
