/** The message of an event, as the message contract has it: built for one receiver, from nobody's live data. */
import type { CilEvent } from '../../../src/cil/index.js';
import { recordFactory } from '../../../src/common/compiled-records.js';
import type { Args } from '../../../src/ctios/index.js';
import type { ObjectViews } from '../session/held-events.js';
import { copyArgs } from './copy-args.js';
import { namesOf } from './event-names.js';
import { messageId } from './message-id.js';

export interface EventMessage {
  _msgid: string;
  topic: string;
  payload: Args;
  call?: Args;
  agent?: Args;
  skillgroup?: Args;
  ctios: EventInfo;
  [property: string]: unknown;
}

export interface EventInfo {
  /** Id of the config node. */
  session: string;
  interface: string;
  event: string;
  objectId?: string;
  agentId?: string;
  /** Milliseconds since the epoch, at receipt. */
  time: number;
  sequence: number;
  /** Milliseconds that the event had to wait for the flows; absent if it did not. */
  lag?: number;
  recovered?: true;
  /** Happened before this Node-RED came to read it from the event stream. */
  replayed?: true;
  /** The enumerations of the payload in words. */
  names: Record<string, string>;
}

/** @param through the interface that the receiver listens to; with 'AllInOne' the event's own first one is told */
export function eventMessage(event: CilEvent, objects: ObjectViews, session: string, through: string): EventMessage {
  const id = messageId();
  const payload = copyArgs(event.args);
  const ctios = eventInfo(event, objects, session, through);
  const { call, agent, skillgroup } = objects;
  if (agent !== undefined && skillgroup === undefined) {
    if (call === undefined) return agentMessage(id, event.event, payload, ctios, copyArgs(agent));
    return callMessage(id, event.event, payload, ctios, copyArgs(call), copyArgs(agent));
  }
  const message: EventMessage = { _msgid: id, topic: event.event, payload, ctios };
  if (call !== undefined) message.call = copyArgs(call);
  if (agent !== undefined) message.agent = copyArgs(agent);
  if (skillgroup !== undefined) message.skillgroup = copyArgs(skillgroup);
  return message;
}

function eventInfo(event: CilEvent, objects: ObjectViews, session: string, through: string): EventInfo {
  const { args, time, sequence, objectId } = event;
  const declared = through === 'AllInOne' ? (event.interfaces[0] ?? through) : through;
  const names = namesOf(event.event, args);
  const agentId = args.AgentID ?? objects.agent?.AgentID;
  if (objectId !== undefined && agentId !== undefined && !event.recovered && !event.replayed) {
    return infoOfAgent(session, declared, event.event, time, sequence, names, objectId, String(agentId));
  }
  const info: EventInfo = { session, interface: declared, event: event.event, time, sequence, names };
  if (objectId !== undefined) info.objectId = objectId;
  if (agentId !== undefined) info.agentId = String(agentId);
  if (event.recovered) info.recovered = true;
  if (event.replayed) info.replayed = true;
  return info;
}

// The messages that make up nearly all of the traffic, made in one go: keys added later cost a copy each.
const agentMessage = recordFactory<
  (id: string, topic: string, payload: Args, ctios: EventInfo, agent: Args) => EventMessage
>('_msgid', 'topic', 'payload', 'ctios', 'agent');
const callMessage = recordFactory<
  (id: string, topic: string, payload: Args, ctios: EventInfo, call: Args, agent: Args) => EventMessage
>('_msgid', 'topic', 'payload', 'ctios', 'call', 'agent');
const infoOfAgent = recordFactory<
  (
    session: string,
    declared: string,
    event: string,
    time: number,
    sequence: number,
    names: Record<string, string>,
    objectId: string,
    agentId: string,
  ) => EventInfo
>('session', 'interface', 'event', 'time', 'sequence', 'names', 'objectId', 'agentId');
