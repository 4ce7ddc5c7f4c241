import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registerAdminRoutes } from '../../nodes/admin/admin-routes.js';
import { opening } from '../../nodes/shared/session/session-factory.js';
import { helper, inNodeRed, load, sessionNode, settle, tab } from './runtime.js';

const reader = { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', wires: [] };

/** Asks the runtime's admin application. */
async function ask(path: string, body?: unknown): Promise<{ status: number; body: never; cache: string | null }> {
  const server = createServer((helper as unknown as { _httpAdmin: never })._httpAdmin);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      cache: answer.headers.get('cache-control'),
      body: (text === '' ? undefined : JSON.parse(text)) as never,
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the routes of the editor', () => {
  const openings = inNodeRed();

  it('each need a permission: to read, or to change something', () => {
    const asked: string[] = [];
    const routes: [string, string, string][] = [];
    const route =
      (method: string) =>
      (path: string, guard: unknown): void => {
        routes.push([method, path, (guard as { permission?: string })?.permission ?? 'none']);
      };
    registerAdminRoutes({
      httpAdmin: { get: route('GET'), post: route('POST') },
      auth: {
        needsPermission(permission: string) {
          asked.push(permission);
          return Object.assign(() => {}, { permission });
        },
      },
      events: { on: () => {} },
      comms: { publish: () => {} },
    } as never);
    assert.ok(routes.length >= 6);
    for (const [method, path, permission] of routes) {
      assert.match(path, /^\/ctios\//);
      assert.equal(permission, method === 'GET' ? 'ctios-session.read' : 'ctios-session.write', `${method} ${path}`);
    }
  });

  it('list the objects that have a text, the number of all of them, and no secret', async () => {
    await load([sessionNode, reader]);
    for (let n = 1001; n <= 1300; n++) {
      openings.session.addAgent(`agent.5000.${n}`, { AgentID: String(n), AgentPassword: 'planted', AgentState: 3 });
    }
    const all = await ask('/ctios/sessions/s1/agents');
    assert.equal(all.cache, 'no-store');
    const { total, rows } = all.body as { total: number; rows: { AgentID: string }[] };
    assert.equal(total, 300);
    assert.equal(rows.length, 200);
    assert.ok(!JSON.stringify(rows).includes('planted'));
    const some = (await ask('/ctios/sessions/s1/agents?text=1299')).body as { rows: { AgentID: string }[] };
    assert.deepEqual(
      some.rows.map(({ AgentID }) => AgentID),
      ['1299'],
    );
  });

  it('mask in the lists what the session says is to be masked', async () => {
    await load([{ ...sessionNode, masked: 'ANI' }, reader]);
    openings.session.addCall('call.5000.1.2001', { ANI: 'planted', DNIS: '8001' });
    const { rows } = (await ask('/ctios/sessions/s1/calls')).body as { rows: unknown[] };
    assert.deepEqual(rows, [{ UniqueObjectID: 'call.5000.1.2001', ANI: '***', DNIS: '8001' }]);
    assert.equal(((await ask('/ctios/sessions/s1/calls?text=planted')).body as { total: number }).total, 0);
  });

  it('list reasons with their texts: those of the site, those of the agents who logged in, and those in use', async () => {
    await load([sessionNode, reader]);
    openings.last.site = {
      notReadyReasonCodes: { Lunch: 2 },
      logoutReasonCodes: { 'End of shift': 101 },
      incomingWrapupStrings: ['Order'],
      dialedNumbers: { 8001: 'Sales' },
    };
    const { session } = openings;
    session.addAgent('agent.5000.1001', {
      AgentState: 2,
      EventReasonCode: 2,
      NotReadyReasonCodes: { Training: 4 },
      LogoutReasonCodes: {},
      IncomingWrapupStrings: { 1: 'Complaint', 2: 'Order' },
    });
    session.addAgent('agent.5000.1002', { AgentState: 1, EventReasonCode: 999 });
    session.addAgent('agent.5000.1003', { AgentState: 3, EventReasonCode: 7 });
    assert.deepEqual((await ask('/ctios/sessions/s1/choices')).body, {
      reasons: [
        { code: 2, state: 'NotReady', text: 'Lunch' },
        { code: 101, state: 'Logout', text: 'End of shift' },
        { code: 4, state: 'NotReady', text: 'Training' },
        { code: 999, state: 'Logout' },
      ],
      wrapups: ['Order', 'Complaint'],
      dialedNumbers: [{ number: '8001', name: 'Sales' }],
    });
  });

  it('leave out of the reasons what the session masks', async () => {
    await load([{ ...sessionNode, masked: 'EventReasonCode, IncomingWrapupStrings' }, reader]);
    openings.session.addAgent('agent.5000.1001', {
      AgentState: 2,
      EventReasonCode: 4711,
      IncomingWrapupStrings: { 1: 'planted' },
    });
    assert.deepEqual((await ask('/ctios/sessions/s1/choices')).body, { reasons: [], wrapups: [], dialedNumbers: [] });
  });

  it('tell how each session stands', async () => {
    await load([sessionNode, reader]);
    await settle();
    const [session] = (await ask('/ctios/sessions')).body as [Record<string, unknown>];
    assert.equal(session.id, 's1');
    assert.equal(session.phase, 'ready');
    assert.equal(session.side, 'A');
    assert.equal(session.users, 1);
  });

  it('answer for a session or a list that is not there in words', async () => {
    await load([sessionNode, reader]);
    for (const path of [
      '/ctios/sessions/gone',
      '/ctios/sessions/gone/agents',
      '/ctios/sessions/s1/secrets',
      '/ctios/sessions/s1/constructor',
      '/ctios/sessions/s1/__proto__',
    ]) {
      const { status, body } = await ask(path);
      assert.equal(status, 404, path);
      assert.ok((body as { error: string }).error.length > 10);
    }
  });

  it('run a command of the simulated contact center, or say why not', async () => {
    await load([sessionNode, reader]);
    assert.equal((await ask('/ctios/sessions/s1/simulate', { command: 'placeCall' })).status, 409);
    openings.last.simulator = { run: (command, args) => ({ command, args }) };
    const { body } = await ask('/ctios/sessions/s1/simulate', { command: 'placeCall', args: { to: '8001' } });
    assert.deepEqual(body, { result: { command: 'placeCall', args: { to: '8001' } } });
  });

  it('test settings with the passwords that are saved, and tell none of them', async () => {
    const real = opening.test;
    const seen: unknown[] = [];
    opening.test = async (settings) => {
      seen.push(settings.target);
      return { ok: true };
    };
    try {
      const cti = { ...sessionNode, connect: 'ctiserver', hostA: 'h', portA: 1, clientId: 'c', peripheralId: 5000 };
      await load([cti, reader], { s1: { clientPassword: 'planted' } });
      const { body } = await ask('/ctios/test', { id: 's1', settings: cti, credentials: {} });
      assert.deepEqual(body, { ok: true });
      assert.equal((seen[0] as { clientPassword: string }).clientPassword, 'planted');
      const wrong = await ask('/ctios/test', { id: 's1', settings: { ...cti, hostA: '' }, credentials: {} });
      assert.equal((wrong.body as { code: string }).code, 'CTIOS_BAD_SETTINGS');
      const mask = await ask('/ctios/test', { id: 's1', settings: { ...cti, masked: 'a*b' }, credentials: {} });
      assert.match((mask.body as { error: string }).error, /Masked keywords/);
      assert.ok(!JSON.stringify(wrong).includes('planted'));
    } finally {
      opening.test = real;
    }
  });

  it('send a saved password to the deployed target only, whatever of it was changed in the dialog', async () => {
    const real = opening.test;
    const seen: unknown[] = [];
    opening.test = async (settings) => {
      seen.push(settings.target);
      return { ok: true };
    };
    try {
      const cti = { ...sessionNode, connect: 'ctiserver', hostA: 'h', portA: 1, clientId: 'c', peripheralId: 5000 };
      await load([cti, reader], { s1: { clientPassword: 'planted' } });
      const changes: object[] = [{ hostA: 'evil' }, { portA: 2 }, { hostB: 'evil', portB: 1 }, { tls: 'other' }];
      for (const change of changes) {
        const { body } = await ask('/ctios/test', { id: 's1', settings: { ...cti, ...change }, credentials: {} });
        const { code, error } = body as { code: string; error: string };
        assert.equal(code, 'CTIOS_BAD_SETTINGS', JSON.stringify(change));
        assert.match(error, /enter Password again/);
      }
      assert.equal(seen.length, 0, 'nothing was sent');
      // What was typed goes where its owner wants.
      const typed = { id: 's1', settings: { ...cti, hostA: 'new' }, credentials: { clientPassword: 'typed' } };
      assert.deepEqual((await ask('/ctios/test', typed)).body, { ok: true });
      assert.equal((seen[0] as { clientPassword: string }).clientPassword, 'typed');
    } finally {
      opening.test = real;
    }
  });
});
