import type { AgentView, TeamConfig } from '../model/state/types.js';
import type { Center } from './center.js';

/** The teams of a supervisor, primary or secondary; with 'all', a bridge that names no supervisor. */
export function* teamsOf(
  center: Center,
  who: AgentView | 'all',
): Generator<TeamConfig & { members: readonly string[] }> {
  for (const team of center.teams()) {
    const over =
      who === 'all' ||
      (team.peripheralId === who.peripheralId &&
        (team.primarySupervisor === who.agentId || team.secondarySupervisors.includes(who.agentId)));
    if (over) yield team;
  }
}
