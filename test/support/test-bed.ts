/**
 * All three tiers in one process on one virtual clock: the simulated contact center, one or two CTI OS Servers, and
 * sessions of the client library. Faults are injected with the simulator's own commands, in the streams of the links,
 * and in the network between sessions and servers.
 */
import { type CilEvent, Session, type SessionOptions } from '../../src/cil/index.js';
import type { ByteStream, Dial } from '../../src/common/network/byte-stream.js';
import { memoryPipe } from '../../src/common/network/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args } from '../../src/ctios/index.js';
import {
  type CtiLink,
  memoryConnector,
  type ObjectServer,
  type ObjectServerRequester,
  type ObjectServerSettings,
  type Publication,
  type RequestResult,
} from '../../src/server/index.js';
import { Simulator, type SimulatorOptions, siteProfiles } from '../../src/simulator/index.js';
import { type Cable, cableTo } from './cable.js';
import { ServerTier } from './server-tier.js';
import { transport } from './wire.js';

/**
 * How a session connects to the servers: to the first one within this process, or to both over a network that can be
 * interrupted.
 */
export type Access = 'in process' | 'remote';

/** Options of the simulator, which by default has eight agents, no traffic, and agents controlled only by the test. */
export interface TestBedOptions extends Omit<SimulatorOptions, 'clock' | 'listen'> {
  /** How `session` connects to the servers; `remote` creates two servers. Default in process. */
  access?: Access;
  /** The latency between a remote session and a server in memory, in milliseconds. Default 1. */
  latencyMs?: number;
  /** Protocol version of the links, instead of negotiating it; 23 has no standby. */
  protocolVersion?: number;
  /** Settings of the object servers. */
  settings?: Partial<ObjectServerSettings>;
  observer?: TestBedObserver;
}

/** Observes the first server: its connections to the CTI Server, and what clients request of it. */
export interface TestBedObserver {
  dial?(dial: Dial, clock: VirtualClock): Dial;
  server?(server: ObjectServer, clock: VirtualClock): ObjectServer;
}

export const MONITOR: ObjectServerRequester = { clientId: 'monitor', mode: 'monitor' };

export class TestBed {
  readonly clock = new VirtualClock();
  readonly simulator: Simulator;
  readonly session: Session;
  /** Events and errors of `session`. */
  readonly events: CilEvent[] = [];
  readonly errors: unknown[] = [];
  /** What the first server has published. */
  readonly published: Publication[] = [];
  /** Streams of the links, newest last, by side. */
  readonly streams: { A: ByteStream[]; B: ByteStream[] } = { A: [], B: [] };
  /** Sides that refuse connections. */
  readonly refusing = new Set<'A' | 'B'>();
  /** The cables between remote sessions and the two servers, side A first. */
  readonly network: readonly Cable[];
  readonly #tiers: readonly ServerTier[];
  readonly #cables: readonly Cable[];
  readonly #sessions: Session[] = [];

