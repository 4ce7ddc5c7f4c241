import type { Clock } from '../../../src/common/clock.js';
import { seededRandom } from '../../../src/common/random.js';
import {
  type PeerDial,
  type PeerEvent,
  PeerHub,
  type PeerHubOptions,
  type PeerTransport,
} from '../../../src/server/peers/index.js';

export const SECRET = 'a secret of the pair';

/** One end of an in-memory connection: messages arrive a millisecond later, in order. */
export class WireEnd implements PeerTransport {
  other!: WireEnd;
  onFrame: (frame: string | undefined) => void = () => {};
  onClosed: (why?: string) => void = () => {};
  queued = 0;
  readonly sent: string[] = [];
  /** Sent messages are lost, as with an unplugged cable. */
  deaf = false;
  #open = true;

  constructor(
    readonly address: string,
    private readonly clock: Clock,
  ) {}

  get kinds(): string[] {
    return this.sent.map((text) => (JSON.parse(text) as { kind: string }).kind);
  }

  send(text: string): void {
    this.sent.push(text);
    this.push(text);
  }

  /** A frame of any kind. */
  push(frame: string | undefined): void {
    if (this.deaf) return;
    this.clock.after(1, () => {
      if (this.other.#open) this.other.onFrame(frame);
    });
  }

  close(): void {
    this.clock.after(1, () => this.#end());
  }

  drop(): void {
    this.close();
  }

  /** Both ends detect a broken connection. */
  cut(): void {
    this.#end('ECONNRESET');
  }

  #end(why?: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.onClosed(why);
    if (!this.deaf) this.other.#end(why);
  }
}

/** Servers of a pair and their connections, on one clock. */
export class MemoryNetwork {
  readonly hubs = new Map<string, PeerHub>();
  readonly events = new Map<string, PeerEvent[]>();
  /** The connecting ends, newest last. */
  readonly wires: WireEnd[] = [];
  /** Addresses that cannot be reached. */
  readonly down = new Set<string>();
  /** The times of connection attempts, in milliseconds. */
  readonly calls: number[] = [];

  constructor(readonly clock: Clock) {}

  /** @param name the name of the server, and its address */
  server(name: string, options: Partial<PeerHubOptions> = {}): PeerHub {
    const events: PeerEvent[] = [];
    const hub = new PeerHub({
      name,
      id: `id-${name}`,
      secret: SECRET,
      dial: this.#dial,
      clock: this.clock,
      random: seededRandom(this.hubs.size + 1),
      tell: (event) => events.push(event),
      ...options,
    });
    this.hubs.set(name, hub);
    this.events.set(name, events);
    return hub;
  }

  /** A connection to a server, for a test that implements the protocol itself. */
  open(name: string): WireEnd {
    const [near, far] = [new WireEnd(name, this.clock), new WireEnd('a test', this.clock)];
    near.other = far;
    far.other = near;
    this.wires.push(near);
    this.hubs.get(name)!.accept(far);
    return near;
  }

  readonly #dial: PeerDial = (url, opened, failed) => {
    this.calls.push(this.clock.now());
    const timer = this.clock.after(1, () => {
      if (this.hubs.has(url) && !this.down.has(url)) opened(this.open(url));
      else failed('connection refused');
    });
    return () => timer.cancel();
  };
}
