/** A group of readers of an event stream: after a failure, the last events are read again. */
import { strict as assert } from 'node:assert';
import { Session } from '../../src/cil/index.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Mask } from '../../src/ctios/mask.js';
import type { Args } from '../../src/ctios/transport.js';
import {
  type Ended,
  type LedgerEntry,
  type Pop,
  ScreenPop,
  type Update,
  VisitLedger,
} from '../../src/screenpop/index.js';
import { GroupReader } from '../../src/stream/index.js';
import { StreamPublisher } from '../../src/stream/publisher.js';
import { FakeServer } from '../stream/fake-server.js';
import { MemoryBroker } from '../stream/memory-engine.js';
import { pass, settled } from '../stream/pass.js';

const CALL: Args = { ICMEnterpriseUniqueID: 'icm.1.1', CallType: 2, ANI: '2065550101', DeviceID: '2001' };
const AGENT = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001', AgentState: 3 };

/** The journal of visits on one machine. */
class Disk {
  readonly written: LedgerEntry[] = [];

  ledger(): VisitLedger {
    const ledger = new VisitLedger((entry) => this.written.push(entry));
    ledger.restore([...this.written]);
    return ledger;
  }
}

describe('the key of a visit whose events are read again from an event stream', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;
  let server: FakeServer;
  const sessions: Session[] = [];

  beforeEach(async () => {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
    server = new FakeServer();
    const [engine, mask] = [broker.connect(), new Mask()];
    new StreamPublisher({ engine, server, site: 'site', name: 'a', clock, mask, report: () => {} }).start();
    await pass(clock, 500);
  });

  afterEach(async () => {
    const ended = Promise.all(sessions.splice(0).map((session) => session.disconnect()));
    await pass(clock, 6_000);
    await ended;
  });

  /** A Node-RED of the group, on the machine with this disk. */
  function nodeRed(name: string, disk: Disk) {
    const engine = broker.connect();
    const reader = new GroupReader({ engine, site: 'site', group: 'group', name, clock });
    const session = new Session({
      connectors: [reader.connector({ allowMonitorControl: true })],
      clock,
      heartbeatMs: 0,
      connectMs: 2 ** 31 - 1,
    });
    sessions.push(session);
    const outputs: Array<Pop | Update | Ended> = [];
    const pop = new ScreenPop(
      {},
      { clock, ledger: disk.ledger(), rereads: true, findAgent: () => ({ properties: () => AGENT }) },
    );
    pop.attach(({ body }) => outputs.push(body));
    for (const interfaceName of ['ICallEvents', 'IAgentEvents'] as const)
      session.subscribe(interfaceName, (event) => pop.handle(event));
    session.onStatus(({ state, mode }) => reader.listen(state === 'ready' && mode === 'monitor'));
    reader.start();
    session.connect();
    void session.setMessageFilter('');
    return {
      get story() {
        return outputs.map(
          ({ event, key, time }) => `${event} ${key.split('/').slice(3).join('/') || 1} ${time.slice(14, 19)}`,
        );
      },
      outputs,
      /** It is killed: what it has read in the last second is not acknowledged. */
      kill(): void {
        engine.cut = true;
        pop.dispose();
      },
    };
  }

  /** The agent's phone rings, is answered and the call ends, each 100 ms after the previous. */
  async function visit(): Promise<void> {
    server.begin('100', CALL);
    server.change('100', 'OnCallDelivered', { CallStatus: 2 });
    await pass(clock, 100);
    server.change('100', 'OnCallEstablished', { CallStatus: 3 });
    await pass(clock, 100);
    server.end('100');
    await settled();
  }

  it('is the same on the same machine if the visit began and ended within that second', async () => {
    const disk = new Disk();
    const before = nodeRed('p', disk);
    await pass(clock, 1_000);
    await visit();
    await pass(clock, 500);
    before.kill();
    const after = nodeRed('p', disk);
    await pass(clock, 7_000);
    assert.equal(before.story.length, 2);
    assert.deepEqual(after.outputs, before.outputs);
  });

  it('is the same on another machine', async () => {
    const before = nodeRed('p', new Disk());
    await pass(clock, 1_000);
    await visit();
    await pass(clock, 500);
    before.kill();
    const after = nodeRed('q', new Disk());
    await pass(clock, 7_000);
    assert.equal(before.story.length, 2);
    assert.deepEqual(after.outputs, before.outputs);
  });

  it('is the same if only the end of the visit is read again', async () => {
    const disk = new Disk();
    const before = nodeRed('p', disk);
    await pass(clock, 1_000);
    server.begin('100', CALL);
    server.change('100', 'OnCallDelivered', { CallStatus: 2 });
    await pass(clock, 3_000);
    server.end('100');
    await pass(clock, 500);
    before.kill();
    const after = nodeRed('p', disk);
    await pass(clock, 7_000);
    assert.deepEqual(
      new Set([...before.outputs, ...after.outputs].map(({ key }) => key)),
      new Set([before.outputs[0]!.key]),
    );
    assert.equal([...disk.ledger().entries()].filter((entry) => 'number' in entry && entry.number > 1).length, 0);
  });

  it('is that of each visit if the switch returned the call in between, and another one for the next visit', async () => {
    const disk = new Disk();
    const before = nodeRed('p', disk);
    await pass(clock, 1_000);
    await visit();
    await visit();
    await pass(clock, 500);
    before.kill();
    const after = nodeRed('p', disk);
    await pass(clock, 7_000);
    assert.equal(new Set(before.outputs.map(({ key }) => key)).size, 2);
    assert.deepEqual(after.outputs, before.outputs);
    await visit();
    assert.equal(new Set(after.outputs.map(({ key }) => key)).size, 3);
  });

  it('comes with the times at which the events occurred', async () => {
    const before = nodeRed('p', new Disk());
    await pass(clock, 1_000);
    before.kill();
    const began = clock.now();
    server.begin('100', CALL);
    server.change('100', 'OnCallDelivered', { CallStatus: 2 });
    await pass(clock, 10_000);
    server.change('100', 'OnCallEstablished', { CallStatus: 3 });
    await pass(clock, 60_000);
    server.end('100');
    await settled();
    const after = nodeRed('q', new Disk());
    await pass(clock, 7_000);
    const [pop, ended] = after.outputs;
    assert.equal(Date.parse(pop!.time), began);
    assert.equal(Date.parse(ended!.time), began + 70_000);
    const { ringSeconds, talkSeconds } = ended as Ended;
    assert.deepEqual([ringSeconds, talkSeconds], [10, 60]);
  });

  for (const hours of [-1, 1])
    it(`comes with the right durations if the publisher's clock is set by ${hours} h during the call`, async () => {
      for (const live of [true, false]) {
        const before = nodeRed('p', new Disk());
        await pass(clock, 1_000);
        if (!live) before.kill();
        server.begin('100', CALL);
        server.change('100', 'OnCallDelivered', { CallStatus: 2 });
        await pass(clock, 10_000);
        clock.setWallClock(clock.now() + hours * 3_600_000);
        server.change('100', 'OnCallEstablished', { CallStatus: 3 });
        await pass(clock, 60_000);
        server.end('100');
        await settled();
        const after = live ? before : nodeRed('q', new Disk());
        await pass(clock, 7_000);
        const { ringSeconds, talkSeconds } = after.outputs.at(-1) as Ended;
        assert.deepEqual([ringSeconds, talkSeconds], [10, 60], `live: ${live}`);
        after.kill();
        await pass(clock, 7_000);
      }
    });
});
