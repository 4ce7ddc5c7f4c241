import assert from 'node:assert/strict';
import {
  DecodeReport,
  decode,
  encode,
  FrameReader,
  type Message,
  type MessageInit,
  messages,
} from '../../src/ged188/index.js';
import { guide } from './guide-parser.js';
import { sampleOf } from './samples.js';

/** Before and after each change of the wire: tag widths at 20, fields at 19 and 24, tags at 25; and the oldest. */
const VERSIONS = [10, 13, 15, 19, 20, 24, 25];

describe('GED-188: every message', () => {
  it('is known to the product if the guide has a layout for it, and no other', () => {
    const product = Object.values(messages).map(({ number, name }) => `${number} ${name}`);
    const expected = guide.map(({ number, name }) => `${number} ${name}`);
    assert.deepEqual(product.sort(), expected.sort());
  });

  for (const version of VERSIONS) {
    it(`becomes the bytes that the guide asks for in version ${version}`, () => {
      for (const message of guide) {
        const { init, frame } = sampleOf(message, version);
        const encoded = encode(init as MessageInit, version);
        assert.equal(encoded.toString('hex'), frame.toString('hex'), message.name);
      }
    });

    it(`is read from the bytes of version ${version}, every field, without a complaint about the layout`, () => {
      const odd = new Set<string>();
      const report = new DecodeReport(({ kind }) => odd.add(kind));
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version);
        assert.deepEqual(decode(frame, version, { report }), decoded, message.name);
      }
      odd.delete('outside-enumeration');
      assert.deepEqual([...odd], []);
    });

    it(`carries texts, bytes and numbers as large as they may be in version ${version}`, () => {
      for (const message of guide) {
        const { init, frame, decoded } = sampleOf(message, version, { largest: true });
        assert.equal(encode(init as MessageInit, version).toString('hex'), frame.toString('hex'), message.name);
        assert.deepEqual(decode(frame, version), decoded, message.name);
      }
    });

    it(`is read the same when its lists come packed in version ${version}`, () => {
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version, { packed: true });
        assert.deepEqual(decode(frame, version), decoded, message.name);
      }
    });

    it(`is read the same in every charset, when it is ASCII, in version ${version}`, () => {
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version);
        for (const charset of ['utf8', 'windows-1252', 'shift_jis']) {
          assert.deepEqual(decode(frame, version, { charset }), decoded, message.name);
        }
      }
    });
  }

  it('has one shape, whatever is in it', () => {
    for (const message of guide) {
      const full = decode(sampleOf(message, 24).frame, 24);
      const empty = decode(encode({ type: message.name } as MessageInit, 24), 24);
      assert.deepEqual(Object.keys(full), Object.keys(empty), message.name);
    }
  });

  it('is read whole from a stream that is split at any byte', () => {
    for (const message of guide) {
      const { frame, decoded } = sampleOf(message, 20);
      for (let at = 1; at < frame.length; at++) {
        const read: Buffer[] = [];
        const reader = new FrameReader({ onFrame: (whole) => read.push(whole) });
        reader.push(frame.subarray(0, at));
        assert.equal(read.length, 0);
        reader.push(frame.subarray(at));
        assert.equal(read.length, 1);
        if (!read[0]?.equals(frame)) assert.fail(`${message.name} split at ${at}`);
      }
      assert.deepEqual(decode(frame, 20), decoded);
    }
  });

  it('is read from one chunk that holds them all, and from a stream of single bytes', () => {
    const samples = guide.map((message) => sampleOf(message, 24));
    const stream = Buffer.concat(samples.map(({ frame }) => frame));
    const expected = samples.map(({ decoded }) => decoded);
    for (const size of [stream.length, 1, 7, 4096]) {
      const read: Message[] = [];
      const reader = new FrameReader({ onFrame: (frame) => read.push(decode(frame, 24)) });
      for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
      reader.end();
      assert.deepEqual(read, expected);
    }
  });
});
