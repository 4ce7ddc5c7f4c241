/**
 * A request of the protocol from the CTI Server's point of view: the service it needs, whether it is call control, and
 * what it does. The tables of requests consist of these rows; the dispatcher reads them.
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

/** The device that a request acts on: a client that controls its own device only may name no other. */
export interface ActsOn {
  readonly peripheralId: number;
  /** A device or an instrument; undefined: the request names none. */
  readonly device: string | undefined;
}

/** The response, without its InvokeID, which the dispatcher adds; undefined: there is none. */
export type Answer = SimulatorConfirmation | Refused | undefined;
export interface SimulatorConfirmation {
  /** Absent if the messages that follow are the response. */
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
  /** Bits of ServiceMask of which the session must have one; 0: available to every session. */
  readonly service: number;
  /** A control request: refusals can be planned for it, and a session can opt out of its confirmation. */
  readonly control?: true;
  /** The confirmation comes after the events that the request causes; otherwise before them. */
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

/** Converts the switch's result to the server's response: a confirmation or a refusal. */
export function answerWith<T>(outcome: CommandOutcome<T>, confirmation: (value: T) => MessageInit): Answer {
  if (outcome.ok) return confirm(confirmation(outcome.value));
  return outcome.status !== undefined
    ? refuseRequest(outcome.status)
    : refuseControl(outcome.failureCode, outcome.peripheralErrorCode);
}

export type ConfirmationName = {
  [N in MessageName]: N extends `${string}_CONF` ? N : never;
}[MessageName];

/** A confirmation without content. */
export const done =
  <N extends ConfirmationName>(type: N) =>
  (): MessageInit =>
    ({ type }) as MessageInitOf<N> as MessageInit;

/** The connection that three fields of a request name. Its device may be named by the instrument alone. */
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
