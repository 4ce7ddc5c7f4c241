import assert from 'node:assert/strict';
import { decode, EncodeError, encode, type MessageInit, type MessageOf } from '../../src/ged188/index.js';
import { Bytes } from './bytes.js';

const CALL_HELD_EVENT = 11;

const refusal = (message: MessageInit, version = 20, charset?: string): EncodeError => {
  try {
    encode(message, version, charset === undefined ? {} : { charset });
  } catch (error) {
    assert.ok(error instanceof EncodeError, String(error));
    return error;
  }
  throw new Error('was not refused');
};

describe('GED-188 encode', () => {
  it('fills omitted fields with null values, or 0', () => {
    const frame = new Bytes(20)
      .number(0, 4)
      .number(0xffffffff, 4)
      .number(0xffff, 2)
      .number(0xffff, 2)
      .number(0xffffffff, 4)
      .number(0xffff, 2)
      .number(0xffff, 2)
      .number(0xffff, 2)
      .message(CALL_HELD_EVENT);
    assert.deepEqual(encode({ type: 'CALL_HELD_EVENT' }, 20), frame);
  });

  it('requests a session without heartbeats and without a peripheral by default', () => {
    const message = decode(encode({ type: 'OPEN_REQ', InvokeID: 1 }, 24), 24) as MessageOf<'OPEN_REQ'>;
    assert.deepEqual([message.IdleTimeout, message.PeripheralID], [0xffffffff, 0xffffffff]);
  });

  it('counts lists itself, in the fixed and in the floating part', () => {
    const held = decode(
      encode(
        { type: 'OPEN_CONF', NumPeripherals: 9, Peripherals: [{ FltPeripheralID: 1 }, { FltPeripheralID: 2 }] },
        24,
      ),
      24,
    ) as MessageOf<'OPEN_CONF'>;
    assert.equal(held.NumPeripherals, 2);
    const none = decode(encode({ type: 'OPEN_CONF' }, 24), 24) as MessageOf<'OPEN_CONF'>;
    assert.equal(none.NumPeripherals, undefined);
    const zero = decode(encode({ type: 'OPEN_CONF', NumPeripherals: 0 }, 24), 24) as MessageOf<'OPEN_CONF'>;
    assert.equal(zero.NumPeripherals, 0);
  });

  it('writes the first field of an element even if it is omitted, so that elements remain separate', () => {
    const SkillGroups = [{ SkillGroupPriority: 1 }, { SkillGroupPriority: 2 }, {}];
    const frame = encode({ type: 'SET_AGENT_STATE_REQ', SkillGroups }, 20);
    const message = decode(frame, 20) as MessageOf<'SET_AGENT_STATE_REQ'>;
    assert.equal(message.NumSkillGroups, 3);
    assert.deepEqual(
      message.SkillGroups.map(({ SkillGroupPriority }) => SkillGroupPriority),
      [1, 2, undefined],
    );
  });

  it('omits what the version does not have', () => {
    const message: MessageInit = { type: 'OPEN_CONF', DepartmentID: 7, SessionType: 1 };
    assert.equal(encode(message, 18).length + 4, encode(message, 19).length);
    assert.equal(encode(message, 23).length + 2, encode(message, 24).length);
    const read = decode(encode(message, 18), 18) as MessageOf<'OPEN_CONF'>;
    assert.deepEqual([read.DepartmentID, read.SessionType], [undefined, undefined]);
  });

  it('treats null as omitted, for untyped callers', () => {
    const message = { type: 'CALL_HELD_EVENT', ConnectionDeviceID: null, EventCause: null } as unknown as MessageInit;
    assert.deepEqual(encode(message, 20), encode({ type: 'CALL_HELD_EVENT' }, 20));
  });

  it('returns bytes that a later message does not overwrite', () => {
    const first = encode({ type: 'HEARTBEAT_REQ', InvokeID: 1 }, 20);
    encode({ type: 'HEARTBEAT_REQ', InvokeID: 0xffffffff }, 20);
    assert.equal(first.readUInt32BE(8), 1);
  });

  describe('rejects, naming field, limit and length,', () => {
    it('a text that is too long including its null', () => {
      const error = refusal({ type: 'SET_CALL_DATA_REQ', ANI: 'x'.repeat(40) });
      assert.deepEqual([error.type, error.field, error.limit, error.length], ['SET_CALL_DATA_REQ', 'ANI', 40, 41]);
      assert.match(error.message, /SET_CALL_DATA_REQ\.ANI has 41 bytes; the limit is 40/);
      encode({ type: 'SET_CALL_DATA_REQ', ANI: 'x'.repeat(39) }, 20);
    });

    it('a text that is too long only because of its non-ASCII characters, without splitting one', () => {
      const error = refusal({ type: 'SET_CALL_DATA_REQ', CallVariable1: 'ü'.repeat(21) }, 20, 'utf8');
      assert.deepEqual([error.field, error.limit, error.length], ['CallVariable1', 41, 43]);
      encode({ type: 'SET_CALL_DATA_REQ', CallVariable1: 'ü'.repeat(20) }, 20, { charset: 'utf8' });
    });

    it('bytes that are too long', () => {
      const error = refusal({ type: 'OPEN_REQ', ClientPassword: Buffer.alloc(65) });
      assert.deepEqual([error.field, error.limit, error.length], ['ClientPassword', 64, 65]);
      assert.equal(refusal({ type: 'TEAM_CONFIG_REQ', Reserved: Buffer.alloc(9) }).limit, 8);
    });

    it('a text within a list that is too long', () => {
      const error = refusal({ type: 'BEGIN_CALL_EVENT', CTIClients: [{ CTIClientSignature: 'x'.repeat(64) }] });
      assert.deepEqual([error.field, error.limit, error.length], ['CTIClients.CTIClientSignature', 64, 65]);
    });

    it('a limit of an older version', () => {
      const message: MessageInit = { type: 'RTP_STARTED_EVENT', ClientAddress: '2001:db8::1234:5678' };
      assert.equal(refusal(message, 18).limit, 16);
      encode(message, 19);
    });

    it('a list with too many elements', () => {
      const error = refusal({ type: 'BEGIN_CALL_EVENT', CTIClients: Array(17).fill({ CTIClientSignature: 'a' }) });
      assert.deepEqual([error.field, error.limit, error.length], ['CTIClients', 16, 17]);
      assert.match(error.message, /17 elements; the limit is 16/);
    });

    it('a name or a value of a named variable or array that is too long', () => {
      const variable = (VariableName: string, VariableValue: string) =>
        refusal({ type: 'SET_CALL_DATA_REQ', NamedVariables: [{ VariableName, VariableValue }] });
      const name = variable('n'.repeat(33), '');
      assert.deepEqual([name.field, name.limit, name.length], ['NamedVariables.VariableName', 33, 34]);
      const value = variable('user.a', 'v'.repeat(211));
      assert.deepEqual([value.field, value.limit, value.length], ['NamedVariables.VariableValue', 211, 212]);
    });

    it('a text that contains a null, which would terminate it', () => {
      const NamedVariables = [{ VariableName: 'user\0a', VariableValue: '' }];
      assert.equal(refusal({ type: 'SET_CALL_DATA_REQ', NamedVariables }).field, 'NamedVariables.VariableName');
      const error = refusal({ type: 'SET_CALL_DATA_REQ', CallVariable1: 'secret\0' });
      assert.match(error.message, /CallVariable1 must not contain a null character/);
      assert.doesNotMatch(error.message, /secret/);
    });

    it('named variables and arrays of more than 2000 bytes in total', () => {
      const VariableValue = 'v'.repeat(210);
      const NamedVariables = Array.from({ length: 5 }, (_, i) => ({ VariableName: `user.var${i}`, VariableValue }));
      const NamedArrays = Array.from({ length: 5 }, (_, i) => ({
        VariableIndex: i,
        VariableName: 'user.arr0',
        VariableValue,
      }));
      encode({ type: 'SET_CALL_DATA_REQ', NamedVariables, NamedArrays: NamedArrays.slice(1) }, 20);
      const error = refusal({ type: 'SET_CALL_DATA_REQ', NamedVariables, NamedArrays });
      assert.deepEqual([error.field, error.limit], ['NamedArrays', 2000]);
    });

    it('a message of more than 12,500 bytes', () => {
      const Records = Array.from({ length: 10 }, () => ({
        RecordType: 1,
        Skills: Array.from({ length: 100 }, () => ({ FltSkillGroupNumber: 1, FltSkillGroupPriority: 1 })),
      }));
      const error = refusal({ type: 'CONFIG_AGENT_EVENT', Records });
      assert.deepEqual([error.field, error.limit], [undefined, 12500]);
      assert.equal(refusal({ type: 'UNKNOWN', number: 4711, raw: Buffer.alloc(12493) }).limit, 12500);
      assert.equal(encode({ type: 'UNKNOWN', number: 4711, raw: Buffer.alloc(12492) }, 20).length, 12500);
    });

    it('unknown fields that do not fit the tags of the version', () => {
      const message = (tag: number, size: number): MessageInit => ({
        type: 'HOLD_CALL_CONF',
        unknown: [{ tag, data: Buffer.alloc(size) }],
      });
      encode(message(300, 300), 20);
      assert.equal(refusal(message(300, 0), 19).field, 'unknown.tag');
      assert.equal(refusal(message(200, 300), 19).field, 'unknown.data');
    });
  });

  describe('rejects', () => {
    const typed = (fields: object, type = 'CALL_HELD_EVENT') => refusal({ type, ...fields } as unknown as MessageInit);

    it('numbers out of range for their type', () => {
      for (const value of [-1, 2 ** 32, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '7', true, {}]) {
        assert.equal(typed({ MonitorID: value }).field, 'MonitorID', String(value));
      }
      for (const value of [-1, 65536, 0.5]) assert.equal(typed({ EventCause: value }).field, 'EventCause');
      for (const value of [2 ** 31, -(2 ** 31) - 1]) {
        assert.equal(typed({ MRDID: value }, 'AGENT_STATE_EVENT').field, 'MRDID');
      }
      assert.equal(typed({ ForcedFlag: 256 }, 'SET_AGENT_STATE_REQ').field, 'ForcedFlag');
    });

    it('a text or bytes of another type, without repeating the value', () => {
      assert.match(typed({ ConnectionDeviceID: 2001 }).message, /ConnectionDeviceID must be a text/);
      const error = typed({ ClientPassword: 'topsecret' }, 'OPEN_REQ');
      assert.equal(error.field, 'ClientPassword');
      assert.doesNotMatch(error.message, /topsecret/);
    });

    it('a list or elements of another type', () => {
      assert.equal(typed({ CTIClients: {} }, 'BEGIN_CALL_EVENT').field, 'CTIClients');
      assert.equal(typed({ CTIClients: 'ab' }, 'BEGIN_CALL_EVENT').field, 'CTIClients');
      assert.equal(typed({ unknown: 'ab' }).field, 'unknown');
      assert.equal(typed({ CTIClients: [null] }, 'BEGIN_CALL_EVENT').field, 'CTIClients');
    });

    it('an unknown message without a number or without bytes', () => {
      assert.equal(typed({ number: -1, raw: Buffer.alloc(0) }, 'UNKNOWN').field, 'number');
      assert.equal(typed({ number: 4711, raw: 'text' }, 'UNKNOWN').field, 'raw');
    });

    it('a field without a published tag', () => {
      assert.match(typed({ UniqueInstanceID: 'a' }, 'OPEN_REQ').message, /no tag/);
    });

    it('an unknown message', () => {
      assert.match(refusal({ type: 'NO_SUCH_MESSAGE' } as unknown as MessageInit).message, /NO_SUCH_MESSAGE/);
    });

    it('without affecting the next message', () => {
      refusal({ type: 'SET_CALL_DATA_REQ', ANI: 'x'.repeat(100) });
      const frame = encode({ type: 'HEARTBEAT_REQ', InvokeID: 5 }, 20);
      assert.deepEqual(frame, new Bytes(20).number(5, 4).message(5));
    });
  });
});
