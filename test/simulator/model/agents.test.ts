import assert from 'node:assert/strict';
import {
  type AgentSituation,
  type AgentTrigger,
  agentStates,
  rowFor,
} from '../../../src/simulator/model/agents/agent-states.js';
import { allowed, Bench, CUSTOMER, PERIPHERAL, refused } from './support.js';

const [logout, notReady, available, talking, workNotReady, workReady, busyOther, reserved, unknown, hold] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
] as const;

const usual: AgentSituation = {
  callOnItsWay: false,
  forced: false,
  wrapupMode: 'required',
  calls: 'in',
  logoutWanted: false,
  availableAfter: false,
  wrapupDataMissing: false,
  mayPend: true,
  availableAtLogin: false,
  standsAside: false,
};

describe('the table of agent states', () => {
  type Case = [
    from: Parameters<typeof rowFor>[0],
    trigger: AgentTrigger,
    situation: Partial<AgentSituation>,
    becomes: unknown,
  ];
  const cases: Case[] = [
    [logout, 'login', {}, notReady],
    [unknown, 'login', {}, notReady],
    [logout, 'login', { availableAtLogin: true }, available],
    [available, 'login', {}, 'alreadyLoggedIn'],
    [logout, 'logout', {}, 'alreadyLoggedOut'],
    [notReady, 'logout', {}, logout],
    [available, 'logout', {}, 'cannotLogOut'],
    [reserved, 'logout', {}, 'cannotLogOut'],
    [talking, 'logout', {}, 'cannotLogOut'],
    [hold, 'logout', {}, 'cannotLogOut'],
    [workReady, 'logout', {}, 'cannotLogOut'],
    [workReady, 'logout', { forced: true }, logout],
    [available, 'logout', { forced: true }, logout],
    [available, 'logout', { forced: true, callOnItsWay: true }, 'logout later'],
    [talking, 'logout', { forced: true }, 'logout later'],
    [notReady, 'askAvailable', {}, available],
    [available, 'askAvailable', {}, 'badTransition'],
    [logout, 'askAvailable', {}, 'notLoggedIn'],
    [reserved, 'askAvailable', {}, 'stateReserved'],
    [talking, 'askAvailable', {}, 'pending'],
    [talking, 'askAvailable', { mayPend: false }, 'cannotGoReady'],
    [talking, 'askAvailable', { mayPend: false, wrapupMode: 'optional' }, 'pending'],
    [workReady, 'askAvailable', {}, available],
    [workReady, 'askAvailable', { wrapupDataMissing: true }, 'wrapupDataRequired'],
    [notReady, 'askNotReady', {}, notReady],
    [available, 'askNotReady', {}, notReady],
    [available, 'askNotReady', { callOnItsWay: true }, 'callOnItsWay'],
    [talking, 'askNotReady', {}, 'pending'],
    [hold, 'askNotReady', { mayPend: false }, 'pendingRefused'],
    [workNotReady, 'askNotReady', {}, notReady],
    [talking, 'askWorkReady', { wrapupMode: 'optional' }, 'pending'],
    [talking, 'askWorkReady', { wrapupMode: 'notAllowed' }, undefined],
    [notReady, 'askWorkReady', {}, undefined],
    [available, 'offered', {}, reserved],
    [notReady, 'offered', {}, undefined],
    [reserved, 'talking', {}, talking],
    [notReady, 'talking', {}, talking],
    [workReady, 'talking', {}, talking],
    [busyOther, 'talking', {}, talking],
    [talking, 'held', {}, hold],
    [hold, 'talking', {}, talking],
    [talking, 'callsOver', {}, workReady],
    [hold, 'callsOver', {}, workReady],
    [talking, 'callsOver', { calls: 'out' }, workNotReady],
    [talking, 'callsOver', { pending: notReady }, workNotReady],
    [talking, 'callsOver', { wrapupMode: 'requiredWithData' }, workReady],
    [talking, 'callsOver', { wrapupMode: 'optional' }, 'before'],
    [talking, 'callsOver', { wrapupMode: 'optional', pending: available }, available],
    [talking, 'callsOver', { wrapupMode: 'optional', pending: notReady }, notReady],
    [talking, 'callsOver', { wrapupMode: 'optional', pending: workReady }, workReady],
    [talking, 'callsOver', { wrapupMode: 'optional', availableAfter: true }, available],
    [talking, 'callsOver', { calls: 'other' }, 'before'],
    [talking, 'callsOver', { logoutWanted: true }, logout],
    [reserved, 'callsOver', {}, 'before'],
    [reserved, 'notAnswered', {}, notReady],
    [reserved, 'notAnswered', { logoutWanted: true }, logout],
    [available, 'nonAcdBusy', {}, notReady],
    [notReady, 'nonAcdFree', { standsAside: true }, 'before'],
    [notReady, 'nonAcdFree', {}, undefined],
    [notReady, 'callsOver', { standsAside: true }, 'before'],
    [workReady, 'workTimer', {}, available],
    [workNotReady, 'workTimer', {}, notReady],
    [notReady, 'idleTimer', {}, logout],
    [available, 'idleTimer', {}, undefined],
    [talking, 'deviceLost', {}, logout],
    [logout, 'deviceLost', {}, undefined],
  ];
  for (const [from, trigger, situation, becomes] of cases)
    it(`${from} on ${trigger}${Object.keys(situation).length > 0 ? ` with ${JSON.stringify(situation)}` : ''}: ${becomes ?? 'nothing'}`, () => {
      const row = rowFor(from, trigger, { ...usual, ...situation });
      const remembered = row?.remember === 'logout' ? 'logout later' : row?.remember;
      assert.equal(row?.refuse ?? remembered ?? row?.to, becomes);
    });

  it('has no unreachable row', () => {
    const seen = new Set<unknown>();
    const flags = [
      'callOnItsWay',
      'forced',
      'logoutWanted',
      'availableAfter',
      'wrapupDataMissing',
      'mayPend',
      'availableAtLogin',
      'standsAside',
    ] as const;
    for (let bits = 0; bits < 2 ** flags.length; bits++)
      for (const wrapupMode of ['required', 'optional', 'notAllowed', 'requiredWithData'] as const)
        for (const calls of ['in', 'out', 'other'] as const)
          for (const pending of [undefined, notReady, available, workReady, workNotReady]) {
            const situation: AgentSituation = { ...usual, wrapupMode, calls, pending };
            for (const [index, flag] of flags.entries()) situation[flag] = (bits & (1 << index)) !== 0;
            for (const row of agentStates)
              for (const state of row.in) if (!seen.has(row) && rowFor(state, row.on, situation) === row) seen.add(row);
          }
    assert.equal(seen.size, agentStates.length);
  });
});

