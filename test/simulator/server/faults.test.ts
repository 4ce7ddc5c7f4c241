import { deepStrictEqual, equal, ok, throws } from 'node:assert/strict';
import { CommandError } from '../../../src/simulator/index.js';
import { BRIDGE, connection, lab, login, opened, PERIPHERAL, ring, S } from './raw-client.js';

describe('Faults', () => {
  it('close links cleanly, by a reset, or silently', async () => {
    const at = await lab();
    const [one, two, three] = ['one', 'two', 'three'].map((ClientID) => opened(at, { ClientID }));
    deepStrictEqual(at.simulator.run('breakLink', { client: 'one' }), { links: 1 });
    deepStrictEqual(one!.settle().closed, {});
    at.simulator.run('breakLink', { client: 'two', how: 'reset' });
    ok(two!.settle().closed?.error);
    at.simulator.run('breakLink', { client: 'three', how: 'silence' });
    three!.take();
    throws(() => three!.ask({ type: 'HEARTBEAT_REQ' }), /was not answered/);
    login(opened(at), '1001');
    deepStrictEqual(three!.take(), []);
    equal(three!.closed, undefined);
  });

  it('delay confirmations, but not the effects', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    client.take();
    at.simulator.run('slowConfirmations', { ms: 3000 });
    const request = {
      type: 'SET_AGENT_STATE_REQ',
      InvokeID: 9,
      PeripheralID: PERIPHERAL,
      AgentID: '1001',
      AgentInstrument: '2001',
    } as const;
    client.send({ ...request, AgentState: 2 });
    deepStrictEqual(client.story(), ['AGENT_STATE_EVENT 1001 2']);
    at.pass(3);
    deepStrictEqual(client.story(), ['SET_AGENT_STATE_CONF']);
  });

  it('delay responses to queries, too, with the state at the time of the response', async () => {
    const at = await lab();
    const client = opened(at);
    at.simulator.run('slowConfirmations', { ms: 3000 });
    client.take();
    client.send({ type: 'QUERY_AGENT_STATE_REQ', InvokeID: 9, PeripheralID: PERIPHERAL, AgentID: '1001' });
    at.pass(2);
    at.simulator.run('loginAgent', { agent: '1001' });
    ok(client.take().every((each) => each.type === 'AGENT_STATE_EVENT'));
    at.pass(1);
    equal(client.next('QUERY_AGENT_STATE_CONF').AgentState, 2);
  });

  it('refuse every control request if none is named', async () => {
    const at = await lab();
    const client = opened(at);
    at.simulator.run('refuseRequests', { times: 3 });
    equal(
      client.refused({ type: 'MAKE_CALL_REQ', PeripheralID: PERIPHERAL, AgentInstrument: '2001', DialedNumber: '1' }),
      'control 32/0',
    );
    equal(client.refused({ type: 'HOLD_CALL_REQ', ...connection(1, '2001') }), 'control 32/0');
    client.confirmed(
      { type: 'USER_MESSAGE_REQ', PeripheralID: PERIPHERAL, Distribution: 3, Text: 'x' },
      'USER_MESSAGE_CONF',
    );
    equal(client.refused({ type: 'TRANSFER_CALL_REQ', PeripheralID: PERIPHERAL }), 'control 32/0');
  });

  it('refuse the named requests, the given number of times, with the given code', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    at.simulator.run('refuseRequests', { requests: ['hold_call_req'], code: 34, peripheralErrorCode: 13999, times: 2 });
    const call = ring(at, client);
    client.confirmed({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') }, 'ANSWER_CALL_CONF');
    const hold = { type: 'HOLD_CALL_REQ', ...connection(call, '2001') } as const;
    equal(client.refused(hold), 'control 34/13999');
    equal(client.refused(hold), 'control 34/13999');
    client.confirmed(hold, 'HOLD_CALL_CONF');
  });

  it('duplicate agent events, except for clients that requested each once', async () => {
    const at = await lab();
    const client = opened(at, { ClientID: 'one' });
    const careful = opened(at, {
      ClientID: 'other',
      ServicesRequested: BRIDGE | S.CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS,
    });
    at.simulator.run('duplicateAgentEvents');
    login(client, '1001', false);
    const states = (messages: { AgentState: number }[]) => messages.map((each) => each.AgentState);
    const twice = states(client.take('AGENT_STATE_EVENT'));
    equal(twice.length % 2, 0);
    for (let index = 0; index < twice.length; index += 2) equal(twice[index], twice[index + 1]);
    deepStrictEqual(
      states(careful.take('AGENT_STATE_EVENT')),
      twice.filter((_, index) => index % 2 === 0),
    );
  });

  it('delay agent events, each agent’s in order', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    client.take();
    at.simulator.run('delayAgentEvents', { ms: 500 });
    const call = ring(at, client);
    at.simulator.run('answer', { agent: '1001' });
    const story = client.story();
    ok(story.includes('CALL_ESTABLISHED_EVENT 2001 3') && !story.includes('AGENT_STATE_EVENT 1001 4'));
    at.pass(1);
    deepStrictEqual(client.story(), ['AGENT_STATE_EVENT 1001 4']);
    at.simulator.run('hangUp', { call });
    at.simulator.run('clearFaults');
    at.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
    at.pass(1);
    deepStrictEqual(
      client.story().filter((each) => each.startsWith('AGENT')),
      ['AGENT_STATE_EVENT 1001 6', 'AGENT_STATE_EVENT 1001 3'],
    );
  });

  it('take a peripheral, the central controller or a phone out of service, and restore it', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const call = ring(at, client);
    client.take();
    const heard = () =>
      client
        .take('SYSTEM_EVENT')
        .map((each) => [each.SystemEventID, each.PGStatus, each.EventDeviceID ?? each.SystemEventArg1]);
    at.simulator.run('centralControllerOffline');
    deepStrictEqual(heard(), [[2, 2, 0]]);
    at.simulator.run('centralControllerOnline');
    deepStrictEqual(heard(), [[1, 0, 0]]);
    at.simulator.run('instrumentOutOfService', { instrument: '2002' });
    at.simulator.run('instrumentInService', { instrument: '2002' });
    deepStrictEqual(
      heard().map(([id, , device]) => [id, device]),
      [
        [10, '2002'],
        [11, '2002'],
      ],
    );
    at.simulator.run('peripheralOffline');
    deepStrictEqual(heard(), [[4, 4, PERIPHERAL]]);
    ok(/^control/.test(client.refused({ type: 'ANSWER_CALL_REQ', ...connection(call, '2001') })));
    at.simulator.run('peripheralOnline');
    deepStrictEqual(heard(), [[3, 0, PERIPHERAL]]);
    deepStrictEqual(at.simulator.run('check').violations, []);
  });
});

