import type { Args } from '../../../ctios/index.js';
import { ConfigOperation } from '../../../ged188/index.js';
import type { World } from '../../model/world.js';
import type { Audience, Publication } from '../../object-server.js';
import { agentServices } from '../../translation/agent-events.js';
import { wholeCall } from '../../translation/call-events.js';
import { UNADDRESSED } from '../core/publisher.js';
import { type AgentTracker, audienceOf, skillInfo } from '../tracking/agent-tracker.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { TeamTracker } from '../tracking/team-tracker.js';
import { snapshotDevice } from './reconciliation.js';

/**
 * The current state, for a new client: skill groups, agents who are logged in, teams, devices with calls or agents,
 * calls. Must be read synchronously: it walks the live objects.
 */
export function* initialSnapshot(
  world: World,
  agents: AgentTracker,
  calls: CallTracker,
  teams: TeamTracker,
): Iterable<Publication> {
  for (const group of world.skillGroups) {
    if (group.name !== undefined) yield recovered('OnSkillInfoEvent', skillInfo(group), UNADDRESSED);
  }
  for (const agent of world.agents) {
    if (agent.told && agent.loggedIn)
      yield recovered('OnQueryAgentStateConf', agents.described(agent), audienceOf(agent));
    if (agent.services !== undefined) yield recovered('OnAgentServicesChange', agentServices(agent), audienceOf(agent));
  }
  for (const team of world.teams) {
    for (const member of team.members.values()) {
      const args = teams.member(team, member, ConfigOperation.ADD_AGENT);
      yield recovered('OnNewAgentTeamMember', args, UNADDRESSED);
    }
  }
  for (const device of world.devices) {
    if (device.agent !== undefined || device.calls.size > 0) {
      yield recovered('OnSnapshotDeviceConf', snapshotDevice(device), device.audience);
    }
  }
  for (const call of world.calls) {
    const args = calls.complete(call, wholeCall(call));
    yield recovered('OnSnapshotCallConf', args, call.device?.audience ?? UNADDRESSED);
  }
}

function recovered(event: string, args: Args, to: Audience): Publication {
  return { kind: 'event', event, args, recovered: true, to };
}
