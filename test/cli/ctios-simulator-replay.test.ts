import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { encode, FrameReader, messageName } from '../../src/ged188/index.js';
import { saveRecording } from '../../src/recording/index.js';
import { oneCall, recordedCenter } from '../recording/recorded-center.js';

const COMMAND = resolve(__dirname, '../../src/cli/ctios-simulator.js');

describe('ctios-simulator --replay', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let child: ChildProcess;
  let socket: Socket;
  let lines: AsyncIterator<string>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-replay-'));
    file = join(folder, 'call.pcapng');
    const { bed, recorder } = await recordedCenter({}, { agents: 2 });
    await oneCall(bed);
    writeFileSync(file, saveRecording(recorder).file);
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    socket.destroy();
    child.kill('SIGKILL');
  });

  /** Starts it, and opens a session on side A. @returns the kinds of the received messages */
  async function open(...args: string[]): Promise<string[]> {
    child = spawn(process.execPath, [COMMAND, '--replay', file, '--port', '0', ...args], { stdio: 'pipe' });
    const reader: Interface = createInterface({ input: child.stdout! });
    lines = reader[Symbol.asyncIterator]();
    const { listening } = JSON.parse((await lines.next()).value as string) as { listening: { port: number } };
    socket = connect(listening.port, '127.0.0.1');
    const kinds: string[] = [];
    const frames = new FrameReader({ onFrame: (frame) => kinds.push(messageName(frame.readUInt32BE(4)) ?? '?') });
    socket.on('data', (bytes) => {
      frames.push(bytes);
      socket.emit('message');
    });
    socket.write(encode({ type: 'OPEN_REQ', InvokeID: 1, VersionNumber: 25, ClientID: 'somebody' }, 25));
    return kinds;
  }

  async function comes(kinds: readonly string[], kind: string): Promise<void> {
    while (!kinds.includes(kind)) await once(socket, 'message');
  }

  it('plays a recording to any client, a thousand times faster', async () => {
    const kinds = await open('--speed', '1000');
    await comes(kinds, 'CALL_ESTABLISHED_EVENT');
    assert.equal(kinds[0], 'OPEN_CONF');
    assert.ok(kinds.includes('CALL_DELIVERED_EVENT'));
  });

  it('plays a message for each line of input', async () => {
    const kinds = await open('--speed', 'stepped');
    await comes(kinds, 'OPEN_CONF');
    assert.deepEqual(kinds, ['OPEN_CONF']);
    child.stdin!.write('\n');
    assert.deepEqual(JSON.parse((await lines.next()).value as string), { sent: 1 });
    child.stdin!.write('3\n');
    assert.deepEqual(JSON.parse((await lines.next()).value as string), { sent: 3 });
    while (kinds.length < 5) await once(socket, 'message');
    assert.equal(kinds.length, 5);
  });

  it('reports errors in its command line', async () => {
    await open('--speed', 'stepped');
    for (const args of [
      ['--speed', '2'],
      ['--replay', 'no-such-file'],
      ['--replay', file, '--agents', '3'],
      ['--replay', file, '--speed', 'x'],
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^ctios-simulator: --/);
    }
  });
});