describe('A side change of the gateway', () => {
  it('reports to bridges the parties of each call, as a past event, and nothing to desktops', async () => {
    const at = await lab();
    const client = opened(at);
    const desktop = opened(at, {
      ClientID: 'desk',
      PeripheralID: PERIPHERAL,
      AgentInstrument: '2001',
      ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS,
    });
    login(client, '1001');
    const call = ring(at, client);
    client.take();
    desktop.take();
    deepStrictEqual(at.simulator.run('gatewaySwitch'), { connections: 1 });
    const [delivered] = client.take();
    ok(delivered?.type === 'CALL_DELIVERED_EVENT');
    deepStrictEqual([delivered.EventCause, delivered.ConnectionCallID, delivered.LocalConnectionState], [50, call, 2]);
    at.simulator.run('answer', { agent: '1001' });
    client.take();
    desktop.take();
    at.simulator.run('gatewaySwitch');
    const [established] = client.take();
    ok(established?.type === 'CALL_ESTABLISHED_EVENT' && established.EventCause === 50);
    deepStrictEqual(desktop.take(), []);
  });
});

describe('A desktop whose connection is monitored', () => {
  const desk = {
    ClientID: 'desk',
    PeripheralID: PERIPHERAL,
    AgentID: '1001',
    ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_CONNECTION_MONITOR,
  };

  it('sets its agent not ready when the connection is lost, but not after a goodbye', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const first = opened(at, desk);
    first.confirmed({ type: 'CLOSE_REQ' }, 'CLOSE_CONF');
    client.take();
    deepStrictEqual(client.take(), []);
    const second = opened(at, desk);
    second.stream.destroy();
    const event = client.next('AGENT_STATE_EVENT');
    deepStrictEqual([event.AgentState, event.EventReasonCode], [2, 50002]);
  });
});

