/**
 * The objects' view of the other servers of a pair: which are linked, which requests they accept, and that a link may
 * be lost while a response is pending. Sockets, secrets and heartbeats are handled elsewhere.
 */
import type { AnswerOf, BodyOf, PeerRequestName } from './peer-requests.js';

/** Another server of the same CTI Servers. */
export interface Peer {
  /** Of its process: changes with each start. */
  readonly id: string;
  /** Its configured name. */
  readonly name: string;
}

/** How a request ended. */
export type PeerResult<Answer> =
  | { readonly outcome: 'answered'; readonly answer: Answer }
  /** Nothing has happened at the peer: the request was not sent, or the peer refused it. */
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string }
  /** The request was sent, and no response arrived: it may have been carried out. */
  | { readonly outcome: 'unknown'; readonly code: string; readonly message: string };

/** Notified when peers are linked and lost. */
export interface PeerWatcher {
  linked?(peer: Peer): void;
  lost?(peer: Peer): void;
}

export interface Peers {
  /** The name of this server among its peers, unique even if the configured name is not. */
  readonly self: string;
  /** Peers that are linked now. */
  readonly linked: readonly Peer[];
  /** Configured peers that are not linked now, for display. */
  readonly missing: readonly string[];
  /**
   * Sends a request to a peer.
   * @param answerMs how long to wait for the response, in milliseconds
   * @param ended called once: in this turn if the request could not be sent, otherwise in the order in which responses
   * arrive
   */
  ask<Name extends PeerRequestName>(
    peer: Peer,
    name: Name,
    body: BodyOf<Name>,
    answerMs: number,
    ended: (end: PeerResult<AnswerOf<Name>>) => void,
  ): void;
  /** Defines how a request of a peer is answered. The handler answers immediately, because the peer waits. */
  answer<Name extends PeerRequestName>(name: Name, handler: (body: BodyOf<Name>, from: Peer) => AnswerOf<Name>): void;
  watch(watcher: PeerWatcher): void;
}

/** For a server without peers. */
export const noPeers: Peers = {
  self: 'CTIOSServer',
  linked: [],
  missing: [],
  ask: (_peer, _name, _body, _answerMs, ended) =>
    ended({ outcome: 'failed', code: 'CTIOS_PEER_LOST', message: 'This server has no peers.' }),
  answer: () => {},
  watch: () => {},
};
