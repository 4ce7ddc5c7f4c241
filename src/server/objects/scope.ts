/**
 * For whom an agent-mode client may act: for its own agent and the calls on that agent's phone; a supervisor for others
 * too, once the team it leads was told of (RequestAgentTeamList). A CTI Server trusts its client in this, so that the
 * object server has to see to it.
 */
import type { RequestDefinition } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { Requester } from '../object-server.js';
import type { World } from './world.js';

/** @returns what the request reaches for beyond the client's own agent, in words; undefined where it may go on */
export function beyondScope(
  world: World,
  from: Requester,
  definition: RequestDefinition,
  target: string | undefined,
  args: Args,
): string | undefined {
  if (from.mode !== 'agent' || from.agent === undefined || !definition.controls) return undefined;
  const own = world.agents.byId(from.agent);
  if (own === undefined || own.isSupervisor) return undefined;
  for (const id of [target, args.UniqueObjectID]) {
    if (typeof id !== 'string') continue;
    const device = id.startsWith('call.') ? world.calls.byId(id)?.device : undefined;
    if (device !== undefined && device !== own.device) return `the call ${id}`;
    if (id.startsWith('agent.') && id !== own.id) return `agent ${id}`;
  }
  const { AgentID } = args;
  return AgentID !== undefined && AgentID !== own.agentId ? `agent ${String(AgentID)}` : undefined;
}
