/**
 * The other servers of a site, over the engine of the event stream: any number of them, without configuration. A server
 * is present as long as its lease is. A request is sent directly to one server and is not stored: if no process
 * receives it, it had no effect; if no response arrives, its result is unknown. While the engine is unreachable, or
 * until the list of servers has been read, servers are reported as missing: nothing is inferred from their silence.
 */
import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../../common/clock.js';
import {
  type AnswerOf,
  answerPeer,
  type BodyOf,
  type Peer,
  type PeerEvent,
  type PeerRequestFailure,
  type PeerRequestName,
  type PeerResult,
  type Peers,
  type PeerWatcher,
  PendingPeerRequests,
  readPeerAnswer,
} from '../../server/peers/index.js';
import type { MessengerResult, StreamEngine } from '../engine.js';
import { Lease } from '../lease.js';
import { key, SiteSubjects } from '../subjects.js';
import { readPeer, readReply, readRequest } from './peer-envelope.js';

/** How often the leases of servers are checked, in milliseconds. */
const LOOK_MS = 1_000;
/** The delay before a refused subscription is retried, in milliseconds. */
const RETRY_MS = 5_000;
/** The maximum number of pending requests of this server. */
const MAX_PENDING = 1_000;
/** How much longer the engine waits for a response than this server does, in milliseconds. */
const MORE_MS = 1_000;
/** Prefix of the leases of the servers of a site. */
const PREFIX = 'server';
/** The address of peers, for display. */
const ADDRESS = 'NATS';

export interface StreamPeersOptions {
  readonly engine: Pick<StreamEngine, 'leases' | 'messenger' | 'connected' | 'onConnected'>;
  readonly site: string;
  /** The name of this server. */
  readonly name: string;
  readonly clock: Clock;
  readonly tell?: (event: PeerEvent) => void;
  /** The id of this process. @default random */
  readonly id?: string;
}

type Handler = (body: never, from: Peer) => unknown;

interface Present {
  readonly peer: Peer;
  /** When it was last known to be present. */
  seenAt: number;
}

export class StreamPeers implements Peers {
  readonly id: string;
  readonly self: string;
  readonly #subjects: SiteSubjects;
  readonly #present = new Map<string, Present>();
  readonly #pending: PendingPeerRequests;
  readonly #handlers = new Map<PeerRequestName, Handler>();
  readonly #watchers: PeerWatcher[] = [];
  readonly #tell: (event: PeerEvent) => void;
  readonly #lease: Lease;
  /** Whether the leases of the other servers have been read since the engine was reached. */
  #known = false;
  #trouble: string | undefined;
  #serving: (() => void) | undefined;
  #looking = false;
  #stopped = false;
  #timer: Timer | undefined;
  #unwatch = (): void => {};

