import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { SessionUser } from '../../../nodes/shared/session/node-slots.js';
import { SessionHost } from '../../../nodes/shared/session/session-host.js';
import type { SessionView } from '../../../nodes/shared/session/session-view.js';
import { CLOSE_LIMIT_MS, DEPLOY_LIMIT_MS, Sessions } from '../../../nodes/shared/session/sessions.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { CtiosError } from '../../../src/ctios/index.js';
import { FakeOpening, READY } from '../fake-session.js';
import {
  collected,
  deploy,
  forgetStatuses,
  helper,
  inNodeRed,
  load,
  node,
  received,
  sessionNode,
  settle,
  statusOf,
  tab,
} from '../runtime.js';

const reader = (id: string, extra: object = {}) => ({
  id,
  z: tab.id,
  type: 'ctios-call-events',
  session: 's1',
  events: [],
  filter: [],
  split: 'one',
  properties: [],
  wires: [],
  ...extra,
});
const catcher = { id: 'ca', z: tab.id, type: 'catch', scope: null, wires: [['hc']] };
const sink = (id: string) => ({ id, z: tab.id, type: 'helper', wires: [] });

describe('a session across deploys', () => {
  const openings = inNodeRed();

  it('is not opened as long as no node uses it', async () => {
    await load([sessionNode]);
    assert.equal(openings.all.length, 0);
  });

  it('is shared by all its users', async () => {
    await load([sessionNode, reader('e1'), reader('e2')]);
    assert.equal(openings.all.length, 1);
    assert.deepEqual(Object.keys((node('s1') as never as { users: object }).users).sort(), ['e1', 'e2']);
  });

  for (const type of ['nodes', 'flows', 'full'] as const) {
    it(`stays connected across two deploys of "${type}" that do not change its settings`, async () => {
      await load([sessionNode, reader('e1')]);
      for (const name of ['one', 'two']) await deploy([{ ...sessionNode, name }, reader('e1', { name })], type);
      await settle();
      assert.equal(openings.all.length, 1);
      assert.equal(openings.session.connected, 1);
      assert.equal(openings.session.disconnected, 0);
    });

    it(`is reopened, after the old one is closed, by each of two deploys of "${type}" that change its settings`, async () => {
      await load([sessionNode, reader('e1')]);
      for (const seed of [2, 3]) {
        await deploy([{ ...sessionNode, seed }, reader('e1')], type);
        await settle();
      }
      assert.equal(openings.all.length, 3);
      assert.deepEqual(
        openings.all.map(({ closed }) => closed),
        [1, 1, 0],
      );
      assert.equal(openings.session.connected, 1);
      assert.equal(openings.session.listeners, 1);
    });

    it(`is closed when a deploy of "${type}" removes its last user, and opened again for the next`, async () => {
      await load([sessionNode, reader('e1')]);
      await deploy([sessionNode], type);
      await settle();
      assert.equal(openings.last.closed, 1);
      await deploy([sessionNode, reader('e1')], type);
      await settle();
      assert.equal(openings.all.length, 2);
      assert.equal(openings.session.connected, 1);
    });

    it(`is closed when a deploy of "${type}" removes its config node, which its users report immediately`, async () => {
      await load([sessionNode, reader('e1')]);
      await settle();
      assert.equal(statusOf('e1'), 'green dot');
      await deploy([reader('e1', { name: 'x' })], type);
      await settle();
      assert.equal(openings.last.closed, 1);
      assert.equal(statusOf('e1'), 'red dot');
    });

    it(`shows its state immediately after two deploys of "${type}"`, async () => {
      await load([sessionNode, reader('e1')]);
      for (const name of ['one', 'two']) {
        await settle();
        openings.session.turn({ ...READY, online: false });
        forgetStatuses();
        await deploy([{ ...sessionNode, name }, reader('e1', { name })], type);
        assert.equal(statusOf('e1'), 'red ring');
        assert.equal(statusOf('s1'), 'red ring');
      }
    });
  }

  it('is closed when the runtime stops', async () => {
    await load([sessionNode, reader('e1')]);
    await helper.unload();
    await settle();
    assert.equal(openings.last.closed, 1);
    assert.equal(openings.session.statusListeners <= 1, true);
  });

  it('is closed when its tab is disabled, but not when another one is', async () => {
    const other = { id: 't2', type: 'tab', label: 'other' };
    await load([sessionNode, other, reader('e1'), reader('e2', { z: 't2' })]);
    await deploy([sessionNode, { ...other, disabled: true }, reader('e1'), reader('e2', { z: 't2' })], 'flows');
    await settle();
    assert.equal(openings.last.closed, 0);
  });

  it('reports its problems once, at its users', async () => {
    openings.prepare = (opening) => {
      opening.start = async () => {
        throw new CtiosError('CTIOS_INVALID_FILTER', 'the filter is not right: "AgntID" is not a keyword');
      };
    };
    const collector = { id: 'hc', z: tab.id, type: 'collector', wires: [] };
    await load([sessionNode, reader('e1'), catcher, collector]);
    await settle();
    const errors = collected.get('hc')!.map((msg) => (msg as never as { error: { code: string } }).error.code);
    assert.deepEqual(errors, ['CTIOS_INVALID_FILTER']);
    assert.equal(statusOf('e1'), 'red dot');
  });
});