describe('A desktop that opens a second session', () => {
  it('does not count as lost', async () => {
    const at = await lab();
    const client = opened(at);
    login(client, '1001');
    const desk = {
      ClientID: 'desk',
      PeripheralID: PERIPHERAL,
      AgentID: '1001',
      ServicesRequested: S.CTI_SERVICE_CLIENT_EVENTS | S.CTI_SERVICE_CONNECTION_MONITOR,
    };
    opened(at, desk);
    client.take();
    opened(at, desk);
    at.pass(10);
    deepStrictEqual(client.take(), []);
  });
});

describe('Commands', () => {
  const bad: [string, string, Record<string, unknown>, RegExp][] = [
    ['an unknown command, with what may be meant', 'plaecCall', {}, /did you mean "placeCall"/],
    [
      'an unknown argument, with those there are',
      'placeCall',
      { too: '8001' },
      /there is no argument "too"; it takes to, from/,
    ],
    ['a missing argument, with what it is', 'answer', {}, /"agent" is missing/],
    ['a number that is none', 'slowConfirmations', { ms: 'soon' }, /must be a number from 0 to 600000/],
    ['a choice that is none', 'stopSide', { side: 'C' }, /must be one of A, B/],
    ['call data that is none', 'placeCall', { data: { Name: 'x' } }, /"Name" is not call data/],
    ['an agent who does not exist', 'loginAgent', { agent: '7' }, /there is no agent "7"/],
    ['a call that is not there', 'hangUp', { call: 1 }, /there is no call 1/],
    ['an answer when nothing rings', 'answer', { agent: '1001' }, /agent 1001 has no ringing call/],
    ['a number nobody has', 'placeCall', { to: '8999' }, /.+/],
  ];
  for (const [what, command, args, message] of bad) {
    it(`reject ${what}`, async () => {
      const at = await lab();
      throws(
        () => at.simulator.run(command, args),
        (error) => error instanceof CommandError && message.test(error.message),
      );
    });
  }

  it('accept numbers as text and choices in any letter case, and ignore blanks', async () => {
    const at = await lab();
    at.simulator.run('SlowConfirmations', { ms: '10' });
    at.simulator.run('stopSide', { side: 'b', how: '' });
    equal(at.simulator.run('status').sides[1]!.running, false);
  });

  it('accept true and false as text, and set reasons', async () => {
    const at = await lab();
    const client = opened(at);
    at.simulator.run('duplicateAgentEvents', { on: 'true' } as never);
    at.simulator.run('duplicateAgentEvents', { on: 'false' } as never);
    throws(() => at.simulator.run('duplicateAgentEvents', { on: 'maybe' } as never), /must be true or false/);
    login(client, '1001', false);
    equal(client.take('AGENT_STATE_EVENT').length, 1);
    at.simulator.run('setAgentState', { agent: '1001', state: 'NotReady', reason: 12 });
    equal(client.next('AGENT_STATE_EVENT').EventReasonCode, 12);
  });

  it('do not move an agent whom a client logs in or out', async () => {
    const at = await lab({ automatic: true });
    const client = opened(at);
    at.pass(1);
    const seat = {
      type: 'SET_AGENT_STATE_REQ',
      PeripheralID: PERIPHERAL,
      AgentID: '1001',
      AgentInstrument: '2001',
    } as const;
    client.refused({ ...seat, AgentState: 0 });
    for (const agent of ['1003', '1004', '1006']) at.simulator.run('logoutAgent', { agent });
    client.take();
    ring(at, client);
    at.pass(10);
    deepStrictEqual(
      client.take('CALL_DELIVERED_EVENT').map((each) => each.ConnectionDeviceID),
      ['2001'],
    );
    deepStrictEqual(client.take('CALL_ESTABLISHED_EVENT'), []);
  });
});
