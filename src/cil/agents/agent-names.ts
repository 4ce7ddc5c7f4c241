/** How agents are named in requests: by the arguments, the target, or as the agent of a session to open. */
import { CtiosError, requestByName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import { agentObjectId, parseObjectId } from '../../ctios/unique-object-id.js';

/** Identifies an agent: by AgentID, with or without its peripheral, or by a UniqueObjectID. */
export interface NamedAgent {
  readonly agentId: string;
  readonly peripheralId?: string | number | undefined;
}

/** An agent whose session is to be opened. */
export interface AgentToOpen {
  readonly id: string;
  readonly agentId: string;
  /** The arguments of the request, with the peripheral. */
  readonly args: Args;
}

/**
 * The agent in the arguments of a request that opens its session.
 * @throws CtiosError CTIOS_MISSING_ARGUMENT
 */
export function agentToOpen(request: string, args: Args, defaultPeripheral: number | undefined): AgentToOpen {
  const { AgentID, PeripheralID = defaultPeripheral } = args;
  if (typeof AgentID !== 'string' || AgentID === '')
    throw agentRefusal(
      'CTIOS_MISSING_ARGUMENT',
      request,
      'AgentID is missing: it names the agent whose session is opened.',
    );
  if (typeof PeripheralID !== 'number')
    throw agentRefusal('CTIOS_MISSING_ARGUMENT', request, 'PeripheralID is missing, and the session has none either.');
  return { id: agentObjectId(PeripheralID, AgentID), agentId: AgentID, args: { ...args, PeripheralID } };
}

/** The arguments of a log-in that identify the agent and its phone. */
export function identityOf(agentId: string, args: Args): Args & { AgentID: string } {
  const keywords = requestByName('SetAgent')?.args.map(({ keyword }) => keyword) ?? [];
  const given = Object.entries(args).filter(([keyword]) => keywords.includes(keyword) && keyword !== 'AutoLogin');
  return { ...Object.fromEntries(given), AgentID: agentId };
}

/** The arguments that name the agent of a target. */
export function agentOfTarget(target: string | undefined): Args {
  const parts = target === undefined ? undefined : parseObjectId(target);
  return parts?.kind === 'agent' ? { AgentID: parts.agentID, PeripheralID: parts.peripheralID } : {};
}

/** The agent that arguments name, if any. */
export function namedBy({ AgentID, PeripheralID }: Args): Partial<NamedAgent> {
  return {
    ...(typeof AgentID === 'string' ? { agentId: AgentID } : {}),
    ...(typeof PeripheralID === 'number' ? { peripheralId: PeripheralID } : {}),
  };
}

/** The reason why a request about an agent cannot be sent. */
export function noSession(agentId: string): string {
  return `Agent ${agentId} has no session here: send Login first.`;
}

export function agentRefusal(code: string, request: string, message: string): CtiosError {
  return new CtiosError(code, `${request}: ${message}`, { request, outcome: 'failed' });
}
