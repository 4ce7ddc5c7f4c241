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

export type LinkState = 'stopped' | 'choosing' | 'connecting' | 'pausing' | 'up' | 'failed';

export type LinkSignal =
  | 'start'
  | 'stop'
  /** the next step is to connect (data: side) or to pause (data: milliseconds) */
  | 'connect'
  | 'pause'
  | 'pauseOver'
  /** the session under way is open and active */
  | 'opened'
  /** the session under way is open, but its server stands by */
  | 'standbyHeld'
  /** refused, but another version or set of services is worth trying at once */
  | 'renegotiate'
  /** the session under way or in use has ended */
  | 'lost'
  /** refused for good */
  | 'terminal'
  /** STANDBY_ACTIVE_EVENT on the standby session */
  | 'standbyActive'
  | 'standbyLost'
  /** the standby session has not become active within its time */
  | 'takeoverTimeout';

export interface LinkActions {
  readonly hasStandby: boolean;
  choose(): void;
  begin(): void;
  connect(side: unknown): void;
  pause(ms: unknown): void;
  becomeUp(open: unknown): void;
  again(): void;
  reportFailure(end: unknown): void;
  reportLoss(end: unknown): void;
  /** Tries the side that was lost while the one that stands by may take over: whichever is first. */
  awaitTakeover(): void;
  dropStandby(): void;
  promote(): void;
  handOver(): void;
  shutDown(): void;
}

type LinkRow = Row<LinkState, LinkSignal, LinkActions>;

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
