import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import {
  CONNECTION_TABLE,
  type ConnectionSignal,
  type ConnectionState,
  ON_ENTRY,
} from '../../../src/cil/connection/connection-states.js';
import { ReconnectPlan } from '../../../src/cil/connection/reconnect-policy.js';
import { seededRandom } from '../../../src/common/random.js';
import type { CtiosError } from '../../../src/ctios/index.js';
import { describeOverEachTransport } from '../../support/wire.js';
import { SessionHarness } from '../helpers.js';

describeOverEachTransport('The connection of a session', () => {
  it('emits OnConnection with the server and the time when it is ready for messages', async () => {
    const harness = await new SessionHarness().connected();
    const { args, interfaces, sequence, time } = harness.last('OnConnection');
    deepEqual(args, { EventTime: harness.clock.now(), CurrentServer: 'server-a' });
    deepEqual(interfaces, ['ISessionEvents']);
    equal(sequence, 1);
    equal(time, harness.clock.now());
    equal(harness.session.status.server, 'server-a');
    equal(harness.session.status.side, 'A');
  });

  it('rejects a second connect while it is connected, with the code of the guide', async () => {
    const harness = await new SessionHarness().connected();
    throws(() => harness.session.connect(), { code: 'E_CTIOS_SESSION_NOT_DISCONNECTED' });
    harness.a.connection.break();
    harness.a.behaviour = 'refuse';
    await harness.settle();
    throws(() => harness.session.connect(), { code: 'E_CTIOS_IN_FAILOVER' });
  });

  it('sends hello with its version before anything else', async () => {
    const harness = await new SessionHarness(1, { client: 'a test', heartbeatMs: 7_000 }).connected();
    deepEqual(harness.a.connection.received[0], { kind: 'hello', version: 1, client: 'a test', heartbeatMs: 7_000 });
  });

  it('tries the other side immediately when a connection is lost', async () => {
    const harness = await new SessionHarness(2).connected();
    harness.names();
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    const failure = harness.told.find((each) => each.event === 'OnConnectionFailure');
    deepEqual(failure?.args, { EventTime: harness.clock.now(), FailedServer: 'server-a', ReasonCode: 2 });
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnection']);
    equal(harness.session.status.server, 'server-b');
    equal(harness.session.status.side, 'B');
  });

  it('does not flood a server that accepts connections and drops them immediately', async () => {
    const harness = await new SessionHarness(1).connected();
    let connections = 1;
    harness.session.subscribe('ISessionEvents', ({ event }) => {
      if (event === 'OnConnection') connections++;
    });
    for (let second = 0; second < 600; second++) {
      if (harness.session.status.server !== undefined) harness.a.connection.break();
      await harness.advance(1_000);
    }
    ok(connections >= 8 && connections <= 20, `${connections} connections in 10 minutes`);
    await harness.advance(200_000);
    const before = connections;
    harness.a.connection.break();
    await harness.settle();
    equal(connections, before + 1, 'one that lasted is followed by another at once');
  });

  it('alternates between the sides in rounds, with the pauses of the guide between them', async () => {
    const harness = await new SessionHarness(2).connected();
    const start = harness.clock.now();
    harness.a.behaviour = 'refuse';
    harness.b.behaviour = 'refuse';
    harness.names();
    harness.a.connection.break();
    await harness.settle();
    for (let second = 0; second < 500; second++) await harness.advance(1_000);
    const tries = harness.told
      .filter((each) => each.event === 'OnConnectionFailure')
      .map((each) => [each.args.FailedServer, Math.round((each.time - start) / 1_000)]);
    deepEqual(tries.slice(0, 13), [
      ['server-a', 0],
      ['server-b', 0],
      ['server-a', 0],
      ['server-b', 2],
      ['server-a', 2],
      ['server-b', 17],
      ['server-a', 17],
      ['server-b', 47],
      ['server-a', 47],
      ['server-b', 107],
      ['server-a', 107],
      ['server-b', 227],
      ['server-a', 227],
    ]);
  });

  it('randomizes the first pause, so that the clients of a failed server do not reconnect simultaneously', () => {
    const pauses = [0, 0.5, 0.999999].map((random) => {
      const plan = new ReconnectPlan(2, { next: () => random });
      deepEqual(plan.afterLoss(0), { side: 1, afterMs: 0 }, 'the other side at once');
      deepEqual(plan.next(), { side: 0, afterMs: 0 });
      return plan.next().afterMs;
    });
    deepEqual(pauses, [2_000, 6_000, 10_000]);
  });

  it('spreads 2,000 clients that lose their only server at once, so that no more than 150 return in a tenth of a second', () => {
    const random = seededRandom(1);
    const tenths = new Map<number, number>();
    for (let client = 0; client < 2_000; client++) {
      const { side, afterMs } = new ReconnectPlan(1, random).afterLoss(0);
      equal(side, 0);
      const tenth = Math.floor(afterMs / 100);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    ok(Math.max(...tenths.keys()) <= 20, 'all within two seconds');
    ok(Math.max(...tenths.values()) <= 150, `${Math.max(...tenths.values())} in a tenth of a second`);
  });

  it('selects the first server at random', () => {
    equal(new ReconnectPlan(2, { next: () => 0.2 }).first().side, 0);
    equal(new ReconnectPlan(2, { next: () => 0.7 }).first().side, 1);
  });

  it('gives up an attempt that hangs, and a server that accepts the connection but sends no welcome', async () => {
    const harness = new SessionHarness(2, { connectMs: 4_000, helloMs: 2_000 });
    harness.a.behaviour = 'hang';
    harness.b.welcomes = false;
    await harness.connected();
    equal(harness.session.status.state, 'connecting');
    await harness.advance(4_000);
    equal(harness.a.cancelled, 1);
    match(harness.session.status.reason ?? '', /server-a within 4 s/);
    equal(harness.session.status.state, 'hello');
    await harness.advance(2_000);
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnectionFailure']);
    equal(harness.b.connection.closed, true);
    equal(harness.session.status.code, 'CTIOS_HELLO_TIMEOUT');
  });

  it('is permanently rejected by a server of another version, until connect is called again', async () => {
    const harness = new SessionHarness();
    harness.a.welcomes = false;
    await harness.connected();
    harness.a.connection.send({ kind: 'refused', code: 'CTIOS_VERSION_MISMATCH', message: 'Update the client.' });
    await harness.settle();
    deepEqual(harness.names(), ['OnConnectionRejected']);
    equal(harness.session.status.state, 'rejected');
    equal(harness.session.status.reason, 'Update the client.');
    await harness.advance(600_000);
    equal(harness.a.attempts, 1);
    harness.a.welcomes = true;
    await harness.connected();
    equal(harness.session.status.state, 'ready');
  });

  it('rejects a server that welcomes it with another version', async () => {
    const harness = new SessionHarness();
    harness.a.welcomes = false;
    await harness.connected();
    harness.a.connection.send({ kind: 'welcome', version: 99, server: 's', connectionId: 's.1', heartbeatMs: 0 });
    await harness.settle();
    deepEqual(harness.names(), ['OnConnectionRejected']);
    equal(harness.session.status.code, 'CTIOS_VERSION_MISMATCH');
    match(harness.session.status.reason ?? '', /speaks version 99 of the protocol, this client version 1/);
  });

  it('retries after a temporary refusal', async () => {
    const harness = new SessionHarness();
    harness.a.welcomes = false;
    await harness.connected();
    harness.a.connection.send({ kind: 'refused', code: 'CTIOS_BUSY', message: 'Too many clients.' });
    await harness.advance(1_999);
    equal(harness.a.attempts, 1);
    await harness.advance(1);
    deepEqual(harness.names(), ['OnConnectionFailure']);
    equal(harness.a.attempts, 2);
  });

  it('treats a server that announces its shutdown as lost immediately', async () => {
    const harness = await new SessionHarness(2).connected();
    harness.names();
    harness.a.connection.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'The server is being stopped.' });
    await harness.settle();
    deepEqual(harness.names(), ['OnConnectionFailure', 'OnConnection']);
    equal(harness.session.status.server, 'server-b');
  });

  it('ignores a connection that was given up', async () => {
    const harness = await new SessionHarness(2).connected();
    const old = harness.a.connection;
    old.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'stopping' });
    await harness.settle();
    harness.names();
    old.transport.onMessage({ kind: 'event', event: 'OnCallBegin', args: { UniqueObjectID: 'call.1.1.1' } });
    old.transport.onClosed();
    await harness.settle();
    deepEqual(harness.names(), []);
    equal(harness.session.status.state, 'ready');
  });

  it('says goodbye, then emits OnConnectionClosed as the last event', async () => {
    const harness = await new SessionHarness().monitoring();
    const done = harness.session.disconnect();
    await harness.settle();
    await done;
    equal(harness.a.connection.received.at(-1)?.kind, 'bye');
    deepEqual(harness.names(), ['OnConnectionClosed']);
    equal(harness.session.status.state, 'disconnected');
    equal(harness.session.status.mode, 'none');
    await harness.advance(600_000);
    deepEqual(harness.names(), []);
    equal(harness.clock.pending, 0);
  });

  it('disconnects immediately while it is connecting or waiting', async () => {
    const harness = new SessionHarness();
    harness.a.behaviour = 'hang';
    await harness.connected();
    await harness.session.disconnect();
    equal(harness.a.cancelled, 1);
    harness.a.behaviour = 'refuse';
    await harness.connected();
    equal(harness.session.status.state, 'waiting');
    await harness.session.disconnect();
    equal(harness.session.status.state, 'disconnected');
    equal(harness.clock.pending, 0);
  });

  it('is closed after five seconds if the server does not close its end', async () => {
    const harness = await new SessionHarness().connected();
    harness.a.connection.transport.close = () => {};
    const done = harness.session.disconnect();
    await harness.settle();
    equal(harness.session.status.state, 'closing');
    await harness.advance(5_000);
    await done;
    equal(harness.session.status.state, 'disconnected');
  });

  it('can be connected again from the listener of OnConnectionClosed', async () => {
    const harness = await new SessionHarness().connected();
    const stop = harness.session.subscribe('ISessionEvents', {
      OnConnectionClosed: () => harness.session.connect(),
    });
    await Promise.all([harness.session.disconnect(), harness.settle()]);
    stop();
    await harness.settle();
    equal(harness.session.status.state, 'ready');
  });

  it('stops retrying with FinalAttempt if settings were downloaded and a limit is set', async () => {
    const harness = await new SessionHarness(1, { attemptLimit: 5 }).monitoring();
    harness.a.answers.set('RequestDesktopSettings', (request, connection) =>
      connection.confirm(request, 'OnGlobalSettingsDownloadConf', { Login: {} }),
    );
    await Promise.all([harness.session.requestDesktopSettings(), harness.settle()]);
    harness.a.behaviour = 'refuse';
    harness.a.connection.break();
    await harness.settle();
    const waiting = rejects(
      harness.session.request('MakeCall', {
        target: 'agent.5000.1001',
        args: { DialedNumber: '1' },
        linkWaitMs: 86_400_000,
      }),
      { code: 'CTIOS_DISCONNECTED' },
    );
    for (let minute = 0; minute < 20; minute++) await harness.advance(60_000);
    await waiting;
    const failures = harness.told.filter((each) => each.event === 'OnConnectionFailure');
    equal(failures.length, 6);
    deepEqual(
      failures.map((each) => each.args.FinalAttempt),
      [undefined, undefined, undefined, undefined, undefined, true],
    );
    equal(harness.session.status.state, 'disconnected');
    equal(harness.last('OnConnectionClosed').sequence, harness.session.sequence);
  });

  it('retries forever without such a limit', async () => {
    const harness = new SessionHarness();
    harness.a.behaviour = 'refuse';
    await harness.connected();
    for (let minute = 0; minute < 120; minute++) await harness.advance(60_000);
    equal(harness.session.status.state, 'waiting');
    equal(harness.a.attempts > 50, true);
  });

  it('isolates its status listeners from the exceptions of other listeners', async () => {
    const harness = new SessionHarness();
    const states: string[] = [];
    harness.session.onStatus(() => {
      throw new Error('a listener broke');
    });
    harness.session.onStatus((status) => states.push(status.state));
    await harness.connected();
    deepEqual([...new Set(states)], ['connecting', 'hello', 'ready']);
    equal((harness.errors[0] as CtiosError).message, 'a listener broke');
  });
});

describe('The state table of the connection', () => {
  const reached = (state: ConnectionState, signal: ConnectionSignal) =>
    CONNECTION_TABLE.filter(
      (row) => row.on === signal && (row.in === state || (Array.isArray(row.in) && row.in.includes(state))),
    );

  it('has an exit from every state, and one row per state and signal', () => {
    const states: ConnectionState[] = [
      'disconnected',
      'connecting',
      'hello',
      'ready',
      'waiting',
      'closing',
      'rejected',
    ];
    for (const state of states) {
      const rows = CONNECTION_TABLE.filter(
        (row) => row.in === state || (Array.isArray(row.in) && row.in.includes(state)),
      );
      equal(rows.length > 0, true, state);
      for (const row of rows) equal(reached(state, row.on).length, 1, `${state} on ${row.on}`);
      if (state !== 'disconnected' && state !== 'closing') equal(reached(state, 'disconnect').length, 1, state);
    }
  });

  it('notifies the application on entry to each state that concerns it', () => {
    deepEqual(Object.keys(ON_ENTRY).sort(), ['disconnected', 'ready', 'rejected', 'waiting']);
  });
});
