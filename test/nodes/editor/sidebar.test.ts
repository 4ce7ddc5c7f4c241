import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import sinon from 'sinon';
import { Sessions } from '../../../nodes/shared/session/sessions.js';
import { statuses } from '../../../nodes/shared/status/status.js';
import { StateTimes } from '../../../nodes/sidebar/state-times.js';
import { BELL, INTEREST_MS, LISTS, MAX_ROWS, type Row, type View } from '../../../nodes/sidebar/view.js';
import { RING_MS, StateTimesWatch } from '../../../nodes/sidebar/watch.js';
import { SkillGroup } from '../../../src/cil/index.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { enumValues } from '../../../src/ctios/index.js';
import { FakeOpening, FakeSession } from '../fake-session.js';
import { deploy, helper, inNodeRed, load, sessionNode, settle, tab } from '../runtime.js';

const plugin = require('../../../nodes/sidebar/sidebar.js') as (RED: NodeAPI) => void;
const reader = { id: 'e1', z: tab.id, type: 'ctios-call-events', session: 's1', wires: [] };
const internals = helper as unknown as { _events: EventEmitter; _httpAdmin: never };

interface Route {
  method: string;
  path: string;
  permission: string;
}

/** The plugin in the runtime under test. */
function plugIn(): { routes: Route[]; publish: sinon.SinonSpy } {
  const routes: Route[] = [];
  const publish = sinon.spy();
  const app = internals._httpAdmin as Record<string, (...args: unknown[]) => void>;
  const route =
    (method: string) =>
    (path: string, guard: { permission?: string }, handler: unknown): void => {
      routes.push({ method, path, permission: guard.permission ?? 'none' });
      app[method]!(path, handler);
    };
  plugin({
    events: internals._events,
    httpAdmin: { get: route('get'), put: route('put'), delete: route('delete') },
    auth: { needsPermission: (permission: string) => Object.assign(() => {}, { permission }) },
    comms: { publish },
    plugins: { registerPlugin: () => {} },
    nodes: { getNode: (id: string) => helper.getNode(id) },
  } as never);
  return { routes, publish };
}

