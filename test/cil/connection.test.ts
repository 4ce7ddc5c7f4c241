import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import {
  CONNECTION_TABLE,
  type ConnectionSignal,
  type ConnectionState,
  ON_ENTRY,
} from '../../src/cil/connection/connection-states.js';
import { ReconnectPlan } from '../../src/cil/connection/reconnect-policy.js';
import type { CtiosError } from '../../src/ctios/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { Stage } from './helpers.js';

describeOverEachTransport('The connection of a session', () => {
  it('tells OnConnection with the server and the time once messages pass', async () => {
    const stage = await new Stage().connected();
    const { args, interfaces, sequence, time } = stage.last('OnConnection');
    deepEqual(args, { EventTime: stage.clock.now(), CurrentServer: 'server-a' });
    deepEqual(interfaces, ['ISessionEvents']);
    equal(sequence, 1);
    equal(time, stage.clock.now());
    equal(stage.session.status.server, 'server-a');
    equal(stage.session.status.side, 'A');
  });

  it('refuses a second connect while it is connected, with the code of the guide', async () => {
    const stage = await new Stage().connected();
    throws(() => stage.session.connect(), { code: 'E_CTIOS_SESSION_NOT_DISCONNECTED' });
    stage.a.connection.break();
    stage.a.behaviour = 'refuse';
    await stage.settle();
    throws(() => stage.session.connect(), { code: 'E_CTIOS_IN_FAILOVER' });
  });

  it('says hello with its version before anything else', async () => {
    const stage = await new Stage(1, { client: 'a test', heartbeatMs: 7_000 }).connected();
    deepEqual(stage.a.connection.received[0], { kind: 'hello', version: 1, client: 'a test', heartbeatMs: 7_000 });
  });

  it('tries the other side at once when a connection is lost', async () => {
    const stage = await new Stage(2).connected();
    stage.names();
    stage.a.connection.break(new Error('cable pulled'));
    await stage.settle();
    const failure = stage.told.find((each) => each.event === 'OnConnectionFailure');
    deepEqual(failure?.args, { EventTime: stage.clock.now(), FailedServer: 'server-a', ReasonCode: 2 });
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnection']);
    equal(stage.session.status.server, 'server-b');
    equal(stage.session.status.side, 'B');
  });

  it('does not storm a server that accepts connections and drops them at once', async () => {
    const stage = await new Stage(1).connected();
    let connections = 1;
    stage.session.subscribe('ISessionEvents', ({ event }) => {
      if (event === 'OnConnection') connections++;
    });
    for (let second = 0; second < 600; second++) {
      if (stage.session.status.server !== undefined) stage.a.connection.break();
      await stage.advance(1_000);
    }
    ok(connections >= 8 && connections <= 20, `${connections} connections in 10 minutes`);
    await stage.advance(200_000);
    const before = connections;
    stage.a.connection.break();
    await stage.settle();
    equal(connections, before + 1, 'one that lasted is followed by another at once');
  });

  it('alternates between the sides in rounds, with the pauses of the guide between them', async () => {
    const stage = await new Stage(2).connected();
    const start = stage.clock.now();
    stage.a.behaviour = 'refuse';
    stage.b.behaviour = 'refuse';
    stage.names();
    stage.a.connection.break();
    await stage.settle();
    for (let second = 0; second < 500; second++) await stage.advance(1_000);
    const tries = stage.told
      .filter((each) => each.event === 'OnConnectionFailure')
      .map((each) => [each.args.FailedServer, Math.round((each.time - start) / 1_000)]);
    deepEqual(tries.slice(0, 13), [
      ['server-a', 0],
      ['server-b', 0],
      ['server-a', 0],
      ['server-b', 0],
      ['server-a', 0],
      ['server-b', 15],
      ['server-a', 15],
      ['server-b', 45],
      ['server-a', 45],
      ['server-b', 105],
      ['server-a', 105],
      ['server-b', 225],
      ['server-a', 225],
    ]);
  });

  it('draws the first pause at random, so that the clients of a dead server do not return together', () => {
    const plan = new ReconnectPlan(2, { next: () => 0.5 });
    plan.afterLoss(0);
    plan.next();
    equal(plan.next().afterMs, 5_000);
  });

  it('picks the first server at random', () => {
    equal(new ReconnectPlan(2, { next: () => 0.2 }).first().side, 0);
    equal(new ReconnectPlan(2, { next: () => 0.7 }).first().side, 1);
  });

  it('gives up an attempt that hangs, and a server that accepts but does not welcome', async () => {
    const stage = new Stage(2, { connectMs: 4_000, helloMs: 2_000 });
    stage.a.behaviour = 'hang';
    stage.b.welcomes = false;
    await stage.connected();
    equal(stage.session.status.state, 'connecting');
    await stage.advance(4_000);
    equal(stage.a.cancelled, 1);
    match(stage.session.status.reason ?? '', /server-a within 4 s/);
    equal(stage.session.status.state, 'hello');
    await stage.advance(2_000);
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnectionFailure']);
    equal(stage.b.connection.closed, true);
    equal(stage.session.status.code, 'CTIOS_HELLO_TIMEOUT');
  });

  it('is rejected for good by a server of another version, until connect is called again', async () => {
    const stage = new Stage();
    stage.a.welcomes = false;
    await stage.connected();
    stage.a.connection.send({ kind: 'refused', code: 'CTIOS_VERSION_MISMATCH', message: 'Update the client.' });
    await stage.settle();
    deepEqual(stage.names(), ['OnConnectionRejected']);
    equal(stage.session.status.state, 'rejected');
    equal(stage.session.status.reason, 'Update the client.');
    await stage.advance(600_000);
    equal(stage.a.attempts, 1);
    stage.a.welcomes = true;
    await stage.connected();
    equal(stage.session.status.state, 'ready');
  });

  it('tries again after a refusal that may pass', async () => {
    const stage = new Stage();
    stage.a.welcomes = false;
    await stage.connected();
    stage.a.connection.send({ kind: 'refused', code: 'CTIOS_BUSY', message: 'Too many clients.' });
    await stage.settle();
    deepEqual(stage.names(), ['OnConnectionFailure']);
    equal(stage.a.attempts, 2);
  });

  it('takes a server that says it is closing for lost at once', async () => {
    const stage = await new Stage(2).connected();
    stage.names();
    stage.a.connection.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'The server is being stopped.' });
    await stage.settle();
    deepEqual(stage.names(), ['OnConnectionFailure', 'OnConnection']);
    equal(stage.session.status.server, 'server-b');
  });

  it('hears no more from a connection that was given up', async () => {
    const stage = await new Stage(2).connected();
    const old = stage.a.connection;
    old.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'stopping' });
    await stage.settle();
    stage.names();
    old.transport.onMessage({ kind: 'event', event: 'OnCallBegin', args: { UniqueObjectID: 'call.1.1.1' } });
    old.transport.onClosed();
    await stage.settle();
    deepEqual(stage.names(), []);
    equal(stage.session.status.state, 'ready');
  });

  it('says bye, tells OnConnectionClosed last and then nothing more', async () => {
    const stage = await new Stage().monitoring();
    const done = stage.session.disconnect();
    await stage.settle();
    await done;
    equal(stage.a.connection.received.at(-1)?.kind, 'bye');
    deepEqual(stage.names(), ['OnConnectionClosed']);
    equal(stage.session.status.state, 'disconnected');
    equal(stage.session.status.mode, 'none');
    await stage.advance(600_000);
    deepEqual(stage.names(), []);
    equal(stage.clock.pending, 0);
  });

  it('disconnects at once while it connects or waits', async () => {
    const stage = new Stage();
    stage.a.behaviour = 'hang';
    await stage.connected();
    await stage.session.disconnect();
    equal(stage.a.cancelled, 1);
    stage.a.behaviour = 'refuse';
    await stage.connected();
    equal(stage.session.status.state, 'waiting');
    await stage.session.disconnect();
    equal(stage.session.status.state, 'disconnected');
    equal(stage.clock.pending, 0);
  });

  it('is closed after five seconds if the server does not close its end', async () => {
    const stage = await new Stage().connected();
    stage.a.connection.transport.close = () => {};
    const done = stage.session.disconnect();
    await stage.settle();
    equal(stage.session.status.state, 'closing');
    await stage.advance(5_000);
    await done;
    equal(stage.session.status.state, 'disconnected');
  });

  it('can be connected again from the listener of OnConnectionClosed', async () => {
    const stage = await new Stage().connected();
    const stop = stage.session.subscribe('ISessionEvents', {
      OnConnectionClosed: () => stage.session.connect(),
    });
    await Promise.all([stage.session.disconnect(), stage.settle()]);
    stop();
    await stage.settle();
    equal(stage.session.status.state, 'ready');
  });

  it('ends the attempts with FinalAttempt once settings were downloaded and a limit is set', async () => {
    const stage = await new Stage(1, { attemptLimit: 5 }).monitoring();
    stage.a.answers.set('RequestDesktopSettings', (request, connection) =>
      connection.confirm(request, 'OnGlobalSettingsDownloadConf', { Login: {} }),
    );
    await Promise.all([stage.session.requestDesktopSettings(), stage.settle()]);
    stage.a.behaviour = 'refuse';
    stage.a.connection.break();
    await stage.settle();
    const waiting = rejects(
      stage.session.request('MakeCall', {
        target: 'agent.5000.1001',
        args: { DialedNumber: '1' },
        linkWaitMs: 86_400_000,
      }),
      { code: 'CTIOS_DISCONNECTED' },
    );
    for (let minute = 0; minute < 20; minute++) await stage.advance(60_000);
    await waiting;
    const failures = stage.told.filter((each) => each.event === 'OnConnectionFailure');
    equal(failures.length, 6);
    deepEqual(
      failures.map((each) => each.args.FinalAttempt),
      [undefined, undefined, undefined, undefined, undefined, true],
    );
    equal(stage.session.status.state, 'disconnected');
    equal(stage.last('OnConnectionClosed').sequence, stage.session.sequence);
  });

  it('goes on trying for ever without such a limit', async () => {
    const stage = new Stage();
    stage.a.behaviour = 'refuse';
    await stage.connected();
    for (let minute = 0; minute < 120; minute++) await stage.advance(60_000);
    equal(stage.session.status.state, 'waiting');
    equal(stage.a.attempts > 50, true);
  });

  it('keeps its status listeners apart from what they throw', async () => {
    const stage = new Stage();
    const states: string[] = [];
    stage.session.onStatus(() => {
      throw new Error('a listener broke');
    });
    stage.session.onStatus((status) => states.push(status.state));
    await stage.connected();
    deepEqual([...new Set(states)], ['connecting', 'hello', 'ready']);
    equal((stage.errors[0] as CtiosError).message, 'a listener broke');
  });
});

describe('The table of the connection', () => {
  const reached = (state: ConnectionState, signal: ConnectionSignal) =>
    CONNECTION_TABLE.filter(
      (row) => row.on === signal && (row.in === state || (Array.isArray(row.in) && row.in.includes(state))),
    );

  it('leaves no state without a way out, and has one row per state and signal', () => {
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

  it('tells the application something on entry to each state that concerns it', () => {
    deepEqual(Object.keys(ON_ENTRY).sort(), ['disconnected', 'ready', 'rejected', 'waiting']);
  });
});
