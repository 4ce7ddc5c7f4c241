import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { AgentSessions, type AgentSessionsOptions, type CilEvent } from '../../../src/cil/index.js';
import type { Args, Connector } from '../../../src/ctios/index.js';
import { defaultWorld } from '../../../src/simulator/index.js';
import { type Access, TestBed, type TestBedOptions } from '../../support/test-bed.js';

/** Two agents and their supervisor, at a switch that checks their passwords. */
const SECRET = { '1001': 'alex-secret', '1002': 'sam-secret', '90001': 'lead-secret' } as const;
type Who = keyof typeof SECRET;
const PHONE = { '1001': '2001', '1002': '2002', '90001': '95001' } as const;
const idOf = (agent: Who): string => `agent.5000.${agent}`;

function world() {
  const site = defaultWorld({ agents: 4 });
  const agents = site.agents.map((agent) => ({ ...agent, password: SECRET[agent.agentId as Who] ?? '' }));
  return { ...site, agents };
}

class Office {
  readonly told: CilEvent[] = [];
  readonly errors: unknown[] = [];

  private constructor(
    readonly bed: TestBed,
    readonly sessions: AgentSessions,
  ) {
    sessions.subscribe('AllInOne', (event) => this.told.push(event));
    sessions.onError((error) => this.errors.push(error));
  }

  static async open(
    options: Partial<AgentSessionsOptions> = {},
    { access = 'in process', ...site }: { access?: Access } & Partial<TestBedOptions> = {},
  ): Promise<Office> {
    const bed = await TestBed.open({ world: world(), access, ...site });
    return Office.on(bed, { ...bed.way(access), ...options });
  }

  static async on(bed: TestBed, options: Partial<AgentSessionsOptions>): Promise<Office> {
    const sessions = new AgentSessions({ ...bed.way('in process'), peripheralId: 5000, ...options });
    const office = new Office(bed, sessions);
    sessions.connect();
    await bed.run(100);
    return office;
  }

  logIn(agent: Who, more: Args = {}): Promise<unknown> {
    const args = { AgentID: agent, AgentInstrument: PHONE[agent], AgentPassword: SECRET[agent], ...more };
    return this.bed.until(this.sessions.logIn(args));
  }

  of(agent: Who) {
    const session = this.sessions.sessionOf({ agentId: agent });
    ok(session, `${agent} has a session`);
    return session;
  }

  ask(agent: Who, name: string, args: Args = {}, target?: string): Promise<unknown> {
    const options = { args, ...(target === undefined ? {} : { target }) };
    return this.bed.until(this.of(agent).request(name as 'SetAgentState', options));
  }

  /** Names and agents of the events since the last call. */
  names(...only: string[]): string[] {
    return this.told
      .splice(0)
      .filter(({ event }) => only.length === 0 || only.includes(event))
      .map(({ event, agentId = '-' }) => `${agentId} ${event}`);
  }

  async close(): Promise<void> {
    await this.bed.until(this.sessions.disconnect());
    await this.bed.close();
  }
}

