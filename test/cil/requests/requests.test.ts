import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import type { Confirmation } from '../../../src/cil/index.js';
import type { CtiosError, Outcome } from '../../../src/ctios/index.js';
import { describeOverEachTransport } from '../../support/wire.js';
import { CALL, CALL2, SessionHarness } from '../helpers.js';

/** How often a request ended, and with which results. */
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

async function ringing(harness: SessionHarness): Promise<void> {
  await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 0 });
  await harness.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2 });
  harness.names();
}

describeOverEachTransport('A request', () => {
  it('is confirmed with its event, after the listeners have received it', async () => {
    const harness = await new SessionHarness().working();
    await ringing(harness);
    harness.a.answers.set('Answer', (request, connection) =>
      connection.confirm(request, 'OnAnswerCallConf', { UniqueObjectID: CALL }),
    );
    const order: string[] = [];
    harness.session.subscribe('ICallEvents', { OnAnswerCallConf: () => order.push('event') });
    const answered = harness.session.calls
      .get(CALL)!
      .answer()
      .then((confirmation) => {
        order.push('promise');
        return confirmation;
      });
    await harness.settle();
    deepEqual(await answered, { event: 'OnAnswerCallConf', args: { UniqueObjectID: CALL }, newObject: undefined });
    deepEqual(order, ['event', 'promise']);
    const { target, answerMs } = harness.a.connection.lastRequest('Answer');
    equal(target, CALL);
    equal(answerMs, 15_000);
  });

  it('names the call that it created', async () => {
    const harness = await new SessionHarness().working();
    harness.a.answers.set('MakeCall', (request, connection) =>
      connection.confirm(request, 'OnMakeCallConf', { NewConnectionCallID: 18 }, CALL2),
    );
    const made = harness.session.currentAgent!.makeCall({ DialedNumber: '8001' });
    await harness.settle();
    equal((await made).newObject, CALL2);
  });

  it('fails with the code of the switch if it is refused, after OnControlFailureConf', async () => {
    const harness = await new SessionHarness().working();
    harness.a.answers.set('SetAgentState', (request, connection) =>
      connection.fail(request, 'CF_INVALID_OBJECT_STATE', 'The agent cannot do that now.', {
        UniqueObjectID: 'agent.5000.1001',
        FailureCode: 22,
        PeripheralErrorCode: 10111,
        MessageType: 38,
        ErrorMessage: 'no',
      }),
    );
    const request = watch(harness.session.currentAgent!.setAgentState({ AgentState: 'Available' }));
    await harness.settle();
    deepEqual(request.ends, ['failed']);
    equal(request.error?.code, 'CF_INVALID_OBJECT_STATE');
    equal(request.error?.cause.request, 'SetAgentState');
    equal(request.error?.cause.objectId, 'agent.5000.1001');
    deepEqual(harness.names(), ['OnControlFailureConf']);
    equal(harness.a.connection.lastRequest('SetAgentState').args.AgentState, 3);
  });

  it('expires immediately without a link, and is not sent', async () => {
    const harness = await new SessionHarness().working();
    harness.a.behaviour = 'refuse';
    harness.a.connection.break();
    await harness.settle();
    await rejects(harness.session.request('MakeCall', { args: { DialedNumber: '1' } }), (error: CtiosError) => {
      equal(error.cause.outcome, 'expired');
      match(error.message, /^MakeCall was not sent: /);
      return true;
    });
    deepEqual(harness.a.connection.requestNames, []);
  });

  it('before the first connect fails with that reason', async () => {
    const harness = new SessionHarness();
    await rejects(harness.session.request('RequestDesktopSettings'), { code: 'CTIOS_NOT_CONNECTED' });
  });

  it('waits for the link as long as configured, and is then sent once', async () => {
    const harness = await new SessionHarness().working();
    harness.a.behaviour = 'refuse';
    harness.a.connection.break();
    await harness.settle();
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    harness.a.behaviour = 'accept';
    harness.a.answers.set('MakeCall', (made, connection) => connection.confirm(made, 'OnMakeCallConf'));
    await harness.advance(20_000);
    deepEqual(request.ends, ['confirmed']);
    deepEqual(harness.a.connection.requestNames, ['MakeCall']);
    await harness.advance(120_000);
    deepEqual(request.ends, ['confirmed']);
    deepEqual(harness.a.connection.requestNames, ['MakeCall']);
  });

  it('expires when its wait ends, and is not sent when the link is restored', async () => {
    const harness = await new SessionHarness().working();
    harness.a.behaviour = 'refuse';
    harness.a.connection.break();
    await harness.settle();
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 5_000 }));
    await harness.advance(5_000);
    deepEqual(request.ends, ['expired']);
    harness.a.behaviour = 'accept';
    await harness.advance(60_000);
    equal(harness.session.status.state, 'ready');
    deepEqual(harness.a.connection.requestNames, []);
  });

  it('waits until the mode is in effect again, not only for the connection', async () => {
    const harness = await new SessionHarness().working();
    const establish = harness.a.answers.get('SetAgent')!;
    harness.a.answers.delete('SetAgent');
    harness.a.connection.break();
    await harness.settle();
    equal(harness.session.status.state, 'ready');
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    const impatient = watch(harness.session.request('MakeCall', { args: { DialedNumber: '2' } }));
    await harness.settle();
    deepEqual(impatient.ends, ['expired']);
    equal(impatient.error?.code, 'CTIOS_MODE_PENDING');
    deepEqual(harness.a.connection.requestNames, []);
    establish(harness.a.connection.lastRequest('SetAgent'), harness.a.connection);
    await harness.settle();
    deepEqual(harness.a.connection.requestNames, ['MakeCall']);
    deepEqual(request.ends, []);
  });

  it('can wait together with up to a hundred others; the next one expires immediately', async () => {
    const harness = new SessionHarness();
    harness.a.behaviour = 'hang';
    await harness.connected();
    const waiting = Array.from({ length: 100 }, () =>
      watch(harness.session.request('RequestDesktopSettings', { linkWaitMs: 1_000 })),
    );
    const oneMore = watch(harness.session.request('RequestDesktopSettings', { linkWaitMs: 1_000 }));
    await harness.settle();
    deepEqual(oneMore.ends, ['expired']);
    equal(oneMore.error?.code, 'CTIOS_TOO_MANY_WAITING');
    await harness.advance(1_000);
    equal(
      waiting.every((each) => each.ends.join() === 'expired'),
      true,
    );
  });

  it('ends unknown, once, if it was sent when the link was lost, and is not repeated', async () => {
    const harness = await new SessionHarness(2).working();
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' }, linkWaitMs: 60_000 }));
    await harness.settle();
    harness.a.connection.break();
    await harness.settle();
    deepEqual(request.ends, ['unknown']);
    equal(request.error?.code, 'CTIOS_OUTCOME_UNKNOWN');
    deepEqual(harness.b.connection.requestNames, []);
    await harness.advance(60_000);
    deepEqual(request.ends, ['unknown']);
  });

  it('ends unknown if there is no response in time; a late response is received as an event and ends nothing', async () => {
    const harness = await new SessionHarness().working();
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' }, answerMs: 2_000 }));
    await harness.advance(2_000);
    deepEqual(request.ends, ['unknown']);
    equal(request.error?.code, 'CTIOS_ANSWER_TIMEOUT');
    harness.names();
    harness.a.connection.confirm(harness.a.connection.lastRequest('MakeCall'), 'OnMakeCallConf');
    await harness.settle();
    deepEqual(harness.names(), ['OnMakeCallConf']);
    deepEqual(request.ends, ['unknown']);
  });

  it('ends once if there are two responses', async () => {
    const harness = await new SessionHarness().working();
    const request = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' } }));
    await harness.settle();
    const sent = harness.a.connection.lastRequest('MakeCall');
    harness.a.connection.confirm(sent);
    harness.a.connection.fail(sent, 'CF_X', 'no');
    await harness.settle();
    deepEqual(request.ends, ['confirmed']);
  });

  it('ends unknown at a disconnect if it was sent, and expires if it is waiting', async () => {
    const harness = await new SessionHarness().working();
    const sent = watch(harness.session.request('MakeCall', { args: { DialedNumber: '1' } }));
    await Promise.all([harness.session.disconnect(), harness.settle()]);
    deepEqual(sent.ends, ['unknown']);
    harness.a.behaviour = 'hang';
    await harness.connected();
    const waiting = watch(harness.session.request('RequestDesktopSettings', { linkWaitMs: 9_000 }));
    await Promise.all([harness.session.disconnect(), harness.settle()]);
    deepEqual(waiting.ends, ['expired']);
    equal(waiting.error?.code, 'CTIOS_DISCONNECTED');
    equal(harness.clock.pending, 0);
  });

  it('holds no timer after it has ended', async () => {
    const harness = await new SessionHarness(1, { heartbeatMs: 0 }).working();
    harness.a.answers.set('MakeCall', (request, connection) => connection.confirm(request));
    await Promise.all([harness.session.request('MakeCall', { args: { DialedNumber: '1' } }), harness.settle()]);
    equal(harness.clock.pending, 0);
  });
});

