/**
 * The sidebar: each session as it is now, its agents, calls, skill groups and last events, and for a simulated contact
 * center a form that places a call. It is told that something has changed and asks for what it shows; when nobody sees
 * it, it asks for nothing.
 */
import { enumName } from '../../../src/ctios/enums/index.js';
import * as api from '../api.js';
import { addStyle } from '../style.js';
import { text } from './text.js';

const TAB = 'ctios-sidebar';
const CHANGED = 'ctios/changed';
/** A third of the time that the runtime keeps an interest. */
const RENEW_MS = 20_000;
/** How many events stay listed. */
const MOST_EVENTS = 100;

const VIEWS = ['agents', 'calls', 'skillgroups', 'events'] as const;
type View = (typeof VIEWS)[number];

/** What each row of a list shows: a heading, and what follows it. */
const cells: Readonly<Record<Exclude<View, 'events'>, (row: api.Row) => readonly [string, string, string]>> = {
  agents: (row) => [
    String(row.AgentID ?? ''),
    String(row.AgentName ?? [row.AgentFirstName, row.AgentLastName].filter((part) => part !== undefined).join(' ')),
    row.AgentState === undefined ? '' : (enumName('AgentState', Number(row.AgentState)) ?? String(row.AgentState)),
  ],
  calls: (row) => [
    String(row.ANI ?? text('withheld')),
    `→ ${String(row.DialedNumber ?? row.DNIS ?? '')} ${row.DeviceID === undefined ? '' : `(${String(row.DeviceID)})`}`,
    row.CallStatus === undefined ? '' : (enumName('CallStatus', Number(row.CallStatus)) ?? String(row.CallStatus)),
  ],
  skillgroups: (row) => [
    String(row.SkillGroupNumber ?? ''),
    String(row.SkillGroupName ?? row.UniqueObjectID ?? ''),
    row.CallsQNow === undefined ? '' : text('queued', { count: row.CallsQNow }),
  ],
};

