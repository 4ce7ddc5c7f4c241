/** A list of events to choose from: searchable, each with the words of the vocabulary that say when it comes. */
import type { EventDefinition } from '../../src/ctios/events/index.js';
import { text } from './text.js';
import { whenOf, whenWordsCome } from './words.js';

export interface EventList {
  /** The chosen names, in the order of the list. */
  chosen(): string[];
  /** Offers other events; those chosen that are among them stay so. */
  offer(events: readonly EventDefinition[]): void;
}

/**
 * @param changed told after each change by the user
 * @param nothing what it means that none is chosen
 */
export function eventList(
  container: JQuery,
  events: readonly EventDefinition[],
  chosen: readonly string[],
  changed: (chosen: string[]) => void,
  nothing = text('events.all'),
): EventList {
  const selected = new Set(chosen);
  let offered = events;
  const search = $('<input type="search" class="ctios-search">')
    .attr('placeholder', text('events.search'))
    .attr('aria-label', text('events.search'));
  const count = $('<span class="ctios-count" aria-live="polite">');
  const none = $('<button type="button" class="red-ui-button red-ui-button-small">').text(text('events.none'));
  const list = $('<div class="ctios-events" role="group" tabindex="-1">').attr('aria-label', text('events.label'));
  container.empty().append($('<div class="ctios-events-head">').append(search, count, none), list);

  const names = (): string[] => offered.map(({ name }) => name as string).filter((name) => selected.has(name));
  const tell = (): void => {
    const now = names();
    count.text(now.length === 0 ? nothing : text('events.count', { count: now.length }));
    none.prop('disabled', now.length === 0);
    changed(now);
  };
  const draw = (): void => {
    list.empty();
    for (const event of offered) {
      const { name } = event;
      if (!event.supported) continue;
      const when = whenOf(event);
      const box = $('<input type="checkbox">').prop('checked', selected.has(name));
      box.on('change', () => {
        if (box.prop('checked')) selected.add(name);
        else selected.delete(name);
        tell();
      });
      const row = $('<label class="ctios-event">')
        .append(box, $('<span class="ctios-event-name">').text(name), $('<span class="ctios-event-when">').text(when))
        .data('words', `${name} ${when}`.toLowerCase());
      list.append(row);
    }
    sift();
  };
  const sift = (): void => {
    const wanted = String(search.val()).trim().toLowerCase().split(/\s+/);
    list.children().each((_, row) => {
      const words = String($(row).data('words'));
      $(row).toggle(wanted.every((word) => words.includes(word)));
    });
  };
  search.on('input', sift);
  none.on('click', () => {
    selected.clear();
    draw();
    tell();
  });
  draw();
  tell();
  whenWordsCome(draw);
  return {
    chosen: names,
    offer(next) {
      offered = next;
      draw();
      tell();
    },
  };
}
