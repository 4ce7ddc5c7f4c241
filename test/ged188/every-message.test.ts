import assert from 'node:assert/strict';
import {
  DecodeReport,
  decode,
  decodeAt,
  encode,
  FrameReader,
  type Message,
  type MessageInit,
  messages,
} from '../../src/ged188/index.js';
import { guide } from './guide-parser.js';
import { sampleOf } from './samples.js';

/**
 * Versions before and after each change of the encoding: tag widths at 20, fields at 19 and 24, tags at 25; and the
 * oldest.
 */
const VERSIONS = [10, 13, 15, 19, 20, 24, 25];

describe('GED-188: every message', () => {
  it('is supported by the product exactly if the guide has a layout for it', () => {
    const product = Object.values(messages).map(({ number, name }) => `${number} ${name}`);
    const expected = guide.map(({ number, name }) => `${number} ${name}`);
    assert.deepEqual(product.sort(), expected.sort());
  });

  for (const version of VERSIONS) {
    it(`is encoded as the bytes required by the guide in version ${version}`, () => {
      for (const message of guide) {
        const { init, frame } = sampleOf(message, version);
        const encoded = encode(init as MessageInit, version);
        assert.equal(encoded.toString('hex'), frame.toString('hex'), message.name);
      }
    });

    it(`is decoded from the bytes of version ${version}, with every field and without layout warnings`, () => {
      const odd = new Set<string>();
      const report = new DecodeReport(({ kind }) => odd.add(kind));
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version);
        assert.deepEqual(decode(frame, version, { report }), decoded, message.name);
      }
      odd.delete('outside-enumeration');
      assert.deepEqual([...odd], []);
    });

    it(`is decoded from a larger buffer in version ${version}, complete, truncated, and in another charset`, () => {
      for (const message of guide) {
        const { frame } = sampleOf(message, version);
        const cut = Buffer.from(frame.subarray(0, 8 + Math.floor((frame.length - 8) / 2)));
        cut.writeUInt32BE(cut.length - 8);
        for (const each of [frame, cut]) {
          const chunk = Buffer.concat([Buffer.alloc(13, 0xee), each, Buffer.alloc(7, 0xee)]);
          for (const charset of ['latin1', 'utf8']) {
            const among = decodeAt(chunk, 13, 13 + each.length, version, { charset });
            assert.deepEqual(among, decode(each, version, { charset }), message.name);
          }
        }
      }
    });

    it(`supports texts, bytes and numbers of maximum size in version ${version}`, () => {
      for (const message of guide) {
        const { init, frame, decoded } = sampleOf(message, version, { largest: true });
        assert.equal(encode(init as MessageInit, version).toString('hex'), frame.toString('hex'), message.name);
        assert.deepEqual(decode(frame, version), decoded, message.name);
      }
    });

    it(`is decoded identically with packed lists in version ${version}`, () => {
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version, { packed: true });
        assert.deepEqual(decode(frame, version), decoded, message.name);
      }
    });

    it(`is decoded identically in every charset if it is ASCII, in version ${version}`, () => {
      for (const message of guide) {
        const { frame, decoded } = sampleOf(message, version);
        for (const charset of ['utf8', 'windows-1252', 'shift_jis']) {
          assert.deepEqual(decode(frame, version, { charset }), decoded, message.name);
        }
      }
    });
  }

  it('has one shape, whatever its content', () => {
    for (const message of guide) {
      const full = decode(sampleOf(message, 24).frame, 24);
      const empty = decode(encode({ type: message.name } as MessageInit, 24), 24);
      assert.deepEqual(Object.keys(full), Object.keys(empty), message.name);
    }
  });

  it('is read completely from a stream that is split at any byte', () => {
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

  it('is read from one chunk with all messages, and from a stream of single bytes', () => {
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
