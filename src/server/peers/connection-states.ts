/**
 * The life of one connection between two servers, as a table, seen from either end. The dialler says hello and waits
 * in `calling`, then in `proved`; the acceptor waits in `greeting`, then in `proving`. The dialler proves itself first:
 * whoever merely reaches a listener learns nothing that a secret could be guessed from.
 */
import type { Row } from '../../common/machine.js';

export type PeerConnectionState =
  /** acceptor: waits for the hello */
  | 'greeting'
  /** acceptor: has sent its challenge, waits for the proof */
  | 'proving'
  /** dialler: has said hello, waits for the challenge */
  | 'calling'
  /** dialler: has proven itself, waits for the welcome */
  | 'proved'
  /** both have proven themselves; either may ask */
  | 'linked'
  | 'closed';

export type PeerConnectionSignal =
  | 'hello'
  | 'challenge'
  | 'proof'
  | 'welcome'
  /** the other end refuses, in words */
  | 'refused'
  /** the other end closes, in words */
  | 'peer closes'
  /** what came is no message, or none for now */
  | 'bad message'
  /** the handshake took too long */
  | 'overdue'
  /** as many heartbeats in a row unanswered as are allowed */
  | 'silent'
  /** more waits for the peer than may */
  | 'stalled'
  /** this server stops */
  | 'stop'
  /** the wire is gone */
  | 'closed';

/** What the rows ask and do; the connection does it. */
export interface PeerConnectionActions {
  otherVersion(introduction: unknown): boolean;
  isSelf(introduction: unknown): boolean;
  /** There is a link with this peer already, or a connection that is to become it. */
  isDuplicateLink(data: unknown): boolean;
  provesItself(proof: unknown): boolean;
  challenge(hello: unknown): void;
  authenticate(challenge: unknown): void;
  welcome(): void;
  refuseVersion(introduction: unknown): void;
  refuseSelf(): void;
  refuseProof(): void;
  refuseDouble(): void;
  giveWay(challenge: unknown): void;
  wasRefused(why: unknown): void;
  peerCloses(why: unknown): void;
  badMessage(why: unknown): void;
  overdue(): void;
  silent(): void;
  stalled(): void;
  sayGoodbye(): void;
  wireClosed(why: unknown): void;
}

type PeerConnectionRow = Row<PeerConnectionState, PeerConnectionSignal, PeerConnectionActions>;

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
    // Only who has proven itself is told which links there are.
    in: 'proving',
    on: 'proof',
    when: (it, proof) => it.isDuplicateLink(proof),
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
