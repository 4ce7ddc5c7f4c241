/**
 * A server embedded in another program as one of the servers of a site: it publishes the events of its site while it is
 * the leader, stands by while another server is, and is a peer of the others.
 */
import type { Clock } from '../common/clock.js';
import type { Mask } from '../ctios/mask.js';
import type { ObjectServer } from '../server/object-server.js';
import type { Peers } from '../server/peers/index.js';
import { NatsEngine } from './nats/nats-engine.js';
import type { NatsSettings } from './nats/settings.js';
import { StreamPeers } from './peers/stream-peers.js';
import { StreamPublisher } from './publisher.js';

/** The state of a member. */
export type MemberState =
  /** It is publishing. */
  | { readonly state: 'leading' }
  /** NATS is connected; another server is publishing, or this one cannot. */
  | { readonly state: 'standby' }
  /** NATS has not been reached, the connection was lost, or nothing can be stored. */
  | { readonly state: 'away'; readonly reason: string };

export interface SiteMemberOptions {
  readonly settings: NatsSettings;
  readonly clock: Clock;
  /** Values that are never published. */
  readonly mask: Mask;
}

export class SiteMember {
  readonly #engine: NatsEngine;
  readonly #peers: StreamPeers;
  #publisher: StreamPublisher | undefined;
  #shown = '';
  readonly #listeners = new Set<(state: MemberState) => void>();

  constructor(private readonly options: SiteMemberOptions) {
    const { settings, clock } = options;
    this.#engine = new NatsEngine(settings, clock, () => this.#show());
    this.#peers = new StreamPeers({ engine: this.#engine, site: settings.site, name: settings.name, clock });
  }

  /** The other servers of the site. */
  get peers(): Peers {
    return this.#peers;
  }

  get state(): MemberState {
    if (!this.#engine.connected) return { state: 'away', reason: this.#engine.reason };
    const problem = this.#publisher?.problem;
    if (problem !== undefined) return { state: 'away', reason: problem };
    return { state: this.#publisher?.leading === true ? 'leading' : 'standby' };
  }

  /** Called at each change. @returns a function that removes the listener */
  onState(listener: (state: MemberState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param server the server whose events are published */
  start(server: Pick<ObjectServer, 'subscribe' | 'snapshot' | 'status'>): void {
    const { settings, clock, mask } = this.options;
    const { site, name } = settings;
    const engine = this.#engine;
    this.#publisher = new StreamPublisher({ engine, server, site, name, clock, mask, report: () => this.#show() });
    engine.start();
    this.#peers.start();
    this.#publisher.start();
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
    await Promise.all([this.#peers.stop(), this.#publisher?.stop()]);
    await this.#engine.close();
  }

  #show(): void {
    const { state } = this;
    const shown = JSON.stringify(state);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
