/**
 * For whom an agent-mode client may act: for its own agent and the calls on that agent's phone; a supervisor also for
 * the members of the teams it leads, once they were told of (RequestAgentTeamList). A CTI Server trusts its client in
 * this, so that the object server has to see to it.
 */

import type { RequestDefinition } from '../../../ctios/index.js';
import type { Args } from '../../../ctios/transport.js';
import type { Device, ServerAgent } from '../../model/entities.js';
import type { World } from '../../model/world.js';
import type { ObjectServerRequester } from '../../object-server.js';

export interface MissingPrivilege {
  readonly code: 'CTIOS_NOT_SUPERVISOR' | 'CTIOS_NOT_ALLOWED';
  /** A sentence for people. */
  readonly message: string;
}

/** The server may have to ask first who leads a team; the handler itself refuses. */
const ASKS_FIRST = 'RequestAgentTeamList';
/** For supervisors in agent mode; a monitor session may listen, too (the guide's stand-alone silent monitor). */
const LISTENS = 'StartSilentMonitorRequest';

/** @returns what the client may not do, or undefined where it may go on */
export function missingPrivilege(
  world: World,
  from: ObjectServerRequester,
  definition: RequestDefinition,
  target: string | undefined,
  args: Args,
): MissingPrivilege | undefined {
  if (from.mode !== 'agent' || from.agent === undefined) return undefined;
  const own = world.agents.byId(from.agent);
  if (own === undefined) return undefined;
  const { name } = definition;
  const supervises = (definition.supervisor && name !== ASKS_FIRST) || name === LISTENS;
  if (supervises && !mayBeSupervisor(world, own)) return notSupervisor(name, own);
  if (args.SupervisorID !== undefined) {
    if (args.SupervisorID !== own.agentId) {
      return notAllowed(name, `SupervisorID ${String(args.SupervisorID)} is not the session's own agent.`);
    }
    if (!mayBeSupervisor(world, own)) return notSupervisor(name, own);
  }
  if (!definition.controls && !supervises) return undefined;
  const beyond = beyondReach(world, own, supervises, target, args);
  if (beyond === undefined) return undefined;
  const why = own.isSupervisor ? 'in no team that its agent leads' : 'its agent is no supervisor';
  return notAllowed(name, `${beyond} is not the session's own, and ${why}.`);
}

/** An agent of whom no team says so is no supervisor. Without any team known, the switch decides. */
export function mayBeSupervisor(world: World, agent: ServerAgent | undefined): boolean {
  return agent === undefined || agent.isSupervisor || world.teams.size === 0;
}

export function notSupervisor(request: string, agent: ServerAgent): MissingPrivilege {
  return {
    code: 'CTIOS_NOT_SUPERVISOR',
    message: `${request} is for supervisors; agent ${agent.agentId} is none.`,
  };
}

function notAllowed(request: string, why: string): MissingPrivilege {
  return { code: 'CTIOS_NOT_ALLOWED', message: `${request}: ${why}` };
}

/** @returns in words, the first agent or call named that is neither the agent's own nor of a team it leads */
function beyondReach(
  world: World,
  own: ServerAgent,
  supervises: boolean,
  target: string | undefined,
  args: Args,
): string | undefined {
  // Who may supervise, but of what team nobody has said yet: the switch decides.
  const led = (agentId: string) => world.teams.led(own.peripheralId, own.agentId, agentId) || unknown;
  const unknown = supervises && world.teams.size === 0;
  const mayReach = (agentId: string) => agentId === own.agentId || led(agentId);
  const mayReachCall = (device: Device | undefined) =>
    device === undefined ||
    device === own.device ||
    (device.agent === undefined ? own.isSupervisor : mayReach(device.agent.agentId));
  for (const id of [target, args.UniqueObjectID, args.CallReference]) {
    if (typeof id !== 'string') continue;
    if (id.startsWith('call.') && !mayReachCall(world.calls.byId(id)?.device)) return `the call ${id}`;
    if (id.startsWith('agent.') && id !== own.id && !led(agentIdOf(id))) return `agent ${id}`;
  }
  for (const id of [args.AgentID, args.AgentReference]) {
    if (typeof id === 'string' && !mayReach(agentIdOf(id))) return `agent ${id}`;
  }
  const { DeviceID } = args;
  if (supervises && typeof DeviceID === 'string' && !mayReachCall(world.devices.find(own.peripheralId, DeviceID))) {
    return `the phone ${DeviceID}`;
  }
  return undefined;
}

/** "agent.5000.1001", or "1001" as it is. */
function agentIdOf(reference: string): string {
  return reference.startsWith('agent.') ? reference.split('.').slice(2).join('.') : reference;
}
