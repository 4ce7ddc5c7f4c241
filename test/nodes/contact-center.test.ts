import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { NodeMessage } from 'node-red';
import { Simulator } from '../../src/simulator/index.js';
import { deploy, helper, load, node, received, sessionNode, settle, statusOf, tab } from './runtime.js';

/** The nodes with a contact center on a real socket: only the callers are simulated. */

const PASSWORD = 'planted-client-password';
const AGENT_PASSWORD = 'planted-agent-password';
const sink = (id: string) => ({ id, z: tab.id, type: 'helper', wires: [] });
const catcher = { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] };
const at = (id: string, type: string, extra: object) => ({
  id,
  z: tab.id,
  type,
  session: 's1',
  wires: [[`h-${id}`]],
  ...extra,
});

/** The resources that keep this process alive, by kind. */
function openResources(): { sockets: number; timers: number } {
  const all = process.getActiveResourcesInfo();
  return {
    sockets: all.filter((each) => each.startsWith('TCP')).length,
    timers: all.filter((each) => each === 'Timeout').length,
  };
}

type Failure = NodeMessage & { error: { code: string; message: string; cause: Record<string, unknown> } };

describe('the nodes with a contact center', function () {
  this.timeout(60_000);
  let center: Simulator | undefined;
  const sockets = new Set<Socket>();
  const ends: (() => void)[] = [];
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(async () => {
    await helper.unload();
    await center?.stop();
    center = undefined;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const end of ends.splice(0)) end();
  });

  /** A contact center with two agents who do nothing on their own, and its session. */
  async function open(extra: object = {}): Promise<object> {
    center = new Simulator({
      agents: 2,
      traffic: 'off',
      automatic: false,
      credentials: { clientId: 'nodes', clientPassword: PASSWORD },
    });
    const { host, portA } = await center.start();
    return {
      ...sessionNode,
      connect: 'ctiserver',
      hostA: host,
      portA,
      clientId: 'nodes',
      peripheralId: 5000,
      allowControl: true,
      ...extra,
    };
  }
  const credentials = (clientPassword = PASSWORD) => ({ s1: { clientPassword } });

  /** Waits until a node shows a status. */
  async function shows(id: string, status: string): Promise<void> {
    while (statusOf(id) !== status) await new Promise((resolve) => setImmediate(resolve));
  }

  it('leave no listener, timer or socket behind after 100 deploys', async function () {
    this.timeout(60_000);
    const session = (await open()) as typeof sessionNode;
    const flow = (round: number) => [
      session,
      at('e1', 'ctios-call-events', { name: `round ${round}` }),
      sink('h-e1'),
      at('c1', 'ctios-call', { request: 'Answer', name: `round ${round}` }),
      sink('h-c1'),
    ];
    let round = 0;
    const deploys = async (count: number) => {
      for (let n = 0; n < count; n++) await deploy(flow(++round), 'full', credentials());
      await shows('e1', 'green dot');
    };
    await load(flow(0), credentials());
    await shows('e1', 'green dot');
    // The first deploys fill the caches; anything leaked by each deploy would show after a hundred more.
    await deploys(10);
    const before = openResources();
    await deploys(100);
    const after = openResources();
    assert.ok(after.sockets <= before.sockets, `${before.sockets} sockets, then ${after.sockets}`);
    assert.ok(after.timers <= before.timers + 5, `${before.timers} timers, then ${after.timers}`);
    assert.equal(
      center?.run('status').sides.reduce((sum, side) => sum + side.sessions.length, 0),
      1,
    );
  });

  it('report which side carries the link, also after a failover', async () => {
    const session = await open();
    await load(
      [
        { ...session, hostB: '127.0.0.1', portB: center!.listening.portB } as never,
        at('gap', 'ctios-events', { events: ['OnConnectionGap'], wires: [['h-gap']] }),
        at('query', 'ctios-query', { query: 'status' }),
        sink('h-gap'),
        sink('h-query'),
      ],
      credentials(),
    );
    await shows('gap', 'green dot');
    const [gaps, answers] = [received('h-gap'), received('h-query')];
    const answer = async (count: number): Promise<unknown> => {
      node('query').receive({} as never);
      return ((await answers.next(count))[count - 1]!.payload as { Side?: string }).Side;
    };
    assert.equal(await answer(1), 'A');
    center?.run('switchSides');
    await gaps.next();
    assert.equal(await answer(2), 'B');
  });

  it('follow a call from ringing to its end, and control it', async () => {
    const session = await open();
    await load(
      [
        session as never,
        at('events', 'ctios-call-events', {
          events: ['OnCallDelivered', 'OnCallEnd'],
          split: 'each',
          wires: [['h-ring'], ['h-end']],
        }),
        at('pop', 'ctios-screen-pop', { region: 'US', fields: [], wires: [['h-pop'], ['h-over']] }),
        at('login', 'ctios-agent', { request: 'Login', complete: 'OnAgentStateChange' }),
        at('state', 'ctios-agent', { request: 'SetAgentState', complete: 'OnAgentStateChange' }),
        at('answer', 'ctios-call', { request: 'Answer', complete: 'OnCallEstablished' }),
        at('hold', 'ctios-call', { request: 'Hold', complete: 'OnCallHeld' }),
        at('retrieve', 'ctios-call', { request: 'Retrieve', complete: 'OnCallRetrieved' }),
        at('data', 'ctios-call', {
          request: 'SetCallData',
          args: [{ key: 'CallVariable3', value: 'seen', type: 'str' }],
          complete: 'OnCallDataUpdate',
        }),
        at('wait', 'ctios-wait', { events: ['OnCallEnd'], match: [], same: 'call', timeout: 10 }),
        at('clear', 'ctios-call', { request: 'ClearConnection' }),
        at('query', 'ctios-query', { query: 'calls', filter: [] }),
        ...[
          'ring',
          'end',
          'pop',
          'over',
          'login',
          'state',
          'answer',
          'hold',
          'retrieve',
          'data',
          'wait',
          'clear',
          'query',
        ].map((id) => sink(`h-${id}`)),
        catcher,
        sink('hc'),
      ],
      credentials(),
    );
    const errors = received('hc');
    const then = async (id: string, msg: object): Promise<NodeMessage> => {
      const out = received(`h-${id}`);
      node(id).receive(msg as never);
      const [answer] = await Promise.race([
        out.next(),
        errors.next(errors.messages.length + 1).then((all) => assert.fail((all.at(-1) as Failure).error.message)),
      ]);
      return answer!;
    };
    await shows('events', 'green dot');
    await then('login', { payload: { AgentID: '1001', AgentInstrument: '2001', AgentPassword: AGENT_PASSWORD } });
    await then('state', { payload: { AgentID: '1001', AgentState: 'Available' } });

    const [ring, pop, end, over] = ['h-ring', 'h-pop', 'h-end', 'h-over'].map(received);
    center!.run('placeCall', {
      from: '2065550101',
      to: '8001',
      data: { CallVariable1: '70010001', 'user.CustomerTier': 'gold' },
    });
    const [ringing] = await ring!.next();
    assert.equal((ringing!.call as Record<string, unknown>).ANI, '2065550101');
    assert.equal((ringing!.call as Record<string, unknown>)['user.CustomerTier'], 'gold');
    assert.equal((ringing!.ctios as Record<string, unknown>).agentId, '1001');
    const [popped] = await pop!.next();
    assert.equal((popped!.payload as { caller: { e164: string } }).caller.e164, '+12065550101');

    let msg: NodeMessage = structuredClone(ringing!);
    for (const id of ['answer', 'hold', 'retrieve', 'data']) msg = await then(id, msg);
    assert.equal(msg.topic, 'OnSetCallDataConf');
    const listed = await then('query', {});
    const [call] = listed.payload as Record<string, unknown>[];
    assert.equal(call!.CallVariable3, 'seen');
    assert.equal(call!.CallVariable1, '70010001');

    // No node is waiting yet when the call ends; the wait finds the event by the sequence that the request set.
    const cleared = await then('clear', structuredClone(msg));
    await end!.next();
    const waited = await then('wait', cleared);
    assert.equal(waited.topic, 'OnCallEnd');
    const [ended] = await over!.next();
    assert.equal((ended!.payload as { key: string }).key, (popped!.payload as { key: string }).key);
    assert.deepEqual(errors.messages, []);
  });

  it('report the code of the switch when a request is refused', async () => {
    await load(
      [
        (await open()) as never,
        at('state', 'ctios-agent', { request: 'SetAgentState' }),
        sink('h-state'),
        catcher,
        sink('hc'),
      ],
      credentials(),
    );
    await shows('state', 'green dot');
    const errors = received('hc');
    node('state').receive({ payload: { AgentID: '9999', AgentState: 'Available' } } as never);
    const [failure] = (await errors.next()) as Failure[];
    assert.match(failure!.error.code, /^(CF_|E_CTI|CTIOS_)/);
    assert.equal(failure!.error.cause.request, 'SetAgentState');
    assert.equal(failure!.error.cause.outcome, 'failed');
    await shows('state', 'red dot');
  });

  it('report a wrong password, and do not retry it forever', async () => {
    await load(
      [
        (await open()) as never,
        at('state', 'ctios-agent', { request: 'SetAgentState' }),
        sink('h-state'),
        catcher,
        sink('hc'),
      ],
      credentials('planted-wrong'),
    );
    await shows('state', 'red dot');
    const errors = received('hc');
    node('state').receive({ payload: { AgentID: '1001', AgentState: 'Available' } } as never);
    const [failure] = (await errors.next()) as Failure[];
    assert.match(failure!.error.message, /refused client ID "nodes" or its password/);
    assert.ok(!JSON.stringify(failure).includes('planted'), 'the password is in the error');
  });

  it('are not green if the server sends nothing', async () => {
    const mute = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    ends.push(() => mute.close());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const session = {
      ...sessionNode,
      connect: 'ctiserver',
      hostA: '127.0.0.1',
      portA: (mute.address() as AddressInfo).port,
      clientId: 'nodes',
      peripheralId: 5000,
      allowControl: true,
    };
    await load([
      session,
      at('state', 'ctios-agent', { request: 'SetAgentState' }),
      sink('h-state'),
      catcher,
      sink('hc'),
    ]);
    const errors = received('hc');
    node('state').receive({ payload: { AgentID: '1001', AgentState: 'Available' } } as never);
    const [failure] = (await errors.next()) as Failure[];
    assert.match(failure!.error.code, /^CTIOS_/);
    assert.notEqual(statusOf('state'), 'green dot');
  });

  it('reject a second session with the same client ID and different settings, and name both', async () => {
    const session = (await open()) as { id: string };
    await load(
      [
        session as never,
        { ...session, id: 's2', protocol: 24 },
        at('one', 'ctios-query', { query: 'status' }),
        at('two', 'ctios-query', { query: 'status', session: 's2' }),
        sink('h-one'),
        sink('h-two'),
        catcher,
        sink('hc'),
      ],
      { ...credentials(), s2: { clientPassword: PASSWORD } },
    );
    await shows('one', 'green dot');
    assert.equal(statusOf('two'), 'red dot');
    const errors = received('hc');
    node('two').receive({} as never);
    const failures = (await errors.next()) as Failure[];
    assert.equal(failures.at(-1)!.error.code, 'CTIOS_CLIENT_ID_IN_USE');
  });

  it('act as one agent in agent mode, with its current call, and log it in automatically', async () => {
    const session = await open({ mode: 'agent', agentId: '1001', agentInstrument: '2001', agentLogin: true });
    await load(
      [
        session as never,
        at('states', 'ctios-agent-events', { events: ['OnAgentStateChange'] }),
        at('buttons', 'ctios-events', { interface: 'IButtonEnablementEvents', events: [] }),
        at('ready', 'ctios-agent', {
          request: 'SetAgentState',
          args: [{ key: 'AgentState', value: 'Available', type: 'str' }],
        }),
        at('rings', 'ctios-call-events', { events: ['OnCallDelivered'] }),
        at('answer', 'ctios-call', { request: 'Answer', complete: 'OnCallEstablished' }),
        ...['states', 'buttons', 'ready', 'rings', 'answer'].map((id) => sink(`h-${id}`)),
        catcher,
        sink('hc'),
      ],
      { s1: { clientPassword: PASSWORD, agentPassword: AGENT_PASSWORD } },
    );
    const [states, buttons, ready, rings, answer] = ['states', 'buttons', 'ready', 'rings', 'answer'].map((id) =>
      received(`h-${id}`),
    );
    await buttons!.next();
    await shows('ready', 'green dot');
    node('ready').receive({} as never);
    await ready!.next();
    await states!.next();
    center!.run('placeCall', { from: '2065550101', to: '8001' });
    await rings!.next();
    node('answer').receive({} as never);
    const [answered] = await answer!.next();
    assert.equal(answered!.topic, 'OnAnswerCallConf');
    const all = [states, buttons, ready, rings, answer].flatMap((each) => each!.messages);
    assert.ok(!JSON.stringify(all).includes('planted'), 'a password is in a message');
  });

  it('keep passwords out of messages, logs, statuses and errors', async () => {
    const session = await open();
    await load(
      [
        session as never,
        at('login', 'ctios-agent', { request: 'Login' }),
        at('request', 'ctios-request', { request: 'Login' }),
        at('events', 'ctios-events', { interface: 'AllInOne', events: [] }),
        sink('h-login'),
        sink('h-request'),
        sink('h-events'),
        catcher,
        sink('hc'),
      ],
      { ...credentials(), login: { agentPassword: AGENT_PASSWORD } },
    );
    const [events, errors, out] = ['h-events', 'hc', 'h-login'].map(received);
    await shows('login', 'green dot');
    node('login').receive({ payload: { AgentID: '1001', AgentInstrument: '2001' } } as never);
    await out!.next();
    node('request').receive({
      payload: { AgentID: '9999', AgentInstrument: '2099', AGENTPASSWORD: AGENT_PASSWORD },
    } as never);
    await errors!.next();
    await settle();
    const logged = helper.log().args.map(([entry]) => entry);
    const everything = JSON.stringify([events!.messages, errors!.messages, out!.messages, logged]);
    assert.ok(!everything.includes('planted'), 'a password is somewhere');
    assert.ok(events!.messages.length > 0 && logged.length > 0);
  });
});