describeOverEachTransport('Before it is sent, a request', () => {
  it('with an unknown name or unknown arguments is rejected', async () => {
    const harness = await new SessionHarness().working();
    await rejects(harness.session.request('Hodl'), { code: 'CTIOS_UNKNOWN_REQUEST' });
    await rejects(harness.session.currentAgent!.setAgentState({ AgentState: 'Sleeping' }), {
      code: 'CTIOS_INVALID_ARGUMENT',
    });
    await rejects(harness.session.request('MakeCall'), { code: 'CTIOS_MISSING_ARGUMENT' });
    deepEqual(harness.a.connection.requestNames, []);
  });

  const wrongStates = [
    ['Answer', 3, 'E_CTIOS_CALL_NOT_ALERTING'],
    ['Hold', 4, 'E_CTIOS_CALL_ALREADY_ON_HOLD'],
    ['Hold', 2, 'E_CTIOS_INVALID_OBJECT_STATE'],
    ['Retrieve', 3, 'E_CTIOS_CALL_NOT_ON_HOLD'],
    ['MakeConsultCall', 4, 'E_CTIOS_INVALID_OBJECT_STATE'],
  ] as const;
  for (const [request, status, code] of wrongStates) {
    it(`to ${request} is rejected with ${code} while CallStatus is ${status}`, async () => {
      const harness = await new SessionHarness().working();
      await ringing(harness);
      await harness.event('OnCallEstablished', { UniqueObjectID: CALL, CallStatus: status });
      const args = request === 'MakeConsultCall' ? { DialedNumber: '1', ConsultType: 1 } : {};
      await rejects(harness.session.request(request, { target: CALL, args }), { code });
      deepEqual(harness.a.connection.requestNames, []);
    });
  }

  it('of a logged-out agent is rejected with E_CTIOS_AGENT_NOT_LOGIN, except the log-in', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnAgentStateChange', { UniqueObjectID: 'agent.5000.1001', AgentState: 1 });
    await rejects(harness.session.currentAgent!.setAgentState({ AgentState: 3 }), { code: 'E_CTIOS_AGENT_NOT_LOGIN' });
    for (const request of ['Logout', 'MakeEmergencyCall', 'RequestSupervisorAssist', 'ReportBadCallLine']) {
      await rejects(harness.session.request(request), { code: 'E_CTIOS_AGENT_NOT_LOGIN' });
    }
    watch(harness.session.currentAgent!.login({ AgentID: '1001' }));
    await harness.settle();
    deepEqual(harness.a.connection.requestNames, ['Login']);
  });

  it("finds its object: the current call, the named agent, or the session's own agent, but never another one", async () => {
    const harness = await new SessionHarness().working();
    await ringing(harness);
    watch(harness.session.request('Answer'));
    watch(harness.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002', PeripheralID: 5000 } }));
    watch(harness.session.request('SetAgentState', { args: { AgentState: 2 } }));
    await harness.settle();
    deepEqual(
      harness.a.connection.requests.slice(1).map((each) => each.target),
      [CALL, 'agent.5000.1002', 'agent.5000.1001'],
    );
    await rejects(harness.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002' } }), {
      code: 'CTIOS_NO_OBJECT',
    });
    const monitor = await new SessionHarness().monitoring();
    await rejects(monitor.session.request('Answer'), { code: 'CTIOS_NO_OBJECT' });
    await rejects(monitor.session.request('SetAgentState', { args: { AgentState: 2 } }), { code: 'CTIOS_NO_OBJECT' });
    await rejects(monitor.session.request('SetAgentState', { args: { AgentState: 2, AgentID: '1002' } }), {
      code: 'CTIOS_NO_OBJECT',
    });
  });

  it('to set call data includes the ECC variables that the call has and the request does not set', async () => {
    const harness = await new SessionHarness().working();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, ECC: { 'user.Tier': 'gold', 'user.Case': '17' } });
    watch(harness.session.calls.get(CALL)!.setCallData({ CallVariable1: 'x', 'user.Case': '18' }));
    watch(harness.session.calls.get(CALL)!.setCallData({ CallVariable1: 'y' }));
    await harness.settle();
    const [first, second] = harness.a.connection.requests.slice(1);
    deepEqual(first?.args, { CallVariable1: 'x', ECC: { 'user.Tier': 'gold', 'user.Case': '18' } });
    deepEqual(second?.args, { CallVariable1: 'y' });
  });

  it("is copied: later changes to the caller's arguments are not sent", async () => {
    const harness = await new SessionHarness().working();
    const args = { DialedNumber: '8001' };
    watch(harness.session.request('MakeCall', { args }));
    args.DialedNumber = '9999';
    await harness.settle();
    equal(harness.a.connection.lastRequest('MakeCall').args.DialedNumber, '8001');
  });
});
