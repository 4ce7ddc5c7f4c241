import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { Args, RequestFailure } from '../../../src/ctios/index.js';
import { type AuditEntry, ClientSessions, type NorthboundSettings } from '../../../src/server/northbound/index.js';
import { FakeObjectServer } from './fake-object-server.js';
import { TestClient } from './test-client.js';

function setUp(settings: Partial<NorthboundSettings> = {}) {
  const server = new FakeObjectServer();
  const clock = new VirtualClock();
  const audit: AuditEntry[] = [];
  const sessions = new ClientSessions({ server, clock, settings, audit: (entry) => audit.push(entry) });
  return { server, clock, sessions, audit };
}

describe('a client session', () => {
  it('is welcomed and receives the system status', () => {
    const { sessions } = setUp({ name: 'side-a' });
    const client = new TestClient(sessions).hello();
    assert.deepEqual(client.sent[0], {
      kind: 'welcome',
      version: 1,
      server: 'side-a',
      connectionId: 'side-a.1',
      heartbeatMs: 60_000,
    });
    assert.deepEqual(client.names, ['OnCTIOSFailure']);
    assert.equal(client.events[0]?.args.ErrorMessage, 'Online');
  });

  it('names the component that is down', () => {
    const { sessions, server } = setUp();
    server.systemStatus = {
      online: false,
      reason: 'No connection to the CTI Server.',
      statusSystem: { StatusCtiServerDriver: true, StatusCTIServer: false },
    };
    const client = new TestClient(sessions).hello();
    assert.deepEqual(client.events[0]?.args, {
      FailureCode: 10,
      SystemEventID: 7,
      ErrorMessage: 'No connection to the CTI Server.',
      StatusSystem: { StatusCtiServerDriver: true, StatusCTIServer: false },
    });
  });

  it('rejects an older and a newer version with a message, and closes', () => {
    for (const [version, word] of [
      [0, /older version 0.*Update the client/],
      [2, /newer version 2.*Update the server/],
    ] as const) {
      const { sessions } = setUp();
      const client = new TestClient(sessions).hello(version);
      assert.equal(client.last('refused')?.code, 'CTIOS_VERSION_MISMATCH');
      assert.match(client.last('refused')?.message ?? '', word);
      assert.equal(client.open, false);
      assert.equal(sessions.sessions.size, 0);
    }
  });

  it('requires a hello before anything else', () => {
    const { sessions } = setUp();
    const client = new TestClient(sessions);
    client.request('Hold');
    assert.equal(client.last('refused')?.code, 'CTIOS_HELLO_EXPECTED');
    assert.equal(client.open, false);
  });

  it('waits a limited time for the hello', () => {
    const { sessions, clock } = setUp({ helloMs: 10_000 });
    const client = new TestClient(sessions);
    clock.advance(9_999);
    assert.equal(client.open, true);
    clock.advance(1);
    assert.deepEqual(client.last('closing'), {
      kind: 'closing',
      code: 'CTIOS_HELLO_EXPECTED',
      message: 'No hello arrived within 10000 ms.',
    });
    assert.equal(client.open, false);
    assert.equal(client.closedWith, 'CTIOS_HELLO_EXPECTED');
  });

  it('closes the connections that have been silent longest, after a fifth of their time, if too many are silent', () => {
    const { sessions, clock } = setUp({ maxGreeting: 2, helloMs: 10_000 });
    const polite = new TestClient(sessions).hello();
    const silent = [1, 2, 3, 4].map(() => new TestClient(sessions));
    clock.advance(1_999);
    assert.ok(silent.every(({ open }) => open));
    silent[1]!.hello();
    clock.advance(1);
    assert.deepEqual(
      silent.map(({ open }) => open),
      [false, true, true, true],
    );
    const closing = silent[0]!.last('closing');
    assert.equal(closing?.code, 'CTIOS_HELLO_EXPECTED');
    assert.match(closing?.message ?? '', /more than 2 others/);
    assert.equal(silent[0]!.closedWith, 'CTIOS_HELLO_EXPECTED');
    clock.advance(7_999);
    assert.deepEqual(
      silent.map(({ open }) => open),
      [false, true, true, true],
      'two may be silent as long as they may',
    );
    clock.advance(1);
    assert.deepEqual(
      silent.map(({ open }) => open),
      [false, true, false, false],
    );
    assert.equal(polite.open, true);
  });

  it('accepts a burst of connections even if many have not been read yet', () => {
    const { sessions, clock } = setUp({ maxGreeting: 2 });
    const storm = Array.from({ length: 500 }, () => new TestClient(sessions));
    clock.advance(1_000);
    for (const client of storm) client.hello();
    clock.advance(60_000);
    assert.ok(storm.every(({ open }) => open));
  });

  it('responds to heartbeats of the client, but not to responses to its own', () => {
    const { sessions } = setUp();
    const client = new TestClient(sessions).hello();
    client.forget();
    client.say({ kind: 'heartbeat', id: 7 });
    client.say({ kind: 'heartbeat', id: -1 });
    assert.deepEqual(client.sent, [{ kind: 'heartbeat', id: 7 }]);
  });

  it('sends heartbeats to a silent client, and closes it after the allowed number of misses', () => {
    const { sessions, clock, server } = setUp({ heartbeatMs: 60_000, heartbeatRetries: 2 });
    const client = new TestClient(sessions).hello();
    client.forget();
    clock.advance(60_000);
    assert.deepEqual(client.sent, [{ kind: 'heartbeat', id: -1 }]);
    client.say({ kind: 'heartbeat', id: -1 });
    clock.advance(60_000);
    assert.equal(client.sent.length, 2, 'an answer begins the count anew');
    clock.advance(60_000);
    assert.equal(client.open, true);
    clock.advance(60_000);
    assert.equal(client.last('closing')?.code, 'CTIOS_CLIENT_SILENT');
    assert.equal(client.open, false);
    assert.deepEqual(server.released, [['ctios-server.1', 'lost']]);
  });

  it('sends no heartbeats to an active client', () => {
    const { sessions, clock } = setUp({ heartbeatMs: 60_000 });
    const client = new TestClient(sessions).hello();
    client.forget();
    for (let minute = 0; minute < 10; minute++) {
      clock.advance(50_000);
      client.say({ kind: 'heartbeat', id: minute });
    }
    assert.ok(client.sent.every((message) => message.kind === 'heartbeat' && message.id >= 0));
  });

  it('distinguishes a goodbye from a lost connection', () => {
    const { sessions, server } = setUp();
    new TestClient(sessions).hello().say({ kind: 'bye' });
    new TestClient(sessions).hello().accepted.closed();
    assert.deepEqual(server.released, [
      ['ctios-server.1', 'closed'],
      ['ctios-server.2', 'lost'],
    ]);
    assert.equal(sessions.sessions.size, 0);
  });

  it('names the end of each client in the audit log', () => {
    const { sessions, clock, audit } = setUp({ heartbeatMs: 60_000, heartbeatRetries: 1, modeMs: 30_000 });
    new TestClient(sessions).hello().say({ kind: 'bye' });
    new TestClient(sessions).hello().accepted.closed();
    new TestClient(sessions).hello().accepted.closed('bad message');
    new TestClient(sessions).hello();
    new TestClient(sessions).hello().monitor();
    clock.advance(120_000);
    new TestClient(sessions).hello();
    sessions.stop();
    const ends = audit.filter(({ what }) => what === 'disconnected').map(({ code }) => code);
    assert.deepEqual(ends, ['closed', 'lost', 'bad message', 'no mode', 'silent', 'server stops']);
  });

  it('releases a client once, whatever follows its goodbye', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello();
    client.say({ kind: 'bye' });
    client.accepted.closed();
    client.request('Hold');
    assert.equal(server.released.length, 1);
  });

  it('reports the reason when the server stops, and logs no agent out', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello();
    sessions.stop();
    assert.equal(client.last('closing')?.code, 'CTIOS_SERVER_STOPS');
    assert.equal(client.open, false);
    assert.deepEqual(server.released, [['ctios-server.1', 'closed']]);
    assert.equal(server.listeners, 0);
  });

  it('audits each request and its sender, without arguments', async () => {
    const { sessions, server, audit } = setUp();
    const client = new TestClient(sessions, { allowMonitorControl: true }).hello().monitor();
    client.request('SetAgentState', { AgentID: '1001', AgentState: 3, AgentPassword: 'hunter2' }, 'agent.5000.1001');
    server.asked[0]?.end({ outcome: 'failed', failure: { code: 'CF_X', message: 'no' } });
    const entry = audit.at(-1);
    assert.equal(entry?.request, 'SetAgentState');
    assert.equal(entry?.objectId, 'agent.5000.1001');
    assert.equal(entry?.outcome, 'failed');
    assert.equal(entry?.code, 'CF_X');
    assert.equal(entry?.client, 'test');
    assert.equal(entry?.mode, 'monitor');
    assert.ok(!JSON.stringify(audit).includes('hunter2'));
  });
});

