/**
 * Whose data a payload is: an event's own, or a flow's. Told by comparing it with the event that the message names, not
 * by the topic: a flow that puts data of its own into an event's message means them as arguments.
 */
import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Message } from './values.js';

/** What a session remembers of its events. */
export interface EventLookup {
  /** The arguments of an event; undefined when it is not remembered any more. */
  event?(sequence: number, name: string): Readonly<Record<string, unknown>> | undefined;
}

type Payload = Readonly<Record<string, unknown>>;

/** Whether the message is one that an event node sent, whatever a flow has put into its payload since. */
export function isEvent(msg: Message): boolean {
  return isRecord(msg.ctios) && typeof msg.topic === 'string' && msg.ctios.event === msg.topic;
}

/** The part of an event message's payload that is the event's own. Everything else a flow has put there. */
export function eventData(msg: Message, payload: Payload, session?: EventLookup): Payload {
  if (!isEvent(msg) || !isRecord(msg.ctios)) return {};
  const { sequence, event, objectId } = msg.ctios;
  const original = typeof sequence === 'number' ? session?.event?.(sequence, String(event)) : undefined;
  const id = original?.UniqueObjectID ?? objectId;
  // Another payload has taken the place of the event's.
  if (id !== undefined && payload.UniqueObjectID !== id) return {};
  // The session remembers so many events only: what an older one carried is not known any more.
  if (original === undefined) return payload;
  return Object.fromEntries(
    Object.entries(payload).filter(([key, value]) => key in original && isDeepStrictEqual(value, original[key])),
  );
}
