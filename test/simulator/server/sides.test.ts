import { deepStrictEqual, equal, ok, throws } from 'node:assert/strict';
import { EventCause, StatusCode } from '../../../src/ged188/index.js';
import { BRIDGE, connection, lab, login, opened, ring, S } from './raw-client.js';

const STANDING_BY = BRIDGE | S.CTI_SERVICE_ACTIVE_STANDBY;

describe('The pair of CTI Servers', () => {
  it('has one active side; the other refuses clients that cannot wait, with the error of their version', async () => {
    const at = await lab();
    const old = at.connect('B').open({ VersionNumber: 23 });
    equal('Status' in old && old.Status, StatusCode.E_CTI_CTI_SERVER_OFFLINE);
    const young = at.connect('B').open({ VersionNumber: 24 });
    equal('Status' in young && young.Status, StatusCode.E_CTI_INVALID_CLIENT_FOR_STANDBY);
  });

  it('lets a client wait on the standby side, with only heartbeats and a goodbye', async () => {
    const at = await lab();
    const client = at.connect('B');
    const answer = client.open({ ServicesRequested: STANDING_BY });
    ok(answer.type === 'OPEN_CONF' && answer.SessionType === 2);
    client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
    equal(client.refused({ type: 'USER_MESSAGE_REQ', Text: 'x' }), `status ${StatusCode.E_CTI_SERVER_NOT_MASTER}`);
    login(opened(at), '1001');
    deepStrictEqual(client.take(), []);
    client.confirmed({ type: 'CLOSE_REQ' }, 'CLOSE_CONF');
  });

  it('takes over when the active side fails, and notifies waiting clients', async () => {
    const at = await lab();
    const active = opened(at, { ServicesRequested: STANDING_BY });
    const waiting = opened(at, { ServicesRequested: STANDING_BY }, 'B');
    login(active, '1001');
    const call = ring(at, active);
    waiting.take();
    at.simulator.run('stopSide', { side: 'A' });
    ok(active.settle().closed?.error);
    const [, update, ...more] = waiting.take();
    ok(update?.type === 'CALL_DELIVERED_EVENT' && update.EventCause === EventCause.CEC_CALL_PARTY_UPDATE_IND);
    deepStrictEqual(more, []);
    waiting.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    equal(waiting.next('CALL_ESTABLISHED_EVENT').ConnectionCallID, call);
    const refused = at.connect('A');
    ok(refused.settle().closed);
  });

  it('notifies its clients when it stops cleanly', async () => {
    const at = await lab();
    const client = opened(at);
    at.simulator.run('stopSide', { side: 'A', how: 'announced' });
    equal(client.next('FAILURE_EVENT').Status, StatusCode.E_CTI_CTI_SERVER_OFFLINE);
    client.take();
    client.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 1, PeripheralID: 5000, AgentID: '1001' });
    deepStrictEqual(client.story(), [], 'it hears a goodbye only');
    client.confirmed({ type: 'CLOSE_REQ' }, 'CLOSE_CONF');
    ok(client.settle().closed);
  });

  it('disconnects a client that does not leave on request', async () => {
    const at = await lab();
    const client = opened(at);
    at.simulator.run('stopSide', { side: 'A', how: 'announced' });
    at.pass(6);
    ok(client.settle().closed);
  });

  it('restarts as the standby', async () => {
    const at = await lab();
    at.simulator.run('stopSide', { side: 'A' });
    at.simulator.run('startSide', { side: 'A' });
    deepStrictEqual(
      at.simulator.run('status').sides.map(({ running, active }) => [running, active]),
      [
        [true, false],
        [true, true],
      ],
    );
    at.simulator.run('stopSide', { side: 'B' });
    equal(at.connect('A').open().type, 'OPEN_CONF');
  });

  it('serves again after both sides were down', async () => {
    const at = await lab();
    at.simulator.run('stopSide', { side: 'B' });
    at.simulator.run('stopSide', { side: 'A' });
    at.simulator.run('startSide', { side: 'B' });
    equal(at.connect('B').open().type, 'OPEN_CONF');
  });

  it('can change sides by command', async () => {
    const at = await lab();
    const client = opened(at);
    deepStrictEqual(at.simulator.run('switchSides'), { active: 'B' });
    equal(client.next('FAILURE_EVENT').Status, StatusCode.E_CTI_CTI_SERVER_OFFLINE);
    equal(at.connect('B').open().type, 'OPEN_CONF');
  });
});

