/**
 * Two Node-RED instances that share a queue on a real nats-server: one is killed with SIGKILL while it makes
 * deliveries, and the other one takes over.
 */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostileReceiver } from '../../scripts/delivery-check/hostile-receiver.js';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { NodeRedProcess } from '../../scripts/node-red-process.js';
import { systemClock } from '../../src/common/clock.js';
import { seededRandom } from '../../src/common/random.js';
import { NatsEngine } from '../../src/stream/index.js';
import { needsNatsServer } from '../stream/needs-nats-server.js';

const JOURNEYS = 10;
const EACH = 12;

interface Listed {
  readonly queues: readonly {
    readonly waiting: number;
    readonly sent: number;
    readonly givenUp: number;
    readonly place?: string;
  }[];
  readonly deliveries: readonly { readonly key: string }[];
}

describe('deliveries shared by two Node-RED instances', function () {
  this.timeout(180_000);
  const userDirs: string[] = [];
  const nodeReds: NodeRedProcess[] = [];
  let nats: NatsServer;
  let engine: NatsEngine;
  let receiver: HostileReceiver;

  before(async function () {
    needsNatsServer(this);
    nats = await new NatsServer().start();
    const create = { replicas: 1, maxAgeMs: 3_600_000 };
    engine = new NatsEngine({ servers: [nats.url], site: 'site', name: 'server', create }, systemClock, () => {});
    const connected = new Promise<void>((resolve) => void engine.onConnected(() => resolve()));
    engine.start();
    await connected;
    receiver = new HostileReceiver(seededRandom(5));
  });
  after(async () => {
    for (const each of nodeReds) await each.kill();
    await receiver?.stop();
    await engine?.close();
    await nats?.remove();
    for (const each of userDirs) rmSync(each, { recursive: true, force: true });
  });

  async function nodeRed(flow: object[]): Promise<NodeRedProcess> {
    const userDir = mkdtempSync(join(tmpdir(), 'ctios-takeover-'));
    userDirs.push(userDir);
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    const started = await NodeRedProcess.start({ userDir });
    nodeReds.push(started);
    return started;
  }

  it('are all made in order by the other instance when the one that makes them is killed', async () => {
    const flow = flowTo(await receiver.start(), nats.url);
    const first = await nodeRed(flow);
    // It acquires the lease before the other one starts.
    while ((await engine.leases.get('group.node-red.deliveries')) === undefined) await turn();
    const second = await nodeRed(flow);
    const accepted = new Set<string>();
    await Promise.all(
      Array.from({ length: JOURNEYS }, async (_, index) => {
        for (let each = 0; each < EACH; each++) {
          const n = index + each * JOURNEYS;
          const key = `j${index}.${n}`;
          if (!(await give(first, { key, journey: `j${index}`, n }))) return;
          accepted.add(key);
        }
      }),
    );
    while (receiver.records.size < JOURNEYS) await turn();
    const recordedBefore = receiver.records.size;
    await first.kill();
    assert.ok(recordedBefore < accepted.size, 'all were made before the kill');
    const givenUp = await drained(second, accepted.size);
    const recorded = new Set([...receiver.records.values()].map(({ key }) => key));
    const lost = [...accepted].filter((key) => !recorded.has(key) && !givenUp.has(key));
    assert.deepEqual(
      { accepted: accepted.size, lost, doubled: receiver.doubled, outOfOrder: receiver.outOfOrder },
      { accepted: JOURNEYS * EACH, lost: [], doubled: 0, outOfOrder: 0 },
    );
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function give(nodeRed: NodeRedProcess, payload: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(nodeRed.at('give'), { method: 'POST', headers, body: JSON.stringify(payload) });
  return response.ok;
}

/** Waits until it knows all deliveries and none is waiting. @returns the deliveries that were given up */
async function drained(nodeRed: NodeRedProcess, all: number): Promise<Set<string>> {
  for (;;) {
    const { queues } = await nodeRed.json<Listed>('ctios/deliveries');
    const { waiting = 0, sent = 0, givenUp = 0 } = queues.find(({ place }) => place === 'site/node-red') ?? {};
    if (waiting === 0 && sent + givenUp === all) break;
    await turn();
  }
  const { deliveries } = await nodeRed.json<Listed>('ctios/deliveries?state=givenUp');
  return new Set(deliveries.map(({ key }) => key));
}

/** A request is answered when the webhook node has completed the message. */
function flowTo(url: string, natsServers: string): object[] {
  const node = (id: string, type: string, more: object) => ({ id, z: 'tab', type, x: 0, y: 0, wires: [], ...more });
  return [
    { id: 'tab', type: 'tab', label: 'takeover' },
    { id: 'session', type: 'ctios-session', connect: 'nats', natsServers, natsSite: 'site', natsGroup: 'node-red' },
    node('in', 'http in', { url: '/give', method: 'post', wires: [['webhook']] }),
    node('webhook', 'ctios-webhook', {
      ...{ url, urlType: 'str', key: 'payload.key', keyType: 'msg', store: 'stream', session: 'session' },
      ...{ firstDelay: 0.05, maxDelay: 0.5, timeout: 5, parallel: 1, wires: [[], []] },
    }),
    node('complete', 'complete', { scope: ['webhook'], wires: [['out']] }),
    node('failed', 'catch', { scope: ['webhook'], wires: [['refused']] }),
    node('out', 'http response', { statusCode: '200' }),
    node('refused', 'http response', { statusCode: '503' }),
  ];
}
