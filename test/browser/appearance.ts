/** The screens for which pages are checked, and whether a page fits its width. */
import type { Page } from 'playwright-core';

/** The sizes and color schemes for which each of our pages is checked. */
export const LOOKS = [
  { name: 'light, laptop', colorScheme: 'light', viewport: { width: 1366, height: 768 } },
  { name: 'dark, laptop', colorScheme: 'dark', viewport: { width: 1366, height: 768 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

/** @returns the number of pixels by which the page is wider than its window */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
