/**
 * The state machine of a client's session at the CTI Server, as a table.
 *
 *   connected --granted--> open --closed by client--> leaving --> closed
 *           \                \--dismissed--> dismissed --closed by client--> leaving
 *           \--granted, this side being the standby--> standby --this side takes over--> open
 */
import type { Row } from '../../../common/machine.js';

export type SimulatorSessionState =
  /** Connected; OPEN_REQ has not been received, or was refused. */
  | 'connected'
  /** In service: events are sent, requests are answered. */
  | 'open'
  /** Opened on the side that is not active: heartbeats and CLOSE_REQ only (protocol 24 and later). */
  | 'standby'
  /** Dismissed with a FAILURE_EVENT: it has some time for its CLOSE_REQ. */
  | 'dismissed'
  /** Has sent CLOSE_REQ; the connection is about to close. */
  | 'leaving'
  | 'closed';

/** The signals and their payloads. */
export interface SimulatorSessionSignals {
  /** OPEN_REQ was accepted. */
  granted: undefined;
  /** OPEN_REQ was accepted by a standby side. */
  grantedStandby: undefined;
  /** This side becomes the active one. */
  activated: undefined;
  /** The client sent CLOSE_REQ; its InvokeID. */
  closeRequested: number;
  /** The server ends the session with a FAILURE_EVENT: a newer session of the same client, going off-line. The status. */
  dismissed: number;
  /** No message within the time that the client itself specified in OPEN_REQ. */
  idle: undefined;
  /** The client does not read what it requested. */
  stalled: undefined;
  /** The client broke the framing, so no further message can be found. */
  garbled: undefined;
  /** A leaving client, or one that never opened, took too long. */
  overdue: undefined;
  /** The connection ended. */
  gone: undefined;
}

export type SimulatorSessionSignal = keyof SimulatorSessionSignals;

/** The actions of the table. */
export interface SimulatorSessionActions {
  /** Registers the session with its server and sends the current state (events after OPEN_CONF). */
  begin(): void;
  /** STANDBY_ACTIVE_EVENT_MSG, then like `begin` without repeating what the active side has sent. */
  takeOver(): void;
  /** Ends the service; reported to client monitors with this status. */
  retire(status: 'closed' | 'dismissed' | 'timeout' | 'stalled' | 'garbled' | 'gone', dismissal?: number): void;
  /** CLOSE_CONF, then the end of the stream. */
  sayGoodbye(invokeId: number): void;
  /** FAILURE_EVENT with this status; the client has some time to close. */
  dismiss(status: number): void;
  /** Drops the connection. */
  cut(): void;
}

export const simulatorSessionTable: readonly Row<
  SimulatorSessionState,
  SimulatorSessionSignals,
  SimulatorSessionActions
>[] = [
  { in: 'connected', on: 'granted', do: (session) => session.begin(), to: 'open' },
  { in: 'connected', on: 'grantedStandby', to: 'standby' },
  { in: 'standby', on: 'activated', do: (session) => session.takeOver(), to: 'open' },

  { in: 'connected', on: 'closeRequested', do: (session, id) => session.sayGoodbye(id), to: 'leaving' },
  {
    in: ['open', 'standby'],
    on: 'closeRequested',
    do: (session, id) => {
      session.retire('closed');
      session.sayGoodbye(id);
    },
    to: 'leaving',
  },
  {
    in: ['open', 'standby'],
    on: 'dismissed',
    do: (session, status) => {
      session.retire('dismissed', status);
      session.dismiss(status);
    },
    to: 'dismissed',
  },
  { in: 'dismissed', on: 'closeRequested', do: (session, id) => session.sayGoodbye(id), to: 'leaving' },
  { in: 'connected', on: 'dismissed', do: (session) => session.cut(), to: 'closed' },

  { in: ['open', 'standby'], on: 'idle', do: (session) => end(session, 'timeout'), to: 'closed' },
  { in: ['open', 'standby'], on: 'stalled', do: (session) => end(session, 'stalled'), to: 'closed' },
  { in: ['open', 'standby'], on: 'garbled', do: (session) => end(session, 'garbled'), to: 'closed' },
  { in: ['open', 'standby'], on: 'gone', do: (session) => session.retire('gone'), to: 'closed' },

  { in: ['connected', 'dismissed', 'leaving'], on: 'stalled', do: (session) => session.cut(), to: 'closed' },
  { in: ['connected', 'dismissed', 'leaving'], on: 'garbled', do: (session) => session.cut(), to: 'closed' },
  { in: ['connected', 'dismissed', 'leaving'], on: 'overdue', do: (session) => session.cut(), to: 'closed' },
  { in: ['connected', 'dismissed', 'leaving'], on: 'gone', to: 'closed' },
];

function end(session: SimulatorSessionActions, why: 'timeout' | 'stalled' | 'garbled'): void {
  session.retire(why);
  session.cut();
}
