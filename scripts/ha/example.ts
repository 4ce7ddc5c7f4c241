/**
 * `npm run example:ha`: example 11 with everything it needs, twice: a nats-server, a simulated contact center with two
 * `ctios-server`s, two Node-REDs of one group, and a mock CRM. It prints what to kill, and counts the results.
 *
 *   node dist/scripts/ha/example.js [--free-ports] [--every 1500]
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CATALOG } from '../examples/catalog.js';
import { CRM_URL, GROUP, NATS_URL } from '../examples/flows/two-node-reds.js';
import { ROOT } from '../node-red-process.js';
import { figures } from './check.js';
import { hasNatsServer } from './nats-server.js';
import { World, type WorldOptions } from './world.js';

/** From the call until the caller hangs up, in milliseconds. */
const CALL_MS = 6_000;
/** The delay before a killed process is started again, in milliseconds. */
const RESTART_MS = 10_000;
/** Set in the process that does the work. */
const OWN_GROUP = 'CTIOS_EXAMPLE_HA';
const NODE_RED_PORTS = [1881, 1882] as const;

const portOf = (url: string): number => Number(new URL(url).port);

/** The example's flow, with other addresses. */
function flow(nats: string, crm: string): object[] {
  const file = join(ROOT, 'examples', `${CATALOG.twoNodeReds.label}.json`);
  return JSON.parse(readFileSync(file, 'utf8').replaceAll(NATS_URL, nats).replaceAll(CRM_URL, crm)) as object[];
}

const FIXED: WorldOptions = {
  natsPort: portOf(NATS_URL),
  crmPort: portOf(CRM_URL),
  nodeRedPorts: NODE_RED_PORTS,
};

class Example {
  #shown = '';
  #over = false;
  readonly #restarting = new Set<string>();

  constructor(private readonly world: World) {}

  /** Calls, and repairs, until it is over. */
  async run(everyMs: number): Promise<void> {
    const calls: Promise<void>[] = [];
    while (!this.#over) {
      calls.push(this.world.call(CALL_MS));
      this.#repair();
      await this.#show();
      await sleep(everyMs);
    }
    await Promise.all(calls);
    await this.world.settled();
  }

  end(): void {
    this.#over = true;
  }

  /** Everything that can be killed: what it is, whether it runs, and how it starts again. */
  #parts() {
    const { nats, sides, nodeReds } = this.world;
    return [
      { name: 'nats-server', part: nats, restart: () => nats.start() },
      ...sides.map((side) => ({
        name: `ctios-server ${side.name}`,
        part: side.server,
        restart: () => this.world.restartServer(side),
      })),
      ...nodeReds.map((part, index) => ({
        name: `Node-RED ${index + 1}  ${part.url}`,
        part,
        restart: () => this.world.restartNodeRed(index),
      })),
    ];
  }

  #repair(): void {
    for (const { name, part, restart } of this.#parts()) {
      if (part.running || this.#restarting.has(name)) continue;
      this.#restarting.add(name);
      console.log(`\n${name} was killed; it is started again in ${RESTART_MS / 1_000} s.`);
      void sleep(RESTART_MS)
        .then(async () => {
          if (!this.#over) await restart();
        })
        .catch((error: Error) => console.error(`${name} does not start again: ${error.message}`))
        .finally(() => this.#restarting.delete(name));
    }
  }

  async #show(): Promise<void> {
    const worker = await this.world.worker();
    const leader = this.world.leader;
    const lines = this.#parts().map(({ name, part }) => {
      const busy = part === leader?.server || (worker !== undefined && part === this.world.nodeReds[worker]);
      const does = name.startsWith('Node-RED') ? 'works' : 'leads';
      const state = busy ? does : '';
      return part.running ? `  ${name.padEnd(38)}${state.padEnd(8)}kill -9 ${part.pid}` : `  ${name.padEnd(38)}is down`;
    });
    const shown = lines.join('\n');
    if (shown !== this.#shown) console.log(`\n${shown}`);
    this.#shown = shown;
    const { calls, doubled, repeated, gaps } = figures(this.world);
    const { size } = this.world.crm.pops;
    const counts = `${calls} calls, ${size} contacts in the CRM, ${doubled} doubled, ${repeated} sent again, ${gaps} gaps`;
    if (process.stdout.isTTY) process.stdout.write(`\r  ${counts}`);
  }
}

/**
 * Ctrl-C in a terminal signals every process of the group. In a separate group, the example can shut down in order while
 * the processes that it started are still running.
 */
function runInOwnGroup(): void {
  const child = spawn(process.execPath, [__filename, ...process.argv.slice(2)], {
    detached: true,
    env: { ...process.env, [OWN_GROUP]: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'free-ports': { type: 'boolean', default: false }, every: { type: 'string', default: '1500' } },
  });
  if (!hasNatsServer) throw new Error('nats-server is not installed (Debian: apt install nats-server)');
  console.log(`Starting the group "${GROUP}" …`);
  const world = new World({ flow, ...(values['free-ports'] ? {} : FIXED) });
  try {
    await world.start();
    const example = new Example(world);
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => example.end());
    console.log(`The CRM: ${world.crm.url}   Kill what you like; Ctrl-C ends it.`);
    await example.run(Number(values.every));
    const { lost, doubled, ...rest } = figures(world);
    console.log(`\n${JSON.stringify({ ...rest, pops: world.crm.pops.size, lost, doubled })}`);
    process.exitCode = lost + doubled === 0 ? 0 : 1;
  } finally {
    await world.stop();
    process.disconnect?.();
  }
}

if (process.env[OWN_GROUP] === undefined) runInOwnGroup();
else
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