describe('the host of a session', () => {
  const user = (events?: string): SessionUser & { views: SessionView[]; seen: string[] } => {
    const views: SessionView[] = [];
    const seen: string[] = [];
    return {
      views,
      seen,
      ...(events === undefined ? {} : { events, deliver: (event) => void seen.push(event.event) }),
      view: (view) => void views.push(view),
    };
  };
  const make = (clock = new VirtualClock()) => {
    const openings: FakeOpening[] = [];
    const host = new SessionHost({
      id: 's',
      key: 'k',
      clock,
      open: () => {
        const opened = new FakeOpening();
        openings.push(opened);
        return opened;
      },
    });
    return { host, openings };
  };
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };

  it('describes the state of the connection in one word', async () => {
    const { host, openings } = make();
    const one = user();
    host.attach('n', one);
    await turns();
    const { session } = openings[0]!;
    const phase = (status: object) => {
      session.turn({ ...READY, ...status });
      return host.view.phase;
    };
    assert.equal(phase({}), 'ready');
    assert.equal(phase({ online: false, statusSystem: { StatusCTIServer: false } }), 'offline');
    // It was reached again a moment ago and has not reported its status yet.
    assert.equal(phase({ online: false, statusSystem: {} }), 'reconnecting');
    assert.equal(phase({ mode: 'none' }), 'starting');
    assert.equal(phase({ statusSystem: { StatusObjects: false } }), 'starting');
    assert.equal(phase({ state: 'waiting', online: false, reason: 'refused' }), 'reconnecting');
    assert.equal(phase({ state: 'rejected', online: false, reason: 'other version' }), 'rejected');
    assert.equal(one.views.at(-1)!.reason, 'other version');
  });

  it('reports, while it is ready, that the server lacks a part of the configuration', async () => {
    const { host, openings } = make();
    host.attach('n', user());
    await turns();
    const incomplete = 'The configuration of agents is incomplete: its upload paused for 5 s.';
    const statusSystem = { StatusObjects: true, StatusIncomplete: incomplete };
    openings[0]!.session.turn({ ...READY, statusSystem });
    assert.deepEqual(host.view, { phase: 'ready', incomplete });
    openings[0]!.session.turn({ ...READY });
    assert.deepEqual(host.view, { phase: 'ready' });
  });

  it('reports offline during all further attempts of the link, not connecting', async () => {
    const { host, openings } = make();
    host.attach('n', user());
    const [opened] = openings as [FakeOpening & { link?: unknown }];
    // It has not been ready yet.
    opened.start = async () => {};
    await turns();
    const phase = (linkState: string, linkReason?: string) => {
      opened.link = { state: linkState, standby: false, ...(linkReason === undefined ? {} : { reason: linkReason }) };
      opened.session.turn({ ...READY, online: false });
      return host.view.phase;
    };
    assert.deepEqual(
      [phase('connecting'), phase('waiting', 'refused'), phase('connecting'), phase('choosing')],
      ['connecting', 'offline', 'offline', 'offline'],
    );
  });

  it('reports what is wrong with invalid settings, and opens nothing', () => {
    const host = new SessionHost({
      id: 's',
      key: 'k',
      clock: new VirtualClock(),
      open: () => {
        throw new CtiosError('CTIOS_CLIENT_ID_IN_USE', 'in use');
      },
    });
    const errors: string[] = [];
    host.onProblem(({ message }) => void errors.push(message));
    const users = [user(), user(), user()];
    for (const [n, each] of users.entries()) host.attach(`n${n}`, each);
    for (const { views } of users) assert.equal(views.at(-1)!.phase, 'clientIdInUse');
    assert.equal(host.session, undefined);
    host.release();
    assert.deepEqual(errors, ['in use'], 'once, however many nodes use it');
    // Each deploy says it again.
    host.attach('n0', user());
    host.release();
    assert.deepEqual(errors, ['in use', 'in use']);
  });

  it('holds 1,000 events during a deploy, then drops the oldest and reports one gap', async () => {
    const { host, openings } = make();
    const first = user('AllInOne');
    host.attach('n', first);
    host.attach('m', user());
    host.release();
    await turns();
    await host.detach('n', first, false);
    const { session } = openings[0]!;
    for (let n = 0; n < 1003; n++) session.emit('OnCallBegin', { UniqueObjectID: `call.5000.${n}.1` });
    const second = user('AllInOne');
    const gaps: unknown[] = [];
    second.deliver = (event) => {
      second.seen.push(event.event);
      if (event.event === 'OnConnectionGap') gaps.push(event.args);
    };
    host.attach('n', second);
    host.release();
    assert.equal(second.seen.filter((name) => name === 'OnCallBegin').length, 1000);
    assert.equal(gaps.length, 1);
    assert.equal((gaps[0] as { Reason: string }).Reason, 'deploy');
    assert.equal((gaps[0] as { EventsLost: number }).EventsLost, 3);
    assert.equal(session.history.at(-1)!.event, 'OnConnectionGap');
    assert.equal(session.sequence, 1004, 'the gap has a number of its own');
  });

  it('duplicates nothing if a node is created before the one it replaces is closed', async () => {
    const { host, openings } = make();
    const other = user();
    const old = user('AllInOne');
    host.attach('n', old);
    host.attach('m', other);
    host.release();
    const { session } = openings[0]!;
    await host.detach('m', other, false);
    session.emit('OnHeartbeat');
    const next = user('AllInOne');
    host.attach('n', next);
    session.emit('OnCTIOSFailure');
    host.release();
    assert.deepEqual(
      [old.seen, next.seen.filter((name) => name !== 'OnConnectionGap')],
      [['OnHeartbeat'], ['OnCTIOSFailure']],
    );
  });

  it('reports a gap, with the dates defined by the vocabulary, if events were held for a node that did not return', async () => {
    const { host, openings } = make();
    const gone = user('AllInOne');
    const stays = user('ISessionEvents');
    host.attach('gone', gone);
    host.attach('stays', stays);
    host.release();
    const { session } = openings[0]!;
    await host.detach('gone', gone, false);
    session.emit('OnCallBegin', { UniqueObjectID: 'call.5000.1.1' });
    host.release();
    const { event, args } = session.history.at(-1)!;
    assert.equal(event, 'OnConnectionGap');
    assert.deepEqual(stays.seen, ['OnConnectionGap']);
    assert.equal(args.EventsLost, 0);
    assert.equal(new Date(args.From as string).toISOString(), args.From);
    assert.equal(new Date(args.To as string).toISOString(), args.To);
  });

  it('holds the objects of an event as they were at that time', async () => {
    const { host, openings } = make();
    const first = user('ICallEvents');
    host.attach('n', first);
    host.release();
    await host.detach('n', first, false);
    const { session } = openings[0]!;
    const call = session.addCall('call.5000.1.1', { CallStatus: 2 });
    session.emit('OnCallDelivered', { UniqueObjectID: 'call.5000.1.1' });
    call.merge({ CallStatus: 3 });
    const second = user('ICallEvents');
    const states: unknown[] = [];
    second.deliver = (_, { call: then }) => void states.push(then!.CallStatus);
    host.attach('n', second);
    host.release();
    assert.deepEqual(states, [2]);
  });

  it('keeps the state stored by a node across a deploy, and drops it with the node', async () => {
    const { host } = make();
    const first = user();
    host.attach('n', first);
    host.attach('m', user());
    host.release();
    let disposed = 0;
    const kept = host.getOrCreate('n', () => ({ dispose: () => void disposed++ }));
    await host.detach('n', first, false);
    const second = user();
    host.attach('n', second);
    host.release();
    assert.equal(
      host.getOrCreate('n', () => assert.fail('made anew')),
      kept,
    );
    await host.detach('n', second, true);
    assert.equal(disposed, 1);
  });

  it('handles a node that closes after its successor was created', async () => {
    const { host, openings } = make();
    const old = user('AllInOne');
    const next = user('AllInOne');
    host.attach('n', old);
    host.attach('n', next);
    await host.detach('n', old, true);
    host.release();
    openings[0]!.session.emit('OnHeartbeat');
    assert.deepEqual(next.seen, ['OnHeartbeat']);
    assert.equal(openings[0]!.closed, 0);
  });
});

