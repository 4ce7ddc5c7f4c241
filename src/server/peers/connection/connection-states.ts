/**
 * The state machine of one connection between two servers, from either end. The connecting end says hello and waits in
 * `calling`, then in `proved`; the accepting end waits in `greeting`, then in `proving`. The connecting end
 * authenticates first, so that a program that merely reaches the listener learns nothing to guess the secret from.
 */
import type { Row } from '../../../common/machine.js';
import type { Introduction } from './messages.js';

/** Why a connection has ended, as a sentence and a code. */
export interface ConnectionEnd {
  readonly code: string;
  readonly message: string;
}

export type PeerConnectionState =
  /** accepting end: waits for the hello */
  | 'greeting'
  /** accepting end: has sent its challenge, waits for the proof */
  | 'proving'
  /** connecting end: has said hello, waits for the challenge */
  | 'calling'
  /** connecting end: has authenticated, waits for the welcome */
  | 'proved'
  /** both have authenticated; either may send requests */
  | 'linked'
  | 'closed';

/** The signals and their payloads. */
export interface PeerConnectionSignals {
  hello: Introduction;
  challenge: Introduction;
  proof: { proof: string };
  welcome: { proof: string };
  /** the other end refuses, with a reason */
  refused: ConnectionEnd;
  /** the other end closes, with a reason */
  'peer closes': ConnectionEnd;
  /** what was received is not a message, or not one that is allowed now */
  'bad message': string;
  /** the handshake took too long */
  overdue: undefined;
  /** the maximum number of consecutive heartbeats is unanswered */
  silent: undefined;
  /** too much is queued for the peer */
  stalled: undefined;
  /** this server stops */
  stop: undefined;
  /** the transport is closed */
  closed: string | undefined;
}

export type PeerConnectionSignal = keyof PeerConnectionSignals;

/** The conditions and actions of the rows; implemented by the connection. */
export interface PeerConnectionActions {
  otherVersion(introduction: Introduction): boolean;
  isSelf(introduction: Introduction): boolean;
  /** This peer is linked already, or over a connection that is about to be. @param introduction until it is met */
  isDuplicateLink(introduction?: Introduction): boolean;
  provesItself(message: { proof: string }): boolean;
  challenge(hello: Introduction): void;
  authenticate(challenge: Introduction): void;
  welcome(): void;
  refuseVersion(introduction: Introduction): void;
  refuseSelf(): void;
  refuseProof(): void;
  refuseDouble(): void;
  giveWay(challenge: Introduction): void;
  wasRefused(why: ConnectionEnd): void;
  peerCloses(why: ConnectionEnd): void;
  badMessage(why: string): void;
  overdue(): void;
  silent(): void;
  stalled(): void;
  sayGoodbye(): void;
  wireClosed(why: string | undefined): void;
}

type PeerConnectionRow = Row<PeerConnectionState, PeerConnectionSignals, PeerConnectionActions>;

const HANDSHAKE = ['greeting', 'proving', 'calling', 'proved'] as const;
const OPEN = [...HANDSHAKE, 'linked'] as const;

export const PEER_CONNECTION_TABLE: readonly PeerConnectionRow[] = [
  {
    in: 'greeting',
    on: 'hello',
    when: (it, hello) => it.otherVersion(hello),
    do: (it, hello) => it.refuseVersion(hello),
    to: 'closed',
  },
  { in: 'greeting', on: 'hello', when: (it, hello) => it.isSelf(hello), do: (it) => it.refuseSelf(), to: 'closed' },
  { in: 'greeting', on: 'hello', do: (it, hello) => it.challenge(hello), to: 'proving' },

  {
    in: 'proving',
    on: 'proof',
    when: (it, proof) => !it.provesItself(proof),
    do: (it) => it.refuseProof(),
    to: 'closed',
  },
  {
    // Only an authenticated peer learns which links exist.
    in: 'proving',
    on: 'proof',
    when: (it) => it.isDuplicateLink(),
    do: (it) => it.refuseDouble(),
    to: 'closed',
  },
  { in: 'proving', on: 'proof', do: (it) => it.welcome(), to: 'linked' },

  {
    in: 'calling',
    on: 'challenge',
    when: (it, challenge) => it.otherVersion(challenge),
    do: (it, challenge) => it.refuseVersion(challenge),
    to: 'closed',
  },
  {
    in: 'calling',
    on: 'challenge',
    when: (it, challenge) => it.isSelf(challenge),
    do: (it) => it.refuseSelf(),
    to: 'closed',
  },
  {
    in: 'calling',
    on: 'challenge',
    when: (it, challenge) => it.isDuplicateLink(challenge),
    do: (it, challenge) => it.giveWay(challenge),
    to: 'closed',
  },
  { in: 'calling', on: 'challenge', do: (it, challenge) => it.authenticate(challenge), to: 'proved' },

  {
    in: 'proved',
    on: 'welcome',
    when: (it, proof) => !it.provesItself(proof),
    do: (it) => it.refuseProof(),
    to: 'closed',
  },
  { in: 'proved', on: 'welcome', to: 'linked' },

  { in: OPEN, on: 'refused', do: (it, why) => it.wasRefused(why), to: 'closed' },
  { in: HANDSHAKE, on: 'overdue', do: (it) => it.overdue(), to: 'closed' },
  { in: 'linked', on: 'silent', do: (it) => it.silent(), to: 'closed' },
  { in: 'linked', on: 'stalled', do: (it) => it.stalled(), to: 'closed' },

  { in: OPEN, on: 'peer closes', do: (it, why) => it.peerCloses(why), to: 'closed' },
  { in: OPEN, on: 'bad message', do: (it, why) => it.badMessage(why), to: 'closed' },
  { in: OPEN, on: 'stop', do: (it) => it.sayGoodbye(), to: 'closed' },
  { in: OPEN, on: 'closed', do: (it, why) => it.wireClosed(why), to: 'closed' },
];
