/**
 * All the links of a server with its peers: it connects to those that are configured, and accepts those that prove that
 * they know the secret. At most one link with each peer. If both connect at the same time, the connection of the one
 * with the lower id is kept: both know both ids, so both make the same decision.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import { networkOf } from '../../common/network/network.js';
import type { Random } from '../../common/random.js';
import type { ConnectionEnd } from './connection/connection-states.js';
import { type ConnectionHost, PeerConnection } from './connection/peer-connection.js';
import { PeerConnector, type PeerConnectorHost } from './connection/peer-connector.js';
import type { PeerDial, PeerTransport } from './connection/peer-transport.js';
import { MIN_SECRET_LENGTH } from './connection/proof.js';
import type { PeerRequestFailure } from './requests/peer-answers.js';
import type { AnswerOf, BodyOf, PeerRequestName } from './requests/peer-requests.js';
import type { Peer, PeerResult, Peers, PeerWatcher } from './requests/peers-api.js';
import { DEFAULT_PEER_SETTINGS, type PeerSettings } from './settings.js';

/** What happens among peers, for logs, audit and metrics. */
export type PeerEvent =
  | { readonly what: 'linked'; readonly peer: Peer; readonly address: string }
  | { readonly what: 'lost'; readonly peer: Peer; readonly address: string; readonly why: ConnectionEnd }
  /** An attempt failed: ours (reported once per reason), or one of a program that connected here. */
  | {
      readonly what: 'not linked';
      readonly address: string;
      readonly peer?: Peer;
      readonly why: ConnectionEnd;
      readonly called: boolean;
    }
  /** A peer has sent a request; `failure` if it was refused. */
  | {
      readonly what: 'asked';
      readonly peer: Peer;
      readonly address: string;
      readonly ask: string;
      readonly body?: Readonly<Record<string, unknown>>;
      readonly failure?: PeerRequestFailure;
    }
  /** A request of this server has ended. */
  | {
      readonly what: 'ask ended';
      readonly peer: Peer;
      readonly ask: PeerRequestName;
      readonly end: PeerResult<unknown>;
    };

export interface PeerHubOptions {
  /** The configured name of this server. */
  name: string;
  /** The secret shared by all peers, at least 16 characters. */
  secret: string;
  /** Where the peers listen that this server connects to. */
  urls?: readonly string[];
  dial: PeerDial;
  clock: Clock;
  /** Jitter of the back-off. */
  random: Random;
  settings?: Partial<PeerSettings>;
  tell?: (event: PeerEvent) => void;
  /** The id of this process; tests set it to decide which connection is kept. @default random */
  id?: string;
}

type Handler = (body: never, from: Peer) => unknown;

export class PeerHub implements Peers, ConnectionHost, PeerConnectorHost {
  readonly id: string;
  readonly self: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly dial: PeerDial;
  readonly settings: PeerSettings;
  readonly connectors: readonly PeerConnector[];
  readonly #tell: (event: PeerEvent) => void;
  readonly #connections = new Set<PeerConnection>();
  /** By id of the peer. */
  readonly #links = new Map<string, PeerConnection>();
  readonly #handlers = new Map<PeerRequestName, Handler>();
  readonly #watchers: PeerWatcher[] = [];
  #stopped = false;

  /** @throws RangeError for a secret that is too short */
  constructor(private readonly options: PeerHubOptions) {
    if (options.secret.length < MIN_SECRET_LENGTH) {
      throw new RangeError(`The secret of peers needs at least ${MIN_SECRET_LENGTH} characters.`);
    }
    this.id = options.id ?? randomUUID();
    this.self = `${options.name}/${this.id.slice(0, 8)}`;
    this.secret = options.secret;
    this.clock = options.clock;
    this.random = options.random;
    this.dial = options.dial;
    this.settings = { ...DEFAULT_PEER_SETTINGS, ...options.settings };
    this.#tell = options.tell ?? (() => {});
    this.connectors = (options.urls ?? []).map((url) => new PeerConnector(url, this));
  }

  get identity(): Peer {
    return { id: this.id, name: this.options.name };
  }

  /** Starts connecting to the peers. */
  start(): void {
    for (const connector of this.connectors) connector.start();
  }

