/** Permissions for the pack's routes, in a Node-RED with `adminAuth`, `httpAdminRoot` and `httpNodeRoot` set. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { GuardedNodeRed, PEOPLE, type Person } from '../../support/guarded.js';

const SESSION = {
  id: 's1',
  type: 'ctios-session',
  name: 'Lab',
  connect: 'simulator',
  agents: 5,
  traffic: 'off',
  recording: 'on',
};
const FLOW = [
  { id: 't1', type: 'tab', label: 'test' },
  SESSION,
  { id: 'n1', z: 't1', type: 'ctios-call-events', session: 's1', wires: [[]] },
];
const CALL = { command: 'placeCall', args: { from: '2065550101', to: '8001' } };

interface Route {
  readonly path: string;
  readonly method?: string;
  readonly body?: object;
  readonly needs: 'read' | 'write' | 'metrics';
  readonly status?: number;
}
/** All routes of the pack. */
const routes: readonly Route[] = [
  { path: 'ctios/sessions', needs: 'read' },
  { path: 'ctios/sessions/s1', needs: 'read' },
  { path: 'ctios/sessions/s1/agents', needs: 'read' },
  { path: 'ctios/sessions/s1/calls', needs: 'read' },
  { path: 'ctios/sessions/s1/skillgroups', needs: 'read' },
  { path: 'ctios/sessions/s1/choices', needs: 'read' },
  { path: 'ctios/sessions/s1/recording', needs: 'read' },
  { path: 'ctios/sessions/s1/support', needs: 'read' },
  { path: 'ctios/sessions/s1/recording', method: 'POST', body: {}, needs: 'write' },
  { path: 'ctios/commands', needs: 'read' },
  { path: 'ctios/metrics', needs: 'metrics' },
  { path: 'ctios/deliveries', needs: 'read' },
  { path: 'ctios/deliveries/1/send-again', method: 'POST', body: {}, needs: 'write', status: 404 },
  { path: 'ctios/deliveries/1/discard', method: 'POST', body: {}, needs: 'write', status: 404 },
  { path: 'ctios/sidebar/view?session=s1', needs: 'read' },
  { path: 'ctios/sidebar/watchers/w', method: 'PUT', needs: 'read', status: 204 },
  { path: 'ctios/sidebar/watchers/w', method: 'DELETE', needs: 'read', status: 204 },
  { path: 'ctios/sessions/s1/simulate', method: 'POST', body: CALL, needs: 'write' },
  { path: 'ctios/test', method: 'POST', body: { id: 's1', settings: SESSION }, needs: 'write' },
];
const mayDo: Readonly<Record<Route['needs'], readonly Person[]>> = {
  read: ['boss', 'viewer', 'reader', 'operator'],
  write: ['boss', 'operator'],
  metrics: ['boss', 'viewer', 'scraper'],
};

describe('a Node-RED with authentication', function () {
  this.timeout(60_000);
  let nodeRed: GuardedNodeRed;
  before(async () => {
    nodeRed = await GuardedNodeRed.start(FLOW);
  });
  after(() => nodeRed?.stop());

  for (const { path, method = 'GET', body, needs, status = 200 } of routes) {
    it(`responds to ${method} ${path} only for users with the permission to ${needs}`, async () => {
      const may = mayDo[needs];
      for (const who of [...(Object.keys(PEOPLE) as Person[]), undefined]) {
        const answer = await nodeRed.ask(who, path, method, body);
        const text = await answer.text();
        if (who !== undefined && may.includes(who)) assert.equal(answer.status, status, `${who}: ${text}`);
        else {
          assert.equal(answer.status, 401, who);
          assert.ok(['', 'Unauthorized'].includes(text), text);
        }
      }
    });
  }

  it('reads environment variables for a connection test only for users who may deploy', async () => {
    const other = { ...SESSION, connect: 'ctiserver', hostA: '127.0.0.1', portA: '1', peripheralId: '5000' };
    for (const body of [
      { id: 's1', settings: { ...other, clientId: '${HOME}' } },
      { id: 's1', settings: { ...other, clientId: '$(HOME)' } },
      { id: 'new', settings: { ...other, clientId: 'lab' }, credentials: { clientPassword: '${HOME}' } },
    ]) {
      assert.equal((await nodeRed.ask('operator', 'ctios/test', 'POST', body)).status, 401);
      const answer = await nodeRed.ask('boss', 'ctios/test', 'POST', body);
      assert.match(await answer.text(), /"ok":false/);
    }
    const plain = { id: 's1', settings: { ...other, clientId: 'lab' } };
    assert.equal((await nodeRed.ask('operator', 'ctios/test', 'POST', plain)).status, 200);
  });

  it('has no route of the pack outside the path of the editor', async () => {
    for (const { path, method = 'GET', body } of routes) {
      const outside = new URL(`/${path}`, nodeRed.url);
      const answer = await fetch(outside, {
        method,
        headers: { authorization: `Bearer ${nodeRed.token('boss')}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      assert.equal(answer.status, 404, path);
    }
  });

  it('sends users without permission for sessions only the notification that something has changed', async () => {
    // Users with permission for statuses receive everything that is published, even without permission for sessions.
    const socket = new WebSocket(`${nodeRed.url.replace(/^http/, 'ws')}comms`);
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
    socket.send(JSON.stringify({ auth: nodeRed.token('outsider') }));
    assert.equal((await nodeRed.ask('reader', 'ctios/sidebar/watchers/w', 'PUT')).status, 204);
    assert.equal((await nodeRed.ask('boss', 'ctios/sessions/s1/simulate', 'POST', CALL)).status, 200);
    await rung;
    for (const { topic, data } of heard.filter((each) => each.topic === 'ctios/sidebar')) {
      assert.deepEqual(Object.keys(data as object), ['ring'], topic);
    }
    assert.ok(!JSON.stringify(heard).includes('2065550101'));
    socket.terminate();
    assert.equal((await nodeRed.ask('reader', 'ctios/sidebar/watchers/w', 'DELETE')).status, 204);
  });
});
