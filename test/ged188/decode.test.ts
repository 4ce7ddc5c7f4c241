import assert from 'node:assert/strict';
import {
  DecodeReport,
  type DecodeWarning,
  decode,
  encode,
  FrameError,
  type MessageOf,
} from '../../src/ged188/index.js';
import { Bytes } from './bytes.js';

const FAILURE_CONF = 1;
const OPEN_REQ = 3;
const OPEN_CONF = 4;
const HOLD_CALL_CONF = 55;
const CALL_HELD_EVENT = 11;
const AGENT_STATE_EVENT = 30;
const CONFIG_AGENT_EVENT = 237;
const CONFIG_TERMINAL_EVENT = 276;
const CONFIG_AGENT_SERVICE_EVENT = 282;
const SET_AGENT_SERVICE_DATA_REQ = 283;
const SET_CALL_DATA_REQ = 26;

const watched = (frame: Buffer, version: number) => {
  const oddities: DecodeWarning[] = [];
  const report = new DecodeReport((oddity) => oddities.push(oddity));
  const message = decode(frame, version, { report });
  return { message, oddities, report };
};

const kinds = (oddities: DecodeWarning[]) => oddities.map(({ kind, message, field }) => `${kind} ${message} ${field}`);

describe('GED-188 decode', () => {
  describe('a message without a known layout', () => {
    it('is kept as its number and its bytes', () => {
      const frame = new Bytes(20).raw([1, 2, 3]).message(4711);
      const { message, oddities } = watched(frame, 20);
      assert.deepEqual(message, { type: 'UNKNOWN', number: 4711, raw: Buffer.from([1, 2, 3]) });
      assert.deepEqual(kinds(oddities), ['unknown-message 4711 ']);
      assert.deepEqual(encode({ type: 'UNKNOWN', number: 4711, raw: Buffer.from([1, 2, 3]) }, 20), frame);
    });

    it('is reported by name if the guide names it', () => {
      const { oddities } = watched(new Bytes(20).message(151), 20);
      assert.equal(oddities[0]?.message, 'MEDIA_LOGIN_REQ');
    });
  });

  describe('tags', () => {
    it('that are unknown are kept as bytes, and encoded again after all others', () => {
      const frame = new Bytes(20)
        .number(7, 4)
        .tagged(999, (data) => data.raw([9, 8]))
        .message(HOLD_CALL_CONF);
      const { message, oddities } = watched(frame, 20);
      assert.deepEqual(message, {
        type: 'HOLD_CALL_CONF',
        InvokeID: 7,
        unknown: [{ tag: 999, data: Buffer.from([9, 8]) }],
      });
      assert.deepEqual(kinds(oddities), ['unknown-tag HOLD_CALL_CONF 999']);
      assert.deepEqual(encode(message, 20), frame);
    });

    it('have one byte up to version 19, two from version 20 on', () => {
      for (const version of [19, 20]) {
        const frame = new Bytes(version)
          .raw(Buffer.alloc(22))
          .tagged(25, (data) => data.text('77'))
          .message(CALL_HELD_EVENT);
        const message = decode(frame, version) as MessageOf<'CALL_HELD_EVENT'>;
        assert.equal(message.ConnectionDeviceID, '77');
      }
    });

    it('312 and 313 are suggested responses in version 24 and unknown to that message in 25', () => {
      const frame = (version: number) =>
        new Bytes(version)
          .raw(Buffer.alloc(20))
          .tagged(312, (data) => data.number(4, 2))
          .message(SET_AGENT_SERVICE_DATA_REQ);
      const read = (version: number) => decode(frame(version), version) as MessageOf<'SET_AGENT_SERVICE_DATA_REQ'>;
      assert.equal(read(24).NumPositiveAnswersSuggestions, 4);
      assert.equal(read(25).NumPositiveAnswersSuggestions, undefined);
      assert.deepEqual(read(25).unknown, [{ tag: 312, data: Buffer.from([0, 4]) }]);
    });

    it('that other servers use for a field are accepted: AgentSkillTargetID under 141 and 185', () => {
      for (const tag of [141, 185]) {
        const frame = new Bytes(24)
          .number(1, 2)
          .tagged(183, (data) => data.number(1, 2))
          .tagged(tag, (data) => data.number(5001, 4))
          .message(CONFIG_AGENT_EVENT);
        const { Records } = decode(frame, 24) as MessageOf<'CONFIG_AGENT_EVENT'>;
        assert.equal(Records[0]?.AgentSkillTargetID, 5001);
      }
    });

    it('that only the table of tags assigns to a message are accepted and encoded again', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(62))
        .tagged(194, (data) => data.text('agent-with-a-long-name'))
        .message(AGENT_STATE_EVENT);
      const message = decode(frame, 20) as MessageOf<'AGENT_STATE_EVENT'>;
      assert.equal(message.AgentIDLong, 'agent-with-a-long-name');
      assert.deepEqual(encode(message, 20), frame);
    });

    it('that occur twice in a message keep their first value, and the second is unknown', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(22))
        .tagged(25, (data) => data.text('first'))
        .tagged(25, (data) => data.text('second'))
        .message(CALL_HELD_EVENT);
      const { message, oddities } = watched(frame, 20);
      assert.equal((message as MessageOf<'CALL_HELD_EVENT'>).ConnectionDeviceID, 'first');
      assert.deepEqual((message as MessageOf<'CALL_HELD_EVENT'>).unknown, [{ tag: 25, data: Buffer.from('second\0') }]);
      assert.ok(kinds(oddities).includes('repeated-field CALL_HELD_EVENT 25'));
      assert.deepEqual(encode(message as MessageOf<'CALL_HELD_EVENT'>, 20), frame);
    });

    it('whose number has a different size than its type are unknown', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(62))
        .tagged(150, (data) => data.number(5, 2))
        .message(AGENT_STATE_EVENT);
      const { message, oddities } = watched(frame, 20);
      assert.equal((message as MessageOf<'AGENT_STATE_EVENT'>).Duration, undefined);
      assert.deepEqual((message as MessageOf<'AGENT_STATE_EVENT'>).unknown, [{ tag: 150, data: Buffer.from([0, 5]) }]);
      assert.ok(kinds(oddities).includes('field-size AGENT_STATE_EVENT 150'));
    });
  });

  describe('a message that is truncated', () => {
    it('in its fixed part has null values for what is missing', () => {
      const frame = new Bytes(20).number(1, 4).message(CALL_HELD_EVENT);
      const { message, oddities } = watched(frame, 20);
      const held = message as MessageOf<'CALL_HELD_EVENT'>;
      assert.deepEqual([held.MonitorID, held.PeripheralID, held.EventCause], [1, 0xffffffff, 0xffff]);
      assert.deepEqual(kinds(oddities), ['short-fixed-part CALL_HELD_EVENT end']);
    });

    it('in a floating field keeps the received part', () => {
      const whole = new Bytes(20).raw(Buffer.alloc(22)).tagged(25, (data) => data.text('2001'));
      const frame = whole.message(CALL_HELD_EVENT).subarray(0, -3);
      frame.writeUInt32BE(frame.length - 8, 0);
      const { message, oddities } = watched(frame, 20);
      assert.deepEqual((message as MessageOf<'CALL_HELD_EVENT'>).unknown, [{ tag: 25, data: Buffer.from('20') }]);
      assert.ok(kinds(oddities).includes('short-floating-part CALL_HELD_EVENT 25'));
    });

    it('in the tag of a floating field is read up to that position', () => {
      const frame = new Bytes(20).number(7, 4).raw([0, 25, 0]).message(HOLD_CALL_CONF);
      const { message, oddities } = watched(frame, 20);
      assert.deepEqual(message, { type: 'HOLD_CALL_CONF', InvokeID: 7, unknown: undefined });
      assert.deepEqual(kinds(oddities), ['short-floating-part HOLD_CALL_CONF end']);
    });
  });

  describe('texts', () => {
    const ani = (fill: (data: Bytes) => void) => {
      const frame = new Bytes(20).raw(Buffer.alloc(30)).tagged(8, fill).message(SET_CALL_DATA_REQ);
      return (decode(frame, 20) as MessageOf<'SET_CALL_DATA_REQ'>).ANI;
    };

    it('are read without their trailing nulls, and with none', () => {
      assert.equal(
        ani((data) => data.text('2065550101')),
        '2065550101',
      );
      assert.equal(
        ani((data) => data.raw(Buffer.from('2065550101'))),
        '2065550101',
      );
      assert.equal(
        ani((data) => data.raw(Buffer.from('2065550101\0\0\0'))),
        '2065550101',
      );
    });

    it('that are empty, or only a null, are empty and not absent', () => {
      assert.equal(
        ani(() => {}),
        '',
      );
      assert.equal(
        ani((data) => data.text('')),
        '',
      );
      assert.equal(
        ani((data) => data.raw([0, 0, 0])),
        '',
      );
    });
  });

  describe('lists', () => {
    const states = (fill: (bytes: Bytes) => void) => {
      const bytes = new Bytes(20).raw(Buffer.alloc(62));
      fill(bytes);
      return (decode(bytes.message(AGENT_STATE_EVENT), 20) as MessageOf<'AGENT_STATE_EVENT'>).FltSkillGroups;
    };
    const shown = (list: readonly object[]) =>
      list.map((element) => Object.values(element).filter((v) => v !== undefined));

    it('start an element with each repetition, so that elements may lack fields', () => {
      const list = states((bytes) => {
        bytes.tagged(62, (data) => data.number(1, 4)).tagged(64, (data) => data.number(5, 2));
        bytes.tagged(62, (data) => data.number(2, 4));
        bytes.tagged(62, (data) => data.number(3, 4)).tagged(65, (data) => data.number(4, 2));
      });
      assert.deepEqual(shown(list), [[1, 5], [2], [3, 4]]);
    });

    it('are kept as received if their count is wrong', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(56))
        .number(3, 2)
        .raw(Buffer.alloc(4))
        .tagged(62, (data) => data.number(1, 4))
        .message(AGENT_STATE_EVENT);
      const { message, oddities } = watched(frame, 20);
      assert.equal((message as MessageOf<'AGENT_STATE_EVENT'>).NumFltSkillGroups, 3);
      assert.equal((message as MessageOf<'AGENT_STATE_EVENT'>).FltSkillGroups.length, 1);
      assert.ok(kinds(oddities).includes('count-mismatch AGENT_STATE_EVENT NumFltSkillGroups'));
    });

    it('of texts may be packed, null-terminated or in slots padded with nulls', () => {
      for (const packed of ['2001\x002002\0', `2001${'\0'.repeat(60)}2002${'\0'.repeat(60)}`]) {
        const frame = new Bytes(20)
          .number(1, 2)
          .tagged(183, (data) => data.number(1, 2))
          .tagged(6, (data) => data.raw(Buffer.from(packed)))
          .message(CONFIG_TERMINAL_EVENT);
        const { Records } = decode(frame, 20) as MessageOf<'CONFIG_TERMINAL_EVENT'>;
        assert.deepEqual(Records[0]?.Instruments, [{ Instrument: '2001' }, { Instrument: '2002' }]);
      }
    });

    it('packed to a length that is not a multiple are unknown', () => {
      const frame = new Bytes(24)
        .number(1, 2)
        .tagged(183, (data) => data.number(1, 2))
        .tagged(62, (data) => data.raw([0, 0, 0, 1, 0, 0]))
        .tagged(62, () => {})
        .message(CONFIG_AGENT_EVENT);
      const { message, oddities } = watched(frame, 24);
      const { Records, unknown } = message as MessageOf<'CONFIG_AGENT_EVENT'>;
      assert.deepEqual(Records[0]?.Skills, []);
      assert.deepEqual(
        unknown?.map(({ tag, data }) => [tag, data.length]),
        [
          [62, 6],
          [62, 0],
        ],
      );
      assert.ok(kinds(oddities).includes('field-size CONFIG_AGENT_EVENT 62'));
    });

    it('of named arrays without an index are unknown', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(30))
        .tagged(83, () => {})
        .message(SET_CALL_DATA_REQ);
      const { NamedArrays, unknown } = decode(frame, 20) as MessageOf<'SET_CALL_DATA_REQ'>;
      assert.deepEqual([NamedArrays, unknown], [[], [{ tag: 83, data: Buffer.alloc(0) }]]);
    });

    it('of records may have the type of the record first or last', () => {
      const type = (bytes: Bytes, value: number) => bytes.tagged(183, (data) => data.number(value, 2));
      const agent = (bytes: Bytes, value: number) => bytes.tagged(141, (data) => data.number(value, 4));
      const first = new Bytes(24).number(2, 2);
      agent(type(agent(type(first, 1), 51), 2), 52);
      const last = new Bytes(24).number(2, 2);
      type(agent(type(agent(last, 51), 1), 52), 2);
      for (const bytes of [first, last]) {
        const { Records } = decode(
          bytes.message(CONFIG_AGENT_SERVICE_EVENT),
          24,
        ) as MessageOf<'CONFIG_AGENT_SERVICE_EVENT'>;
        assert.deepEqual(
          Records.map(({ AgentSkillTargetID, RecordType }) => [AgentSkillTargetID, RecordType]),
          [
            [51, 1],
            [52, 2],
          ],
        );
      }
    });

    it('of named variables are read without their last null, and keep an empty value', () => {
      const frame = new Bytes(20)
        .raw(Buffer.alloc(26))
        .number(2, 2)
        .number(0, 2)
        .tagged(82, (data) => data.raw(Buffer.from('user.tier\0Gold')))
        .tagged(82, (data) => data.raw(Buffer.from('user.none')))
        .message(SET_CALL_DATA_REQ);
      const { NamedVariables } = decode(frame, 20) as MessageOf<'SET_CALL_DATA_REQ'>;
      assert.deepEqual(NamedVariables, [
        { VariableName: 'user.tier', VariableValue: 'Gold' },
        { VariableName: 'user.none', VariableValue: '' },
      ]);
    });
  });

  describe('FAILURE_CONF', () => {
    const status = new Bytes(24).number(7, 4).number(1, 4);
    const failureCode = new Bytes(24).number(7, 4).number(1, 2).number(13, 4);

    it('is read in both layouts, which are distinguished by length', () => {
      const read = (bytes: Bytes) => decode(bytes.message(FAILURE_CONF), 24) as MessageOf<'FAILURE_CONF'>;
      const short = read(status);
      assert.deepEqual([short.Status, short.FailureCode, short.PeripheralErrorCode], [1, 1, undefined]);
      const long = read(failureCode);
      assert.deepEqual([long.Status, long.FailureCode, long.PeripheralErrorCode], [1, 1, 13]);
    });

    it('is distinguished by its length even if its last bytes look like a field with a one-byte tag', () => {
      const frame = new Bytes(15).number(7, 4).number(1, 2).number(0x0100, 4).message(FAILURE_CONF);
      const read = decode(frame, 15) as MessageOf<'FAILURE_CONF'>;
      assert.deepEqual([read.Status, read.PeripheralErrorCode], [1, 0x0100]);
    });

    it('is distinguished by the end of its floating part if it has one', () => {
      const client = (bytes: Bytes) => bytes.tagged(217, (data) => data.text('client-1')).message(FAILURE_CONF);
      const read = (frame: Buffer) => decode(frame, 24) as MessageOf<'FAILURE_CONF'>;
      const short = read(client(new Bytes(24).number(7, 4).number(1, 4)));
      assert.deepEqual([short.Status, short.PeripheralErrorCode, short.CTIOSCILClientID], [1, undefined, 'client-1']);
      const long = read(client(new Bytes(24).number(7, 4).number(1, 2).number(13, 4)));
      assert.deepEqual([long.Status, long.PeripheralErrorCode, long.CTIOSCILClientID], [1, 13, 'client-1']);
    });

    it('is encoded in the requested layout, or in the one that fits the values', () => {
      assert.deepEqual(encode({ type: 'FAILURE_CONF', InvokeID: 7, Status: 1 }, 24), status.message(FAILURE_CONF));
      const full = { type: 'FAILURE_CONF', InvokeID: 7, FailureCode: 1, PeripheralErrorCode: 13 } as const;
      assert.deepEqual(encode(full, 24), failureCode.message(FAILURE_CONF));
      assert.deepEqual(encode(full, 24, { failureConf: 'status' }), status.message(FAILURE_CONF));
      assert.equal(encode({ ...full, PeripheralErrorCode: undefined }, 24, { failureConf: 'failure-code' }).length, 18);
    });
  });

  describe('a session', () => {
    it('with a newer version uses the newest layouts, with an older one the oldest', () => {
      const frame = new Bytes(25).number(1, 4).raw(Buffer.alloc(30)).message(OPEN_CONF);
      assert.deepEqual(decode(frame, 99), decode(frame, 25));
      assert.deepEqual(encode({ type: 'OPEN_CONF', InvokeID: 3 }, 5), encode({ type: 'OPEN_CONF', InvokeID: 3 }, 10));
    });

    it('receives each warning once, with its count', () => {
      const frame = new Bytes(20)
        .number(7, 4)
        .tagged(999, () => {})
        .message(HOLD_CALL_CONF);
      const heard: DecodeWarning[] = [];
      const report = new DecodeReport((oddity) => heard.push(oddity));
      for (let i = 0; i < 5; i++) decode(frame, 20, { report });
      assert.equal(heard.length, 1);
      assert.deepEqual(
        [...report.oddities].map(({ kind, count }) => [kind, count]),
        [['unknown-tag', 5]],
      );
    });

    it('cannot fill the memory with different warnings', () => {
      const report = new DecodeReport();
      for (let number = 5000; number < 8000; number++) decode(new Bytes(20).message(number), 20, { report });
      const oddities = [...report.oddities];
      assert.ok(oddities.length <= 1001);
      assert.equal(
        oddities.reduce((sum, { count }) => sum + count, 0),
        3000,
      );
    });

    it('receives no warning for all ones, which mean "none" in every enumeration', () => {
      const frame = encode({ type: 'CALL_DELIVERED_EVENT', LineType: 0xffff, AlertingDeviceType: 0xffff }, 20);
      assert.deepEqual(watched(frame, 20).oddities, []);
    });

    it('receives a warning for a number that its enumeration does not name, and the number', () => {
      const message = encode(
        { type: 'CALL_HELD_EVENT', EventCause: 4242, PeripheralType: 0xffff, LocalConnectionState: 0xffff },
        20,
      );
      const { oddities } = watched(message, 20);
      assert.deepEqual(oddities, [
        { kind: 'outside-enumeration', message: 'CALL_HELD_EVENT', field: 'EventCause', value: 4242, count: 1 },
      ]);
    });
  });

  it('keeps no references to the input bytes', () => {
    const chunk = Buffer.alloc(65536);
    const frame = encode(
      {
        type: 'OPEN_REQ',
        ClientID: 'node-red',
        ClientPassword: Buffer.from('secret'),
        unknown: [{ tag: 999, data: Buffer.from('kept') }],
      },
      20,
    );
    frame.copy(chunk);
    const message = decode(chunk.subarray(0, frame.length), 20) as MessageOf<'OPEN_REQ'>;
    chunk.fill(0xaa);
    assert.equal(message.ClientID, 'node-red');
    assert.equal(String(message.ClientPassword), 'secret');
    assert.equal(String(message.unknown?.[0]?.data), 'kept');
    for (const own of [message.ClientPassword, message.unknown?.[0]?.data]) {
      assert.equal(own?.buffer.byteLength, own?.length);
    }
    assert.equal(chunk.readUInt32BE(4) === OPEN_REQ, false);
  });

  it('rejects bytes whose header has a different length', () => {
    const frame = encode({ type: 'HEARTBEAT_REQ', InvokeID: 1 }, 20);
    assert.throws(() => decode(frame.subarray(0, -1), 20), FrameError);
    assert.throws(() => decode(Buffer.concat([frame, Buffer.alloc(1)]), 20), FrameError);
    assert.throws(() => decode(Buffer.alloc(3), 20), FrameError);
  });
});
