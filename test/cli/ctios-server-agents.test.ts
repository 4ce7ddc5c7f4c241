import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import { makeHash } from '../../src/cli/ctios-server/agents/password-hash.js';
import { readConfig } from '../../src/cli/ctios-server/options/read-config.js';
import { type RunningServer, runServer } from '../../src/cli/ctios-server/run.js';
import { systemClock } from '../../src/common/clock.js';
import { createLink, createObjectServer } from '../../src/server/index.js';
import { Simulator } from '../../src/simulator/index.js';

const AGENT = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };

describe('the authentication of agents at a ctios-server', function () {
  this.timeout(60_000);
  let folder: string;
  let simulator: Simulator;
  let server: RunningServer;
  const logged: string[] = [];
  const sessions: Session[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ctios-server-'));
    simulator = new Simulator({ agents: 3, traffic: 'off', automatic: false });
    await simulator.start();
  });
  after(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    logged.length = 0;
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.disconnect();
    await server?.stop();
  });

  async function serve(...argv: string[]): Promise<void> {
    const { portA } = simulator.listening;
    const config = readConfig([
      '--cti-server',
      `127.0.0.1:${portA}`,
      '--listen',
      '0',
      '--health',
      '0',
      ...argv,
    ]).config();
    const log = (level: string, event: string, details = {}) =>
      void logged.push(JSON.stringify({ level, event, ...details }));
    let online = () => {};
    const isOnline = new Promise<void>((resolve) => {
      online = resolve;
    });
    server = await runServer(config, {}, log, {
      link: createLink,
      server: (options) => {
        const made = createObjectServer(options);
        made.subscribe(() => made.status().online && online());
        return made;
      },
      clock: systemClock,
    });
    await isOnline;
  }

  function connect(): Session {
    const session = new Session({ connectors: [webSocketConnector(server.listener.url)] });
    sessions.push(session);
    session.connect();
    return session;
  }

  const metrics = async () => (await fetch(`http://127.0.0.1:${server.health!.port}/metrics`)).text();
  const refused = (code: string) => (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.ok(!error.message.includes('swordfish'));
    return true;
  };

  async function passwords(...agents: [string, string][]): Promise<string> {
    const file = join(folder, 'agents');
    const lines = await Promise.all(agents.map(async ([agent, password]) => `${agent}:${await makeHash(password)}`));
    writeFileSync(file, lines.join('\n'));
    return file;
  }

  it('uses a password file for SetAgent, Login and SendIdentifyClientRequest alike', async () => {
    await serve('--agent-passwords', await passwords(['1001', 'swordfish']));
    const session = connect();
    const failures: string[] = [];
    session.subscribe('ISessionEvents', ({ event, args }) => {
      if (event === 'OnCTIOSFailure' && args.FailureCode === 4) failures.push(String(args.ErrorMessage));
    });
    await assert.rejects(
      session.setAgent({ ...AGENT, AgentPassword: 'wrong' }),
      refused('CTIOS_AUTHENTICATION_FAILED'),
    );
    assert.deepEqual(failures, ['SetAgent: agent ID or password is wrong (agent 1001).']);
    const identify = (args: Record<string, string>) => session.request('SendIdentifyClientRequest', { args });
    await assert.rejects(identify({ AgentID: '1001' }), refused('CTIOS_AUTHENTICATION_FAILED'));
    await identify({ AgentID: '1001', AgentPassword: 'swordfish' });
    const agent = await session.setAgent({ ...AGENT, AgentPassword: 'swordfish' });
    await assert.rejects(agent.login({ ...AGENT, AgentPassword: 'guess' }), refused('CTIOS_AUTHENTICATION_FAILED'));
    await agent.login(AGENT);
    await agent.logout({ EventReasonCode: 1 });
    const text = await metrics();
    assert.match(text, /^ctios_agent_proofs_total\{outcome="wrong password"\} 3$/m);
    assert.match(text, /^ctios_agent_proofs_total\{outcome="proven"\} 2$/m);
    assert.ok(logged.some((line) => line.includes('"agent proof"') && line.includes('"wrong password"')));
    assert.ok(!logged.join().includes('swordfish'));
  });

  it('locks an agent out after three wrong passwords, across any number of connections', async () => {
    await serve('--agent-passwords', await passwords(['1001', 'swordfish'], ['1002', 'marlin']));
    for (let n = 0; n < 3; n++) {
      await assert.rejects(
        connect().setAgent({ ...AGENT, AgentPassword: 'x' }),
        refused('CTIOS_AUTHENTICATION_FAILED'),
      );
    }
    await assert.rejects(connect().setAgent({ ...AGENT, AgentPassword: 'swordfish' }), refused('CTIOS_LOCKED_OUT'));
    await connect().setAgent({ AgentID: '1002', PeripheralID: 5000, AgentPassword: 'marlin' });
    assert.match(await metrics(), /^ctios_agent_proofs_total\{outcome="locked out"\} 1$/m);
  });

  it('accepts a password that was changed while the server is running', async () => {
    const file = await passwords(['1001', 'swordfish']);
    await serve('--agent-passwords', file);
    await passwords(['1001', 'marlin']);
    server.reload();
    await assert.rejects(
      connect().setAgent({ ...AGENT, AgentPassword: 'swordfish' }),
      refused('CTIOS_AUTHENTICATION_FAILED'),
    );
    await connect().setAgent({ ...AGENT, AgentPassword: 'marlin' });
    assert.ok(logged.some((line) => line.includes('"agents read"')));
  });

  it("uses the site's own check; if it is unavailable, agents are notified and can retry", async () => {
    let status = 200;
    const site: Server = createServer((request, response) => {
      request.resume();
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    try {
      await serve('--agent-check', `http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
      await connect().setAgent({ ...AGENT, AgentPassword: 'swordfish' });
      status = 500;
      const patient = connect();
      const told = new Promise<void>((resolve) => {
        patient.onStatus(({ code }) => code === 'CTIOS_AUTHENTICATION_UNAVAILABLE' && resolve());
      });
      const given = patient.setAgent({ ...AGENT, AgentPassword: 'swordfish' });
      await told;
      await Promise.all([assert.rejects(given, { code: 'CTIOS_DISCONNECTED' }), patient.disconnect()]);
      const line = logged.find((each) => each.includes('"not checked"'));
      assert.match(line ?? '', /"level":"error".*answered 500/);
      status = 401;
      await assert.rejects(
        connect().setAgent({ ...AGENT, AgentPassword: 'x' }),
        refused('CTIOS_AUTHENTICATION_FAILED'),
      );
    } finally {
      site.close();
      site.closeAllConnections();
    }
  });

  it('is off by default on loopback, which is logged', async () => {
    await serve();
    await connect().setAgent(AGENT);
    assert.ok(logged.some((line) => line.includes('"agents are unproven"') && line.includes('"warn"')));
  });
});
