/**
 * A request of the protocol as the CTI Server sees it: which service it needs, whether it is call control, and what
 * it does. The tables of requests are made of these rows; the dispatcher reads them.
 */
import type { Clock } from '../../../common/clock.js';
import {
  ControlFailureCode,
  type MessageInit,
  type MessageInitOf,
  type MessageName,
  type MessageOf,
  StatusCode,
} from '../../../ged188/index.js';
import type { CommandOutcome, ConnectionRef } from '../../model/state/types.js';
import type { Center } from '../center.js';
import type { CtiServer } from '../server.js';
import type { SimulatorSession } from '../session/session.js';

/** Where a request is carried out. */
export interface SimulatorRequestContext {
  readonly center: Center;
  readonly server: CtiServer;
  readonly session: SimulatorSession;
  readonly clock: Clock;
  readonly strict: boolean;
}

/** The device that a request acts upon: a client that controls its own device only may name no other. */
export interface ActsOn {
  readonly peripheralId: number;
  /** A device or an instrument; undefined: the request names none. */
  readonly device: string | undefined;
}

/** The answer, without its InvokeID, which the dispatcher adds; undefined: the message is not answered. */
export type Answer = SimulatorConfirmation | Refused | undefined;
export interface SimulatorConfirmation {
  /** Absent where the messages that follow are the answer. */
  readonly confirm: MessageInit | undefined;
  /** Sent after the confirmation, at the client's pace. */
  readonly following?: Iterable<MessageInit>;
}
export interface Refused {
  readonly refused:
    | { readonly status: number }
    | { readonly failureCode: number; readonly peripheralErrorCode: number };
}

export interface RequestRow<N extends MessageName> {
  /** Bits of ServiceMask of which the session must have one; 0: every session may ask. */
  readonly service: number;
  /** A control request: refusals may be planned for it, and a session may renounce its confirmation. */
  readonly control?: true;
  /** The confirmation comes after the events that the request causes; else before them. */
  readonly confirmLast?: true;
  readonly actsOn?: (request: MessageOf<N>) => ActsOn;
  readonly run: (request: MessageOf<N>, context: SimulatorRequestContext) => Answer;
}

export type RequestTable = { readonly [N in MessageName]?: RequestRow<N> };

/** Types the rows of a table by the names of their messages. */
export const requestTable = <T extends RequestTable>(table: T): T => table;

export const confirm = (message: MessageInit, following?: Iterable<MessageInit>): SimulatorConfirmation => ({
  confirm: message,
  ...(following && { following }),
});

/** FAILURE_CONF with this status (E_CTI_…). */
export const refuseRequest = (status: number): Refused => ({ refused: { status } });

/** CONTROL_FAILURE_CONF with this code (CF_…) and the peripheral's own. */
export const refuseControl = (failureCode: number, peripheralErrorCode = 0): Refused => ({
  refused: { failureCode, peripheralErrorCode },
});

/** The switch's answer as the server's: its confirmation, or its refusal. */
export function answerWith<T>(outcome: CommandOutcome<T>, confirmation: (value: T) => MessageInit): Answer {
  if (outcome.ok) return confirm(confirmation(outcome.value));
  return outcome.status !== undefined
    ? refuseRequest(outcome.status)
    : refuseControl(outcome.failureCode, outcome.peripheralErrorCode);
}

export type ConfirmationName = {
  [N in MessageName]: N extends `${string}_CONF` ? N : never;
}[MessageName];

/** A confirmation that says nothing but that it was done. */
export const done =
  <N extends ConfirmationName>(type: N) =>
  (): MessageInit =>
    ({ type }) as MessageInitOf<N> as MessageInit;

/** The connection that three fields of a request name. Its device may be given by the instrument alone. */
export function connectionRef(
  request: { readonly PeripheralID: number },
  callId: number,
  deviceId: string | undefined,
  instrument?: string,
): ConnectionRef {
  return { peripheralId: request.PeripheralID, callId, deviceId: deviceId || instrument || '' };
}

export const notPrivileged = refuseControl(ControlFailureCode.CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE);
export const missing = refuseRequest(StatusCode.E_CTI_REQUIRED_DATA_MISSING);