describe('the sessions of a runtime', () => {
  it('end after a timeout if they are parked and not used again', async () => {
    const clock = new VirtualClock();
    const sessions = new Sessions(clock);
    const opened = new FakeOpening();
    const host = sessions.adopt({ id: 's', key: 'k', open: () => opened });
    host.attach('n', { view: () => {} });
    sessions.deployEnded();
    sessions.park(host);
    clock.advance(DEPLOY_LIMIT_MS);
    await settle();
    assert.equal(opened.closed, 1);
    assert.equal([...sessions].length, 0);
    assert.equal(clock.pending, 0);
  });

  it('do not block a deploy if a disconnect never completes', async () => {
    const clock = new VirtualClock();
    const sessions = new Sessions(clock);
    const opened = new FakeOpening();
    opened.close = () => new Promise(() => {});
    const host = sessions.adopt({ id: 's', key: 'k', open: () => opened });
    host.attach('n', { view: () => {} });
    let dropped = false;
    void sessions.drop(host).then(() => {
      dropped = true;
    });
    await settle();
    assert.equal(dropped, false);
    clock.advance(CLOSE_LIMIT_MS);
    await settle();
    assert.equal(dropped, true);
  });

  it('connect a changed session only after the old one has disconnected', async () => {
    const sessions = new Sessions(new VirtualClock());
    const [old, next] = [new FakeOpening(), new FakeOpening()];
    let goodbye = () => {};
    old.close = () => new Promise<void>((resolve) => (goodbye = resolve));
    const first = sessions.adopt({ id: 's', key: 'one', open: () => old });
    first.attach('n', { view: () => {} });
    await settle();
    const second = sessions.adopt({ id: 's', key: 'two', open: () => next });
    second.attach('n', { view: () => {} });
    await settle();
    assert.equal(next.session.connected, 0);
    goodbye();
    await settle();
    assert.equal(next.session.connected, 1);
  });
});

