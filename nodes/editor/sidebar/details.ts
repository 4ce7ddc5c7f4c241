/** All details of the selected row: its properties, or an event's arguments, with their names. */
import type { Details } from '../../sidebar/view.js';
import { element, icon, setAttribute, setText } from './dom.js';
import { text } from './text.js';

export class DetailsPanel {
  readonly root = element('section', { class: 'ctios-sb-details', 'aria-label': text('details'), hidden: true });
  readonly #title = element('span', { class: 'ctios-sb-details-title' });
  readonly #body = element('tbody');
  #shown = '';

  constructor(close: () => void) {
    const button = element(
      'button',
      { type: 'button', class: 'ctios-sb-icon', 'aria-label': text('closeDetails'), title: text('closeDetails') },
      icon('times'),
    );
    button.addEventListener('click', close);
    this.root.append(
      element('header', {}, this.#title, button),
      element(
        'div',
        { class: 'ctios-sb-properties', tabindex: 0, role: 'group', 'aria-label': text('details') },
        element('table', {}, this.#body),
      ),
    );
  }

  /**
   * @param details undefined: the selected object is gone, or none is selected; with `keep` the last details stay
   * visible
   */
  show(details: Details | undefined, title: string | undefined): void {
    this.root.hidden = title === undefined;
    if (title === undefined) {
      this.#shown = '';
      this.#body.replaceChildren();
      return;
    }
    setText(this.#title, title);
    setAttribute(this.#title, 'title', title);
    this.root.classList.toggle('ctios-sb-gone', details === undefined && this.#shown !== '');
    if (details === undefined) return;
    const shown = JSON.stringify(details);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#body.replaceChildren(
      ...details.properties.map(({ key, value, word }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, key),
          element(
            'td',
            {},
            value,
            ...(word === undefined ? [] : [' ', element('span', { class: 'ctios-sb-word' }, word)]),
          ),
        ),
      ),
    );
  }
}
