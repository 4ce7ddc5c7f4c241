import assert from 'node:assert/strict';
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

  it('sends the message that the contract names', async () => {
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

  it('does not fall behind in silence: a slow flow gets its events in order, with their lag, and a warning', async () => {
    await load([sessionNode, events(), sink()]);
    const { session } = openings;
    const warned: string[] = [];
    node('s1').warn = (text: string) => void warned.push(text);
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
    assert.equal(warned.length, 1);
    assert.ok(statuses.has('red ring'), [...statuses].join());
    while (statusOf('e1') !== 'green dot') await settle();
  });

  it('gives each receiver data of its own', async () => {
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

  it('sends only what was chosen, each event on its own output if so set', async () => {
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

  it('filters by payload, then call, then agent, with names of enumerations, lists and a star', async () => {
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
    it(`filters by "${value}" as it is written: only a star at the end, behind a beginning, stands for any rest`, async () => {
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
    it(`with the filter "${value}" sends nothing and reports it, since nobody asked for everything`, async () => {
      await load([sessionNode, events({ filter: [{ key: 'DialedNumber', value }] }), sink()]);
      const out = received('h1');
      openings.session.emit('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001', DialedNumber: '8001' });
      await settle();
      assert.deepEqual(out.messages, []);
      assert.equal(statusOf('e1'), 'red dot');
    });
  }

  it('sets further properties without losing the order of arrival', async () => {
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

  it("leaves out what only keeps the session's objects true, unless it was chosen by name", async () => {
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

  it('marks what was learned from a snapshot', async () => {
    await load([sessionNode, events(), sink()]);
    const out = received('h1');
    openings.session.emit('OnSnapshotCallConf', { UniqueObjectID: 'call.5000.1.2001' }, { recovered: true });
    const [msg] = await out.next();
    assert.equal((msg!.ctios as Record<string, unknown>).recovered, true);
  });

  for (const type of ['nodes', 'flows', 'full'] as const) {
    it(`misses nothing and hears nothing twice over two deploys of "${type}"`, async () => {
      const collector = { id: 'c1', z: tab.id, type: 'collector', wires: [] };
      const flow = (name: string) => [sessionNode, events({ name, wires: [['c1']] }), collector];
      await load(flow('at first'));
      const { session } = openings;
      let number = 0;
      const say = () => session.emit('OnCallBegin', { UniqueObjectID: `call.5000.${++number}.2001` });
      for (const round of [1, 2]) {
        say();
        await settle();
        // Said in the middle of the deploy, when no node is there to hear it.
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
