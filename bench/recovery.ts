/**
 * How soon the objects are right again: a contact center full of calls loses its link, and from OPEN_CONF of the next
 * session until the gap is reported everything is asked for and compared, over real sockets. The contact center's own
 * clock stands still meanwhile, so that nothing else happens.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../src/common/clock.js';
import { socketDial } from '../src/common/net-stream.js';
import { memoryPipe } from '../src/common/pipe.js';
import { VirtualClock } from '../src/common/virtual-clock.js';
import { createLink, createObjectServer } from '../src/server/index.js';
import { Simulator } from '../src/simulator/index.js';
import type { Bench, BenchCase } from './run/bench-case.js';
import type { BenchRow } from './run/row.js';
import { within } from './run/waits.js';

const MIB = 1024 * 1024;

// A heap is comparable only after a collection, which has to be asked for.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export const recoveryCases: readonly BenchCase[] = [
  {
    name: 'recovery-2000',
    about: '2,000 agents and 1,800 calls: a broken link until the gap is reported',
    run: (bench) => recover(bench, 2_000, 1_800, 6),
  },
  {
    name: 'recovery-24000',
    about: '24,000 agents and 10,000 calls: a broken link until the gap is reported',
    run: (bench) => recover(bench, 24_000, 10_000, 2),
  },
  { name: 'hand-off', about: 'maintenance of the active side while callers ring', run: async () => [await handOff()] },
];

async function recover(bench: Bench, agents: number, calls: number, failovers: number): Promise<BenchRow[]> {
  const title = `${agents.toLocaleString('en-US')} agents, ${calls.toLocaleString('en-US')} calls`;
  const { simulator, clock } = busyCenter(agents, calls);
  const { host, portA, portB } = await simulator.start();
  bench.after(() => simulator.stop());
  const link = createLink({
    sides: { A: { host, port: portA }, B: { host, port: portB } },
    dial: socketDial(),
    clock: systemClock,
    random: { next: () => 0 },
    clientId: 'bench',
    protocolVersion: 23,
  });
  const server = createObjectServer({ link, clock: systemClock, settings: { peripheralId: 5000 } });
  let upAt = 0;
  let firstUp = () => {};
  const objects = link.onUp;
  link.onUp = (event) => {
    upAt = performance.now();
    objects(event);
    firstUp();
  };
  let reconciled: (() => void) | undefined;
  server.subscribe(({ event }) => {
    if (event === 'OnConnectionGap') reconciled?.();
  });
  const gap = () => {
    const reported = new Promise<void>((resolve) => {
      reconciled = resolve;
    });
    return () => within(`the gap reported (${title})`, reported);
  };

  let first = gap();
  link.start();
  // The first connection has no gap to report: it is broken as soon as it is up, and the second one is the measure.
  const up = new Promise<void>((resolve) => {
    firstUp = () => setImmediate(resolve);
  });
  await within('the first session with the CTI Server', up);
  const found: number[] = [];
  const switched: number[] = [];
  const heaps: number[] = [];
  for (let n = 0; n < failovers; n++) {
    const broken = performance.now();
    simulator.run('breakLink', { how: 'close' });
    clock.advance(0);
    await first();
    found.push(performance.now() - upAt);
    switched.push(upAt - broken);
    heaps.push(heapUsed());
    first = gap();
  }
  const snapshot = [...server.snapshot()].filter(({ event }) => event === 'OnSnapshotCallConf').length;
  await within('the end of the link', link.stop());
  return [
    { what: `${title}: from OPEN_CONF to reconciled`, figure: `${(median(found) / 1_000).toFixed(2)} s` },
    { what: `${title}: from a closed socket to OPEN_CONF`, figure: `${median(switched).toFixed(1)} ms` },
    {
      what: `${title}: heap after failover ${failovers}, simulator included`,
      figure: `${Math.round(heaps.at(-1)! / MIB)} MiB`,
      ratio: { to: 'after failover 1', value: heaps.at(-1)! / heaps[0]! },
    },
    { what: `${title}: calls in the server's snapshot`, figure: snapshot.toLocaleString('en-US') },
  ];
}

/** Maintenance of the active side while callers ring, on a virtual clock: what was told below, and what arrived above. */
async function handOff(): Promise<BenchRow> {
  const clock = new VirtualClock();
  const simulator = new Simulator({ clock, agents: 200, traffic: 'rush', listen: false });
  const link = createLink({
    sides: { A: { host: 'A', port: 1 }, B: { host: 'B', port: 2 } },
    dial: ({ host }, opened) => {
      const timer = clock.after(0, () => {
        const [client, server] = memoryPipe(clock);
        simulator.accept(server, host as 'A' | 'B');
        opened(client);
      });
      return () => timer.cancel();
    },
    clock,
    random: { next: () => 0 },
    clientId: 'bench',
    protocolVersion: 24,
  });
  let arrived = 0;
  let told = 0;
  let counting = false;
  link.onMessage = ({ type }) => {
    if (counting && type === 'BEGIN_CALL_EVENT') arrived++;
  };
  simulator.center.listen(({ kind, ...event }) => {
    if (counting && kind === 'callBegin' && 'views' in event) {
      told += event.views.filter((view) => view.kind === 'agentPhone').length;
    }
  });
  await simulator.start();
  link.start();
  clock.advance(60_000);
  counting = true;
  simulator.run('maintenance');
  clock.advance(5 * 60_000);
  counting = false;
  return {
    what: `hand-off at protocol 24, to side ${link.up?.side}: calls begun, and of these lost`,
    figure: `${told}, ${told - arrived}`,
  };
}

/** Everybody is logged in, and so many callers talk. */
function busyCenter(agents: number, calls: number): { simulator: Simulator; clock: VirtualClock } {
  const clock = new VirtualClock();
  const simulator = new Simulator({ clock, agents, traffic: 'off', automatic: false });
  const ids = [...simulator.center.agents()].map(({ agentId }) => agentId).slice(0, agents);
  for (const agent of ids) {
    simulator.run('loginAgent', { agent });
    simulator.run('setAgentState', { agent, state: 'Available' });
  }
  const lines = ['8001', '8002', '8003'];
  for (let n = 0; n < calls; n++) {
    simulator.run('placeCall', {
      to: lines[n % lines.length]!,
      from: String(2_065_000_000 + n),
      data: { CallVariable1: `A-${n}` },
    });
  }
  clock.advance(10_000);
  for (const agent of ids) {
    if (simulator.center.agent(5000, agent)?.state === 8) simulator.run('answer', { agent });
  }
  clock.advance(1_000);
  return { simulator, clock };
}

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
