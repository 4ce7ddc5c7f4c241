import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { AgentAuthenticator } from '../../../src/server/northbound/security/agent-authenticator.js';
import { AuthenticatedPlaces } from '../../../src/server/northbound/security/authenticated-places.js';
import { CheckQueue } from '../../../src/server/northbound/security/check-queue.js';
import type { AgentClaim, ProofOutcome } from '../../../src/server/object-server.js';
import { noPeers, type Peers } from '../../../src/server/peers/index.js';
import { MemoryNetwork } from '../peers/memory-network.js';

const MINUTES_15 = 15 * 60_000;

function setUp(
  check: (claim: AgentClaim) => boolean | Promise<boolean> = ({ password }) => password === 'right',
  peers: Peers = noPeers,
  parallelChecks = 20,
) {
  const clock = new VirtualClock();
  let asked = 0;
  const proof = new AgentAuthenticator(clock, {
    check: (claim) => {
      asked++;
      return check(claim);
    },
    lockOut: { failures: 3, ms: MINUTES_15 },
    parallelChecks,
    places: new AuthenticatedPlaces(peers, 1_000),
  });
  const says = async (peer: string, agentId: string, password: string): Promise<ProofOutcome> =>
    (await proof.authenticate(peer, { peripheralId: 5000, agentId, password })).outcome;
  return { clock, proof, says, asked: () => asked };
}

const HERE = '192.0.2.1';
const AFAR = '203.0.113.9';

