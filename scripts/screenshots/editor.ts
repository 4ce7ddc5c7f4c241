/** Pictures of the editor: an example's flow, and the sidebar on a contact center at work. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Example } from '../examples/catalog.js';
import type { NodeRedProcess } from '../node-red-process.js';
import { IMAGES, imagesOf } from './images.js';

const SIZE = { width: 1760, height: 960 };
/** How long the statuses under the nodes take to appear. */
const SOME_LIFE_MS = 4_000;
const MAX_MS = 60_000;

/**
 * The editor with the flow in full view and the sidebar on the description of the tab.
 * @returns the page, still open
 */
export async function takeEditor(browser: Browser, nodeRed: NodeRedProcess, example: Example): Promise<Page> {
  const page = await openEditor(browser, nodeRed);
  await page.evaluate("RED.sidebar.show('info')");
  // The palette should show the pack's own category first, and the canvas the whole flow.
  await page.evaluate("document.getElementById('red-ui-palette-container-cti_os')?.scrollIntoView()");
  await page.click('#red-ui-view-zoom-out');
  await page.click('#red-ui-view-zoom-out');
  await page.mouse.move(900, 5);
  await page.waitForTimeout(SOME_LIFE_MS);
  await page.screenshot({ path: join(IMAGES, imagesOf(example).editor) });
  return page;
}

export async function openEditor(browser: Browser, nodeRed: NodeRedProcess, viewport = SIZE): Promise<Page> {
  const page = await browser.newPage({ viewport });
  await page.goto(nodeRed.url);
  await page.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-screen-pop"]');
  await page.waitForSelector('.red-ui-flow-node-status-label, .red-ui-flow-node', { state: 'attached' });
  return page;
}

/** The sidebar with agents, calls, and the form that places a call. */
export async function takeSidebar(editor: Page): Promise<void> {
  await editor.evaluate("RED.actions.invoke('ctios:show-sidebar')");
  await editor.waitForSelector('.ctios-sb-row:has(.ctios-sb-word:text-is("Talking"))', { timeout: MAX_MS });
  await editor.click('.ctios-sb-place summary');
  await editor.screenshot({ path: join(IMAGES, 'sidebar.png') });
}
