/** Writes the response to a request into the message that made it, and its summary for the status of the node. */
import type { AgentSession, Confirmation, SessionApi } from '../../../src/cil/index.js';
import { type Args, enumName } from '../../../src/ctios/index.js';
import { copyArgs } from '../message/copy-args.js';
import { namesOf } from '../message/events/event-names.js';
import { isRecord, type Message } from '../message/input-rules.js';
import type { ActionInfo } from '../message/message-info.js';
import { traceparentIn } from '../message/traceparent.js';

/** "1001: NotReady", "call 17": the object, and the state if one was requested. */
export function summaryOf(target: string | undefined, { AgentState, DialedNumber }: Args): string {
  const [kind = '', , ...id] = (target ?? '').split('.');
  const subject = { agent: id.join('.'), call: id[0] }[kind];
  const state = typeof AgentState === 'number' ? enumName('AgentState', AgentState) : undefined;
  const detail = state ?? (typeof DialedNumber === 'string' ? DialedNumber : undefined);
  return [subject, detail].filter((part) => part !== undefined && part !== '').join(': ');
}

/** Stores the response in the received message. */
export function answer(
  msg: Message,
  request: string,
  confirmation: Confirmation,
  from: { session: string; sequence: number; target: string | undefined; whose: AgentSession | undefined },
  session: SessionApi,
): void {
  msg.topic = confirmation.event ?? `${request}Conf`;
  msg.payload = copyArgs(confirmation.args);
  if (confirmation.newObject !== undefined) {
    const call = session.calls.get(confirmation.newObject);
    msg.call = call === undefined ? { UniqueObjectID: confirmation.newObject } : copyArgs(call.properties());
  }
  const names = confirmation.event === undefined ? {} : namesOf(confirmation.event, confirmation.args);
  const traceparent = traceparentIn(msg);
  // No longer an event's message: values that a flow sets in payload from here on are arguments.
  const ctios: ActionInfo = {
    session: from.session,
    sequence: from.sequence,
    time: Date.now(),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    ...(from.target === undefined ? {} : { objectId: from.target }),
    ...(from.whose?.whose ?? agentOf(msg.ctios)),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  msg.ctios = ctios;
}

/** The agent of the message, which is kept. */
function agentOf(ctios: unknown): { agentId?: string } {
  return isRecord(ctios) && typeof ctios.agentId === 'string' ? { agentId: ctios.agentId } : {};
}
