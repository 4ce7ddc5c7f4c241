import assert from 'node:assert/strict';
import { type Duplex, PassThrough } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameBatches, frameMaker, textFrame } from '../../../src/server/northbound/transport/text-frames.js';

/** The messages that the receiver of the WebSocket library reads from bytes. */
async function read(bytes: Buffer, count: number): Promise<string[]> {
  const { Receiver } = WebSocket as unknown as { Receiver: new (options: object) => Duplex };
  const receiver = new Receiver({ isServer: false, maxPayload: 1 << 20 });
  const texts: string[] = [];
  const done = new Promise<void>((resolve, reject) => {
    receiver.on('error', reject);
    receiver.on('message', (data: Buffer, isBinary: boolean) => {
      assert.equal(isBinary, false);
      texts.push(String(data));
      if (texts.length === count) resolve();
    });
  });
  const source = new PassThrough();
  source.pipe(receiver);
  source.write(bytes);
  await done;
  return texts;
}

describe('a text frame', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 100_000]) {
    it(`of ${length} bytes is read unchanged`, async () => {
      const text = 'x'.repeat(length);
      assert.deepEqual(await read(textFrame(text), 1), [text]);
    });
  }

  it('has the shortest header for its length', () => {
    const headers = [1, 125, 126, 65_535, 65_536].map((length) => textFrame('x'.repeat(length)).length - length);
    assert.deepEqual(headers, [2, 2, 4, 4, 10]);
  });

  it('counts bytes, not characters', async () => {
    const text = 'Zoë 東京 '.repeat(20);
    assert.deepEqual(await read(textFrame(text), 1), [text]);
  });
});

describe('the frames of messages', () => {
  it('are encoded once per event, and do not reveal their recipients', () => {
    const frameOf = frameMaker();
    const event = { kind: 'event', event: 'OnCallEnd', args: { A: 1 }, to: { client: 'c1' } } as const;
    const frame = frameOf(event);
    assert.equal(frameOf(event), frame);
    assert.equal(frame.toString('utf8', 2), '{"kind":"event","event":"OnCallEnd","args":{"A":1}}');
    assert.notEqual(frameOf({ ...event }), frame);
  });

  it('of one turn are joined once for all clients that receive the same ones', async () => {
    const batches = new FrameBatches();
    const [one, other] = [textFrame('one'), textFrame('other')];
    assert.equal(batches.joined([one]), one);
    const both = batches.joined([one, other]);
    assert.equal(batches.joined([one, other]), both);
    assert.deepEqual(await read(both, 2), ['one', 'other']);
    assert.deepEqual(await read(batches.joined([other, one]), 2), ['other', 'one']);
    batches.forget();
    assert.notEqual(batches.joined([one, other]), both);
  });
});