describe('requests of a client session', () => {
  it('are validated, passed on in the spelling of the vocabulary, and answered once', async () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions, { allowMonitorControl: true }).hello().monitor();
    const id = client.request(
      'makecall',
      { dialednumber: 8001, callplacementtype: 'CPT_LINE_CALL' },
      'agent.5000.1001',
    );
    const asked = server.asked[0]!;
    assert.equal(asked.request, 'MakeCall');
    assert.deepEqual(asked.args, { DialedNumber: '8001', CallPlacementType: 1 });
    assert.equal(client.done(id), undefined);
    asked.end({ outcome: 'confirmed', newObject: 'call.5000.1.2001' });
    asked.end({ outcome: 'failed' });
    await Promise.resolve();
    assert.deepEqual(client.done(id), { kind: 'done', id, outcome: 'confirmed', newObject: 'call.5000.1.2001' });
  });

  it('fail with the reason if the validation fails', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions, { allowMonitorControl: true }).hello().monitor();
    const id = client.request('MakeCall');
    assert.equal(client.done(id)?.outcome, 'failed');
    assert.equal(client.done(id)?.failure?.code, 'CTIOS_MISSING_ARGUMENT');
    assert.equal(client.done(client.request('Fly'))?.failure?.code, 'CTIOS_UNKNOWN_REQUEST');
    assert.equal(server.asked.length, 0);
  });

  it('do not send back what was too long', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions, { allowMonitorControl: true }).hello();
    const long = 'x'.repeat(100_000);
    const filter = client.done(client.request('SetMessageFilter', { Filter: `${long}=1` }));
    assert.equal(filter?.failure?.code, 'CTIOS_INVALID_FILTER');
    client.monitor();
    const target = client.done(client.request('Hold', {}, `call.5000.1.${long}`));
    assert.equal(target?.failure?.code, 'CTIOS_INVALID_ARGUMENT');
    for (const done of [filter, target]) assert.ok(JSON.stringify(done).length < 2_000);
    assert.equal(server.asked.length, 0);
  });

  it('require a mode', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello();
    assert.equal(client.done(client.request('Hold', {}, 'call.5000.1.2001'))?.failure?.code, 'CTIOS_NO_MODE');
    client.request('RequestDesktopSettings');
    assert.equal(server.asked[0]?.request, 'RequestDesktopSettings');
  });

  it('are rejected in monitor mode without control, except queries and statistics', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello().monitor();
    for (const [request, args] of [
      ['Hold', {}],
      ['SetAgentState', { AgentState: 3 }],
      ['RequestAgentTeamList', {}],
      ['SendChatMessage', { Distribution: 'agent', Target: '1001', Message: 'hello' }],
      ['StopSilentMonitorRequest', { SMSessionKey: 1 }],
      [
        'StartSilentMonitorRequest',
        { AgentID: '1001', PeripheralID: 5000, MonitoringIPAddress: 'x', HeartbeatInterval: 5, HeartbeatTimeout: 15 },
      ],
    ] as const) {
      assert.equal(client.done(client.request(request, args))?.failure?.code, 'CTIOS_CONTROL_NOT_ALLOWED', request);
    }
    assert.equal(server.asked.length, 0);
    client.request('QueryAgentState', {}, 'agent.5000.1001');
    client.request('Snapshot', {}, 'call.5000.1.2001');
    client.request('EnableSkillGroupStatistics', { SkillGroupNumber: 10 });
    assert.equal(server.asked.length, 3);
  });

  it('are limited in number for each client', () => {
    const { sessions } = setUp({ maxPending: 2 });
    const client = new TestClient(sessions).hello().monitor();
    client.request('Snapshot', {}, 'call.5000.1.2001');
    client.request('Snapshot', {}, 'call.5000.2.2001');
    const third = client.request('Snapshot', {}, 'call.5000.3.2001');
    assert.equal(client.done(third)?.failure?.code, 'CTIOS_TOO_MANY_REQUESTS');
  });

  it('keep the name of their client: a second hello changes nothing', () => {
    const { sessions, audit } = setUp();
    const client = new TestClient(sessions).hello();
    client.say({ kind: 'hello', version: 1, client: 'another' });
    client.request('Nonsense');
    assert.deepEqual([...new Set(audit.map((entry) => entry.client))], ['test']);
  });

  it('are limited per second for each client, including heartbeats', () => {
    const { sessions, clock, server } = setUp({ requestRate: { perSecond: 2, atOnce: 4 } });
    const [busy, calm] = [new TestClient(sessions).hello().monitor(), new TestClient(sessions).hello().monitor()];
    const ask = (client: TestClient) => client.done(client.request('Snapshot', {}, 'call.5000.1.2001'))?.failure;
    for (let n = 0; n < 3; n++) assert.equal(ask(busy), undefined);
    assert.equal(ask(busy)?.code, 'CTIOS_TOO_MANY_REQUESTS');
    assert.match(ask(busy)?.message ?? '', /2 requests a second/);
    busy.forget();
    busy.say({ kind: 'heartbeat', id: 1 });
    assert.deepEqual(busy.sent, []);
    assert.equal(ask(calm), undefined, 'another client feels nothing');
    clock.advance(1_000);
    assert.equal(ask(busy), undefined);
    busy.say({ kind: 'heartbeat', id: 2 });
    assert.deepEqual(busy.last('heartbeat'), { kind: 'heartbeat', id: 2 });
    assert.equal(server.asked.length, 5);
  });

  it('are not answered to a client that has disconnected', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello().monitor();
    client.request('Snapshot', {}, 'call.5000.1.2001');
    client.accepted.closed();
    server.asked[0]?.end({ outcome: 'confirmed' });
    assert.deepEqual(client.sent, []);
  });

  it('end unknown if the response is overdue, and are not answered a second time', () => {
    const { sessions, server, clock } = setUp();
    const client = new TestClient(sessions).hello().monitor();
    const id = client.request('Snapshot', {}, 'call.5000.1.2001');
    clock.advance(15_000);
    assert.equal(client.done(id), undefined);
    clock.advance(200);
    assert.equal(client.done(id)?.outcome, 'unknown');
    assert.equal(client.done(id)?.failure?.code, 'CTIOS_ANSWER_TIMEOUT');
    server.asked[0]?.end({ outcome: 'confirmed' });
    assert.equal(client.done(id)?.outcome, 'unknown');
  });

  it('leave no timer behind', () => {
    const { sessions, server, clock } = setUp({ heartbeatMs: 0 });
    const client = new TestClient(sessions).hello().monitor();
    const before = clock.pending;
    client.request('Snapshot', {}, 'call.5000.1.2001');
    client.request('Snapshot', {}, 'call.5000.2.2001');
    server.asked[0]?.end({ outcome: 'confirmed' });
    assert.equal(clock.pending, before + 1);
    client.say({ kind: 'bye' });
    assert.equal(clock.pending, 0);
  });

  it('are distinguished even if a client immediately reuses a number', async () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello().monitor();
    const request = { kind: 'request', request: 'Snapshot', args: {}, answerMs: 1000, id: 77 } as const;
    client.say({ ...request, target: 'call.5000.1.2001' });
    server.asked[0]?.end({ outcome: 'confirmed' });
    client.forget();
    client.say({ ...request, target: 'call.5000.2.2001' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(client.sent, [], 'the first promise, settling late, is not the second answer');
    server.asked[1]?.end({ outcome: 'confirmed' });
    assert.equal(client.sent.length, 1);
  });

  it('end unknown if the object server fails to respond', () => {
    const { sessions, server } = setUp();
    server.request = () => {
      throw new Error('broken');
    };
    const client = new TestClient(sessions).hello().monitor();
    const id = client.request('Snapshot', {}, 'call.5000.1.2001');
    assert.equal(client.done(id)?.outcome, 'unknown');
    assert.equal(client.done(id)?.failure?.code, 'CTIOS_INTERNAL');
  });
});

