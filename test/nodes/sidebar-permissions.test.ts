/** Who may see what of the sidebar, in a Node-RED with `adminAuth` and `httpAdminRoot` set. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { temporaryDirectory } from '../support/node-red-process.js';

const FLOW = [
  { id: 't1', type: 'tab', label: 'test' },
  { id: 's1', type: 'ctios-session', name: 'Lab', connect: 'simulator', agents: 5, traffic: 'off', mode: 'monitor' },
  { id: 'n1', z: 't1', type: 'ctios-call-events', session: 's1', wires: [[]] },
];
/** May do: everything; see sessions; see statuses, but no sessions. */
const USERS = ['boss=*', 'reader=ctios-session.read,status.read', 'outsider=status.read,flows.read'];

describe('the sidebar of a Node-RED that asks who you are', function () {
  this.timeout(60_000);
  let child: ChildProcess;
  let url: string;
  const tokens: Record<string, string> = {};

  before(async () => {
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(FLOW));
    const script = join(__dirname, '..', 'support', 'guarded-node-red.js');
    child = spawn(process.execPath, [script, userDir, ...USERS], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
    url = said.trim();
    for (const name of ['boss', 'reader', 'outsider']) {
      const answer = await fetch(`${url}auth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: 'node-red-editor',
          grant_type: 'password',
          scope: '',
          username: name,
          password: name,
        }),
      });
      tokens[name] = ((await answer.json()) as { access_token: string }).access_token;
    }
  });
  after(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });

  const ask = (who: string | undefined, path: string, method = 'GET', body?: object): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: {
        ...(who === undefined ? {} : { authorization: `Bearer ${tokens[who]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = { command: 'placeCall', args: { from: '2065550101', to: '8001' } };

  it('shows sessions to whoever may read them, and to nobody else', async () => {
    assert.equal((await ask('reader', 'ctios/sidebar/view')).status, 200);
    assert.equal((await ask('boss', 'ctios/sidebar/view')).status, 200);
    for (const who of ['outsider', undefined]) {
      assert.equal((await ask(who, 'ctios/sidebar/view')).status, 401, who);
      assert.equal((await ask(who, 'ctios/sidebar/watchers/w', 'PUT')).status, 401, who);
      assert.equal((await ask(who, 'ctios/sidebar/watchers/w', 'DELETE')).status, 401, who);
    }
  });

  it('places calls for whoever may write, and tells the others by the bell alone that something happened', async () => {
    // Whoever may see statuses is sent everything that is published: also to whom the sessions are not for.
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}comms`);
    await once(socket, 'open');
    const heard: { topic: string; data: unknown }[] = [];
    const rung = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const said = JSON.parse(String(data)) as unknown;
        if (!Array.isArray(said)) return;
        heard.push(...said);
        if (heard.some(({ topic }) => topic === 'ctios/sidebar')) resolve();
      });
    });
    socket.send(JSON.stringify({ auth: tokens.outsider }));
    assert.equal((await ask('reader', 'ctios/sidebar/watchers/w', 'PUT')).status, 204);
    assert.equal((await ask('reader', 'ctios/sessions/s1/simulate', 'POST', call)).status, 401);
    assert.equal((await ask('boss', 'ctios/sessions/s1/simulate', 'POST', call)).status, 200);
    await rung;
    for (const { topic, data } of heard.filter((each) => each.topic === 'ctios/sidebar')) {
      assert.deepEqual(Object.keys(data as object), ['ring'], topic);
    }
    assert.ok(!JSON.stringify(heard).includes('2065550101'));
    socket.terminate();
    assert.equal((await ask('reader', 'ctios/sidebar/watchers/w', 'DELETE')).status, 204);
  });
});
