/**
 * Compares Wireshark's dissector with the codec, using Debian's tshark. Without tshark it is skipped; in CI that is an
 * error.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode, type MessageInit, messageName } from '../../src/ged188/index.js';
import { pcapngOf, type RecordedFrame, type Recording, readCaptureFile } from '../../src/recording/index.js';
import { guide } from '../ged188/guide-parser.js';
import { type SampleOptions, sampleOf } from '../ged188/samples.js';
import { oneCall, recordedCenter } from './recorded-center.js';

const SCRIPT = join(__dirname, '../../../wireshark/ged188.lua');

type Values = Record<string, (string | number)[]>;
type Json = { [key: string]: Json | Json[] | string | string[] };

describe('the dissector for Wireshark', function () {
  this.timeout(120_000);
  let folder: string;

  before(function () {
    if (spawnSync('tshark', ['--version']).error !== undefined) {
      const message = 'no tshark installed: the dissector is not tried';
      if (process.env.CI) throw new Error(message);
      console.log(`      ${message}`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'ctios-dissector-'));
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  function tshark(file: string, ...args: string[]): string {
    const { stdout, stderr, status } = spawnSync('tshark', ['-r', file, '-X', `lua_script:${SCRIPT}`, ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    assert.equal(status, 0, stderr);
    assert.ok(!/Lua.*[Ee]rror/.test(stderr), stderr);
    return stdout;
  }

  /** The fields that the dissector shows for each message, in order. */
  function dissected(recording: Recording, ...args: string[]): Values[] {
    const file = join(folder, 'capture.pcapng');
    writeFileSync(file, pcapngOf(recording, 'test'));
    const text = tshark(file, '-T', 'json', '--no-duplicate-keys', '-J', 'ged188', '-Y', 'ged188', ...args);
    const packets = JSON.parse(text) as { _source: { layers: { ged188: Json } } }[];
    return packets.map(({ _source }) => {
      const values: Values = {};
      collect(_source.layers.ged188, values);
      return values;
    });
  }

  function checkEqual(recording: Recording): number {
    const frames = recording.sessions.flatMap(({ frames: own }) => own).sort((a, b) => a.at - b.at);
    const shown = dissected(recording);
    assert.equal(shown.length, frames.length);
    const versions = recording.sessions.map((session) => session.frames[0]!.bytes.readUInt32BE(12));
    for (const [index, values] of shown.entries()) {
      const { bytes } = frames[index]!;
      assert.deepEqual(values.MessageType, [bytes.readUInt32BE(4)]);
      const message = decode(bytes, versions[0]!);
      const { MessageLength, MessageType, version, unknown, stray, ...fields } = values;
      assert.deepEqual(fields, expected(message, fields), messageName(bytes.readUInt32BE(4)));
      assert.deepEqual(unknown ?? stray, undefined, 'there is nothing that the codec knows and the dissector does not');
    }
    return shown.length;
  }

  it('shows every field of every message of a contact center with the same value as the codec', async () => {
    for (const version of [13, 19, 24, 25]) {
      const { bed, recorder } = await recordedCenter({}, { agents: 3, protocolVersion: version });
      await oneCall(bed, '0301234567', { CallVariable1: 'gold', 'user.Tier': 'first', 'user.Orders[1]': '4711' });
      const { sessions } = readCaptureFile(pcapngOf(recorder.take(), 'test'));
      assert.ok(checkEqual({ redacted: false, sessions: [sessions[0]!] }) > 40);
    }
  });

  for (const version of [10, 13, 19, 20, 25])
    for (const options of [{}, { largest: true }, { packed: true }] as SampleOptions[])
      it(`shows each message in version ${version} with the same values as the codec (${JSON.stringify(options)})`, () => {
        const open = encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: version }, version);
        const samples = guide
          .filter(({ name }) => name !== 'OPEN_REQ')
          .map((message) => sampleOf(message, version, options).frame);
        const frames = [open, ...samples].map(
          (bytes, at): RecordedFrame => ({ at: at + 1, from: at === 0 ? 'client' : 'server', bytes }),
        );
        assert.equal(
          checkEqual({ redacted: false, sessions: [{ id: 1, side: 'A', openedAt: 0, dropped: 0, frames }] }),
          guide.length,
        );
      });

  it('reassembles messages that were split into segments, and shows names, unknown fields and unknown messages', () => {
    const messages: MessageInit[] = [
      { type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 24 },
      { type: 'AGENT_STATE_EVENT', AgentState: 3, unknown: [{ tag: 299, data: Buffer.from('x') }] },
      { type: 'UNKNOWN', number: 9_999, raw: Buffer.from('abc') },
    ];
    const bytes = Buffer.concat(messages.slice(1).map((message) => encode(message, 24)));
    const pieces = [bytes.subarray(0, 5), bytes.subarray(5, 60), bytes.subarray(60)];
    const frames: RecordedFrame[] = [
      { at: 1, from: 'client', bytes: encode(messages[0]!, 24) },
      ...pieces.map((piece, index): RecordedFrame => ({ at: 2 + index, from: 'server', bytes: piece, broken: true })),
    ];
    const file = join(folder, 'pieces.pcapng');
    writeFileSync(
      file,
      pcapngOf({ redacted: false, sessions: [{ id: 1, side: 'A', openedAt: 0, dropped: 0, frames }] }, 'test'),
    );
    const text = tshark(file, '-V', '-O', 'ged188');
    assert.match(text, /AgentState: AGENT_STATE_AVAILABLE \(3\)/);
    assert.match(text, /Unknown field: 78 \(tag 299\)/);
    assert.match(text, /message 9999/);
    const plain = tshark(file, '-o', 'gui.column.format:"Info","%i"');
    assert.match(plain, /AGENT_STATE_EVENT, message 9999/);
  });

  it('reads a capture of tshark: a recording that tshark has rewritten as pcap', async () => {
    const { bed, recorder } = await recordedCenter();
    await oneCall(bed);
    const recording = recorder.take();
    const [from, to] = [join(folder, 'from.pcapng'), join(folder, 'to.pcap')];
    writeFileSync(from, pcapngOf(recording, 'test'));
    tshark(from, '-F', 'nsecpcap', '-w', to);
    const { sessions } = readCaptureFile(require('node:fs').readFileSync(to));
    const bytesOf = ({ sessions: all }: Pick<Recording, 'sessions'>) =>
      all.map(({ frames }) => frames.map(({ bytes }) => bytes));
    assert.deepEqual(bytesOf({ sessions }), bytesOf(recording));
  });
});

