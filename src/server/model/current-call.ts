import { CallType, LocalConnectionState } from '../../ged188/index.js';
import type { Device, ServerCall } from './entities.js';

const LCS = LocalConnectionState;

/** The higher, the more likely the call is what the agent is working on. */
const PRECEDENCE: Readonly<Record<number, number>> = {
  [LCS.LCS_CONNECT]: 6,
  [LCS.LCS_INITIATE]: 5,
  [LCS.LCS_ALERTING]: 4,
  [LCS.LCS_HOLD]: 3,
  [LCS.LCS_QUEUED]: 2,
  [LCS.LCS_FAIL]: 1,
};

/** A silent monitor's call is also at the phone of the monitored agent; it is never what that agent is working on. */
const OVERHEARD = 0.5;

/**
 * The call that an agent's own events concern. If there is one call at the phone it is that one; if there are several
 * the desktop chooses, which the server does not know: it takes the one in conversation.
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
