/**
 * The effect of each kind of deploy on each type of node: every row of Node-RED's table, twice in a row. After each
 * deploy the node shows its status without a new event, works, ends each message once, and has leaked nothing.
 */
import assert from 'node:assert/strict';
import type { Node } from 'node-red';
import type { FakeSession } from './fake-session.js';
import {
  collected,
  deploy,
  forgetStatuses,
  helper,
  inNodeRed,
  load,
  node,
  sessionNode,
  settle,
  statusOf,
  TYPES,
  tab,
} from './runtime.js';

/** How the flow of a test may differ from the initial one. */
interface Variant {
  /** The name of the node. */
  readonly name?: string;
  readonly sessionName?: string;
  readonly seed?: number;
  readonly rewired?: boolean;
  readonly disabled?: boolean;
  readonly deleted?: boolean;
}

interface Row {
  readonly what: string;
  readonly kind: 'nodes' | 'flows' | 'full';
  /** The deploys of one round. */
  round(turn: number): readonly Variant[];
  readonly node: 'same' | 'new' | 'gone and back';
  readonly config: 'same' | 'new';
  /** The session is reopened by each deploy of a round. */
  readonly reopened?: true;
}

const rows: readonly Row[] = [
  {
    what: 'the node was edited',
    kind: 'nodes',
    round: (turn) => [{ name: `turn ${turn}` }],
    node: 'new',
    config: 'same',
  },
  {
    what: 'its session was renamed',
    kind: 'nodes',
    round: (turn) => [{ sessionName: `lab ${turn}` }],
    node: 'new',
    config: 'new',
  },
  {
    what: 'its session got other settings',
    kind: 'nodes',
    round: (turn) => [{ seed: turn + 2 }],
    node: 'new',
    config: 'new',
    reopened: true,
  },
  {
    what: 'only wires were changed',
    kind: 'nodes',
    round: (turn) => [{ rewired: turn % 2 === 0 }],
    node: 'same',
    config: 'same',
  },
  {
    what: 'wires of its flow were changed',
    kind: 'flows',
    round: (turn) => [{ rewired: turn % 2 === 0 }],
    node: 'new',
    config: 'same',
  },
  { what: 'nothing was changed', kind: 'full', round: () => [{}], node: 'new', config: 'new' },
  {
    what: 'its flow was disabled, then enabled',
    kind: 'flows',
    round: () => [{ disabled: true }, {}],
    node: 'gone and back',
    config: 'same',
  },
  {
    what: 'the node was deleted, then put back',
    kind: 'nodes',
    round: () => [{ deleted: true }, {}],
    node: 'gone and back',
    config: 'same',
  },
];

interface Subject {
  /** The saved form of the node, if the initial one does not suit the test. */
  readonly saved: object;
  /** Causes one message on the first output. */
  use(session: FakeSession, turn: number): void | Promise<void>;
  /** The node receives messages and must end each of them. */
  readonly ends: boolean;
  /** The number of its own subscriptions to the session. */
  readonly listeners: 0 | 1 | 2 | 3;
  /** The number of its own status listeners. */
  readonly statusListeners?: 1;
}

const callId = (turn: number): string => `call.5000.${turn}.2001`;
const say = (message: object): void => node('n').receive(message as never);

const events: Subject = {
  saved: {},
  use: (session, turn) => void session.emit('OnCallBegin', { UniqueObjectID: callId(turn) }),
  ends: false,
  listeners: 1,
};
const request = (saved: object): Subject => ({
  saved,
  use: (_, turn) => say({ payload: { UniqueObjectID: callId(turn) } }),
  ends: true,
  listeners: 0,
});
/** These have no session; webhook.test.ts tests their deploys. */
const WITHOUT_SESSION = ['ctios-webhook'] as const;
const subjects: Readonly<
  Record<Exclude<(typeof TYPES)[number], 'ctios-session' | (typeof WITHOUT_SESSION)[number]>, Subject>
