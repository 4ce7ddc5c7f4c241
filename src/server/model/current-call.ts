import { CallType, LocalConnectionState } from '../../ged188/index.js';
import type { Device, ServerCall } from './entities.js';

const LCS = LocalConnectionState;

/** The higher, the more a call is what the agent is doing. */
const PRECEDENCE: Readonly<Record<number, number>> = {
  [LCS.LCS_CONNECT]: 6,
  [LCS.LCS_INITIATE]: 5,
  [LCS.LCS_ALERTING]: 4,
  [LCS.LCS_HOLD]: 3,
  [LCS.LCS_QUEUED]: 2,
  [LCS.LCS_FAIL]: 1,
};

/** A silent monitor's call is at the phone of the agent it listens to as well; it is never what the agent is doing. */
const OVERHEARD = 0.5;

/**
 * The call that an agent's own events are about. With one call at the phone it is that one; with several the desktop
 * chooses, which the server does not know: it takes the one that is being talked on.
 */
export function currentCallOf(device: Device | undefined): ServerCall | undefined {
  let current: ServerCall | undefined;
  let best = 0;
  for (const call of device?.calls ?? []) {
    const silent = call.data.CallType === CallType.CALLTYPE_SUPERVISOR_MONITOR;
    const precedence = silent ? OVERHEARD : (PRECEDENCE[call.status] ?? 0);
    if (precedence > best) {
      best = precedence;
      current = call;
    }
  }
  return current;
}