describe('the authentication of an agent', () => {
  it('succeeds with the correct password, and fails with a reason with a wrong one', async () => {
    const { proof } = setUp();
    const claim = { peripheralId: 5000, agentId: '007', password: 'right' };
    assert.deepEqual(await proof.authenticate(HERE, claim), { outcome: 'proven' });
    const { failure } = await proof.authenticate(HERE, { ...claim, password: 'geheim' });
    assert.equal(failure?.code, 'CTIOS_AUTHENTICATION_FAILED');
    assert.ok(!failure.message.includes('geheim'));
  });

  it('locks the agent out at that address for 15 minutes after three wrong passwords, whatever is sent then', async () => {
    const { says, clock, proof, asked } = setUp();
    for (let n = 0; n < 3; n++) assert.equal(await says(HERE, '1001', 'wrong'), 'wrong password');
    assert.equal(await says(HERE, '1001', 'right'), 'locked out');
    assert.equal(asked(), 3, 'who is locked out is not even compared');
    const { failure } = await proof.authenticate(HERE, { peripheralId: 5000, agentId: '1001', password: 'right' });
    assert.equal(failure?.code, 'CTIOS_LOCKED_OUT');
    assert.match(failure.message, /another 15 min/);
    clock.advance(MINUTES_15);
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
  });

  it('resets the count with the correct password', async () => {
    const { says } = setUp();
    for (let n = 0; n < 5; n++) {
      assert.equal(await says(HERE, '1001', 'wrong'), 'wrong password');
      assert.equal(await says(HERE, '1001', 'wrong'), 'wrong password');
      assert.equal(await says(HERE, '1001', 'right'), 'proven');
    }
  });

  it('does not lock out the other agents at that address, nor the agent at another one', async () => {
    const { says } = setUp();
    for (let n = 0; n < 3; n++) await says(HERE, '1001', 'wrong');
    assert.equal(await says(HERE, '1002', 'right'), 'proven');
    assert.equal(await says(AFAR, '1001', 'right'), 'proven');
  });

  it('cannot be locked out from a remote address where it has succeeded before', async () => {
    const { says } = setUp();
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
    for (let n = 1; n <= 40; n++) await says(`198.51.100.${n}`, '1001', 'wrong');
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
    assert.equal(await says(AFAR, '1001', 'right'), 'locked out', 'guessing from many addresses is stopped elsewhere');
  });

  it('cannot be locked out by an attacker who tries every agent from one address', async () => {
    const { says, asked } = setUp();
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
    const outcomes: ProofOutcome[] = [];
    for (let agent = 2000; agent < 2020; agent++) outcomes.push(await says(HERE, String(agent), '1234'));
    assert.equal(outcomes.filter((outcome) => outcome === 'wrong password').length, 10);
    assert.equal(outcomes.filter((outcome) => outcome === 'locked out').length, 10);
    assert.equal(asked(), 11);
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
  });

  it('does not reset the failed attempts on other accounts when the attacker has an own account', async () => {
    const { says } = setUp(({ agentId, password }) => agentId === '1001' && password === 'right');
    for (let agent = 2000; agent < 2010; agent++) {
      assert.equal(await says(HERE, String(agent), '1234'), 'wrong password');
      assert.equal(await says(HERE, '1001', 'right'), 'proven');
    }
    assert.equal(await says(HERE, '2010', '1234'), 'locked out');
  });

  it('allows no more attempts if they are sent at once', async () => {
    const { says, asked } = setUp(async ({ password }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return password === 'right';
    });
    const one = await Promise.all(Array.from({ length: 50 }, () => says(HERE, '1001', 'wrong')));
    assert.equal(one.filter((outcome) => outcome === 'wrong password').length, 3);
    assert.equal(asked(), 3);
    const many = await Promise.all(Array.from({ length: 50 }, (_, n) => says(AFAR, String(2000 + n), 'wrong')));
    assert.equal(many.filter((outcome) => outcome === 'wrong password').length, 10);
    assert.equal(asked(), 13);
  });

  it('accepts two thousand agents of one address at once', async () => {
    const { says } = setUp(async ({ password }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return password === 'right';
    });
    const outcomes = await Promise.all(Array.from({ length: 2000 }, (_, n) => says(HERE, String(n), 'right')));
    assert.ok(outcomes.every((outcome) => outcome === 'proven'));
  });

  it('fails without counting as a wrong password while the check is unavailable', async () => {
    let broken = true;
    const { says, proof } = setUp(({ password }) => {
      if (broken) throw new Error('people.example.com answered 500');
      return password === 'right';
    });
    for (let n = 0; n < 20; n++) assert.equal(await says(HERE, '1001', 'right'), 'not checked');
    const { failure, reason } = await proof.authenticate(HERE, {
      peripheralId: 5000,
      agentId: '1001',
      password: 'right',
    });
    assert.equal(failure?.code, 'CTIOS_AUTHENTICATION_UNAVAILABLE');
    assert.equal(reason, 'people.example.com answered 500');
    assert.ok(!failure.message.includes('people.example.com'), 'the client is not told how the site is built');
    broken = false;
    assert.equal(await says(HERE, '1001', 'right'), 'proven');
  });

  it('fails immediately, with all waiting attempts, when the check is unavailable', async () => {
    let asked = 0;
    const { says } = setUp(async () => {
      asked++;
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('gone');
    });
    const outcomes = await Promise.all(Array.from({ length: 500 }, (_, n) => says(HERE, String(n), 'right')));
    assert.ok(outcomes.every((outcome) => outcome === 'not checked'));
    assert.ok(asked <= 30, `${asked} were asked one after the other`);
  });

  it('counts by the network of an address, so that a new IPv6 address does not reset the count', async () => {
    const { says } = setUp();
    for (let n = 1; n <= 3; n++) await says(`2001:db8:1:2::${n}`, '1001', 'wrong');
    assert.equal(await says('2001:db8:1:2:ffff:ffff:ffff:ffff', '1001', 'right'), 'locked out');
    assert.equal(await says('2001:db8:1:3::1', '1001', 'right'), 'proven');
  });

  it('allows no more attempts from many addresses at once than from one', async () => {
    const { says, asked } = setUp(async ({ password }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return password === 'right';
    });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) => says(`198.51.100.${n + 1}`, '1001', `guess ${n}`)),
    );
    assert.equal(asked(), 10);
    assert.equal(outcomes.filter((outcome) => outcome === 'wrong password').length, 10);
    assert.equal(outcomes.filter((outcome) => outcome === 'locked out').length, 190);
  });

  it('is processed before earlier attempts if the agent has authenticated from that address before', async () => {
    const checks: (() => void)[] = [];
    const { says } = setUp(
      ({ password }) => new Promise((resolve) => checks.push(() => resolve(password === 'right'))),
      noPeers,
      1,
    );
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    const first = says(HERE, '1001', 'right');
    await settle();
    checks.shift()!();
    assert.equal(await first, 'proven');
    const order: string[] = [];
    const guesses = Array.from({ length: 30 }, (_, n) =>
      says(`198.51.100.${n + 1}`, String(2000 + n), 'wrong').then(() => order.push('guess')),
    );
    await settle();
    const again = says(HERE, '1001', 'right').then((outcome) => order.push(outcome));
    while (order.length < 31) {
      await settle();
      checks.shift()?.();
    }
    await Promise.all([...guesses, again]);
    assert.equal(order.indexOf('proven'), 1, 'behind the one check that was under way');
  });

  it('allows a failover to the other server of a pair, whatever was tried there', async () => {
    const clock = new VirtualClock();
    const network = new MemoryNetwork(clock);
    const [hubA, hubB] = [network.server('a', { urls: ['b'] }), network.server('b')];
    const a = setUp(undefined, hubA);
    const early = Array.from({ length: 300 }, (_, n) => String(3000 + n));
    for (const agent of early) assert.equal(await a.says(HERE, agent, 'right'), 'proven');
    const b = setUp(undefined, hubB);
    hubA.start();
    hubB.start();
    clock.advance(1_000);
    assert.equal(hubA.linked.length, 1);
    assert.equal(await a.says(HERE, '1001', 'right'), 'proven');
    clock.advance(1_000);
    for (let n = 1; n <= 20; n++) await b.says(HERE, `40${n}`, 'wrong');
    for (const agent of ['1001', '3299']) {
      for (let n = 1; n <= 20; n++) await b.says(`198.51.100.${n}`, agent, 'wrong');
    }
    assert.equal(await b.says(AFAR, '1001', 'right'), 'locked out');
    assert.equal(await b.says(HERE, '1001', 'right'), 'proven');
    assert.equal(await b.says(HERE, '3299', 'right'), 'proven', 'it authenticated before the servers were linked');
  });
});

describe('the queue of password checks', () => {
  it('continues when a check fails', async () => {
    const queue = new CheckQueue(1);
    const failed = queue.run(1, () => Promise.reject(new Error('no')));
    const next = queue.run(2, () => 'checked');
    await assert.rejects(failed);
    assert.equal(await next, 'checked');
  });
});
