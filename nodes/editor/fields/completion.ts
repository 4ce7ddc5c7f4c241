/**
 * A field that offers values in a list below it. Node-RED's list appears only after a key, and its Tab and Enter
 * replace the text with the first value. Here it opens on focus and on a click with all values, Tab and Enter keep the
 * text, and a value is selected with the arrow keys or the mouse.
 */
import type { Search } from './pickers.js';

/** The parts of Node-RED's widget that are used here. */
interface CompletionWidget {
  readonly completionMenuShown: boolean;
  readonly menu?: { hide(): void };
  /** The search whose result is pending. */
  pendingRequest?: number;
  _updateCompletions(value: string): void;
}

/** No search has this number. */
const NONE = -1;
const LIST = '.red-ui-autoComplete-container';
/** Keys that close the list and keep the text. */
const ENDING = new Set(['Tab', 'Enter', 'Escape']);

const widgetOf = (field: JQuery): CompletionWidget | undefined =>
  field.data('noderedAutoComplete') ?? field.data('nodered-autoComplete');

/** Closing a list focuses its field for a moment, which must not open or close anything. */
let closing = false;

/** Focuses a field without opening its list, which would cover what is next to it. */
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

/** A search whose result counts only while its field has the focus: a list must not appear over another field. */
export function whileFocused(field: () => JQuery, search: Search): Search {
  return (typed, done) => {
    const input = field()[0];
    search(typed, (found) => done(document.activeElement === input ? found : []));
  };
}

/** For a field that has the widget, or gets it later, like a typed input. */
export function opensAtOnce(field: JQuery): void {
  const input = field[0] as HTMLInputElement;
  // Everything, whatever the field contains; typing narrows it down.
  const open = (): void => {
    const widget = widgetOf(field);
    if (!closing && widget?.completionMenuShown === false) widget._updateCompletions('');
  };
  input.addEventListener('focus', ({ relatedTarget }) => {
    // The focus returned from the list itself, after a selection.
    if ($(relatedTarget as Element).closest(LIST).length === 0) open();
  });
  input.addEventListener('click', open);
  input.addEventListener('blur', ({ relatedTarget }) => {
    if (closing || $(relatedTarget as Element).closest(LIST).length > 0) return;
    setTimeout(() => {
      // It may have the focus again, and a search for the list may be pending.
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
      // Tab continues with the next field.
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