class Sidebar {
  readonly content = $('<div class="ctios-sidebar">');
  #choice = $('<select class="ctios-sidebar-session">').attr('aria-label', text('session'));
  #state = $('<dl class="ctios-sidebar-state" role="status">');
  #tabs = $('<div class="ctios-sidebar-tabs" role="tablist">');
  #filter = $('<input type="search">').attr({ placeholder: text('filter'), 'aria-label': text('filter') });
  #list = $('<ul class="ctios-sidebar-list" tabindex="0">');
  #more = $('<div class="ctios-sidebar-more" aria-live="polite">');
  #place = $('<details class="ctios-sidebar-place">');
  #view: View = 'agents';
  #sessions: api.SessionSummary[] = [];
  #events: api.EventRow[] = [];
  #renewing: number | undefined;
  #asking = false;
  #askAgain = false;
  readonly #changed = (_topic: string, ids: unknown): void => {
    if (!Array.isArray(ids) || ids.includes(this.#id) || this.#id === '') this.ask();
    else void this.#askSessions();
  };

  constructor() {
    for (const view of VIEWS) {
      const tab = $('<button type="button" role="tab">')
        .text(text(`views.${view}`))
        .attr('data-view', view);
      tab.on('click', () => this.#show(view));
      this.#tabs.append(tab);
    }
    this.#tabs.on('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? VIEWS.length - 1 : 0;
      if (step === 0) return;
      this.#show(VIEWS[(VIEWS.indexOf(this.#view) + step) % VIEWS.length]!);
      this.#tabs.find('[aria-selected=true]').trigger('focus');
    });
    this.#choice.on('change', () => {
      this.#events = [];
      this.ask();
    });
    this.#filter.on('input', () => this.ask());
    this.#buildPlace();
    this.content.append(this.#choice, this.#state, this.#place, this.#tabs, this.#filter, this.#list, this.#more);
    this.#show('agents');
  }

  get #id(): string {
    return String(this.#choice.val() ?? '');
  }

  /** The tab is seen: asks now, and to be told of changes as long as it is. */
  open(): void {
    if (this.#renewing !== undefined) return;
    RED.comms.subscribe(CHANGED, this.#changed);
    const renew = (): void => {
      // Nobody tells a tab that it was hidden.
      if (this.content.is(':visible') && document.visibilityState === 'visible')
        void api.watch().catch(() => undefined);
    };
    this.#renewing = window.setInterval(() => {
      renew();
      if (this.content.is(':visible')) this.ask();
    }, RENEW_MS);
    setTimeout(() => {
      renew();
      this.ask();
    });
  }

  close(): void {
    window.clearInterval(this.#renewing);
    this.#renewing = undefined;
    RED.comms.unsubscribe(CHANGED, this.#changed);
  }

  /** Asks for what is shown; what changes meanwhile is asked for once more afterwards. */
  ask(): void {
    if (!this.content.is(':visible')) return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    void this.#askAll()
      .catch((error: Error) => this.#more.text(error.message))
      .finally(() => {
        this.#asking = false;
        if (!this.#askAgain) return;
        this.#askAgain = false;
        this.ask();
      });
  }

  async #askAll(): Promise<void> {
    await this.#askSessions();
    const id = this.#id;
    if (id === '') {
      this.#list.empty();
      this.#more.text(text('none'));
      return;
    }
    const wanted = String(this.#filter.val() ?? '');
    if (this.#view === 'events') {
      const { rows } = await api.lastEvents(id, this.#events[0]?.sequence ?? 0);
      this.#events = [...rows.reverse(), ...this.#events].slice(0, MOST_EVENTS);
      this.#drawEvents(wanted.toLowerCase());
      return;
    }
    const view = this.#view;
    const { total, rows } = await api.objects(id, view, wanted);
    if (view !== this.#view || id !== this.#id) return;
    this.#draw(rows.map((row) => line(...cells[view](row))));
    this.#more.text(total > rows.length ? text('more', { count: total - rows.length }) : '');
  }

  async #askSessions(): Promise<void> {
    this.#sessions = await api.sessions();
    const chosen = this.#id;
    this.#choice.empty();
    for (const { id, name } of this.#sessions)
      this.#choice.append(
        $('<option>')
          .val(id)
          .text(RED.utils.getNodeLabel(RED.nodes.node(id), name || id)),
      );
    if (this.#sessions.some(({ id }) => id === chosen)) this.#choice.val(chosen);
    this.#choice.toggle(this.#sessions.length > 0);
    this.#drawState();
  }

  #drawState(): void {
    const session = this.#sessions.find(({ id }) => id === this.#id);
    this.#state.empty();
    this.#place.toggle(session?.simulated === true);
    if (session === undefined) return;
    const facts: readonly (readonly [string, unknown])[] = [
      ['state', text(`phases.${session.phase}`)],
      ['reason', session.reason],
      ['mode', session.mode === undefined ? undefined : text(`modes.${session.mode}`)],
      ['server', session.server],
      ['side', session.side],
      ['protocol', session.protocol],
      ['heartbeat', session.roundTripMs === undefined ? undefined : `${session.roundTripMs} ms`],
      ['standby', session.standby === true ? text('yes') : undefined],
      ['counts', text('count', { calls: session.calls ?? 0, agents: session.agents ?? 0 })],
      ['events', session.sequence],
      ['users', session.users],
    ];
    for (const [key, value] of facts) {
      if (value === undefined || value === '') continue;
      this.#state.append($('<dt>').text(text(`facts.${key}`)), $('<dd>').text(String(value)));
    }
  }

  #drawEvents(wanted: string): void {
    const shown = this.#events.filter(
      ({ event, objectId }) => wanted === '' || `${event} ${objectId ?? ''}`.toLowerCase().includes(wanted),
    );
    const open = new Set(
      this.#list
        .find('details[open]')
        .map((_, each) => String($(each).data('sequence')))
        .get(),
    );
    this.#draw(
      shown.map(({ sequence, time, event, objectId, recovered, args }) => {
        const details = $('<details>')
          .data('sequence', sequence)
          .prop('open', open.has(String(sequence)));
        const when = new Date(time).toLocaleTimeString();
        details.append(
          $('<summary>').append(
            ...line(event, objectId ?? '', recovered === true ? `${when} ↻` : when)
              .contents()
              .toArray(),
          ),
          $('<pre>').text(JSON.stringify(args, null, 2)),
        );
        return $('<li>').append(details);
      }),
    );
    this.#more.text('');
  }

  #draw(rows: readonly JQuery[]): void {
    const { scrollTop } = this.#list[0]!;
    this.#list.empty().append(...rows);
    this.#list[0]!.scrollTop = scrollTop;
  }

  #show(view: View): void {
    this.#view = view;
    this.#tabs.children().each((_, tab) => {
      const selected = $(tab).attr('data-view') === view;
      $(tab).attr({ 'aria-selected': String(selected), tabindex: selected ? '0' : '-1' });
    });
    this.#list.empty();
    this.ask();
  }

  #buildPlace(): void {
    const field = (key: string, value: string): JQuery =>
      $('<input type="text">')
        .attr({ id: `ctios-sidebar-${key}` })
        .val(value);
    const [from, to, data] = [field('from', '2065550101'), field('to', '8001'), field('data', '')];
    data.attr('placeholder', 'CallVariable1=…, user.CustomerTier=…');
    const told = $('<span role="status">');
    const button = $('<button type="button" class="red-ui-button red-ui-button-small">').text(text('place.button'));
    button.on('click', () => {
      button.prop('disabled', true);
      const args: Record<string, unknown> = { to: String(to.val()).trim(), data: pairs(String(data.val())) };
      if (String(from.val()).trim() !== '') args.from = String(from.val()).trim();
      void api
        .simulate(this.#id, 'placeCall', args)
        .then(() => told.text(text('place.done')))
        .catch((error: Error) => told.text(error.message))
        .finally(() => button.prop('disabled', false));
    });
    const row = (key: string, input: JQuery): JQuery =>
      $('<div>').append(
        $('<label>')
          .attr('for', `ctios-sidebar-${key}`)
          .text(text(`place.${key}`)),
        input,
      );
    this.#place
      .append($('<summary>').text(text('place.title')))
      .append(row('from', from), row('to', to), row('data', data), $('<div>').append(button, told));
  }
}

