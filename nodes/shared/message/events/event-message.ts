/** The message of an event, according to the message contract: built for one receiver, without live data. */
import type { CilEvent, PreviousValues } from '../../../../src/cil/index.js';
import { recordFactory, type Shape, shapeOf } from '../../../../src/common/records/compiled-records.js';
import type { Args } from '../../../../src/ctios/index.js';
import type { Lasted } from '../../../../src/watch/index.js';
import { copyArgs } from '../copy-args.js';
import { messageId } from '../message-id.js';
import { namesOf } from './event-names.js';
import type { ObjectViews } from './held-events.js';

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
  /** With sessions of many agents: the agent's peripheral, if it is not the session's. */
  peripheralId?: number;
  /** Milliseconds since the epoch, at receipt. */
  time: number;
  sequence: number;
  /** Milliseconds that the event had to wait for the flows; absent if it did not. */
  lag?: number;
  recovered?: true;
  /** Happened before this Node-RED read it from the event stream. */
  replayed?: true;
  /** The values that the event has replaced; null where there was none. Absent if it has changed none of them. */
  previous?: PreviousValues;
  /** How long the state of the agent or the call has lasted, if the node requires a duration. */
  lasted?: Lasted;
  /** The place in the trace of the call, if traces are on. */
  traceparent?: string;
  /** The names of the payload's enumeration values. */
  names: Record<string, string>;
}

/** @param through the interface that the receiver subscribes to; with 'AllInOne' it is the event's first one */
export function eventMessage(event: CilEvent, objects: ObjectViews, session: string, through: string): EventMessage {
  const id = messageId();
  const shape = shapeOf(event.args);
  const payload = copyArgs(event.args, shape);
  const ctios = eventInfo(event, shape, objects, session, through);
  const { call, agent, skillgroup, callShape, agentShape } = objects;
  if (agent !== undefined && skillgroup === undefined) {
    const ofAgent = copyArgs(agent, agentShape);
    if (call === undefined) return agentMessage(id, event.event, payload, ctios, ofAgent);
    return callMessage(id, event.event, payload, ctios, copyArgs(call, callShape), ofAgent);
  }
  const message: EventMessage = { _msgid: id, topic: event.event, payload, ctios };
  if (call !== undefined) message.call = copyArgs(call, callShape);
  if (agent !== undefined) message.agent = copyArgs(agent, agentShape);
  if (skillgroup !== undefined) message.skillgroup = copyArgs(skillgroup);
  return message;
}

function eventInfo(
  event: CilEvent,
  shape: Shape | undefined,
  objects: ObjectViews,
  session: string,
  through: string,
): EventInfo {
  const { args, time, sequence, objectId } = event;
  const declared = through === 'AllInOne' ? (event.interfaces[0] ?? through) : through;
  const names = namesOf(event.event, args, shape);
  // With sessions for many agents, the agent of the session, not of the event: a supervisor's events are about others.
  const agentId = event.agentId ?? args.AgentID ?? objects.agent?.AgentID;
  const { recovered, replayed, peripheralId } = event;
  const plain = !recovered && !replayed && peripheralId === undefined;
  const previous = objects.previous && { ...objects.previous };
  if (objectId !== undefined && agentId !== undefined && plain) {
    if (previous !== undefined) {
      return infoOfChange(session, declared, event.event, time, sequence, names, objectId, String(agentId), previous);
    }
    return infoOfAgent(session, declared, event.event, time, sequence, names, objectId, String(agentId));
  }
  const info: EventInfo = { session, interface: declared, event: event.event, time, sequence, names };
  if (objectId !== undefined) info.objectId = objectId;
  if (agentId !== undefined) info.agentId = String(agentId);
  if (peripheralId !== undefined) info.peripheralId = peripheralId;
  if (recovered) info.recovered = true;
  if (replayed) info.replayed = true;
  if (previous !== undefined) info.previous = previous;
  return info;
}

// The most frequent messages, created in one step: keys added later cost a copy each.
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
const infoOfChange = recordFactory<
  (
    session: string,
    declared: string,
    event: string,
    time: number,
    sequence: number,
    names: Record<string, string>,
    objectId: string,
    agentId: string,
    previous: PreviousValues,
  ) => EventInfo
>('session', 'interface', 'event', 'time', 'sequence', 'names', 'objectId', 'agentId', 'previous');
