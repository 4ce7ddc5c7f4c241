/**
 * All resources that an untrusted client can consume are limited; `docs/explanation/security.md` lists them. Each test
 * reaches one limit.
 */
import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { ClientSessions, type NorthboundSettings, ServerMetrics } from '../../../src/server/northbound/index.js';
import { AgentAuthenticator } from '../../../src/server/northbound/security/agent-authenticator.js';
import { MAX_WAITING_ATTEMPTS } from '../../../src/server/northbound/security/attempt-limiter.js';
import { AuthenticatedPlaces } from '../../../src/server/northbound/security/authenticated-places.js';
import { LockOut, MAX_REMEMBERED_FAILURES } from '../../../src/server/northbound/security/lockout.js';
import { type AuditEntry, MAX_AUDIT_TEXT } from '../../../src/server/observability/audit.js';
import { Counter, exposition, MAX_SERIES } from '../../../src/server/observability/metrics.js';
import { noPeers } from '../../../src/server/peers/index.js';
import { peerAudit } from '../../../src/server/peers/peer-audit.js';
import { Center } from '../objects/center.js';
import { FakeObjectServer } from './fake-object-server.js';
import { TestClient } from './test-client.js';

const LONG = 'x'.repeat(200_000);

function setUp(settings: Partial<NorthboundSettings> = {}) {
  const audit: AuditEntry[] = [];
  const server = new FakeObjectServer();
  const clock = new VirtualClock();
  const sessions = new ClientSessions({
    server,
    clock,
    settings,
    audit: (entry) => {
      audit.push(entry);
      metrics.audit(entry);
    },
  });
  const metrics = new ServerMetrics({
    sessions,
    link: () => ({ state: 'up', standby: false, oddities: [] }) as never,
    deepestQueue: () => 0,
    longestWaitMs: () => 0,
  });
  return { sessions, audit, metrics, server, clock };
}