describe('the sessions of many agents', () => {
  let office: Office;
  const open = async (...given: Parameters<typeof Office.open>): Promise<Office> => {
    office = await Office.open(...given);
    return office;
  };
  afterEach(() => office.close());

  it('can be used before there is an agent; a log-in opens a session', async () => {
    await open();
    equal(office.sessions.status.online, true);
    equal(office.sessions.status.mode, 'agent');
    deepEqual([...office.sessions.sessions.keys()], []);
    await office.logIn('1001');
    await office.logIn('1002');
    deepEqual([...office.sessions.sessions.keys()], [idOf('1001'), idOf('1002')]);
    equal(office.of('1001').currentAgent?.properties().AgentInstrument, '2001');
    equal(office.of('1002').currentAgent?.properties().AgentInstrument, '2002');
  });

  it('number the events of all sessions consecutively, and name the agent of each', async () => {
    await open();
    await office.logIn('1001');
    await office.logIn('1002');
    await office.bed.run(1_000);
    const sequences = office.told.map(({ sequence }) => sequence);
    deepEqual(
      sequences,
      sequences.map((_, index) => sequences[0]! + index),
    );
    equal(office.sessions.sequence, sequences.at(-1));
    office.told.length = 0;
    await office.ask('1002', 'SetAgentState', { AgentState: 'Available' });
    await office.bed.run(1_000);
    ok(office.told.length > 0);
    deepEqual(new Set(office.told.map(({ agentId }) => agentId)), new Set(['1002']));
  });

  it('keep the calls of two agents separate, and control each through its own session', async () => {
    await open();
    for (const agent of ['1001', '1002'] as const) await office.logIn(agent);
    await office.ask('1001', 'MakeCall', { DialedNumber: '2002' });
    await office.bed.run(1_000);
    const own = [...office.of('1001').calls.keys()].join();
    const other = [...office.of('1002').calls.keys()].join();
    ok(own.endsWith('.2001') && other.endsWith('.2002'), `${own} and ${other}`);
    equal(office.sessions.sessionOfCall(own), office.of('1001'));
    equal(office.sessions.sessionOfCall(other), office.of('1002'));
    deepEqual([...office.sessions.calls.keys()].sort(), [own, other].sort());
    // The server enforces this, whatever a program sends.
    await rejects(office.ask('1001', 'Answer', {}, other), { code: 'CTIOS_NOT_ALLOWED' });
    await office.ask('1002', 'Answer', {}, other);
    await office.bed.run(1_000);
    const statusOf = (agent: Who, call: string) => office.of(agent).calls.get(call)!.properties().CallStatus;
    deepEqual([statusOf('1001', own), statusOf('1002', other)], [3, 3]);
  });

  it('reject a wrong password, and keep nothing of the attempt', async () => {
    await open();
    await rejects(office.logIn('1001', { AgentPassword: 'guess' }), {
      code: 'CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED',
    });
    equal(office.sessions.sessions.size, 0);
    await office.logIn('1001');
  });

  it('have one owner for each agent: a second log-in requires the password, and continues the same session', async () => {
    await open();
    await office.logIn('1001');
    const first = office.of('1001');
    await rejects(office.logIn('1001', { AgentPassword: 'guess' }), {
      code: 'CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED',
    });
    equal(office.of('1001'), first);
    await office.logIn('1001');
    equal(office.of('1001'), first);
    // Two simultaneous log-ins are processed in sequence.
    await office.bed.until(Promise.all([office.sessions.logIn(argsOf('1002')), office.sessions.logIn(argsOf('1002'))]));
    equal(office.sessions.sessions.size, 2);
  });

  it('take over an agent who is logged in elsewhere only with the password, and at the same phone', async () => {
    await open();
    office.bed.simulator.run('loginAgent', { agent: '1001' });
    office.bed.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
    await rejects(office.logIn('1001', { AgentPassword: 'guess' }), {
      code: 'CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED',
    });
    await rejects(office.logIn('1001', { AgentInstrument: '2003' }));
    equal(office.sessions.sessions.size, 0);
    await office.logIn('1001');
    await office.bed.run(1_000);
    equal(office.of('1001').currentAgent?.properties().AgentState, 3, 'the agent is still available');
  });

  it('are limited in number, and another one is accepted when one has ended', async () => {
    await open({ limit: 1 });
    await office.logIn('1001');
    await rejects(office.logIn('1002'), { code: 'CTIOS_TOO_MANY_AGENTS', message: /1 agents? ha/ });
    await office.bed.until(office.of('1001').disconnect());
    await office.logIn('1002');
  });

  it('end with the log-out, after all its events', async () => {
    await open();
    await office.logIn('1001');
    await office.bed.run(1_000);
    office.names();
    await office.ask('1001', 'Logout', { EventReasonCode: 1 });
    await office.bed.run(1_000);
    equal(office.sessions.sessions.size, 0);
    const told = office.names();
    ok(told.indexOf('1001 OnPostLogout') < told.indexOf('1001 OnConnectionClosed'), String(told));
    equal(told.at(-1), '1001 OnConnectionClosed');
    await office.logIn('1001');
    equal(office.sessions.sessions.size, 1);
  });

  it('end with a log-out by the supervisor, too, but not before the last call has ended', async () => {
    await open();
    await office.logIn('1001');
    await office.ask('1001', 'SetAgentState', { AgentState: 'Available' });
    office.bed.simulator.run('placeCall', { from: '2065550101', to: '8001' });
    await office.bed.run(1_000);
    const [call] = office.of('1001').calls.keys();
    ok(call);
    await office.ask('1001', 'Answer');
    await office.bed.run(1_000);
    office.bed.simulator.run('setAgentState', { agent: '1001', state: 'Logout', supervisor: '90001' });
    await office.bed.run(1_000);
    equal(office.sessions.sessions.size, 1);
    office.names();
    office.bed.hangUpAll();
    await office.bed.run(1_000);
    equal(office.sessions.sessions.size, 0);
    const told = office.names();
    ok(told.indexOf('1001 OnCallEnd') < told.indexOf('1001 OnConnectionClosed'), String(told));
  });

  it('are closed after an idle time, but not during a call', async () => {
    await open({ idleMs: 60_000 });
    await office.logIn('1001');
    await office.logIn('1002');
    await office.ask('1001', 'SetAgentState', { AgentState: 'Available' });
    office.bed.simulator.run('placeCall', { from: '2065550101', to: '8001' });
    await office.bed.run(1_000);
    await office.ask('1001', 'Answer');
    await office.bed.run(50_000);
    equal(office.sessions.sessions.size, 2);
    await office.ask('1002', 'QueryAgentState');
    await office.bed.run(50_000);
    equal(office.sessions.sessions.size, 2, 'a request is no idleness');
    await office.bed.run(60_000);
    deepEqual([...office.sessions.sessions.keys()], [idOf('1001')]);
    equal(office.bed.simulator.center.agent(5000, '1002')?.loggedIn, true, 'the agent stays logged in');
  });

  it("let only a supervisor act for the team, through the supervisor's own session", async () => {
    await open();
    for (const agent of ['1001', '1002', '90001'] as const) await office.logIn(agent);
    await office.ask('90001', 'RequestAgentTeamList');
    await office.bed.run(1_000);
    await office.ask('90001', 'SetAgentState', { AgentState: 'Available' }, idOf('1001'));
    await office.bed.run(1_000);
    equal(office.of('1001').currentAgent?.properties().AgentState, 3);
    await rejects(office.ask('1002', 'SetAgentState', { AgentState: 'NotReady' }, idOf('1001')), {
      code: 'CTIOS_NOT_ALLOWED',
    });
  });

  it('each recover from a lost link, and each report their gap once', async () => {
    await open();
    for (const agent of ['1001', '1002'] as const) await office.logIn(agent);
    await office.bed.run(1_000);
    office.names();
    office.bed.simulator.run('switchSides');
    await office.bed.run(20_000);
    deepEqual(office.names('OnConnectionGap').sort(), ['1001 OnConnectionGap', '1002 OnConnectionGap']);
    equal(office.sessions.status.online, true);
    await office.ask('1001', 'SetAgentState', { AgentState: 'Available' });
    deepEqual(office.errors, []);
  });

  it('each fail over to the other server when one is lost', async () => {
    await open({}, { access: 'remote' });
    for (const agent of ['1001', '1002'] as const) await office.logIn(agent);
    await office.bed.run(1_000);
    office.names();
    office.bed.network[0]!.cut();
    await office.bed.run(30_000);
    deepEqual(office.names('OnConnectionGap').sort(), ['1001 OnConnectionGap', '1002 OnConnectionGap']);
    equal(office.sessions.status.online, true);
    for (const agent of ['1001', '1002'] as const)
      await office.ask(agent, 'SetAgentState', { AgentState: 'Available' });
  });

  it('fail immediately without a link, or wait for it as long as allowed', async () => {
    await open();
    office.bed.refusing.add('A').add('B');
    for (const side of ['A', 'B'] as const) for (const stream of office.bed.streams[side]) stream.destroy();
    await office.bed.run(1_000);
    await rejects(
      office.logIn('1001'),
      (error: Error & { cause: { outcome: string } }) => error.cause.outcome === 'expired',
    );
    const waits = office.sessions.logIn(argsOf('1001'), { linkWaitMs: 60_000 });
    await office.bed.run(5_000);
    office.bed.refusing.clear();
    await office.bed.until(waits);
    equal(office.sessions.sessions.size, 1);
  });

  it('keep the connection without a mode alive, without visible effects', async () => {
    let connections = 0;
    const bed = await TestBed.open({ access: 'remote' });
    const [cable] = bed.network;
    const remote: Connector = {
      name: 'server-a',
      remote: true,
      connect: (opened, failed) => {
        connections++;
        return cable!.connect(opened, failed);
      },
    };
    office = await Office.on(bed, { connectors: [remote] });
    const seen: string[] = [];
    office.sessions.onStatus(({ state, online }) => seen.push(`${state} ${online}`));
    office.names();
    await office.bed.run(31 * 60_000);
    ok(
      seen.every((each) => each === 'ready true'),
      String(seen),
    );
    deepEqual(office.names(), []);
    equal(connections, 3);
  });

  it('find the session of a request by the agent or the call that it names', async () => {
    await open();
    for (const agent of ['1001', '1002'] as const) await office.logIn(agent);
    await office.bed.until(
      office.sessions.request('SetAgentState', { target: idOf('1001'), args: { AgentState: 'Available' } }),
    );
    await office.bed.run(1_000);
    equal(office.of('1001').currentAgent?.properties().AgentState, 3);
    office.bed.simulator.run('placeCall', { from: '2065550101', to: '8001' });
    await office.bed.run(1_000);
    const [call] = office.of('1001').calls.keys();
    await office.bed.until(office.sessions.request('Answer', { target: call! }));
    await rejects(office.sessions.request('RequestAgentTeamList'), { code: 'CTIOS_NO_OBJECT' });
    await rejects(office.sessions.request('Logout', { args: { AgentID: '1003' } }), { code: 'CTIOS_NO_AGENT_SESSION' });
    await rejects(office.sessions.setMessageFilter(), { code: 'E_CTIOS_MODE_CONFLICT' });
  });

  it('reveal no password in what they show', async () => {
    await open();
    await office.logIn('1001');
    await rejects(office.logIn('1002', { AgentPassword: 'guess-secret' }), (error: Error) => {
      ok(!JSON.stringify([error.message, (error as { cause?: unknown }).cause]).includes('secret'));
      return true;
    });
    const shown = JSON.stringify([
      office.told.map(({ args }) => args),
      [...office.sessions.agents.values()].map((agent) => agent.properties()),
      office.sessions.status,
      office.errors.map(String),
    ]);
    ok(!shown.includes('secret'));
  });
});

function argsOf(agent: Who): Args {
  return { AgentID: agent, AgentInstrument: PHONE[agent], AgentPassword: SECRET[agent] };
}
