/** One site with everything twice: a nats-server, two `ctios-server` processes, two Node-REDs of one group, and a CRM. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/common/clock.js';
import { Simulator } from '../../src/simulator/index.js';
import { NatsEngine } from '../../src/stream/index.js';
import { NodeRedProcess } from '../node-red-process.js';
import { PopReceiver } from './crm.js';
import { NatsServer } from './nats-server.js';
import { CuttableProxy } from './proxy.js';
import { ServerProcess } from './server-process.js';
import { type PlacedCall, Story } from './story.js';

const AGENTS = 20;
export const GROUP = 'screen-pop';

/** A server and its way to NATS. */
export interface Side {
  readonly name: string;
  readonly proxy: CuttableProxy;
  server: ServerProcess;
}

/** The ports of its parts, and the flows of its Node-RED instances. Default: free ports, pops to the CRM. */
export interface WorldOptions {
  readonly natsPort?: number;
  readonly crmPort?: number;
  readonly nodeRedPorts?: readonly [number, number];
  /** @returns the flow for these addresses */
  readonly flow?: (nats: string, crm: string) => object[];
}

export class World {
  readonly nats: NatsServer;
  readonly crm = new PopReceiver();
  readonly story = new Story();
  readonly placed: PlacedCall[] = [];
  readonly sides: Side[] = [];
  readonly nodeReds: NodeRedProcess[] = [];
  #simulator = new Simulator({ agents: AGENTS, traffic: 'off', automatic: false });
  #ctiPort = 0;
  #reader!: NatsEngine;
  #read = 0;
  readonly #folders: string[] = [];

  constructor(private readonly options: WorldOptions = {}) {
    this.nats = new NatsServer('', options.natsPort);
  }

  async start(): Promise<void> {
    await this.nats.start();
    this.#ctiPort = (await this.#simulator.start()).portA;
    for (let n = 1; n <= AGENTS; n++) this.#simulator.run('loginAgent', { agent: String(1000 + n) });
    this.#allAvailable();
    for (const name of ['side-a', 'side-b']) {
      const proxy = await new CuttableProxy(() => this.nats.port).start();
      this.sides.push({ name, proxy, server: await this.#server(name, proxy) });
    }
    await Promise.race(this.sides.map(({ server }) => server.logged('stream leader')));
    await this.#follow();
    const crm = await this.crm.start(this.options.crmPort);
    const flow = this.options.flow ?? flowTo;
    for (const index of [0, 1]) {
      const userDir = mkdtempSync(join(tmpdir(), 'ctios-ha-'));
      this.#folders.push(userDir);
      writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow(this.nats.url, crm)));
      this.nodeReds.push(await this.#nodeRed(index));
    }
    await this.until('a Node-RED works', async () => (await this.worker()) !== undefined);
  }

  async stop(): Promise<void> {
    await this.#reader?.close();
    for (const nodeRed of this.nodeReds) await nodeRed.kill();
    for (const { server, proxy } of this.sides) {
      server.kill('SIGKILL');
      await proxy.stop();
    }
    await this.#simulator.stop();
    await this.crm.stop();
    await this.nats.remove();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  /** A caller calls and hangs up after a while. */
  async call(patienceMs: number): Promise<void> {
    const from = `4155${String(550000 + this.placed.length)}`;
    const at = Date.now();
    const { call } = this.#simulator.run('placeCall', { from, to: '8001' }) as { call: number };
    this.placed.push({ id: call, from, at });
    await sleep(patienceMs);
    this.#simulator.run('hangUp', { call });
    this.#allAvailable();
  }

  /** A call that no agent can take causes no event, so agents become available again after each call. */
  #allAvailable(): void {
    for (let n = 1; n <= AGENTS; n++) {
      try {
        this.#simulator.run('setAgentState', { agent: String(1000 + n), state: 'Available' });
      } catch {
        // At the phone.
      }
    }
  }

  get leader(): Side | undefined {
    return this.sides.find(({ server }) => server.running && server.leads);
  }

  /** Index of the Node-RED that holds the lease of the group. */
  async worker(): Promise<number | undefined> {
    const holder = (await this.#reader.leases.get(`group.${GROUP}`).catch(() => undefined))?.value;
    const pid = Number(/\/(\d+) /.exec(holder ?? '')?.[1]);
    const index = this.nodeReds.findIndex((nodeRed) => nodeRed.pid === pid);
    return index < 0 ? undefined : index;
  }

  async restartServer(side: Side): Promise<void> {
    side.server = await this.#server(side.name, side.proxy);
  }

  async restartNodeRed(index: number): Promise<void> {
    this.nodeReds[index] = await this.#nodeRed(index);
  }

  /** Everything that was published has been read here, and the CRM has received all of its pops. */
  async settled(): Promise<void> {
    await this.until('all calls have ended', () => this.story.judge(this.placed).unended === 0).catch(() => {});
    await this.until('the stream is read', async () => {
      const last = await this.#reader.log.last().catch(() => undefined);
      return last !== undefined && last.sequence === this.#read;
    });
    await this.until('the pops have arrived', () => {
      const { rang } = this.story.judge(this.placed);
      return this.placed.every(({ id, from }) => !rang.has(id) || this.crm.pops.has(from));
    }).catch(() => {});
  }

  /** @throws Error with its description if it is not met within a minute */
  async until(what: string, fulfilled: () => Promise<boolean> | boolean): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) if (await fulfilled()) return;
    throw new Error(`not within a minute: ${what}`);
  }

  #nodeRed(index: number): Promise<NodeRedProcess> {
    const port = this.options.nodeRedPorts?.[index];
    return NodeRedProcess.start({ userDir: this.#folders[index]!, ...(port === undefined ? {} : { port }) });
  }

  #server(name: string, { url }: CuttableProxy): Promise<ServerProcess> {
    return new ServerProcess(name, this.#ctiPort, url).started();
  }

  async #follow(): Promise<void> {
    const engine = new NatsEngine({ servers: [this.nats.url], site: 'site', name: 'check' }, systemClock, () => {});
    this.#reader = engine;
    engine.start();
    await this.until('the check is connected', () => engine.connected);
    let made = 0;
    const read = async (): Promise<void> => {
      const name = `check_${++made}`;
      await engine.consumers.create(name, this.#read + 1);
      await engine.consumers.consume(
        name,
        (record) => {
          if (record.sequence !== this.#read + 1) return;
          this.#read++;
          this.story.record(record);
        },
        () => {},
      );
    };
    await read();
    engine.onConnected((connected) => {
      if (connected) void read().catch(() => {});
    });
  }
}

/** Each contact pops in the CRM. */
function flowTo(nats: string, crm: string): object[] {
  const node = (id: string, type: string, more: object) => ({ id, z: 'tab', type, x: 0, y: 0, wires: [], ...more });
  return [
    { id: 'tab', type: 'tab', label: 'high availability' },
    { id: 'session', type: 'ctios-session', connect: 'nats', natsServers: nats, natsGroup: GROUP },
    node('pop', 'ctios-screen-pop', { session: 'session', wires: [['post'], []] }),
    node('post', 'http request', { method: 'POST', ret: 'txt', url: crm, wires: [[]] }),
  ];
}