  constructor(options: TestBedOptions = {}) {
    const { access = 'in process', latencyMs = 1, protocolVersion, settings, observer, ...simulator } = options;
    this.simulator = new Simulator({
      agents: 8,
      seed: 7,
      traffic: 'off',
      automatic: false,
      ...simulator,
      clock: this.clock,
      listen: false,
    });
    const { charset } = siteProfiles[options.profile ?? 'standard'];
    const link = { charset, ...(protocolVersion !== undefined && { protocolVersion }) };
    const tier = (name: string, observed?: TestBedObserver) =>
      new ServerTier({
        name,
        clock: this.clock,
        dial: observed?.dial?.(this.#dial, this.clock) ?? this.#dial,
        sides: { A: { host: 'A', port: 1 }, B: { host: 'B', port: 2 } },
        link,
        ...(settings && { settings }),
        wrap: (server) => observed?.server?.(server, this.clock) ?? server,
      });
    this.#tiers = [tier('server-a', observer), ...(access === 'remote' ? [tier('server-b')] : [])];
    this.#cables = this.#tiers.map(({ clients, name }) => cableTo(clients, this.clock, name, latencyMs));
    this.network = access === 'remote' ? this.#cables : [];
    this.server.subscribe((publication) => this.published.push(publication));
    this.session = this.newSession(access);
    this.session.subscribe('AllInOne', (event) => this.events.push(event));
    this.session.onError((error) => this.errors.push(error));
  }

  static async open(options: TestBedOptions = {}): Promise<TestBed> {
    const bed = new TestBed(options);
    await bed.open();
    return bed;
  }

  get link(): CtiLink {
    return this.#tiers[0]!.link;
  }

  /** The objects of the first server. */
  get server(): ObjectServer {
    return this.#tiers[0]!.objects;
  }

  /** Starts everything, and lets the links and `session` connect. */
  async open(): Promise<void> {
    await this.simulator.start();
    for (const cable of this.#cables) await cable.start();
    for (const { link } of this.#tiers) link.start();
    this.session.connect();
    await this.run(2_000);
  }

  async close(): Promise<void> {
    const closed = Promise.all(this.#sessions.map((session) => session.disconnect()));
    await this.run(1_000);
    await closed;
    for (const tier of this.#tiers) await this.settle(tier.stop(), 10_000);
    for (const cable of this.#cables) await cable.stop();
    await this.simulator.stop();
  }

  /** Another session, already connecting, with separate events. */
  another(access: Access = 'in process', options: Partial<SessionOptions> = {}): Session {
    const session = this.newSession(access, options);
    session.connect();
    return session;
  }

  /** Another session that is not connected yet. */
  newSession(access: Access = 'in process', options: Partial<SessionOptions> = {}): Session {
    const session = new Session({
      ...this.way(access),
      ...options,
    });
    this.#sessions.push(session);
    return session;
  }

  /** The connection options for a session that a test creates itself. */
  way(access: Access): Pick<SessionOptions, 'connectors' | 'heartbeatMs' | 'clock' | 'random'> {
    return { ...this.#way(access), clock: this.clock, random: { next: () => 0.25 } };
  }

  #way(access: Access): Pick<SessionOptions, 'connectors' | 'heartbeatMs'> {
    const [first, second] = this.#cables as [Cable, Cable | undefined];
    if (access === 'remote')
      return { connectors: second === undefined ? [first] : [first, second], heartbeatMs: 5_000 };
    const grants = { allowMonitorControl: true };
    const connector = transport() === 'in memory' ? memoryConnector(this.#tiers[0]!.clients, grants) : first;
    return { connectors: [connector], heartbeatMs: 0 };
  }

  /** Advances virtual time by `ms`, and runs everything that promises, mailboxes and the network do meanwhile. */
  async run(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.#turns();
    while (await this.#nextTimer(until));
    this.clock.runUntil(until);
    await this.#turns();
  }

  /** A promise's outcome, after `ms` of virtual time. */
  async settle<T>(promise: Promise<T>, ms = 20_000): Promise<T> {
    promise.catch(() => {});
    await this.run(ms);
    return promise;
  }

  /** A promise's outcome, as soon as there is one. */
  async until<T>(promise: Promise<T>, ms = 60_000): Promise<T> {
    let pending = true;
    const settled = () => {
      pending = false;
    };
    promise.then(settled, settled);
    const until = this.clock.now() + ms;
    await this.#turns();
    while (pending) {
      if (!(await this.#nextTimer(until))) throw new Error(`The promise did not settle within ${ms} ms.`);
    }
    return promise;
  }

  /** Runs the next due timer. @returns false if none is due by then */
  async #nextTimer(until: number): Promise<boolean> {
    const { next } = this.clock;
    if (next === undefined || next > until) return false;
    this.clock.runUntil(Math.max(next, this.clock.now()));
    await this.#turns();
    return true;
  }

  /** Mailboxes and promises pass on messages in turns of the event loop; a network takes an arbitrary time. */
  async #turns(): Promise<void> {
    await turns();
    const wires = this.#cables.flatMap(({ wire }) => wire ?? []);
    const moved = () => wires.reduce((sum, wire) => sum + wire.moved, 0);
    for (let before = -1; wires.length > 0 && before !== moved(); ) {
      before = moved();
      for (const wire of wires) await wire.quiet();
      this.clock.advance(0);
      await turns();
    }
  }

  /** A request to the objects of the first server, without a session. */
  request(
    name: string,
    target: string | undefined,
    args: Args = {},
    from: ObjectServerRequester = MONITOR,
  ): Promise<RequestResult> {
    return this.until(new Promise((resolve) => this.server.request(from, name, target, args, 15_000, resolve)));
  }

  /** Names and statuses of what was published about an object, in order, without media events. */
  publishedOf(objectId: string): string[] {
    return this.published
      .filter((each) => each.args.UniqueObjectID === objectId && !each.event.startsWith('OnCallRTP'))
      .map((each) => (each.args.CallStatus === undefined ? each.event : `${each.event} ${each.args.CallStatus}`));
  }

  /** Every party of every call hangs up. */
  hangUpAll(): void {
    for (const call of [...this.simulator.center.calls()]) this.hangUp(call);
  }

  /** All parties of the call hang up, one after the other. */
  hangUp({ peripheralId, callId }: { peripheralId: number; callId: number }): void {
    for (let left = 16; left > 0; left--) {
      const party = this.simulator.center.call(peripheralId, callId)?.connections[0];
      if (party === undefined) return;
      this.simulator.center.hangUp(peripheralId, callId, party.deviceId);
    }
  }

  readonly #dial: Dial = ({ host }, opened, failed) => {
    const side = host as 'A' | 'B';
    const timer = this.clock.after(0, () => {
      if (this.refusing.has(side) || !this.#running(side)) {
        failed(new Error(`connect ECONNREFUSED side ${side}`));
        return;
      }
      const [client, server] = memoryPipe(this.clock, ['link', `side ${side}`]);
      this.streams[side].push(client);
      this.simulator.accept(server, side);
      opened(client);
    });
    return () => timer.cancel();
  };

  #running(side: 'A' | 'B'): boolean {
    return this.simulator.run('status').sides.some((each) => each.side === side && each.running);
  }
}

/** A request and its response cross four turns of the event loop. */
async function turns(): Promise<void> {
  for (let n = 0; n < 4; n++) await new Promise<void>((resolve) => setImmediate(resolve));
}