describe('the sidebar in the runtime', () => {
  const openings = inNodeRed();
  let server: Server;
  let routes: Route[];
  beforeEach(async () => {
    await load([sessionNode, reader]);
    ({ routes } = plugIn());
    server = createServer(internals._httpAdmin);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await settle();
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function ask(path: string, method = 'GET'): Promise<Response> {
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ctios/sidebar/${path}`, { method });
  }
  const look = async (query = ''): Promise<View> => (await ask(`view?session=s1&${query}`)).json() as Promise<View>;
  const staff = (count: number): void => {
    for (let n = count; n >= 1; n--) {
      openings.session.addAgent(`agent.5000.${n}`, {
        PeripheralID: 5000,
        AgentID: String(n),
        AgentFirstName: 'Agent',
        AgentLastName: `Number ${n}`,
        AgentExtension: String(20000 + n),
        AgentState: n % 2 === 0 ? 3 : 4,
        NumSkillGroups: 1,
        'SkillGroup[1]': { SkillGroupNumber: 10, SkillGroupState: n % 2 === 0 ? 3 : 4 },
      });
    }
  };

  it('requires the permission to read sessions on every route', () => {
    assert.equal(routes.length, 3);
    for (const { path, permission } of routes) {
      assert.match(path, /^\/ctios\/sidebar\//);
      assert.equal(permission, 'ctios-session.read', path);
    }
  });

  it('reports the state of each session: side, versions, round-trip time and counters', async () => {
    (openings.last as { link?: unknown }).link = {
      state: 'up',
      side: 'B',
      protocolVersion: 25,
      roundTripMs: 3,
      standby: true,
    };
    staff(3);
    openings.session.addCall('call.5000.1.2001');
    openings.session.emit('OnHeartbeat');
    const { sessions } = await look();
    assert.deepEqual(sessions, [
      {
        id: 's1',
        name: '',
        phase: 'ready',
        simulated: false,
        nodes: 1,
        mode: 'monitor',
        server: 'test',
        side: 'B',
        standby: true,
        protocol: 25,
        roundTripMs: 3,
        events: 1,
        calls: 1,
        agents: 3,
        skillGroups: 0,
      },
    ]);
  });

  it('reports why a session is not ready, with the reason of the link if the session has none', async () => {
    openings.session.turn({ ...openings.session.status, state: 'waiting', online: false, reason: 'no route to host' });
    assert.deepEqual(
      (await look()).sessions.map(({ phase, reason }) => [phase, reason]),
      [['reconnecting', 'no route to host']],
    );
    const statusSystem = { StatusCtiServerDriver: false };
    openings.session.turn({ ...openings.session.status, state: 'ready', reason: undefined, statusSystem });
    (openings.last as { link?: unknown }).link = { state: 'waiting', standby: false, reason: 'E_CTI_NO_ENTRY' };
    assert.deepEqual(
      (await look()).sessions.map(({ phase, reason }) => [phase, reason]),
      [['offline', 'E_CTI_NO_ENTRY']],
    );
  });

  it('lists agents by number, with the name of their state and its time', async () => {
    staff(11);
    await ask('watchers/w', 'PUT');
    openings.session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.2', AgentState: 3 });
    const { list } = await look('list=agents');
    assert.deepEqual(
      list!.rows.map((row) => (row as { agentId: string }).agentId),
      ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
    );
    const { since, ...second } = list!.rows[1] as { since: number } & Row;
    assert.deepEqual(second, {
      kind: 'agent',
      id: 'agent.5000.2',
      agentId: '2',
      name: 'Agent Number 2',
      extension: '20002',
      state: 'Available',
    });
    assert.equal(since, openings.session.history.at(-1)!.time);
    await ask('watchers/w', 'DELETE');
  });

  it('shows nothing for an object that a server sends in place of a text', async () => {
    const { session } = openings;
    const odd = { toString: 0, valueOf: 0 };
    session.addAgent('agent.5000.1', {
      AgentID: odd,
      PeripheralID: odd,
      NumSkillGroups: 1,
      'SkillGroup[1]': { SkillGroupNumber: odd },
    });
    session.addCall('call.5000.1.2001', { ANI: odd, DialedNumber: odd, DeviceID: odd, CallStatus: odd });
    const group = new SkillGroup(session as never);
    group.merge({ UniqueObjectID: 'skillgroup.5000.10', PeripheralID: odd, SkillGroupNumber: odd, CallsQNow: odd });
    session.skillGroups.set('skillgroup.5000.10', group);
    session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001', Reason: odd, AgentID: odd });
    for (const list of LISTS) {
      const answer = await ask(`view?session=s1&list=${list}`);
      assert.equal(answer.status, 200, list);
      assert.equal(((await answer.json()) as View).list!.rows.length, 1, list);
    }
  });

  it('lists calls and events newest first, and skill groups with their agents', async () => {
    const { session } = openings;
    staff(5);
    const group = new SkillGroup(session as never);
    group.merge({
      UniqueObjectID: 'skillgroup.5000.10',
      PeripheralID: 5000,
      SkillGroupNumber: 10,
      SkillGroupName: 'Sales',
    });
    session.skillGroups.set('skillgroup.5000.10', group);
    session.addCall('call.5000.1.2001', { ANI: '2065550101', DialedNumber: '8001', DeviceID: '2001', CallStatus: 3 });
    session.addCall('call.5000.2.2002', { DNIS: '8002', DeviceID: '2002', CallStatus: 2, CallType: 2 });
    session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001', CallStatus: 2 });
    session.emit('OnCallEstablished', { UniqueObjectID: 'call.5000.1.2001', CallStatus: 3 }, { recovered: true });

    const calls = (await look('list=calls')).list!.rows as readonly {
      from: string;
      to: string;
      status: string;
      type: string;
    }[];
    assert.deepEqual(
      calls.map(({ from, to, status, type }) => [from, to, status, type]),
      [
        ['', '8002', 'Alerting', 'PrerouteAcdIn'],
        ['2065550101', '8001', 'Connect', ''],
      ],
    );
    const events = (await look('list=events')).list!.rows as readonly {
      event: string;
      about: string;
      recovered?: true;
    }[];
    assert.deepEqual(
      events.map(({ event, about, recovered }) => [event, about, recovered]),
      [
        ['OnCallEstablished', '2065550101 → 8001', true],
        ['OnCallDelivered', '2065550101 → 8001', undefined],
      ],
    );
    assert.deepEqual((await look('list=skillgroups')).list!.rows, [
      {
        kind: 'skillgroup',
        id: 'skillgroup.5000.10',
        number: '10',
        name: 'Sales',
        agents: 5,
        available: 2,
        talking: 3,
      },
    ]);
  });

  it('finds rows that contain all words, each in any of its spellings', async () => {
    staff(30);
    const found = async (filter: string): Promise<number> =>
      (await look(`list=agents&filter=${encodeURIComponent(filter)}`)).list!.total;
    assert.equal(await found(''), 30);
    assert.equal(await found('available'), 15);
    assert.equal(await found('AVAILABLE 20002'), 1);
    assert.equal(await found('verfügbar|Available 20002|20004'), 2);
    assert.equal(await found('nobody'), 0);
  });

  it('handles 2,000 agents: sends one page of them, in a few thousand bytes', async () => {
    staff(2000);
    const answer = await (await ask('view?session=s1&list=agents&offset=990&limit=30')).text();
    const { list } = JSON.parse(answer) as View;
    assert.equal(list!.total, 2000);
    assert.equal(list!.rows.length, 30);
    assert.equal((list!.rows[0] as { agentId: string }).agentId, '991');
    assert.ok(answer.length < 8_000, `${answer.length} bytes`);

    const greedy = (await look('list=agents&limit=100000')).list!;
    assert.equal(greedy.rows.length, MAX_ROWS);
    const beyond = (await look('list=agents&offset=5000&limit=30')).list!;
    assert.equal(beyond.offset, 1970);
    assert.equal(beyond.rows.length, 30);
    const filtered = (await look('list=agents&filter=talking&offset=500&limit=10')).list!;
    assert.equal(filtered.total, 1000);
    assert.equal((filtered.rows[0] as { agentId: string }).agentId, '1001');
  });

  it('shows one object or event in full, with its names and the most relevant properties first', async () => {
    openings.session.addCall('call.5000.1.2001', {
      PeripheralID: 5000,
      ECC: { 'user.CustomerTier': 'gold' },
      CallVariable1: '4711',
      CallStatus: 2,
    });
    openings.session.emit('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1', AgentState: 2 });
    const call = (await look('list=calls&chosen=call.5000.1.2001')).details!;
    assert.deepEqual(call.properties, [
      { key: 'UniqueObjectID', value: 'call.5000.1.2001' },
      { key: 'CallStatus', value: '2', word: 'Alerting' },
      { key: 'CallVariable1', value: '4711' },
      { key: 'user.CustomerTier', value: 'gold' },
      { key: 'PeripheralID', value: '5000' },
    ]);
    const event = (await look('list=events&chosen=1')).details!;
    assert.deepEqual(event.properties[1], { key: 'AgentState', value: '2', word: 'NotReady' });
    assert.equal((await look('list=calls&chosen=call.5000.9.9')).details, undefined);
  });

  it('reveals no secret anywhere', async () => {
    openings.session.addAgent('agent.5000.1', { AgentID: '1', AgentPassword: 'planted', AgentState: 3 });
    openings.session.addCall('call.5000.1.2001', { Inner: { AgentPassword: 'planted' } });
    openings.session.emit('OnSetAgentModeEvent', { AgentID: '1', MonitorModePassword: 'planted' });
    for (const list of LISTS) {
      for (const chosen of ['agent.5000.1', 'call.5000.1.2001', '1']) {
        assert.ok(
          !JSON.stringify(await look(`list=${list}&chosen=${chosen}`)).includes('planted'),
          `${list} ${chosen}`,
        );
      }
      const { total } = (await look(`list=${list}&filter=planted`)).list!;
      assert.equal(total, 0, `${list} can be searched for a secret`);
    }
  });

  it('masks what the session masks: in lists, details, events and the filter', async () => {
    const { session } = openings;
    const masked = 'ANI, CallVariable3, user.Card*, AgentLastName, SkillGroupName';
    await deploy([{ ...sessionNode, masked }, reader], 'full');
    await settle();
    assert.equal(openings.session, session, 'the session was opened anew for a mask');
    session.addAgent('agent.5000.1', { AgentID: '1', AgentFirstName: 'Ada', AgentLastName: 'planted', AgentState: 3 });
    const group = new SkillGroup(session as never);
    group.merge({ UniqueObjectID: 'skillgroup.5000.10', SkillGroupNumber: 10, SkillGroupName: 'planted' });
    session.skillGroups.set('skillgroup.5000.10', group);
    const call = { ANI: 'planted', DialedNumber: '8001', CallVariable3: 'planted', CallVariable4: 'seen' };
    session.addCall('call.5000.1.2001', { ...call, ECC: { 'user.CardNumber[0]': 'planted', 'user.Tier': 'gold' } });
    session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001', ...call });
    for (const list of LISTS) {
      for (const chosen of ['agent.5000.1', 'call.5000.1.2001', 'skillgroup.5000.10', '1']) {
        const view = JSON.stringify(await look(`list=${list}&chosen=${chosen}`));
        assert.ok(!view.includes('planted'), `${list} ${chosen}: ${view}`);
      }
      assert.equal((await look(`list=${list}&filter=planted`)).list!.total, 0, `${list} can be searched for it`);
    }
    const { rows } = (await look('list=calls')).list!;
    assert.deepEqual([(rows[0] as { from: string }).from, (rows[0] as { to: string }).to], ['***', '8001']);
    const shown = (await look('list=calls&chosen=call.5000.1.2001')).details!.properties;
    const value = (key: string) => shown.find((each) => each.key === key)?.value;
    assert.deepEqual(['CallVariable3', 'CallVariable4', 'user.CardNumber[0]', 'user.Tier'].map(value), [
      '***',
      'seen',
      '***',
      'gold',
    ]);
  });

  it('disables caching', async () => {
    assert.equal((await ask('view')).headers.get('cache-control'), 'no-store');
  });

  it('responds with an error for a list or a session that does not exist', async () => {
    const refused = await ask('view?session=s1&list=secrets');
    assert.equal(refused.status, 400);
    assert.match(((await refused.json()) as { error: string }).error, /no list "secrets"/);
    const { sessions, list } = (await (await ask('view?session=gone')).json()) as View;
    assert.equal(sessions.length, 1);
    assert.equal(list, undefined);
  });
});

describe('the change notifications of the sidebar', () => {
  let clock: VirtualClock;
  let sessions: Sessions;
  let opened: FakeOpening;
  let publish: sinon.SinonSpy;
  let watch: StateTimesWatch;

  beforeEach(async () => {
    clock = new VirtualClock();
    sessions = new Sessions(clock);
    opened = new FakeOpening();
    publish = sinon.spy();
    watch = new StateTimesWatch(sessions, publish, clock);
    const host = sessions.adopt({ id: 's', key: 'k', open: () => opened });
    host.attach('n', { view: () => {} });
    sessions.deployEnded();
    await settle();
  });
  const happens = (times = 1): void => {
    for (let n = 0; n < times; n++) opened.session.emit('OnHeartbeat');
  };

  it('are not sent while no sidebar is open, without listeners on any session', () => {
    const before = opened.session.listeners;
    happens(10);
    clock.advance(10 * RING_MS);
    sinon.assert.notCalled(publish);
    watch.renew('w');
    assert.equal(opened.session.listeners, before + 1);
    watch.leave('w');
    assert.equal(opened.session.listeners, before);
  });

  it('are sent at most twice a second when something changes, without content', () => {
    watch.renew('w');
    clock.advance(4 * RING_MS);
    sinon.assert.notCalled(publish);
    for (let ms = 0; ms < 2000; ms += 5) {
      happens();
      clock.advance(5);
    }
    sinon.assert.callCount(publish, 4);
    sinon.assert.calledWithExactly(publish.firstCall, BELL, { ring: 1 });
    // A change that was reported is not reported again.
    clock.advance(4 * RING_MS);
    sinon.assert.callCount(publish, 4);
  });

  it('are sent when the state of the link or of a session changes, with or without events', () => {
    watch.renew('w');
    opened.session.turn({ ...opened.session.status, online: false });
    clock.advance(RING_MS);
    sinon.assert.calledOnce(publish);
    (opened as { link?: unknown }).link = { state: 'up', roundTripMs: 7, standby: false };
    clock.advance(RING_MS);
    sinon.assert.callCount(publish, 2);
  });

  it('stop when the last sidebar is closed', () => {
    watch.renew('one');
    watch.renew('other');
    watch.leave('one');
    happens();
    clock.advance(RING_MS);
    sinon.assert.calledOnce(publish);
    watch.leave('other');
    happens();
    clock.advance(10 * RING_MS);
    sinon.assert.calledOnce(publish);
    assert.equal(watch.watchers, 0);
  });

  it('stop when no sidebar renews its registration, and continue as long as one does', () => {
    watch.renew('lost');
    for (let ms = 0; ms < INTEREST_MS; ms += INTEREST_MS / 4) {
      watch.renew('there');
      clock.advance(INTEREST_MS / 4);
    }
    assert.equal(watch.watchers, 1);
    clock.advance(INTEREST_MS + RING_MS);
    assert.equal(watch.watchers, 0);
    publish.resetHistory();
    happens();
    clock.advance(10 * RING_MS);
    sinon.assert.notCalled(publish);
  });

  it('limit the memory that invented sidebars can use', () => {
    for (let n = 0; n < 5000; n++) watch.renew(`invented ${n}`);
    assert.ok(watch.watchers <= 500);
  });

  it('follow the current sessions across a deploy that replaces one', async () => {
    watch.renew('w');
    const before = opened.session;
    const next = new FakeOpening();
    sessions.adopt({ id: 's', key: 'other', open: () => next }).attach('n', { view: () => {} });
    sessions.deployEnded();
    await settle();
    clock.advance(RING_MS);
    assert.equal(before.listeners, 0);
    assert.ok(watch.timesOf(next.session) !== undefined);
    assert.equal(watch.timesOf(before), undefined);
  });
});

describe('the time since which a state has lasted', () => {
  let session: FakeSession;
  beforeEach(() => {
    session = new FakeSession();
  });
  const states = (agent: string, ...given: [state: number, extra?: object][]): number[] =>
    given.map(
      ([AgentState, extra]) =>
        session.emit('OnAgentStateChange', { UniqueObjectID: `agent.1.${agent}`, AgentState, ...extra }).time,
    );

  it('is the time of the last change, not of the last event', () => {
    const [, second] = states('1', [3], [4], [4]);
    assert.deepEqual(new StateTimes(session).since('agent.1.1', 4), { since: second });
  });
  it('includes the seconds reported by the switch', () => {
    const [, second] = states('1', [3], [4, { StateDuration: 90 }]);
    assert.deepEqual(new StateTimes(session).since('agent.1.1', 4), { since: second! - 90_000 });
  });
  it('is a lower bound for a state that was learned from a snapshot', () => {
    const { time } = session.emit('OnQueryAgentStateConf', { UniqueObjectID: 'agent.1.1', AgentState: 3 });
    const times = new StateTimes(session);
    assert.deepEqual(times.since('agent.1.1', 3), { since: time, atLeast: true });
    assert.deepEqual(times.since('agent.1.2', 3), { since: time, atLeast: true }, 'an agent nothing was told of');
    const [changed] = states('1', [4]);
    assert.deepEqual(times.since('agent.1.1', 4), { since: changed });
  });
  it('is kept while the call is followed, and ends with it', () => {
    const times = new StateTimes(session);
    assert.equal(times.since('call.1.1.1', 2), undefined);
    session.emit('OnHeartbeat');
    const { time } = session.emit('OnCallDelivered', { UniqueObjectID: 'call.1.1.1', CallStatus: 2 });
    assert.deepEqual(times.since('call.1.1.1', 2), { since: time });
    session.emit('OnCallEnd', { UniqueObjectID: 'call.1.1.1' });
    assert.equal(times.since('call.1.1.1', 2)?.atLeast, true);
    times.stop();
    assert.equal(session.listeners, 0);
  });
});

describe('the styles of the sidebar', () => {
  it('take every color from the theme, so that dark and light themes work', () => {
    const folder = join(__dirname, '..', '..', '..', '..', 'nodes', 'editor', 'sidebar');
    const css = readFileSync(join(folder, 'style.ts'), 'utf8');
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|\b(?:white|black)\b(?!-)/i);
    assert.match(css, /var\(--red-ui-/);
  });
});

describe('the texts of the sidebar', () => {
  const catalog = (language: string): Record<string, Record<string, string>> =>
    JSON.parse(
      readFileSync(
        join(__dirname, '..', '..', '..', '..', 'nodes', 'sidebar', 'locales', language, 'sidebar.json'),
        'utf8',
      ),
    );
  for (const language of ['en-US', 'de', 'ja']) {
    it(`exist for every state, phase and list: ${language}`, () => {
      const words = catalog(language);
      for (const { word } of enumValues('AgentState')) assert.ok(words.agentState![word], `AgentState ${word}`);
      for (const { word } of enumValues('CallStatus')) assert.ok(words.callStatus![word], `CallStatus ${word}`);
      for (const list of LISTS) assert.ok(words.list![list] && words.empty![list], list);
      const phases = ['unused', 'connecting', 'starting', 'ready', 'reconnecting', 'offline'] as const;
      for (const phase of [...phases, 'badSettings', 'clientIdInUse', 'rejected'] as const) {
        assert.ok(words.phase![phase] && statuses[phase], phase);
      }
    });
  }
});
