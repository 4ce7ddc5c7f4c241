/** The life of one configured peer, as a table: it is called until it is linked, or found to be linked otherwise. */
import type { Row } from '../../common/machine.js';

export type DiallerState =
  /** not wanted */
  | 'stopped'
  /** a wire is being opened */
  | 'dialling'
  /** it is open; the two ends prove themselves */
  | 'greeting'
  | 'linked'
  /** the peer behind this address is linked over another connection: it called first, or has two addresses here */
  | 'covered'
  /** waits before it dials again */
  | 'pausing';

export type DiallerSignal =
  | 'start'
  | 'opened'
  | 'failed'
  | 'linked'
  /** the connection has ended */
  | 'ended'
  /** the other connection with that peer is gone */
  | 'uncovered'
  /** some peer is linked that this server did not call: it may be this one */
  | 'news'
  | 'retry'
  | 'stop';

export interface DiallerActions {
  /** The peer that was last found at this address is linked. */
  readonly isCovered: boolean;
  dial(): void;
  greet(wire: unknown): void;
  reached(): void;
  /** Arranges for `retry`, later each time. */
  pause(why: unknown): void;
  /** The same for a link that was up, whose end is told otherwise. */
  pauseAfterLoss(why: unknown): void;
  cover(): void;
  giveUp(): void;
}

type DiallerRow = Row<DiallerState, DiallerSignal, DiallerActions>;

export const DIALLER_TABLE: readonly DiallerRow[] = [
  { in: 'stopped', on: 'start', do: (it) => it.dial(), to: 'dialling' },

  { in: 'dialling', on: 'opened', do: (it, wire) => it.greet(wire), to: 'greeting' },
  { in: 'dialling', on: 'failed', do: (it, why) => it.pause(why), to: 'pausing' },

  { in: 'greeting', on: 'linked', do: (it) => it.reached(), to: 'linked' },
  { in: 'greeting', on: 'ended', when: (it) => it.isCovered, do: (it) => it.cover(), to: 'covered' },
  { in: 'greeting', on: 'ended', do: (it, why) => it.pause(why), to: 'pausing' },

  { in: 'linked', on: 'ended', do: (it, why) => it.pauseAfterLoss(why), to: 'pausing' },

  { in: 'covered', on: 'uncovered', do: (it, why) => it.pauseAfterLoss(why), to: 'pausing' },

  { in: 'pausing', on: 'news', when: (it) => it.isCovered, do: (it) => it.cover(), to: 'covered' },
  { in: 'pausing', on: 'news', do: (it) => it.dial(), to: 'dialling' },
  { in: 'pausing', on: 'retry', do: (it) => it.dial(), to: 'dialling' },

  {
    in: ['dialling', 'greeting', 'linked', 'covered', 'pausing'],
    on: 'stop',
    do: (it) => it.giveUp(),
    to: 'stopped',
  },
];
