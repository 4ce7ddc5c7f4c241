/**
 * The life of the link to a pair of CTI Servers, as a table. The link is logical: sessions come and go on side A and
 * side B, and from protocol 24 a second session stands by on the other side. It may take over at any time while another is
 * looked for.
 *
 * | state | the link |
 * |---|---|
 * | stopped | is not wanted |
 * | choosing | is about to take the next step of the reconnect order |
 * | connecting | has a session under way |
 * | pausing | waits between rounds |
 * | up | has an open, active session |
 * | failed | was refused for good; a person has to change something |
 */
import type { Row } from '../../common/machine.js';
import type { Side } from './reconnect-order.js';
import type { SessionEnd } from './session-table.js';
import type { SideSession } from './side-session.js';

export type LinkState = 'stopped' | 'choosing' | 'connecting' | 'pausing' | 'up' | 'failed';

/** The signals, with what comes with each. */
export interface LinkSignals {
  start: undefined;
  stop: undefined;
  /** the next step is to connect to this side, or to pause for so many milliseconds */
  connect: Side;
  pause: number;
  pauseOver: undefined;
  /** the session under way is open and active */
  opened: SideSession;
  /** the session under way is open, but its server stands by */
  standbyHeld: undefined;
  /** refused, but another version or set of services is worth trying at once */
  renegotiate: undefined;
  /** the session under way or in use has ended */
  lost: SessionEnd;
  /** refused for good */
  terminal: SessionEnd;
  /** STANDBY_ACTIVE_EVENT on the standby session */
  standbyActive: undefined;
  standbyLost: undefined;
  /** the standby session has not become active within its time */
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
  /** Tries the side that was lost while the one that stands by may take over: whichever is first. */
  awaitTakeover(): void;
  dropStandby(): void;
  promote(): void;
  handOver(): void;
  shutDown(): void;
}

type LinkRow = Row<LinkState, LinkSignals, LinkActions>;

export const LINK_TABLE: readonly LinkRow[] = [
  { in: ['stopped', 'failed'], on: 'start', to: 'choosing', do: (link) => link.begin() },

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
  { in: 'up', on: 'standbyActive', do: (link) => link.handOver() },

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
