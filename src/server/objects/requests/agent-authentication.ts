import type { RequestResult } from '../../object-server.js';
import { textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { RequestContext } from './request-dispatcher.js';

/**
 * Has the client prove that it is the agent it asks to be: the same for SetAgent, SendIdentifyClientRequest and Login.
 * @returns how the request ends where it is not; undefined where it is, or where nobody is asked to prove it
 */
export async function authenticationFailure(
  { from, args, definition }: RequestContext,
  who: { peripheralId: number; agentId: string | undefined },
): Promise<RequestResult | undefined> {
  if (from.prove === undefined) return undefined;
  const { peripheralId, agentId } = who;
  if (agentId === undefined) {
    const missing = `${definition.name}: AgentID is missing: this server asks for the agent's password.`;
    return refusal({ request: definition.name }, 'CTIOS_MISSING_ARGUMENT', missing);
  }
  const failure = await from.prove({ peripheralId, agentId, password: textArgument(args.AgentPassword) ?? '' });
  if (failure === undefined) return undefined;
  return refusal({ request: definition.name, agentId }, failure.code, `${definition.name}: ${failure.message}`);
}