/** The fields of a layer and of its subtrees, by the names of the tables. */
function collect(layer: Json, into: Values): void {
  for (const [key, value] of Object.entries(layer)) {
    if (key.startsWith('ged188.expert') || key.startsWith('_ws')) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === 'object') collect(each, into);
      else if (key.startsWith('ged188.')) {
        const name = key.slice('ged188.'.length).replace(/_\d+$/, '');
        add(into, name, asNumber(each));
      }
    }
  }
}

function asNumber(text: string): string | number {
  return /^-?(0x[\da-f]+|\d+)$/.test(text) ? Number(text) : text;
}

/** The values of a message in the codec, by the names that the dissector shows or should show. */
function expected(message: object, shown: Values): Values {
  const values: Values = {};
  flatten(message, values);
  // The codec returns the status of FAILURE_CONF under both names; the protocol has one of them.
  if ((message as { type: string }).type === 'FAILURE_CONF')
    delete values[shown.Status === undefined ? 'Status' : 'FailureCode'];
  // Numeric texts look like numbers in the dissector's output.
  return Object.fromEntries(
    Object.entries(values).map(([name, own]) => [
      name,
      own.map((value, index) =>
        typeof shown[name]?.[index] === 'number' && typeof value === 'string' ? asNumber(value) : value,
      ),
    ]),
  );
}

function flatten(message: object, into: Values): void {
  for (const [name, value] of Object.entries(message)) {
    if (name === 'type' || name === 'unknown' || name === 'raw' || value === undefined) continue;
    if (Buffer.isBuffer(value)) {
      if (value.length > 0) add(into, name, asNumber(value.toString('hex').match(/../g)!.join(':')));
    } else if (Array.isArray(value)) for (const element of value) flatten(element as object, into);
    else add(into, name, typeof value === 'boolean' ? Number(value) : (value as string | number));
  }
}

function add(into: Values, name: string, value: string | number): void {
  const values = into[name];
  if (values === undefined) into[name] = [value];
  else values.push(value);
}
