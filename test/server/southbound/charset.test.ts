import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { encode, type Message, type MessageOf } from '../../../src/ged188/index.js';
import { createLink } from '../../../src/server/southbound/link.js';
import { answerOf } from './answer-of.js';
import { ScriptedPair } from './scripted-cti-server.js';

/** Text of a site's call variable, and the bytes of its servers. */
const SITES: readonly [charset: string | undefined, text: string, hex: string][] = [
  [undefined, 'Café', '436166e9'],
  ['utf8', 'Łódź', 'c581c3b364c5ba'],
  ['windows-1252', 'Zahlung 5 €', '5a61686c756e6720352080'],
  ['windows-1251', 'Иванов', 'c8e2e0edeee2'],
  ['shift_jis', '山田', '8e529363'],
  ['iso-8859-15', '10 €', '313020a4'],
  ['gbk', '王伟', 'cdf5ceb0'],
];

function connected(charset: string | undefined) {
  const clock = new VirtualClock();
  const pair = new ScriptedPair(clock);
  const link = createLink({
    sides: { A: { host: 'a', port: 42027 } },
    dial: pair.dial,
    clock,
    random: { next: () => 0.5 },
    clientId: 'CTIOSServer',
    ...(charset === undefined ? {} : { charset }),
  });
  const messages: Message[] = [];
  link.listen({ up() {}, down() {}, message: (message) => messages.push(message) });
  link.start();
  clock.advance(1);
  return { clock, link, messages, server: pair.a.last };
}

describe('non-ASCII text on the link', () => {
  for (const [charset, text, hex] of SITES) {
    it(`is read and written in ${charset ?? 'latin1, the default'}`, async () => {
      const { clock, link, messages, server } = connected(charset);
      const bytes = Buffer.from(hex, 'hex');
      // The same number of ASCII letters is a placeholder that the bytes replace.
      const place = 'x'.repeat(bytes.length);
      const frame = encode(
        { type: 'CALL_DATA_UPDATE_EVENT', PeripheralID: 5000, CallVariable1: place } as never,
        server.version,
      );
      bytes.copy(frame, frame.indexOf(place));
      server.stream.write(frame);
      clock.advance(1);
      assert.equal((messages.at(-1) as MessageOf<'CALL_DATA_UPDATE_EVENT'>).CallVariable1, text);

      let sent = Buffer.alloc(0);
      server.stream.onData = (chunk) => {
        sent = Buffer.concat([sent, chunk]);
      };
      link.request({ type: 'SET_CALL_DATA_REQ', PeripheralID: 5000, CallVariable1: text } as never, 1000, () => {});
      clock.advance(1);
      assert.ok(sent.includes(bytes), sent.toString('hex'));
      void link.stop();
    });
  }

  it('is rejected with the field and the limit if its bytes do not fit, without losing half of a character', async () => {
    const { link } = connected('utf8');
    const request = { type: 'SET_CALL_DATA_REQ', PeripheralID: 5000, CallVariable1: 'ж'.repeat(21) };
    await assert.rejects(answerOf(link, request as never, 1000), /CallVariable1.*41/);
    void link.stop();
  });

  it('is rejected if the charset lacks a character', async () => {
    const { link } = connected('windows-1251');
    const request = { type: 'SET_CALL_DATA_REQ', PeripheralID: 5000, CallVariable1: '山' };
    await assert.rejects(answerOf(link, request as never, 1000), /CallVariable1.*windows-1251/);
    void link.stop();
  });
});