describe('Maintenance', () => {
  it('hands clients over without losing or repeating an event', async () => {
    const at = await lab();
    const active = opened(at, { ServicesRequested: STANDING_BY });
    const waiting = opened(at, { ServicesRequested: STANDING_BY }, 'B');
    login(active, '1001');
    const call = ring(at, active);
    waiting.take();
    active.take();
    at.simulator.run('maintenance');
    const { InvokeID } = active.next('ACTIVE_MAINTENANCE_REQ_MSG');
    at.simulator.run('setCallData', { call, data: { CallVariable1: 'before' } });
    active.send({ type: 'ACTIVE_MAINTENANCE_RESP_MSG', InvokeID, MaintenanceModeAccepted: true });
    at.simulator.run('setCallData', { call, data: { CallVariable1: 'after' } });
    const here = active.take();
    const there = waiting.take();
    deepStrictEqual(
      here.map((each) => each.type),
      ['CALL_DATA_UPDATE_EVENT', 'ACTIVE_MAINTENANCE_EVENT_MSG'],
    );
    ok(here[1]?.type === 'ACTIVE_MAINTENANCE_EVENT_MSG' && here[1].MaintenanceModeStatus);
    deepStrictEqual(
      there.map((each) => each.type),
      ['STANDBY_ACTIVE_EVENT_MSG', 'CALL_DATA_UPDATE_EVENT'],
    );
    ok(active.settle().closed === undefined);
    active.send({ type: 'STOPPING_REQUESTS_TO_THIS_SIDE_IND' });
    ok(active.settle().closed);
    const refused = at.connect('A').open({ ServicesRequested: STANDING_BY });
    equal('Status' in refused && refused.Status, StatusCode.E_CTI_SERVER_IN_MAINTENANCE_MODE);
    at.simulator.run('maintenance', { end: true });
    const again = at.connect('A').open({ ServicesRequested: STANDING_BY });
    ok(again.type === 'OPEN_CONF' && again.SessionType === 2);
  });

  it('still answers requests while clients move, and disconnects them after five seconds', async () => {
    const at = await lab();
    const client = opened(at, { ServicesRequested: STANDING_BY });
    opened(at, { ServicesRequested: STANDING_BY }, 'B');
    at.simulator.run('maintenance');
    const { InvokeID } = client.next('ACTIVE_MAINTENANCE_REQ_MSG');
    client.send({ type: 'ACTIVE_MAINTENANCE_RESP_MSG', InvokeID, MaintenanceModeAccepted: true });
    client.confirmed({ type: 'QUERY_AGENT_STATE_REQ', PeripheralID: 5000, AgentID: '1001' }, 'QUERY_AGENT_STATE_CONF');
    at.pass(5);
    ok(client.settle().closed);
  });

  it('is cancelled if a client refuses, or does not respond', async () => {
    for (const answer of [false, undefined]) {
      const at = await lab();
      const client = opened(at, { ServicesRequested: STANDING_BY });
      at.simulator.run('maintenance');
      const { InvokeID } = client.next('ACTIVE_MAINTENANCE_REQ_MSG');
      if (answer === false)
        client.send({ type: 'ACTIVE_MAINTENANCE_RESP_MSG', InvokeID, MaintenanceModeAccepted: false });
      else at.pass(5);
      equal(client.next('ACTIVE_MAINTENANCE_EVENT_MSG').MaintenanceModeStatus, false);
      client.confirmed({ type: 'HEARTBEAT_REQ' }, 'HEARTBEAT_CONF');
      ok(at.simulator.run('status').sides[0]!.active);
    }
  });

  it('is cancelled if the side stops meanwhile', async () => {
    const at = await lab();
    const client = opened(at, { ServicesRequested: STANDING_BY });
    at.simulator.run('maintenance');
    at.simulator.run('stopSide', { side: 'A' });
    ok(client.settle().closed);
    at.simulator.run('startSide', { side: 'A' });
    const waiting = opened(at, { ServicesRequested: STANDING_BY });
    at.pass(30);
    equal(waiting.settle().closed, undefined);
  });

  it('leaves one side active if the sides are switched, or the one that took over stops, meanwhile', async () => {
    const active = (at: Awaited<ReturnType<typeof lab>>) =>
      at.simulator.run('status').sides.flatMap((each) => (each.active ? each.side : []));
    for (const first of ['A', 'B'] as const) {
      for (const [command, args, expected] of [
        ['switchSides', {}, first === 'A' ? 'B' : 'A'],
        ['stopSide', { side: first === 'A' ? 'B' : 'A' }, first],
        ['stopSide', { side: first }, first === 'A' ? 'B' : 'A'],
      ] as const) {
        const at = await lab();
        if (first === 'B') at.simulator.run('switchSides');
        deepStrictEqual(active(at), [first]);
        at.simulator.run('maintenance');
        deepStrictEqual(active(at), ['A', 'B'], 'handing over');
        at.simulator.run(command as string, args);
        at.pass(30);
        deepStrictEqual(active(at), [expected], `${command} ${JSON.stringify(args)} at ${first}`);
        equal(at.connect(expected).open().type, 'OPEN_CONF');
      }
    }
  });

  it('ends for the side that is switched away from while its clients are asked', async () => {
    const at = await lab();
    opened(at, { ServicesRequested: STANDING_BY });
    at.simulator.run('maintenance');
    at.simulator.run('switchSides');
    at.pass(30);
    const waiting = at.connect('A').open({ ServicesRequested: STANDING_BY });
    ok(waiting.type === 'OPEN_CONF' && waiting.SessionType === 2);
    throws(() => at.simulator.run('maintenance', { end: true }), /no side is in maintenance/);
  });

  it('requires another side, and a session to end', async () => {
    const at = await lab();
    throws(() => at.simulator.run('maintenance', { end: true }), /no side is in maintenance/);
    at.simulator.run('stopSide', { side: 'B' });
    throws(() => at.simulator.run('maintenance'), /the other side is stopped/);
  });

  it('disconnects clients that do not support standby', async () => {
    const at = await lab();
    const old = opened(at, { ClientID: 'old', VersionNumber: 20 });
    const plain = opened(at, { ClientID: 'plain', VersionNumber: 25 });
    at.simulator.run('maintenance');
    for (const client of [old, plain]) {
      equal(client.next('FAILURE_EVENT').Status, StatusCode.E_CTI_CTI_SERVER_OFFLINE);
      deepStrictEqual(client.take('ACTIVE_MAINTENANCE_REQ_MSG'), []);
    }
    ok(at.simulator.run('status').sides[1]!.active);
  });
});
