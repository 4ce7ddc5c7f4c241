/**
 * The result of *Test connection* for servers that cannot be used: the cause, not its consequences. Uses real sockets.
 */
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { testSession } from '../../../nodes/shared/session/opening/test-session.js';
import type { SessionHost } from '../../../nodes/shared/session/session-host.js';
import { readSettings, type SessionDef, settingsKey } from '../../../nodes/shared/session/settings/settings.js';
import { FINDINGS, type FindingCode, finding, inDialog } from '../../../src/doctor/findings.js';
import { encode, FrameReader } from '../../../src/ged188/index.js';
import { Simulator } from '../../../src/simulator/index.js';

const HOST = '127.0.0.1';

/** Responds to OPEN_REQ with a FAILURE_CONF of this status. */
const refusing =
  (status: number) =>
  (socket: Socket): void => {
    const reader = new FrameReader({
      onFrame: (frame) =>
        void socket.write(
          encode({ type: 'FAILURE_CONF', InvokeID: frame.readUInt32BE(8), Status: status } as never, 13),
        ),
    });
    socket.on('data', (bytes) => reader.push(bytes));
  };

const SERVERS: readonly [what: string, serve: (socket: Socket) => void, code: string, says: RegExp][] = [
  ['refuses the password', refusing(36), 'E_CTI_INVALID_PASSWORD', /client ID.*password.*-test.*admits configured/s],
  ['is not the master', refusing(92), 'E_CTI_SERVER_NOT_MASTER', /is not the master.*other side/],
  ['never answers', () => {}, 'CTIOS_OPEN_TIMEOUT', /did not answer OPEN_REQ.*TLS/],
  [
    'hangs up at once',
    (socket) => socket.end(),
    'CTIOS_LINK_CLOSED',
    /closed the connection before.*whether it expects TLS/,
  ],
  [
    'is a web server',
    (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'E_CTI_INVALID_MESSAGE_LENGTH',
    /CTI Server message/,
  ],
];

describe('a test of a connection', function () {
  this.timeout(60_000);
  const open: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function serve(handle: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      handle(socket);
    });
    await new Promise<void>((listening) => server.listen(0, HOST, listening));
    open.push(
      () =>
        new Promise((closed) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => closed());
        }),
    );
    return (server.address() as { port: number }).port;
  }

  const test = (def: object) =>
    testSession(
      readSettings(
        { connect: 'ctiserver', clientId: 'crm', peripheralId: 5000, mode: 'monitor', ...def } as SessionDef,
        {},
      ),
      undefined,
    );

  for (const [what, handle, code, says] of SERVERS) {
    it(`names the cause if the server ${what}`, async () => {
      const result = await test({ hostA: HOST, portA: await serve(handle) });
      assert.equal(result.ok, false);
      assert.match(result.error!, says);
      assert.equal(result.code, code);
      assert.ok(result.error!.includes(`(${code})`));
      assert.doesNotMatch(result.error!, /driver/);
      assert.ok(
        result.checks!.some(({ severity, todo }) => severity === 'error' && todo !== undefined),
        'and whom to ask',
      );
    });
  }

  it('names the port on which nothing listens', async () => {
    const port = await serve(() => {});
    await open.pop()!();
    const result = await test({ hostA: HOST, portA: port });
    assert.deepEqual([result.ok, result.code], [false, 'CTIOS_CONNECT_FAILED']);
    assert.match(result.error!, new RegExp(`${port} refused the connection.*ECONNREFUSED`));
  });

  it('names the host that does not exist', async () => {
    const result = await test({ hostA: 'no-such-host.invalid', portA: 42027 });
    assert.deepEqual([result.ok, result.code], [false, 'CTIOS_CONNECT_FAILED']);
    assert.match(result.error!, /no-such-host\.invalid (was not found|could not be looked up)/);
  });

  it('also runs the checks of the doctor if the connection works', async () => {
    const center = new Simulator({ agents: 2, traffic: 'off' });
    const { portA } = await center.start();
    open.push(() => center.stop());
    const { ok, checks = [] } = await test({ hostA: HOST, portA });
    assert.equal(ok, true);
    assert.ok(checks.length > 10);
    assert.ok(checks.every(({ severity }) => severity === 'ok' || severity === 'note'));
    const agent = await test({ hostA: HOST, portA, mode: 'agent', agentId: '9999' });
    assert.equal(agent.checks?.find(({ code }) => code === 'agent-unknown')?.severity, 'error');
  });

  it('names no option of a command in what to do', () => {
    for (const code of Object.keys(FINDINGS) as FindingCode[])
      assert.doesNotMatch(inDialog(finding('A', code, '')).todo ?? '', /--/, code);
  });

  it('says that the running session has not been answered yet', async () => {
    const settings = readSettings({ connect: 'simulator' } as SessionDef, {});
    const running = { session: {}, key: settingsKey(settings), view: { phase: 'connecting' } };
    const { ok, error } = await testSession(settings, running as unknown as SessionHost);
    assert.equal(ok, false);
    assert.match(error!, /still connecting: the server has not answered yet/);
  });

  it('names the code of the reason why the running session is not ready', async () => {
    const settings = readSettings({ connect: 'simulator' } as SessionDef, {});
    const view = { phase: 'rejected', reason: 'the CTI Server refused the password', code: 'E_CTI_INVALID_PASSWORD' };
    const running = { session: {}, key: settingsKey(settings), view };
    const { error } = await testSession(settings, running as unknown as SessionHost);
    assert.equal(error, 'the CTI Server refused the password (E_CTI_INVALID_PASSWORD).');
  });
});