describe('agents', () => {
  it('log in as not ready, and are refused with the code of the error', () => {
    const b = new Bench({
      world: (config) => ({ ...config, agents: config.agents.map((each) => ({ ...each, password: 'secret' })) }),
    });
    assert.deepEqual(refused(b.state('1001', 0, { password: 'wrong' })), [258, 0]);
    assert.deepEqual(refused(b.state('4711', 0, { instrument: '2001' })), [256, 0]);
    assert.deepEqual(refused(b.state('1001', 0, { password: 'secret', instrument: '9' })), [260, 10004]);
    allowed(b.state('1001', 0, { password: 'secret', forced: 2 }));
    assert.deepEqual(refused(b.state('1001', 0, { password: 'wrong', forced: 2 })), [258, 0]);
    assert.equal(b.stateOf('1001'), 'logout', 'asking whether the password is right is no login');
    allowed(b.state('1001', 0, { password: 'secret' }));
    assert.deepEqual(b.told('2001'), ['agent not ready']);
    assert.deepEqual(refused(b.state('1001', 0, { password: 'secret' })), [259, 10102]);
    assert.deepEqual(refused(b.state('1002', 0, { password: 'secret', instrument: '2001' })), [283, 0]);
    b.consistent();
  });

  it('can be taken over by a second login if that is allowed', () => {
    const b = new Bench({ switch: { takeOverLogin: true } });
    b.logIn('1001');
    allowed(b.state('1001', 0, { instrument: '2004' }));
    assert.equal(b.center.agent(PERIPHERAL, '1001')?.extension, '2004');
    assert.equal(b.center.agentAt(PERIPHERAL, '2001'), undefined);
    b.consistent();
  });

  it('log in only to their own skill groups, or some of them', () => {
    const b = new Bench();
    assert.deepEqual(refused(b.state('1001', 0, { skillGroups: [{ number: 30 }] })), [262, 0]);
    allowed(b.state('1001', 0, { skillGroups: [{ number: 20 }] }));
    assert.deepEqual(
      b.center.agent(PERIPHERAL, '1001')?.skillGroups.map((each) => each.number),
      [20],
    );
  });

  it('must give reasons if the desk settings require it', () => {
    const b = new Bench({ desk: { notReadyReasonRequired: true, logoutReasonRequired: true } });
    b.ready('1001');
    assert.deepEqual(refused(b.state('1001', 2)), [281, 0]);
    allowed(b.state('1001', 2, { reasonCode: 7 }));
    assert.deepEqual(b.told('2001').at(-1), 'agent not ready reason 7');
    allowed(b.state('1001', 2, { reasonCode: 8 }));
    assert.deepEqual(b.told('2001').at(-1), 'agent not ready reason 8', 'a new reason is told');
    assert.deepEqual(refused(b.state('1001', 1)), [281, 0]);
    assert.deepEqual(refused(b.state('1001', 1, { reasonCode: 70000 })), [266, 0]);
    allowed(b.state('1001', 1, { reasonCode: 9 }));
    assert.deepEqual(b.told('2001').at(-1), 'agent logout reason 9');
  });

  it('cannot leave while the router is sending a call, and are reserved when it rings', () => {
    const b = new Bench();
    b.ready('1001');
    b.arrives();
    assert.deepEqual(refused(b.state('1001', 2)), [21, 10104]);
    b.seconds(1);
    assert.deepEqual(refused(b.state('1001', 2)), [21, 10106]);
    assert.deepEqual(refused(b.state('1001', 1)), [22, 10112]);
  });

  it('enter a state requested while talking when the call has ended', () => {
    const b = new Bench({ desk: { wrapupIncoming: 'optional' } });
    const call = b.talking();
    allowed(b.state('1001', 2, { reasonCode: 5 }));
    assert.deepEqual(b.told('2001'), ['agent talking next not ready']);
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.deepEqual(b.told('2001').at(-1), 'agent not ready reason 5');
    b.consistent();
  });

  it('with required wrap-up: a not ready request while talking takes effect after wrap-up', () => {
    const b = new Bench();
    const call = b.talking();
    allowed(b.state('1001', 2, { reasonCode: 5 }));
    allowed(b.center.hangUp(PERIPHERAL, call));
    b.seconds(31);
    assert.deepEqual(b.told('2001', /^agent/), [
      'agent talking next not ready',
      'agent work not ready',
      'agent not ready reason 5',
    ]);
  });

  it('return to not ready, with its reason, after an outgoing call', () => {
    const b = new Bench();
    b.logIn('1001', '1002');
    allowed(b.state('1001', 2, { reasonCode: 3 }));
    const call = b.dials('2001', '2002');
    allowed(b.center.answer(b.at(call, '2002')));
    allowed(b.center.clearConnection(b.at(call, '2001')));
    assert.deepEqual(b.told('2001').at(-1), 'agent not ready reason 3');
    assert.deepEqual(b.told('2002').at(-1), 'agent not ready');
  });

  it('wrap up an outgoing call if that is required, and are not ready after it', () => {
    const b = new Bench({ desk: { wrapupOutgoing: 'required' } });
    b.logIn('1001');
    const call = b.dials('2001', '912065550123');
    b.seconds(5);
    allowed(b.center.clearConnection(b.at(call, '2001')));
    b.seconds(31);
    assert.deepEqual(b.told('2001', /^agent/).slice(-2), ['agent work not ready', 'agent not ready']);
  });

  it('leave wrap-up only with data if that is required; otherwise the call ends for them when the data arrive', () => {
    const b = new Bench({ desk: { wrapupIncoming: 'requiredWithData' } });
    const call = b.talking();
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.deepEqual(b.told('2001').slice(-2), ['callCleared 0', 'agent work ready']);
    assert.deepEqual(refused(b.state('1001', 3)), [280, 0]);
    allowed(b.center.setCallData(b.at(call, '2001'), { wrapupData: 'Sold' }));
    allowed(b.state('1001', 3));
    assert.deepEqual(b.told('2001').slice(-3), ['callDataUpdate 0 type 2', 'callEnd 0', 'agent available']);
    assert.equal(b.center.setCallData(b.at(call, '2001'), { wrapupData: 'late' }).ok, false);
  });

  it('who give no wrap-up data leave wrap-up when the work timer expires', () => {
    const b = new Bench({ desk: { wrapupIncoming: 'requiredWithData', workModeTimer: 20 } });
    allowed(b.center.hangUp(PERIPHERAL, b.talking()));
    b.seconds(21);
    assert.deepEqual(b.told('2001').slice(-2), ['callEnd 0', 'agent available']);
  });

  it('who miss two calls in a row get the corresponding reason', () => {
    const b = new Bench();
    b.ready('1001');
    b.arrives();
    b.seconds(21);
    allowed(b.state('1001', 3));
    b.seconds(21);
    assert.deepEqual(b.told('2001', /not ready reason/), [
      'agent not ready reason 32767',
      'agent not ready reason 50010',
    ]);
  });

  it('answer automatically if the desk settings require it', () => {
    const b = new Bench({ desk: { autoAnswer: true } });
    b.ready('1001');
    b.arrives();
    b.seconds(1);
    assert.equal(b.stateOf('1001'), 'talking');
  });

  it('are logged out after idling too long, but not during a call', () => {
    const b = new Bench({ desk: { logoutNonActivityTime: 60 } });
    b.logIn('1001', '1002');
    const call = b.dials('2001', '2002');
    b.seconds(61);
    assert.equal(b.stateOf('1001'), 'not ready');
    allowed(b.center.clearConnection(b.at(call, '2001')));
    b.seconds(61);
    assert.deepEqual(b.told('2001').at(-1), 'agent logout reason 50004');
  });

  it('are not ready while they talk on a non-ACD line, and available again afterwards', () => {
    const b = new Bench({
      world: (config) => ({
        ...config,
        devices: [
          ...config.devices,
          { peripheralId: PERIPHERAL, id: '3001', instrument: '2001', kind: 'agentPhone', nonAcdLine: true },
        ],
      }),
    });
    b.ready('1001');
    b.logIn('1002');
    b.forget();
    const call = b.dials('2002', '3001');
    assert.deepEqual(b.told('2001'), ['agent not ready reason 50005']);
    assert.deepEqual(b.told('3001').slice(0, 2), ['callBegin 2 type 38', 'callDelivered 2']);
    allowed(b.center.answer(b.at(call, '3001')));
    allowed(b.center.clearConnection(b.at(call, '2002')));
    assert.deepEqual(b.told('2001').at(-1), 'agent available');
    b.forget();
    const own = b.dials('3001', '2002');
    assert.deepEqual(b.told('2001'), ['agent not ready reason 50005']);
    allowed(b.center.clearConnection(b.at(own, '3001')));
    assert.deepEqual(b.told('2001').at(-1), 'agent available');
    b.consistent();
  });

  it('can call only while not ready; a belligerent call makes them not ready for its duration', () => {
    const b = new Bench();
    b.ready('1001');
    b.logIn('1002');
    const make = (mannerType: number) =>
      b.center.makeCall({ peripheralId: PERIPHERAL, instrument: '2001', dialedNumber: '2002', mannerType });
    assert.deepEqual(refused(make(0)), [21, 10103]);
    const { connection } = allowed(make(2));
    allowed(b.center.clearConnection(connection));
    assert.deepEqual(b.told('2001', /^agent/).slice(-2), ['agent not ready reason 50006', 'agent available']);
  });

  it('are logged out after their calls when their phone goes out of service', () => {
    const b = new Bench();
    b.talking();
    allowed(b.center.setDeviceInService(PERIPHERAL, '2001', false));
    assert.deepEqual(b.told('2001').at(-1), 'agent logout reason 50003');
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    assert.equal(b.events.filter((each) => each.kind === 'deviceStatus').length, 1);
    b.consistent();
  });

  it('show each skill group the state it sees', () => {
    const b = new Bench();
    b.talking('1001', '8001');
    const states = b.center.agent(PERIPHERAL, '1001')!.skillGroups.map((each) => [each.number, each.state]);
    assert.deepEqual(states, [
      [10, talking],
      [20, busyOther],
    ]);
  });

  it('serve other groups immediately after re-skilling', () => {
    const b = new Bench();
    b.ready('1001');
    const call = b.arrives('8003');
    b.seconds(1);
    assert.equal(b.center.queue(PERIPHERAL, 30).waiting, 1);
    allowed(b.center.reskill(PERIPHERAL, '1001', [{ skillGroupNumber: 30, priority: 1 }]));
    b.seconds(1);
    assert.equal(b.center.connection(b.at(call, '2001'))?.state, 2);
    assert.equal(b.center.connection(b.at(call, CUSTOMER))?.state, 3);
    b.consistent();
  });

  it('are not affected by the timer of an earlier wrap-up', () => {
    const b = new Bench();
    allowed(b.center.hangUp(PERIPHERAL, b.talking()));
    b.seconds(5);
    allowed(b.state('1001', 3));
    allowed(b.center.hangUp(PERIPHERAL, b.talking()));
    b.seconds(26);
    assert.equal(b.stateOf('1001'), 'work ready');
    b.seconds(5);
    assert.equal(b.stateOf('1001'), 'available');
  });
});
