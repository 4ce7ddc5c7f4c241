import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pcapngOf, redactRecording } from '../../src/recording/index.js';
import { oneCall, recordedCenter } from '../recording/recorded-center.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-decode.js');

function run(args: readonly string[], input?: string) {
  return spawnSync(process.execPath, [COMMAND, ...args], {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
}

describe('the command ctios-decode', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-decode-'));
    file = join(folder, 'call.pcapng');
    const { bed, recorder } = await recordedCenter();
    await oneCall(bed);
    writeFileSync(file, pcapngOf(recorder.take(), 'test'));
    writeFileSync(join(folder, 'redacted.pcapng'), pcapngOf(redactRecording(recorder.take()), 'test'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('prints the messages of a recording as text, with names for numbers', () => {
    const { stdout, stderr, status } = run([file]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Session 1, side A, A:1, protocol version 25, \d+ messages/m);
    assert.match(stdout, /^\S+Z server CALL_DELIVERED_EVENT$/m);
    assert.match(stdout, /^ {4}AgentState = 3 \(AGENT_STATE_AVAILABLE\)$/m);
    assert.match(stdout, /^ {4}ANI = "0301234567"$/m);
  });

  it('prints one line of JSON per message', () => {
    const { stdout } = run(['--json', '--message', 'call_delivered_event', '--session', '1', file]);
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; from: string; fields: { ANI?: string } });
    assert.ok(messages.length > 0);
    assert.ok(messages.every(({ type, from }) => type === 'CALL_DELIVERED_EVENT' && from === 'server'));
    assert.equal(messages[0]!.fields.ANI, '0301234567');
  });

  it('decodes a redacted recording without warnings', () => {
    const { stdout, stderr, status } = run([join(folder, 'redacted.pcapng')]);
    assert.equal(status, 0, stdout);
    assert.match(stderr, /pseudonyms/);
  });

  it('reads standard input, and reports warnings with its exit code', () => {
    const odd = run(['--odd', '--protocol', '24', '-'], '00000004 000003e7 00000001');
    assert.equal(odd.status, 1);
    assert.match(odd.stdout, /no such message/);
  });

  it('prints its help, and errors in its command line', () => {
    assert.match(run(['--help']).stdout, /^Usage: ctios-decode/);
    for (const args of [
      [],
      ['no-such-file'],
      ['--protocol', 'x', file],
      ['--message', 'NO_SUCH', file],
      [file, file],
      [__filename],
    ]) {
      const { status, stderr } = run(args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^ctios-decode: /);
    }
  });
});