describe('a session with bad settings', () => {
  let servers: Server[] = [];
  before(() => helper.startServer());
  after((done) => {
    helper.stopServer(done);
  });
  afterEach(async () => {
    await helper.unload();
    for (const server of servers) server.close();
    servers = [];
  });

  const cti = (extra: object) => ({
    ...sessionNode,
    connect: 'ctiserver',
    hostA: '127.0.0.1',
    portA: 1,
    clientId: 'test',
    peripheralId: 5000,
    ...extra,
  });
  const call = { id: 'a1', z: tab.id, type: 'ctios-agent', session: 's1', request: 'QueryAgentState', wires: [] };

  /** The final status of the node, and the error that a message ends in. */
  async function outcome(
    session: object,
    credentials = {},
  ): Promise<{ text: string; fill: string; error: { code: string; message: string } }> {
    let last: { text: string; fill: string } | undefined;
    await load([session as never, call, catcher, sink('hc')], credentials);
    const caught = received('hc');
    const shown = new Promise<void>((resolve) => {
      (node('a1') as never as NodeJS.EventEmitter).on(
        'call:status',
        ({ args }: { args: [{ text: string; fill: string }] }) => {
          last = args[0];
          if (last.fill === 'red') resolve();
        },
      );
    });
    await shown;
    node('a1').receive({ payload: { AgentID: '1001' } } as never);
    const [msg] = await caught.next();
    const { error } = msg as never as { error: { code: string; message: string } };
    assert.ok(error.message.length > 20);
    return { ...last!, error };
  }

  const listening = (server: Server): Promise<number> => {
    servers.push(server);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  };

  it('reports that a port refuses connections, and keeps trying', async () => {
    const { fill, error } = await outcome(cti({}));
    assert.equal(fill, 'red');
    assert.match(error.code, /^CTIOS_/);
  });

  it('reports that a host does not exist', async () => {
    const { error } = await outcome(cti({ hostA: 'no-such-host.invalid' }));
    assert.match(error.code, /^CTIOS_/);
  });

  it('is not ready with a server that closes the connection', async () => {
    const port = await listening(createServer((socket) => socket.destroy()));
    const { error } = await outcome(cti({ portA: port }));
    assert.match(error.code, /^CTIOS_/);
  });

  for (const [what, settings, code] of [
    ['no host', { hostA: '' }, 'CTIOS_BAD_SETTINGS'],
    ['no client ID', { clientId: '' }, 'CTIOS_BAD_SETTINGS'],
    ['no peripheral', { peripheralId: '' }, 'CTIOS_BAD_SETTINGS'],
    ['a filter with a typo', { connect: 'simulator', filter: 'AgntID=1001' }, 'CTIOS_INVALID_FILTER'],
    ['a URL that is none', { connect: 'ctios-server', urlA: 'localhost' }, 'CTIOS_BAD_SETTINGS'],
    ['agent mode without an agent', { connect: 'simulator', mode: 'agent' }, 'CTIOS_BAD_SETTINGS'],
  ] as const) {
    it(`is red with ${what}, and reports the reason to a message`, async () => {
      await load([cti(settings), call, catcher, sink('hc')]);
      const caught = received('hc');
      node('a1').receive({ payload: { AgentID: '1001' } } as never);
      await settle();
      const errors = caught.messages.map((msg) => (msg as never as { error: { code: string } }).error.code);
      assert.ok(errors.length >= 1 && errors.every((each) => each === code), errors.join());
    });
  }
});
