/**
 * What the objects know of the other servers of a pair: who is there, what they may be asked, and that one may be lost
 * with an answer outstanding. Of sockets, secrets and heartbeats they know nothing.
 */
import type { AnswerOf, BodyOf, PeerRequestName } from './peer-requests.js';

/** Another server over the same CTI Servers. */
export interface Peer {
  /** Of its process: another one after each start. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}

/** How an ask ended: exactly once each. */
export type PeerResult<Answer> =
  | { readonly outcome: 'answered'; readonly answer: Answer }
  /** Nothing has happened at the peer: it was never sent, or the peer refused it. */
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string }
  /** It was sent, and no answer came: it may have happened. */
  | { readonly outcome: 'unknown'; readonly code: string; readonly message: string };

/** Told of peers that come and go. */
export interface PeerWatcher {
  linked?(peer: Peer): void;
  lost?(peer: Peer): void;
}

export interface Peers {
  /** What this server is called among its peers, where its name alone may not be unique. */
  readonly self: string;
  /** Peers that can be asked now. */
  readonly linked: readonly Peer[];
  /** Peers that this server was told of and has no link to now, for people. */
  readonly missing: readonly string[];
  /**
   * Asks a peer.
   * @param answerMs how long the answer is waited for, in milliseconds
   * @param ended told the end once: in this turn where it could not be sent, else in the order in which answers arrive
   */
  ask<Name extends PeerRequestName>(
    peer: Peer,
    name: Name,
    body: BodyOf<Name>,
    answerMs: number,
    ended: (end: PeerResult<AnswerOf<Name>>) => void,
  ): void;
  /** Says how an ask of a peer is answered: at once, since whoever asks waits. */
  answer<Name extends PeerRequestName>(name: Name, handler: (body: BodyOf<Name>, from: Peer) => AnswerOf<Name>): void;
  watch(watcher: PeerWatcher): void;
}

/** A server by itself. */
export const noPeers: Peers = {
  self: 'CTIOSServer',
  linked: [],
  missing: [],
  ask: (_peer, _name, _body, _answerMs, ended) =>
    ended({ outcome: 'failed', code: 'CTIOS_PEER_LOST', message: 'This server has no peers.' }),
  answer: () => {},
  watch: () => {},
};
