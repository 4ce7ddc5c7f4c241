/** The parties in call messages: kinds of messages, and the party that each of them concerns. */

import { CallType, LocalConnectionState, type MessageOf } from '../../../ged188/index.js';
import type { ServerCall } from '../../model/entities.js';
import type { CallMessageName, ConnectionMessageName, JoinMessageName } from '../../translation/call-events.js';

const LCS = LocalConnectionState;

export type CallMessage = MessageOf<CallMessageName>;
export type ConnectionMessage = MessageOf<ConnectionMessageName>;
export type JoinMessage = MessageOf<JoinMessageName>;
/** Messages that change a call's state, without a special rule. */
export type ProgressMessage = MessageOf<
  Exclude<
    ConnectionMessageName,
    | 'BEGIN_CALL_EVENT'
    | 'END_CALL_EVENT'
    | 'CALL_DATA_UPDATE_EVENT'
    | 'CALL_CLEARED_EVENT'
    | 'CALL_CONNECTION_CLEARED_EVENT'
  >
>;

/** Types of calls that are made about another call. */
export const CONSULTATIONS: ReadonlySet<number> = new Set([
  CallType.CALLTYPE_CONSULT,
  CallType.CALLTYPE_ASSIST,
  CallType.CALLTYPE_EMERGENCY,
]);

/** The other call at the same phone, which a consultation is about. */
export function heldAt(call: ServerCall): ServerCall | undefined {
  for (const other of call.device!.calls) {
    if (other !== call && (other.status === LCS.LCS_HOLD || other.status === LCS.LCS_CONNECT)) return other;
  }
  return undefined;
}

/** The party whose own connection the message concerns, by the state of that connection. */
export function ownParty(m: ProgressMessage): string | undefined {
  const state = m.LocalConnectionState;
  switch (m.type) {
    case 'CALL_DELIVERED_EVENT':
      if (state === LCS.LCS_ALERTING) return m.AlertingDeviceID;
      return state === LCS.LCS_INITIATE ? m.CallingDeviceID : undefined;
    case 'CALL_ORIGINATED_EVENT':
    case 'CALL_SERVICE_INITIATED_EVENT':
      return m.CallingDeviceID;
    case 'CALL_HELD_EVENT':
      return state === LCS.LCS_HOLD ? m.HoldingDeviceID : undefined;
    case 'CALL_QUEUED_EVENT':
      return state === LCS.LCS_QUEUED ? m.QueueDeviceID : undefined;
    default:
      return undefined;
  }
}

/** Whether the call's connection is that of this device, by any of its names. */
export function isAt(call: ServerCall, deviceId: string): boolean {
  return call.deviceId === deviceId || (call.device?.names.has(deviceId) ?? false);
}
