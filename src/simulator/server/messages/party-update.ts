import { EventCause, LocalConnectionState } from '../../../ged188/index.js';
import type { CallEvent, CallView, ConnectionView } from '../../model/state/types.js';

/** The message about a connection after a change of sides; undefined if it neither rings nor is active. */
export function partyUpdate(call: CallView, connection: ConnectionView, time: number): CallEvent | undefined {
  const { peripheralId, callId } = call;
  const { deviceId, device, state } = connection;
  if (connection.kind !== 'agentPhone' && connection.kind !== 'phone') return undefined;
  const happening = {
    sequence: 0,
    time,
    peripheralId,
    callId,
    connection: { peripheralId, callId, deviceId },
    views: [connection],
    cause: EventCause.CEC_CALL_PARTY_UPDATE_IND,
    call: call.facts,
  };
  if (state === LocalConnectionState.LCS_ALERTING) return { ...happening, kind: 'callDelivered', alerting: device };
  if (state === LocalConnectionState.LCS_CONNECT) return { ...happening, kind: 'callEstablished', answering: device };
  return undefined;
}
