/**
 * All three tiers in one process on one virtual clock: the simulated contact center, the link to its two sides over
 * pipes in memory, the object server, and one CIL session. Faults are played through the simulator's own commands and
 * through the pipes. What the session saw can then be held against what really happened.
 */

import type { CilEvent } from '../../src/cil/index.js';
import { Session, webSocketConnector } from '../../src/cil/index.js';
import type { ByteStream, Dial } from '../../src/common/byte-stream.js';
import { memoryPipe } from '../../src/common/pipe.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Connector } from '../../src/ctios/transport.js';
import {
  type CtiLink,
  createLink,
  createObjectServer,
  type ObjectServer,
  type ObjectServerSettings,
} from '../../src/server/index.js';
import {
  ClientSessions,
  listenForWebSockets,
  memoryConnector,
  type WebSocketListener,
} from '../../src/server/northbound/index.js';
import { Simulator, type SiteProfileName, siteProfiles, type WorldConfig } from '../../src/simulator/index.js';
import { transport, Wire } from '../support/wire.js';
import { RemoteConnector } from './remote-connector.js';

export interface StageOptions {
  agents?: number;
  seed?: number;
  /** How the site of the simulated contact center behaves. */
  profile?: SiteProfileName;
  /** Protocol version to insist upon; 23 has no standby. */
  protocolVersion?: number;
  /** Whether agents log in and serve calls by themselves. */
  automatic?: boolean;
  /** How the session reaches tier 2: in this process, or a pair of servers over a network. Default in process. */
  access?: Access;
  /** Another center than the default one. */
  world?: WorldConfig;
  /** What the first link and its object server go through: a recorder. */
  observer?: StageObserver;
  /** Of the object server, beyond its defaults. */
  settings?: Partial<ObjectServerSettings>;
}

export type Access = 'in process' | 'remote';

/** Sees what passes below and above an object server. */
export interface StageObserver {
  dial(dial: Dial, clock: VirtualClock): Dial;
  server(server: ObjectServer, clock: VirtualClock): ObjectServer;
}

/** Tier 2 once: a link, the objects over it, and their clients. */
interface Tier2 {
  link: CtiLink;
  server: ObjectServer;
  sessions: ClientSessions;
}

export class Stage {
  readonly clock = new VirtualClock();
  readonly simulator: Simulator;
  readonly session: Session;
  readonly events: CilEvent[] = [];
  readonly errors: unknown[] = [];
  /** Streams of the links, newest last, by side. */
  readonly streams: { A: ByteStream[]; B: ByteStream[] } = { A: [], B: [] };
  /** Sides that refuse connections. */
  readonly refusing = new Set<'A' | 'B'>();
  /** The network between the session and the pair of servers, where there is one. */
  readonly network: RemoteConnector[] = [];
  readonly #tiers: Tier2[] = [];
  /** Where the suite runs over a real WebSocket: what is on its way, and who listens. */
  readonly #wire = transport() === 'over WebSocket' ? new Wire() : undefined;
  #listener: WebSocketListener | undefined;

  constructor(options: StageOptions = {}) {
    this.simulator = new Simulator({
      clock: this.clock,
      seed: options.seed ?? 7,
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.world === undefined ? { agents: options.agents ?? 8 } : { world: options.world }),
      traffic: 'off',
      automatic: options.automatic ?? false,
      listen: false,
    });
    const remote = options.access === 'remote';
    for (const clientId of remote ? ['stage-a', 'stage-b'] : ['stage']) {
      const isFirst = this.#tiers.length === 0;
      this.#tiers.push(this.#tier2(clientId, options, isFirst ? options.observer : undefined));
    }
    const [first, second] = this.#tiers;
    if (second !== undefined) {
      this.network.push(
        new RemoteConnector('ws://a', first!.sessions, this.clock),
        new RemoteConnector('ws://b', second.sessions, this.clock),
      );
    }
    this.session = new Session({
      connectors: remote ? [this.network[0]!, this.network[1]!] : [this.#way()],
      clock: this.clock,
      random: { next: () => 0.25 },
      heartbeatMs: remote ? 5_000 : 0,
    });
    this.session.subscribe('AllInOne', (event) => this.events.push(event));
    this.session.onError((error) => this.errors.push(error));
  }

