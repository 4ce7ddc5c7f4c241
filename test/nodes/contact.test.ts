import { strict as assert } from 'node:assert';
import type { CallRecord, ContactRecord, SegmentRecord } from '../../src/contact/index.js';
import { collectedBy, deploy, inNodeRed, load, node, sessionNode, settle, statusOf, tab } from './runtime.js';

const CALL = 'call.5000.1.2001';
const CONNECTED = { UniqueObjectID: CALL, CallStatus: 3 };

describe('ctios-contact', () => {
  const openings = inNodeRed();

  const flow = (extra: object = {}) => [
    sessionNode,
    { id: 'n1', z: tab.id, type: 'ctios-contact', session: 's1', wires: [['c1'], ['c2']], ...extra },
    ...['c1', 'c2'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
  ];
  const state = (AgentState: number) =>
    openings.session.emit('OnAgentStateChange', { AgentID: '1001', PeripheralID: 5000, AgentState });
  const say = (event: 'OnCallBegin' | 'OnCallDelivered' | 'OnCallEstablished' | 'OnCallEnd', args = CONNECTED) =>
    openings.session.emit(event, args, { agent: openings.session.agents.get('agent.5000.1001')! });
  const answer = () => {
    const { session } = openings;
    session.addCall(CALL, {
      ANI: '2065550101',
      CallType: 2,
      CallVariable1: 'A-1',
      // Not used by any other test: the visits of a session are remembered after it ends.
      ICMEnterpriseUniqueID: 'icm.44.1',
    });
    session.addAgent('agent.5000.1001', { AgentID: '1001', AgentInstrument: '2001', PeripheralID: 5000 });
    say('OnCallBegin');
    say('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
    say('OnCallEstablished');
    state(4);
  };

  it('sends the segment on output 1 and the contact on output 2, with the fields set in its dialog', async () => {
    await load(flow({ fields: [{ from: 'CallVariable1', to: 'account' }], region: 'US' }));
    answer();
    say('OnCallEnd');
    state(5);
    state(3);
    const [segment] = await collectedBy('c1');
    assert.equal(segment!.topic, 'segment');
    const record = segment!.payload as SegmentRecord;
    assert.equal(record.key, 'icm.44.1/5000.1001/1.2001');
    assert.equal(record.caller.e164, '+12065550101');
    assert.deepEqual(record.fields, { account: 'A-1' });
    assert.ok(record.wrapupSeconds !== undefined);
    const { session, objectId, agentId } = (segment as { ctios?: Record<string, unknown> }).ctios!;
    assert.deepEqual([session, objectId, agentId], ['s1', CALL, '1001']);
    const [contact] = await collectedBy('c2');
    assert.equal(contact!.topic, 'contact');
    assert.deepEqual(
      (contact!.payload as ContactRecord).segments.map(({ key }) => key),
      [record.key],
    );
    assert.equal(statusOf('n1'), 'green dot');
  });

  for (const type of ['nodes', 'flows', 'full'] as const)
    it(`keeps recording a call across a deploy of "${type}", and records it once`, async () => {
      await load(flow({ name: 'before' }));
      answer();
      await deploy(flow({ name: 'after' }), type);
      await deploy(flow({ name: 'again' }), type);
      say('OnCallEnd');
      state(3);
      await settle();
      const records = (await collectedBy('c1')).map(({ payload }) => payload as CallRecord);
      assert.equal(records.length, 1);
      assert.ok(!records[0]!.unknown.includes('began'));
      assert.ok(records[0]!.talkSeconds !== undefined);
    });

  it('keeps a copy of each record, which a query finds by period and properties', async () => {
    const query = (id: string, extra: object) => ({ id, z: tab.id, type: 'ctios-query', session: 's1', ...extra });
    await load([
      ...flow({ when: 'ended' }),
      query('q1', { query: 'contacts', filter: [{ key: 'event', value: 'segment' }], wires: [['c3']] }),
      query('q2', { query: 'deliveries', filter: [], wires: [['c4']] }),
      { id: 'e1', z: tab.id, type: 'catch', scope: ['q1'], wires: [['c5']] },
      ...['c3', 'c4', 'c5'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
    ]);
    answer();
    say('OnCallEnd');
    const [segment] = await collectedBy('c1');
    await collectedBy('c2');
    node('q1').receive({ payload: { from: Date.now() - 60_000 } } as never);
    const [found] = await collectedBy('c3');
    assert.deepEqual((found!.payload as SegmentRecord[]).at(-1), segment!.payload);
    assert.ok((found!.payload as SegmentRecord[]).every(({ event }) => event === 'segment'));
    node('q1').receive({ payload: { from: '2020-01-01', to: '2020-01-02' } } as never);
    assert.deepEqual((await collectedBy('c3', 2))[1]!.payload, []);
    // The timestamp of an inject node stands for no period.
    for (const payload of [{}, Date.now()]) node('q2').receive({ payload } as never);
    for (const { payload } of await collectedBy('c4', 2)) assert.ok(Array.isArray(payload));
    for (const payload of [{ from: 'yesterday' }, { from: 2, to: 1 }, { limit: 0 }, { limit: 1e6 }])
      node('q1').receive({ payload } as never);
    const codes = (await collectedBy('c5', 4)).map((msg) => (msg as unknown as { error: { code: string } }).error.code);
    assert.deepEqual(codes, Array(4).fill('CTIOS_BAD_PERIOD'));
  });

  it('keeps no copy if its dialog disables it', async () => {
    await load([
      ...flow({ when: 'ended', keep: 0 }),
      { id: 'q1', z: tab.id, type: 'ctios-query', session: 's1', query: 'contacts', filter: [], wires: [['c3']] },
      { id: 'c3', z: tab.id, type: 'collector', wires: [] },
    ]);
    const before = Date.now();
    answer();
    say('OnCallEnd');
    await collectedBy('c2');
    node('q1').receive({ payload: { from: before } } as never);
    assert.deepEqual((await collectedBy('c3'))[0]!.payload, []);
  });

  it('does not wait for wrap-up if its dialog disables it', async () => {
    await load(flow({ when: 'ended' }));
    answer();
    say('OnCallEnd');
    const [segment] = await collectedBy('c1');
    assert.ok((segment!.payload as SegmentRecord).unknown.includes('wrapupSeconds'));
    assert.ok(node('n1'));
  });

  it('knows agent states and calls in progress from before it was deployed', async () => {
    const other = { id: 'other', z: tab.id, type: 'ctios-call-events', session: 's1', wires: [[]] };
    await load([sessionNode, other]);
    const { session } = openings;
    const agent = session.addAgent('agent.5000.1001', {
      AgentID: '1001',
      AgentInstrument: '2001',
      PeripheralID: 5000,
      AgentState: 4,
    });
    session.addCall(CALL, { ...CONNECTED, CallType: 2, ICMEnterpriseUniqueID: 'icm.1.1', DeviceID: '2001' });
    await deploy([...flow(), other], 'full');
    session.emit('OnCallEnd', { UniqueObjectID: CALL }, { agent });
    state(2);
    const [segment] = await collectedBy('c1');
    const record = segment!.payload as SegmentRecord;
    assert.ok(record.unknown.includes('began') && record.unknown.includes('talkSeconds'));
    assert.equal(record.wrapupSeconds, 0);
    assert.equal(record.recovered, true);
  });
});
