/** The token in the address printed by `npm start`, tested with the command itself. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { endProcess } from '../../scripts/ha/child-process.js';
import { ROOT, temporaryDirectory } from '../support/node-red-process.js';

describe('the address of npm start', function () {
  this.timeout(60_000);
  let child: ChildProcess;
  let editor: URL;
  let userDir: string;
  let cookie: string;

  before(async () => {
    userDir = temporaryDirectory();
    child = spawn(process.execPath, [join(ROOT, 'dist', 'scripts', 'start.js'), '--port', '0', '--user-dir', userDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout!.setEncoding('utf8');
    while (!said.includes('Ctrl-C')) said += (await once(child.stdout!, 'data'))[0];
    editor = new URL(/Editor +(http\S+)/.exec(said)![1]!);
  });
  after(() => endProcess(child, 'SIGINT'));

  const at = (path: string) => new URL(path, editor.origin).href;
  const status = async (path: string, init: RequestInit = {}) =>
    (await fetch(at(path), { redirect: 'manual', ...init })).status;

  it('sets a cookie, and redirects to the plain address', async () => {
    const response = await fetch(editor, { redirect: 'manual' });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/');
    const set = response.headers.get('set-cookie') ?? '';
    assert.match(set, /^ctios-start-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    cookie = set.split(';')[0]!;
    assert.equal(await status('/', { headers: { cookie } }), 200);
    assert.equal(await status('/start', { headers: { cookie } }), 200);
    assert.equal(statSync(join(userDir, '.start-token')).mode & 0o777, 0o600);
  });

  it('is required for the editor, the start page and the admin API, and a wrong token is rejected', async () => {
    const json = { 'content-type': 'application/json' };
    const without: Record<string, string>[] = [{}, { cookie: `${cookie}x` }, { authorization: 'Bearer wrong' }];
    for (const headers of without) {
      for (const path of ['/', '/start', '/flows', '/settings', '/ctios/sessions', '/?token=wrong']) {
        assert.equal(await status(path, { headers }), 403, path);
      }
      assert.equal(await status('/flows', { method: 'POST', headers: { ...json, ...headers }, body: '[]' }), 403);
      assert.equal(await status('/start/run', { method: 'POST', headers: { ...json, ...headers }, body: '{}' }), 403);
    }
    const token = editor.searchParams.get('token')!;
    assert.equal(await status('/flows', { headers: { authorization: `Bearer ${token}` } }), 200);
  });

  it("is required for the editor's WebSocket", async () => {
    const outcome = (headers: Record<string, string>) =>
      new Promise<string>((end) => {
        const socket = new WebSocket(at('/comms').replace('http', 'ws'), { headers });
        socket.once('open', () => {
          socket.terminate();
          end('open');
        });
        socket.once('error', () => end('refused'));
      });
    assert.deepEqual([await outcome({}), await outcome({ cookie })], ['refused', 'open']);
  });

  it("is required for the editor's WebSocket in every form of its address", async () => {
    for (const target of ['/comms#x', '/comms?x', `${editor.origin}/comms`]) {
      const socket = connect(Number(editor.port), editor.hostname);
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: ${editor.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      assert.match(answer.toString(), /^HTTP\/1\.1 403 /, target);
    }
  });

  it('is not required for the pages and endpoints of flows', async () => {
    const { flows } = (await (
      await fetch(at('/flows'), { headers: { cookie, 'node-red-api-version': 'v2' } })
    ).json()) as { flows: { type: string; url?: string; method?: string }[] };
    const page = flows.find(({ type, method }) => type === 'http in' && method === 'get');
    assert.equal(await status(page!.url!.replace(/^\/?/, '/')), 200);
  });
});
