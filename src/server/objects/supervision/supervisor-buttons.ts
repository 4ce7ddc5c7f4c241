/** Which buttons a supervisor's desktop may offer for the monitored agent and call, as a table. */

import { constants, enums } from '../../../ctios/index.js';
import { AgentState, LocalConnectionState } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';

const B = constants(enums.SupervisorButtonEnablementMask);

/** What a supervisor is doing with another agent. */
export interface MonitoredSelection {
  /** The supervisor. */
  supervisor: ServerAgent | undefined;
  /** The monitored agent. */
  agent: ServerAgent | undefined;
  /** The selected call of the agent. */
  call: ServerCall | undefined;
  /** The supervisor has joined that call as a party. */
  bargedIn: boolean;
  /** The supervisor has taken that call over. */
  intercepted: boolean;
  /** The supervisor silently monitors it. */
  listening: boolean;
  /** Another supervisor silently monitors the agent, here or at a peer: only one can at a time. */
  taken: boolean;
  /** Unified CM forks the media; otherwise desktops do. */
  ccmBased: boolean;
}

interface ButtonRow {
  bit: number;
  when: (watch: MonitoredSelection) => boolean;
}

export const SUPERVISOR_BUTTONS: readonly ButtonRow[] = [
  { bit: B.ENABLE_SET_AGENT_LOGOUT, when: ({ agent }) => agent?.loggedIn === true },
  { bit: B.ENABLE_SET_AGENT_READY, when: ({ agent }) => agent?.state === AgentState.AGENT_STATE_NOT_READY },
  // Silent monitoring ends before a barge-in.
  { bit: B.ENABLE_BARGE_IN, when: (watch) => talking(watch) && !joined(watch) && !watch.listening },
  { bit: B.ENABLE_INTERCEPT, when: (watch) => watch.bargedIn && !watch.intercepted },
  { bit: B.ENABLE_CLEAR, when: (watch) => watch.bargedIn || watch.intercepted || watch.listening },
  {
    bit: B.ENABLE_START_SILENTMONITOR,
    when: (watch) => !watch.listening && !watch.taken && !joined(watch) && mayListen(watch),
  },
  { bit: B.ENABLE_STOP_SILENTMONITOR, when: ({ listening }) => listening },
];

/** As a party, not by silent monitoring. */
function joined({ bargedIn, intercepted }: MonitoredSelection): boolean {
  return bargedIn || intercepted;
}

/**
 * For a call that the supervisor is not a party to: if the agent is talking to the supervisor, no barge-in is needed.
 */
function talking({ call, supervisor }: MonitoredSelection): boolean {
  if (call?.status !== LocalConnectionState.LCS_CONNECT) return false;
  for (const own of supervisor?.device?.calls ?? []) if (own.callId === call.callId) return false;
  return true;
}

/** With Unified CM a call is monitored, and from NotReady; with desktop capture, any agent at work. */
function mayListen(watch: MonitoredSelection): boolean {
  const { ccmBased, agent, supervisor } = watch;
  if (!ccmBased) return agent?.loggedIn === true;
  if (!talking(watch)) return false;
  return agent?.state === AgentState.AGENT_STATE_TALKING && supervisor?.state === AgentState.AGENT_STATE_NOT_READY;
}

/** @returns SupervisorBtnEnablementMask */
export function supervisorMask(watch: MonitoredSelection): number {
  let mask = 0;
  for (const { bit, when } of SUPERVISOR_BUTTONS) if (when(watch)) mask |= bit;
  return mask >>> 0;
}
