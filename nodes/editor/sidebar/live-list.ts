/**
 * A list of any length of which only the visible rows exist. Rows have equal height, so that the position of each is
 * known without it. For keyboards and screen readers it is a list box: one tab stop, arrow keys, and each row has its
 * number.
 */
import type { ListView, Row } from '../../sidebar/view.js';
import { element, setAttribute, setText } from './dom.js';
import { lookClass } from './looks.js';
import { textOf } from './row-text.js';
import { duration, text } from './text.js';

/** As in the style sheet, in pixels. */
export const ROW_HEIGHT = 46;
/** Rows above and below the visible ones, so that scrolling finds them there. */
const SPARE = 6;

export interface LiveListOwner {
  /** Another range of rows is needed. */
  moved(): void;
  /** A row is selected, or none is. */
  chose(id: string | undefined): void;
}

interface Slot {
  readonly root: HTMLElement;
  readonly mark: HTMLElement;
  readonly title: HTMLElement;
  readonly word: HTMLElement;
  readonly more: HTMLElement;
  readonly note: HTMLElement;
  row: Row | undefined;
}

export class LiveList {
  readonly root = element('div', { class: 'ctios-sb-list' });
  readonly #box = element('div', { class: 'ctios-sb-box', role: 'listbox', tabindex: 0 });
  readonly #spacer = element('div', { class: 'ctios-sb-spacer', role: 'presentation' });
  readonly #empty = element('div', { class: 'ctios-sb-empty', role: 'status' });
  #slots: Slot[] = [];
  #view: ListView | undefined;
  #chosen: string | undefined;
  /** The runtime's clock minus the browser's, in milliseconds. */
  #ahead = 0;
  #asked = '';
  /** Index of a row that was moved to before it existed. */
  #awaited: number | undefined;

  constructor(private readonly owner: LiveListOwner) {
    this.#box.append(this.#spacer);
    this.root.append(this.#box, this.#empty);
    this.#box.addEventListener('scroll', () => this.#scrolled());
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    this.#spacer.addEventListener('click', (event) => {
      const slot = this.#slots.find(({ root }) => root.contains(event.target as Node));
      if (slot?.row !== undefined) this.choose(slot.row.id === this.#chosen ? undefined : slot.row.id);
    });
  }

  get chosen(): string | undefined {
    return this.#chosen;
  }

  /** The visible rows, and some more. */
  window(): { offset: number; limit: number } {
    const first = Math.max(0, Math.floor(this.#box.scrollTop / ROW_HEIGHT) - SPARE);
    const inSight = Math.ceil(Math.max(this.#box.clientHeight, ROW_HEIGHT) / ROW_HEIGHT);
    return { offset: first, limit: inSight + 2 * SPARE };
  }

  /** Shows another list. */
  reset(label: string): void {
    this.#chosen = undefined;
    this.#awaited = undefined;
    this.#view = undefined;
    this.#box.scrollTop = 0;
    setAttribute(this.#box, 'aria-label', label);
    this.#draw();
  }

  show(view: ListView | undefined, now: number, empty: string): void {
    this.#view = view;
    this.#ahead = now - Date.now();
    setText(this.#empty, view === undefined || view.total === 0 ? empty : '');
    this.#draw();
    const arrived = this.#awaited === undefined ? undefined : view?.rows[this.#awaited - view.offset];
    if (arrived !== undefined) this.choose(arrived.id);
  }

  /** Updates the durations. */
  tick(): void {
    for (const slot of this.#slots) this.#drawNote(slot);
  }

  choose(id: string | undefined): void {
    this.#chosen = id;
    this.#awaited = undefined;
    this.#draw();
    this.owner.chose(id);
  }

  #scrolled(): void {
    const { offset, limit } = this.window();
    const asked = `${offset} ${limit}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const view = this.#view;
    const last = Math.min(offset + limit, view?.total ?? 0);
    if (view !== undefined && offset >= view.offset && last <= view.offset + view.rows.length) return;
    this.owner.moved();
  }

  #draw(): void {
    const rows = this.#view?.rows ?? [];
    const { offset = 0, total = 0 } = this.#view ?? {};
    this.#spacer.style.height = `${total * ROW_HEIGHT}px`;
    while (this.#slots.length < rows.length) this.#slots.push(this.#newSlot());
    for (const slot of this.#slots.splice(rows.length)) slot.root.remove();
    for (const [index, row] of rows.entries()) this.#drawRow(this.#slots[index]!, row, offset + index, total);
    const active = rows.findIndex(({ id }) => id === this.#chosen);
    setAttribute(this.#box, 'aria-activedescendant', active < 0 ? undefined : this.#slots[active]!.root.id);
  }

  #newSlot(): Slot {
    const part = (name: string): HTMLElement => element('span', { class: `ctios-sb-${name}` });
    const slot: Slot = {
      root: element('div', { class: 'ctios-sb-row', role: 'option' }),
      mark: element('span', { 'aria-hidden': 'true' }),
      title: part('title'),
      word: part('word'),
      more: part('more'),
      note: part('note'),
      row: undefined,
    };
    slot.root.append(slot.mark, slot.title, slot.word, slot.more, slot.note);
    this.#spacer.append(slot.root);
    return slot;
  }

  #drawRow(slot: Slot, row: Row, index: number, total: number): void {
    const { look, title, word, more } = textOf(row);
    const { root } = slot;
    slot.row = row;
    setAttribute(root, 'id', `ctios-sb-row-${index}`);
    setAttribute(root, 'data-id', row.id);
    setAttribute(root, 'aria-posinset', index + 1);
    setAttribute(root, 'aria-setsize', total);
    setAttribute(root, 'aria-selected', String(row.id === this.#chosen));
    root.style.top = `${index * ROW_HEIGHT}px`;
    setAttribute(slot.mark, 'class', look === undefined ? 'ctios-sb-no-mark' : lookClass(look));
    setText(slot.title, title);
    setText(slot.word, word);
    setText(slot.more, more);
    setAttribute(root, 'title', `${title} · ${word}\n${more}`);
    this.#drawNote(slot);
  }

  #drawNote({ row, note }: Slot): void {
    if (row === undefined) return;
    if (row.kind !== 'agent' && row.kind !== 'call') {
      setText(note, textOf(row).note ?? '');
      return;
    }
    if (row.since === undefined) {
      setText(note, '');
      return;
    }
    const time = duration(Date.now() + this.#ahead - row.since);
    setText(note, row.atLeast ? text('row.atLeast', { time }) : time);
  }

  #key(event: KeyboardEvent): void {
    const view = this.#view;
    if (view === undefined || view.total === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / ROW_HEIGHT) - 1);
    const at = view.rows.findIndex(({ id }) => id === this.#chosen);
    const from = this.#awaited ?? (at < 0 ? Math.round(this.#box.scrollTop / ROW_HEIGHT) - 1 : view.offset + at);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: view.total - 1,
    };
    const wanted = steps[event.key];
    if (event.key === 'Escape' && this.#chosen !== undefined) this.choose(undefined);
    else if (wanted === undefined) return;
    else this.#go(Math.max(0, Math.min(view.total - 1, wanted)));
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves to a row that may not exist yet: scrolls to its position, and selects it when it arrives. */
  #go(index: number): void {
    const top = index * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.#box;
    if (top < scrollTop) this.#box.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.#box.scrollTop = top + ROW_HEIGHT - clientHeight;
    const view = this.#view!;
    const row = view.rows[index - view.offset];
    if (row === undefined) this.#awaited = index;
    else this.choose(row.id);
  }
}
