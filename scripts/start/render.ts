/** The start page's HTML: a card for each example. The states arrive later, over the page's connection. */

import { readPage } from '../pages/read.js';
import type { ExampleFlow } from './examples.js';
import { sketch } from './sketch.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** @param userDir where the user's changes are kept; shown on the page */
export function renderStartPage(examples: readonly ExampleFlow[], userDir: string): string {
  return readPage('start.html')
    .replace('<!-- cards -->', () => examples.map(card).join('\n'))
    .replace('<!-- userDir -->', () => escaped(userDir));
}

/** "01 screen pop" is number 1, titled "Screen pop". */
function card(flow: ExampleFlow): string {
  const { label, says, see, page, needs } = flow.example;
  const [, number, rest] = /^(\d+) (.+)$/.exec(label)!;
  const title = `${rest![0]!.toUpperCase()}${rest!.slice(1)}`;
  const name = ` <span class="unseen">${escaped(title)}</span>`;
  const lines = [
    `<article data-label="${escaped(label)}" aria-labelledby="example-${number}">`,
    sketch(flow.nodes()),
    `<div class="words"><h3 id="example-${number}"><span class="number">${number}</span> ${escaped(title)}</h3>`,
    `<p>${escaped(says)}</p><p class="see">${escaped(see)}</p>`,
    needs === undefined ? '' : `<p class="needs"><b>Needs</b> ${escaped(needs)}.</p>`,
    '<p class="state">…</p></div>',
    '<div class="actions">',
    page === undefined
      ? ''
      : `<a class="page main" href="./${page}" target="_blank" rel="noopener" hidden>Open the page${name}</a>`,
    `<button class="run main" type="button" hidden><span class="verb"></span>${name}</button>`,
    `<a class="editor" href="./" target="_blank" rel="noopener" hidden>Open in the editor${name}</a>`,
    '</div></article>',
  ];
  return lines.filter(Boolean).join('\n');
}
