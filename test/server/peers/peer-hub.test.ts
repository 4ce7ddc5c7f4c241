import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { newNonce } from '../../../src/server/peers/connection/proof.js';
import type { PeerEvent, PeerHub } from '../../../src/server/peers/index.js';
import type { PeerResult } from '../../../src/server/peers/requests/peers-api.js';
import { MemoryNetwork } from './memory-network.js';

const names = (hub: PeerHub) => hub.linked.map(({ name }) => name);

describe('servers of a pair', () => {
  let clock: VirtualClock;
  let network: MemoryNetwork;
  beforeEach(() => {
    clock = new VirtualClock();
    network = new MemoryNetwork(clock);
  });

  const told = <What extends PeerEvent['what']>(name: string, what: What) =>
    network.events.get(name)!.filter((event) => event.what === what) as Extract<PeerEvent, { what: What }>[];

  /** A connects to B; both are linked. */
  function linked(): [PeerHub, PeerHub] {
    const [a, b] = [network.server('a', { urls: ['b'] }), network.server('b')];
    a.start();
    b.start();
    clock.advance(100);
    assert.deepEqual([names(a), names(b)], [['b'], ['a']]);
    return [a, b];
  }

  function ask(hub: PeerHub, answerMs = 15_000): { ends: PeerResult<{ Desktops: number }>[] } {
    const ends: PeerResult<{ Desktops: number }>[] = [];
    hub.ask(
      hub.linked[0] ?? { id: 'nobody', name: 'nobody' },
      'CountDesktops',
      { PeripheralID: 1, AgentID: '007' },
      answerMs,
      (end) => ends.push(end),
    );
    return { ends };
  }

  it('can both send requests after authentication, whichever connected', () => {
    const [a, b] = linked();
    for (const hub of [a, b]) hub.answer('CountDesktops', ({ AgentID }) => ({ Desktops: AgentID.length }));
    const [one, other] = [ask(a), ask(b)];
    clock.advance(10);
    assert.deepEqual(one.ends, [{ outcome: 'answered', answer: { Desktops: 3 } }]);
    assert.deepEqual(other.ends, one.ends);
  });

  it('never send the secret', () => {
    linked();
    const all = network.wires.flatMap((wire) => [...wire.sent, ...wire.other.sent]).join('');
    assert.match(all, /proof/);
    assert.ok(!all.includes('a secret'));
  });

  for (const [low, high] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    it(`that connect to each other simultaneously keep one link, that of the lower id (${low} started first)`, () => {
      network.server('a', { urls: ['b'] });
      network.server('b', { urls: ['a'] });
      network.hubs.get(low)!.start();
      network.hubs.get(high)!.start();
      clock.advance(5_000);
      const [a, b] = [network.hubs.get('a')!, network.hubs.get('b')!];
      assert.deepEqual([names(a), names(b)], [['b'], ['a']]);
      assert.deepEqual([a.connectors[0]!.state, b.connectors[0]!.state], ['linked', 'covered']);
      assert.deepEqual([a.missing, b.missing], [[], []]);
      assert.equal(told('a', 'linked').length, 1);
      assert.equal(told('b', 'linked').length, 1);
      // Closing a duplicate link is not reported as a problem.
      for (const name of ['a', 'b']) assert.deepEqual([...told(name, 'lost'), ...told(name, 'not linked')], []);
    });
  }

  it('keep one link in any order and timing of connections, and reconnect whichever link is lost', () => {
    for (let apart = 0; apart <= 8; apart++) {
      clock = new VirtualClock();
      network = new MemoryNetwork(clock);
      const [a, b] = [network.server('a', { urls: ['b'] }), network.server('b', { urls: ['a'] })];
      b.start();
      clock.advance(apart);
      a.start();
      for (let round = 0; round < 3; round++) {
        clock.advance(40_000);
        assert.deepEqual([names(a), names(b)], [['b'], ['a']], `${apart} ms apart`);
        assert.deepEqual([a.missing, b.missing], [[], []]);
        assert.equal(told('a', 'linked').length, round + 1);
        assert.equal(told('b', 'linked').length, round + 1);
        for (const wire of network.wires.splice(0)) wire.cut();
      }
    }
  });

  it('with two addresses are linked once, and the other address counts as reached', () => {
    const a = network.server('a', { urls: ['b', 'b again'] });
    const b = network.server('b');
    network.hubs.set('b again', b);
    a.start();
    clock.advance(5_000);
    assert.deepEqual(names(a), ['b']);
    assert.deepEqual(a.connectors.map(({ state }) => state).sort(), ['covered', 'linked']);
    network.wires.find((wire) => wire.kinds.includes('proof'))!.cut();
    clock.advance(5_000);
    assert.deepEqual(names(a), ['b']);
    assert.deepEqual(a.missing, []);
    assert.equal(told('a', 'linked').length, 2);
  });

  it('with three addresses do not reconnect repeatedly', () => {
    const a = network.server('a', { urls: ['b', 'b again', 'b once more'] });
    const b = network.server('b');
    network.hubs.set('b again', b).set('b once more', b);
    a.start();
    clock.advance(10 * 60_000);
    assert.deepEqual(a.connectors.map(({ state }) => state).sort(), ['covered', 'covered', 'linked']);
    assert.equal(network.calls.length, 3);
  });

  it('are not their own peers', () => {
    const a = network.server('a', { urls: ['a'] });
    a.start();
    clock.advance(10 * 60_000);
    assert.deepEqual(names(a), []);
    assert.equal(a.connectors[0]!.trouble?.code, 'CTIOS_PEER_IS_SELF');
    // Reported once, however often it is tried.
    assert.equal(told('a', 'not linked').filter(({ called }) => !called).length, 1);
  });

  it('with different secrets reject each other, and retry once a minute, because the configuration may be corrected', () => {
    const a = network.server('a', { urls: ['b'] });
    network.server('b', { secret: 'another secret altogether' });
    a.start();
    clock.advance(100);
    assert.equal(a.connectors[0]!.trouble?.code, 'CTIOS_PEER_NOT_PROVEN');
    assert.equal(told('b', 'not linked')[0]?.why.code, 'CTIOS_PEER_NOT_PROVEN');
    clock.advance(10 * 60_000);
    assert.ok(network.wires.length >= 8 && network.wires.length <= 13, `${network.wires.length} calls`);
    assert.equal(told('a', 'not linked').length, 1);
    network.server('b');
    clock.advance(80_000);
    assert.deepEqual(names(a), ['b']);
  });

  it('reject a peer that cannot authenticate, and do not authenticate to it', () => {
    const b = network.server('b');
    const wire = network.open('b');
    const heard: string[] = [];
    wire.onFrame = (frame) => heard.push(String(frame));
    wire.send(JSON.stringify({ kind: 'hello', version: 1, id: 'x', name: 'x', nonce: newNonce() }));
    clock.advance(10);
    assert.equal(wire.other.kinds.at(-1), 'challenge');
    assert.ok(!('proof' in (JSON.parse(heard[0]!) as object)));
    wire.send(JSON.stringify({ kind: 'proof', proof: 'bm8=' }));
    clock.advance(10);
    assert.deepEqual(wire.other.kinds, ['challenge', 'refused']);
    assert.deepEqual(names(b), []);
  });

  it('do not accept the proof of another connection', () => {
    const [, b] = linked();
    const [first] = network.wires;
    const [hello, proof] = first!.sent;
    first!.cut();
    const wire = network.open('b');
    wire.send(hello!);
    clock.advance(10);
    wire.send(proof!);
    clock.advance(10);
    assert.equal(wire.other.kinds.at(-1), 'refused');
    assert.equal(names(b).length, 0);
  });

  it('disconnect a server that does not know the secret', () => {
    const a = network.server('a', { urls: ['b'] });
    network.server('b', { secret: 'another secret altogether' });
    a.start();
    clock.advance(3);
    // It responds to the proof with a forged welcome.
    const [wire] = network.wires;
    wire!.other.send(JSON.stringify({ kind: 'welcome', proof: 'bm8=' }));
    clock.advance(2);
    assert.deepEqual(names(a), []);
    assert.equal(a.connectors[0]!.trouble?.code, 'CTIOS_PEER_NOT_PROVEN');
  });

  for (const [version, words] of [
    [2, /speaks version 1 among peers, x the newer version 2\. Update b\./],
    [0, /speaks version 1 among peers, x the older version 0\. Update x\./],
  ] as const) {
    it(`reject version ${version} with a message`, () => {
      network.server('b');
      const wire = network.open('b');
      wire.send(JSON.stringify({ kind: 'hello', version, id: 'x', name: 'x', nonce: newNonce() }));
      clock.advance(10);
      const { kind, code, message } = JSON.parse(wire.other.sent[0]!) as Record<string, string>;
      assert.deepEqual([kind, code], ['refused', 'CTIOS_VERSION_MISMATCH']);
      assert.match(message!, words);
    });
  }

  describe('that are linked', () => {
    it('send no heartbeats while messages arrive, and send one after 5 s of silence', () => {
      const [a, b] = linked();
      a.answer('CountDesktops', () => ({ Desktops: 0 }));
      b.answer('CountDesktops', () => ({ Desktops: 0 }));
      const [wire] = network.wires;
      for (let second = 0; second < 30; second += 3) {
        ask(a);
        clock.advance(3_000);
      }
      assert.ok(!wire!.kinds.includes('heartbeat'));
      clock.advance(6_000);
      assert.ok(wire!.kinds.includes('heartbeat'));
      clock.advance(60_000);
      assert.deepEqual(names(a), ['b']);
    });

    it('give a peer up after three missed heartbeats, 20 s after its last message', () => {
      const [a] = linked();
      const [wire] = network.wires;
      // Everything the peer sends is lost; the connection stays open.
      wire!.other.deaf = true;
      const heard = clock.now();
      network.down.add('b');
      clock.advance(19_800);
      assert.deepEqual(names(a), ['b']);
      clock.advance(200);
      assert.deepEqual(names(a), []);
      assert.equal(told('a', 'lost')[0]?.why.code, 'CTIOS_PEER_SILENT');
      assert.equal(clock.now() - heard, 20_000);
      assert.equal(wire!.kinds.filter((kind) => kind === 'heartbeat').length, 3);
    });

    it('respond to a heartbeat', () => {
      linked();
      const [wire] = network.wires;
      wire!.push(JSON.stringify({ kind: 'heartbeat', id: 7 }));
      clock.advance(2);
      assert.deepEqual(JSON.parse(wire!.other.sent.at(-1)!), { kind: 'alive', id: 7 });
    });

    it('reconnect after a link is lost, with pauses that increase to half a minute', () => {
      const [a] = linked();
      network.down.add('b');
      const from = clock.now();
      network.calls.length = 0;
      network.wires[0]!.cut();
      clock.advance(180_000);
      const pauses = network.calls.map((at, index) => (at - (network.calls[index - 1] ?? from)) / 1_000);
      assert.ok(pauses[0]! <= 1.1, `first pause ${pauses[0]} s`);
      const wanted = [2, 5, 10, 15, 30, 30];
      for (const [index, seconds] of wanted.entries()) {
        const pause = pauses[index + 1]!;
        assert.ok(pause >= seconds * 0.8 - 0.1 && pause <= seconds * 1.2 + 0.1, `pause ${index + 1}: ${pause} s`);
      }
      assert.equal(told('a', 'not linked').length, 1);
      network.down.delete('b');
      clock.advance(40_000);
      assert.deepEqual(names(a), ['b']);
    });

    it('report an unknown result for a request whose link is lost before the response', () => {
      const [a, b] = linked();
      b.answer('CountDesktops', () => ({ Desktops: 1 }));
      const { ends } = ask(a);
      network.wires[0]!.other.deaf = true;
      clock.advance(2);
      network.wires[0]!.cut();
      assert.deepEqual(
        ends.map(({ outcome }) => outcome),
        ['unknown'],
      );
      clock.advance(60_000);
      assert.equal(ends.length, 1);
    });

    it('report an unknown result for a request without a response in time, and ignore a late response', () => {
      const [a] = linked();
      const [wire] = network.wires;
      wire!.deaf = true;
      const { ends } = ask(a, 3_000);
      clock.advance(2_999);
      assert.equal(ends.length, 0);
      clock.advance(1);
      assert.deepEqual(
        ends.map((end) => end.outcome !== 'answered' && [end.outcome, end.code]),
        [['unknown', 'CTIOS_PEER_TIMEOUT']],
      );
      wire!.other.push(JSON.stringify({ kind: 'answer', id: 1, body: { Desktops: 2 } }));
      clock.advance(10);
      assert.equal(ends.length, 1);
      assert.deepEqual(names(a), ['b']);
    });

    it('send no requests to a peer that is gone', () => {
      const [a] = linked();
      const [peer] = a.linked;
      network.wires[0]!.cut();
      const ends: PeerResult<unknown>[] = [];
      a.ask(peer!, 'CountDesktops', { PeripheralID: 1, AgentID: '1' }, 1_000, (end) => ends.push(end));
      assert.deepEqual(
        ends.map((end) => end.outcome !== 'answered' && [end.outcome, end.code]),
        [['failed', 'CTIOS_PEER_LOST']],
      );
    });

    it('limit the number of pending requests', () => {
      const [a, b] = [network.server('a', { urls: ['b'], settings: { maxAsks: 3 } }), network.server('b')];
      b.answer('CountDesktops', () => ({ Desktops: 1 }));
      a.start();
      clock.advance(100);
      const asks = [ask(a), ask(a), ask(a), ask(a)];
      assert.equal(asks[3]!.ends[0]?.outcome, 'failed');
      clock.advance(10);
      assert.deepEqual(
        asks.map(({ ends }) => ends.map(({ outcome }) => outcome)),
        [['answered'], ['answered'], ['answered'], ['failed']],
      );
      assert.equal(ask(a).ends.length, 0);
    });

    it('disconnect a peer that does not read, at the next request', () => {
      const [a] = linked();
      const waiting = ask(a);
      network.wires[0]!.queued = 2 * 1024 * 1024;
      const refused = ask(a);
      assert.equal(refused.ends[0]?.outcome, 'failed');
      assert.equal(waiting.ends[0]?.outcome, 'unknown');
      assert.equal(told('a', 'lost')[0]?.why.code, 'CTIOS_PEER_STALLED');
    });

    it('disconnect a peer that sends requests and does not read the responses', () => {
      const [, b] = linked();
      b.answer('CountDesktops', () => ({ Desktops: 1 }));
      const [wire] = network.wires;
      wire!.other.queued = 2 * 1024 * 1024;
      wire!.push(JSON.stringify({ kind: 'ask', id: 1, ask: 'CountDesktops', body: { PeripheralID: 1, AgentID: '1' } }));
      clock.advance(2);
      assert.equal(told('b', 'lost')[0]?.why.code, 'CTIOS_PEER_STALLED');
    });

    it('reject an unknown or incomplete request, and stay linked', () => {
      const [a, b] = linked();
      const [wire] = network.wires;
      const answers: { failure?: { code: string; message: string } }[] = [];
      const before = wire!.onFrame;
      wire!.onFrame = (frame) => {
        answers.push(JSON.parse(frame!) as never);
        before(frame);
      };
      wire!.push(JSON.stringify({ kind: 'ask', id: 90, ask: 'Fly', body: {} }));
      wire!.push(JSON.stringify({ kind: 'ask', id: 91, ask: 'toString', body: {} }));
      wire!.push(
        JSON.stringify({ kind: 'ask', id: 92, ask: 'CountDesktops', body: { PeripheralID: 'x', AgentID: '1' } }),
      );
      wire!.push(JSON.stringify({ kind: 'ask', id: 93, ask: 'CountDesktops' }));
      clock.advance(10);
      assert.deepEqual(
        answers.map(({ failure }) => failure?.code),
        ['CTIOS_PEER_UNKNOWN_ASK', 'CTIOS_PEER_UNKNOWN_ASK', 'CTIOS_INVALID_ARGUMENT', 'CTIOS_INVALID_ARGUMENT'],
      );
      assert.match(answers[2]!.failure!.message, /PeripheralID must be a number/);
      assert.deepEqual([names(a), names(b)], [['b'], ['a']]);
    });

    it('report an unknown result for a request whose handler failed', () => {
      const [a, b] = linked();
      b.answer('CountDesktops', () => {
        throw new Error('out of paper');
      });
      const { ends } = ask(a);
      clock.advance(10);
      assert.deepEqual(
        ends.map((end) => end.outcome !== 'answered' && [end.outcome, end.code]),
        [['unknown', 'CTIOS_INTERNAL']],
      );
      assert.deepEqual(names(a), ['b']);
    });

    for (const [what, frame] of [
      ['no text', undefined],
      ['no JSON', '{'],
      ['no object', '[]'],
      ['of no kind', '{"kind":"hug"}'],
      ['a second hello', JSON.stringify({ kind: 'hello', version: 1, id: 'x', name: 'x', nonce: 'x' })],
      ['without its id', '{"kind":"ask","ask":"CountDesktops"}'],
    ] as const) {
      it(`close with a reason on a message that is ${what}`, () => {
        const [, b] = linked();
        const [wire] = network.wires;
        wire!.push(frame);
        clock.advance(2);
        assert.deepEqual(names(b), []);
        assert.equal(told('b', 'lost')[0]?.why.code, 'CTIOS_BAD_MESSAGE');
        assert.equal(wire!.other.kinds.at(-1), 'closing');
      });
    }

    it('close on an invalid response, and the result of the request is unknown', () => {
      const [a] = linked();
      const [wire] = network.wires;
      wire!.deaf = true;
      const { ends } = ask(a);
      wire!.other.push(JSON.stringify({ kind: 'answer', id: 1, body: { Desktops: 'many' } }));
      clock.advance(2);
      assert.deepEqual(
        ends.map(({ outcome }) => outcome),
        ['unknown'],
      );
      assert.equal(told('a', 'lost')[0]?.why.code, 'CTIOS_BAD_MESSAGE');
    });

    it('say goodbye when they stop, and leave no timer behind', () => {
      const [a, b] = linked();
      const { ends } = ask(a);
      a.stop();
      assert.deepEqual(
        ends.map(({ outcome }) => outcome),
        ['unknown'],
      );
      clock.advance(100);
      assert.equal(told('b', 'lost')[0]?.why.code, 'CTIOS_SERVER_STOPS');
      b.stop();
      clock.advance(100);
      assert.equal(clock.pending, 0);
    });

    it('notify the objects of peers that connect and disconnect', () => {
      const a = network.server('a', { urls: ['b'] });
      network.server('b');
      const seen: string[] = [];
      a.watch({ linked: ({ name }) => seen.push(`${name} linked`), lost: ({ name }) => seen.push(`${name} lost`) });
      a.start();
      clock.advance(100);
      network.wires[0]!.cut();
      assert.deepEqual(seen, ['b linked', 'b lost']);
    });
  });

  it('limit the number of unauthenticated connections, and give them ten seconds', () => {
    const b = network.server('b', { settings: { maxUnproven: 2, maxUnprovenPerNetwork: 2 } });
    const wires = [network.open('b'), network.open('b'), network.open('b')];
    const closed: number[] = [];
    for (const [index, wire] of wires.entries()) wire.onClosed = () => closed.push(index);
    clock.advance(100);
    assert.deepEqual(closed, [2]);
    clock.advance(10_000);
    assert.deepEqual(closed, [2, 0, 1]);
    assert.deepEqual(
      told('b', 'not linked').map(({ why }) => why.code),
      ['CTIOS_PEER_TIMEOUT', 'CTIOS_PEER_TIMEOUT'],
    );
    assert.deepEqual(names(b), []);
  });

  it('do not start with a secret that is easy to guess', () => {
    assert.throws(() => network.server('a', { secret: 'short' }), /at least 16 characters/);
  });
});
