import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { LinkStatus } from '../../../src/ctios/transport.js';
import { ClientSessions } from '../../../src/server/northbound/index.js';
import { FakeObjectServer } from './fake-object-server.js';
import { TestClient } from './test-client.js';

const UP: LinkStatus = { state: 'up', side: 'A', protocolVersion: 24, standby: true, services: ['ALL_EVENTS'] };

function setUp() {
  const clock = new VirtualClock();
  const server = Object.assign(new FakeObjectServer(), { current: UP, link: (): LinkStatus => server.current });
  const sessions = new ClientSessions({ server, clock, settings: { heartbeatMs: 0 } });
  return { clock, server, sessions };
}

const linksOf = (client: TestClient) =>
  client.sent.flatMap((message) => (message.kind === 'link' ? [message.link] : []));

describe('reports to clients about the link to the CTI Server', () => {
  it('are sent after the welcome, and again after each change', () => {
    const { clock, server, sessions } = setUp();
    const client = new TestClient(sessions).hello();
    assert.deepEqual(
      client.sent.map(({ kind }) => kind),
      ['welcome', 'link', 'event'],
    );
    clock.advance(60_000);
    assert.deepEqual(linksOf(client), [UP]);
    const lost: LinkStatus = { state: 'pausing', standby: false, reason: 'connection refused' };
    server.current = lost;
    clock.advance(500);
    assert.deepEqual(linksOf(client), [UP, lost]);
    const late = new TestClient(sessions).hello();
    assert.deepEqual(linksOf(late), [lost]);
  });

  it('are sent before the event that reports the resulting system status', () => {
    const { server, sessions } = setUp();
    const client = new TestClient(sessions).hello();
    client.forget();
    server.current = { state: 'pausing', standby: false };
    server.publish('OnCTIOSFailure', { FailureCode: 10 }, { everyone: true });
    assert.deepEqual(
      client.sent.map(({ kind }) => kind),
      ['link', 'event'],
    );
  });

  it('contain the first round trip and great changes of it immediately, and small ones only occasionally', () => {
    const { clock, server, sessions } = setUp();
    const client = new TestClient(sessions).hello();
    for (let second = 0; second < 60; second++) {
      server.current = { ...UP, roundTripMs: 100 + second };
      clock.advance(1_000);
    }
    server.current = { ...UP, roundTripMs: 350 };
    clock.advance(500);
    server.current = { ...UP, roundTripMs: 150 };
    clock.advance(500);
    assert.deepEqual(
      linksOf(client).map(({ roundTripMs }) => roundTripMs),
      [undefined, 100, 130, 350, 150],
    );
  });

  it('are not sent before hello, and nothing is computed without clients', () => {
    const { clock, server, sessions } = setUp();
    const client = new TestClient(sessions);
    server.current = { state: 'pausing', standby: false };
    clock.advance(1_000);
    assert.deepEqual(client.sent, []);
    client.accepted.closed();
    assert.equal(clock.pending, 0);
  });
});
