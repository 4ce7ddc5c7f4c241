/**
 * Two clients with one client ID: the CTI Server accepts the latest one, and the clients do not displace each other
 * repeatedly.
 */
import assert from 'node:assert/strict';
import type { Dial } from '../../../src/common/network/byte-stream.js';
import { memoryPipe } from '../../../src/common/network/pipe.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import type { MessageOf } from '../../../src/ged188/index.js';
import { createLink } from '../../../src/server/southbound/link.js';
import type { LinkDown } from '../../../src/server/southbound/link-api.js';
import type { LinkSettings } from '../../../src/server/southbound/settings.js';
import { Simulator } from '../../../src/simulator/index.js';
import { ScriptedPair } from './scripted-cti-server.js';

const MINUTE = 60_000;
const NEW_SESSION = 11;

function linkTo(dial: Dial, clock: VirtualClock, change: Partial<LinkSettings> = {}) {
  const link = createLink({
    sides: { A: { host: 'a', port: 42027 }, B: { host: 'b', port: 43027 } },
    dial,
    clock,
    random: { next: () => 0.5 },
    clientId: 'crm',
    ...change,
  });
  const downs: LinkDown[] = [];
  link.listen({ up() {}, down: (down) => downs.push(down), message() {} });
  return { link, downs };
}

/** The simulated contact center, and links to it. */
async function center(protocolVersion: number) {
  const clock = new VirtualClock();
  const simulator = new Simulator({ clock, agents: 2, traffic: 'off', automatic: false, listen: false });
  await simulator.start();
  const dial: Dial = ({ host }, opened, failed) => {
    const side = host === 'a' ? 'A' : 'B';
    const timer = clock.after(0, () => {
      if (!simulator.run('status').sides.some((each) => each.side === side && each.running)) {
        failed(new Error('connect ECONNREFUSED'));
        return;
      }
      const [client, server] = memoryPipe(clock);
      simulator.accept(server, side);
      opened(client);
    });
    return () => timer.cancel();
  };
  return { clock, simulator, join: () => linkTo(dial, clock, { protocolVersion }) };
}

describe('two clients with one client ID', () => {
  for (const version of [23, 25])
    it(`do not displace each other: the first waits, reports why, and takes over within a minute after the other has gone (version ${version})`, async () => {
      const { clock, simulator, join } = await center(version);
      const [first, second] = [join(), join()];
      first.link.start();
      clock.advance(1_000);
      assert.ok(first.link.up);
      second.link.start();
      clock.advance(10 * MINUTE);
      assert.ok(second.link.up);
      assert.deepEqual(second.downs, [], 'nobody takes the ID away from the one that has it');
      assert.equal(first.link.up, undefined);
      const [down] = first.downs;
      assert.equal(first.downs.length, 1);
      assert.equal(down!.code, 'E_CTI_NEW_SESSION_OPENED');
      assert.match(down!.reason, /another client has opened a session as "crm"/);
      assert.equal(down!.terminal, false);
      const stopped = second.link.stop();
      clock.advance(MINUTE);
      await stopped;
      assert.ok(first.link.up, 'it has taken over');
      assert.equal(first.downs.length, 1);
      const over = first.link.stop();
      clock.advance(MINUTE);
      await over;
      await simulator.stop();
    });

  it('… even if the other one has switched to the other side', async () => {
    const { clock, simulator, join } = await center(23);
    const [first, second] = [join(), join()];
    first.link.start();
    clock.advance(1_000);
    second.link.start();
    clock.advance(1_000);
    simulator.run('stopSide', { side: 'A', how: 'crash' });
    clock.advance(5 * MINUTE);
    assert.equal(second.link.up?.side, 'B');
    simulator.run('startSide', { side: 'A' });
    clock.advance(5 * MINUTE);
    assert.equal(second.link.up?.side, 'B');
    assert.equal(first.link.up, undefined);
    void second.link.stop();
    clock.advance(MINUTE);
    assert.ok(first.link.up);
    void first.link.stop();
    clock.advance(MINUTE);
    await simulator.stop();
  });

  it('are notified immediately if a user requests the session of one again, and thus may want the ID', async () => {
    const { clock, simulator, join } = await center(23);
    const [first, second] = [join(), join()];
    first.link.start();
    clock.advance(1_000);
    second.link.start();
    clock.advance(1_000);
    first.link.start();
    clock.advance(1_000);
    assert.ok(first.link.up);
    assert.equal(second.downs[0]?.code, 'E_CTI_NEW_SESSION_OPENED');
    void first.link.stop();
    void second.link.stop();
    clock.advance(MINUTE);
    await simulator.stop();
  });
});

