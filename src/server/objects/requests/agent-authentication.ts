import type { RequestFailure } from '../../../ctios/index.js';
import { textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { RequestContext } from './request-context.js';

/**
 * Authenticates the client as the agent that it claims to be, for SetAgent, SendIdentifyClientRequest and Login.
 * @param then the next step of the request, if authentication succeeds or is not required
 * @param refused called before the request ends, if authentication fails
 */
export function authenticateAgent(
  request: RequestContext,
  who: { peripheralId: number; agentId: string | undefined },
  then: () => void,
  refused: (failure: RequestFailure) => void = () => {},
): void {
  const { from, args, definition } = request;
  const refuse = (code: string, message: string) => {
    const result = refusal({ request: definition.name, agentId: who.agentId }, code, message);
    refused(result.failure!);
    request.respond(result);
  };
  if (from.prove === undefined) {
    then();
    return;
  }
  const { peripheralId, agentId } = who;
  if (agentId === undefined) {
    const missing = `${definition.name}: AgentID is missing: this server asks for the agent's password.`;
    refuse('CTIOS_MISSING_ARGUMENT', missing);
    return;
  }
  from.prove({ peripheralId, agentId, password: textArgument(args.AgentPassword) ?? '' }, (failure) =>
    request.attempt(() => {
      if (failure === undefined) then();
      else refuse(failure.code, `${definition.name}: ${failure.message}`);
    }),
  );
}
