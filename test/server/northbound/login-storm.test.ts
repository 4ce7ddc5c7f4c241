import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  ClientSessions,
  listenForWebSockets,
  type NorthboundSettings,
  type WebSocketListener,
} from '../../../src/server/northbound/index.js';
import { FakeObjectServer } from './fake-object-server.js';
import type { StormReport } from './storm-clients.js';

const STORM = 5_000;
const CROWD = 1_000;

/** The maximum number of open files of a process, including sockets. */
function mostDescriptors(): number {
  if (process.platform === 'win32') return Number.POSITIVE_INFINITY;
  const said = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return said === 'unlimited' ? Number.POSITIVE_INFINITY : Number(said);
}

describe('a login storm over sockets', function () {
  this.timeout(120_000);
  const children: ChildProcess[] = [];
  let sessions: ClientSessions;
  let listener: WebSocketListener;

  async function listen(settings: Partial<NorthboundSettings> = {}): Promise<void> {
    sessions = new ClientSessions({ server: new FakeObjectServer(), settings });
    listener = await listenForWebSockets({ sessions, grants: { allowMonitorControl: false }, port: 0 });
  }

  function clients(count: number, manner: 'talking' | 'silent'): ChildProcess {
    const child = fork(join(__dirname, 'storm-clients.js'), [String(count), listener.url, manner]);
    children.push(child);
    return child;
  }

  const reportOf = async (child: ChildProcess): Promise<StormReport> =>
    (await once(child, 'message'))[0] as StormReport;

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    sessions.stop();
    await listener.close();
  });

  it(`succeeds for ${STORM} clients of one process that connect at once`, async function () {
    if (mostDescriptors() < STORM + 500) this.skip();
    await listen();
    assert.deepEqual(await reportOf(clients(STORM, 'talking')), { welcomed: STORM, closed: {} });
    assert.equal(sessions.sessions.size, STORM);
  });

  it('reads received data before it treats clients as silent, however long the process was busy', async () => {
    // Less time than a busy turn below takes.
    await listen({ helloMs: 1_000, maxGreeting: 1 });
    const child = clients(100, 'talking');
    while (sessions.sessions.size === 0) await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 2_000;
    while (performance.now() < until);
    assert.deepEqual(await reportOf(child), { welcomed: 100, closed: {} });
  });

  it(`accepts a client while ${CROWD} others are silent, and reports to these why they are closed`, async () => {
    await listen({ maxGreeting: CROWD / 2, helloMs: 5_000 });
    const silent = clients(CROWD, 'silent');
    await reportOf(silent);
    assert.deepEqual(await reportOf(clients(1, 'talking')), { welcomed: 1, closed: {} });
    // The silent clients are closed, and the one that has sent hello remains.
    while (sessions.sessions.size > 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = async (): Promise<Record<string, number>> => {
      silent.send('report');
      return (await reportOf(silent)).closed;
    };
    let told = await closed();
    while (Object.values(told).reduce((sum, count) => sum + count, 0) < CROWD) told = await closed();
    assert.deepEqual(told, { '1008 CTIOS_HELLO_EXPECTED closing CTIOS_HELLO_EXPECTED': CROWD });
  });
});