/** A row of a list: what it is, more about it, and how it stands. */
function line(what: string, about: string, state: string): JQuery {
  return $('<li>').append(
    $('<b>').text(what),
    $('<span class="ctios-about">').text(about),
    $('<span class="ctios-sidebar-now">').text(state),
  );
}

/** `CallVariable1=7, user.Tier=gold` as an object. */
function pairs(typed: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of typed.split(/[,;\n]/)) {
    const at = part.indexOf('=');
    if (at > 0) found[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return found;
}

let sidebar: Sidebar | undefined;

function add(): void {
  addStyle();
  sidebar = new Sidebar();
  const shown = sidebar;
  RED.sidebar.addTab({
    id: TAB,
    label: text('label'),
    name: text('name'),
    iconClass: 'fa fa-headphones',
    content: shown.content,
    pinned: true,
    enableOnEdit: true,
    action: 'ctios:show-sidebar',
    onchange: () => shown.open(),
    onremove: () => shown.close(),
  });
  RED.actions.add('ctios:show-sidebar', () => RED.sidebar.show(TAB));
}

function remove(): void {
  sidebar?.close();
  sidebar = undefined;
  RED.sidebar.removeTab(TAB);
  RED.actions.remove?.('ctios:show-sidebar');
}

RED.ctiosSidebar = { add, remove };
