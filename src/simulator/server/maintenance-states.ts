/**
 * The maintenance hand-over of an active side (protocol 24 and later), as a table: clients are asked, and if all agree
 * the other side takes over and this one dismisses its clients.
 */
import type { Row } from '../../common/machine.js';

export type MaintenanceState =
  | 'none'
  /** ACTIVE_MAINTENANCE_REQ_MSG was sent. */
  | 'asking'
  /** The other side serves; clients finish here. */
  | 'handingOver'
  /** No client is accepted until maintenance is over. */
  | 'away';

export type MaintenanceSignal =
  | 'begin'
  | 'accepted'
  | 'rejected'
  | 'unanswered'
  | 'moved'
  | 'overdue'
  | 'end'
  /** The side that took over is gone. */
  | 'needed'
  /** The side stops serving altogether. */
  | 'stopped';

/** The conditions and actions of the table. */
export interface MaintenanceActions {
  /** No client here supports hand-overs. */
  readonly nobodyToAsk: boolean;
  /** No client's response, or report that it has moved, is pending. */
  readonly nobodyOutstanding: boolean;
  /** ACTIVE_MAINTENANCE_REQ_MSG to the participating clients. */
  ask(): void;
  /** ACTIVE_MAINTENANCE_EVENT_MSG: cancelled. */
  callOff(): void;
  /** ACTIVE_MAINTENANCE_EVENT_MSG: continue; the other side takes over. */
  handOver(): void;
  /** All remaining clients are dismissed. */
  leave(): void;
  forgetAll(): void;
}

export const maintenanceTable: readonly Row<
  MaintenanceState,
  Record<MaintenanceSignal, undefined>,
  MaintenanceActions
>[] = [
  { in: 'none', on: 'begin', when: (it) => it.nobodyToAsk, do: (it) => it.handOver(), to: 'handingOver' },
  { in: 'none', on: 'begin', do: (it) => it.ask(), to: 'asking' },
  { in: 'asking', on: 'accepted', when: (it) => it.nobodyOutstanding, do: (it) => it.handOver(), to: 'handingOver' },
  { in: 'asking', on: 'rejected', do: (it) => it.callOff(), to: 'none' },
  // Silence counts as a no.
  { in: 'asking', on: 'unanswered', do: (it) => it.callOff(), to: 'none' },
  { in: 'asking', on: 'end', do: (it) => it.callOff(), to: 'none' },
  { in: 'handingOver', on: 'moved', when: (it) => it.nobodyOutstanding, do: (it) => it.leave(), to: 'away' },
  { in: 'handingOver', on: 'overdue', do: (it) => it.leave(), to: 'away' },
  { in: 'handingOver', on: 'needed', do: (it) => it.forgetAll(), to: 'none' },
  { in: 'away', on: 'end', to: 'none' },
  { in: '*', on: 'stopped', do: (it) => it.forgetAll(), to: 'none' },
];
