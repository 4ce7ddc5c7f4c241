import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import { defaultWorld, Simulator } from '../../../src/simulator/index.js';
import { deploy, helper, load, node, received, sessionNode, settle, statusOf, tab } from '../runtime.js';

/** A session config for many agents, with a contact center on a real socket that checks their passwords. */

const SECRET = 'planted-agent-secret';
const sink = (id: string) => ({ id, z: tab.id, type: 'helper', wires: [] });
const at = (id: string, type: string, extra: object = {}) => [
  { id, z: tab.id, type, session: 's1', wires: [[`h-${id}`]], ...extra },
  sink(`h-${id}`),
];
const catcher = [{ id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] }, sink('hc')];

type Told = NodeMessage & {
  topic: string;
  payload: Record<string, unknown>;
  call?: Record<string, unknown>;
  ctios: { agentId?: string; event?: string; sequence: number };
};
type Failure = NodeMessage & { error: { code: string; message: string } };

describe('a session for many agents', function () {
  this.timeout(60_000);
  let center: Simulator;
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(async () => {
    await helper.unload();
    await center.stop();
  });

  async function open(extra: object = {}): Promise<object> {
    const world = defaultWorld({ agents: 4 });
    center = new Simulator({
      world: { ...world, agents: world.agents.map((agent) => ({ ...agent, password: SECRET })) },
      traffic: 'off',
      automatic: false,
    });
    const { host, portA } = await center.start();
    return {
      ...sessionNode,
      connect: 'ctiserver',
      hostA: host,
      portA,
      clientId: 'nodes',
      peripheralId: 5000,
      mode: 'agents',
      ...extra,
    };
  }

  const NODES = [
    at('all', 'ctios-events', { interface: 'AllInOne', events: [] }),
    at('buttons', 'ctios-events', { interface: 'IButtonEnablementEvents', events: [] }),
    at('agent', 'ctios-agent', { request: 'Login' }),
    at('state', 'ctios-agent', { request: 'SetAgentState', complete: 'OnAgentStateChange' }),
    at('logout', 'ctios-agent', { request: 'Logout', complete: 'OnAgentStateChange' }),
    at('any', 'ctios-request'),
    at('answer', 'ctios-call', { request: 'Answer', complete: 'OnCallEstablished' }),
    at('hangup', 'ctios-call', { request: 'ClearConnection' }),
    at('calls', 'ctios-query', { query: 'calls', filter: [] }),
    at('status', 'ctios-query', { query: 'status' }),
    catcher,
  ].flat();

  async function shows(id: string, status: string): Promise<void> {
    while (statusOf(id) !== status) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Sends a message to a node. @returns its output, or the message that the Catch node receives */
  async function ask(id: string, msg: object): Promise<Told> {
    const [out, errors] = [received(`h-${id}`), received('hc')];
    node(id).receive(structuredClone(msg) as never);
    const failed = errors.next().then(([failure]) => {
      throw Object.assign(new Error((failure as Failure).error.message), { code: (failure as Failure).error.code });
    });
    const [answer] = await Promise.race([out.next(), failed]);
    return answer as Told;
  }

  const logIn = (AgentID: string, more: object = {}): Promise<Told> =>
    ask('agent', {
      payload: { AgentID, AgentInstrument: String(Number(AgentID) + 1000), AgentPassword: SECRET, ...more },
    });
  const ready = (agentId: string): Promise<Told> =>
    ask('state', { payload: { AgentState: 'Available' }, ctios: { agentId } });

  it('opens one session for each agent, and names the agent in every event and response', async () => {
    await load([(await open()) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    const all = received('h-all');
    const answered = await logIn('1001');
    assert.equal(answered.ctios.agentId, '1001');
    await logIn('1002');
    const buttons = received('h-buttons');
    const changed = await ready('1002');
    assert.equal(changed.ctios.agentId, '1002');
    await buttons.next();
    assert.equal((buttons.messages[0] as Told).ctios.agentId, '1002');
    const told = (all.messages as Told[]).filter(({ topic }) => topic === 'OnAgentStateChange');
    assert.deepEqual(new Set(told.map(({ ctios }) => ctios.agentId)), new Set(['1001', '1002']));
    const status = await ask('status', {});
    assert.equal(status.payload.AgentSessions, 2);
    assert.equal(status.payload.AgentLimit, 500);
  });

  it('acts for the agent of the message: an event wired into a request uses its own agent', async () => {
    await load([(await open()) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    for (const agent of ['1001', '1002']) await logIn(agent);
    await ready('1001');
    const all = received('h-all');
    center.run('placeCall', { from: '2065550101', to: '8001' });
    let ringing: Told | undefined;
    while (ringing === undefined) {
      await all.next(all.messages.length + 1);
      ringing = (all.messages as Told[]).find(({ topic }) => topic === 'OnCallDelivered');
    }
    assert.equal(ringing.ctios.agentId, '1001');
    const answered = await ask('answer', ringing);
    assert.equal(answered.topic, 'OnAnswerCallConf');
    // The calls of each agent, and of all together.
    const of = async (msg: object) => ((await ask('calls', msg)).payload as unknown as unknown[]).length;
    assert.deepEqual(
      [await of({ payload: { AgentID: '1001' } }), await of({ payload: { AgentID: '1002' } }), await of({})],
      [1, 0, 1],
    );
    // The other agent cannot control it: the message determines the agent.
    const { UniqueObjectID } = ringing.payload;
    await assert.rejects(ask('hangup', { payload: { UniqueObjectID }, ctios: { agentId: '1002' } }), {
      code: 'CTIOS_NOT_ALLOWED',
    });
    // The owner of the call is known even without an agent.
    assert.equal((await ask('hangup', { payload: { UniqueObjectID } })).ctios.agentId, '1001');
  });

  it('never guesses which session is meant', async () => {
    await load([(await open()) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    await logIn('1001');
    await assert.rejects(ask('state', { payload: { AgentState: 'Available' } }), {
      code: 'CTIOS_NO_OBJECT',
      message: /Whose session SetAgentState is for/,
    });
    await assert.rejects(ask('state', { payload: { AgentID: '1002', AgentState: 'Available' } }), {
      code: 'CTIOS_NO_AGENT_SESSION',
      message: /Agent 1002 has no session here/,
    });
    await assert.rejects(ask('calls', { payload: { AgentID: '1002' } }), { code: 'CTIOS_NO_AGENT_SESSION' });
    await assert.rejects(ask('any', { topic: 'Disconnect' }), { code: 'CTIOS_NO_OBJECT' });
    await assert.rejects(ask('any', { topic: 'SetMessageFilter', payload: { Filter: '' } }), {
      code: 'E_CTIOS_MODE_CONFLICT',
    });
  });

  it('closes a session on log-out, and on Disconnect', async () => {
    await load([(await open()) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    const all = received('h-all');
    const closed = async (agent: string): Promise<void> => {
      const is = ({ topic, ctios }: Told) => topic === 'OnConnectionClosed' && ctios.agentId === agent;
      while (!(all.messages as Told[]).some(is)) await all.next(all.messages.length + 1);
    };
    for (const agent of ['1001', '1002']) await logIn(agent);
    await ask('logout', { payload: { AgentID: '1001', EventReasonCode: 1 } });
    await closed('1001');
    await ask('any', { topic: 'Disconnect', payload: { AgentID: '1002' } });
    await closed('1002');
    assert.equal((await ask('status', {})).payload.AgentSessions, 0);
    assert.equal(center.center.agent(5000, '1002')?.loggedIn, true);
  });

  it('rejects a wrong password and an agent beyond the limit, and reveals no password', async () => {
    await load([(await open({ agentLimit: 1 })) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    const all = received('h-all');
    const errors = received('hc');
    await assert.rejects(logIn('1001', { AgentPassword: 'planted-guess' }), {
      code: 'CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED',
    });
    const answered = await logIn('1001');
    await assert.rejects(logIn('1002'), { code: 'CTIOS_TOO_MANY_AGENTS', message: /limit/ });
    await settle();
    const logged = helper.log().args.map(([entry]) => entry);
    assert.ok(!JSON.stringify([all.messages, errors.messages, answered, logged]).includes('planted'));
  });

  it('keeps its sessions across a deploy, and loses no events', async () => {
    const session = (await open()) as never;
    await load([session, ...NODES] as never);
    await shows('agent', 'green dot');
    for (const agent of ['1001', '1002']) await logIn(agent);
    await ready('1001');
    const flow = NODES.map((each) => ({ ...each, name: 'deployed' }));
    const over = deploy([session, ...flow] as never, 'full');
    center.run('setAgentState', { agent: '1001', state: 'NotReady', reason: 1 });
    await over;
    const changed = received('h-all');
    const seen = ({ topic, ctios }: Told) => topic === 'OnAgentStateChange' && ctios.agentId === '1001';
    while (!(changed.messages as Told[]).some(seen)) await changed.next(changed.messages.length + 1);
    assert.equal((await ask('status', {})).payload.AgentSessions, 2);
    await ready('1002');
  });

  it('supports a supervisor: the team, and the state of a member', async () => {
    await load([(await open()) as never, ...NODES] as never);
    await shows('agent', 'green dot');
    for (const agent of ['1001', '1002']) await logIn(agent);
    await logIn('90001', { AgentInstrument: '95001' });
    const all = received('h-all');
    await ask('any', { topic: 'RequestAgentTeamList', ctios: { agentId: '90001' } });
    const member = ({ topic }: Told) => topic === 'OnNewAgentTeamMember';
    while (!(all.messages as Told[]).some(member)) await all.next(all.messages.length + 1);
    assert.equal((all.messages as Told[]).find(member)!.ctios.agentId, '90001');
    // The session is the supervisor's, the agent is the member.
    await ask('any', {
      topic: 'SetAgentState',
      payload: { AgentID: '1001', AgentState: 'Available' },
      ctios: { agentId: '90001' },
    });
    while (center.center.agent(5000, '1001')?.state !== 3) await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(
      ask('any', {
        topic: 'SetAgentState',
        payload: { AgentID: '1001', AgentState: 'NotReady' },
        ctios: { agentId: '1002' },
      }),
      { code: 'CTIOS_NOT_ALLOWED' },
    );
  });

  it('pops contacts of its agents once each, and rejects contact records with an error message', async () => {
    await load([
      (await open()) as never,
      ...NODES,
      ...at('pop', 'ctios-screen-pop', { region: 'US', fields: [], wires: [['h-pop'], []] }),
      ...at('contact', 'ctios-contact', { wires: [['h-contact'], []] }),
    ] as never);
    await shows('agent', 'green dot');
    await shows('contact', 'red dot');
    for (const agent of ['1001', '1002']) await logIn(agent);
    await ready('1001');
    const pops = received('h-pop');
    center.run('placeCall', { from: '2065550101', to: '8001' });
    const [pop] = (await pops.next()) as Told[];
    assert.equal(pop!.ctios.agentId, '1001');
    await ask('answer', { ctios: { agentId: '1001' } });
    await settle();
    assert.equal(pops.messages.length, 1);
  });

  it('waits for an event of the agent in the message, not of another', async () => {
    await load([
      (await open()) as never,
      ...NODES,
      ...at('wait', 'ctios-wait', { events: ['OnAgentStateChange'], match: [], same: 'any', timeout: 20 }),
    ] as never);
    await shows('agent', 'green dot');
    for (const agent of ['1001', '1002']) await logIn(agent);
    const waited = received('h-wait');
    node('wait').receive({ ctios: { agentId: '1002' } } as never);
    await ready('1001');
    await ready('1002');
    const [msg] = (await waited.next()) as Told[];
    assert.equal(msg!.ctios.agentId, '1002');
    assert.equal(msg!.payload.AgentID, '1002');
  });
});
