/** The whole sidebar: the selected session and list, and the text of the filter. */
import { LISTS, type ListName, type SessionView, type View, type ViewQuery } from '../../sidebar/view.js';
import { DeliveriesPanel } from './deliveries-panel.js';
import { DetailsPanel } from './details.js';
import { element, icon, setAttribute, setText } from './dom.js';
import { Feed } from './feed.js';
import { LiveList } from './live-list.js';
import { PlaceCall } from './place-call.js';
import { filterFor, textOf } from './row-text.js';
import { SessionCards } from './session-cards.js';
import { count, text } from './text.js';

/** Delay after the last key, in milliseconds: one request per word instead of one per letter. */
const TYPING_MS = 150;

export class Panel {
  readonly root = element('div', { class: 'ctios-sidebar' });
  readonly #notice = element('div', { class: 'ctios-sb-notice', role: 'status' });
  readonly #cards = new SessionCards((id) => this.#chooseSession(id));
  readonly #tabs = new Map<ListName, { root: HTMLElement; count: HTMLElement }>();
  readonly #filter = element('input', { type: 'search', id: 'ctios-sb-filter', autocomplete: 'off' });
  readonly #matching = element('span', { class: 'ctios-sb-matching', role: 'status' });
  readonly #pause = element('button', { type: 'button', class: 'ctios-sb-icon', 'aria-pressed': 'false' });
  readonly #list = new LiveList({ moved: () => this.#feed.ask(), chose: (id) => this.#chose(id) });
  readonly #details = new DetailsPanel(() => this.#list.choose(undefined));
  readonly #place = new PlaceCall(() => this.#showList('calls'));
  readonly #deliveries = new DeliveriesPanel();
  readonly #lists = element('div', { class: 'ctios-sb-lists', id: 'ctios-sb-panel', role: 'tabpanel' });
  readonly #feed = new Feed({
    query: () => this.#query(),
    show: (view) => this.#show(view),
    failed: (status) => this.#failed(status),
    paused: () => this.#paused,
  });
  readonly #observer = new IntersectionObserver((entries) => this.#seen(entries.some((each) => each.isIntersecting)));
  #session: string | undefined;
  #shown: ListName = 'agents';
  #title: string | undefined;
  #paused = false;
  #inSight = false;
  #typing = 0;
  #clock = 0;
  #onVisibility = (): void => this.#seen(this.#inSight);

  constructor() {
    this.#lists.append(this.#searchRow(), this.#list.root, this.#details.root);
    this.root.append(
      this.#notice,
      this.#cards.root,
      this.#tabRow(),
      this.#lists,
      this.#place.root,
      this.#deliveries.root,
    );
    this.#drawPause();
    this.#showList('agents');
    this.#observer.observe(this.root);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  dispose(): void {
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#seen(false);
  }

  /** Its lists change only while they are visible: in the selected tab of a visible window. */
  #seen(inSight: boolean): void {
    this.#inSight = inSight;
    if (inSight && !document.hidden) {
      if (this.#feed.open) return;
      this.#clock = window.setInterval(() => this.#list.tick(), 1000);
      this.#feed.start();
      this.#deliveries.start();
    } else {
      window.clearInterval(this.#clock);
      this.#feed.stop();
      this.#deliveries.stop();
    }
  }

  #query(): ViewQuery {
    const { chosen } = this.#list;
    return {
      ...(this.#session === undefined ? {} : { session: this.#session }),
      ...(chosen === undefined ? {} : { chosen }),
      list: this.#shown,
      filter: filterFor(this.#filter.value),
      ...this.#list.window(),
    };
  }

  #show(view: View): void {
    const { sessions } = view;
    setText(this.#notice, sessions.length === 0 ? text('notice.noSession') : '');
    if (!sessions.some(({ id }) => id === this.#session)) {
      this.#session = preferred(sessions)?.id;
      if (this.#session !== undefined) this.#feed.ask();
    }
    const session = sessions.find(({ id }) => id === this.#session);
    this.#cards.show(sessions, this.#session);
    this.#place.offer(session?.simulated ? session.id : undefined);
    this.#drawCounts(session);
    const { list, details } = view;
    // The response to a request made before another list was selected.
    if (list !== undefined && (list.session !== this.#session || list.name !== this.#shown)) return;
    this.#list.show(list, view.now, session === undefined ? '' : this.#emptyText(session));
    const filtered = this.#filter.value.trim() !== '';
    setText(this.#matching, filtered && list !== undefined ? text('matching', { count: count(list.total) }) : '');
    const row = list?.rows.find(({ id }) => id === this.#list.chosen);
    if (row !== undefined) this.#title = textOf(row).title;
    this.#details.show(details?.id === this.#list.chosen ? details : undefined, this.#title);
  }

  #failed(status: number): void {
    const key = status === 401 || status === 403 ? 'notice.notAllowed' : 'notice.noAnswer';
    setText(this.#notice, text(key));
  }

  #emptyText({ phase, events }: SessionView): string {
    if (this.#filter.value.trim() !== '') return text('empty.filtered');
    return events === undefined ? text(`phase.${phase}`) : text(`empty.${this.#shown}`);
  }

  #chooseSession(id: string): void {
    this.#session = id;
    this.#restart();
  }

  #showList(name: ListName): void {
    this.#shown = name;
    for (const [each, { root }] of this.#tabs) {
      setAttribute(root, 'aria-selected', String(each === name));
      setAttribute(root, 'tabindex', each === name ? 0 : -1);
    }
    setAttribute(this.#lists, 'aria-labelledby', `ctios-sb-tab-${name}`);
    this.#restart();
  }

  /** Another list: from its beginning, with nothing selected. */
  #restart(): void {
    this.#list.reset(text(`list.${this.#shown}`));
    this.#chose(undefined);
  }

  #chose(id: string | undefined): void {
    if (id === undefined) this.#title = undefined;
    this.#details.show(undefined, this.#title);
    this.#feed.ask();
  }

  #tabRow(): HTMLElement {
    const row = element('div', { class: 'ctios-sb-tabs', role: 'tablist', 'aria-label': text('lists') });
    for (const name of LISTS) {
      const number = element('span', { class: 'ctios-sb-count' });
      const tab = element(
        'button',
        { type: 'button', role: 'tab', id: `ctios-sb-tab-${name}`, 'aria-controls': 'ctios-sb-panel' },
        number,
        element('span', {}, text(`list.${name}`)),
      );
      tab.addEventListener('click', () => this.#showList(name));
      this.#tabs.set(name, { root: tab, count: number });
      row.append(tab);
    }
    row.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const next = LISTS[(LISTS.indexOf(this.#shown) + step + LISTS.length) % LISTS.length]!;
      this.#showList(next);
      this.#tabs.get(next)!.root.focus();
      event.preventDefault();
    });
    return row;
  }

  #drawCounts(session: SessionView | undefined): void {
    const counts = {
      agents: session?.agents,
      calls: session?.calls,
      skillgroups: session?.skillGroups,
      events: session?.events,
    };
    for (const [name, { count: number }] of this.#tabs) {
      const value = counts[name];
      setText(number, value === undefined ? '–' : count(value));
    }
  }

  #searchRow(): HTMLElement {
    this.#filter.addEventListener('input', () => {
      window.clearTimeout(this.#typing);
      this.#typing = window.setTimeout(() => this.#feed.ask(), TYPING_MS);
    });
    this.#pause.addEventListener('click', () => {
      this.#paused = !this.#paused;
      this.#drawPause();
      if (!this.#paused) this.#feed.ask();
    });
    return element(
      'div',
      { class: 'ctios-sb-search' },
      element('label', { for: 'ctios-sb-filter' }, icon('filter'), text('filter')),
      this.#filter,
      this.#matching,
      this.#pause,
    );
  }

  #drawPause(): void {
    const label = text(this.#paused ? 'resume' : 'pause');
    setAttribute(this.#pause, 'aria-pressed', String(this.#paused));
    setAttribute(this.#pause, 'aria-label', label);
    setAttribute(this.#pause, 'title', label);
    this.#pause.replaceChildren(icon(this.#paused ? 'play' : 'pause'));
  }
}

/** The session to show first: one that works. */
function preferred(sessions: readonly SessionView[]): SessionView | undefined {
  return sessions.find(({ phase }) => phase === 'ready') ?? sessions[0];
}
