/**
 * Responses to requests that the recorded client did not make: from the recording's data, or a refusal with the reason.
 */
import { ControlFailureCode, definitionOf, type Message, type MessageInit, StatusCode } from '../../ged188/index.js';
import type { ReplayModel } from './replay-model.js';

/** Without its InvokeID; undefined if there is no response. */
export function answerTo(request: Message, model: ReplayModel): MessageInit | undefined {
  switch (request.type) {
    case 'HEARTBEAT_REQ':
      return { type: 'HEARTBEAT_CONF' };
    case 'CLOSE_REQ':
      return { type: 'CLOSE_CONF' };
    case 'QUERY_AGENT_STATE_REQ':
      return model.queryAgent(request) ?? refusal(StatusCode.E_CTI_INVALID_AGENT_DATA);
    case 'SNAPSHOT_DEVICE_REQ':
      return model.snapshotDevice(request);
    case 'SNAPSHOT_CALL_REQ':
      return model.snapshotCall(request) ?? controlRefusal(ControlFailureCode.CF_INVALID_CSTA_CALL_IDENTIFIER);
    default:
      return unanswered(request);
  }
}

/** There is no contact center to carry it out. */
function unanswered({ type }: Message): MessageInit | undefined {
  const reply = type === 'UNKNOWN' ? undefined : definitionOf(type)?.facts.reply;
  if (reply === undefined) return undefined;
  return controlsCalls(type)
    ? controlRefusal(ControlFailureCode.CF_GENERIC_OPERATION)
    : refusal(StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE);
}

function controlsCalls(type: string): boolean {
  return /CALL|CONNECTION|AGENT_STATE|DTMF/.test(type);
}

function refusal(status: number): MessageInit {
  return { type: 'FAILURE_CONF', Status: status };
}

function controlRefusal(code: number): MessageInit {
  return { type: 'CONTROL_FAILURE_CONF', FailureCode: code };
}
