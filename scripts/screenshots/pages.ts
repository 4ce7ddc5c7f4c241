/** Pictures of pages: on a laptop in light, on a phone in dark. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Example } from '../examples/catalog.js';
import type { NodeRedProcess } from '../node-red-process.js';
import { IMAGES, imagesOf } from './images.js';

const LAPTOP = { width: 1440, height: 760 };
const PHONE = { width: 390, height: 844 };

/** What must be visible on an example's page before the picture is taken. */
const READY: Record<string, string> = {
  'screen-pop': 'article.talking li.case',
  'crm-webhooks': '[data-verdict=duplicate]',
  'agent-desktop': 'body:has(#link.live) button:text-is("Hold"):enabled',
  'click-to-dial': 'button:enabled',
  wallboard: '#agents li.Talking',
};
const MAX_MS = 60_000;

/** Actions on a page before the picture is taken. */
const BEGIN: Record<string, (page: Page) => Promise<void>> = {
  'agent-desktop': async (page) => {
    await page.fill('#agent', '1001');
    await page.fill('#phone', '2001');
    await page.click('#enter');
    const next = page.locator('button:text-is("Ready"):enabled, button:text-is("Hold"):enabled');
    await next.waitFor();
    // On the second picture, the agent still talks.
    if ((await next.textContent()) === 'Hold') return;
    await next.click();
    await page.click('button:text-is("Answer"):enabled');
  },
};

/** Nothing, for an example without a page. */
export async function takePage(browser: Browser, nodeRed: NodeRedProcess, example: Example): Promise<void> {
  if (example.page === undefined) return;
  const images = imagesOf(example);
  for (const [image, viewport, colorScheme] of [
    [images.page, LAPTOP, 'light'],
    [images.phone, PHONE, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(nodeRed.at(example.page));
    await BEGIN[example.page]?.(page);
    await page.waitForSelector(READY[example.page] ?? 'body', { timeout: MAX_MS });
    await page.screenshot({ path: join(IMAGES, image) });
    await page.close();
  }
}

export async function takeStartPage(browser: Browser, nodeRed: NodeRedProcess): Promise<void> {
  const page = await browser.newPage({ viewport: LAPTOP });
  await page.goto(nodeRed.at('start'));
  await page.waitForSelector('.running');
  await page.screenshot({ path: join(IMAGES, 'start.png') });
  await page.close();
}
