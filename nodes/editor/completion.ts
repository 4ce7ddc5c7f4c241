/**
 * A field that offers values in a list below it. Node-RED's list appears only after a key, and its Tab and Enter put the
 * first value in the place of what was typed. Here it opens on focus and on a click with all there is, Tab and Enter keep
 * what was typed, and a value is chosen with the arrow keys or the mouse.
 */
import type { Search } from './pickers.js';

/** The parts of Node-RED's widget that are used here. */
interface CompletionWidget {
  readonly completionMenuShown: boolean;
  readonly menu?: { hide(): void };
  /** The search whose result is waited for. */
  pendingRequest?: number;
  _updateCompletions(value: string): void;
}

/** The number of no search. */
const NONE = -1;
const LIST = '.red-ui-autoComplete-container';
/** Keys that end the choice: what was typed stays. */
const ENDING = new Set(['Tab', 'Enter', 'Escape']);

const widgetOf = (field: JQuery): CompletionWidget | undefined =>
  field.data('noderedAutoComplete') ?? field.data('nodered-autoComplete');

/** Closing a list gives its field the focus for a moment; that opens and closes nothing. */
let closing = false;

/** Gives a field the focus without its list, which would cover what is next to it. */
export function focusQuietly(field: JQuery): void {
  closing = true;
  field.trigger('focus');
  closing = false;
}

/** Adds a list to a plain field. */
export function offer(field: JQuery, search: Search): void {
  field.autoComplete({ search: whileFocused(() => field, search), minLength: 0 });
  opensAtOnce(field);
}

/** A search whose result counts only as long as its field has the focus: a list must not appear over another field. */
export function whileFocused(field: () => JQuery, search: Search): Search {
  return (typed, done) => {
    const input = field()[0];
    search(typed, (found) => done(document.activeElement === input ? found : []));
  };
}

/** For a field that has the widget, or gets it later, as a typed input does. */
export function opensAtOnce(field: JQuery): void {
  const input = field[0] as HTMLInputElement;
  // Everything, whatever the field holds: what it holds can be seen, and is narrowed down by typing.
  const open = (): void => {
    const widget = widgetOf(field);
    if (!closing && widget?.completionMenuShown === false) widget._updateCompletions('');
  };
  input.addEventListener('focus', ({ relatedTarget }) => {
    // Back from the list itself, after a choice.
    if ($(relatedTarget as Element).closest(LIST).length === 0) open();
  });
  input.addEventListener('click', open);
  input.addEventListener('blur', ({ relatedTarget }) => {
    if (closing || $(relatedTarget as Element).closest(LIST).length > 0) return;
    setTimeout(() => {
      // It may have the focus again, and a search for the list may be under way.
      if (document.activeElement !== input) close(widgetOf(field));
    });
  });
  // While capturing: before the widget's own handler.
  input.addEventListener(
    'keydown',
    (pressed) => {
      const widget = widgetOf(field);
      if (widget === undefined || !ENDING.has(pressed.key)) return;
      const isOpen = widget.completionMenuShown;
      close(widget);
      if (!isOpen) return;
      pressed.stopImmediatePropagation();
      // Tab goes on to the next field.
      if (pressed.key !== 'Tab') pressed.preventDefault();
    },
    true,
  );
}

function close(widget: CompletionWidget | undefined): void {
  if (widget === undefined) return;
  widget.pendingRequest = NONE;
  const { activeElement } = document;
  closing = true;
  widget.menu?.hide();
  if (activeElement instanceof HTMLElement && activeElement !== document.activeElement) activeElement.focus();
  closing = false;
}