describe('the resources that an untrusted client can consume', () => {
  it('do not include time series: unknown requests share one', () => {
    const { sessions, metrics } = setUp();
    const client = new TestClient(sessions).hello();
    const before = metrics.text().split('\n').length;
    for (let n = 0; n < 900; n++) client.request(`Nonsense${n}${LONG.slice(0, 1_000)}`);
    const text = metrics.text();
    assert.ok(text.split('\n').length <= before + 2, text.slice(0, 2_000));
    assert.match(text, /ctios_requests_total\{request="unknown",outcome="failed"\} 900/);
    // A different spelling of a request counts as the same request.
    client.request('setmessagefilterargs', { Filter: '' });
    assert.match(metrics.text(), /request="SetMessageFilter",outcome="confirmed"/);
    client.accepted.closed();
    assert.match(metrics.text(), /ctios_disconnections_total\{end="lost"\} 1/);
  });

  it('do not include counters: beyond a number of labels the rest is counted together', () => {
    const counter = new Counter('ctios_requests_total');
    for (let n = 0; n < MAX_SERIES + 500; n++) counter.add({ request: String(n), outcome: '' });
    assert.equal([...counter.samples()].length, MAX_SERIES + 1);
    assert.match(exposition([counter]), /ctios_requests_total\{request="other",outcome="other"\} 500/);
  });

  it('do not include the audit log: names are truncated, and so are the messages to the client', () => {
    const { sessions, audit } = setUp();
    const client = new TestClient(sessions);
    client.say({ kind: 'hello', version: 1, client: LONG });
    const id = client.request(LONG, {}, LONG);
    client.request('Hold', {}, LONG);
    for (const entry of audit) {
      for (const [field, value] of Object.entries(entry)) {
        assert.ok(String(value).length <= MAX_AUDIT_TEXT + 1, `${field} has ${String(value).length} characters`);
      }
    }
    assert.ok((client.done(id)?.failure?.message.length ?? 0) < 500);
    const entry = peerAudit(
      {
        what: 'asked',
        peer: { id: LONG, name: LONG },
        address: '192.0.2.1',
        ask: LONG,
        body: { Target: LONG },
      } as never,
      0,
    );
    assert.ok(JSON.stringify(entry).length < 2_000);
  });

  it('do not include the audit log: one entry a second stands for all that is beyond the rate', () => {
    const { sessions, audit, metrics, clock } = setUp({ requestRate: { perSecond: 10, atOnce: 10 } });
    const client = new TestClient(sessions).hello().monitor();
    for (let n = 0; n < 5_000; n++) client.request(`Nonsense${n}`);
    // A request whose number is in use counts, too.
    for (let n = 0; n < 5_000; n++) client.say({ kind: 'request', id: 7, request: 'x', args: {}, answerMs: 1 });
    clock.advance(1_000);
    assert.equal(audit.length, 12, 'connected, ten requests, and the others');
    assert.deepEqual(
      [audit.at(-1)!.what, audit.at(-1)!.code, audit.at(-1)!.count],
      ['request', 'CTIOS_TOO_MANY_REQUESTS', 9_991],
    );
    assert.match(metrics.text(), /ctios_requests_total\{request="unknown",outcome="failed"\} 10000\n/);
    client.request('Nonsense');
    for (let n = 0; n < 100; n++) client.request('Nonsense');
    client.accepted.closed();
    assert.equal(audit.at(-1)!.count, 91, 'nothing is forgotten when the client goes');
  });

  it('do not include the audit log: of refused connections a hundred at once, then their number', () => {
    const { sessions, audit, metrics, clock } = setUp();
    for (let n = 0; n < 3_000; n++) {
      sessions.audit({ time: clock.now(), what: 'refused', peer: `192.0.2.${n % 250}`, code: 'CTIOS_ORIGIN' });
    }
    clock.advance(1_000);
    assert.equal(audit.length, 101);
    assert.equal(audit.at(-1)!.count, 2_900);
    assert.match(metrics.text(), /ctios_connections_total\{outcome="refused"\} 3000\n/);
  });

  it('do not include failed passwords: the oldest ones are dropped, without scanning all of them', () => {
    const clock = new VirtualClock();
    const book = new LockOut(clock, { failures: 3, ms: 60_000 });
    for (let n = 0; n < MAX_REMEMBERED_FAILURES + 10; n++) book.failed(`peer ${n}`);
    assert.equal(book.size, MAX_REMEMBERED_FAILURES);
    assert.equal(book.failures('peer 0'), 0);
    assert.equal(book.failures('peer 100'), 1);
    // Expired entries are removed with the next failure.
    clock.advance(60_001);
    book.failed('one more');
    assert.equal(book.size, 1);
  });

  it('do not include the queue of waiting passwords', async () => {
    const never = new Promise<boolean>(() => {});
    const proof = new AgentAuthenticator(new VirtualClock(), {
      check: () => never,
      lockOut: { failures: 3, ms: 60_000 },
      parallelChecks: 20,
      places: new AuthenticatedPlaces(noPeers, 1_000),
    });
    let turnedAway = 0;
    for (let n = 0; n < MAX_WAITING_ATTEMPTS + 100; n++) {
      void proof
        .authenticate('192.0.2.1', { peripheralId: 5000, agentId: String(n), password: '' })
        .then(({ failure }) => {
          if (failure?.code === 'CTIOS_AUTHENTICATION_UNAVAILABLE') turnedAway++;
        });
    }
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    assert.equal(turnedAway, 90, 'ten are being checked');
  });

  it('do not include the list of skill groups', async function () {
    this.timeout(60_000);
    const center = await Center.withAgent();
    const numbers = (from: number) => Array.from({ length: 5_000 }, (_, n) => from + n).join(',');
    for (let n = 0; n < 6; n++) {
      await center.request('EnableSkillGroupStatistics', undefined, { SkillGroupNumbers: numbers(n * 5_000) });
    }
    const { outcome, failure } = await center.request('EnableSkillGroupStatistics', 'skillgroup.5000.999999');
    assert.equal(outcome, 'failed');
    assert.match(failure!.message, /knows 20000 groups/);
    assert.equal((await center.request('EnableSkillGroupStatistics', 'skillgroup.x.y')).outcome, 'failed');
  });
});
