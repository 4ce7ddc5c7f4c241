import assert from 'node:assert/strict';
import { allowed, Bench, CUSTOMER, PERIPHERAL, refused } from './support.js';

const BARGE_IN = 3;
const INTERCEPT = 4;
const MONITOR = 1;
const CLEAR = 0;

describe('supervisors', () => {
  function bench(options?: ConstructorParameters<typeof Bench>[0]) {
    const b = new Bench(options);
    b.logIn('90001');
    const call = b.talking();
    const supervise = (action: number, more = {}) =>
      b.center.supervise({ peripheralId: PERIPHERAL, agentId: '1001', supervisorInstrument: '95001', action, ...more });
    return { b, call, supervise };
  }

  it('barge-in: the agent stays controller, the consult leg ends, then all are notified of the new id of the conference', () => {
    const { b, call, supervise } = bench();
    allowed(supervise(BARGE_IN));
    assert.deepEqual(b.told('2001'), [
      'callHeld 4',
      'agent hold',
      'callBegin 1 type 23 call 2',
      'callServiceInitiated 1 call 2',
      'callOriginated 1 cause 48 call 2',
      'callDelivered 1 cause 48 of 95001 call 2',
      'callEstablished 3 cause 48 of 95001 call 2',
      'agent talking',
      'callEnd 0 call 2',
      'callDataUpdate 3 type 15 call 3 was 1',
      'callConferenced 3 type 15 cause 48 call 3',
    ]);
    assert.deepEqual(b.told('95001'), [
      'callBegin 2 type 23 call 2',
      'callDelivered 2 cause 48 call 2',
      'callEstablished 3 cause 48 call 2',
      'agent talking',
      'callDataUpdate 3 type 23 call 3 was 2',
      'callConferenced 3 type 23 cause 48 of 2001 call 3',
    ]);
    assert.equal(b.center.call(PERIPHERAL, call), undefined);
    assert.equal(b.center.callByAnyId(PERIPHERAL, call)?.connections.length, 3);
    assert.deepEqual(refused(supervise(BARGE_IN)), [21, 13096], 'barged in already');
    b.consistent();
  });

  it('intercept: the agent is dropped with cause 49, customer and supervisor remain', () => {
    const { b, call, supervise } = bench();
    assert.deepEqual(refused(supervise(INTERCEPT)), [21, 0], 'only after barge-in');
    allowed(supervise(BARGE_IN));
    b.forget();
    allowed(supervise(INTERCEPT));
    assert.deepEqual(b.told('2001'), [
      'callConnectionCleared 0 cause 49 call 3',
      'callEnd 0 call 3',
      'agent work ready',
    ]);
    assert.deepEqual(b.told('95001'), [
      'callConnectionCleared 3 cause 49 of 2001 call 3',
      'callDataUpdate 3 type 24 call 3',
    ]);
    assert.deepEqual(
      b.center.callByAnyId(PERIPHERAL, call)?.connections.map((each) => each.deviceId),
      [CUSTOMER, '95001'],
    );
    b.consistent();
  });

  it('clear: the supervisor leaves with cause 45, the others continue to talk', () => {
    const { b, supervise } = bench();
    allowed(supervise(BARGE_IN));
    b.forget();
    allowed(supervise(CLEAR));
    assert.deepEqual(b.told('95001'), [
      'callConnectionCleared 0 cause 45 call 3',
      'callEnd 0 call 3',
      'agent not ready',
    ]);
    assert.deepEqual(b.told('2001'), ['callConnectionCleared 3 cause 45 of 95001 call 3']);
    b.consistent();
  });

  it('silent monitor: the supervisor has a separate call, without effects on the agent', () => {
    const { b, call, supervise } = bench();
    allowed(supervise(MONITOR));
    assert.deepEqual(b.told('95001'), [
      'callBegin 1 type 21 call 2',
      'callServiceInitiated 1 call 2',
      'callOriginated 1 cause 31 call 2',
      'callEstablished 3 cause 31 of 2001 call 2',
      'agent talking',
    ]);
    assert.deepEqual(b.told('2001'), ['callBegin 3 type 21 call 2', 'callEstablished 3 cause 31 call 2']);
    assert.equal(b.stateOf('1001'), 'talking');
    assert.equal(b.events.at(-1)?.kind, 'silentMonitorStarted');
    const [own, overheard] = b.center.device(PERIPHERAL, '2001')!.connections;
    assert.deepEqual([own?.silentMonitor, overheard?.silentMonitor], [0, 2]);
    assert.deepEqual(refused(supervise(BARGE_IN)), [33, 0], 'monitoring stops before barge-in');
    b.forget();
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.ok(b.events.some((each) => each.kind === 'silentMonitorStopped'));
    assert.deepEqual(b.told('95001').slice(-2), ['callEnd 0 call 2', 'agent not ready']);
    assert.equal(b.stateOf('1001'), 'work ready');
    assert.equal(b.center.callsInProgress(PERIPHERAL), 0);
    b.consistent();
  });

  it('is refused for a user who is not a supervisor of the team, and whisper is not supported', () => {
    const { b, supervise } = bench();
    b.logIn('1002');
    assert.deepEqual(refused(supervise(BARGE_IN, { supervisorInstrument: '2002' })), [8, 0]);
    assert.deepEqual(refused(supervise(2)), [15, 0]);
    allowed(b.center.moveToTeam(PERIPHERAL, '1001', undefined));
    assert.deepEqual(refused(supervise(BARGE_IN)), [8, 0]);
  });

  it('assist on a call: a consultation of type 19 to the supervisor, which can be joined', () => {
    const { b, call } = bench();
    const made = allowed(b.center.supervisorAssist({ peripheralId: PERIPHERAL, instrument: '2001' }));
    const help = made.connection.callId;
    allowed(b.center.answer(b.at(help, '95001')));
    assert.deepEqual(b.told('2001'), [
      'callHeld 4',
      'agent hold',
      'callBegin 1 type 19 call 2',
      'callServiceInitiated 1 call 2',
      'callOriginated 1 cause 43 call 2',
      'callDelivered 1 cause 43 of 95001 call 2',
      'callEstablished 3 of 95001 call 2',
      'agent talking',
    ]);
    assert.deepEqual(b.told('95001', /callBegin/), ['callBegin 2 type 19 call 2']);
    allowed(b.center.conference({ active: b.at(help, '2001'), held: b.at(call, '2001') }));
    assert.equal(b.center.call(PERIPHERAL, call)?.connections.length, 3);
    b.consistent();
  });

  it('assist by blind conference, if the desk settings require it', () => {
    const { b, call } = bench({ desk: { assistCallMethod: 'blindConference' } });
    allowed(
      b.center.supervisorAssist({ peripheralId: PERIPHERAL, instrument: '2001', connection: b.at(call, '2001') }),
    );
    assert.equal(b.center.call(PERIPHERAL, call)?.connections.length, 3);
    assert.equal(b.center.connection(b.at(call, '95001'))?.state, 2);
    allowed(b.center.answer(b.at(call, '95001')));
    assert.equal(b.center.connection(b.at(call, '95001'))?.state, 3);
    b.consistent();
  });

  it('assist of an idle agent is a new call', () => {
    const b = new Bench();
    b.logIn('90001', '1001');
    b.forget();
    allowed(b.center.supervisorAssist({ peripheralId: PERIPHERAL, instrument: '2001' }));
    assert.deepEqual(b.told('2001', /callBegin|callDelivered/), [
      'callBegin 1 type 19',
      'callDelivered 1 cause 43 of 95001',
    ]);
    b.consistent();
  });

  it('emergency is reported to everybody, even if no supervisor is available', () => {
    const b = new Bench();
    b.logIn('1001');
    const alone = b.center.emergencyCall({ peripheralId: PERIPHERAL, instrument: '2001' });
    assert.equal(alone.ok, false);
    assert.equal(!alone.ok && alone.status, 64, 'E_CTI_SUPERVISOR_NOT_FOUND, as FAILURE_CONF');
    const event = b.events.at(-1);
    assert.equal(event?.kind === 'emergencyCall' && event.connection.callId, 0xffffffff);

    b.logIn('90001');
    const made = allowed(b.center.emergencyCall({ peripheralId: PERIPHERAL, instrument: '2001' }));
    assert.deepEqual(b.told('95001', /callBegin/), ['callBegin 2 type 20']);
    const told = b.events.findLast((each) => each.kind === 'emergencyCall');
    assert.deepEqual(told?.kind === 'emergencyCall' && told.connection, made.connection);
    b.consistent();
  });

  it('emergency starts a recording if the desk settings require it', () => {
    const b = new Bench({ desk: { autoRecordOnEmergency: true } });
    b.logIn('1001', '90001');
    const made = allowed(b.center.emergencyCall({ peripheralId: PERIPHERAL, instrument: '2001' }));
    assert.equal(b.center.call(PERIPHERAL, made.connection.callId)?.recording, true);
  });

  it('a supervisor makes an agent available, and logs out an agent in a call when it ends', () => {
    const b = new Bench();
    b.logIn('90001', '1002');
    allowed(b.state('1002', 3, { supervisorId: '90001' }));
    assert.equal(b.stateOf('1002'), 'available');
    const call = b.talking();
    allowed(b.state('1001', 1, { supervisorId: '90001' }));
    assert.equal(b.stateOf('1001'), 'talking');
    allowed(b.center.hangUp(PERIPHERAL, call));
    assert.deepEqual(b.told('2001').at(-1), 'agent logout reason 999');
    b.consistent();
  });

  it("a supervisor's own assist request is not sent to that supervisor", () => {
    const b = new Bench();
    b.logIn('90001');
    const outcome = b.center.supervisorAssist({ peripheralId: PERIPHERAL, instrument: '95001' });
    assert.equal(!outcome.ok && outcome.status, 64);
  });
});
