import assert from 'node:assert/strict';
import { decode, EncodeError, encode, type MessageOf } from '../../src/ged188/index.js';

const TEXTS: Record<string, string> = {
  latin1: 'Müller, café, ¿qué?',
  utf8: 'Müller 日本語 Ωμέγα 😀',
  'windows-1252': 'Müller – 20 € “quoted”',
  'iso-8859-15': 'Žižka 20 €',
  'koi8-r': 'Привет',
  shift_jis: '日本語 テスト',
  gbk: '中文测试',
  'euc-kr': '한국어',
  big5: '繁體中文',
};

const roundTrip = (text: string, charset: string) => {
  const NamedVariables = [{ VariableName: 'user.Name', VariableValue: text }];
  const frame = encode({ type: 'SET_CALL_DATA_REQ', CallVariable1: text, ANI: '5551234', NamedVariables }, 20, {
    charset,
  });
  return { frame, message: decode(frame, 20, { charset }) as MessageOf<'SET_CALL_DATA_REQ'> };
};

describe('GED-188 text outside ASCII', () => {
  for (const [charset, text] of Object.entries(TEXTS)) {
    it(`goes there and back in ${charset}`, () => {
      const { message } = roundTrip(text, charset);
      assert.equal(message.CallVariable1, text);
      assert.equal(message.ANI, '5551234');
      assert.deepEqual(message.NamedVariables, [{ VariableName: 'user.Name', VariableValue: text }]);
    });
  }

  it('stands on the wire as the charset has it', () => {
    const { frame: utf8 } = roundTrip('é', 'utf8');
    assert.ok(utf8.includes(Buffer.from([13, 0, 3, 0xc3, 0xa9, 0])));
    const { frame: latin1 } = roundTrip('é', 'latin1');
    assert.ok(latin1.includes(Buffer.from([13, 0, 2, 0xe9, 0])));
    const { frame: windows } = roundTrip('€', 'windows-1252');
    assert.ok(windows.includes(Buffer.from([13, 0, 2, 0x80, 0])));
  });

  it('keeps every byte if no charset is named', () => {
    const text = String.fromCharCode(...Array.from({ length: 40 }, (_, index) => 0xd8 + index).filter((c) => c < 256));
    assert.equal(
      (decode(encode({ type: 'SET_CALL_DATA_REQ', CallVariable1: text }, 20), 20) as MessageOf<'SET_CALL_DATA_REQ'>)
        .CallVariable1,
      text,
    );
  });

  it('is refused if the charset has no such character, rather than replaced', () => {
    for (const charset of ['latin1', 'windows-1252', 'koi8-r']) {
      const message = { type: 'SET_CALL_DATA_REQ', CallVariable1: 'abc 日本' } as const;
      assert.throws(
        () => encode(message, 20, { charset }),
        (error) => {
          assert.ok(error instanceof EncodeError);
          assert.equal(error.field, 'CallVariable1');
          return true;
        },
      );
    }
  });

  it('is refused if it is the sign for what could not be read', () => {
    const message = { type: 'SET_CALL_DATA_REQ', CallVariable1: '\ufffd' } as const;
    assert.throws(() => encode(message, 20, { charset: 'shift_jis' }), EncodeError);
  });

  it('needs a charset that Node knows and that contains ASCII', () => {
    const message = { type: 'HEARTBEAT_REQ' } as const;
    assert.throws(() => encode(message, 20, { charset: 'klingon' }), RangeError);
    assert.throws(() => encode(message, 20, { charset: 'utf-16le' }), RangeError);
    assert.throws(() => encode(message, 20, { charset: 'iso-2022-jp' }), RangeError);
  });
});