  /** Closes all links, and neither connects nor accepts any longer. */
  stop(): void {
    this.#stopped = true;
    for (const connector of this.connectors) connector.stop();
    for (const connection of [...this.#connections]) connection.stop();
  }

  /** An incoming connection. It is closed unless it authenticates in time. */
  accept(wire: PeerTransport): void {
    const accepted = [...this.#connections].filter(({ role }) => role === 'acceptor');
    const unauthenticated = accepted.filter(({ state }) => state !== 'linked');
    const network = networkOf(wire.address);
    const ofNetwork = unauthenticated.filter(({ address }) => networkOf(address) === network);
    const { maxConnections, maxUnproven, maxUnprovenPerNetwork } = this.settings;
    const full =
      accepted.length >= maxConnections ||
      unauthenticated.length >= maxUnproven ||
      ofNetwork.length >= maxUnprovenPerNetwork;
    if (this.#stopped || full) {
      wire.onFrame = () => {};
      wire.onClosed = () => {};
      wire.drop();
      return;
    }
    this.#connections.add(new PeerConnection('acceptor', wire, this));
  }

  // --- Peers ---

  get linked(): readonly Peer[] {
    return [...this.#links.values()].map((connection) => connection.peer!);
  }

  get missing(): readonly string[] {
    return this.connectors.filter(({ up }) => !up).map(({ url }) => url);
  }

  ask<Name extends PeerRequestName>(
    peer: Peer,
    name: Name,
    body: BodyOf<Name>,
    answerMs: number,
    ended: (end: PeerResult<AnswerOf<Name>>) => void,
  ): void {
    const done = (end: PeerResult<unknown>) => {
      this.#tell({ what: 'ask ended', peer, ask: name, end });
      ended(end as PeerResult<AnswerOf<Name>>);
    };
    const link = this.#links.get(peer.id);
    if (link !== undefined) link.ask(name, body, answerMs, done);
    else done({ outcome: 'failed', code: 'CTIOS_PEER_LOST', message: `There is no link to the peer ${peer.name}.` });
  }

  answer<Name extends PeerRequestName>(name: Name, handler: (body: BodyOf<Name>, from: Peer) => AnswerOf<Name>): void {
    this.#handlers.set(name, handler as Handler);
  }

  watch(watcher: PeerWatcher): void {
    this.#watchers.push(watcher);
  }

  // --- for the connectors ---

  get dialMs(): number {
    return this.settings.dialMs;
  }

  greet(wire: PeerTransport): PeerConnection {
    const connection = new PeerConnection('dialler', wire, this);
    this.#connections.add(connection);
    return connection;
  }

  reaches(peerId: string): boolean {
    return this.#links.has(peerId) || this.#almost(peerId) !== undefined;
  }

  notLinked(connector: PeerConnector, why: ConnectionEnd): void {
    this.#tellNotLinked({ what: 'not linked', address: connector.url, why, called: false });
  }

  // --- for the connections ---

  isDuplicateLink(connection: PeerConnection, peerId: string): boolean {
    if (this.#links.has(peerId)) return true;
    // A connection of ours to the same peer that only waits for its welcome. If the peer's connection is to be kept, it
    // refuses ours.
    const almost = this.#almost(peerId, connection);
    return almost !== undefined && (connection.role === 'dialler' || this.id < peerId);
  }

  connectionLinked(connection: PeerConnection): void {
    const peer = connection.peer!;
    this.#links.set(peer.id, connection);
    this.#tell({ what: 'linked', peer, address: connection.address });
    for (const connector of this.connectors) {
      if (connection.role === 'dialler') connector.connectionLinked(connection);
      else connector.news();
    }
    for (const watcher of this.#watchers) watcher.linked?.(peer);
  }

  connectionEnded(connection: PeerConnection, why: ConnectionEnd): void {
    const { peer, address, role } = connection;
    this.#connections.delete(connection);
    const wasLinked = peer !== undefined && this.#links.get(peer.id) === connection;
    if (wasLinked) {
      this.#links.delete(peer.id);
      this.#tell({ what: 'lost', peer, address, why });
    } else if (role === 'acceptor') {
      this.#tellNotLinked({ what: 'not linked', address, why, called: true, ...(peer === undefined ? {} : { peer }) });
    }
    for (const connector of this.connectors) connector.connectionEnded(connection, why);
    if (wasLinked) for (const watcher of this.#watchers) watcher.lost?.(peer);
  }

  asked(connection: PeerConnection, ask: PeerRequestName, body: Record<string, unknown>): unknown {
    const peer = connection.peer!;
    const handler = this.#handlers.get(ask);
    if (handler === undefined) throw new Error('there is no handler for it');
    const answer = handler(body as never, peer);
    this.#tell({ what: 'asked', peer, address: connection.address, ask, body });
    return answer;
  }

  askRefused(connection: PeerConnection, ask: string, failure: PeerRequestFailure): void {
    this.#tell({ what: 'asked', peer: connection.peer!, address: connection.address, ask, failure });
  }

  /** It is normal that two servers connect to each other at the same time and one connection is closed. */
  #tellNotLinked(event: Extract<PeerEvent, { what: 'not linked' }>): void {
    if (event.why.code !== 'CTIOS_PEER_DOUBLED') this.#tell(event);
  }

  #almost(peerId: string, besides?: PeerConnection): PeerConnection | undefined {
    for (const each of this.#connections) {
      if (each !== besides && each.state === 'proved' && each.peer?.id === peerId) return each;
    }
    return undefined;
  }
}
