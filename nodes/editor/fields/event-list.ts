/**
 * A searchable list of events, each with the vocabulary's description. Selected events are at the top, in the order of
 * their outputs, followed by the common ones. One tab stop, with arrow keys within.
 */
import { type EventDefinition, eventByName } from '../../../src/ctios/events/index.js';
import { text } from '../text.js';
import { whenOf, whenWordsCome } from '../words.js';
import { commonEvents } from './common-events.js';

export interface EventList {
  /** The selected names: earlier ones in their order, then the added ones, in the order of the vocabulary. */
  chosen(): string[];
  /** Offers other events; selected ones that are among them stay selected. */
  offer(events: readonly EventDefinition[]): void;
}

/** By how many rows a key moves; the length of the list moves to its end. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/**
 * @param changed called after each change by the user
 * @param nothing the meaning of an empty selection
 */
export function eventList(
  container: JQuery,
  events: readonly EventDefinition[],
  chosen: readonly string[],
  changed: (chosen: string[]) => void,
  nothing = text('events.all'),
): EventList {
  const before = chosen.map((name) => eventByName(name)?.name ?? name);
  const selected = new Set<string>(before);
  let offered = events;
  const search = $('<input type="search" class="ctios-search">')
    .attr('placeholder', text('events.search'))
    .attr('aria-label', text('events.search'));
  const count = $('<span class="ctios-count" aria-live="polite">');
  const none = $('<button type="button" class="red-ui-button red-ui-button-small">').text(text('events.none'));
  const list = $('<div class="ctios-events" role="group" tabindex="-1">').attr('aria-label', text('events.label'));
  container.empty().append($('<div class="ctios-events-head">').append(search, count, none), list);

  const names = (): string[] => {
    const known = offered.map(({ name }) => name as string).filter((name) => selected.has(name));
    return [...before.filter((name) => known.includes(name)), ...known.filter((name) => !before.includes(name))];
  };
  const tell = (): void => {
    const now = names();
    count.text(now.length === 0 ? nothing : text('events.count', { count: now.length }));
    none.prop('disabled', now.length === 0);
    changed(now);
  };
  const draw = (): void => {
    list.empty();
    for (const event of inOrder(offered, names())) {
      const { name } = event;
      const when = whenOf(event);
      const box = $('<input type="checkbox" tabindex="-1">').prop('checked', selected.has(name));
      box.on('change', () => {
        if (box.prop('checked')) selected.add(name);
        else selected.delete(name);
        tell();
      });
      box.on('focus', () => tabStop(box));
      const row = $('<label class="ctios-event">')
        .append(box, $('<span class="ctios-event-name">').text(name), $('<span class="ctios-event-when">').text(when))
        .data('words', `${name} ${when}`.toLowerCase());
      list.append(row);
    }
    sift();
  };
  const visible = (): JQuery => list.children(':visible').find('input');
  const tabStop = (box: JQuery): void => {
    list.find('input').attr('tabindex', -1);
    box.attr('tabindex', 0);
  };
  list.on('keydown', (pressed) => {
    const step = STEPS[pressed.key];
    if (step === undefined) return;
    pressed.preventDefault();
    const boxes = visible();
    const at = boxes.index(pressed.target) + step;
    boxes.eq(Math.max(0, Math.min(boxes.length - 1, at))).trigger('focus');
  });
  const sift = (): void => {
    const wanted = String(search.val()).trim().toLowerCase().split(/\s+/);
    list.children().each((_, row) => {
      const words = String($(row).data('words'));
      $(row).toggle(wanted.every((word) => words.includes(word)));
    });
    if (list.children(':visible').find('[tabindex=0]').length === 0) tabStop(firstShown());
  };
  // Nothing is visible before the dialog is part of the page.
  const firstShown = (): JQuery => {
    const rows = list.children().filter((_, row) => row.style.display !== 'none');
    return rows.first().find('input');
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

/**
 * The selected ones in the order of their outputs, the common ones, the others; events that never fire are left out.
 */
function inOrder(events: readonly EventDefinition[], chosen: readonly string[]): EventDefinition[] {
  const rank = ({ name }: EventDefinition): number => {
    const top = chosen.indexOf(name);
    if (top >= 0) return top;
    const common = commonEvents.indexOf(name);
    return events.length + (common >= 0 ? common : commonEvents.length);
  };
  return events.filter(({ supported }) => supported).sort((a, b) => rank(a) - rank(b));
}