  constructor(private readonly options: StreamPeersOptions) {
    const { engine, site, name, clock } = options;
    this.id = options.id ?? randomUUID();
    this.self = `${name}/${this.id.slice(0, 8)}`;
    this.#subjects = new SiteSubjects(site);
    this.#pending = new PendingPeerRequests(clock, MAX_PENDING);
    this.#tell = options.tell ?? (() => {});
    this.#lease = new Lease({
      store: engine.leases,
      key: key(PREFIX, this.id),
      holder: JSON.stringify({ id: this.id, name }),
      clock,
      eligible: () => true,
      won: () => {},
      lost: () => {},
    });
  }

  /** Starts to serve requests and to announce this server. */
  start(): void {
    const { engine, clock } = this.options;
    this.#unwatch = engine.onConnected((connected) => {
      if (!connected) this.#away();
      else void this.#connected();
    });
    this.#timer = clock.every(LOOK_MS, () => void this.#look());
    if (engine.connected) void this.#connected();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch();
    this.#timer?.cancel();
    await this.#lease.stop();
    this.#serving?.();
    this.#away();
  }

  /** The reason why requests cannot be sent to peers, or received from them; undefined if they can. */
  get trouble(): string | undefined {
    if (!this.options.engine.connected) return 'NATS cannot be reached';
    return this.#trouble;
  }

  // --- Peers ---

  get linked(): readonly Peer[] {
    return [...this.#present.values()].map(({ peer }) => peer);
  }

  get missing(): readonly string[] {
    return this.#known ? [] : [`the servers of the site ${this.options.site} (NATS)`];
  }

  ask<Name extends PeerRequestName>(
    peer: Peer,
    name: Name,
    body: BodyOf<Name>,
    answerMs: number,
    ended: (end: PeerResult<AnswerOf<Name>>) => void,
  ): void {
    const done = (end: PeerResult<unknown>): void => {
      this.#tell({ what: 'ask ended', peer, ask: name, end });
      ended(end as PeerResult<AnswerOf<Name>>);
    };
    const why = this.#cannotAsk(peer);
    if (why !== undefined) {
      done({ outcome: 'failed', ...why });
      return;
    }
    const id = this.#pending.open(name, answerMs, done);
    const request = JSON.stringify({ from: { id: this.id, name: this.options.name }, ask: name, body });
    void this.options.engine.messenger
      .request(this.#subjects.peer(peer.id), request, answerMs + MORE_MS)
      .then((result) => this.#pending.end(id, endOf(peer, name, result)));
  }

  #cannotAsk(peer: Peer): PeerRequestFailure | undefined {
    if (!this.#present.has(peer.id) || !this.options.engine.connected)
      return { code: 'CTIOS_PEER_LOST', message: `The peer ${peer.name} is not connected to NATS.` };
    if (this.#pending.full)
      return { code: 'CTIOS_PEER_BUSY', message: `${MAX_PENDING} requests to peers have not been answered yet.` };
    return undefined;
  }

  answer<Name extends PeerRequestName>(name: Name, handler: (body: BodyOf<Name>, from: Peer) => AnswerOf<Name>): void {
    this.#handlers.set(name, handler as Handler);
  }

  watch(watcher: PeerWatcher): void {
    this.#watchers.push(watcher);
  }

  // --- Presence ---

  /** Other servers may send requests as soon as they see the lease, so this server must be able to respond first. */
  async #connected(): Promise<void> {
    const { engine, clock } = this.options;
    if (this.#serving === undefined) {
      try {
        const stop = await engine.messenger.serve(this.#subjects.peer(this.id), (body) => this.#asked(body));
        if (this.#stopped) return stop();
        this.#serving = stop;
        this.#trouble = undefined;
        this.#lease.start(engine);
      } catch (error) {
        this.#notServing(error instanceof Error ? error.message : String(error));
        clock.after(RETRY_MS, () => {
          if (!this.#stopped && engine.connected) void this.#connected();
        });
        return;
      }
    }
    await this.#look();
  }

  #notServing(message: string): void {
    if (this.#trouble === message) return;
    this.#trouble = message;
    this.#tell({ what: 'not linked', address: ADDRESS, why: { code: 'CTIOS_PEER_LOST', message }, called: false });
  }

  async #look(): Promise<void> {
    const { engine, clock } = this.options;
    if (this.#looking || this.#serving === undefined || !engine.connected || this.#stopped) return;
    this.#looking = true;
    const began = clock.monotonic();
    try {
      const found = await engine.leases.entries(PREFIX);
      if (!engine.connected || this.#stopped) return;
      const peers = found.flatMap(({ value }) => readPeer(value) ?? []).filter(({ id }) => id !== this.id);
      this.#known = true;
      for (const peer of peers) this.#see(peer);
      const ids = new Set(peers.map(({ id }) => id));
      // A server that has sent a request since then is present, whatever was read.
      for (const { peer, seenAt } of [...this.#present.values()])
        if (!ids.has(peer.id) && seenAt < began) this.#lose(peer, 'Its lease has ended.');
    } catch {
      // The list of servers is no longer known; requests can still be sent to those that were seen.
      this.#known = false;
    } finally {
      this.#looking = false;
    }
  }

  #see(peer: Peer): void {
    const seenAt = this.options.clock.monotonic();
    const present = this.#present.get(peer.id);
    if (present !== undefined) {
      present.seenAt = seenAt;
      return;
    }
    this.#present.set(peer.id, { peer, seenAt });
    this.#tell({ what: 'linked', peer, address: ADDRESS });
    for (const watcher of this.#watchers) watcher.linked?.(peer);
  }

  #lose(peer: Peer, message: string): void {
    this.#present.delete(peer.id);
    this.#tell({ what: 'lost', peer, address: ADDRESS, why: { code: 'CTIOS_PEER_LOST', message } });
    for (const watcher of this.#watchers) watcher.lost?.(peer);
  }

  #away(): void {
    const why = this.#stopped ? 'This server is being stopped.' : 'The connection to NATS was lost.';
    this.#known = false;
    this.#pending.endAll({
      outcome: 'unknown',
      code: 'CTIOS_PEER_LOST',
      message: `${why} The peer may have carried out the request.`,
    });
    for (const { peer } of [...this.#present.values()]) this.#lose(peer, why);
  }

  // --- Requests of peers ---

  #asked(text: string): string {
    const request = readRequest(text);
    if (request === undefined)
      return JSON.stringify({ failure: { code: 'CTIOS_BAD_MESSAGE', message: 'This is not a request of a peer.' } });
    const { from, ask, body } = request;
    if (from.id !== this.id) this.#see(from);
    const answer = answerPeer(ask, body, (name, fields) => {
      const handler = this.#handlers.get(name);
      if (handler === undefined) throw new Error('there is no handler for it');
      const result = handler(fields as never, from);
      this.#tell({ what: 'asked', peer: from, address: ADDRESS, ask, body: fields });
      return result;
    });
    if (answer.failure !== undefined)
      this.#tell({ what: 'asked', peer: from, address: ADDRESS, ask, failure: answer.failure });
    return JSON.stringify(answer);
  }
}

function endOf(peer: Peer, name: PeerRequestName, result: MessengerResult): PeerResult<unknown> {
  switch (result.outcome) {
    case 'no responders':
      return {
        outcome: 'failed',
        code: 'CTIOS_PEER_LOST',
        message: `The peer ${peer.name} is not connected to NATS.`,
      };
    case 'unanswered':
      return {
        outcome: 'unknown',
        code: 'CTIOS_PEER_LOST',
        message: `The peer ${peer.name} did not answer; it may have carried out the request. ${result.reason}`,
      };
    case 'answered': {
      const reply = readReply(result.body);
      const end = reply === undefined ? 'it is not an answer' : readPeerAnswer(name, reply);
      if (typeof end !== 'string') return end;
      return {
        outcome: 'unknown',
        code: 'CTIOS_BAD_MESSAGE',
        message: `The answer of ${peer.name} to ${name}: ${end}.`,
      };
    }
  }
}
