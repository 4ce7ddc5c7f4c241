/**
 * What the application chooses for its session: monitor mode with a filter, agent mode with an agent, the current call.
 * A choice that contradicts an earlier one is rejected with the guide's code. Source: CTI OS Developer Guide,
 * Session.SetMessageFilter, Session.SetAgent, Session.SetCurrentCall.
 */
import { CtiosError, checkArguments, parseFilter } from '../ctios/index.js';
import { SNAPSHOT_OFF } from './mode-requests.js';
import type { Agent } from './objects/agent.js';
import type { Call } from './objects/call.js';
import type { SessionCore } from './session-core.js';
import type { AgentArgs, AgentOptions, FilterOptions } from './session-options.js';

/** Resolves when the server has established monitor mode with the filter. */
export async function chooseMonitorMode(
  { mode }: SessionCore,
  filter: string,
  { snapshot, password }: FilterOptions,
): Promise<void> {
  if (mode.choice?.mode === 'agent') {
    throw refusal('E_CTIOS_MODE_CONFLICT', 'SetMessageFilter', 'The session is in agent mode: disconnect it first.');
  }
  parseFilter(filter);
  await mode.choose({
    mode: 'monitor',
    request: 'SetMessageFilter',
    // After a gap the snapshot is required to correct the objects, even if none was requested at first.
    args: (again) => ({
      Filter: filter,
      ...(snapshot === false && !again ? { MonitorSessionSnapshotMode: SNAPSHOT_OFF } : {}),
      ...(password === undefined ? {} : { MonitorModePassword: password }),
    }),
  });
}

/** Resolves with the session's agent when the server has established agent mode. */
export async function chooseAgentMode(core: SessionCore, args: AgentArgs, options: AgentOptions): Promise<Agent> {
  if (core.mode.choice?.mode === 'monitor') {
    throw refusal(
      'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED',
      'SetAgent',
      'The session is in monitor mode: disconnect it first.',
    );
  }
  if (core.mode.choice !== undefined) {
    throw refusal('E_CTIOS_AGENT_ALREADY_IN_SESSION', 'SetAgent', 'The session has an agent: disconnect it first.');
  }
  const checked = checkArguments('SetAgent', args);
  const agent = core.introduceAgent(checked);
  core.rejectLoggedIn = options.rejectIfAlreadyLoggedIn === true;
  try {
    await core.mode.choose({ mode: 'agent', request: 'SetAgent', args: () => checked });
  } catch (error) {
    core.forgetAgent(agent);
    throw error;
  }
  return agent;
}

export function chooseCurrentCall({ agent, cache, dispatcher }: SessionCore, call: Call): void {
  if (agent === undefined) {
    throw refusal('E_CTIOS_MODE_CONFLICT', 'SetCurrentCall', 'Only an agent-mode session has a current call.');
  }
  const id = call.uniqueObjectID;
  if (cache.calls.get(id) !== call) {
    throw refusal('E_CTIOS_INVALID_CALL', 'SetCurrentCall', `There is no call ${id} in this session.`);
  }
  if (!dispatcher.currentCall.choose(call)) {
    throw refusal('E_CTIOS_CALL_ALREADY_CURRENT_IN_SESSION', 'SetCurrentCall', `Call ${id} is the current call.`);
  }
}

function refusal(code: string, request: string, message: string): CtiosError {
  return new CtiosError(code, message, { request, outcome: 'failed' });
}