describe('monitor mode', () => {
  it('is established after a snapshot, with the system status', () => {
    const { sessions, server } = setUp();
    server.snapshotEvents = [
      {
        kind: 'event',
        event: 'OnQueryAgentStateConf',
        args: { UniqueObjectID: 'agent.5000.1001' },
        recovered: true,
        to: {},
      },
      {
        kind: 'event',
        event: 'OnSnapshotCallConf',
        args: { UniqueObjectID: 'call.5000.1.2001' },
        recovered: true,
        to: {},
      },
    ];
    const client = new TestClient(sessions).hello();
    client.forget();
    const id = client.request('SetMessageFilter', { Filter: 'MessageID=30' });
    assert.deepEqual(
      client.sent.map((message) => (message.kind === 'event' ? message.event : message.kind)),
      ['OnQueryAgentStateConf', 'OnSnapshotCallConf', 'done', 'OnCTIOSFailure'],
    );
    assert.deepEqual(client.done(id)?.conf, {
      kind: 'event',
      event: 'OnMonitorModeEstablished',
      args: { CILConnectionID: 'ctios-server.1', StatusSystem: server.systemStatus.statusSystem },
    });
  });

  it('omits the snapshot if requested, and for statistics only', () => {
    const { sessions, server } = setUp();
    server.snapshotEvents = [
      {
        kind: 'event',
        event: 'OnSnapshotCallConf',
        args: { UniqueObjectID: 'call.5000.1.2001' },
        recovered: true,
        to: {},
      },
    ];
    const without = new TestClient(sessions).hello();
    without.request('SetMessageFilter', { MonitorSessionSnapshotMode: 1 });
    const statistics = new TestClient(sessions).hello();
    statistics.request('SetMessageFilter', { Filter: 'FilterTarget=SkillGroupStats' });
    for (const client of [without, statistics]) assert.ok(!client.names.includes('OnSnapshotCallConf'));
  });

  it('rejects an invalid filter, with the position of the error', () => {
    const { sessions } = setUp();
    const client = new TestClient(sessions).hello();
    const done = client.done(client.request('SetMessageFilter', { Filter: 'AgentID==1' }));
    assert.equal(done?.failure?.code, 'CTIOS_INVALID_FILTER');
    assert.match(done?.failure?.message ?? '', /character 9/);
    assert.equal(client.accepted.session.mode, 'none');
  });

  it('accepts only the configured number of sessions', () => {
    const { sessions } = setUp({ maxMonitorSessions: 1 });
    const first = new TestClient(sessions).hello().monitor();
    const second = new TestClient(sessions).hello();
    const refused = second.request('SetMessageFilter');
    assert.equal(second.done(refused)?.failure?.code, 'CTIOS_TOO_MANY_MONITOR_SESSIONS');
    const again = first.request('SetMessageFilter', { Filter: 'MessageID=30' });
    assert.equal(first.done(again)?.outcome, 'confirmed', 'one that monitors may change its filter');
    first.say({ kind: 'bye' });
    assert.equal(second.done(second.request('SetMessageFilter'))?.outcome, 'confirmed');
  });

  it('requires the password, and locks out a peer that guesses it', () => {
    const { sessions, clock, audit } = setUp({ monitorModePassword: 'open sesame' });
    const client = new TestClient(sessions).hello();
    const ask = (MonitorModePassword: string) =>
      client.done(client.request('SetMessageFilter', { MonitorModePassword }))?.failure?.code;
    assert.equal(client.done(client.request('SetMessageFilter'))?.failure?.code, 'CTIOS_WRONG_PASSWORD');
    assert.equal(ask('open'), 'CTIOS_WRONG_PASSWORD');
    assert.equal(ask('open sesame!'), 'CTIOS_WRONG_PASSWORD');
    assert.equal(ask('open sesame'), 'CTIOS_LOCKED_OUT');
    const elsewhere = new TestClient(sessions, undefined, '192.0.2.99').hello();
    const other = elsewhere.request('SetMessageFilter', { MonitorModePassword: 'open sesame' });
    assert.equal(elsewhere.done(other)?.outcome, 'confirmed', 'another peer is not locked out');
    clock.advance(15 * 60_000);
    assert.equal(ask('open sesame'), undefined);
    assert.ok(audit.some((entry) => entry.what === 'locked out'));
    assert.ok(!JSON.stringify([audit, client.sent]).includes('sesame'));
  });
});

