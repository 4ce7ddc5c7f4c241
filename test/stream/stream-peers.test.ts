import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { PeerEvent, PeerResult } from '../../src/server/peers/index.js';
import { StreamPeers } from '../../src/stream/index.js';
import { MemoryBroker } from './memory-engine.js';
import { pass, settled } from './pass.js';

describe('the servers of a site as peers', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;

  beforeEach(() => {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
  });

  function server(name: string) {
    const engine = broker.connect();
    const events: PeerEvent[] = [];
    const seen: string[] = [];
    const peers = new StreamPeers({
      engine,
      site: 'berlin',
      name,
      clock,
      id: `id-${name}`,
      tell: (e) => events.push(e),
    });
    peers.watch({ linked: (peer) => seen.push(`+${peer.name}`), lost: (peer) => seen.push(`-${peer.name}`) });
    peers.answer('CountDesktops', ({ AgentID }) => ({ Desktops: Number(AgentID) }));
    peers.start();
    return { peers, engine, events, seen };
  }

  const ask = (from: StreamPeers, to: string, answerMs = 5_000) => {
    const ends: PeerResult<unknown>[] = [];
    from.ask({ id: `id-${to}`, name: to }, 'CountDesktops', { PeripheralID: 1, AgentID: '7' }, answerMs, (end) =>
      ends.push(end),
    );
    return ends;
  };

  it('find each other, in any number, and can exchange requests', async () => {
    const [a, b, c] = [server('a'), server('b'), server('c')];
    await pass(clock, 2_000);
    assert.deepEqual(
      [a, b, c].map(({ seen }) => seen.sort().join()),
      ['+b,+c', '+a,+c', '+a,+b'],
    );
    assert.deepEqual(a.peers.missing, []);
    const ends = ask(a.peers, 'c');
    await settled();
    assert.deepEqual(ends, [{ outcome: 'answered', answer: { Desktops: 7 } }]);
    assert.equal(c.events.at(-1)?.what, 'asked');
    assert.match(a.peers.self, /^a\/id-a/);
  });

  it('are lost when they stop and when their lease expires', async () => {
    const [a, b, c] = [server('a'), server('b'), server('c')];
    await pass(clock, 2_000);
    await b.peers.stop();
    await pass(clock, 1_000);
    assert.deepEqual(a.seen, ['+b', '+c', '-b']);
    c.engine.cut = true;
    await pass(clock, 3_000);
    assert.deepEqual(a.seen, ['+b', '+c', '-b'], 'a lease lasts for five seconds');
    await pass(clock, 3_000);
    assert.deepEqual(a.seen, ['+b', '+c', '-b', '-c']);
    assert.deepEqual([a.peers.linked, a.peers.missing], [[], []]);
  });

  it('report that a request had no effect if it was not received, and an unknown result if no response arrives', async () => {
    const [a, b] = [server('a'), server('b')];
    await pass(clock, 2_000);
    b.engine.cut = true;
    const failed = ask(a.peers, 'b');
    await settled();
    assert.deepEqual(
      failed.map(({ outcome }) => outcome),
      ['failed'],
    );
    b.engine.cut = false;
    b.engine.mute = true;
    const unknown = ask(a.peers, 'b', 1_000);
    await pass(clock, 900);
    assert.equal(unknown.length, 0);
    await pass(clock, 200);
    assert.deepEqual(
      unknown.map((end) => ('code' in end ? [end.outcome, end.code] : [])),
      [['unknown', 'CTIOS_PEER_TIMEOUT']],
    );
  });

  it('are all lost and reported missing while the engine is unreachable; the results of pending requests are unknown', async () => {
    const [a, b] = [server('a'), server('b')];
    await pass(clock, 2_000);
    b.engine.mute = true;
    const pending = ask(a.peers, 'b');
    broker.reachable = false;
    await settled();
    assert.deepEqual(
      pending.map(({ outcome }) => outcome),
      ['unknown'],
    );
    assert.deepEqual(a.seen, ['+b', '-b']);
    assert.equal(a.peers.missing.length, 1);
    assert.deepEqual(
      ask(a.peers, 'b').map(({ outcome }) => outcome),
      ['failed'],
      'in the same turn',
    );
    broker.reachable = true;
    await pass(clock, 5_000);
    assert.deepEqual(a.seen, ['+b', '-b', '+b']);
    assert.deepEqual(a.peers.missing, []);
  });

  it('are reported missing until the list of servers is known', async () => {
    broker.away = true;
    const a = server('a');
    await pass(clock, 10_000);
    assert.equal(a.peers.missing.length, 1);
    assert.match(a.peers.trouble!, /NATS/);
    broker.reachable = true;
    await pass(clock, 1_000);
    assert.deepEqual(a.peers.missing, []);
  });

  it('reject invalid requests and invalid fields', async () => {
    const a = server('a');
    await pass(clock, 1_000);
    const { messenger } = broker.connect();
    const failureOf = async (body: string) => {
      const result = await messenger.request('ctios.berlin.peer.id-a', body);
      assert.equal(result.outcome, 'answered');
      return (JSON.parse((result as { body: string }).body) as { failure: { code: string } }).failure.code;
    };
    const from = { id: 'x', name: 'x' };
    assert.equal(await failureOf('nonsense'), 'CTIOS_BAD_MESSAGE');
    assert.equal(await failureOf(JSON.stringify({ from: { id: 1 }, ask: 'CountDesktops' })), 'CTIOS_BAD_MESSAGE');
    assert.equal(await failureOf(JSON.stringify({ from, ask: 'Nothing', body: {} })), 'CTIOS_PEER_UNKNOWN_ASK');
    assert.equal(await failureOf(JSON.stringify({ from, ask: 'CountDesktops', body: {} })), 'CTIOS_INVALID_ARGUMENT');
    assert.deepEqual(a.peers.linked, [from], 'one that asks is there');
  });
});
