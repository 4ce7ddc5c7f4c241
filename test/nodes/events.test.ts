import assert from 'node:assert/strict';
import sinon from 'sinon';
import { collected, deploy, inNodeRed, load, node, received, sessionNode, settle, statusOf, tab } from './runtime.js';

const events = (extra: object = {}) => ({
  id: 'e1',
  z: tab.id,
  type: 'ctios-call-events',
  session: 's1',
  events: [],
  filter: [],
  split: 'one',
  properties: [],
  outputs: 1,
  wires: [['h1']],
  ...extra,
});
const sink = (id = 'h1') => ({ id, z: tab.id, type: 'helper', wires: [] });

describe('an event node', () => {
  const openings = inNodeRed();

  it('sends the message defined by the contract', async () => {
    await load([sessionNode, events(), sink()]);
    const { session } = openings;
    session.addCall('call.5000.1.2001', { ANI: '2065550101', CallStatus: 2, 'user.Tier': 'gold' });
    const agent = session.addAgent('agent.5000.1001', { AgentID: '1001', AgentPassword: 'planted' });
    const out = received('h1');
    session.emit(
      'OnCallDelivered',
      { UniqueObjectID: 'call.5000.1.2001', CallStatus: 2, PeripheralID: 5000 },
      { agent },
    );
    const [msg] = await out.next();
    const { _msgid, ...rest } = msg as Record<string, unknown>;
    assert.equal(typeof _msgid, 'string');
    assert.deepEqual(rest, {
      topic: 'OnCallDelivered',
      payload: { UniqueObjectID: 'call.5000.1.2001', CallStatus: 2, PeripheralID: 5000 },
      call: { UniqueObjectID: 'call.5000.1.2001', ANI: '2065550101', CallStatus: 2, 'user.Tier': 'gold' },
      agent: { UniqueObjectID: 'agent.5000.1001', AgentID: '1001' },
      ctios: {
        session: 's1',
        interface: 'ICallEvents',
        event: 'OnCallDelivered',
        objectId: 'call.5000.1.2001',
        agentId: '1001',
        time: 1_700_000_000_001,
        sequence: 1,
        names: { CallStatus: 'Alerting' },
      },
    });
  });

  it('reports a backlog: a slow flow receives its events in order, with their lag, and a warning', async () => {
    await load([sessionNode, events(), sink()]);
    const { session } = openings;
    // Node-RED's test helper already spies on it.
    const warn = node('s1').warn as unknown as sinon.SinonSpy;
    const seen: { sequence: number; lag?: number }[] = [];
    const statuses = new Set<string>();
    const all = new Promise<void>((resolve) => {
      node('h1').on('input', (msg, _send, done) => {
        seen.push((msg as unknown as { ctios: { sequence: number; lag?: number } }).ctios);
        statuses.add(statusOf('e1'));
        const until = performance.now() + 4;
        while (performance.now() < until);
        done();
        if (seen.length === 500) resolve();
      });
    });
    for (let n = 0; n < 500; n++) session.emit('OnCallHeld', { UniqueObjectID: `call.5000.${n}.2001` });
    await all;
    assert.deepEqual(
      seen.map(({ sequence }) => sequence),
      Array.from({ length: 500 }, (_, n) => n + 1),
    );
    assert.equal(seen[0]?.lag, undefined);
    assert.ok((seen.at(-1)?.lag ?? 0) > 1_000);
    sinon.assert.calledOnce(warn);
    assert.ok(statuses.has('red ring'), [...statuses].join());
    while (statusOf('e1') !== 'green dot') await settle();
  });

  it('gives each receiver its own copy of the data', async () => {
    await load([sessionNode, events(), events({ id: 'e2', wires: [['h2']] }), sink(), sink('h2')]);
    const { session } = openings;
    session.addCall('call.5000.1.2001', { ANI: '1' });
    const [one, two] = [received('h1'), received('h2')];
    const said = session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001' });
    const [first] = await one.next();
    const [second] = await two.next();
    (first!.payload as Record<string, unknown>).UniqueObjectID = 'spoilt';
    (first!.call as Record<string, unknown>).ANI = 'spoilt';
    assert.equal((second!.payload as Record<string, unknown>).UniqueObjectID, 'call.5000.1.2001');
    assert.equal(said.args.UniqueObjectID, 'call.5000.1.2001');
    assert.equal(session.calls.get('call.5000.1.2001')!.properties().ANI, '1');
  });

  it('sends only the selected events, each on its own output if configured', async () => {
    await load([
      sessionNode,
      events({ events: ['OnCallBegin', 'OnCallEnd'], split: 'each', outputs: 2, wires: [['h1'], ['h2']] }),
      sink(),
      sink('h2'),
    ]);
    const [begins, ends] = [received('h1'), received('h2')];
    for (const name of ['OnCallBegin', 'OnCallDelivered', 'OnCallEnd'] as const) {
      openings.session.emit(name, { UniqueObjectID: 'call.5000.1.2001' });
    }
    await ends.next();
    await settle();
    assert.deepEqual(
      begins.messages.map(({ topic }) => topic),
      ['OnCallBegin'],
    );
    assert.deepEqual(
      ends.messages.map(({ topic }) => topic),
      ['OnCallEnd'],
    );
  });

  it('filters by payload, then call, then agent, with enumeration names, lists and wildcards', async () => {
    await load([
      sessionNode,
      events({
        filter: [
          { key: 'callstatus', value: 'Alerting, CONNECT' },
          { key: 'ANI', value: '206*' },
          { key: 'AgentID', value: '1001,1002' },
        ],
      }),
      sink(),
    ]);
    const { session } = openings;
    const out = received('h1');
    const agents = ['1001', '1003'].map((id) => session.addAgent(`agent.5000.${id}`, { AgentID: id }));
    const says = (id: number, ANI: string, CallStatus: number, agent = agents[0]!) => {
      const UniqueObjectID = `call.5000.${id}.2001`;
      session.addCall(UniqueObjectID, { ANI });
      session.emit('OnCallDelivered', { UniqueObjectID, CallStatus }, { agent });
    };
    says(1, '2065550101', 2);
    says(2, '2065550101', 4);
    says(3, '4255550101', 2);
    says(4, '2065550101', 3, agents[1]);
    says(5, '2065550101', 3);
    await out.next(2);
    await settle();
    assert.deepEqual(
      out.messages.map(({ payload }) => (payload as { UniqueObjectID: string }).UniqueObjectID),
      ['call.5000.1.2001', 'call.5000.5.2001'],
    );
  });

  for (const [value, passes] of [
    ['*67', ['*67']],
    ['20*01', ['20*01']],
    ['*67*', ['*67', '*6712065550101']],
    ['20*', ['20', '20*01', '2065550101']],
    ['*31#*, 8001', ['*31#0302', '8001']],
    ['20**', ['20*01']],
  ] as const) {
    it(`takes "${value}" literally: only a star at the end, after a prefix, is a wildcard`, async () => {
      await load([sessionNode, events({ filter: [{ key: 'DialedNumber', value }] }), sink()]);
      const out = received('h1');
      for (const DialedNumber of ['*67', '*6712065550101', '20', '20*01', '2065550101', '*31#0302', '8001', '']) {
        openings.session.emit('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001', DialedNumber });
      }
      await out.next(passes.length);
      await settle();
      assert.deepEqual(
        out.messages.map(({ payload }) => (payload as { DialedNumber: string }).DialedNumber),
        passes,
      );
    });
  }

  for (const value of ['*', '**', '206*, *']) {
    it(`with the filter "${value}" sends nothing and reports it, because it would match everything`, async () => {
      await load([sessionNode, events({ filter: [{ key: 'DialedNumber', value }] }), sink()]);
      const out = received('h1');
      openings.session.emit('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001', DialedNumber: '8001' });
      await settle();
      assert.deepEqual(out.messages, []);
      assert.equal(statusOf('e1'), 'red dot');
    });
  }

  describe('with filter values that change', () => {
    const row = (value: string, type: string) => ({ key: 'ANI', op: 'is', value, type });
    const filtered = (filter: object[], extra: object = {}) => events({ filter, join: 'all', version: 3, ...extra });
    const calls = (...numbers: string[]) => {
      for (const [index, ANI] of numbers.entries())
        openings.session.emit('OnCallBegin', { UniqueObjectID: `call.5000.${index}.2001`, ANI });
    };
    const numbers = (messages: readonly object[]) =>
      messages.map((message) => (message as { payload: { ANI: string } }).payload.ANI);

    it('reads them from the context for each event', async () => {
      await load([sessionNode, filtered([row('vip', 'flow')]), sink()]);
      const out = received('h1');
      calls('1', '2');
      const { flow } = node('e1').context();
      flow.set('vip', '2');
      calls('1', '2');
      flow.set('vip', '1');
      calls('1', '2');
      await out.next(2);
      await settle();
      assert.deepEqual(numbers(out.messages), ['2', '1']);
    });

    it('evaluates an expression with the message of the event', async () => {
      await load([sessionNode, filtered([row('agent.AgentExtension', 'jsonata')]), sink()]);
      const out = received('h1');
      const agent = openings.session.addAgent('agent.5000.1001', { AgentID: '1001', AgentExtension: '2001' });
      for (const ANI of ['2001', '2002', '2001']) {
        openings.session.emit('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001', ANI }, { agent });
      }
      await out.next(2);
      await settle();
      assert.deepEqual(numbers(out.messages), ['2001', '2001']);
    });

    it('keeps the order, also of events that need no value', async () => {
      const rows = [{ ...row('9', 'str'), op: 'startsWith' }, row('"5"', 'jsonata')];
      await load([sessionNode, filtered(rows, { join: 'any' }), sink()]);
      const out = received('h1');
      calls('5', '91', '4', '5', '92');
      await out.next(4);
      await settle();
      assert.deepEqual(numbers(out.messages), ['5', '91', '5', '92']);
    });

    it('reports an expression that fails, and continues', async () => {
      await load([
        sessionNode,
        filtered([row('$number(payload.ANI) = 1 ? payload.ANI : $error("no")', 'jsonata')]),
        sink(),
      ]);
      const out = received('h1');
      calls('2', '1');
      await out.next();
      sinon.assert.calledOnce(node('e1').error as unknown as sinon.SinonSpy);
      assert.deepEqual(numbers(out.messages), ['1']);
    });

    it('reads environment variables once', async () => {
      process.env.CTIOS_TEST_CALLER = '7';
      try {
        await load([sessionNode, filtered([row('CTIOS_TEST_CALLER', 'env')]), sink()]);
        process.env.CTIOS_TEST_CALLER = '8';
        const out = received('h1');
        calls('8', '7');
        await out.next();
        await settle();
        assert.deepEqual(numbers(out.messages), ['7']);
      } finally {
        delete process.env.CTIOS_TEST_CALLER;
      }
    });

    it('sends nothing while a value is missing', async () => {
      await load([sessionNode, filtered([{ ...row('none', 'global'), op: 'isNot' }]), sink()]);
      const out = received('h1');
      calls('1');
      await settle();
      assert.deepEqual(out.messages, []);
    });
  });

  it('sends what the event has changed, and filters by it', async () => {
    const filter = [{ key: 'CallStatus', op: 'changedFrom', value: 'Alerting', type: 'str' }];
    await load([sessionNode, events({ filter, join: 'all', version: 3 }), sink()]);
    const out = received('h1');
    const previous = { CallStatus: 2, CallVariable1: null, since: 1_700_000_000_000 };
    openings.session.emit('OnCallEstablished', { UniqueObjectID: 'call.5000.1.2001', CallStatus: 3 }, { previous });
    openings.session.emit(
      'OnCallHeld',
      { UniqueObjectID: 'call.5000.1.2001', CallStatus: 4 },
      { previous: { CallStatus: 3 } },
    );
    await out.next();
    await settle();
    assert.deepEqual(
      out.messages.map((message) => (message as unknown as { ctios: { previous: object } }).ctios.previous),
      [previous],
    );
  });

  describe('with a minimum duration', () => {
    const lasting = (lasts: number, extra: object = {}) =>
      events({ type: 'ctios-agent-events', lasts, join: 'all', version: 4, ...extra });
    /** The agent has been in the state for a minute. */
    const inWrapUp = () => {
      const agent = openings.session.addAgent('agent.5000.1001', { AgentID: '1001', AgentState: 5 });
      const moment = { time: Date.now() - 60_000, at: performance.now() - 60_000, live: true };
      agent.noteState('AgentState', 4, { AgentState: 5 }, moment);
      openings.session.emit('OnAgentStateChange', { UniqueObjectID: agent.uniqueObjectID, AgentState: 5 }, { agent });
    };

    it('sends the event after the state has lasted that long, with its start time', async () => {
      await load([sessionNode, lasting(30), sink()]);
      const out = received('h1');
      inWrapUp();
      const [message] = await out.next();
      const { lasted } = (message as unknown as { ctios: { lasted: { seconds: number; atLeast?: true } } }).ctios;
      assert.ok(lasted.seconds >= 60);
      assert.equal(lasted.atLeast, undefined);
    });

    it('waits, and shows that it waits, also across a deploy that does not change the node', async () => {
      await load([sessionNode, lasting(3600), sink()]);
      inWrapUp();
      await settle();
      const flow = [sessionNode, lasting(3600), sink()];
      await deploy(flow, 'full');
      assert.equal(statusOf('e1'), 'blue dot');
      await deploy([sessionNode, lasting(3601), sink()], 'full');
      assert.equal(statusOf('e1'), 'green dot');
    });

    it('does not send a state in another medium, which says nothing about the phone', async () => {
      await load([sessionNode, lasting(30), sink()]);
      const out = received('h1');
      inWrapUp();
      const [agent] = [...openings.session.agents.values()];
      const UniqueObjectID = agent!.uniqueObjectID;
      openings.session.emit('OnAgentStateChange', { UniqueObjectID, MRDID: 5001, AgentState: 5 }, { agent: agent! });
      await out.next();
      await settle();
      assert.equal(out.messages.length, 1);
    });

    it('sends an event without such a state immediately', async () => {
      await load([sessionNode, lasting(3600, { type: 'ctios-events', interface: 'ISessionEvents' }), sink()]);
      const out = received('h1');
      openings.session.emit('OnConnectionGap', {});
      await out.next();
    });
  });

  it('sets additional properties and keeps the order of arrival', async () => {
    await load([
      sessionNode,
      events({
        properties: [
          { p: 'customer', v: 'call.ANI', vt: 'msg' },
          { p: 'payload.note', v: '"n" & call.ANI', vt: 'jsonata' },
        ],
      }),
      sink(),
    ]);
    const { session } = openings;
    const out = received('h1');
    for (const n of [1, 2, 3]) {
      session.addCall(`call.5000.${n}.2001`, { ANI: String(n) });
      session.emit('OnCallBegin', { UniqueObjectID: `call.5000.${n}.2001` });
    }
    const messages = await out.next(3);
    assert.deepEqual(
      messages.map((msg) => msg.customer),
      ['1', '2', '3'],
    );
    assert.deepEqual((messages[2]!.payload as Record<string, unknown>).note, 'n3');
  });

  it("omits events that only update the session's objects, unless they are selected by name", async () => {
    openings.prepare = (opening) => {
      opening.filter = 'AgentID=1001';
    };
    await load([
      sessionNode,
      events(),
      events({ id: 'e2', events: ['OnCallEnd'], wires: [['h2']] }),
      sink(),
      sink('h2'),
    ]);
    const { session } = openings;
    const [every, chosen] = [received('h1'), received('h2')];
    session.emit('OnCallEnd', { UniqueObjectID: 'call.5000.1.2001' });
    session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.2.2001', AgentID: '1001' });
    await every.next();
    await chosen.next();
    await settle();
    assert.deepEqual(
      every.messages.map(({ topic }) => topic),
      ['OnCallDelivered'],
    );
    assert.deepEqual(
      chosen.messages.map(({ topic }) => topic),
      ['OnCallEnd'],
    );
  });

  it('marks events learned from a snapshot', async () => {
    await load([sessionNode, events(), sink()]);
    const out = received('h1');
    openings.session.emit('OnSnapshotCallConf', { UniqueObjectID: 'call.5000.1.2001' }, { recovered: true });
    const [msg] = await out.next();
    assert.equal((msg!.ctios as Record<string, unknown>).recovered, true);
  });

  for (const type of ['nodes', 'flows', 'full'] as const) {
    it(`loses and duplicates nothing across two deploys of "${type}"`, async () => {
      const collector = { id: 'c1', z: tab.id, type: 'collector', wires: [] };
      const flow = (name: string) => [sessionNode, events({ name, wires: [['c1']] }), collector];
      await load(flow('at first'));
      const { session } = openings;
      let number = 0;
      const say = () => session.emit('OnCallBegin', { UniqueObjectID: `call.5000.${++number}.2001` });
      for (const round of [1, 2]) {
        say();
        await settle();
        // Emitted in the middle of the deploy, when no node is listening.
        node('e1').on('close', () => void say());
        await deploy(flow(`round ${round}`), type);
        say();
        await settle();
      }
      const sequences = collected.get('c1')!.map(({ ctios }) => (ctios as { sequence: number }).sequence);
      assert.deepEqual(sequences, [1, 2, 3, 4, 5, 6]);
      assert.equal(openings.all.length, 1, 'the session was dropped');
      assert.equal(session.disconnected, 0);
      assert.ok(session.listeners <= 1, `${session.listeners} listeners`);
    });
  }

  it('leaves no listeners behind after many deploys', async () => {
    await load([sessionNode, events(), sink()]);
    const { session } = openings;
    const before = [session.listeners, session.statusListeners];
    for (let round = 0; round < 20; round++) await deploy([sessionNode, events({ name: `${round}` }), sink()], 'full');
    assert.deepEqual([session.listeners, session.statusListeners], before);
    assert.equal(node('s1').listenerCount('close') <= 2, true);
  });
});
