import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, encode, type MessageInit } from '../../src/ged188/index.js';
import { Pseudonyms, pcapngOf, type Recording, redactRecording } from '../../src/recording/index.js';
import { oneCall, recordedCenter } from './recorded-center.js';

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 7));

function replaced(text: string, encoding: BufferEncoding = 'latin1'): string {
  const bytes = Buffer.from(text, encoding);
  pseudonyms.replace(bytes);
  return bytes.toString(encoding);
}

function recordingOf(...messages: MessageInit[]): Recording {
  const open = encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24 }, 24);
  const frames = messages.map((message) => ({ at: 0, from: 'server' as const, bytes: encode(message, 24) }));
  const session = { id: 1, side: 'A' as const, peer: 'cti.bank.example:42027', openedAt: 0, dropped: 0 };
  return { redacted: false, sessions: [{ ...session, frames: [{ at: 0, from: 'client', bytes: open }, ...frames] }] };
}

describe('pseudonyms', () => {
  it('have the same length and kind as the replaced text', () => {
    assert.match(replaced('+49 (30) 123-4567'), /^\+\d\d \(\d\d\) \d{3}-\d{4}$/);
    assert.match(replaced('Maria Mustermann'), /^[A-Z][a-z]{4} [A-Z][a-z]{9}$/);
    assert.match(replaced('Müller'), /^[A-Z][\xc0-\xff][a-z]{4}$/);
  });

  it('are the same for the same text, wherever it occurs', () => {
    const number = replaced('2001');
    assert.equal(replaced('2001:17'), `${number}:${replaced('17')}`);
    assert.equal(replaced('SIP/2001'), `${replaced('SIP')}/${number}`);
    assert.equal(replaced('ANNA'), replaced('anna').toUpperCase());
  });

  it('differ if the replaced texts differ', () => {
    const made = new Set(Array.from({ length: 10_000 }, (_, number) => replaced(String(number).padStart(4, '0'))));
    assert.equal(made.size, 10_000);
    assert.equal(new Set(Array.from({ length: 900 }, (_, index) => pseudonyms.number(index + 100))).size, 900);
    assert.equal(new Set([...'abcdefghijklmnopqrstuvwxyz'].map((letter) => replaced(letter))).size, 26);
  });

  it('keep UTF-8 valid, and other bytes unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = Buffer.from(text);
        pseudonyms.replace(bytes);
        assert.equal(bytes.length, Buffer.byteLength(text));
        assert.ok(!bytes.toString().includes('\ufffd') || text.includes('\ufffd'));
      }),
    );
  });

  it('of numbers fit into the size and the sign of the number', () => {
    for (const number of [2_100_000_000, 2_147_483_646, 1_999_999_999, 2_000_000_000])
      assert.ok(pseudonyms.number(number, 0x7fffffff) <= 0x7fffffff, String(number));
    assert.ok(pseudonyms.number(4_294_967_294, 0xfffffffe) <= 0xfffffffe);
    assert.notEqual(pseudonyms.number(3_456_789_012, 0xfffffffe), 3_456_789_012);
  });

  it('cannot be computed with another key', () => {
    const other = Buffer.from('0301234567');
    new Pseudonyms().replace(other);
    assert.notEqual(other.toString(), replaced('0301234567'));
  });
});