describe('a client without a mode', () => {
  it('is closed with the reason after a timeout, unlike one with a mode', () => {
    const { sessions, clock } = setUp({ heartbeatMs: 0, modeMs: 60_000 });
    const mute = new TestClient(sessions).hello();
    const monitor = new TestClient(sessions).hello().monitor();
    clock.advance(59_999);
    assert.equal(mute.open, true);
    clock.advance(1);
    assert.equal(mute.closedWith, 'CTIOS_MODE_EXPECTED');
    assert.equal(mute.last('closing')?.code, 'CTIOS_MODE_EXPECTED');
    clock.advance(3_600_000);
    assert.equal(monitor.open, true);
  });
});

describe('the lock-out of monitor mode', () => {
  it('is reset by the correct password', () => {
    const { sessions } = setUp({ monitorModePassword: 'right' });
    const client = new TestClient(sessions).hello();
    const ask = (MonitorModePassword: string) =>
      client.done(client.request('SetMessageFilter', { MonitorModePassword }))?.failure?.code;
    for (const [password, code] of [
      ['wrong', 'CTIOS_WRONG_PASSWORD'],
      ['wrong', 'CTIOS_WRONG_PASSWORD'],
      ['right', undefined],
      ['wrong', 'CTIOS_WRONG_PASSWORD'],
      ['wrong', 'CTIOS_WRONG_PASSWORD'],
      ['right', undefined],
    ] as const) {
      assert.equal(ask(password), code);
    }
  });

  it('limits the attempts of all addresses together, without locking out an address that knows the password', () => {
    const { sessions, clock } = setUp({ monitorModePassword: 'right', heartbeatMs: 0 });
    const ask = (peer: string, MonitorModePassword: string) => {
      const client = new TestClient(sessions, { allowMonitorControl: false }, peer).hello();
      return client.done(client.request('SetMessageFilter', { MonitorModePassword }))?.failure?.code;
    };
    assert.equal(ask('192.0.2.7', 'right'), undefined);
    const codes = Array.from({ length: 200 }, (_, n) => ask(`198.51.100.${n}`, `guess ${n}`));
    assert.equal(codes.filter((code) => code === 'CTIOS_WRONG_PASSWORD').length, 30);
    assert.equal(codes.filter((code) => code === 'CTIOS_LOCKED_OUT').length, 170);
    assert.equal(ask('203.0.113.9', 'right'), 'CTIOS_LOCKED_OUT');
    assert.equal(ask('192.0.2.7', 'right'), undefined);
    clock.advance(15 * 60_000);
    assert.equal(ask('203.0.113.9', 'right'), undefined);
  });

  it('does not count failures that are far apart', () => {
    const { sessions, clock } = setUp({ monitorModePassword: 'right', heartbeatMs: 0 });
    const client = new TestClient(sessions).hello();
    for (let hour = 0; hour < 5; hour++) {
      const id = client.request('SetMessageFilter', { MonitorModePassword: 'wrong' });
      assert.equal(client.done(id)?.failure?.code, 'CTIOS_WRONG_PASSWORD');
      clock.advance(3_600_000);
    }
  });
});

