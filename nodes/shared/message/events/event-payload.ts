/**
 * Whether a payload is an event's own data, or a flow's. Determined by comparison with the event that the message
 * names, not by the topic: a flow that puts its own data into an event's message means it as arguments.
 */
import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Message } from '../values.js';

/** The part of a session's history that is needed here. */
export interface EventLookup {
  /** The arguments of an event; undefined if it is no longer in the history. */
  event?(sequence: number, name: string): Readonly<Record<string, unknown>> | undefined;
}

type Payload = Readonly<Record<string, unknown>>;

/** Whether an event node has sent the message, whatever a flow has put into its payload since. */
export function isEvent(msg: Message): boolean {
  return isRecord(msg.ctios) && typeof msg.topic === 'string' && msg.ctios.event === msg.topic;
}

/** The part of an event message's payload that is the event's own. Everything else was added by a flow. */
export function eventData(msg: Message, payload: Payload, session?: EventLookup): Payload {
  if (!isEvent(msg) || !isRecord(msg.ctios)) return {};
  const { sequence, event, objectId } = msg.ctios;
  const original = typeof sequence === 'number' ? session?.event?.(sequence, String(event)) : undefined;
  const id = original?.UniqueObjectID ?? objectId;
  // Another payload has replaced the event's.
  if (id !== undefined && payload.UniqueObjectID !== id) return {};
  // The history is limited: the content of an older event is no longer known.
  if (original === undefined) return payload;
  return Object.fromEntries(
    Object.entries(payload).filter(([key, value]) => key in original && isDeepStrictEqual(value, original[key])),
  );
}
