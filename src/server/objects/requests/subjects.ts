/**
 * The subject of a request: the agent, the phone and the calls that its arguments denote. Handlers act on what is found
 * here, and privileges are checked on it, so that the object that is checked is always the one that is changed.
 */

import { type Args, agentObjectId, parseObjectId } from '../../../ctios/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { World } from '../../model/world.js';
import type { ObjectServerRequester } from '../../object-server.js';
import type { AgentSubject } from '../../translation/agent-requests.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';

/** The parts of a request that denote its subject. */
export interface Asked {
  readonly from: ObjectServerRequester;
  readonly target: string | undefined;
  readonly args: Args;
}

/** Where subjects are looked up. */
export interface Known {
  readonly world: World;
  readonly settings: { readonly peripheralId: number };
}

/** The call named by the target or UniqueObjectID or, in agent mode, the current call. */
export function callAsked({ world }: Known, { target, args, from }: Asked): ServerCall | undefined {
  const id = target?.startsWith('call.') ? target : textArgument(args.UniqueObjectID);
  if (id?.startsWith('call.')) return world.calls.byReference(id);
  if (target !== undefined || from.agent === undefined) return undefined;
  return currentCallOf(world.agents.byId(from.agent)?.device);
}

/** The second call of a request about two. @returns null if it is named but does not exist */
export function referenceOf({ world }: Known, { args }: Asked): ServerCall | null | undefined {
  const id = textArgument(args.CallReferenceObjectID);
  return id === undefined ? undefined : (world.calls.byReference(id) ?? null);
}

/** The agent named by the arguments or the target, otherwise the client's own; undefined if there is none. */
export function agentAsked({ world, settings }: Known, { target, args, from }: Asked): AgentSubject | undefined {
  const named = textArgument(args.AgentID);
  const given = target === undefined ? undefined : parseObjectId(target);
  const own = from.agent === undefined ? undefined : world.agents.byId(from.agent);
  const peripheralId = Number(
    args.PeripheralID ?? (given === undefined ? own?.peripheralId : given.peripheralID) ?? settings.peripheralId,
  );
  const agentId = named ?? (given?.kind === 'agent' ? given.agentID : undefined);
  let agent: ServerAgent | undefined;
  const login = agentId === undefined ? textArgument(args.LoginName) : undefined;
  if (login !== undefined) {
    agent = world.agents.byLoginName(login);
    if (agent === undefined) return undefined;
  } else if (agentId !== undefined) agent = world.agents.find(peripheralId, agentId);
  else {
    agent = world.devices.find(peripheralId, textArgument(args.AgentInstrument))?.agent ?? own;
    if (agent === undefined && args.AgentInstrument === undefined) return undefined;
  }
  return { peripheralId, agentId: agentId ?? agent?.agentId, agent, call: currentCallOf(agent?.device) };
}

/** Id of the call named by a request of an agent. */
export function callNamedBy({ target, args }: Asked): string | undefined {
  return textArgument(args.CallReference) ?? (target?.startsWith('call.') ? target : undefined);
}

/** The agent named by AgentReference: a UniqueObjectID or an AgentID. */
export function agentReference({ world, settings }: Known, { args }: Asked): ServerAgent | undefined {
  const reference = textArgument(args.AgentReference);
  if (reference === undefined) return undefined;
  const peripheralId = numberArgument(args.PeripheralID) ?? settings.peripheralId;
  return world.agents.byId(reference) ?? world.agents.byId(agentObjectId(peripheralId, reference));
}

/** The agent to be monitored: by AgentID, otherwise by the phone. */
export function overheardAgent({ world, settings }: Known, { args }: Asked): ServerAgent | undefined {
  const peripheralId = numberArgument(args.PeripheralID) ?? settings.peripheralId;
  return (
    world.agents.find(peripheralId, textArgument(args.AgentID)) ??
    world.devices.find(peripheralId, textArgument(args.DeviceID))?.agent
  );
}

/** Id of the call that a supervisor refers to. */
export function supervisedCall({ args }: Asked): string | undefined {
  return textArgument(args.CallReference) ?? textArgument(args.AgentCallReference);
}
