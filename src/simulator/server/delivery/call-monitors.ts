/** Monitors of calls live as long as their calls: they follow them to other ids, and end with them. */
import type { Clock } from '../../../common/clock.js';
import type { ConnectionRef, TelephonyEventOf } from '../../model/state/types.js';
import type { Center } from '../center.js';
import { isRenaming } from '../messages/call-messages.js';
import type { SimulatorSession } from '../session/session.js';
import type { MonitorTarget } from './audience.js';

type CallTarget = Extract<MonitorTarget, { kind: 'call' }>;

/** A monitor of a call follows it when the call gets another id. */
export function followCall(sessions: Iterable<SimulatorSession>, event: TelephonyEventOf<'callDataUpdate'>): void {
  if (!isRenaming(event)) return;
  for (const { target } of monitorsOf(sessions, event.connection)) target.callId = event.newConnection.callId;
}

/** A monitor of a call ends with it: with the named device's connection, or with the whole call. */
export function endWithCall(
  sessions: Iterable<SimulatorSession>,
  { peripheralId, callId, connection }: TelephonyEventOf<'callEnd'>,
  center: Center,
  clock: Clock,
): void {
  for (const { session, id, target } of monitorsOf(sessions, { ...connection, callId })) {
    if (target.deviceId !== undefined) session.monitors.delete(id);
    // The ends of the other parties are reported later in this turn.
    else {
      clock.after(0, () => {
        if (center.call(peripheralId, callId) === undefined) session.monitors.delete(id);
      });
    }
  }
}

function* monitorsOf(
  sessions: Iterable<SimulatorSession>,
  { peripheralId, callId, deviceId }: ConnectionRef,
): Generator<{ session: SimulatorSession; id: number; target: CallTarget }> {
  for (const session of sessions) {
    for (const { id, target } of session.monitors.values()) {
      if (target.kind !== 'call' || target.peripheralId !== peripheralId || target.callId !== callId) continue;
      if (target.deviceId === undefined || target.deviceId === deviceId) yield { session, id, target };
    }
  }
}
