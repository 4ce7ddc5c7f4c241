import assert from 'node:assert/strict';
import { encode, FrameError, FrameReader, StatusCode } from '../../src/ged188/index.js';

const heartbeat = (InvokeID: number) => encode({ type: 'HEARTBEAT_REQ', InvokeID }, 20);

const header = (length: number, number = 5) => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(number, 4);
  return bytes;
};

const reading = (maxFrameSize?: number) => {
  const frames: Buffer[] = [];
  const reader = new FrameReader({ onFrame: (frame) => frames.push(frame), ...(maxFrameSize && { maxFrameSize }) });
  return { frames, reader };
};

describe('GED-188 FrameReader', () => {
  it('reads a frame of the maximum size, and a message without a body', () => {
    const { frames, reader } = reading();
    reader.push(Buffer.concat([header(12492), Buffer.alloc(12492), header(0, 277)]));
    assert.deepEqual(
      frames.map((frame) => frame.length),
      [12500, 8],
    );
    reader.end();
  });

  it('reports the positions of the frames on request, including one that arrived in pieces', () => {
    const frames: string[] = [];
    const reader = new FrameReader({
      onFrameAt: (bytes, begin, end) => frames.push(bytes.toString('hex', begin, end)),
    });
    const sent = [heartbeat(1), heartbeat(2), heartbeat(3)];
    const all = Buffer.concat(sent);
    reader.push(all.subarray(0, 20));
    reader.push(all.subarray(20));
    assert.deepEqual(
      frames,
      sent.map((frame) => frame.toString('hex')),
    );
  });

  for (const [how, split] of [
    ['at once', 8],
    ['byte by byte', 1],
  ] as const) {
    it(`rejects a frame of more than 12,500 bytes when its header arrives ${how}`, () => {
      const { frames, reader } = reading();
      const bytes = header(12493);
      assert.throws(
        () => {
          for (let at = 0; at < bytes.length; at += split) reader.push(bytes.subarray(at, at + split));
        },
        (error) => {
          assert.ok(error instanceof FrameError);
          assert.equal(error.status, StatusCode.E_CTI_INVALID_MESSAGE_LENGTH);
          assert.match(error.message, /12501 bytes; the limit is 12500/);
          return true;
        },
      );
      assert.deepEqual(frames, []);
    });
  }

  it('rejects the maximum length without allocating memory', () => {
    const { reader } = reading();
    assert.throws(() => reader.push(header(0xffffffff)), FrameError);
  });

  it('delivers the frames before an invalid one, and none after it', () => {
    const { frames, reader } = reading();
    assert.throws(() => reader.push(Buffer.concat([heartbeat(1), header(99999), heartbeat(2)])), FrameError);
    reader.push(heartbeat(3));
    assert.deepEqual(frames, [heartbeat(1)]);
  });

  it('reports a stream that ends within a frame, or within a header', () => {
    for (const part of [heartbeat(1).subarray(0, 3), heartbeat(1).subarray(0, 10)]) {
      const { reader } = reading();
      reader.push(part);
      assert.throws(() => reader.end(), FrameError);
    }
  });

  it('delivers nothing more after it is stopped, even from the current chunk', () => {
    const frames: Buffer[] = [];
    const reader = new FrameReader({
      onFrame: (frame) => {
        frames.push(frame);
        reader.stop();
      },
    });
    reader.push(Buffer.concat([heartbeat(1), heartbeat(2)]));
    reader.push(heartbeat(3));
    reader.end();
    assert.deepEqual(frames, [heartbeat(1)]);
  });

  it('buffers no more than the current frame', () => {
    const { frames, reader } = reading();
    const chunk = Buffer.concat([heartbeat(1), heartbeat(2).subarray(0, 9)]);
    reader.push(chunk);
    chunk.fill(0xff, 12);
    reader.push(heartbeat(2).subarray(9));
    assert.deepEqual(frames[1], heartbeat(2));
  });

  it('supports another limit', () => {
    const { reader } = reading(100);
    assert.throws(() => reader.push(header(93)), FrameError);
  });
});
