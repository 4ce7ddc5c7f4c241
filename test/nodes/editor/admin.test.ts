import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sinon from 'sinon';
import { registerAdminRoutes } from '../../../nodes/admin/admin-routes.js';
import { opening } from '../../../nodes/shared/session/opening/session-factory.js';
import { helper, inNodeRed, load, sessionNode, settle, tab } from '../runtime.js';

const reader = { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', wires: [] };

/** Sends a request to the runtime's admin application. */
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

describe('the admin routes', () => {
  const openings = inNodeRed();

  it('each require a permission to read or to write', () => {
    const [get, post] = [sinon.spy(), sinon.spy()];
    registerAdminRoutes({
      httpAdmin: { get, post },
      auth: { needsPermission: (permission: string) => ({ permission }) },
      events: { on: () => {} },
      comms: { publish: () => {} },
    } as never);
    assert.ok(get.callCount + post.callCount >= 6);
    const path = sinon.match(/^\/ctios\//);
    sinon.assert.alwaysCalledWith(get, path, { permission: 'ctios-session.read' });
    sinon.assert.alwaysCalledWith(post, path, { permission: 'ctios-session.write' });
  });

  it('list the objects that match a text, the total number of objects, and no secret', async () => {
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

  it('mask in lists what the session masks', async () => {
    await load([{ ...sessionNode, masked: 'ANI' }, reader]);
    openings.session.addCall('call.5000.1.2001', { ANI: 'planted', DNIS: '8001' });
    const { rows } = (await ask('/ctios/sessions/s1/calls')).body as { rows: unknown[] };
    assert.deepEqual(rows, [{ UniqueObjectID: 'call.5000.1.2001', ANI: '***', DNIS: '8001' }]);
    assert.equal(((await ask('/ctios/sessions/s1/calls?text=planted')).body as { total: number }).total, 0);
  });

  it('list reasons with their texts: those of the site, of the logged-in agents, and those in use', async () => {
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
      teams: [],
    });
  });

  it('omit from the reasons what the session masks', async () => {
    await load([{ ...sessionNode, masked: 'EventReasonCode, IncomingWrapupStrings' }, reader]);
    openings.session.addAgent('agent.5000.1001', {
      AgentState: 2,
      EventReasonCode: 4711,
      IncomingWrapupStrings: { 1: 'planted' },
    });
    assert.deepEqual((await ask('/ctios/sessions/s1/choices')).body, {
      reasons: [],
      wrapups: [],
      dialedNumbers: [],
      teams: [],
    });
  });

  it('report the state of each session', async () => {
    await load([sessionNode, reader]);
    await settle();
    const [session] = (await ask('/ctios/sessions')).body as [Record<string, unknown>];
    assert.equal(session.id, 's1');
    assert.equal(session.phase, 'ready');
    assert.equal(session.side, 'A');
    assert.equal(session.users, 1);
  });

  it('respond with a message if a session or a list does not exist', async () => {
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

  it('run a command of the simulated contact center, or report why not', async () => {
    await load([sessionNode, reader]);
    assert.equal((await ask('/ctios/sessions/s1/simulate', { command: 'placeCall' })).status, 409);
    openings.last.simulator = { run: (command, args) => ({ command, args }) };
    const { body } = await ask('/ctios/sessions/s1/simulate', { command: 'placeCall', args: { to: '8001' } });
    assert.deepEqual(body, { result: { command: 'placeCall', args: { to: '8001' } } });
  });

  it('test settings with the saved passwords, and reveal none of them', async () => {
    const test = sinon.stub(opening, 'test').resolves({ ok: true });
    try {
      const cti = { ...sessionNode, connect: 'ctiserver', hostA: 'h', portA: 1, clientId: 'c', peripheralId: 5000 };
      await load([cti, reader], { s1: { clientPassword: 'planted' } });
      const { body } = await ask('/ctios/test', { id: 's1', settings: cti, credentials: {} });
      assert.deepEqual(body, { ok: true });
      sinon.assert.calledOnceWithMatch(test, { target: { clientPassword: 'planted' } });
      const wrong = await ask('/ctios/test', { id: 's1', settings: { ...cti, hostA: '' }, credentials: {} });
      assert.equal((wrong.body as { code: string }).code, 'CTIOS_BAD_SETTINGS');
      const mask = await ask('/ctios/test', { id: 's1', settings: { ...cti, masked: 'a*b' }, credentials: {} });
      assert.match((mask.body as { error: string }).error, /Masked keywords/);
      assert.ok(!JSON.stringify(wrong).includes('planted'));
    } finally {
      test.restore();
    }
  });

  it('send a saved password only to the deployed target, whatever was changed in the dialog', async () => {
    const test = sinon.stub(opening, 'test').resolves({ ok: true });
    try {
      const cti = { ...sessionNode, connect: 'ctiserver', hostA: 'h', portA: 1, clientId: 'c', peripheralId: 5000 };
      await load([cti, reader], { s1: { clientPassword: 'planted' } });
      const changes: Array<[object, RegExp]> = [
        [{ hostA: 'evil' }, /and Side A has changed/],
        [{ portA: 2 }, /and Port of side A has changed/],
        [{ hostB: 'evil', portB: 1 }, /and Side B, Port of side B has changed/],
        [{ tls: 'other' }, /and TLS has changed/],
      ];
      for (const [change, named] of changes) {
        const { body } = await ask('/ctios/test', { id: 's1', settings: { ...cti, ...change }, credentials: {} });
        const { code, error } = body as { code: string; error: string };
        assert.equal(code, 'CTIOS_BAD_SETTINGS', JSON.stringify(change));
        assert.match(error, /enter Password again/);
        assert.match(error, named);
      }
      sinon.assert.notCalled(test);
      // A password that was typed is sent to the target in the dialog.
      const typed = { id: 's1', settings: { ...cti, hostA: 'new' }, credentials: { clientPassword: 'typed' } };
      assert.deepEqual((await ask('/ctios/test', typed)).body, { ok: true });
      sinon.assert.calledOnceWithMatch(test, { target: { clientPassword: 'typed' } });
    } finally {
      test.restore();
    }
  });
});