describe('redaction', () => {
  const planted = {
    number: '0301234567',
    name: 'Mustermann',
    account: 'ACC-99887766',
    ecc: 'Secretvalue',
  };

  it('leaves no planted data in a file', () => {
    const recording = recordingOf(
      {
        type: 'BEGIN_CALL_EVENT',
        ANI: planted.number,
        CallVariable1: planted.name,
        CallVariable7: planted.account,
        NamedVariables: [{ VariableName: 'user.account', VariableValue: planted.ecc }],
        NamedArrays: [{ VariableIndex: 3, VariableName: 'user.list', VariableValue: planted.name }],
        UserToUserInfo: Buffer.from(planted.name),
      },
      { type: 'CONFIG_AGENT_EVENT', Records: [] } as MessageInit,
      { type: 'UNKNOWN', number: 9_999, raw: Buffer.from(`\0\0\0\x07${planted.number}\0\0\x01${planted.name}`) },
      { type: 'AGENT_STATE_EVENT', AgentID: '1001', unknown: [{ tag: 299, data: Buffer.from(planted.number) }] },
    );
    const file = pcapngOf(redactRecording(recording), 'test');
    for (const secret of [...Object.values(planted), '99887766', 'cti.bank.example']) {
      assert.ok(!file.includes(secret), `${secret} is in the file`);
    }
    assert.ok(file.includes('user.account'), 'names of expanded call variables are kept');
  });

  it('leaves no text in bytes of unknown meaning, however it is written', () => {
    const texts = [
      '06 12 98 43 57',
      'Bo Li',
      '21.7.69',
      'M-XY 47',
      '\u039d\u03af\u03ba\u03bf\u03c2',
      '\u5c71\u7530\u592a\u90ce',
      'Wolf 0177',
    ];
    const forms = texts.flatMap((text) => {
      const wide = Buffer.from(text, 'utf16le');
      return [Buffer.from(text), wide, Buffer.from(wide).swap16()];
    });
    const raw = Buffer.concat(forms.flatMap((form) => [Buffer.from([0, 0, 1, 2]), form, Buffer.from([0, 0, 0])]));
    const recording = recordingOf({ type: 'UNKNOWN', number: 9_999, raw });
    const [session] = recording.sessions;
    const broken = {
      at: 1,
      from: 'server' as const,
      bytes: Buffer.concat([Buffer.from([0, 9, 9, 9]), raw]),
      broken: true as const,
    };
    // A known message that another layout makes shorter than its fixed part.
    const short = Buffer.concat([Buffer.from([0, 0, 0, 16, 0, 0, 0, 9, 0, 1]), Buffer.from('06 12 98 43 57')]);
    const frames = [...session!.frames, broken, { at: 2, from: 'server' as const, bytes: short }];
    const file = pcapngOf(redactRecording({ redacted: false, sessions: [{ ...session!, frames }] }), 'test');
    for (const form of forms) assert.ok(!file.includes(form), `${form.toString('hex')} is in the file`);
    assert.ok(file.includes(Buffer.from([0, 0, 1, 2])), 'numbers are kept');
  });

  it('replaces numbers of persons and customers of every size, and keeps those that are absent', () => {
    const call = (id: number): MessageInit => ({ type: 'BEGIN_CALL_EVENT', RouterCallKeyCallID: id });
    const agent = (id: number): MessageInit => ({ type: 'AGENT_STATE_EVENT', ICMAgentID: id });
    const recording = recordingOf(call(3_456_789_012), call(0xffffffff), agent(2_147_483_647), agent(-1));
    const [, big, none, largest, absent] = redactRecording(recording).sessions[0]!.frames.map(
      ({ bytes }) => decode(bytes, 24) as { RouterCallKeyCallID?: number; ICMAgentID?: number },
    );
    assert.notEqual(big?.RouterCallKeyCallID, 3_456_789_012);
    assert.equal(none?.RouterCallKeyCallID, 0xffffffff);
    assert.ok((largest?.ICMAgentID ?? 0) > 0);
    assert.equal(absent?.ICMAgentID, -1);
  });

  it('replaces the data about callers and agents', async () => {
    const { bed, recorder } = await recordedCenter();
    await oneCall(bed, '0301234567', { CallVariable1: 'Mustermann', CallVariable2: 'ACC-99887766' });
    const recording = recorder.take();
    const plain = pcapngOf(recording, 'test');
    const secrets = ['0301234567', 'Mustermann', '99887766'];
    for (const secret of secrets) assert.ok(plain.includes(secret));
    const redacted = pcapngOf(redactRecording(recording), 'test');
    for (const secret of secrets) assert.ok(!redacted.includes(secret), `${secret} is in the file`);
    for (const password of ['hunter2']) assert.ok(!plain.includes(password));
  });

  it('keeps what connects messages: kinds, states, call IDs, and the equality of numbers', () => {
    const recording = recordingOf(
      { type: 'AGENT_STATE_EVENT', PeripheralID: 5000, AgentState: 3, AgentID: '1001', AgentExtension: '2001' },
      { type: 'CALL_HELD_EVENT', PeripheralID: 5000, ConnectionCallID: 42, ConnectionDeviceID: '2001' },
    );
    const [, state, held] = redactRecording(recording, pseudonyms).sessions[0]!.frames.map(({ bytes }) =>
      decode(bytes, 24),
    );
    assert.ok(state?.type === 'AGENT_STATE_EVENT' && held?.type === 'CALL_HELD_EVENT');
    assert.equal(state.AgentState, 3);
    assert.equal(state.AgentID, replaced('1001'));
    assert.equal(held.ConnectionCallID, 42);
    assert.equal(held.ConnectionDeviceID, state.AgentExtension);
    assert.notEqual(held.ConnectionDeviceID, '2001');
  });

  it('keeps the length of each frame, and does not redact twice', () => {
    const recording = recordingOf({ type: 'BEGIN_CALL_EVENT', ANI: planted.number });
    const redacted = redactRecording(recording);
    assert.deepEqual(
      redacted.sessions[0]!.frames.map(({ bytes }) => bytes.length),
      recording.sessions[0]!.frames.map(({ bytes }) => bytes.length),
    );
    assert.equal(redactRecording(redacted), redacted);
  });
});
