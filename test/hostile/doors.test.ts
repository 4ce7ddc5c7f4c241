/**
 * Attacks on the interfaces of a `ctios-server`: other agents' objects, simultaneous password attempts, silent sockets.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnyClient, ServerProcess } from './server-process.js';

type Try = readonly [request: string, args: object, target?: string];

/** Each names another agent, or another agent's phone or peripheral, in a different place. */
const OTHERS: readonly Try[] = [
  ['MakeCall', { DialedNumber: '2003', AgentInstrument: '2002' }, 'agent.5000.1001'],
  ['MakeCall', { DialedNumber: '2003' }, 'Agent.5000.1002'],
  ['MakeCall', { DialedNumber: '2003', AgentID: '1002' }],
  ['SetAgentState', { AgentState: 3, AgentID: '1002' }, 'agent.5000.1001'],
  ['SetAgentState', { AgentState: 3 }, 'agent.5000.1002'],
  ['Logout', { EventReasonCode: 1 }, 'AGENT.5000.1002'],
  ['Logout', { PeripheralID: 5001 }, 'agent.5000.1001'],
  ['MakeEmergencyCall', {}, 'agent.5000.1002'],
];

describe('attackers at the interfaces of a ctios-server', function () {
  this.timeout(60_000);
  let server: ServerProcess;
  let folder: string;
  const sockets: Socket[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-doors-'));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });
  after(() => rmSync(folder, { recursive: true }));

  it('cannot affect other agents, by any name', async () => {
    server = await ServerProcess.start();
    const client = await AnyClient.greeted(server.url);
    client.request(1, 'SetAgent', { AgentID: '1001', AgentInstrument: '2001', PeripheralID: 5000 });
    const mode = await client.until(({ kind }) => kind === 'done');
    assert.equal(mode.kind === 'done' && mode.outcome, 'confirmed');
    for (const [index, [request, args, target]] of OTHERS.entries()) {
      const id = index + 2;
      client.request(id, request, args, target);
      const done = await client.until((message) => message.kind === 'done' && message.id === id);
      assert.ok(done.kind === 'done' && done.outcome === 'failed', request);
      assert.equal(done.failure?.code, 'CTIOS_NOT_ALLOWED', `${request} ${JSON.stringify(args)} ${target}`);
    }
    client.end();
  });

  it('have three password attempts for monitor mode, however many they send at once', async () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'correct-horse-battery', { mode: 0o600 });
    server = await ServerProcess.start(['--monitor-password-file', file]);
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, n) => AnyClient.greeted(server.url, `guess ${n}`)),
    );
    for (const [n, client] of clients.entries())
      client.request(1, 'SetMessageFilter', { Filter: '', Password: `no ${n}` });
    const codes = await Promise.all(
      clients.map(async (client) => {
        const done = await client.until(({ kind }) => kind === 'done');
        return done.kind === 'done' ? done.failure?.code : undefined;
      }),
    );
    assert.equal(codes.filter((code) => code === 'CTIOS_WRONG_PASSWORD').length, 3);
    assert.equal(codes.filter((code) => code === 'CTIOS_LOCKED_OUT').length, 97);
    for (const client of clients) client.end();
  });

  it('cannot keep more silent sockets open than an address may have', async () => {
    const ALLOWED = 20;
    /** In addition, some are kept open until they have received the reason. */
    const REFUSED = 100;
    const SENT = 400;
    server = await ServerProcess.start(['--max-connections-per-address', String(ALLOWED)]);
    let closed = 0;
    await new Promise<void>((resolve) => {
      for (let n = 0; n < SENT; n++) {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => {});
        socket.once('close', () => {
          if (++closed === SENT - ALLOWED - REFUSED) resolve();
        });
      }
    });
    assert.ok(
      sockets.slice(0, ALLOWED).every((socket) => !socket.closed),
      'refused for their number, and not closed for their age',
    );
    assert.match(await server.metrics(), /ctios_/);
  });
});
