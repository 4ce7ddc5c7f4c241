/** Which buttons a supervisor's desktop may offer for the agent and the call it watches, as a table. */

import { constants, enums } from '../../../ctios/index.js';
import { AgentState, LocalConnectionState } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';

const B = constants(enums.SupervisorButtonEnablementMask);

/** What a supervisor is doing with another agent. */
export interface MonitoredSelection {
  /** The supervisor. */
  supervisor: ServerAgent | undefined;
  /** The agent watched. */
  agent: ServerAgent | undefined;
  /** The agent's call that was selected. */
  call: ServerCall | undefined;
  /** The supervisor has joined that call, openly. */
  bargedIn: boolean;
  /** The supervisor has taken that call over. */
  intercepted: boolean;
  /** The supervisor listens to it. */
  listening: boolean;
  /** Another supervisor listens to the agent, here or at a peer: one at a time. */
  taken: boolean;
  /** Unified CM forks the media; else desktops do. */
  ccmBased: boolean;
}

interface ButtonRow {
  bit: number;
  when: (watch: MonitoredSelection) => boolean;
}

export const SUPERVISOR_BUTTONS: readonly ButtonRow[] = [
  { bit: B.ENABLE_SET_AGENT_LOGOUT, when: ({ agent }) => agent?.loggedIn === true },
  { bit: B.ENABLE_SET_AGENT_READY, when: ({ agent }) => agent?.state === AgentState.AGENT_STATE_NOT_READY },
  // Listening ends before a barge-in.
  { bit: B.ENABLE_BARGE_IN, when: (watch) => talking(watch) && !joined(watch) && !watch.listening },
  { bit: B.ENABLE_INTERCEPT, when: (watch) => watch.bargedIn && !watch.intercepted },
  { bit: B.ENABLE_CLEAR, when: (watch) => watch.bargedIn || watch.intercepted || watch.listening },
  {
    bit: B.ENABLE_START_SILENTMONITOR,
    when: (watch) => !watch.listening && !watch.taken && !joined(watch) && mayListen(watch),
  },
  { bit: B.ENABLE_STOP_SILENTMONITOR, when: ({ listening }) => listening },
];

/** Openly, not to listen. */
function joined({ bargedIn, intercepted }: MonitoredSelection): boolean {
  return bargedIn || intercepted;
}

/** On a call that the supervisor is no party to: an agent who talks to the supervisor needs no barge-in. */
function talking({ call, supervisor }: MonitoredSelection): boolean {
  if (call?.status !== LocalConnectionState.LCS_CONNECT) return false;
  for (const own of supervisor?.device?.calls ?? []) if (own.callId === call.callId) return false;
  return true;
}

/** Over Unified CM one listens to a call, and from NotReady; with a desktop that captures, to any agent at work. */
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
