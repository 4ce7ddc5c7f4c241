/**
 * Subscribing by type: which events an interface has, and a listener written as an object with a handler per event.
 * Derived from the event table.
 */
import type { EventName, EventNames, EventsOf, InterfaceName } from '../../ctios/index.js';
import type { CilEvent, CilEventOf, EventListener } from './cil-event.js';

/** An interface of the guide, or every event of the session. */
export type Subscription = InterfaceName | 'AllInOne';

export type SubscribedEvents<Name extends Subscription> = Name extends InterfaceName ? EventsOf<Name> : EventName;

/** Handlers under the names of their events: `{ OnCallDelivered(event) { … } }`. */
export type EventHandlers<Name extends Subscription> = {
  [Event in keyof Pick<EventNames, SubscribedEvents<Name>>]?: (event: CilEvent<Event>) => void;
};

/** A function for every event of the interface, or handlers for some. */
export type ListenerOf<Name extends Subscription> =
  | ((event: CilEventOf<SubscribedEvents<Name>>) => void)
  | EventHandlers<Name>;

/** Either form as a function. */
export function asFunction<Name extends Subscription>(listener: ListenerOf<Name>): EventListener {
  if (typeof listener === 'function') return listener as EventListener;
  const handlers = listener as Readonly<Record<string, EventListener | undefined>>;
  return (event) => handlers[event.event]?.(event);
}
