/** What can be measured of how a page looks: contrast of its texts, and whether it fits its width. */
import type { Page } from 'playwright-core';

/** WCAG 2, level AA, for text of any size: we make no exception for large text. */
export const LEAST_CONTRAST = 4.5;

/** The sizes and schemes every page of ours is looked at in. */
export const LOOKS = [
  { name: 'light, laptop', colorScheme: 'light', viewport: { width: 1366, height: 768 } },
  { name: 'dark, laptop', colorScheme: 'dark', viewport: { width: 1366, height: 768 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

/** @returns each text that is seen with too little contrast to what is behind it, with the ratio; empty if none is */
export function paleTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(${measure})(${LEAST_CONTRAST})`);
}

/** @returns by how many pixels the page is wider than its window */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Runs in the page, as text: it may use nothing from outside. */
const measure = `(least) => {
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const over = (top, under) => {
    const mix = (key) => top[key] * top.a + under[key] * (1 - top.a);
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
  };
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.push(parse(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const opacity = (element) => { let all = 1; for (let each = element; each; each = each.parentElement) all *= Number(getComputedStyle(each).opacity); return all; };
  const pale = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent.trim();
    if (!text || !element.checkVisibility() || ['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName)) continue;
    const back = behind(element);
    const colour = parse(getComputedStyle(element).color);
    const front = over({ ...colour, a: colour.a * opacity(element) }, back);
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least) pale.push(text.slice(0, 40) + ': ' + ratio.toFixed(2));
  }
  return pale;
}`;
