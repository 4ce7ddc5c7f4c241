import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import type { Confirmation } from '../../src/cil/index.js';
import type { CtiosError, Outcome } from '../../src/ctios/index.js';
import { describeOverEachTransport } from '../support/wire.js';
import { CALL, CALL2, Stage } from './helpers.js';

/** How often and how a request ended. */
function watch(request: Promise<Confirmation>): { ends: (Outcome | string)[]; error: CtiosError | undefined } {
  const watched: { ends: (Outcome | string)[]; error: CtiosError | undefined } = { ends: [], error: undefined };
  request.then(
    () => watched.ends.push('confirmed'),
    (error: CtiosError) => {
      watched.ends.push(error.cause.outcome ?? 'none');
      watched.error = error;
    },
  );
  return watched;
}

async function ringing(stage: Stage): Promise<void> {
  await stage.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 0 });
  await stage.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
  stage.names();
}

describeOverEachTransport('A request', () => {
  it('is confirmed with its event, which the listeners have heard before', async () => {
    const stage = await new Stage().working();
    await ringing(stage);
    stage.a.answers.set('Answer', (request, connection) =>
      connection.confirm(request, 'OnAnswerCallConf', { UniqueObjectID: CALL }),
    );
    const order: string[] = [];
    stage.session.subscribe('ICallEvents', { OnAnswerCallConf: () => order.push('event') });
    const answered = stage.session.calls
      .get(CALL)!
      .answer()
      .then((confirmation) => {
        order.push('promise');
        return confirmation;
      });
    await stage.settle();
    deepEqual(await answered, { event: 'OnAnswerCallConf', args: { UniqueObjectID: CALL }, newObject: undefined });
    deepEqual(order, ['event', 'promise']);
    const { target, answerMs } = stage.a.connection.lastRequest('Answer');
    equal(target, CALL);
    equal(answerMs, 15_000);
  });

  it('names the call that it made', async () => {
    const stage = await new Stage().working();
    stage.a.answers.set('MakeCall', (request, connection) =>
      connection.confirm(request, 'OnMakeCallConf', { NewConnectionCallID: 18 }, CALL2),
    );
    const made = stage.session.currentAgent!.makeCall({ DialedNumber: '8001' });
    await stage.settle();
    equal((await made).newObject, CALL2);
  });

  it('that the switch refuses fails with its code, after OnControlFailureConf', async () => {
    const stage = await new Stage().working();
    stage.a.answers.set('SetAgentState', (request, connection) =>
      connection.fail(request, 'CF_INVALID_OBJECT_STATE', 'The agent cannot do that now.', {
        UniqueObjectID: 'agent.5000.1001',
        FailureCode: 22,
        PeripheralErrorCode: 10111,
        MessageType: 38,
        ErrorMessage: 'no',
      }),
    );
    const request = watch(stage.session.currentAgent!.setAgentState({ AgentState: 'Available' }));
    await stage.settle();
    deepEqual(request.ends, ['failed']);
    equal(request.error?.code, 'CF_INVALID_OBJECT_STATE');
    equal(request.error?.cause.request, 'SetAgentState');
    equal(request.error?.cause.objectId, 'agent.5000.1001');
    deepEqual(stage.names(), ['OnControlFailureConf']);
    equal(stage.a.connection.lastRequest('SetAgentState').args.AgentState, 3);
  });

  it('without a link expires at once and was never sent', async () => {
    const stage = await new Stage().working();
    stage.a.behaviour = 'refuse';
    stage.a.connection.break();
    await stage.settle();
    await rejects(stage.session.request('MakeCall', { args: { DialedNumber: '1' } }), (error: CtiosError) => {
      equal(error.cause.outcome, 'expired');
      match(error.message, /^MakeCall was not sent: /);
      return true;
    });
    deepEqual(stage.a.connection.requestNames, []);
  });

  it('before the first connect says so', async () => {
    const stage = new Stage();
    await rejects(stage.session.request('RequestDesktopSettings'), { code: 'CTIOS_NOT_CONNECTED' });
  });

  it('waits for the link as long as it is told to, and is then sent once', async () => {
    const stage = await new Stage().working();
    stage.a.behaviour = 'refuse';
    stage.a.connection.break();
    await stage.settle();
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    stage.a.behaviour = 'accept';
    stage.a.answers.set('MakeCall', (made, connection) => connection.confirm(made, 'OnMakeCallConf'));
    await stage.advance(20_000);
    deepEqual(request.ends, ['confirmed']);
    deepEqual(stage.a.connection.requestNames, ['MakeCall']);
    await stage.advance(120_000);
    deepEqual(request.ends, ['confirmed']);
    deepEqual(stage.a.connection.requestNames, ['MakeCall']);
  });

  it('whose wait is over expires, and is not sent when the link comes back', async () => {
    const stage = await new Stage().working();
    stage.a.behaviour = 'refuse';
    stage.a.connection.break();
    await stage.settle();
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 5_000 }));
    await stage.advance(5_000);
    deepEqual(request.ends, ['expired']);
    stage.a.behaviour = 'accept';
    await stage.advance(60_000);
    equal(stage.session.status.state, 'ready');
    deepEqual(stage.a.connection.requestNames, []);
  });

  it('waits until the mode is in force again, not only for the connection', async () => {
    const stage = await new Stage().working();
    const establish = stage.a.answers.get('SetAgent')!;
    stage.a.answers.delete('SetAgent');
    stage.a.connection.break();
    await stage.settle();
    equal(stage.session.status.state, 'ready');
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    const impatient = watch(stage.session.request('MakeCall', { args: { DialedNumber: '2' } }));
    await stage.settle();
    deepEqual(impatient.ends, ['expired']);
    equal(impatient.error?.code, 'CTIOS_MODE_PENDING');
    deepEqual(stage.a.connection.requestNames, []);
    establish(stage.a.connection.lastRequest('SetAgent'), stage.a.connection);
    await stage.settle();
    deepEqual(stage.a.connection.requestNames, ['MakeCall']);
    deepEqual(request.ends, []);
  });

  it('finds room for a hundred that wait; the next one expires at once', async () => {
    const stage = new Stage();
    stage.a.behaviour = 'hang';
    await stage.connected();
    const waiting = Array.from({ length: 100 }, () =>
      watch(stage.session.request('RequestDesktopSettings', { linkWaitMs: 1_000 })),
    );
    const oneMore = watch(stage.session.request('RequestDesktopSettings', { linkWaitMs: 1_000 }));
    await stage.settle();
    deepEqual(oneMore.ends, ['expired']);
    equal(oneMore.error?.code, 'CTIOS_TOO_MANY_WAITING');
    await stage.advance(1_000);
    equal(
      waiting.every((each) => each.ends.join() === 'expired'),
      true,
    );
  });

  it('that was sent when the link broke ends unknown, once, and is not repeated', async () => {
    const stage = await new Stage(2).working();
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    await stage.settle();
    stage.a.connection.break();
    await stage.settle();
    deepEqual(request.ends, ['unknown']);
    equal(request.error?.code, 'CTIOS_OUTCOME_UNKNOWN');
    deepEqual(stage.b.connection.requestNames, []);
    await stage.advance(60_000);
    deepEqual(request.ends, ['unknown']);
  });

  it('that is not answered in time ends unknown; a late answer is heard as an event and ends nothing', async () => {
    const stage = await new Stage().working();
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' }, answerMs: 2_000 }));
    await stage.advance(2_000);
    deepEqual(request.ends, ['unknown']);
    equal(request.error?.code, 'CTIOS_ANSWER_TIMEOUT');
    stage.names();
    stage.a.connection.confirm(stage.a.connection.lastRequest('MakeCall'), 'OnMakeCallConf');
    await stage.settle();
    deepEqual(stage.names(), ['OnMakeCallConf']);
    deepEqual(request.ends, ['unknown']);
  });

  it('that is answered twice ends once', async () => {
    const stage = await new Stage().working();
    const request = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' } }));
    await stage.settle();
    const sent = stage.a.connection.lastRequest('MakeCall');
    stage.a.connection.confirm(sent);
    stage.a.connection.fail(sent, 'CF_X', 'no');
    await stage.settle();
    deepEqual(request.ends, ['confirmed']);
  });

  it('on its way ends unknown at a disconnect, one that waits expires', async () => {
    const stage = await new Stage().working();
    const sent = watch(stage.session.request('MakeCall', { args: { DialedNumber: '1' } }));
    await Promise.all([stage.session.disconnect(), stage.settle()]);
    deepEqual(sent.ends, ['unknown']);
    stage.a.behaviour = 'hang';
    await stage.connected();
    const waiting = watch(stage.session.request('RequestDesktopSettings', { linkWaitMs: 9_000 }));
    await Promise.all([stage.session.disconnect(), stage.settle()]);
    deepEqual(waiting.ends, ['expired']);
    equal(waiting.error?.code, 'CTIOS_DISCONNECTED');
    equal(stage.clock.pending, 0);
  });

  it('holds no timer once it has ended', async () => {
    const stage = await new Stage(1, { heartbeatMs: 0 }).working();
    stage.a.answers.set('MakeCall', (request, connection) => connection.confirm(request));
    await Promise.all([stage.session.request('MakeCall', { args: { DialedNumber: '1' } }), stage.settle()]);
    equal(stage.clock.pending, 0);
  });
});

