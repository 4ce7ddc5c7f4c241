/** The way to a CTI OS Server over a network that a test can cut: JSON text frames, on the virtual clock. */
import type { VirtualClock } from '../../src/common/virtual-clock.js';
import type { ClientMessage, Connector, ServerMessage, Transport } from '../../src/ctios/transport.js';
import type { ClientSessions } from '../../src/server/northbound/index.js';

export class RemoteConnector implements Connector {
  refusing = false;
  readonly #open = new Set<{ drop(): void; silence(): void }>();

  constructor(
    readonly name: string,
    private readonly sessions: ClientSessions,
    private readonly clock: VirtualClock,
  ) {}

  connect(opened: (transport: Transport) => void, failed: (error: Error) => void): () => void {
    const timer = this.clock.after(1, () => {
      if (this.refusing) failed(new Error('connect ECONNREFUSED'));
      else opened(this.#transport());
    });
    return () => timer.cancel();
  }

  /** Every connection over this way breaks; neither side is asked. */
  cut(): void {
    for (const each of this.#open) each.drop();
  }

  /** Every connection over this way stays open, and nothing gets through it any more. */
  fallSilent(): void {
    for (const each of this.#open) each.silence();
  }

  #transport(): Transport {
    let alive = true;
    let silent = false;
    const later = (run: () => void) => this.clock.after(1, () => alive && !silent && run());
    const transport: Transport = {
      onMessage: () => {},
      onClosed: () => {},
      send: (message) => {
        const frame = JSON.stringify(message);
        later(() => client.receive(JSON.parse(frame) as ClientMessage));
      },
      close: () => this.clock.after(1, () => end()),
    };
    const client = this.sessions.accept({
      peer: this.name,
      grants: { allowMonitorControl: true },
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
