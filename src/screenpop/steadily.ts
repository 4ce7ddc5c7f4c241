import type { SteadyTime } from '../common/steady-time.js';
import type { ContactEvent } from './types.js';

/** The event with a time that can be subtracted from those of other events. */
export function steadily<Event extends ContactEvent>(event: Event, steady: SteadyTime): Event {
  const time = steady.of(event.time, event.at);
  return time === event.time ? event : { ...event, time, stamp: event.time };
}