describe('a client whose ID was taken', () => {
  function taken(prepare: (pair: ScriptedPair) => void = () => {}) {
    const clock = new VirtualClock();
    const pair = new ScriptedPair(clock);
    const seen = linkTo(pair.dial, clock, { protocolVersion: 23 });
    seen.link.start();
    clock.advance(1);
    prepare(pair);
    pair.a.last.send({ type: 'FAILURE_EVENT', Status: NEW_SESSION });
    clock.advance(1);
    return { ...seen, clock, pair };
  }

  it('queries only the list of clients, with a different ID', () => {
    const { clock, pair } = taken();
    clock.advance(20_000);
    const [open] = pair.a.last.received as MessageOf<'OPEN_REQ'>[];
    assert.equal(open!.ClientID, 'crm-waiting');
    assert.equal(open!.ServicesRequested, 0x40);
    clock.advance(3_000);
    assert.ok(pair.a.last.closed || pair.a.last.of('CLOSE_REQ').length === 1);
  });

  it('makes no further attempt if the CTI Server does not list its clients, and reports it', () => {
    for (const refuse of [
      ({ a, b }: ScriptedPair) => {
        a.grants = b.grants = 0x96;
      },
      ({ a, b }: ScriptedPair) => {
        a.openAnswer = b.openAnswer = ({ InvokeID }) => ({
          type: 'FAILURE_CONF',
          InvokeID,
          FailureCode: 19,
          PeripheralErrorCode: 0,
        });
      },
    ]) {
      const { clock, downs, pair } = taken(refuse);
      clock.advance(MINUTE);
      assert.equal(downs.at(-1)?.terminal, true);
      assert.match(downs.at(-1)?.reason ?? '', /no further attempt/);
      const dialed = pair.dialed.length;
      clock.advance(60 * MINUTE);
      assert.equal(pair.dialed.length, dialed);
    }
  });

  it('queries at increasing intervals if the CTI Server does not list the other client, although it reports its presence', () => {
    const { clock, pair } = taken();
    const opened = () =>
      [...pair.a.connections, ...pair.b.connections].filter(
        ({ received: [open] }) => open?.type === 'OPEN_REQ' && open.ClientID === 'crm',
      );
    const waits: number[] = [];
    for (let turn = 1; turn <= 6; turn++) {
      const since = clock.now();
      while (opened().length === turn && clock.now() - since < 60 * MINUTE) clock.advance(1_000);
      waits.push(Math.round((clock.now() - since) / 20_000));
      clock.advance(1_000);
      for (const each of opened()) if (!each.closed) each.send({ type: 'FAILURE_EVENT', Status: NEW_SESSION });
      clock.advance(1);
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 30]);
  });

  it('continues to query while no side can be reached', () => {
    const { clock, link, pair } = taken(({ a, b }) => {
      a.reachable = b.reachable = 'refused';
    });
    clock.advance(10 * MINUTE);
    assert.ok(pair.dialed.length > 20);
    pair.b.reachable = 'yes';
    clock.advance(MINUTE);
    assert.equal(link.info.side, 'B');
  });

  it('leaves nothing open when it is stopped during a query', async () => {
    const { clock, link, pair } = taken();
    clock.advance(20_001);
    const stopped = link.stop();
    clock.advance(10_000);
    await stopped;
    assert.equal(pair.a.last.of('CLOSE_REQ').length, 1);
    assert.equal(clock.pending, 0);
  });
});
