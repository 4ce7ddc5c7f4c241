/** The state machine of one configured peer: connects until the peer is linked, over this connection or another one. */
import type { Row } from '../../../common/machine.js';
import type { ConnectionEnd } from './connection-states.js';
import type { PeerTransport } from './peer-transport.js';

export type PeerConnectorState =
  /** not started */
  | 'stopped'
  /** a transport is being opened */
  | 'dialing'
  /** it is open; the two ends authenticate each other */
  | 'greeting'
  | 'linked'
  /** the peer at this address is linked over another connection: it connected first, or has two addresses here */
  | 'covered'
  /** waits before the next attempt */
  | 'pausing';

/** The signals and their payloads. */
export interface PeerConnectorSignals {
  start: undefined;
  opened: PeerTransport;
  failed: ConnectionEnd;
  linked: undefined;
  /** the connection has ended */
  ended: ConnectionEnd;
  /** the other connection with that peer is gone */
  uncovered: ConnectionEnd;
  /** a peer that this server did not connect to is linked; it may be this one */
  news: undefined;
  retry: undefined;
  stop: undefined;
}

export type PeerConnectorSignal = keyof PeerConnectorSignals;

export interface PeerConnectorActions {
  /** The peer that was last found at this address is linked. */
  readonly isCovered: boolean;
  dial(): void;
  greet(wire: PeerTransport): void;
  reached(): void;
  /** Schedules `retry`, with an increasing delay. */
  pause(why: ConnectionEnd): void;
  /** The same for a link that was up, whose end is reported elsewhere. */
  pauseAfterLoss(why: ConnectionEnd): void;
  cover(): void;
  giveUp(): void;
}

type PeerConnectorRow = Row<PeerConnectorState, PeerConnectorSignals, PeerConnectorActions>;

export const PEER_CONNECTOR_TABLE: readonly PeerConnectorRow[] = [
  { in: 'stopped', on: 'start', do: (it) => it.dial(), to: 'dialing' },

  { in: 'dialing', on: 'opened', do: (it, wire) => it.greet(wire), to: 'greeting' },
  { in: 'dialing', on: 'failed', do: (it, why) => it.pause(why), to: 'pausing' },

  { in: 'greeting', on: 'linked', do: (it) => it.reached(), to: 'linked' },
  { in: 'greeting', on: 'ended', when: (it) => it.isCovered, do: (it) => it.cover(), to: 'covered' },
  { in: 'greeting', on: 'ended', do: (it, why) => it.pause(why), to: 'pausing' },

  { in: 'linked', on: 'ended', do: (it, why) => it.pauseAfterLoss(why), to: 'pausing' },

  { in: 'covered', on: 'uncovered', do: (it, why) => it.pauseAfterLoss(why), to: 'pausing' },

  { in: 'pausing', on: 'news', when: (it) => it.isCovered, do: (it) => it.cover(), to: 'covered' },
  { in: 'pausing', on: 'news', do: (it) => it.dial(), to: 'dialing' },
  { in: 'pausing', on: 'retry', do: (it) => it.dial(), to: 'dialing' },

  {
    in: ['dialing', 'greeting', 'linked', 'covered', 'pausing'],
    on: 'stop',
    do: (it) => it.giveUp(),
    to: 'stopped',
  },
];