> = {
  // All nodes of an interface share one subscription, which the other node already has.
  'ctios-call-events': { ...events, listeners: 0 },
  'ctios-agent-events': {
    ...events,
    use: (session) => void session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentState: 3 }),
  },
  'ctios-events': { ...events, saved: { interface: 'AllInOne' } },
  'ctios-call': request({ request: 'Hold' }),
  'ctios-agent': {
    ...request({ request: 'SetAgentState' }),
    use: () => say({ payload: { UniqueObjectID: 'agent.5000.1', AgentState: 'Available' } }),
  },
  'ctios-request': request({ request: 'Hold' }),
  'ctios-query': request({ query: 'calls' }),
  'ctios-wait': {
    saved: { events: ['OnCallEnd'] },
    async use(session, turn) {
      say({ call: { UniqueObjectID: callId(turn) } });
      await settle();
      session.emit('OnCallEnd', { UniqueObjectID: callId(turn) });
    },
    ends: true,
    listeners: 1,
  },
  'ctios-screen-pop': {
    saved: {},
    use(session, turn) {
      const call = session.addCall(callId(turn), {
        ANI: '2065550101',
        CallType: 2,
        ICMEnterpriseUniqueID: `icm.${turn}`,
      });
      const agent = session.addAgent('agent.5000.1', { AgentID: '1', AgentInstrument: '2001', PeripheralID: 5000 });
      for (const event of ['OnCallBegin', 'OnCallDelivered', 'OnCallEnd'] as const)
        session.emit(event, { UniqueObjectID: callId(turn) }, { agent, call });
    },
    ends: false,
    // Calls, and the agents found at a phone.
    listeners: 2,
  },
  'ctios-contact': {
    saved: {},
    use(session, turn) {
      const call = session.addCall(callId(turn), {
        ANI: '2065550101',
        CallType: 2,
        ICMEnterpriseUniqueID: `icm.${turn}`,
      });
      const agent = session.addAgent('agent.5000.1', { AgentID: '1', AgentInstrument: '2001', PeripheralID: 5000 });
      for (const event of ['OnCallBegin', 'OnCallDelivered', 'OnCallEnd'] as const)
        session.emit(event, { UniqueObjectID: callId(turn), CallStatus: 2 }, { agent, call });
      session.emit('OnAgentStateChange', { AgentID: '1', PeripheralID: 5000, AgentState: 3 });
    },
    ends: false,
    // Calls, agents, and the session for gaps.
    listeners: 3,
  },
  'ctios-watch': {
    saved: { kind: 'call', filter: [{ key: 'CallStatus', op: 'is', value: '2', type: 'num' }], lasts: 0 },
    use(session, turn) {
      const call = session.addCall(callId(turn), { CallStatus: 2 });
      session.emit('OnCallDelivered', { UniqueObjectID: callId(turn), CallStatus: 2 }, { call });
      session.calls.delete(callId(turn));
      session.emit('OnCallEnd', { UniqueObjectID: callId(turn) }, { call });
    },
    ends: false,
    listeners: 1,
    statusListeners: 1,
  },
  'ctios-simulate': request({ command: 'placeCall' }),
};

/** Also uses the session, so that it stays open while the node is replaced. */
const OTHER = { id: 'other', z: 't2', type: 'ctios-call-events', session: 's1', events: ['OnCallHeld'], wires: [[]] };
const collector = (id: string) => ({ id, z: tab.id, type: 'collector', wires: [] });

function flow(type: string, saved: object, variant: Variant): Record<string, unknown>[] {
  const { name = '', sessionName = '', seed = 1, rewired = false, disabled = false, deleted = false } = variant;
  const subject = {
    id: 'n',
    z: tab.id,
    type,
    session: 's1',
    name,
    ...saved,
    wires: [rewired ? ['c', 'd'] : ['c'], []],
  };
  return [
    { ...tab, disabled },
    { id: 't2', type: 'tab', label: 'other' },
    { ...sessionNode, name: sessionName, seed },
    OTHER,
    ...(deleted ? [] : [subject]),
    ...['c', 'd', 'completed', 'failed'].map(collector),
    { id: 'k1', z: tab.id, type: 'catch', scope: null, wires: [['failed']] },
    { id: 'k2', z: tab.id, type: 'complete', scope: ['n'], wires: [['completed']] },
  ];
}

const counted = (id: string): number => collected.get(id)?.splice(0).length ?? 0;