  get link(): CtiLink {
    return this.#tiers[0]!.link;
  }

  /**
   * One more session, in this process over the same link, or, on a remote stage, over the network to the pair of
   * servers. Its events are its own.
   */
  another(access: Access = 'in process'): Session {
    const remote = access === 'remote';
    const session = new Session({
      connectors: remote ? [this.network[0]!, this.network[1]!] : [this.#way()],
      clock: this.clock,
      random: { next: () => 0.25 },
      heartbeatMs: remote ? 5_000 : 0,
    });
    session.connect();
    return session;
  }

  /** From a session to the server. */
  #way(): Connector {
    const wire = this.#wire;
    if (wire === undefined) return memoryConnector(this.#tiers[0]!.sessions, { allowMonitorControl: true });
    return {
      name: 'WebSocket',
      connect: (opened, failed) => wire.connector(webSocketConnector(this.#listener!.url)).connect(opened, failed),
    };
  }

  #tier2(
    clientId: string,
    { protocolVersion, settings, profile }: StageOptions,
    observer: StageObserver | undefined,
  ): Tier2 {
    const link = createLink({
      sides: { A: { host: 'A', port: 1 }, B: { host: 'B', port: 2 } },
      dial: observer?.dial(this.#dial, this.clock) ?? this.#dial,
      clock: this.clock,
      random: { next: () => 0.5 },
      clientId,
      protocolVersion,
      charset: siteProfiles[profile ?? 'standard'].charset,
    });
    const objects = createObjectServer({ link, clock: this.clock, settings: { peripheralId: 5000, ...settings } });
    const server = observer?.server(objects, this.clock) ?? objects;
    return {
      link,
      server,
      sessions: new ClientSessions({ server, clock: this.clock, settings: { heartbeatMs: 0, name: clientId } }),
    };
  }

  async open(): Promise<void> {
    await this.simulator.start();
    const [{ sessions }] = this.#tiers as [Tier2];
    if (this.#wire !== undefined) {
      const grants = { allowMonitorControl: true };
      this.#listener = await listenForWebSockets({ sessions: this.#wire.sessions(sessions), grants, port: 0 });
    }
    for (const { link } of this.#tiers) link.start();
    this.session.connect();
    await this.run(1_000);
  }

  async close(): Promise<void> {
    const closed = this.session.disconnect();
    await this.run(1_000);
    await closed;
    for (const { sessions, link } of this.#tiers) {
      sessions.stop();
      const stopped = link.stop();
      await this.run(10_000);
      await stopped;
    }
    await this.#listener?.close();
    await this.simulator.stop();
  }

  /** Lets `ms` of virtual time pass, and everything that promises and mailboxes make of it. */
  async run(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.#turns();
    for (let next = this.clock.next; next !== undefined && next <= until; next = this.clock.next) {
      this.clock.runUntil(Math.max(next, this.clock.now()));
      await this.#turns();
    }
    this.clock.runUntil(until);
    await this.#turns();
  }

  /** Mailboxes and promises hand on in turns of the event loop, a network when it pleases. */
  async #turns(): Promise<void> {
    await turns();
    const wire = this.#wire;
    for (let moved = -1; wire !== undefined && moved !== wire.moved; ) {
      moved = wire.moved;
      await wire.quiet();
      this.clock.advance(0);
      await turns();
    }
  }

  /** A promise's outcome while virtual time passes. */
  async settle<T>(promise: Promise<T>, ms = 20_000): Promise<T> {
    promise.catch(() => {});
    await this.run(ms);
    return promise;
  }

  /** Every party of every call hangs up. */
  hangUpAll(): void {
    for (const call of [...this.simulator.center.calls()]) this.hangUp(call);
  }

  /** Every party of the call hangs up, one after the other, until nobody is left. */
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

/** A request and its answer cross four turns of the event loop. */
async function turns(): Promise<void> {
  for (let n = 0; n < 4; n++) await new Promise<void>((resolve) => setImmediate(resolve));
}
