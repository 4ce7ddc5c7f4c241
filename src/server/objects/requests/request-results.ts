/** The objects that results of requests name, and the results themselves. */
import { type Args, callObjectId } from '../../../ctios/index.js';
import type { ServerCall } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import type { AgentSubject } from '../../translation/agent-requests.js';
import { type FailureSubject, refusal } from '../../translation/failures.js';
import type { RequestContext } from './request-context.js';

export function subjectOfCall(request: string, call: ServerCall): FailureSubject {
  return { request, objectId: call.id, agentId: call.agent?.agentId, peripheralId: call.peripheralId };
}

export function subjectOfAgent(request: string, { agentId, peripheralId, agent }: AgentSubject): FailureSubject {
  const objectId = agent?.id ?? (agentId === undefined ? undefined : `agent.${peripheralId}.${agentId}`);
  return { request, objectId, agentId, peripheralId };
}

/** The result of a confirmed request: its event, if the vocabulary names one. */
export function confirmedResult(
  request: RequestContext,
  subject: FailureSubject,
  more: Args | undefined,
  newObject: string | undefined,
): RequestResult {
  const result: RequestResult = { outcome: 'confirmed' };
  const event = request.definition.conf;
  if (event !== undefined) {
    const args: Args = {};
    if (subject.objectId !== undefined) args.UniqueObjectID = subject.objectId;
    Object.assign(args, more);
    result.conf = { kind: 'event', event, args };
  }
  if (newObject !== undefined) result.newObject = newObject;
  return result;
}

export function newConnection(
  peripheralId: number,
  m: { NewConnectionCallID: number; NewConnectionDeviceID?: string },
): string {
  return callObjectId(peripheralId, m.NewConnectionCallID, m.NewConnectionDeviceID ?? '');
}

export function unknown(request: string): RequestResult {
  return refusal({ request }, 'CTIOS_UNKNOWN_REQUEST', `The server does not know the request "${request}".`);
}
