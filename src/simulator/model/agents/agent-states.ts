import { State } from '../state/codes.js';
import type { WrapupMode } from '../state/config.js';
import type { AgentStateNumber } from '../state/events/values.js';
import type { RefusalName } from '../state/refusals.js';

/**
 * The agent state machine, as a table. The first matching row applies; a state without a matching row for an `ask` is
 * an illegal transition, for any other trigger nothing happens.
 */

export type AgentTrigger =
  | 'login'
  | 'logout'
  | 'askAvailable'
  | 'askNotReady'
  | 'askWorkReady'
  | 'askWorkNotReady'
  /** A call is on its way to the phone. */
  | 'offered'
  /** A connection is active. */
  | 'talking'
  /** No connection is active, one is held. */
  | 'held'
  /** The phone has no calls any longer. */
  | 'callsOver'
  /** The phone rang and was not answered. */
  | 'notAnswered'
  | 'nonAcdBusy'
  | 'nonAcdFree'
  | 'workTimer'
  | 'idleTimer'
  | 'deviceLost';

/** What the conditions of the table depend on. */
export interface AgentSituation {
  /** The router has announced a call that does not ring yet. */
  callOnItsWay: boolean;
  /** A supervisor requests it, or ForcedFlag is set. */
  forced: boolean;
  /** Wrap-up mode for the direction of the calls in hand. */
  wrapupMode: WrapupMode;
  /** The calls just over were inbound, outbound, or not ACD calls. */
  calls: 'in' | 'out' | 'other';
  pending?: AgentStateNumber;
  logoutWanted: boolean;
  availableAfter: boolean;
  wrapupDataMissing: boolean;
  mayPend: boolean;
  availableAtLogin: boolean;
  /** The current state was set by the system for a call that is over now. */
  standsAside: boolean;
}

export interface StateRow {
  in: readonly AgentStateNumber[];
  on: AgentTrigger;
  when?: (situation: AgentSituation) => boolean;
  /** The next state; 'before' is the one the calls interrupted. */
  to?: AgentStateNumber | 'before';
  refuse?: RefusalName;
  /** What to remember instead of changing state. */
  remember?: 'pending' | 'logout';
}

const { logout, notReady, available, talking, workNotReady, workReady, busyOther, reserved, unknown, hold } = State;
const out = [logout, unknown];
const work = [workReady, workNotReady];
const inCall = [talking, hold];
const loggedIn = [notReady, available, talking, workNotReady, workReady, busyOther, reserved, hold];

const mustWrapUp = (s: AgentSituation) =>
  s.calls !== 'other' && (s.wrapupMode === 'required' || s.wrapupMode === 'requiredWithData');