describe('agent mode', () => {
  const AGENT = 'agent.5000.1001';

  function agentClient(sessions: ClientSessions, server: FakeObjectServer): TestClient {
    const client = new TestClient(sessions).hello();
    client.request('SetAgent', { AgentID: '1001', PeripheralID: 5000 });
    const asked = server.asked.at(-1)!;
    server.publish(
      'OnQueryAgentStateConf',
      { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001', AgentState: 2, AgentInstrument: '2001' },
      { client: client.accepted.session.clientId },
    );
    asked.end({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnSetAgentModeEvent', args: { UniqueObjectID: AGENT } },
    });
    client.forget();
    return client;
  }

  it('is set by SetAgent, and passed to the object server with every request', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    assert.equal(server.asked[0]?.from.mode, 'none');
    client.request('Hold', {}, 'call.5000.1.2001');
    assert.deepEqual(server.asked[1]?.from, { clientId: 'ctios-server.1', mode: 'agent', agent: AGENT });
  });

  it("receives the events of its agent and of the agent's device, each once", () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 3 }, { agent: AGENT });
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001' }, { agent: AGENT, device: 'device.5000.2001' });
    server.publish('OnCallDelivered', { UniqueObjectID: 'call.5000.1.2001' }, { device: 'device.5000.2001' });
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.2.2002' }, { device: 'device.5000.2002' });
    server.publish('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1002' }, { agent: 'agent.5000.1002' });
    server.publish('OnButtonEnablementChange', { UniqueObjectID: AGENT }, { agent: AGENT, agentModeOnly: true });
    assert.deepEqual(client.names, [
      'OnAgentStateChange',
      'OnCallBegin',
      'OnCallDelivered',
      'OnButtonEnablementChange',
    ]);
  });

  it('follows its agent to another device, and stops at logout', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, { agent: AGENT });
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.1.2001' }, { device: 'device.5000.2001' });
    const moved = { UniqueObjectID: AGENT, AgentState: 2, AgentInstrument: '2009' };
    server.publish('OnAgentStateChange', moved, { agent: AGENT });
    server.publish('OnCallBegin', { UniqueObjectID: 'call.5000.2.2009' }, { device: 'device.5000.2009' });
    assert.deepEqual(
      client.events.map((event) => event.args.UniqueObjectID),
      [AGENT, AGENT, 'call.5000.2.2009'],
    );
  });

  it('continues to receive the calls it knows at a device after its agent has left it, and no others', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    const here = { DeviceUniqueObjectID: 'device.5000.2001' };
    const tell = (event: string, call: string, more: Args = {}) =>
      server.publish(event, { UniqueObjectID: call, ...here, ...more }, { device: 'device.5000.2001' });
    tell('OnCallBegin', 'call.5000.1.2001');
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, { agent: AGENT });
    client.forget();
    tell('OnCallBegin', 'call.5000.2.2001');
    tell('OnCallDataUpdate', 'call.5000.3.2001', { OldUniqueObjectID: 'call.5000.1.2001' });
    tell('OnCallEnd', 'call.5000.3.2001');
    tell('OnCallDelivered', 'call.5000.2.2001');
    assert.deepEqual(client.names, ['OnCallDataUpdate', 'OnCallEnd']);
  });

  it('receives a call that arrived while the agent was logged out when a snapshot shows the agent there again', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    const device = 'device.5000.2001';
    const tell = (event: string, call: string) =>
      server.publish(event, { UniqueObjectID: call, DeviceUniqueObjectID: device }, { device });
    tell('OnCallBegin', 'call.5000.1.2001');
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, { agent: AGENT });
    tell('OnCallBegin', 'call.5000.2.2001');
    client.forget();
    // Another client has queried the agent; the agent's own event is late.
    server.publish('OnSnapshotDeviceConf', { UniqueObjectID: device, FilterTarget: AGENT }, { agent: AGENT });
    server.publish('OnAgentSkillGroupsChange', { UniqueObjectID: AGENT, AgentInstrument: '2001' }, { agent: AGENT });
    tell('OnSnapshotCallConf', 'call.5000.2.2001');
    tell('OnCallEnd', 'call.5000.2.2001');
    assert.deepEqual(client.names, [
      'OnSnapshotDeviceConf',
      'OnAgentSkillGroupsChange',
      'OnSnapshotCallConf',
      'OnCallEnd',
    ]);
  });

  it('receives the events of its phone while the agent is logged out of another medium', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    const device = 'device.5000.2001';
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1, MRDID: 5001 }, { agent: AGENT });
    for (const event of ['OnCallBegin', 'OnCallDelivered'])
      server.publish(event, { UniqueObjectID: 'call.5000.1.2001', DeviceUniqueObjectID: device }, { device });
    assert.deepEqual(client.names, ['OnAgentStateChange', 'OnCallBegin', 'OnCallDelivered']);
  });

  it('does not receive the events of the phone of a logged-out agent, whatever else names the phone', () => {
    const { sessions, server } = setUp();
    const client = agentClient(sessions, server);
    server.publish('OnAgentStateChange', { UniqueObjectID: AGENT, AgentState: 1 }, { agent: AGENT });
    server.publish('OnAgentDeskSettingsConf', { UniqueObjectID: AGENT, AgentInstrument: '2001' }, { agent: AGENT });
    client.forget();
    server.publish('OnCallEnd', { UniqueObjectID: 'call.5000.1.2001' }, { device: 'device.5000.2001' });
    assert.deepEqual(client.names, []);
  });

  it('can be requested again after a refusal', () => {
    const { sessions, server } = setUp();
    const client = new TestClient(sessions).hello();
    client.request('SetAgent', { AgentID: '1001' });
    server.asked[0]?.end({ outcome: 'failed', failure: { code: 'CF_INVALID_PASSWORD_SPECIFIED', message: 'no' } });
    assert.equal(client.accepted.session.mode, 'none');
    client.request('SetAgent', { AgentID: '1001' });
    assert.equal(server.asked.length, 2);
  });

  it('requires authentication if the server is configured so', async () => {
    const { sessions, server, audit } = setUp({ agentCheck: ({ password }) => password === 'right' });
    const client = new TestClient(sessions).hello();
    client.request('SetAgent', { AgentID: '1001', AgentPassword: 'right' });
    const { from } = server.asked[0]!;
    const failureWith = (password: string) =>
      new Promise<RequestFailure | undefined>((ended) =>
        from.prove!({ peripheralId: 5000, agentId: '1001', password }, ended),
      );
    assert.equal(await failureWith('right'), undefined);
    assert.equal((await failureWith('hunter2'))?.code, 'CTIOS_AUTHENTICATION_FAILED');
    assert.deepEqual(
      audit.filter(({ what }) => what === 'agent proof').map(({ proof, objectId, peer }) => [proof, objectId, peer]),
      [
        ['proven', AGENT, '192.0.2.1'],
        ['wrong password', AGENT, '192.0.2.1'],
      ],
    );
    assert.ok(!JSON.stringify(audit).includes('hunter2'));
  });

  it('and monitor mode exclude each other', () => {
    const { sessions, server } = setUp();
    const agent = agentClient(sessions, server);
    assert.equal(agent.done(agent.request('SetMessageFilter'))?.failure?.code, 'E_CTIOS_MODE_CONFLICT');
    const second = agent.request('SetAgent', { AgentID: '1002' });
    assert.equal(agent.done(second)?.failure?.code, 'E_CTIOS_AGENT_ALREADY_IN_SESSION');
    const monitor = new TestClient(sessions).hello().monitor();
    const third = monitor.request('SetAgent', { AgentID: '1001' });
    assert.equal(monitor.done(third)?.failure?.code, 'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED');
  });
});
