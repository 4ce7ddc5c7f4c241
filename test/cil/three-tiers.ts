/**
 * All three tiers in memory on one virtual clock: a simulated contact center, two CTI OS Servers over it (sides A and B
 * for the client library) and cables between them and the sessions that a test can cut.
 */

import { Session, type SessionOptions, webSocketConnector } from '../../src/cil/index.js';
import { memoryPipe } from '../../src/common/pipe.js';
import { seededRandom } from '../../src/common/random.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Connector, Transport } from '../../src/ctios/index.js';
import {
  type AcceptedClient,
  ClientSessions,
  type CtiLink,
  createLink,
  createObjectServer,
  listenForWebSockets,
  type WebSocketListener,
} from '../../src/server/index.js';
import { Simulator, type SimulatorOptions } from '../../src/simulator/index.js';
import { Relay } from '../recovery/relay.js';
import { transport, Wire } from '../support/wire.js';

/** The way to one server; it can be cut, and stay so. */
export interface Cable {
  readonly connector: Connector;
  /** What was under way is lost, in both directions. */
  cut(): void;
  mend(): void;
  /** Where it is a real one: what is on its way. */
  readonly wire?: Wire;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/** A real WebSocket, by way of a relay that can be cut. */
class WebSocketCable implements Cable {
  readonly wire = new Wire();
  #whole = true;
  #listener: WebSocketListener | undefined;
  #relay: Relay | undefined;
  #inner: Connector | undefined;

  constructor(
    private readonly name: string,
    private readonly sessions: ClientSessions,
    private readonly clock: VirtualClock,
  ) {}

  async start(): Promise<void> {
    this.#listener = await listenForWebSockets({
      sessions: this.wire.sessions(this.sessions),
      grants: { allowMonitorControl: true },
      port: 0,
    });
    this.#relay = new Relay(this.#listener);
    const { host, port } = await this.#relay.listen();
    this.#inner = this.wire.connector(webSocketConnector(`ws://${host}:${port}`));
  }

  get connector(): Connector {
    return {
      name: this.name,
      connect: (opened, failed) => {
        let cancel = (): void => timer.cancel();
        const timer = this.clock.after(1, () => {
          if (this.#whole) cancel = this.#inner!.connect(opened, failed);
          else failed(new Error('connection refused'));
        });
        return () => cancel();
      },
    };
  }

  cut(): void {
    this.#whole = false;
    this.wire.cut();
    this.#relay?.drop();
  }

  mend(): void {
    this.#whole = true;
  }

  async stop(): Promise<void> {
    await this.#relay?.close();
    await this.#listener?.close();
  }
}

/** The same in memory. */
class MemoryCable implements Cable {
  whole = true;
  #plugged: { accepted: AcceptedClient; transport: Transport }[] = [];

  constructor(
    readonly name: string,
    private readonly sessions: ClientSessions,
    private readonly clock: VirtualClock,
  ) {}

  get connector(): Connector {
    return {
      name: this.name,
      connect: (opened, failed) => {
        const timer = this.clock.after(1, () => {
          if (this.whole) opened(this.#plug());
          else failed(new Error('connection refused'));
        });
        return () => timer.cancel();
      },
    };
  }

  /** What was under way is lost, in both directions. */
  cut(): void {
    this.whole = false;
    for (const { accepted, transport } of this.#plugged.splice(0)) {
      accepted.closed();
      transport.onClosed(new Error('cable cut'));
    }
  }

  mend(): void {
    this.whole = true;
  }

  #plug(): Transport {
    let open = true;
    const later = (run: () => void) =>
      void this.clock.after(0, () => {
        if (open) run();
      });
    const transport: Transport = {
      send: (message) => later(() => plugged.accepted.receive(message)),
      close: () =>
        later(() => {
          open = false;
          plugged.accepted.closed();
          transport.onClosed();
        }),
      onMessage: () => {},
      onClosed: () => {},
    };
    const plugged = {
      accepted: this.sessions.accept({
        peer: 'a test',
        grants: { allowMonitorControl: true },
        send: (message) => later(() => transport.onMessage(message)),
        close: () =>
          later(() => {
            open = false;
            transport.onClosed();
          }),
      }),
      transport: {
        ...transport,
        onClosed: (error?: Error) => {
          open = false;
          transport.onClosed(error);
        },
      },
    };
    this.#plugged.push(plugged);
    return transport;
  }
}

export class ThreeTiers {
  readonly clock = new VirtualClock();
  readonly simulator: Simulator;
  readonly cables: { readonly A: Cable; readonly B: Cable };
  readonly #links: CtiLink[] = [];
  readonly #servers: ClientSessions[] = [];

  constructor(options: SimulatorOptions = {}) {
    this.simulator = new Simulator({ clock: this.clock, listen: false, traffic: 'off', ...options });
    this.cables = { A: this.#server('server-a'), B: this.#server('server-b') };
  }

  async start(): Promise<this> {
    await this.simulator.start();
    for (const cable of Object.values(this.cables)) await cable.start?.();
    for (const link of this.#links) link.start();
    await this.pass(2_000);
    return this;
  }

  /** What has been sent is there, and what was sent because of it. */
  async #arrived(): Promise<void> {
    await settled();
    const wires = Object.values(this.cables).flatMap(({ wire }) => wire ?? []);
    const movedSoFar = () => wires.reduce((sum, wire) => sum + wire.moved, 0);
    for (let moved = -1; wires.length > 0 && moved !== movedSoFar(); ) {
      moved = movedSoFar();
      for (const wire of wires) await wire.quiet();
      this.clock.advance(0);
      await settled();
    }
  }

  session(options: Partial<SessionOptions> = {}): Session {
    return new Session({
      connectors: [this.cables.A.connector, this.cables.B.connector],
      clock: this.clock,
      random: { next: () => 0 },
      ...options,
    });
  }

  /** Lets time pass, in steps, so that promises settle where they would. */
  async pass(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      this.clock.advance(Math.min(step, ms - passed));
      await this.#arrived();
    }
  }

  /** Waits for a promise while time passes. */
  async while<T>(promise: Promise<T>, ms = 60_000): Promise<T> {
    let done = false;
    const end = () => {
      done = true;
    };
    promise.then(end, end);
    for (let passed = 0; !done && passed < ms; passed += 50) await this.pass(50);
    if (!done) throw new Error(`it did not end within ${ms} ms`);
    return promise;
  }

  async stop(...sessions: Session[]): Promise<void> {
    await this.while(Promise.all(sessions.map((session) => session.disconnect())));
    for (const server of this.#servers) server.stop();
    await this.while(Promise.all(this.#links.map((link) => link.stop())));
    for (const cable of Object.values(this.cables)) await cable.stop?.();
    await this.simulator.stop();
  }

  #server(name: string): Cable {
    const { clock } = this;
    const link = createLink({
      sides: { A: { host: 'simulator', port: 1 } },
      dial: (_endpoint, opened) => {
        const timer = clock.after(0, () => {
          const [client, server] = memoryPipe(clock);
          this.simulator.accept(server);
          opened(client);
        });
        return () => timer.cancel();
      },
      clock,
      random: seededRandom(1),
      clientId: name,
    });
    const sessions = new ClientSessions({
      server: createObjectServer({ link, clock, settings: { peripheralId: 5000 } }),
      clock,
      settings: { name, heartbeatMs: 0 },
    });
    this.#links.push(link);
    this.#servers.push(sessions);
    return transport() === 'in memory'
      ? new MemoryCable(name, sessions, clock)
      : new WebSocketCable(name, sessions, clock);
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve();
}
