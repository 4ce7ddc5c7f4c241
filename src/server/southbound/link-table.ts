/**
 * The state machine of the link to a pair of CTI Servers. The link is logical: sessions are opened and closed on side A
 * and side B, and from protocol 24 on a second session stands by on the other side. It may take over at any time, even
 * while another session is being opened.
 *
 * | state | the link |
 * |---|---|
 * | stopped | is not started |
 * | choosing | is about to take the next step of the reconnect order |
 * | connecting | is opening a session |
 * | pausing | waits between rounds |
 * | up | has an open, active session |
 * | yielded | has lost its client ID to another client, and waits until that one is gone |
 * | failed | was refused permanently; the configuration must be changed |
 */
import type { Row } from '../../common/machine.js';
import type { Side } from './reconnect-order.js';
import type { SessionEnd } from './session/session-table.js';
import type { SideSession } from './side-sessions.js';

export type LinkState = 'stopped' | 'choosing' | 'connecting' | 'pausing' | 'up' | 'yielded' | 'failed';

/** The signals and their payloads. */
export interface LinkSignals {
  start: undefined;
  stop: undefined;
  /** the next step: connect to this side, or pause for this many milliseconds */
  connect: Side;
  pause: number;
  pauseOver: undefined;
  /** the session being opened is open and active */
  opened: SideSession;
  /** the session being opened is open, but its server is on standby */
  standbyHeld: undefined;
  /** refused, but another version or set of services should be tried at once */
  renegotiate: undefined;
  /** the current session, or the one being opened, has ended */
  lost: SessionEnd;
  /** refused permanently */
  terminal: SessionEnd;
  /** another client has opened a session under the same client ID */
  replaced: SessionEnd;
  /** no client has the ID any more */
  idFree: undefined;
  /** the CTI Server does not tell which clients it has */
  idNotTold: undefined;
  /** STANDBY_ACTIVE_EVENT on the standby session */
  standbyActive: undefined;
  standbyLost: undefined;
  /** the standby session did not become active in time */
  takeoverTimeout: undefined;
}

export type LinkSignal = keyof LinkSignals;

export interface LinkActions {
  readonly hasStandby: boolean;
  choose(): void;
  begin(): void;
  connect(side: Side): void;
  pause(ms: number): void;
  becomeUp(open: SideSession): void;
  again(): void;
  reportFailure(end: SessionEnd): void;
  reportLoss(end: SessionEnd): void;
  /** Checks periodically whether the client ID is free, without taking it from the other client. */
  watchId(): void;
  reportIdLost(): void;
  /** Tries the lost side while the standby session may still take over; the first to succeed wins. */
  awaitTakeover(): void;
  dropStandby(): void;
  promote(): void;
  handOver(): void;
  shutDown(): void;
}

type LinkRow = Row<LinkState, LinkSignals, LinkActions>;

export const LINK_TABLE: readonly LinkRow[] = [
  { in: ['stopped', 'failed', 'yielded'], on: 'start', to: 'choosing', do: (link) => link.begin() },

  { in: 'choosing', on: 'connect', to: 'connecting', do: (link, side) => link.connect(side) },
  { in: 'choosing', on: 'pause', to: 'pausing', do: (link, ms) => link.pause(ms) },
  { in: 'pausing', on: 'pauseOver', to: 'choosing', do: (link) => link.choose() },

  { in: 'connecting', on: 'opened', to: 'up', do: (link, open) => link.becomeUp(open) },
  { in: 'connecting', on: 'standbyHeld', to: 'choosing', do: (link) => link.choose() },
  { in: 'connecting', on: 'renegotiate', to: 'choosing', do: (link) => link.again() },
  {
    in: 'connecting',
    on: 'lost',
    to: 'choosing',
    do: (link, end) => {
      link.reportFailure(end);
      link.choose();
    },
  },
  { in: 'connecting', on: 'terminal', to: 'failed', do: (link, end) => link.reportFailure(end) },

  {
    in: 'connecting',
    on: 'replaced',
    to: 'yielded',
    do: (link, end) => {
      link.reportFailure(end);
      link.watchId();
    },
  },

  {
    in: 'up',
    on: 'lost',
    when: (link) => link.hasStandby,
    to: 'choosing',
    do: (link, end) => {
      link.reportLoss(end);
      link.awaitTakeover();
    },
  },
  {
    in: 'up',
    on: 'lost',
    to: 'choosing',
    do: (link, end) => {
      link.reportLoss(end);
      link.begin();
    },
  },
  { in: 'up', on: 'terminal', to: 'failed', do: (link, end) => link.reportLoss(end) },
  {
    in: 'up',
    on: 'replaced',
    to: 'yielded',
    do: (link, end) => {
      link.reportLoss(end);
      link.watchId();
    },
  },
  { in: 'up', on: 'standbyActive', do: (link) => link.handOver() },

  { in: 'yielded', on: 'idFree', to: 'choosing', do: (link) => link.begin() },
  { in: 'yielded', on: 'idNotTold', to: 'failed', do: (link) => link.reportIdLost() },

  { in: 'connecting', on: 'takeoverTimeout', do: (link) => link.dropStandby() },
  { in: 'pausing', on: 'takeoverTimeout', to: 'choosing', do: (link) => link.begin() },
  { in: 'pausing', on: 'standbyLost', to: 'choosing', do: (link) => link.begin() },
  {
    in: ['choosing', 'connecting', 'pausing'],
    on: 'standbyActive',
    to: 'up',
    do: (link) => link.promote(),
  },

  { in: '*', on: 'stop', to: 'stopped', do: (link) => link.shutDown() },
];
