/**
 * The network between sessions and a server, which a test can interrupt: in memory on the virtual clock, or a real
 * WebSocket.
 */
import { webSocketConnector } from '../../src/cil/index.js';
import type { VirtualClock } from '../../src/common/virtual-clock.js';
import type { ClientMessage, Connector, ServerMessage, Transport } from '../../src/ctios/transport.js';
import { type ClientSessions, listenForWebSockets, type WebSocketListener } from '../../src/server/index.js';
import { Relay } from './relay.js';
import { transport, Wire } from './wire.js';

const GRANTS = { allowMonitorControl: true };

export interface Cable extends Connector {
  /** Whether new connections are refused. */
  refusing: boolean;
  /** Drops every connection; messages in transit are lost in both directions. */
  cut(): void;
  /** Keeps every connection open, but delivers nothing any more. In memory only. */
  fallSilent(): void;
  /** Messages in transit, for a real network. */
  readonly wire?: Wire;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A cable to a server, over the transport of the current suite. */
export function cableTo(clients: ClientSessions, clock: VirtualClock, name: string, latencyMs: number): Cable {
  return transport() === 'in memory'
    ? new MemoryCable(name, clients, clock, latencyMs)
    : new WebSocketCable(name, clients, clock);
}

/** JSON text frames, each of which takes `latencyMs`. */
class MemoryCable implements Cable {
  refusing = false;
  readonly #open = new Set<{ drop(): void; silence(): void }>();

  constructor(
    readonly name: string,
    private readonly clients: ClientSessions,
    private readonly clock: VirtualClock,
    private readonly latencyMs: number,
  ) {}

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  connect(opened: (transport: Transport) => void, failed: (error: Error) => void): () => void {
    const timer = this.clock.after(1, () => {
      if (this.refusing) failed(new Error('connect ECONNREFUSED'));
      else opened(this.#transport());
    });
    return () => timer.cancel();
  }

  cut(): void {
    for (const each of this.#open) each.drop();
  }

  fallSilent(): void {
    for (const each of this.#open) each.silence();
  }

  #transport(): Transport {
    let alive = true;
    let silent = false;
    // Rounded to whole milliseconds, as for clients, although the simulator's timers may be in between.
    const inTransit = () => Math.ceil(this.clock.now() + this.latencyMs) - this.clock.now();
    const later = (run: () => void) => this.clock.after(inTransit(), () => alive && !silent && run());
    const transport: Transport = {
      onMessage: () => {},
      onClosed: () => {},
      send: (message) => {
        const frame = JSON.stringify(message);
        later(() => client.receive(JSON.parse(frame) as ClientMessage));
      },
      close: () => this.clock.after(inTransit(), () => end()),
    };
    const client = this.clients.accept({
      peer: this.name,
      grants: GRANTS,
      send: (message) => {
        const frame = JSON.stringify(message);
        later(() => transport.onMessage(JSON.parse(frame) as ServerMessage));
      },
      close: () => later(() => end()),
    });
    const end = (error?: Error) => {
      if (!alive) return;
      alive = false;
      this.#open.delete(connection);
      client.closed();
      transport.onClosed(error);
    };
    const connection = {
      drop: () => end(new Error('connection reset')),
      silence: () => {
        silent = true;
      },
    };
    this.#open.add(connection);
    return transport;
  }
}

/** A real WebSocket through a relay that can drop it. */
class WebSocketCable implements Cable {
  refusing = false;
  readonly wire = new Wire();
  #listener: WebSocketListener | undefined;
  #relay: Relay | undefined;
  #inner: Connector | undefined;

  constructor(
    readonly name: string,
    private readonly clients: ClientSessions,
    private readonly clock: VirtualClock,
  ) {}

  async start(): Promise<void> {
    this.#listener = await listenForWebSockets({ sessions: this.wire.sessions(this.clients), grants: GRANTS, port: 0 });
    this.#relay = new Relay(this.#listener);
    const { host, port } = await this.#relay.listen();
    this.#inner = this.wire.connector(webSocketConnector(`ws://${host}:${port}`));
  }

  connect(opened: (transport: Transport) => void, failed: (error: Error) => void): () => void {
    let cancel = (): void => timer.cancel();
    const timer = this.clock.after(1, () => {
      if (this.refusing) failed(new Error('connect ECONNREFUSED'));
      else cancel = this.#inner!.connect(opened, failed);
    });
    return () => cancel();
  }

  cut(): void {
    this.wire.cut();
    this.#relay?.drop();
  }

  fallSilent(): void {
    throw new Error('Only a cable in memory can fall silent: over a real socket the test could not wait for it.');
  }

  async stop(): Promise<void> {
    await this.#relay?.close();
    await this.#listener?.close();
  }
}
