import assert from 'node:assert/strict';
import { PendingRequests } from '../../../src/cil/requests/pending-requests.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { ClientMessage } from '../../../src/ctios/transport.js';

function outgoing(request: string) {
  return { request, target: undefined, args: {}, linkWaitMs: 60_000, answerMs: 15_000 };
}

describe('Requests that wait for the link', () => {
  it('are sent in order, and only as long as the link remains open', () => {
    const sent: string[] = [];
    const link = {
      open: false,
      online: true,
      closedBecause: { code: 'CTIOS_NOT_CONNECTED', reason: 'the link is down' },
      send(message: ClientMessage) {
        if (message.kind !== 'request') return;
        sent.push(message.request);
        // The transport fails with the second request.
        if (message.request === 'Hold') link.open = false;
      },
    };
    const requests = new PendingRequests(new VirtualClock(), link);
    for (const request of ['Answer', 'Hold', 'Retrieve']) requests.submit(outgoing(request)).catch(() => {});
    link.open = true;
    requests.opened();
    assert.deepEqual(sent, ['Answer', 'Hold']);
    assert.deepEqual([requests.waitingCount, requests.sentCount], [1, 2]);
    link.open = true;
    requests.opened();
    assert.deepEqual(sent, ['Answer', 'Hold', 'Retrieve']);
  });

  it('are not sent while the link is closed', () => {
    const sent: ClientMessage[] = [];
    const link = {
      open: false,
      online: true,
      closedBecause: { code: 'CTIOS_MODE_PENDING', reason: 'the mode is not established yet' },
      send: (message: ClientMessage) => void sent.push(message),
    };
    const requests = new PendingRequests(new VirtualClock(), link);
    requests.submit(outgoing('Answer')).catch(() => {});
    requests.opened();
    assert.deepEqual(sent, []);
    assert.equal(requests.waitingCount, 1);
  });

  it("also wait for the server's link to the CTI Server; those that must not wait are sent, and refused by the server", () => {
    const clock = new VirtualClock();
    const sent: string[] = [];
    const link = {
      open: true,
      online: false,
      closedBecause: { code: 'CTIOS_NOT_CONNECTED', reason: 'the link is down' },
      send: (message: ClientMessage) => void (message.kind === 'request' && sent.push(message.request)),
    };
    const requests = new PendingRequests(clock, link);
    requests.submit(outgoing('Answer')).catch(() => {});
    requests.submit({ ...outgoing('Hold'), linkWaitMs: 0 }).catch(() => {});
    requests.opened();
    assert.deepEqual(sent, ['Hold']);
    link.online = true;
    requests.opened();
    assert.deepEqual(sent, ['Hold', 'Answer']);
    link.online = false;
    requests.submit(outgoing('Retrieve')).catch(() => {});
    clock.advance(59_999);
    assert.deepEqual(sent, ['Hold', 'Answer']);
    clock.advance(1);
    assert.deepEqual(sent, ['Hold', 'Answer', 'Retrieve'], 'the server says why');
    assert.equal(requests.waitingCount, 0);
  });
});
