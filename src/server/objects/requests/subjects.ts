/**
 * Whom a request is about: the agent, the phone and the calls that its arguments mean. Handlers act on what is found
 * here, and privileges are checked on it, so that nothing is allowed under one name and done under another.
 */

import { type Args, agentObjectId, parseObjectId } from '../../../ctios/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { World } from '../../model/world.js';
import type { ObjectServerRequester } from '../../object-server.js';
import type { AgentSubject } from '../../translation/agent-requests.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';

/** What of a request says whom it is about. */
export interface Asked {
  readonly from: ObjectServerRequester;
  readonly target: string | undefined;
  readonly args: Args;
}

/** Where it is looked up. */
export interface Known {
  readonly world: World;
  readonly settings: { readonly peripheralId: number };
}

/** The call that the target or UniqueObjectID names, or, in agent mode, the current call. */
export function callOf({ world }: Known, { target, args, from }: Asked): ServerCall | undefined {
  const id = target?.startsWith('call.') ? target : textArgument(args.UniqueObjectID);
  if (id?.startsWith('call.')) return world.calls.byReference(id);
  if (target !== undefined || from.agent === undefined) return undefined;
  return currentCallOf(world.agents.byId(from.agent)?.device);
}

/** The second call of a request about two. @returns null where it is named and is not there */
export function referenceOf({ world }: Known, { args }: Asked): ServerCall | null | undefined {
  const id = textArgument(args.CallReferenceObjectID);
  return id === undefined ? undefined : (world.calls.byReference(id) ?? null);
}

/** The agent that the arguments or the target name, else the client's own; undefined where nobody is meant. */
export function agentOf({ world, settings }: Known, { target, args, from }: Asked): AgentSubject | undefined {
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

/** Id of the call that a request of an agent names. */
export function callNamedBy({ target, args }: Asked): string | undefined {
  return textArgument(args.CallReference) ?? (target?.startsWith('call.') ? target : undefined);
}

/** The agent that AgentReference names: a UniqueObjectID, or an AgentID. */
export function agentReference({ world, settings }: Known, { args }: Asked): ServerAgent | undefined {
  const reference = textArgument(args.AgentReference);
  if (reference === undefined) return undefined;
  const peripheralId = numberArgument(args.PeripheralID) ?? settings.peripheralId;
  return world.agents.byId(reference) ?? world.agents.byId(agentObjectId(peripheralId, reference));
}

/** The agent who is to be listened to: by AgentID, else by the phone. */
export function overheardAgent({ world, settings }: Known, { args }: Asked): ServerAgent | undefined {
  const peripheralId = numberArgument(args.PeripheralID) ?? settings.peripheralId;
  return (
    world.agents.find(peripheralId, textArgument(args.AgentID)) ??
    world.devices.find(peripheralId, textArgument(args.DeviceID))?.agent
  );
}

/** Id of the call that a supervisor means. */
export function supervisedCall({ args }: Asked): string | undefined {
  return textArgument(args.CallReference) ?? textArgument(args.AgentCallReference);
}
