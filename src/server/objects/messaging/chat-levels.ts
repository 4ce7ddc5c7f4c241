/**
 * Which agents an agent may send messages to: AgentChatLevel and SupervisorChatLevel of the guide (System Manager
 * Guide, Agent, Supervisor).
 */
import { AgentFlags } from '../../../ged188/index.js';
import type { AgentTeam } from '../../model/teams.js';
import type { World } from '../../model/world.js';
import type { ChatLevel } from '../../settings.js';

/** An agent by its names; it need not be known to this server. */
export interface Correspondent {
  readonly peripheralId: number;
  readonly agentId: string;
}

type MayWrite = (from: Correspondent, to: Correspondent, world: World) => boolean;

/** The recipients that each level permits. */
export const CHAT_LEVELS: Readonly<Record<ChatLevel, MayWrite>> = {
  disabled: () => false,
  primarySupervisor: (from, to, world) =>
    sharesTeam(from, to, world, (team) => role(team, to) & AgentFlags.PRIMARY_SUPERVISOR),
  teamSupervisors: (from, to, world) =>
    sharesTeam(from, to, world, (team) => role(team, to) & (AgentFlags.PRIMARY_SUPERVISOR | AgentFlags.SUPERVISOR)),
  team: (from, to, world) => sharesTeam(from, to, world, () => 1),
  unrestricted: () => true,
};

/** An unknown level permits nothing. */
export function mayWrite(level: string, from: Correspondent, to: Correspondent, world: World): boolean {
  return Object.hasOwn(CHAT_LEVELS, level) && CHAT_LEVELS[level as ChatLevel](from, to, world);
}

function sharesTeam(from: Correspondent, to: Correspondent, world: World, fits: (team: AgentTeam) => number): boolean {
  if (from.peripheralId !== to.peripheralId) return false;
  for (const team of world.teams.of(from.peripheralId, from.agentId)) {
    if (team.members.has(to.agentId) && fits(team) !== 0) return true;
  }
  return false;
}

function role(team: AgentTeam, { agentId }: Correspondent): number {
  return team.members.get(agentId)?.flags ?? 0;
}
