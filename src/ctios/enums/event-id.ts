import { defineEnum, type EnumValueSpec } from '../definition.js';
import { events } from '../events/index.js';

/** The numbers of the events, for `MessageID` in a filter and as an argument; derived from the table of events. */
export const EventID = defineEnum({
  kind: 'enum',
  values: Object.fromEntries(
    Object.values(events).map((event): [string, EnumValueSpec] => [
      event.name,
      { value: event.eventId, meaning: event.when, aka: event.aliases },
    ]),
  ),
});
