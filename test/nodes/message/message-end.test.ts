import assert from 'node:assert/strict';
import sinon from 'sinon';
import { fail, reportError, succeed } from '../../../nodes/shared/message/completion.js';
import { inNodeRed, load, node, sessionNode, tab } from '../runtime.js';

describe('the end of a message', () => {
  it('sends the message before calling done, each once', () => {
    const [send, done, error] = [sinon.spy(), sinon.spy(), sinon.spy()];
    succeed({ error }, send, done);
    sinon.assert.callOrder(send, done);
    sinon.assert.calledOnceWithExactly(done, undefined);
    sinon.assert.notCalled(error);
  });

  it('is an error with a code if the message cannot be sent', () => {
    const [done, error] = [sinon.spy(), sinon.spy()];
    succeed({ error }, sinon.stub().throws(new Error('a getter throws')), done);
    sinon.assert.calledOnceWithMatch(done, { code: 'CTIOS_NOT_PASSED_ON', message: sinon.match('a getter throws') });
    sinon.assert.notCalled(error);
  });

  it('is logged without the message if no Catch node can receive it', () => {
    const error = sinon.spy();
    fail({ error }, new Error('refused'), sinon.stub().throws(new Error('too deep')));
    sinon.assert.calledOnceWithExactly(error, 'refused (The message cannot be copied: too deep)');
  });

  it('is logged the same way for an event', () => {
    const error = sinon.stub();
    error.onFirstCall().throws(new Error('too deep'));
    reportError({ error }, new Error('refused'), {});
    sinon.assert.calledTwice(error);
    assert.deepEqual(error.secondCall.args, ['refused (The message cannot be copied: too deep)']);
  });
});

describe('a message that waits for an event', () => {
  inNodeRed();
  let clock: sinon.SinonFakeTimers | undefined;
  afterEach(() => {
    clock?.restore();
    sinon.restore();
  });

  it('leaves on the second output exactly when the time is over, and once', async () => {
    const wait = { id: 'n1', z: tab.id, type: 'ctios-wait', session: 's1', events: ['OnCallEnd'], same: 'any' };
    await load([sessionNode, { ...wait, match: [], timeout: 30, wires: [[], []] }]);
    const send = sinon.spy(node('n1'), 'send');
    // Node-RED's test helper already spies on it.
    const error = node('n1').error as unknown as sinon.SinonSpy;
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    node('n1').receive({ mine: 1 } as never);
    await new Promise((resolve) => setImmediate(resolve));
    await clock.tickAsync(29_999);
    sinon.assert.notCalled(send);
    await clock.tickAsync(1);
    const [nothing, late] = send.firstCall.args[0] as unknown as { mine: number }[];
    assert.equal(nothing, null);
    assert.equal(late!.mine, 1);
    await clock.tickAsync(60_000);
    sinon.assert.calledOnce(send);
    assert.equal(error.callCount, 0);
    clock.restore();
  });
});
