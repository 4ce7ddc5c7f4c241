/** Helpers for DOM elements. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element; an undefined or false attribute is left out, `true` is set without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  made.append(...children);
  return made;
}

export function setAttribute(on: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) on.removeAttribute(name);
  else if (on.getAttribute(name) !== String(value)) on.setAttribute(name, value === true ? '' : String(value));
}

/** Writes only if the text differs: a screen reader repeats what is written. */
export function setText(on: Element, text: string): void {
  if (on.textContent !== text) on.textContent = text;
}

/** A decorative sign next to a word. */
export const icon = (name: string): HTMLElement => element('i', { class: `fa fa-${name}`, 'aria-hidden': 'true' });