describeOverEachTransport('Before it is sent, a request', () => {
  it('of a name or with arguments that the vocabulary does not know is refused', async () => {
    const stage = await new Stage().working();
    await rejects(stage.session.request('Hodl'), { code: 'CTIOS_UNKNOWN_REQUEST' });
    await rejects(stage.session.currentAgent!.setAgentState({ AgentState: 'Sleeping' }), {
      code: 'CTIOS_INVALID_ARGUMENT',
    });
    await rejects(stage.session.request('MakeCall'), { code: 'CTIOS_MISSING_ARGUMENT' });
    deepEqual(stage.a.connection.requestNames, []);
  });

  const wrongStates = [
    ['Answer', 3, 'E_CTIOS_CALL_NOT_ALERTING'],
    ['Hold', 4, 'E_CTIOS_CALL_ALREADY_ON_HOLD'],
    ['Hold', 2, 'E_CTIOS_INVALID_OBJECT_STATE'],
    ['Retrieve', 3, 'E_CTIOS_CALL_NOT_ON_HOLD'],
    ['MakeConsultCall', 4, 'E_CTIOS_INVALID_OBJECT_STATE'],
  ] as const;
  for (const [request, status, code] of wrongStates) {
    it(`to ${request} is refused with ${code} while CallStatus is ${status}`, async () => {
      const stage = await new Stage().working();
      await ringing(stage);
      await stage.event('OnCallEstablished', { UniqueObjectID: CALL, CallStatus: status });
      const args = request === 'MakeConsultCall' ? { DialedNumber: '1', ConsultType: 1 } : {};
      await rejects(stage.session.request(request, { target: CALL, args }), { code });
      deepEqual(stage.a.connection.requestNames, []);
    });
  }

  it('of an agent who is logged out is refused with E_CTIOS_AGENT_NOT_LOGIN, the log-in is not', async () => {
    const stage = await new Stage().working();
    await stage.event('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001', AgentState: 1 });
    await rejects(stage.session.currentAgent!.setAgentState({ AgentState: 3 }), { code: 'E_CTIOS_AGENT_NOT_LOGIN' });
    for (const request of ['Logout', 'MakeEmergencyCall', 'RequestSupervisorAssist', 'ReportBadCallLine']) {
      await rejects(stage.session.request(request), { code: 'E_CTIOS_AGENT_NOT_LOGIN' });
    }
    watch(stage.session.currentAgent!.login({ AgentID: '1001' }));
    await stage.settle();
    deepEqual(stage.a.connection.requestNames, ['Login']);
  });

  it('finds its object: the current call, the agent that is named, the own agent; never another', async () => {
    const stage = await new Stage().working();
    await ringing(stage);
    watch(stage.session.request('Answer'));
    watch(stage.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002', PeripheralID: 5000 } }));
    watch(stage.session.request('SetAgentState', { args: { AgentState: 2 } }));
    await stage.settle();
    deepEqual(
      stage.a.connection.requests.slice(1).map((each) => each.target),
      [CALL, 'agent.5000.1002', 'agent.5000.1001'],
    );
    await rejects(stage.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002' } }), {
      code: 'CTIOS_NO_OBJECT',
    });
    const monitor = await new Stage().monitoring();
    await rejects(monitor.session.request('Answer'), { code: 'CTIOS_NO_OBJECT' });
    await rejects(monitor.session.request('SetAgentState', { args: { AgentState: 2 } }), { code: 'CTIOS_NO_OBJECT' });
    await rejects(monitor.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002' } }), {
      code: 'CTIOS_NO_OBJECT',
    });
  });

  it('to set call data gets the ECC variables that the call has and the request does not give', async () => {
    const stage = await new Stage().working();
    await stage.event('OnCallBegin', { UniqueObjectID: CALL, ECC: { 'user.Tier': 'gold', 'user.Case': '17' } });
    watch(stage.session.calls.get(CALL)!.setCallData({ CallVariable1: 'x', 'user.Case': '18' }));
    watch(stage.session.calls.get(CALL)!.setCallData({ CallVariable1: 'y' }));
    await stage.settle();
    const [first, second] = stage.a.connection.requests.slice(1);
    deepEqual(first?.args, { CallVariable1: 'x', ECC: { 'user.Tier': 'gold', 'user.Case': '18' } });
    deepEqual(second?.args, { CallVariable1: 'y' });
  });

  it('is copied: what the caller does to its arguments afterwards is not sent', async () => {
    const stage = await new Stage().working();
    const args = { DialedNumber: '8001' };
    watch(stage.session.request('MakeCall', { args }));
    args.DialedNumber = '9999';
    await stage.settle();
    equal(stage.a.connection.lastRequest('MakeCall').args.DialedNumber, '8001');
  });
});
