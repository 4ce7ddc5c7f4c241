import assert from 'node:assert/strict';
import { charsetOf } from '../../src/ged188/codec/charset.js';
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

describe('GED-188 non-ASCII text', () => {
  for (const [charset, text] of Object.entries(TEXTS)) {
    it(`is preserved in ${charset}`, () => {
      const { message } = roundTrip(text, charset);
      assert.equal(message.CallVariable1, text);
      assert.equal(message.ANI, '5551234');
      assert.deepEqual(message.NamedVariables, [{ VariableName: 'user.Name', VariableValue: text }]);
    });
  }

  it('supports code pages by the names used by Windows and databases', () => {
    for (const [name, text] of [
      ['cp932', '①髙橋'],
      ['cp936', '中文测试'],
      ['cp949', '한국어'],
      ['cp950', '繁體中文'],
      ['win1251', 'Привет'],
      ['WIN-1250', 'Łódź'],
      ['latin9', '20 €'],
      ['cp65001', 'Müller 東京'],
      ['utf_8', 'Müller 東京'],
      ['Windows1252', '20 €'],
      ['Cp1250', 'Łódź'],
      ['ISO8859_15', '20 €'],
      ['latin-2', 'Łódź'],
      ['MS932', '①髙橋'],
      ['EUC_JP', '日本語'],
      ['EUC_KR', '한국어'],
      ['ms949', '한국어'],
      ['UHC', '한국어'],
      ['KOI8R', 'Привет'],
      ['TIS620', 'สวัสดี'],
      ['macroman', 'Müller'],
      ['cp00858', '20 €'],
    ] as const)
      assert.equal(roundTrip(text, name).message.CallVariable1, text, name);
    for (const unknown of ['cp9999', 'cp037', 'IBM273', 'base64', 'hex', 'utf-7', 'johab', 'ansi', 'cp1200', 'latin99'])
      assert.throws(() => roundTrip('x', unknown), RangeError, unknown);
  });

  for (const [name, text, bytes] of [
    ['cp437', 'Müller ½ £', [0x4d, 0x81, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0xab, 0x20, 0x9c]],
    ['cp850', 'Ça va, José', [0x80, 0x61, 0x20, 0x76, 0x61, 0x2c, 0x20, 0x4a, 0x6f, 0x73, 0x82]],
    ['IBM850', 'ø', [0x9b]],
    ['cp852', 'Łódź', [0x9d, 0xa2, 0x64, 0xab]],
    ['cp858', '20 €', [0x32, 0x30, 0x20, 0xd5]],
    ['cp866', 'Да', [0x84, 0xa0]],
    ['437', 'é', [0x82]],
  ] as const)
    it(`supports the DOS code page ${name}`, () => {
      const { frame, message } = roundTrip(text, name);
      assert.equal(message.CallVariable1, text);
      assert.ok(frame.includes(Buffer.from(bytes)), frame.toString('hex'));
      const unable = { type: 'SET_CALL_DATA_REQ', CallVariable1: 'abc 日本' } as const;
      assert.throws(() => encode(unable, 20, { charset: name }), EncodeError);
    });

  it('includes the characters that other implementations of a charset lack', () => {
    for (const [charset, text] of [
      // Korean syllables of Unified Hangul Code, and Chinese names of four bytes.
      ['euc-kr', '설믜 똠방각하'],
      ['cp949', '펲시'],
      ['gb18030', '㐀𠀀䶮'],
      ['cp932', '髙﨑 ㈱ ～'],
    ] as const)
      assert.equal(roundTrip(text, charset).message.CallVariable1, text, charset);
  });

  it('is encoded whichever of two equal characters was typed', () => {
    assert.equal(roundTrip('10〜12 −5 ¢', 'cp932').message.CallVariable1, '10～12 －5 ￠');
    for (const charset of ['latin1', 'windows-1252', 'iso-8859-15'])
      assert.equal(roundTrip('Andre\u0301 Mu\u0308ller', charset).message.CallVariable1, 'André Müller', charset);
  });

  it('has Vietnamese letters with two marks, which are two bytes in windows-1258', () => {
    const name = 'Nguyễn Việt Đức, Trần Lữ Ỷ';
    for (const text of [name, name.normalize('NFD')]) {
      const { frame, message } = roundTrip(text, 'cp1258');
      assert.equal(message.CallVariable1, name);
      assert.ok(frame.includes(Buffer.from('Vi\xea\xf2t \xd0\xfd\xecc', 'latin1')), frame.toString('latin1'));
    }
    assert.throws(() => roundTrip('Ǜ', 'windows-1252'), EncodeError);
  });

  it('has no half characters if the switch has cut a value', () => {
    for (const [charset, whole, text] of [
      ['utf8', '日本語', '日本'],
      ['utf8', 'Ana 😀', 'Ana '],
      ['utf8', 'José', 'Jos'],
      ['cp932', '日本語', '日本'],
      ['gbk', '中文', '中'],
      ['big5', '繁體', '繁'],
      ['euc-kr', '김철수', '김철'],
      ['cp949', '똠방', '똠'],
    ] as const) {
      const bytes = charsetOf(charset).encode(whole)!;
      for (let pass = 0; pass < 2; pass++)
        assert.equal(charsetOf(charset).decode(Buffer.from(bytes), 0, bytes.length - 1), text, charset);
      assert.equal(charsetOf(charset).decode(Buffer.from(bytes), 0, bytes.length), whole, charset);
    }
    // Not UTF-8: the charset is not the one of the site.
    assert.equal(charsetOf('utf8').decode(Buffer.from('Mü', 'latin1'), 0, 2), 'M\ufffd');
  });

  it('is encoded in the charset', () => {
    const { frame: utf8 } = roundTrip('é', 'utf8');
    assert.ok(utf8.includes(Buffer.from([13, 0, 3, 0xc3, 0xa9, 0])));
    const { frame: latin1 } = roundTrip('é', 'latin1');
    assert.ok(latin1.includes(Buffer.from([13, 0, 2, 0xe9, 0])));
    const { frame: windows } = roundTrip('€', 'windows-1252');
    assert.ok(windows.includes(Buffer.from([13, 0, 2, 0x80, 0])));
  });

  it('keeps every byte if no charset is set', () => {
    const text = String.fromCharCode(...Array.from({ length: 40 }, (_, index) => 0xd8 + index).filter((c) => c < 256));
    assert.equal(
      (decode(encode({ type: 'SET_CALL_DATA_REQ', CallVariable1: text }, 20), 20) as MessageOf<'SET_CALL_DATA_REQ'>)
        .CallVariable1,
      text,
    );
  });

  it('is rejected, not replaced, if the charset lacks a character', () => {
    for (const [charset, text] of [
      ['latin1', 'abc 日本'],
      ['windows-1252', 'abc 日本'],
      ['koi8-r', 'abc 日本'],
      ['utf8', 'abc \ud83d'],
      ['gb18030', 'abc \udc00'],
    ] as const) {
      const message = { type: 'SET_CALL_DATA_REQ', CallVariable1: text } as const;
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

  it('is rejected if it is the replacement character', () => {
    const message = { type: 'SET_CALL_DATA_REQ', CallVariable1: '\ufffd' } as const;
    assert.throws(() => encode(message, 20, { charset: 'shift_jis' }), EncodeError);
  });

  it('requires a charset that Node.js supports and that contains ASCII', () => {
    const message = { type: 'HEARTBEAT_REQ' } as const;
    assert.throws(() => encode(message, 20, { charset: 'klingon' }), {
      name: 'RangeError',
      message: /^"klingon" is not supported\. Use latin1, utf8, .*cp850$/,
    });
    assert.throws(() => encode(message, 20, { charset: 'utf-16le' }), RangeError);
    assert.throws(() => encode(message, 20, { charset: 'iso-2022-jp' }), RangeError);
  });
});
