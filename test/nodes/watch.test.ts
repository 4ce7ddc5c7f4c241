import { strict as assert } from 'node:assert';
import type sinon from 'sinon';
import {
  collected,
  collectedBy,
  deploy,
  inNodeRed,
  load,
  node,
  sessionNode,
  settle,
  statusOf,
  tab,
} from './runtime.js';

const AGENT = 'agent.5000.1001';
const GROUP = 'skillgroup.5000.3';
const row = (key: string, op: string, value: string, type = 'str') => ({ key, op, value, type });
const WRAP_UP = row('AgentState', 'oneOf', 'WorkReady,WorkNotReady');

type Report = {
  topic: string;
  payload: { object: string; seconds: number; reason?: string; values: Record<string, unknown> };
  agent?: Record<string, unknown>;
  skillgroup?: Record<string, unknown>;
  ctios: { session: string; objectId: string; agentId?: string; names: Record<string, string> };
};

describe('ctios-watch', () => {
  const openings = inNodeRed();

  const flow = (extra: object = {}) => [
    sessionNode,
    {
      id: 'n1',
      z: tab.id,
      type: 'ctios-watch',
      session: 's1',
      filter: [WRAP_UP],
      lasts: 0,
      wires: [['c1'], ['c2']],
      ...extra,
    },
    ...['c1', 'c2'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
  ];
  const state = (AgentState: number): void => {
    const { session } = openings;
    const agent = session.addAgent(AGENT, { AgentID: '1001', PeripheralID: 5000, AgentState });
    session.emit('OnAgentStateChange', { UniqueObjectID: AGENT, AgentID: '1001', AgentState }, { agent });
  };
  const counts = (): number[] => ['c1', 'c2'].map((id) => collected.get(id)?.length ?? 0);
  const reports = async (id: string, count = 1) => (await collectedBy(id, count)) as unknown as Report[];

  it('reports the start on output 1 and the end on output 2, once', async () => {
    await load(flow());
    state(3);
    state(5);
    state(6);
    await settle();
    assert.deepEqual(counts(), [1, 0]);
    const [began] = await reports('c1');
    assert.equal(began!.topic, 'began');
    assert.deepEqual(began!.payload.values, { AgentState: 5 });
    assert.equal(began!.payload.object, AGENT);
    assert.equal(began!.agent!.AgentID, '1001');
    assert.deepEqual(
      [began!.ctios.session, began!.ctios.objectId, began!.ctios.agentId, began!.ctios.names],
      ['s1', AGENT, '1001', { AgentState: 'WorkNotReady' }],
    );
    state(3);
    state(2);
    const [ended] = await reports('c2');
    assert.deepEqual([ended!.topic, ended!.payload.reason], ['ended', 'condition']);
    await settle();
    assert.deepEqual(counts(), [1, 1]);
  });

  it('sends no faster than the flows work if many objects begin at once', async () => {
    await load(flow());
    const { session } = openings;
    // Node-RED's test helper already spies on it.
    const send = node('n1').send as unknown as sinon.SinonSpy;
    const ids = Array.from({ length: 300 }, (_, n) => `agent.5000.${2000 + n}`);
    for (const id of ids) {
      const agent = session.addAgent(id, { AgentID: id.slice(11), PeripheralID: 5000, AgentState: 5 });
      session.emit('OnAgentStateChange', { UniqueObjectID: id, AgentState: 5 }, { agent });
    }
    assert.ok(send.callCount > 0 && send.callCount < ids.length, 'the others wait');
    const began = await reports('c1', ids.length);
    assert.deepEqual(
      began.map(({ payload }) => payload.object),
      ids,
    );
  });

  it('reports states that have lasted long enough, and no others', async () => {
    await load(flow({ lasts: 0.05 }));
    state(5);
    const [began] = await reports('c1');
    assert.ok(began!.payload.seconds >= 0);
    await deploy(flow({ lasts: 3600, name: 'longer' }), 'nodes');
    state(3);
    state(5);
    await settle();
    assert.deepEqual(counts(), [1, 0]);
    assert.equal(statusOf('n1'), 'blue dot');
  });

  it('watches the statistics of skill groups, with a separate end condition', async () => {
    const ends = [row('CallsQNow', 'lt', '5', 'num')];
    await load(flow({ kind: 'skillgroup', filter: [row('CallsQNow', 'gt', '10', 'num')], ends }));
    const waiting = (CallsQNow: number): void => {
      const Statistics = { CallsQNow };
      const properties = { UniqueObjectID: GROUP, SkillGroupNumber: 3, Statistics };
      const skillGroup = { uniqueObjectID: GROUP, properties: () => properties } as never;
      openings.session.emit('OnSkillGroupStatisticsUpdated', properties, { skillGroup });
    };
    for (const count of [10, 11, 7, 12, 4]) waiting(count);
    const [began] = await reports('c1');
    assert.deepEqual(began!.payload.values, { CallsQNow: 11 });
    assert.deepEqual(began!.skillgroup, {
      UniqueObjectID: GROUP,
      SkillGroupNumber: 3,
      Statistics: { CallsQNow: 11 },
    });
    const [ended] = await reports('c2');
    assert.deepEqual(ended!.payload.values, { CallsQNow: 4 });
    await settle();
    assert.deepEqual(counts(), [1, 1]);
  });

  for (const type of ['nodes', 'flows', 'full'] as const)
    it(`does not repeat a report after a deploy of "${type}"`, async () => {
      await load(flow({ name: 'before' }));
      state(5);
      await reports('c1');
      await deploy(flow({ name: 'after' }), type);
      state(5);
      await settle();
      assert.deepEqual(counts(), [1, 0]);
      assert.equal(statusOf('n1'), 'green dot');
      state(3);
      await reports('c2');
      assert.deepEqual(counts(), [1, 1]);
    });

  it('reports again if the condition has changed', async () => {
    await load(flow());
    state(5);
    await reports('c1');
    await deploy(flow({ filter: [row('AgentState', 'is', 'WorkNotReady')] }), 'nodes');
    await reports('c1', 2);
  });

  for (const [what, filter] of [
    ['without rows', []],
    ['with an operator that does not exist', [row('AgentState', 'near', '5')]],
    ['with a value of the flow', [row('AgentState', 'is', 'wanted', 'flow')]],
  ] as const)
    it(`rejects a condition ${what}`, async () => {
      await load(flow({ filter }));
      state(5);
      await settle();
      assert.deepEqual(counts(), [0, 0]);
      assert.equal(statusOf('n1'), 'red dot');
    });
});
