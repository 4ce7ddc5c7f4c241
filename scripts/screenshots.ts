/**
 * `npm run screenshots`: makes the pictures of the README and the docs from the running product: the editor with an
 * example deployed, and the example's page with real (simulated) calls on it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from './browser.js';
import { EXAMPLES } from './examples/build.js';
import type { Flow } from './examples/flow.js';
import { NodeRedProcess, ROOT } from './node-red-process.js';

const IMAGES = join(ROOT, 'docs', 'images');
const LAPTOP = { width: 1440, height: 760 };
const EDITOR = { width: 1760, height: 960 };
const PHONE = { width: 390, height: 844 };

/** What must be seen on an example's page before a picture of it is worth taking. */
const READY: Record<string, string> = {
  '1 screen pop': 'article.talking li.case',
  '4 CRM webhooks': '[data-verdict=duplicate]',
  '5 agent desktop': 'button:enabled',
  '6 supervisor wallboard': '#agents .Talking',
};

async function main(): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium found: set CHROMIUM to the path of one');
  mkdirSync(IMAGES, { recursive: true });
  const browser = await chromium.launch({ executablePath });
  for (const make of EXAMPLES) {
    const flow = make();
    const userDir = mkdtempSync(join(tmpdir(), 'ctios-'));
    writeFileSync(join(userDir, 'flows.json'), flow.toString());
    const nodeRed = await NodeRedProcess.start({ userDir });
    try {
      await take(browser, nodeRed, flow);
    } finally {
      await nodeRed.stop();
      rmSync(userDir, { recursive: true, force: true });
    }
  }
  await browser.close();
}

async function take(browser: Browser, nodeRed: NodeRedProcess, flow: Flow): Promise<void> {
  const { label } = flow;
  const name = label.replaceAll(' ', '-');
  const path = flow.example.page;
  if (path !== undefined) {
    for (const [suffix, viewport, colorScheme] of [
      ['', LAPTOP, 'light'],
      ['-phone', PHONE, 'dark'],
    ] as const) {
      const tab = await browser.newPage({ viewport, colorScheme });
      await tab.goto(nodeRed.at(path));
      await tab.waitForSelector(READY[label] ?? 'body', { timeout: 60_000 });
      await tab.screenshot({ path: join(IMAGES, `${name}${suffix}.png`) });
      await tab.close();
    }
  }
  const editor = await browser.newPage({ viewport: EDITOR });
  await openFlow(editor, nodeRed);
  await editor.screenshot({ path: join(IMAGES, `${name}-editor.png`) });
  if (label === '1 screen pop') await takeSidebar(editor);
  await editor.close();
}

/** The sidebar on a contact center at work, and the form that places a call. */
async function takeSidebar(editor: Page): Promise<void> {
  await editor.evaluate("RED.actions.invoke('ctios:show-sidebar')");
  await editor.waitForSelector('.ctios-sb-row:has(.ctios-sb-word:text-is("Talking"))', { timeout: 60_000 });
  await editor.click('.ctios-sb-place summary');
  await editor.screenshot({ path: join(IMAGES, 'sidebar.png') });
}

/** The editor with the flow in full view and the sidebar on the first node's help. */
async function openFlow(editor: Page, nodeRed: NodeRedProcess): Promise<void> {
  await editor.goto(nodeRed.url);
  await editor.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-screen-pop"]');
  await editor.waitForSelector('.red-ui-flow-node-status-label, .red-ui-flow-node', { state: 'attached' });
  await editor.evaluate("RED.sidebar.show('info')");
  // The palette's first sight should be the pack's own category, and the canvas the whole flow.
  await editor.evaluate("document.getElementById('red-ui-palette-container-cti_os')?.scrollIntoView()");
  await editor.click('#red-ui-view-zoom-out');
  await editor.click('#red-ui-view-zoom-out');
  await editor.mouse.move(900, 5);
  await editor.waitForTimeout(4_000);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