export const agentStates: readonly StateRow[] = [
  { in: out, on: 'login', when: (s) => s.availableAtLogin, to: available },
  { in: out, on: 'login', to: notReady },
  { in: loggedIn, on: 'login', refuse: 'alreadyLoggedIn' },

  { in: out, on: 'logout', refuse: 'alreadyLoggedOut' },
  { in: [notReady], on: 'logout', to: logout },
  { in: [...work, available], on: 'logout', when: (s) => s.forced && !s.callOnItsWay, to: logout },
  { in: [available, reserved, ...inCall], on: 'logout', when: (s) => s.forced, remember: 'logout' },
  { in: loggedIn, on: 'logout', refuse: 'cannotLogOut' },

  { in: [notReady], on: 'askAvailable', to: available },
  { in: work, on: 'askAvailable', when: (s) => s.wrapupDataMissing, refuse: 'wrapupDataRequired' },
  { in: work, on: 'askAvailable', to: available },
  { in: inCall, on: 'askAvailable', when: (s) => s.mayPend || s.wrapupMode === 'optional', remember: 'pending' },
  { in: inCall, on: 'askAvailable', refuse: 'cannotGoReady' },
  { in: [available], on: 'askAvailable', refuse: 'badTransition' },

  { in: [notReady], on: 'askNotReady', to: notReady },
  { in: [available], on: 'askNotReady', when: (s) => s.callOnItsWay, refuse: 'callOnItsWay' },
  { in: [available], on: 'askNotReady', to: notReady },
  { in: work, on: 'askNotReady', when: (s) => s.wrapupDataMissing, refuse: 'wrapupDataRequired' },
  { in: work, on: 'askNotReady', to: notReady },
  { in: inCall, on: 'askNotReady', when: (s) => s.mayPend || s.wrapupMode === 'optional', remember: 'pending' },
  { in: inCall, on: 'askNotReady', refuse: 'pendingRefused' },

  { in: inCall, on: 'askWorkReady', when: (s) => s.wrapupMode !== 'notAllowed', remember: 'pending' },
  { in: inCall, on: 'askWorkNotReady', when: (s) => s.wrapupMode !== 'notAllowed', remember: 'pending' },

  { in: [reserved], on: 'askAvailable', refuse: 'stateReserved' },
  { in: [reserved], on: 'askNotReady', refuse: 'stateReserved' },
  { in: [reserved], on: 'askWorkReady', refuse: 'stateReserved' },
  { in: [reserved], on: 'askWorkNotReady', refuse: 'stateReserved' },
  { in: out, on: 'askAvailable', refuse: 'notLoggedIn' },
  { in: out, on: 'askNotReady', refuse: 'notLoggedIn' },
  { in: out, on: 'askWorkReady', refuse: 'notLoggedIn' },
  { in: out, on: 'askWorkNotReady', refuse: 'notLoggedIn' },

  { in: [available], on: 'offered', to: reserved },
  { in: [notReady, available, ...work, busyOther, reserved, hold], on: 'talking', to: talking },
  { in: [talking], on: 'held', to: hold },

  { in: [...inCall, reserved], on: 'callsOver', when: (s) => s.logoutWanted, to: logout },
  { in: [reserved], on: 'callsOver', to: 'before' },
  { in: inCall, on: 'callsOver', when: (s) => s.pending === workNotReady, to: workNotReady },
  { in: inCall, on: 'callsOver', when: (s) => s.pending === workReady, to: workReady },
  { in: inCall, on: 'callsOver', when: (s) => mustWrapUp(s) && s.pending === notReady, to: workNotReady },
  { in: inCall, on: 'callsOver', when: (s) => mustWrapUp(s) && s.calls === 'in', to: workReady },
  { in: inCall, on: 'callsOver', when: mustWrapUp, to: workNotReady },
  { in: inCall, on: 'callsOver', when: (s) => s.pending === available, to: available },
  { in: inCall, on: 'callsOver', when: (s) => s.pending === notReady, to: notReady },
  { in: inCall, on: 'callsOver', when: (s) => s.availableAfter, to: available },
  { in: inCall, on: 'callsOver', to: 'before' },
  { in: [available], on: 'callsOver', when: (s) => s.logoutWanted, to: logout },
  { in: [notReady], on: 'callsOver', when: (s) => s.standsAside, to: 'before' },

  { in: [reserved], on: 'notAnswered', when: (s) => s.logoutWanted, to: logout },
  { in: [reserved], on: 'notAnswered', to: notReady },
  { in: [available], on: 'nonAcdBusy', to: notReady },
  { in: [notReady], on: 'nonAcdFree', when: (s) => s.standsAside, to: 'before' },
  { in: [workReady], on: 'workTimer', to: available },
  { in: [workNotReady], on: 'workTimer', to: notReady },
  { in: [notReady], on: 'idleTimer', to: logout },
  { in: loggedIn, on: 'deviceLost', to: logout },
];

/** Rows by trigger and state, because the table is read for every event of every agent. */
const index = new Map<AgentTrigger, Map<AgentStateNumber, StateRow[]>>();
for (const row of agentStates)
  for (const state of row.in) {
    const byState = index.get(row.on) ?? new Map<AgentStateNumber, StateRow[]>();
    index.set(row.on, byState);
    byState.set(state, [...(byState.get(state) ?? []), row]);
  }

export function rowFor(
  state: AgentStateNumber,
  trigger: AgentTrigger,
  situation: AgentSituation,
): StateRow | undefined {
  return index
    .get(trigger)
    ?.get(state)
    ?.find((row) => row.when === undefined || row.when(situation));
}
