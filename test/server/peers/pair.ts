import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Session } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { socketDial } from '../../../src/common/network/net-stream.js';
import { seededRandom } from '../../../src/common/random.js';
import { memoryConnector, type ObjectServerSettings } from '../../../src/server/index.js';
import {
  listenForPeers,
  type PeerEvent,
  PeerHub,
  type PeerHubOptions,
  type PeerListener,
  webSocketDial,
} from '../../../src/server/peers/index.js';
import type { Simulator } from '../../../src/simulator/index.js';
import { ServerTier } from '../../support/server-tier.js';
import { SECRET } from './memory-network.js';

/** One server of a pair: its link, objects, clients and peers, all except the link over real sockets. */
export class ServerOfPair {
  readonly events: PeerEvent[] = [];
  readonly hub: PeerHub;
  readonly sessions: Session[] = [];
  readonly #waiting: Array<() => void> = [];
  readonly #stops: Array<() => Promise<void> | void> = [];
  #server!: ServerTier;
  listener!: PeerListener;

  constructor(
    readonly name: string,
    options: Partial<PeerHubOptions> = {},
  ) {
    this.hub = new PeerHub({
      name,
      secret: SECRET,
      dial: webSocketDial(systemClock),
      clock: systemClock,
      random: seededRandom(1),
      tell: (event) => {
        this.events.push(event);
        for (const wake of this.#waiting.splice(0)) wake();
      },
      ...options,
    });
  }

  async start(simulator: Simulator, settings: Partial<ObjectServerSettings>): Promise<this> {
    const { portA, portB } = simulator.listening;
    this.#server = new ServerTier({
      name: this.name,
      clock: systemClock,
      dial: socketDial(),
      sides: { A: { host: '127.0.0.1', port: portA }, B: { host: '127.0.0.1', port: portB } },
      settings,
      peers: this.hub,
    });
    this.listener = await listenForPeers({ port: 0, clock: systemClock, accept: (wire) => this.hub.accept(wire) });
    await this.#server.start();
    this.#stops.push(
      () => this.hub.stop(),
      () => this.listener.close(),
      () => this.#server.stop(),
      () => this.#server.objects.stop?.(),
    );
    return this;
  }

  /** A client of this server. */
  session(): Session {
    const grants = { allowMonitorControl: true };
    const session = new Session({ connectors: [memoryConnector(this.#server.clients, grants, this.name)] });
    this.sessions.push(session);
    session.connect();
    return session;
  }

  /** The desktop of a logged-in agent. */
  async desktop(agentId: string, instrument: string): Promise<Session> {
    const session = this.session();
    await session.setAgent({ AgentID: agentId, PeripheralID: 5000, AgentInstrument: instrument });
    return session;
  }

  /** The first peer event, past or future, that satisfies the condition. */
  async until<Event extends PeerEvent>(holds: (event: PeerEvent) => event is Event): Promise<Event>;
  async until(holds: (event: PeerEvent) => boolean): Promise<PeerEvent>;
  async until(holds: (event: PeerEvent) => boolean): Promise<PeerEvent> {
    for (;;) {
      const found = this.events.find(holds);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async linked(): Promise<void> {
    await this.until(({ what }) => what === 'linked');
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) await session.disconnect();
    for (const stop of this.#stops.splice(0)) await stop();
  }
}

/** A connection that can be paused and cut: bytes wait, or the connection is lost. */
export class Cable {
  readonly #server: Server;
  readonly #ends: Array<[Socket, Socket]> = [];
  #held = false;
  port = 0;

  constructor(private readonly to: () => number) {
    this.#server = createServer((near) => {
      const far = new (near.constructor as typeof Socket)();
      far.connect(this.to(), '127.0.0.1');
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('error', () => {});
        from.pipe(into);
        from.on('close', () => into.destroy());
      }
      this.#ends.push([near, far]);
      if (this.#held) this.hold();
    });
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as { port: number }).port;
    return this;
  }

  /** From now on, bytes from the server end wait. */
  hold(): void {
    this.#held = true;
    for (const [near, far] of this.#ends) far.unpipe(near);
  }

  cut(): void {
    for (const [near, far] of this.#ends.splice(0)) {
      near.destroy();
      far.destroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