describe('a deploy', () => {
  const openings = inNodeRed((opened) => {
    opened.simulator = { run: (command) => ({ command }) };
  });

  it('is tested with every node type of the pack', () => {
    assert.deepEqual(['ctios-session', ...WITHOUT_SESSION, ...Object.keys(subjects)].sort(), [...TYPES].sort());
  });

  for (const [type, subject] of Object.entries(subjects)) {
    for (const row of rows) {
      it(`of "${row.kind}" with ${row.what}, twice: ${type}`, () => twice(type, subject, row));
    }
  }

  describe('with a message in progress', () => {
    const CALL = callId(1);
    const underWay = async (type: string, saved: object): Promise<void> => {
      await load(flow(type, saved, {}).filter(({ id }) => id !== tab.id));
      say({ payload: { UniqueObjectID: CALL } });
      await settle();
    };
    const codes = (): string[] =>
      (collected.get('failed') ?? []).map((msg) => (msg as never as { error: { code: string } }).error.code);

    for (const [type, saved] of [
      ['ctios-wait', { events: ['OnCallEnd'] }],
      ['ctios-call', { request: 'Hold', complete: 'OnCallHeld' }],
    ] as const) {
      it(`ends the message once, as an error, when a node waiting for an event is edited: ${type}`, async () => {
        await underWay(type, saved);
        await deployed(flow(type, saved, { name: 'edited' }), 'nodes');
        openings.session.emit('OnCallHeld', { UniqueObjectID: CALL });
        openings.session.emit('OnCallEnd', { UniqueObjectID: CALL });
        await settle();
        assert.deepEqual(codes(), ['CTIOS_NODE_CLOSED']);
        assert.deepEqual([counted('c'), counted('completed')], [0, 0]);
      });
    }

    it('lets the message continue along the new wires when only wires change', async () => {
      const saved = { request: 'Hold', complete: 'OnCallHeld' };
      await underWay('ctios-call', saved);
      await deployed(flow('ctios-call', saved, { rewired: true }), 'nodes');
      openings.session.emit('OnCallHeld', { UniqueObjectID: CALL });
      await settle();
      assert.deepEqual([counted('c'), counted('d'), counted('completed'), counted('failed')], [1, 1, 1, 0]);
    });

    it('ends the message once, with the response, when the response arrives after the node was replaced', async () => {
      const answers: (() => void)[] = [];
      openings.prepare = ({ session }) => {
        session.answer = () => new Promise((resolve) => answers.push(() => resolve({ args: {} })));
      };
      await underWay('ctios-call', { request: 'Hold' });
      await deployed(flow('ctios-call', { request: 'Hold' }, { name: 'edited' }), 'nodes');
      assert.equal(answers.length, 1, 'the request was sent again');
      answers[0]!();
      await settle();
      assert.deepEqual([counted('c'), counted('completed'), counted('failed')], [1, 1, 0]);
    });
  });

  async function twice(type: string, subject: Subject, row: Row): Promise<void> {
    await load(flow(type, subject.saved, {}).filter(({ id }) => id !== tab.id));
    await settle();
    const before = { listeners: openings.session.listeners, status: openings.session.statusListeners };
    assert.equal(before.listeners, 1 + subject.listeners);
    await works(subject, 100);
    for (const turn of [0, 1]) {
      for (const variant of row.round(turn)) {
        const there = !variant.deleted && !variant.disabled;
        const old = { node: helper.getNode('n') as Node | null, config: node('s1'), openings: openings.all.length };
        const goodbyes: boolean[] = [];
        old.node?.on('close', (removed: boolean, done: () => void) => {
          goodbyes.push(removed);
          done();
        });
        forgetStatuses();
        await deployed(flow(type, subject.saved, variant), row.kind);
        const now = helper.getNode('n') as Node | null;

        assert.equal(now !== null, there, 'the node is there');
        if (row.node === 'same') assert.equal(now, old.node);
        else assert.notEqual(now, old.node);
        if (old.node !== null && row.node !== 'same') assert.deepEqual(goodbyes, [row.node === 'gone and back']);
        assert.equal(node('s1') === old.config, row.config === 'same', 'the config node');
        if (there && row.node !== 'same') assert.equal(statusOf('n'), 'green dot', 'its status, at once');

        assert.equal(openings.all.length - old.openings, row.reopened ? 1 : 0, 'sessions opened');
        assert.deepEqual(
          openings.all.map(({ closed }) => closed),
          [...openings.all.slice(1).map(() => 1), 0],
          'all but the last session closed, once',
        );
        for (const { session } of openings.all.slice(0, -1)) assert.equal(session.listeners, 0, 'of a closed session');
        const { session } = openings;
        assert.equal(session.listeners, before.listeners - (there ? 0 : subject.listeners), 'listeners');
        const ofStatus = there ? 0 : (subject.statusListeners ?? 0);
        assert.equal(session.statusListeners, before.status - ofStatus, 'listeners to the status');
        assert.deepEqual(usersOf(), there ? ['n', 'other'] : ['other']);
        if (there) await works(subject, 10 * turn + 1);
      }
    }
  }

  /** Deploys, with its own tab, and waits until nothing is in progress. */
  async function deployed(flows: Record<string, unknown>[], kind: Row['kind']): Promise<void> {
    const [own, ...others] = flows;
    await deploy(others, kind, undefined, own);
    await settle();
  }

  /** One message in, one message out, ended once and without an error. */
  async function works({ use, ends }: Subject, turn: number): Promise<void> {
    for (const id of ['c', 'd', 'completed', 'failed']) counted(id);
    await use(openings.session, turn);
    await settle();
    assert.equal(counted('c'), 1, 'messages sent');
    assert.equal(counted('completed'), ends ? 1 : 0, 'messages ended');
    assert.equal(counted('failed'), 0, 'errors');
  }

  const usersOf = (): string[] => Object.keys((node('s1') as never as { users: object }).users).sort();
});
